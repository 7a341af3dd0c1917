// The tagger's templates and its greedy pass.
#include "src/language/tagger.h"

#include <algorithm>
#include <array>
#include <limits>

#include "src/language/hashing.h"

namespace sitgraph::language {
namespace {

// What stands before the first and after the last word.
const Word kOutside = [] {
  Word word;
  word.form = word.folded = word.known = 0x5EED;
  word.shape = 0x5EED;
  word.ambiguity = 0xFFFFFF;
  return word;
}();

}  // namespace

size_t TaggerKeys(const WordSequence& sentence, size_t i, TagId previous, TagId before_previous,
                  std::span<uint32_t, kMaxTaggerKeys> keys) {
  const std::vector<Word>& words = sentence.words;
  const size_t n = words.size();
  const Word& w = words[i];
  const Word& l1 = i >= 1 ? words[i - 1] : kOutside;
  const Word& l2 = i >= 2 ? words[i - 2] : kOutside;
  const Word& r1 = i + 1 < n ? words[i + 1] : kOutside;
  const Word& r2 = i + 2 < n ? words[i + 2] : kOutside;
  const uint64_t t1 = previous;
  const uint64_t t2 = uint64_t{before_previous} << 8 | previous;
  const uint64_t casing = static_cast<uint64_t>(sentence.casing);
  const uint64_t first = i == 0 ? 1 : 0;
  const uint64_t a = w.ambiguity;
  size_t k = 0;
  uint32_t id = 0;
  const auto add = [&](auto... atoms) { keys[k++] = FeatureKey(id++, atoms...); };
  // The word itself.
  add(w.form);
  add(w.folded);
  add(a);
  add(w.shape, casing, first);
  add(w.shape, w.suffixes[2]);
  add(w.folded, w.shape, first);
  for (const uint64_t suffix : w.suffixes) add(suffix);
  for (const uint64_t prefix : w.prefixes) add(prefix);
  add(w.suffixes[1], w.prefixes[1]);
  add(w.tail);
  // Words around it.
  add(l1.folded);
  add(l2.folded);
  add(r1.folded);
  add(r2.folded);
  add(l1.folded, w.folded);
  add(w.folded, r1.folded);
  add(l1.folded, r1.folded);
  add(r1.folded, r2.folded);
  add(l2.folded, l1.folded);
  add(l1.folded, w.folded, r1.folded);
  add(l1.folded, a);
  add(a, r1.folded);
  add(r1.suffixes[2], a);
  add(l1.suffixes[2], a);
  add(r1.shape, w.shape, l1.shape);
  add(r1.suffixes[2]);
  add(r1.suffixes[1], w.suffixes[1]);
  // Ambiguity classes around it.
  add(r1.ambiguity);
  add(r1.ambiguity, r2.ambiguity);
  add(a, r1.ambiguity);
  add(a, r1.ambiguity, r2.ambiguity);
  add(l1.ambiguity, a, r1.ambiguity);
  // Tags before it.
  add(t1);
  add(t2);
  add(t1, w.folded);
  add(t2, w.folded);
  add(t1, a);
  add(t2, a);
  add(t1, r1.ambiguity);
  add(t1, a, r1.ambiguity);
  add(t2, a, r1.ambiguity);
  add(t1, r1.folded);
  add(t1, w.suffixes[2]);
  add(t1, w.suffixes[1]);
  add(t1, w.shape, casing);
  add(t2, r1.folded);
  add(before_previous, l1.folded, a);
  add(t1, l1.folded, w.suffixes[2]);
  add(a, sentence.last, first);
  return k;
}

bool IsClosedClass(Upos upos) {
  switch (upos) {
    case Upos::kAdp:
    case Upos::kAux:
    case Upos::kCconj:
    case Upos::kDet:
    case Upos::kPart:
    case Upos::kPron:
    case Upos::kSconj:
      return true;
    default:
      return false;
  }
}

bool MayBeClosedClass(std::string_view folded) {
  static constexpr std::array<std::string_view, 16> kRare = {
      "amid",    "amidst", "astride",  "atop",    "barring", "circa",     "insofar", "lest", "notwithstanding",
      "oneself", "sans",   "themself", "whereby", "wherein", "whichever", "whomever"};
  const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; };
  return std::find(kRare.begin(), kRare.end(), folded) != kRare.end() ||
         !std::all_of(folded.begin(), folded.end(), plain);
}

void TagWords(const WordSequence& sentence, const RowWeights& weights, const TagLimits& limits, std::span<TagId> tags,
              std::span<int32_t> scores) {
  std::array<uint32_t, kMaxTaggerKeys> keys;
  TagId previous = kNoTag;
  TagId before_previous = kNoTag;
  for (size_t i = 0; i < tags.size(); ++i) {
    if (tags[i] == kNoTag) {
      const size_t count = TaggerKeys(sentence, i, previous, before_previous, keys);
      std::fill(scores.begin(), scores.end(), 0);
      weights.Add(std::span(keys.data(), count), scores);
      if (!limits.open.empty() && limits.open[i] != 0) {
        for (const TagId tag : limits.closed) scores[tag] = std::numeric_limits<int32_t>::min();
      }
      tags[i] = static_cast<TagId>(std::max_element(scores.begin(), scores.end()) - scores.begin());
    }
    before_previous = previous;
    previous = tags[i];
  }
}

}  // namespace sitgraph::language
