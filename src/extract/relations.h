// Lasting relations: who holds which office, what lies in what, other names, who belongs to whom.
#pragma once

#include <vector>

#include "src/extract/entities.h"

namespace sitgraph::extract {

// `sentences` gives each reading's sentence as a mention.
std::vector<Relation> FindRelations(const std::vector<Reading>& readings, std::string_view text, EntityBook& book,
                                    const std::vector<Mention>& sentences);

}  // namespace sitgraph::extract
