// Words of war reports that are of one tag wherever they stand, and that the treebanks do not have: the tagger takes
// one in six "airstrikes" for a verb, which costs the whole tree.
#pragma once

#include <optional>
#include <string_view>

#include "src/language/tagger.h"

namespace sitgraph::language {

// The tag of a folded word of the list. O(log of the list).
std::optional<Tag> TagOfWarWord(std::string_view folded);

}  // namespace sitgraph::language
