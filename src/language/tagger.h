// The part-of-speech tagger: a perceptron over joint UPOS|XPOS tags, left to right (Collins 2002).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "src/language/tagset.h"
#include "src/language/words.h"

namespace sitgraph::language {

// A joint tag: index into the tagger's list.
using TagId = uint8_t;

struct Tag {
  Upos upos = Upos::kX;
  Xpos xpos = Xpos::kNone;
  friend bool operator==(const Tag&, const Tag&) = default;
};

// Templates write this many keys at most.
inline constexpr size_t kMaxTaggerKeys = 64;

// The features of word `i` after the tags of the two words before it. Returns how many keys were written.
size_t TaggerKeys(const WordSequence& sentence, size_t i, TagId previous, TagId before_previous,
                  std::span<uint32_t, kMaxTaggerKeys> keys);

// No tag: before the first word.
inline constexpr TagId kNoTag = 255;

// Whether a tag's class is closed: adpositions, auxiliaries, conjunctions, determiners, particles, pronouns.
bool IsClosedClass(Upos upos);
// Whether a word that training did not see may be of a closed class all the same: it is one of a short list of rare
// ones ("amid"), or not of letters and hyphens alone. All others are nouns, names, verbs ("al-Nusra", "warplanes").
bool MayBeClosedClass(std::string_view folded);

// What words cannot be: a word whose `open` is not 0 gets none of the `closed` tags. No words: any may be anything.
struct TagLimits {
  std::span<const uint8_t> open;  // one a word, or none
  std::span<const TagId> closed;
};

// Tags all words; `tags` is as long as the sentence. A tag that is not kNoTag on entry is kept and only seen by its
// neighbours. `scores` is scratch, as long as there are tags.
void TagWords(const WordSequence& sentence, const RowWeights& weights, const TagLimits& limits, std::span<TagId> tags,
              std::span<int32_t> scores);

}  // namespace sitgraph::language
