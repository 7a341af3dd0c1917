// The lines of a text and their shape: how many words, whether they end as sentences do.
#pragma once

#include <string_view>
#include <vector>

#include "base/text.h"

namespace sitgraph::reports {

// A line with something on it. Pieces of a line that the zones tell apart are spans inside it.
struct Line {
  base::Span span;          // bytes, without white space at either end
  bool after_gap = false;   // a blank line, or the start of the text, stands before it
  bool before_gap = false;  // a blank line, or the end of the text, stands behind it
};

std::vector<Line> SplitLines(std::string_view text);

// Runs of non-blank characters; counting stops at `most`.
size_t CountWords(std::string_view line, size_t most);

// Whether the last sign, closing quotes and brackets aside, is a full stop, question or exclamation mark or an
// ellipsis.
bool EndsSentence(std::string_view line);

// Whether the line reads as running text: eight words and more with a final stop (or a
// colon, before a list), or very many words.
bool IsProse(std::string_view line);

// Byte offset behind the last full stop (with what closes it) that ends a sentence inside `line`; 0 where there is
// none.
size_t EndOfLastSentence(std::string_view line);

}  // namespace sitgraph::reports
