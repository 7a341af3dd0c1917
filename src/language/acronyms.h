// Names told by their form: acronyms that read as common words ("IS", "US"), Arabic names with their article, which the
// treebanks cut. Their tags are settled before the tagger runs.
#pragma once

#include <span>
#include <string_view>

#include "src/language/words.h"

namespace sitgraph::language {

// Whether word `i` of a sentence is written as an acronym and used as a name. In a sentence all of capitals nothing is.
bool IsAcronymName(std::span<const std::string_view> forms, size_t i, Casing casing);

// Whether a token is a name with its article: "al-Nusra", "Ez-Zor"; "al-nusra" where no word has capitals.
bool IsArticleName(std::string_view form, Casing casing);

}  // namespace sitgraph::language
