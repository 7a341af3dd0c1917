// Folding, shapes and affixes of words.
#include "src/language/words.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "base/text.h"
#include "src/language/characters.h"
#include "src/language/hashing.h"

namespace sitgraph::language {
namespace {

char32_t Plain(char32_t c) {
  if (IsApostrophe(c)) return U'\'';
  if (c == U'\u201C' || c == U'\u201D' || c == U'\u201E' || c == U'\u00AB' || c == U'\u00BB') return U'"';
  if (IsHyphen(c)) return U'-';
  if (c == U'\u2013' || c == U'\u2014') return U'\u2013';
  return c;
}

char32_t LowerOf(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
  return static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
}

// Only letters count: a sentence's case is that of its words of two letters and more.
Casing CasingOf(std::span<const std::string_view> forms) {
  size_t lower = 0;  // words that begin in lower case
  size_t upper = 0;  // all capitals
  size_t title = 0;  // begin with a capital
  size_t long_lower = 0;
  for (const std::string_view form : forms) {
    size_t offset = 0;
    const char32_t first = base::NextCodePoint(form, offset);
    if (offset >= form.size()) continue;
    const char32_t second = base::NextCodePoint(form, offset);
    const bool first_upper = IsUpper(first);
    if (IsLower(first)) {
      ++lower;
      long_lower += form.size() > 4;
    } else if (first_upper && IsUpper(second)) {
      ++upper;
    } else if (first_upper) {
      ++title;
    }
  }
  if (lower + title + upper < 2) return Casing::kMixed;
  if (lower == 0 && title == 0) return Casing::kUpper;
  if (title == 0 && upper == 0) return Casing::kLower;
  if (upper >= 4 && upper > 4 * (lower + title)) return Casing::kUpper;
  if (title >= 3 && title > 3 * long_lower) return Casing::kTitle;
  return Casing::kMixed;
}

// What unknown words are known by: long ones by their last letters.
uint64_t UnknownWord(const Word& word) {
  const bool is_long = word.prefixes[3] != 0;
  return Mix(Mix(is_long ? word.suffixes[1] : 1, word.shape), 77);
}

void Describe(std::string_view form, bool caseless, const Lexicon& lexicon, Word& word, std::string& scratch) {
  std::string& folded = scratch;
  folded.clear();
  std::string shape;
  std::array<uint32_t, 6> ends{};  // byte offsets of the last code points of `folded`, newest first
  size_t count = 0;
  size_t tail = 0;
  char previous = 0;
  uint64_t written_hash = UINT64_C(0xCBF29CE484222325);
  word.prefixes = {};
  for (size_t offset = 0; offset < form.size();) {
    char32_t c = Plain(base::NextCodePoint(form, offset));
    const CharClass kind = ClassOf(c);
    char mark = '?';
    if (kind == CharClass::kDigit) {
      c = U'0';
      mark = 'd';
    } else if (kind == CharClass::kLetter) {
      mark = !caseless && IsUpper(c) ? 'X' : 'x';
    } else if (c < 0x80) {
      mark = static_cast<char>(c);
    }
    if (mark != previous && shape.size() < 12) shape += mark;
    previous = mark;
    std::copy_backward(ends.begin(), ends.end() - 1, ends.end());
    ends[0] = static_cast<uint32_t>(folded.size());
    const char32_t lower = LowerOf(c);
    written_hash = Mix(written_hash, caseless ? lower : c);
    base::AppendUtf8(folded, lower);
    if (count < word.prefixes.size()) word.prefixes[count] = HashBytes(folded);
    ++count;
    if (c == U'-') tail = folded.size();
  }
  word.form = written_hash;
  word.folded = HashBytes(folded);
  word.shape = HashBytes(shape);
  const std::string_view view = folded;
  for (size_t i = 0; i < word.suffixes.size(); ++i) word.suffixes[i] = i < count ? HashBytes(view.substr(ends[i])) : 0;
  word.tail = tail > 0 && tail < view.size() ? HashBytes(view.substr(tail)) : 0;
  word.ambiguity = lexicon.ClassOf(word.folded);
  word.known = word.ambiguity != Lexicon::kUnknown ? word.folded : UnknownWord(word);
}

}  // namespace

void MakeUnknown(Word& word) {
  word.ambiguity = Lexicon::kUnknown;
  word.known = UnknownWord(word);
}

void FoldWord(std::string_view form, std::string& out) {
  out.clear();
  for (size_t offset = 0; offset < form.size();) {
    base::AppendUtf8(out, LowerOf(Plain(base::NextCodePoint(form, offset))));
  }
}

void DescribeWords(std::span<const std::string_view> forms, const Lexicon& lexicon, WordSequence& out,
                   std::string& scratch) {
  out.casing = CasingOf(forms);
  out.words.resize(forms.size());
  const bool caseless = out.casing == Casing::kLower || out.casing == Casing::kUpper;
  for (size_t i = 0; i < forms.size(); ++i) Describe(forms[i], caseless, lexicon, out.words[i], scratch);
  out.last = out.words.empty() ? 0 : out.words.back().folded;
}

}  // namespace sitgraph::language
