// Numerals as the language writes them: what one token is worth, and cardinals over several tokens.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "src/language/sentence_words.h"

namespace sitgraph::language {

enum class NumeralKind : uint8_t {
  kNone,
  kDigits,    // 1,600
  kUnit,      // zero ... nineteen
  kTens,      // twenty ... ninety
  kHundred,   // hundred
  kScale,     // thousand, million, billion, trillion
  kDozen,     // dozen
  kOrdinal,   // first, 20th
  kFraction,  // half, thirds, quarter, ½
  kPlural,    // dozens, scores, tens, hundreds, thousands, millions: vague
};

struct Numeral {
  NumeralKind kind = NumeralKind::kNone;
  double value = 0;
};

Numeral NumeralOf(std::string_view token);

// The value of digits with separators: 13,407; 2.5; 1.200.000 (European); 1,5 (a decimal comma). Any script's decimal
// digits. nullopt for dates, times, versions and other mixtures. "1.200" is 1.2 (see ParseCardinal).
std::optional<double> ParseDigits(std::string_view token);

struct Cardinal {
  TokenIndex end = 0;  // after its last token
  double value = 0;
  double scale = 1;          // of a last word or letter of scale: 1e6 for "2.5 million"
  bool bare_digits = false;  // one token of digits only
};

// The longest cardinal that starts at token `i`: "twenty-three", "two hundred and five", "2.5 million", "12 000",
// "1.2m", "a hundred", "half a million", "two and a half". nullopt where none starts. "1.200 people" is 1200.
std::optional<Cardinal> ParseCardinal(const SentenceWords& words, TokenIndex i);

}  // namespace sitgraph::language
