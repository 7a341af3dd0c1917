// Abbreviations that end in a full stop, and how likely the stop also ends a sentence.
#pragma once

#include <cstdint>
#include <string_view>

namespace sitgraph::language {

enum class Abbreviation : uint8_t {
  kNone,
  kTitle,     // stands before a name, never ends a sentence: Gen, Mr, St
  kNumbered,  // an abbreviation only where a number follows: No, p, Art
  kInitial,   // one letter: J
  kTime,      // a.m, p.m
  kMonth,     // Jan, and weekdays: Mon
  kPlain,     // any other: U.S, Inc, vs; ends a sentence where a word that opens sentences follows
  kFinal,     // ends a sentence where any capital follows: etc
};

// `word` is what stands before the stop, without it ("U.S", "Gen"), in any case. O(log of the table).
Abbreviation AbbreviationOf(std::string_view word);

// Words that open sentences far more often than they continue a name when capitalised: "The", "He", "Meanwhile".
bool OpensSentences(std::string_view capitalised_word);

}  // namespace sitgraph::language
