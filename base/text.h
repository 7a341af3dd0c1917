// Text helpers over UTF-8: spans, code-point offsets, folding of names, suggestions for misspelt words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sitgraph::base {

// A half-open range of BYTES [begin, end) in a UTF-8 text. Everything inside the program counts bytes; only frames and
// the graph count code points (CodePointSpan).
struct Span {
  uint32_t begin = 0;
  uint32_t end = 0;

  uint32_t size() const { return end - begin; }
  bool empty() const { return begin >= end; }
  bool Contains(Span other) const { return begin <= other.begin && other.end <= end; }
  bool Overlaps(Span other) const { return begin < other.end && other.begin < end; }
  std::string_view In(std::string_view text) const { return text.substr(begin, end - begin); }
  friend bool operator==(const Span&, const Span&) = default;
  friend auto operator<=>(const Span&, const Span&) = default;
};

// A half-open range of Unicode CODE POINTS.
struct CodePointSpan {
  uint32_t begin = 0;
  uint32_t end = 0;
  friend bool operator==(const CodePointSpan&, const CodePointSpan&) = default;
  friend auto operator<=>(const CodePointSpan&, const CodePointSpan&) = default;
};

// Translates byte offsets of one text into code-point offsets. Holds one number per 64 bytes of text; a look-up reads
// at most 64 bytes. The text must outlive the map and be valid UTF-8.
class CodePointMap {
 public:
  explicit CodePointMap(std::string_view text);
  uint32_t ToCodePoint(uint32_t byte_offset) const;
  CodePointSpan ToCodePoints(Span span) const { return {ToCodePoint(span.begin), ToCodePoint(span.end)}; }

 private:
  std::string_view text_;
  std::vector<uint32_t> counts_;  // code points before byte 64*i
};

// Byte offset of the first byte that is not part of valid UTF-8 (RFC 3629), or nullopt where all is valid.
std::optional<size_t> FindInvalidUtf8(std::string_view text);

size_t CountCodePoints(std::string_view valid_utf8);

// Decodes the code point that starts at `offset` and moves `offset` past it. Invalid bytes give U+FFFD, one byte each.
char32_t NextCodePoint(std::string_view text, size_t& offset);
void AppendUtf8(std::string& out, char32_t code_point);

// White space as Unicode's White_Space property (so U+00A0 too), trimmed at both ends / runs made one ASCII blank.
std::string_view Trim(std::string_view text);
std::string CollapseSpace(std::string_view text);

// Case folded by Unicode's simple rules ("Straße" -> "straße"); invalid UTF-8 passes through.
std::string Lower(std::string_view text);

// A name for comparing: NFKD without combining marks, case folded, apostrophes and hamza/ayn signs dropped, every other
// run of non-alphanumerics one blank: "Ar-Ra‘qah" -> "ar raqah", "Türkiye" -> "turkiye".
std::string FoldName(std::string_view name);

// `text` as one path segment of an IRI: FoldName with '-' for blanks, other non-ASCII letters percent-encoded; never
// empty ("_" where nothing is left).
std::string Slug(std::string_view text);

// How many code points to put in, take out, replace or swap with their neighbour to make `b` of `a` (optimal string
// alignment: nothing is edited twice), or limit + 1 as soon as it is more than `limit`. O(|a| + |b| * limit).
size_t EditDistance(std::string_view a, std::string_view b, size_t limit);

// The candidate nearest to a misspelt `word` (distance at most a third of its length, at least 1), or nullopt.
// Ties go to the earlier candidate.
std::optional<std::string> Nearest(std::string_view word, const std::vector<std::string>& candidates);

std::vector<std::string_view> Split(std::string_view text, char separator);
bool StartsWithIgnoringAsciiCase(std::string_view text, std::string_view prefix);
bool EqualsIgnoringAsciiCase(std::string_view a, std::string_view b);

}  // namespace sitgraph::base
