// A position in a text that moves forward over words, numbers and signs; what the small scanners of this room share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/text.h"

namespace sitgraph::reports {

inline bool IsAsciiDigit(char c) { return c >= '0' && c <= '9'; }
inline bool IsAsciiUpper(char c) { return c >= 'A' && c <= 'Z'; }
inline bool IsAsciiLower(char c) { return c >= 'a' && c <= 'z'; }
inline bool IsAsciiLetter(char c) { return IsAsciiUpper(c) || IsAsciiLower(c); }
// ASCII letters and digits, and every byte of a longer code point.
inline bool IsWordByte(char c) { return IsAsciiLetter(c) || IsAsciiDigit(c) || static_cast<unsigned char>(c) >= 0x80; }

class Cursor {
 public:
  explicit Cursor(std::string_view text, size_t at = 0) : text_(text), at_(at) {}

  size_t at() const { return at_; }
  void set(size_t at) { at_ = at; }
  bool end() const { return at_ >= text_.size(); }
  char Peek() const { return end() ? '\0' : text_[at_]; }
  std::string_view rest() const { return text_.substr(at_); }

  // Blanks, tabs and no-break spaces; no line end. Returns whether there were any.
  bool Blanks() {
    const size_t before = at_;
    for (;;) {
      if (Peek() == ' ' || Peek() == '\t') {
        ++at_;
      } else if (rest().substr(0, 2) == "\xC2\xA0") {
        at_ += 2;
      } else {
        return at_ != before;
      }
    }
  }
  bool Eat(std::string_view sign) {
    if (rest().substr(0, sign.size()) != sign) return false;
    at_ += sign.size();
    return true;
  }
  // A phrase in any case that ends at a word boundary.
  bool EatPhrase(std::string_view phrase) {
    if (!base::StartsWithIgnoringAsciiCase(rest(), phrase)) return false;
    const std::string_view after = rest().substr(phrase.size());
    if (!after.empty() && !phrase.empty() && IsWordByte(phrase.back()) && IsWordByte(after.front())) return false;
    at_ += phrase.size();
    return true;
  }
  // "-", "--", "–" or "—".
  bool EatDash() { return Eat("--") || Eat("-") || Eat("\xE2\x80\x93") || Eat("\xE2\x80\x94"); }
  // The ASCII letters that come next; empty where there are none.
  std::string_view EatLetters() {
    const size_t before = at_;
    while (IsAsciiLetter(Peek())) ++at_;
    return text_.substr(before, at_ - before);
  }
  // The run of ASCII digits that comes next (at most `most` are taken; a longer run is no match).
  std::optional<std::string_view> EatDigits(size_t least, size_t most) {
    size_t stop = at_;
    while (stop < text_.size() && IsAsciiDigit(text_[stop]) && stop - at_ <= most) ++stop;
    const size_t count = stop - at_;
    if (count < least || count > most) return std::nullopt;
    const std::string_view digits = text_.substr(at_, count);
    at_ = stop;
    return digits;
  }

 private:
  std::string_view text_;
  size_t at_;
};

// The value of a run of at most nine digits.
inline int32_t NumberOf(std::string_view digits) {
  int32_t value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

}  // namespace sitgraph::reports
