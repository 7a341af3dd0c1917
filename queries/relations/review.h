// Which entities of a graph may be one, and which may be several: for an analyst to decide (docs/identity.md).
#pragma once

#include <string>

#include "base/error.h"
#include "graph/store.h"
#include "queries/relations/answer.h"
#include "src/codebook/codebook.h"

namespace sitgraph::queries {

// One row for each doubt, the weightiest (by events) first: why, both entities with their events, how many others they
// have events in common with, and the line of a decisions file that would settle it. Entities without a proper name
// ("militants") are passed over, and so are merges of names that the codebook puts together. O(n log n) in the names.
base::Result<Answer> ReviewEntities(const graph::Snapshot& snapshot, const codebook::Codebook& codebook,
                                    const std::string& base_iri);

}  // namespace sitgraph::queries
