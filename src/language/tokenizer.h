// Cuts a stretch of text into tokens as the English UD treebanks (EWT, GUM) do, names in Arabic articles kept whole.
#pragma once

#include <string_view>
#include <vector>

#include "base/text.h"
#include "src/language/document.h"

namespace sitgraph::language {

// Appends the tokens of `zone` (bytes of `text`) in order. Full stops stand apart even after abbreviations; the
// segmenter, which knows where sentences end, joins them. Linear time on any bytes; allocates only where `tokens` must
// grow.
void Tokenize(std::string_view text, base::Span zone, std::vector<Token>& tokens);

// Whether the part of a name after a hyphen takes the Arabic article before it: al and el always, others where they
// assimilate ("ez-Zor", "ash-Shaykh"), which "as-yet" and "at-risk" do not.
bool TakesArticle(std::string_view article, std::string_view name);

}  // namespace sitgraph::language
