#include "base/error.h"

#include <fmt/format.h>

#include <algorithm>

namespace sitgraph::base {
namespace {

constexpr size_t kShownColumns = 160;  // code points of the offending line shown around the caret

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// Line `number` (from 1) of `source`, or an empty view where there is none.
std::string_view LineOf(std::string_view source, uint32_t number) {
  size_t begin = 0;
  for (uint32_t line = 1; line < number; ++line) {
    const size_t newline = source.find('\n', begin);
    if (newline == std::string_view::npos) return {};
    begin = newline + 1;
  }
  std::string_view line = source.substr(begin, source.find('\n', begin) - begin);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

}  // namespace

std::string ToString(const Error& error) {
  std::string out;
  if (!error.place.file.empty()) out += error.place.file + ":";
  if (error.place.line != 0) {
    if (error.place.file.empty()) out += "line ";
    out += fmt::format("{}:", error.place.line);
    if (error.place.column != 0) out += fmt::format("{}:", error.place.column);
  }
  if (!out.empty()) out += ' ';
  out += error.message;
  if (!error.hint.empty()) out += "\n  hint: " + error.hint;
  return out;
}

std::string ToStringWithCaret(const Error& error, std::string_view source) {
  const std::string_view line = error.place.line == 0 ? std::string_view() : LineOf(source, error.place.line);
  if (line.empty() || error.place.column == 0) return ToString(error);

  // Walk code points once: the window shown, and the caret's distance from its start.
  const size_t length =
      static_cast<size_t>(std::count_if(line.begin(), line.end(), [](char c) { return !IsContinuation(c); }));
  const size_t column = std::min<size_t>(error.place.column - 1, length);
  const size_t first = column > kShownColumns / 2 ? column - kShownColumns / 2 : 0;
  std::string shown, caret;
  size_t index = 0;
  for (size_t i = 0; i < line.size(); ++index) {
    size_t next = i + 1;
    while (next < line.size() && IsContinuation(line[next])) ++next;
    if (index >= first && index < first + kShownColumns) {
      // A tab would move the caret; one blank keeps both lines aligned.
      if (line[i] == '\t') {
        shown += ' ';
      } else {
        shown += line.substr(i, next - i);
      }
    }
    i = next;
  }
  caret.assign(column - first, ' ');
  caret += '^';

  Error bare = error;
  bare.hint.clear();
  std::string out = ToString(bare) + "\n  " + shown + "\n  " + caret;
  if (!error.hint.empty()) out += "\n  hint: " + error.hint;
  return out;
}

}  // namespace sitgraph::base
