// Counting edit rules by word and by suffix, and features by word, shape and tag.
#include "src/language/train/lemma_trainer.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "src/language/features.h"
#include "src/language/morphology.h"

namespace sitgraph::language::train {
namespace {

using WordKey = std::pair<std::string, TagId>;
using SuffixKey = std::tuple<std::string, TagId, Capitals>;

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

EditRule EditOf(std::string_view form, std::string_view folded, std::string_view lemma, LemmaCase casing) {
  std::string base(casing == LemmaCase::kKeep ? form : folded);
  if (casing == LemmaCase::kTitle) Apply({LemmaCase::kTitle, 0, ""}, form, folded, base);
  size_t same = 0;
  while (same < base.size() && same < lemma.size() && base[same] == lemma[same]) ++same;
  while (same > 0 &&
         ((same < base.size() && IsContinuation(base[same])) || (same < lemma.size() && IsContinuation(lemma[same])))) {
    --same;
  }
  EditRule rule;
  rule.casing = casing;
  rule.append = std::string(lemma.substr(same));
  size_t strip = 0;
  for (size_t i = same; i < base.size(); ++i) strip += !IsContinuation(base[i]);
  rule.strip = static_cast<uint8_t>(std::min<size_t>(strip, 255));
  return rule;
}

// The shortest edits, one a casing at most; for names the one that keeps capitals comes first.
std::vector<EditRule> Edits(std::string_view form, std::string_view folded, std::string_view lemma, bool name) {
  std::vector<EditRule> edits;
  size_t shortest = SIZE_MAX;
  for (const LemmaCase casing :
       {name ? LemmaCase::kKeep : LemmaCase::kFold, name ? LemmaCase::kFold : LemmaCase::kKeep, LemmaCase::kTitle}) {
    EditRule edit = EditOf(form, folded, lemma, casing);
    const size_t cost = edit.strip + edit.append.size();
    if (cost > shortest) continue;
    if (cost < shortest) edits.clear();
    shortest = cost;
    edits.push_back(std::move(edit));
  }
  return edits;
}

std::vector<NumberTable::Entry> Sorted(const std::map<uint32_t, uint32_t>& entries) {
  std::vector<NumberTable::Entry> sorted;
  for (const auto& [key, value] : entries) sorted.push_back({key, value});
  return sorted;
}

}  // namespace

EditRule EditFor(std::string_view form, std::string_view folded, std::string_view lemma, bool name) {
  return Edits(form, folded, lemma, name).front();
}

LemmaData TrainLemmas(const std::vector<Example>& examples, const std::vector<Tag>& tags, const TagIndex& index) {
  // Every shortest edit counts, one of them a little more. Suffixes are counted by words, so that one frequent
  // irregular word does not speak for all that end as it does.
  std::map<WordKey, std::map<EditRule, uint32_t>> by_word;
  std::map<SuffixKey, std::map<EditRule, std::set<std::string>>> words_by_suffix;
  std::string folded;
  std::array<size_t, Lemmatizer::kMaxSuffix + 1> starts;
  for (const Example& example : examples) {
    for (size_t i = 0; i < example.forms.size(); ++i) {
      const std::string& form = example.forms[i];
      if (example.lemmas[i].empty() || IsGroupedNumber(form)) continue;
      FoldWord(form, folded);
      const TagId tag = index.Of(example.gold[i]);
      const bool name = tags[tag].upos == Upos::kPropn;
      const Capitals capitals = name ? CapitalsOf(form) : Capitals::kNone;
      const bool keeps_case = name || tags[tag].upos == Upos::kX || tags[tag].upos == Upos::kSym;
      const std::vector<EditRule> edits = Edits(form, folded, example.lemmas[i], keeps_case);
      // Of a known name's own rules, the one that reads it in lower case, too, is preferred.
      const EditRule& preferred = name ? edits.back() : edits.front();
      for (const EditRule& edit : edits) by_word[{folded, tag}][edit] += &edit == &preferred ? 101 : 100;
      const size_t count = SuffixStarts(folded, starts);
      for (size_t s = 0; s < count; ++s) {
        words_by_suffix[{folded.substr(starts[s]), tag, capitals}][edits.front()].insert(folded);
      }
    }
  }
  std::map<SuffixKey, std::map<EditRule, uint32_t>> by_suffix;
  for (const auto& [key, rules] : words_by_suffix) {
    for (const auto& [rule, words] : rules) by_suffix[key][rule] = static_cast<uint32_t>(words.size());
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
  std::map<SuffixKey, EditRule> kept;
  const auto inherited = [&](const std::string& suffix, TagId tag, Capitals capitals) -> const EditRule* {
    const size_t count = SuffixStarts(suffix, starts);
    for (size_t s = count; s > 0; --s) {
      const auto found = kept.find({suffix.substr(starts[s - 1]), tag, capitals});
      if (found != kept.end()) return &found->second;
    }
    return nullptr;
  };
  for (size_t length = 0; length <= Lemmatizer::kMaxSuffix; ++length) {
    for (const auto& [key, counts] : by_suffix) {
      const auto& [suffix, tag, capitals] = key;
      if (SuffixStarts(suffix, starts) != length + 1 || (length > 0 && Total(counts) < 2)) continue;
      const EditRule rule = Majority(counts);
      const EditRule* shorter = inherited(suffix, tag, capitals);
      if (shorter != nullptr && *shorter == rule) continue;
      kept[key] = rule;
      entries.emplace(Lemmatizer::SuffixKey(suffix, tag, capitals), id_of(rule));
    }
  }
  for (const auto& [key, counts] : by_word) {
    const auto& [word, tag] = key;
    const EditRule rule = Majority(counts);
    // A name's suffix rules depend on its capitals: its own rule is spared only where it is that of all of them.
    bool same = true;
    for (const Capitals capitals : {Capitals::kNone, Capitals::kFirst, Capitals::kShort, Capitals::kLong}) {
      if (capitals != Capitals::kNone && tags[tag].upos != Upos::kPropn) break;
      const EditRule* general = inherited(word, tag, capitals);
      same = same && general != nullptr && *general == rule;
    }
    if (!same) entries.emplace(Lemmatizer::WordKey(word, tag), id_of(rule));
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
