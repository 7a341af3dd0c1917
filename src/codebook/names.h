// Finds names in token sequences, whatever romanisation they are written in.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sitgraph::codebook {

// What the romanisations of one word have in common. `word` is folded (base::FoldName) and has no blanks; a word with a
// digit or a letter outside a-z is its own key, as is one of up to three letters save q, which is k.
//
//   q, ck -> k     gh -> g, dh -> d, th -> t     dj -> j
//   oo, ou -> u    ee -> i    ei, ey, ay, ai -> ai    y -> i unless a vowel follows or it starts the word    iy -> i
//   doubled letters -> one    final ah, eh -> a    then, in five letters and more, e -> i and o -> u
//
// Generic words of Arabic place names have one key for all their forms (tell, tall, tal: tel). Vowels that these rules
// do not reach (Homs, Hims) are aliases in the codebook.
std::string RomanisationKey(std::string_view word);

// A whole name as it is compared; what NameIndex does step by step for names of the codebook.
struct NameReading {
  std::string key;        // RomanisationKey of the parts, joined by blanks
  std::string folded;     // the parts, joined by blanks
  uint32_t articles = 0;  // bit i: an article stands before part i; articles are no parts
  uint32_t small = 0;     // those of them that are English words on their own ("at")
  uint32_t parts = 0;
  size_t first_key_size = 0;
};
// nullopt where the name has no letter or digit, or more than NameIndex::kMaxParts parts.
std::optional<NameReading> ReadName(std::string_view name);

// Whether names of this country (ISO 3166-1 alpha-2) reach English from another script, in many romanisations.
bool IsRomanisedCountry(std::string_view iso);

// A trie over the keys of name parts. Articles (al-, ar-, ez-, ...) are no parts; each name remembers where it has one.
class NameIndex {
 public:
  struct Match {
    size_t tokens = 0;
    std::vector<uint32_t> values;  // ascending, no duplicates
  };

  // Adds a name for `value`. A leading '=' means "only as written" and is not part of the name. Names that are
  // `romanised` from another script are found in any romanisation, others only as they are spelt (folded). False, and
  // nothing added, where the name holds no letter or digit or more than kMaxParts parts.
  bool Add(std::string_view name, uint32_t value, bool romanised = true);

  // The rules are told at Codebook::MatchName.
  std::optional<Match> Find(std::span<const std::string_view> tokens, bool any_case) const;

  static constexpr size_t kMaxParts = 16;

 private:
  // One name that ends at a node of the trie.
  struct Name {
    uint32_t value = 0;
    uint32_t next = 0;      // index + 1 of the next name at the same node; 0: none
    uint32_t articles = 0;  // bit i: an article stands before part i
    bool exact = false;     // marked with '='
    bool romanised = false;
    bool acronym = false;      // one part, all capitals
    bool small_start = false;  // the codebook writes its first letter small
    uint8_t parts = 0;
    std::string folded;   // parts without articles, joined by blanks
    std::string written;  // letters and digits as written, without separators
  };
  struct Reading;  // what was read of the tokens so far

  bool Accepts(const Name& name, const Reading& reading, bool any_case) const;

  std::unordered_map<std::string, uint32_t> keys_;          // key -> its number
  std::unordered_map<uint64_t, uint32_t> edges_;            // node << 32 | key number -> node
  std::vector<uint32_t> heads_ = std::vector<uint32_t>(1);  // for each node: index + 1 of its first name; 0: none
  std::vector<Name> names_;
  std::unordered_map<std::string, bool> small_starts_;  // first parts of names with a small first letter
};

// The longest of a set of phrases (titles, units) that tokens start with, compared without case, stops and hyphens.
class PhraseIndex {
 public:
  // False where the phrase holds nothing to compare. The first value of a phrase stays; adding it again is false.
  bool Add(std::string_view phrase, uint32_t value);
  // The value and the count of tokens.
  std::optional<std::pair<uint32_t, size_t>> Find(std::span<const std::string_view> tokens) const;

 private:
  std::unordered_map<std::string, uint32_t> phrases_;  // folded
  std::unordered_map<std::string, size_t> first_;      // first word -> words of the longest phrase that it starts
};

}  // namespace sitgraph::codebook
