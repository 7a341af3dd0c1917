// Acronyms that read as common words: "IS", "US". Their tags are settled before the tagger runs.
#pragma once

#include <span>
#include <string_view>

#include "src/language/words.h"

namespace sitgraph::language {

// Whether word `i` of a sentence is written as an acronym and used as a name. In a sentence all of capitals nothing is.
bool IsAcronymName(std::span<const std::string_view> forms, size_t i, Casing casing);

}  // namespace sitgraph::language
