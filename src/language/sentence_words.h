// Looking at a sentence's tokens as lower-cased words, without copies: what the number and date finders match on.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "src/language/document.h"

namespace sitgraph::language {

// A lower-cased copy of a short ASCII word, on the stack; empty where the word is longer or not ASCII.
class LowerWord {
 public:
  static constexpr size_t kLongest = 16;

  explicit LowerWord(std::string_view word) {
    if (word.size() > kLongest) {
      return;
    }
    for (const char c : word) {
      if ((c & 0x80) != 0) {
        size_ = 0;
        return;
      }
      letters_[size_++] = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  // Lives as long as this object.
  std::string_view view() const { return {letters_.data(), size_}; }

 private:
  std::array<char, kLongest> letters_;
  size_t size_ = 0;
};

inline bool EqualsLower(std::string_view word, std::string_view lower) {
  if (word.size() != lower.size()) {
    return false;
  }
  for (size_t i = 0; i < word.size(); ++i) {
    const char c = word[i];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != lower[i]) {
      return false;
    }
  }
  return true;
}

// The tokens of one sentence; a token outside it reads as "". Cheap to copy; the document must outlive it.
class SentenceWords {
 public:
  SentenceWords(const Document& document, const Sentence& sentence)
      : document_(&document), begin_(sentence.begin), end_(sentence.end) {}

  TokenIndex begin() const { return begin_; }
  TokenIndex end() const { return end_; }
  bool Has(TokenIndex i) const { return i >= begin_ && i < end_; }
  const Token& At(TokenIndex i) const { return document_->tokens[i]; }
  std::string_view Text(TokenIndex i) const { return Has(i) ? document_->Text(i) : std::string_view(); }
  // `lower` is lower-case ASCII.
  bool Is(TokenIndex i, std::string_view lower) const { return EqualsLower(Text(i), lower); }
  template <size_t N>
  bool IsOneOf(TokenIndex i, const std::string_view (&list)[N]) const {
    const std::string_view word = Text(i);
    for (const std::string_view candidate : list) {
      if (EqualsLower(word, candidate)) {
        return true;
      }
    }
    return false;
  }
  // No white space between `i` and the token after it.
  bool Glued(TokenIndex i) const { return Has(i) && Has(i + 1) && !At(i).space_after; }
  bool IsHyphenAt(TokenIndex i) const {
    const std::string_view t = Text(i);
    return t == "-" || t == "\u2010" || t == "\u2011";
  }
  bool IsDashAt(TokenIndex i) const {
    const std::string_view t = Text(i);
    return IsHyphenAt(i) || t == "\u2013" || t == "\u2014" || t == "--";
  }
  bool StartsUpper(TokenIndex i) const {
    const std::string_view t = Text(i);
    return !t.empty() && t[0] >= 'A' && t[0] <= 'Z';
  }
  bool StartsLower(TokenIndex i) const {
    const std::string_view t = Text(i);
    return !t.empty() && t[0] >= 'a' && t[0] <= 'z';
  }

  // Words separated by blanks, all lower case. The number of tokens that `phrase` takes from `i` on, or 0.
  TokenIndex MatchForward(TokenIndex i, std::string_view phrase) const {
    TokenIndex count = 0;
    while (!phrase.empty()) {
      const size_t blank = phrase.find(' ');
      if (!Is(i + count, phrase.substr(0, blank))) {
        return 0;
      }
      ++count;
      phrase = blank == std::string_view::npos ? std::string_view() : phrase.substr(blank + 1);
    }
    return count;
  }
  // The same for tokens that end right before `end`.
  TokenIndex MatchBackward(TokenIndex end, std::string_view phrase) const {
    TokenIndex count = 0;
    while (!phrase.empty()) {
      const size_t blank = phrase.rfind(' ');
      if (end < begin_ + count + 1 ||
          !Is(end - count - 1, blank == std::string_view::npos ? phrase : phrase.substr(blank + 1))) {
        return 0;
      }
      ++count;
      phrase = blank == std::string_view::npos ? std::string_view() : phrase.substr(0, blank);
    }
    return count;
  }

 private:
  const Document* document_;
  TokenIndex begin_;
  TokenIndex end_;
};

}  // namespace sitgraph::language
