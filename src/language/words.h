// What the tagger and the parser see of a word: hashes of its form, affixes and shape, and what the lexicon knows of
// it.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/language/hashing.h"
#include "src/language/weights.h"

namespace sitgraph::language {

// How a sentence is written; capitals say little in all but kMixed.
enum class Casing : uint8_t { kMixed, kLower, kUpper, kTitle };

// Words seen often enough in training, by their folded form. Others are known by their affixes and shape only.
class Lexicon {
 public:
  static constexpr uint32_t kUnknown = 0;

  Lexicon() = default;
  explicit Lexicon(const std::vector<NumberTable::Entry>& entries) : words_(entries) {}
  // The word's ambiguity class (the set of its tags, by frequency), kUnknown for an unknown word.
  uint32_t ClassOf(uint64_t folded_hash) const {
    const int32_t found = words_.Find(KeyOf(folded_hash));
    return found < 0 ? kUnknown : static_cast<uint32_t>(found);
  }
  // Whether training saw a folded word without digits.
  bool Knows(std::string_view folded) const { return ClassOf(HashBytes(folded)) != kUnknown; }
  static uint32_t KeyOf(uint64_t folded_hash) { return static_cast<uint32_t>(folded_hash >> 32); }
  NumberTable& table() { return words_; }
  const NumberTable& table() const { return words_; }

 private:
  NumberTable words_;
};

struct Word {
  uint64_t form = 0;    // of the form as written, quotes and digits made alike; folded in a sentence without case
  uint64_t folded = 0;  // of the same in lower case
  std::array<uint64_t, 5> suffixes{};  // of the last 1 to 5 code points, folded; 0 where the word is shorter
  std::array<uint64_t, 4> prefixes{};  // of the first 1 to 4
  uint64_t shape = 0;                  // Xx, X, x, d, "X.X." with runs made one
  uint64_t tail = 0;                   // of what follows the last hyphen, 0 without one
  uint32_t ambiguity = 0;              // Lexicon::ClassOf
  uint64_t known = 0;                  // `folded` of a known word, its suffix and shape of an unknown one
};

struct WordSequence {
  std::vector<Word> words;
  Casing casing = Casing::kMixed;
  uint64_t last = 0;  // folded form of the last word
};

// Makes a word that is in the lexicon unknown ("IS" is no form of "be").
void MakeUnknown(Word& word);

// Lower case without allocation in the steady state; typographic quotes become ASCII, digits stay.
void FoldWord(std::string_view form, std::string& out);

// Describes a sentence's words. Reuses the memory of `out` and of `scratch`.
void DescribeWords(std::span<const std::string_view> forms, const Lexicon& lexicon, WordSequence& out,
                   std::string& scratch);

}  // namespace sitgraph::language
