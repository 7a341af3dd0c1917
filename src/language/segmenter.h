// From raw text to sentences and tokens.
#pragma once

#include <string_view>

#include "base/text.h"
#include "src/language/document.h"

namespace sitgraph::language {

// The longest sentence in tokens; longer ones are cut there, so that work on one sentence is bounded.
inline constexpr size_t kMaxSentenceTokens = 400;

// Segments the whole text, which must outlive the document. Any bytes will do; invalid UTF-8 is cut into symbols, one
// byte each. Lines are told from wrapped prose by their lengths; an empty line ends a sentence always. Linear time.
// Texts over 4 GiB are read up to there.
Document Segment(std::string_view text);

// Appends the sentences and tokens of one zone (bytes of `text`, on code-point boundaries), so that no sentence crosses
// it. Zones are given in the order of the text; `document.text` must be `text` or empty (it is set). Allocates only
// where the document's vectors must grow.
void SegmentInto(std::string_view text, base::Span zone, Document& document);

// Empties a document for its next text, keeping its memory.
void Clear(Document& document);

}  // namespace sitgraph::language
