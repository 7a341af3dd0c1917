#include "base/text.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstring>
#include <numeric>

namespace sitgraph::base {
namespace {

constexpr size_t kBlock = 64;  // bytes between two entries of a CodePointMap
constexpr char32_t kReplacement = 0xFFFD;

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

char AsciiLower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Signs that romanisations write for hamza and ayn, or that stand for an apostrophe; nothing of a name's identity.
bool IsApostrophe(char32_t c) {
  switch (c) {
    case '\'':
    case '`':
    case 0xB4:
    case 0x2018:
    case 0x2019:
    case 0x201B:
    case 0x2032:
    case 0x02BB:
    case 0x02BC:
    case 0x02BD:
    case 0x02BE:
    case 0x02BF:
    case 0x02B9:
    case 0x02C8:
      return true;
    default:
      return false;
  }
}

icu::UnicodeString FromUtf8(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}

}  // namespace

CodePointMap::CodePointMap(std::string_view text) : text_(text) {
  counts_.reserve(text.size() / kBlock + 1);
  uint32_t count = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (i % kBlock == 0) counts_.push_back(count);
    if (!IsContinuation(text[i])) ++count;
  }
  if (text.size() % kBlock == 0) counts_.push_back(count);
}

uint32_t CodePointMap::ToCodePoint(uint32_t byte_offset) const {
  const size_t end = std::min<size_t>(byte_offset, text_.size());
  const size_t block = end / kBlock;
  uint32_t count = counts_[block];
  for (size_t i = block * kBlock; i < end; ++i) {
    if (!IsContinuation(text_[i])) ++count;
  }
  return count;
}

std::optional<size_t> FindInvalidUtf8(std::string_view text) {
  size_t i = 0;
  while (i < text.size()) {
    // Most text is ASCII: eight bytes at once.
    uint64_t eight = 0;
    if (i + sizeof(eight) <= text.size()) {
      std::memcpy(&eight, text.data() + i, sizeof(eight));
      if ((eight & 0x8080808080808080U) == 0) {
        i += sizeof(eight);
        continue;
      }
    }
    if (static_cast<unsigned char>(text[i]) < 0x80) {
      ++i;
      continue;
    }
    const size_t begin = i;
    // U8_NEXT counts in int32_t: give it a window of the four bytes that one code point can take.
    const auto* bytes = reinterpret_cast<const uint8_t*>(text.data() + begin);
    const auto window = static_cast<int32_t>(std::min<size_t>(4, text.size() - begin));
    int32_t at = 0;
    UChar32 c = 0;
    U8_NEXT(bytes, at, window, c);
    if (c < 0) return begin;
    i = begin + static_cast<size_t>(at);
  }
  return std::nullopt;
}

size_t CountCodePoints(std::string_view valid_utf8) {
  return static_cast<size_t>(
      std::count_if(valid_utf8.begin(), valid_utf8.end(), [](char c) { return !IsContinuation(c); }));
}

char32_t NextCodePoint(std::string_view text, size_t& offset) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data() + offset);
  const auto window = static_cast<int32_t>(std::min<size_t>(4, text.size() - offset));
  int32_t at = 0;
  UChar32 c = 0;
  U8_NEXT(bytes, at, window, c);
  if (c < 0) {
    ++offset;
    return kReplacement;
  }
  offset += static_cast<size_t>(at);
  return static_cast<char32_t>(c);
}

void AppendUtf8(std::string& out, char32_t code_point) {
  char buffer[4];
  int32_t length = 0;
  UBool error = false;
  U8_APPEND(reinterpret_cast<uint8_t*>(buffer), length, 4, static_cast<UChar32>(code_point), error);
  if (error) {
    out += "\xEF\xBF\xBD";
    return;
  }
  out.append(buffer, static_cast<size_t>(length));
}

std::string_view Trim(std::string_view text) {
  size_t begin = 0;
  while (begin < text.size()) {
    size_t next = begin;
    if (!u_isUWhiteSpace(static_cast<UChar32>(NextCodePoint(text, next)))) break;
    begin = next;
  }
  size_t end = text.size();
  while (end > begin) {
    size_t last = end - 1;
    while (last > begin && IsContinuation(text[last])) --last;
    size_t next = last;
    if (!u_isUWhiteSpace(static_cast<UChar32>(NextCodePoint(text, next)))) break;
    end = last;
  }
  return text.substr(begin, end - begin);
}

std::string CollapseSpace(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool pending = false;
  for (size_t i = 0; i < text.size();) {
    const size_t begin = i;
    if (u_isUWhiteSpace(static_cast<UChar32>(NextCodePoint(text, i)))) {
      pending = !out.empty();
      continue;
    }
    if (pending) out += ' ';
    pending = false;
    out.append(text, begin, i - begin);
  }
  return out;
}

std::string Lower(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size();) {
    const char byte = text[i];
    if (static_cast<unsigned char>(byte) < 0x80) {
      out += AsciiLower(byte);
      ++i;
      continue;
    }
    const size_t begin = i;
    const char32_t c = NextCodePoint(text, i);
    if (c == kReplacement) {
      out.append(text, begin, i - begin);
    } else {
      AppendUtf8(out, static_cast<char32_t>(u_foldCase(static_cast<UChar32>(c), U_FOLD_CASE_DEFAULT)));
    }
  }
  return out;
}

std::string FoldName(std::string_view name) {
  std::string decomposed;
  std::string_view source = name;
  if (!IsAscii(name)) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfkd = icu::Normalizer2::getNFKDInstance(status);
    if (U_SUCCESS(status)) {
      nfkd->normalize(FromUtf8(name), status).toUTF8String(decomposed);
      if (U_SUCCESS(status)) source = decomposed;
    }
  }
  std::string out;
  out.reserve(source.size());
  bool pending = false;
  for (size_t i = 0; i < source.size();) {
    const char32_t c = NextCodePoint(source, i);
    const auto u = static_cast<UChar32>(c);
    if (IsApostrophe(c) || u_charType(u) == U_NON_SPACING_MARK) continue;
    if (!u_isalnum(u)) {
      pending = !out.empty();
      continue;
    }
    if (pending) out += ' ';
    pending = false;
    if (c == 0x131) {  // dotless i: Turkish names are met with and without it
      out += 'i';
    } else {
      AppendUtf8(out, static_cast<char32_t>(u_foldCase(u, U_FOLD_CASE_DEFAULT)));
    }
  }
  return out;
}

std::string Slug(std::string_view text) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : FoldName(text)) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == ' ') {
      out += '-';
    } else if (byte < 0x80) {
      out += c;
    } else {
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    }
  }
  return out.empty() ? "_" : out;
}

size_t EditDistance(std::string_view a, std::string_view b, size_t limit) {
  std::u32string left, right;
  for (size_t i = 0; i < a.size();) left += NextCodePoint(a, i);
  for (size_t i = 0; i < b.size();) right += NextCodePoint(b, i);
  if (left.size() > right.size()) std::swap(left, right);
  if (right.size() - left.size() > limit) return limit + 1;
  limit = std::min(limit, right.size());  // no two texts are further apart
  const size_t far = limit + 1;

  // Row j holds the distances of right's first j letters to left's first i, for the i within `limit` of j; those around
  // them are `far`.
  std::vector<size_t> row(left.size() + 1, far), above(row), above_that(row);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t j = 1; j <= right.size(); ++j) {
    above_that.swap(above);
    above.swap(row);
    const size_t begin = j > limit ? j - limit : 0;
    const size_t end = std::min(left.size(), j + limit);
    if (begin > 0) row[begin - 1] = far;
    size_t least = far;
    for (size_t i = begin; i <= end; ++i) {
      size_t distance = above[i] + 1;
      if (i > 0) {
        const bool same = left[i - 1] == right[j - 1];
        distance = std::min({distance, row[i - 1] + 1, above[i - 1] + (same ? 0 : 1)});
      }
      if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]) {
        distance = std::min(distance, above_that[i - 2] + 1);
      }
      row[i] = std::min(distance, far);
      least = std::min(least, row[i]);
    }
    if (end < left.size()) row[end + 1] = far;
    if (least == far) return far;
  }
  return row[left.size()];
}

std::optional<std::string> Nearest(std::string_view word, const std::vector<std::string>& candidates) {
  size_t limit = std::max<size_t>(1, CountCodePoints(word) / 3);
  const std::string* best = nullptr;
  const std::string folded = Lower(word);
  for (const std::string& candidate : candidates) {
    const size_t distance = EditDistance(folded, Lower(candidate), limit);
    if (distance > limit || (best != nullptr && distance == limit)) continue;
    best = &candidate;
    limit = distance;
    if (distance == 0) break;
  }
  return best == nullptr ? std::nullopt : std::optional<std::string>(*best);
}

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  size_t begin = 0;
  for (;;) {
    const size_t end = text.find(separator, begin);
    parts.push_back(text.substr(begin, end - begin));
    if (end == std::string_view::npos) return parts;
    begin = end + 1;
  }
}

bool StartsWithIgnoringAsciiCase(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && EqualsIgnoringAsciiCase(text.substr(0, prefix.size()), prefix);
}

bool EqualsIgnoringAsciiCase(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return AsciiLower(x) == AsciiLower(y); });
}

}  // namespace sitgraph::base
