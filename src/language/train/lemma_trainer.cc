// Counting edit rules by word and by suffix, and features by word, shape and tag.
#include "src/language/train/lemma_trainer.h"

#include <algorithm>
#include <array>
#include <map>

#include "src/language/features.h"
#include "src/language/morphology.h"

namespace sitgraph::language::train {
namespace {

bool IsContinuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

// The most frequent value; the smaller one where two are as frequent.
template <typename Value>
Value Majority(const std::map<Value, uint32_t>& counts) {
  return std::max_element(counts.begin(), counts.end(),
                          [](const auto& a, const auto& b) { return a.second < b.second; })
      ->first;
}

template <typename Value>
uint32_t Total(const std::map<Value, uint32_t>& counts) {
  uint32_t total = 0;
  for (const auto& [value, count] : counts) total += count;
  return total;
}

EditRule EditOf(std::string_view base, std::string_view lemma, bool keep_case) {
  size_t same = 0;
  while (same < base.size() && same < lemma.size() && base[same] == lemma[same]) ++same;
  while (same > 0 &&
         ((same < base.size() && IsContinuation(base[same])) || (same < lemma.size() && IsContinuation(lemma[same])))) {
    --same;
  }
  EditRule rule;
  rule.keep_case = keep_case;
  rule.append = std::string(lemma.substr(same));
  size_t strip = 0;
  for (size_t i = same; i < base.size(); ++i) strip += !IsContinuation(base[i]);
  rule.strip = static_cast<uint8_t>(std::min<size_t>(strip, 255));
  return rule;
}

std::vector<NumberTable::Entry> Sorted(const std::map<uint32_t, uint32_t>& entries) {
  std::vector<NumberTable::Entry> sorted;
  for (const auto& [key, value] : entries) sorted.push_back({key, value});
  return sorted;
}

}  // namespace

EditRule EditFor(std::string_view form, std::string_view folded, std::string_view lemma, bool prefer_case) {
  const EditRule kept = EditOf(form, lemma, true);
  const EditRule lower = EditOf(folded, lemma, false);
  const size_t kept_cost = kept.strip + kept.append.size();
  const size_t lower_cost = lower.strip + lower.append.size();
  if (kept_cost != lower_cost) return kept_cost < lower_cost ? kept : lower;
  return prefer_case ? kept : lower;
}

LemmaData TrainLemmas(const std::vector<Example>& examples, const std::vector<Tag>& tags, const TagIndex& index) {
  std::map<std::pair<std::string, TagId>, std::map<EditRule, uint32_t>> by_word;
  std::map<std::pair<std::string, TagId>, std::map<EditRule, uint32_t>> by_suffix;
  std::string folded;
  std::array<size_t, Lemmatizer::kMaxSuffix + 1> starts;
  for (const Example& example : examples) {
    for (size_t i = 0; i < example.forms.size(); ++i) {
      if (example.lemmas[i].empty()) continue;
      FoldWord(example.forms[i], folded);
      const TagId tag = index.Of(example.gold[i]);
      const bool name = tags[tag].upos == Upos::kPropn || tags[tag].upos == Upos::kX || tags[tag].upos == Upos::kSym;
      const EditRule rule = EditFor(example.forms[i], folded, example.lemmas[i], name);
      ++by_word[{folded, tag}][rule];
      const size_t count = SuffixStarts(folded, starts);
      for (size_t s = 0; s < count; ++s) ++by_suffix[{folded.substr(starts[s]), tag}][rule];
    }
  }
  std::map<EditRule, uint32_t> rule_ids;
  LemmaData data;
  const auto id_of = [&](const EditRule& rule) {
    const auto [entry, added] = rule_ids.emplace(rule, static_cast<uint32_t>(data.rules.size()));
    if (added) data.rules.push_back(rule);
    return entry->second;
  };
  // Suffixes from short to long; one is kept where its rule differs from that of the next shorter.
  std::map<uint32_t, uint32_t> entries;
  std::map<std::pair<std::string, TagId>, EditRule> kept;
  const auto inherited = [&](const std::string& suffix, TagId tag) -> const EditRule* {
    const size_t count = SuffixStarts(suffix, starts);
    for (size_t s = count; s > 0; --s) {
      const auto found = kept.find({suffix.substr(starts[s - 1]), tag});
      if (found != kept.end()) return &found->second;
    }
    return nullptr;
  };
  for (size_t length = 0; length <= Lemmatizer::kMaxSuffix; ++length) {
    for (const auto& [key, counts] : by_suffix) {
      const auto& [suffix, tag] = key;
      if (SuffixStarts(suffix, starts) != length + 1 || (length > 0 && Total(counts) < 2)) continue;
      const EditRule rule = Majority(counts);
      const EditRule* shorter = inherited(suffix, tag);
      if (shorter != nullptr && *shorter == rule) continue;
      kept[key] = rule;
      entries.emplace(Lemmatizer::SuffixKey(suffix, tag), id_of(rule));
    }
  }
  for (const auto& [key, counts] : by_word) {
    const EditRule rule = Majority(counts);
    const EditRule* general = inherited(key.first, key.second);
    if (general != nullptr && *general == rule) continue;
    entries.emplace(Lemmatizer::WordKey(key.first, key.second), id_of(rule));
  }
  data.entries = Sorted(entries);
  return data;
}

MorphologyData TrainMorphology(const std::vector<Example>& examples, const TagIndex& index, const Lexicon& lexicon) {
  std::array<std::map<uint32_t, std::map<uint64_t, uint32_t>>, 3> counts;  // by word, by shape, by tag
  WordSequence words;
  std::string scratch;
  for (const Example& example : examples) {
    DescribeWords(example.Forms(), lexicon, words, scratch);
    for (size_t i = 0; i < example.forms.size(); ++i) {
      const TagId tag = index.Of(example.gold[i]);
      uint64_t features = example.gold[i].features;
      SetFeature(features, Feature::kTypo, "");  // no reader can tell
      ++counts[0][Morphology::WordKey(words.words[i], tag)][features];
      ++counts[1][Morphology::ShapeKey(words.words[i], tag)][features];
      ++counts[2][Morphology::TagKey(tag)][features];
    }
  }
  MorphologyData data;
  std::map<uint64_t, uint32_t> ids;
  std::map<uint32_t, uint32_t> entries;
  for (size_t level = 0; level < counts.size(); ++level) {
    for (const auto& [key, sets] : counts[level]) {
      if (level < 2 && Total(sets) < 2) continue;
      const uint64_t set = Majority(sets);
      const auto [entry, added] = ids.emplace(set, static_cast<uint32_t>(data.sets.size()));
      if (added) data.sets.push_back(set);
      entries.emplace(key, entry->second);
    }
  }
  data.entries = Sorted(entries);
  return data;
}

}  // namespace sitgraph::language::train
