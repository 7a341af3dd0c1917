// What a code point is to the tokeniser: a coarse class from Unicode's general category, by ICU.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sitgraph::language {

enum class CharClass : uint8_t {
  kSpace,        // White_Space, controls, zero width space, byte order mark
  kLetter,       // letters and combining marks of any script, joiners inside words (ZWJ, ZWNJ)
  kDigit,        // decimal digits of any script
  kPunctuation,  // category P, but for the signs that Universal Dependencies tags SYM
  kSymbol,       // category S, other numbers (½), and # % & * @
};

CharClass ClassOf(char32_t code_point);
bool IsUpper(char32_t code_point);
bool IsLower(char32_t code_point);

// ' and what is typed for it: ’ ‘ ` ´.
constexpr bool IsApostrophe(char32_t c) {
  return c == U'\'' || c == U'\u2019' || c == U'\u2018' || c == U'`' || c == U'\u00B4';
}
// The hyphens that join words: - ‐ ‑. Dashes are not among them.
constexpr bool IsHyphen(char32_t c) { return c == U'-' || c == U'\u2010' || c == U'\u2011'; }
// Ends a sentence, alone or in a run: . ! ? … and those of Arabic, Urdu, Hindi, Chinese and Japanese.
bool IsStop(char32_t code_point);
// What may stand between a stop and the end of its sentence: quotes that can close, and closing brackets.
bool IsCloser(char32_t code_point);
// What may stand before a sentence's first word: quotes that can open, and opening brackets.
bool IsOpener(char32_t code_point);
// The code points that emoji sequences are glued with: variation selectors, ZWJ, skin tones, keycap, tags.
bool IsEmojiGlue(char32_t code_point);

// The code point at `offset` (< text.size()) with its length in bytes; invalid UTF-8 gives U+FFFD, one byte each.
struct CodePoint {
  char32_t value = 0;
  uint32_t size = 0;
};
CodePoint CodePointAt(std::string_view text, size_t offset);
// The last code point before `offset`, {0, 0} at the start.
CodePoint CodePointBefore(std::string_view text, size_t offset);

}  // namespace sitgraph::language
