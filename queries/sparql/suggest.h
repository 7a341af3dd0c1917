// The known name that a misspelt one was probably meant to be.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sitgraph::queries::sparql {

// base::Nearest, and before it a candidate that only has two neighbouring letters the other way round ("agnet").
// O(|candidates| * |word|).
std::optional<std::string> SuggestName(std::string_view word, const std::vector<std::string>& candidates);

// The same for keywords and functions, whose case does not matter.
std::optional<std::string> SuggestKeyword(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace sitgraph::queries::sparql
