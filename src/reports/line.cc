#include "src/reports/line.h"

#include <algorithm>
#include <array>

#include "src/reports/cursor.h"

namespace sitgraph::reports {
namespace {

constexpr size_t kProseWords = 8;       // with a final stop
constexpr size_t kManyWords = 30;       // without
constexpr size_t kInnerStopWords = 14;  // with a sentence that ends inside

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n'; }

// Takes one closing quote or bracket from the end.
bool EatClosing(std::string_view& line) {
  for (const std::string_view sign : {"\"", "'", ")", "]", "\xE2\x80\x9D", "\xE2\x80\x99", "\xC2\xBB", "*"}) {
    if (line.size() >= sign.size() && line.substr(line.size() - sign.size()) == sign) {
      line.remove_suffix(sign.size());
      return true;
    }
  }
  return false;
}

bool EndsInStop(std::string_view line) {
  return !line.empty() && (line.back() == '.' || line.back() == '!' || line.back() == '?' ||
                           (line.size() >= 3 && line.substr(line.size() - 3) == "\xE2\x80\xA6"));
}

// Words that take a full stop without ending a sentence.
bool IsAbbreviation(std::string_view before_stop) {
  size_t begin = before_stop.size();
  while (begin > 0 && IsAsciiLetter(before_stop[begin - 1]) && before_stop.size() - begin < 6) --begin;
  const std::string_view word = before_stop.substr(begin);
  if (word.size() == 1) return IsAsciiUpper(word[0]);  // an initial
  for (const std::string_view known :
       {"Gen", "Col", "Lt",   "Maj", "Capt",   "Sgt", "Brig", "Mr",  "Mrs",  "Ms",  "Dr",  "St",  "No", "Sen",
        "Rep", "Gov", "Prof", "vs",  "approx", "Jan", "Feb",  "Aug", "Sept", "Sep", "Oct", "Nov", "Dec"}) {
    if (word == known) return true;
  }
  return false;
}

}  // namespace

std::vector<Line> SplitLines(std::string_view text) {
  std::vector<Line> lines;
  bool gap = true;
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view trimmed = base::Trim(text.substr(begin, end - begin));
    if (trimmed.empty()) {
      gap = true;
      if (!lines.empty()) lines.back().before_gap = true;
    } else {
      const auto offset = static_cast<uint32_t>(trimmed.data() - text.data());
      lines.push_back({{offset, offset + static_cast<uint32_t>(trimmed.size())}, gap, false});
      gap = false;
    }
    begin = end + 1;
  }
  if (!lines.empty()) lines.back().before_gap = true;
  return lines;
}

size_t CountWords(std::string_view line, size_t most) {
  size_t words = 0;
  bool inside = false;
  for (const char c : line) {
    const bool blank = IsBlank(c);
    if (!blank && !inside && ++words == most) return words;
    inside = !blank;
  }
  return words;
}

bool EndsSentence(std::string_view line) {
  while (!EndsInStop(line)) {
    if (!EatClosing(line)) return false;
  }
  return true;
}

bool IsProse(std::string_view line) {
  const size_t words = CountWords(line, kManyWords);
  if (words >= kManyWords) return true;
  if (words >= kProseWords && (EndsSentence(line) || line.back() == ':')) return true;
  return words >= kInnerStopWords && EndOfLastSentence(line) != 0;
}

size_t EndOfLastSentence(std::string_view line) {
  for (size_t i = line.size(); i > 0; --i) {
    const char c = line[i - 1];
    if (c != '.' && c != '!' && c != '?') continue;
    size_t end = i;
    while (end < line.size() && !IsBlank(line[end])) {
      std::string_view closing = line.substr(0, end + 1);
      if (static_cast<unsigned char>(line[end]) == 0xE2 || static_cast<unsigned char>(line[end]) == 0xC2) {
        closing = line.substr(0, end + (static_cast<unsigned char>(line[end]) == 0xE2 ? 3 : 2));
      }
      std::string_view rest = closing;
      if (!EatClosing(rest)) break;
      end = closing.size();
    }
    if (end < line.size() && !IsBlank(line[end])) continue;  // "4.5", "al-Bab.net"
    if (c == '.' && IsAbbreviation(line.substr(0, i - 1))) continue;
    return end;
  }
  return 0;
}

}  // namespace sitgraph::reports
