// Classes of code points, by ICU; ASCII from a table.
#include "src/language/characters.h"

#include <unicode/uchar.h>

#include <array>

#include "base/text.h"

namespace sitgraph::language {
namespace {

UChar32 ToIcu(char32_t c) { return static_cast<UChar32>(c); }

CharClass Classify(char32_t c) {
  if (u_isUWhiteSpace(ToIcu(c)) || c == U'\u200B' || c == U'\uFEFF') {
    return CharClass::kSpace;
  }
  switch (c) {
    case U'#':
    case U'%':
    case U'&':
    case U'*':
    case U'@':
    case U'\u2030':  // per mille
      return CharClass::kSymbol;
    default:
      break;
  }
  switch (u_charType(ToIcu(c))) {
    case U_CONTROL_CHAR:
      return CharClass::kSpace;
    case U_DECIMAL_DIGIT_NUMBER:
      return CharClass::kDigit;
    case U_UPPERCASE_LETTER:
    case U_LOWERCASE_LETTER:
    case U_TITLECASE_LETTER:
    case U_MODIFIER_LETTER:
    case U_OTHER_LETTER:
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_COMBINING_SPACING_MARK:
    case U_FORMAT_CHAR:
    case U_LETTER_NUMBER:
      return CharClass::kLetter;
    case U_DASH_PUNCTUATION:
    case U_START_PUNCTUATION:
    case U_END_PUNCTUATION:
    case U_CONNECTOR_PUNCTUATION:
    case U_OTHER_PUNCTUATION:
    case U_INITIAL_PUNCTUATION:
    case U_FINAL_PUNCTUATION:
      return CharClass::kPunctuation;
    default:
      return CharClass::kSymbol;
  }
}

const std::array<CharClass, 128>& AsciiTable() {
  static const std::array<CharClass, 128> table = [] {
    std::array<CharClass, 128> made{};
    for (char32_t c = 0; c < 128; ++c) {
      made[c] = Classify(c);
    }
    return made;
  }();
  return table;
}

}  // namespace

CharClass ClassOf(char32_t c) { return c < 128 ? AsciiTable()[c] : Classify(c); }

bool IsUpper(char32_t c) {
  if (c < 128) {
    return c >= U'A' && c <= U'Z';
  }
  return u_isupper(ToIcu(c)) || u_istitle(ToIcu(c));
}

bool IsLower(char32_t c) {
  if (c < 128) {
    return c >= U'a' && c <= U'z';
  }
  return u_islower(ToIcu(c)) != 0;
}

bool IsStop(char32_t c) {
  switch (c) {
    case U'.':
    case U'!':
    case U'?':
    case U'\u2026':  // …
    case U'\u203C':  // ‼
    case U'\u2047':  // ⁇
    case U'\u2048':  // ⁈
    case U'\u2049':  // ⁉
    case U'\u061F':  // Arabic question mark
    case U'\u06D4':  // Arabic full stop
    case U'\u0964':  // danda
    case U'\u3002':  // ideographic full stop
    case U'\uFF01':
    case U'\uFF0E':
    case U'\uFF1F':
      return true;
    default:
      return false;
  }
}

bool IsCloser(char32_t c) {
  if (c == U'"' || IsApostrophe(c)) {
    return true;
  }
  const int type = u_charType(ToIcu(c));
  return type == U_END_PUNCTUATION || type == U_FINAL_PUNCTUATION || c == U'\u201C';  // “ closes in German
}

bool IsOpener(char32_t c) {
  if (c == U'"' || c == U'\'' || c == U'`') {
    return true;
  }
  const int type = u_charType(ToIcu(c));
  return type == U_START_PUNCTUATION || type == U_INITIAL_PUNCTUATION;
}

bool IsEmojiGlue(char32_t c) {
  return c == U'\u200D' || c == U'\uFE0F' || c == U'\uFE0E' || c == U'\u20E3' || (c >= 0x1F3FB && c <= 0x1F3FF) ||
         (c >= 0xE0020 && c <= 0xE007F);
}

CodePoint CodePointAt(std::string_view text, size_t offset) {
  const auto byte = static_cast<unsigned char>(text[offset]);
  if (byte < 0x80) {
    return {byte, 1};
  }
  size_t end = offset;
  const char32_t value = base::NextCodePoint(text, end);
  return {value, static_cast<uint32_t>(end - offset)};
}

CodePoint CodePointBefore(std::string_view text, size_t offset) {
  if (offset == 0) {
    return {};
  }
  size_t start = offset - 1;
  for (int back = 0; back < 3 && start > 0 && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80; ++back) {
    --start;
  }
  const CodePoint found = CodePointAt(text, start);
  if (start + found.size == offset) {
    return found;
  }
  return {U'\uFFFD', 1};
}

}  // namespace sitgraph::language
