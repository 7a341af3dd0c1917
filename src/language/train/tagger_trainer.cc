// Perceptron training of the tagger; jackknifing.
#include "src/language/train/tagger_trainer.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "src/language/hashing.h"
#include "src/language/train/parallel.h"

namespace sitgraph::language::train {
namespace {

constexpr size_t kMaxClassTags = 6;

size_t Slot(Upos upos, size_t xpos) { return static_cast<size_t>(upos) * kXposCount + xpos; }

std::vector<uint32_t> CountTags(const std::vector<Example>& examples) {
  std::vector<uint32_t> counts(kUposCount * kXposCount);
  for (const Example& example : examples) {
    for (const Analysis& word : example.gold) ++counts[Slot(word.upos, word.xpos)];
  }
  return counts;
}

}  // namespace

std::vector<Tag> CollectTags(const std::vector<Example>& examples) {
  const std::vector<uint32_t> counts = CountTags(examples);
  std::vector<Tag> tags;
  for (size_t u = 0; u < kUposCount; ++u) {
    for (size_t x = 0; x < kXposCount; ++x) {
      if (counts[u * kXposCount + x] >= 2 && tags.size() < kNoTag) {
        tags.push_back({static_cast<Upos>(u), static_cast<Xpos>(x)});
      }
    }
  }
  return tags;
}

TagIndex::TagIndex(const std::vector<Tag>& tags, const std::vector<Example>& examples)
    : ids_(kUposCount * kXposCount, 0) {
  const std::vector<uint32_t> counts = CountTags(examples);
  for (size_t u = 0; u < kUposCount; ++u) {
    uint32_t best = 0;
    for (size_t t = 0; t < tags.size(); ++t) {
      const size_t slot = Slot(tags[t].upos, static_cast<size_t>(tags[t].xpos));
      if (static_cast<size_t>(tags[t].upos) != u || counts[slot] < best) continue;
      best = counts[slot];
      std::fill_n(ids_.begin() + static_cast<ptrdiff_t>(u * kXposCount), kXposCount, static_cast<TagId>(t));
    }
  }
  for (size_t t = 0; t < tags.size(); ++t) {
    ids_[Slot(tags[t].upos, static_cast<size_t>(tags[t].xpos))] = static_cast<TagId>(t);
  }
}

TagId TagIndex::Of(const Analysis& analysis) const { return ids_[Slot(analysis.upos, analysis.xpos)]; }

LexiconData BuildLexicon(const std::vector<Example>& examples, const TagIndex& tags, uint32_t min_count) {
  std::map<uint32_t, std::map<TagId, uint32_t>> counts;
  std::string folded;
  for (const Example& example : examples) {
    for (size_t i = 0; i < example.forms.size(); ++i) {
      FoldWord(example.forms[i], folded);
      for (char& c : folded) c = c >= '0' && c <= '9' ? '0' : c;
      ++counts[Lexicon::KeyOf(HashBytes(folded))][tags.Of(example.gold[i])];
    }
  }
  LexiconData lexicon;
  std::map<std::vector<TagId>, uint32_t> classes;
  for (const auto& [key, by_tag] : counts) {
    std::vector<std::pair<uint32_t, TagId>> ranked;
    uint32_t total = 0;
    for (const auto& [tag, count] : by_tag) {
      ranked.emplace_back(count, tag);
      total += count;
    }
    if (total < min_count) continue;
    std::stable_sort(ranked.begin(), ranked.end(), [](auto a, auto b) { return a.first > b.first; });
    std::vector<TagId> common;
    for (const auto& [count, tag] : ranked) {
      if (count * 20 >= total && common.size() < kMaxClassTags) common.push_back(tag);
    }
    const auto [entry, added] = classes.emplace(common, lexicon.classes);
    if (added) ++lexicon.classes;
    lexicon.entries.push_back({key, entry->second});
  }
  return lexicon;
}

namespace {

struct TaggedSentence {
  WordSequence words;
  std::vector<TagId> gold;
};

std::vector<AveragedSparseRow> TrainRun(const std::vector<TaggedSentence>& sentences, size_t tag_count,
                                        const TaggerOptions& options, size_t run) {
  RowPerceptron perceptron;
  Random random(options.seed + run * kSeedStep);
  std::vector<size_t> order(sentences.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::vector<int32_t> scores(tag_count);
  std::array<uint32_t, kMaxTaggerKeys> buffer;
  int64_t step = 0;
  for (int epoch = 0; epoch < options.epochs; ++epoch) {
    random.Shuffle(order);
    for (const size_t s : order) {
      const TaggedSentence& sentence = sentences[s];
      TagId previous = kNoTag;
      TagId before_previous = kNoTag;
      for (size_t i = 0; i < sentence.gold.size(); ++i, ++step) {
        const std::span<const uint32_t> keys(buffer.data(),
                                             TaggerKeys(sentence.words, i, previous, before_previous, buffer));
        std::fill(scores.begin(), scores.end(), 0);
        perceptron.Add(keys, scores);
        const auto guess = static_cast<TagId>(std::max_element(scores.begin(), scores.end()) - scores.begin());
        if (guess != sentence.gold[i]) {
          perceptron.Update(keys, sentence.gold[i], 1, step);
          perceptron.Update(keys, guess, -1, step);
        }
        before_previous = previous;
        previous = guess;
      }
    }
  }
  return perceptron.Average(step, options.pruning);
}

}  // namespace

std::vector<SparseRow> TrainTagger(const std::vector<Example>& examples, const std::vector<Tag>& tags,
                                   const TagIndex& index, const Lexicon& lexicon, const TaggerOptions& options) {
  std::vector<TaggedSentence> sentences;
  std::string scratch;
  const auto add = [&](const Example& example) {
    TaggedSentence& sentence = sentences.emplace_back();
    DescribeWords(example.Forms(), lexicon, sentence.words, scratch);
    for (const Analysis& word : example.gold) sentence.gold.push_back(index.Of(word));
  };
  for (size_t e = 0; e < examples.size(); ++e) {
    add(examples[e]);
    if (options.lower_cased_every > 0 && e % static_cast<size_t>(options.lower_cased_every) == 0) {
      add(LowerCased(examples[e]));
    }
  }
  std::vector<std::vector<AveragedSparseRow>> runs(options.runs);
  InParallel(options.runs, [&](size_t run) { runs[run] = TrainRun(sentences, tags.size(), options, run); });
  return Pack(runs, options.pruning);
}
std::vector<TagId> TagExample(const Example& example, const Lexicon& lexicon, const RowWeights& weights, size_t tags) {
  WordSequence words;
  std::string scratch;
  DescribeWords(example.Forms(), lexicon, words, scratch);
  std::vector<TagId> result(example.forms.size(), kNoTag);
  std::vector<int32_t> scores(tags);
  TagWords(words, weights, {}, result, scores);
  return result;
}

std::vector<std::vector<TagId>> JackknifeTags(const std::vector<Example>& examples, const std::vector<Tag>& tags,
                                              const TagIndex& index, const TaggerOptions& options, size_t folds) {
  std::vector<std::vector<TagId>> result(examples.size());
  TaggerOptions single = options;
  single.runs = 1;
  InParallel(folds, [&](size_t fold) {
    std::vector<Example> rest;
    for (size_t e = 0; e < examples.size(); ++e) {
      if (e * folds / examples.size() != fold) rest.push_back(examples[e]);
    }
    const Lexicon lexicon(BuildLexicon(rest, index, options.lexicon_min_count).entries);
    const RowTable table(TrainTagger(rest, tags, index, lexicon, single));
    for (size_t e = 0; e < examples.size(); ++e) {
      if (e * folds / examples.size() == fold) result[e] = TagExample(examples[e], lexicon, table, tags.size());
    }
  });
  return result;
}

}  // namespace sitgraph::language::train
