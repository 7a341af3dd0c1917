// Finds names of our vocabulary in a query that mean nothing: a misspelt sg: property, a type that the graph has none
// of.
#pragma once

#include <vector>

#include "base/error.h"
#include "graph/store.h"
#include "queries/sparql/ast.h"

namespace sitgraph::queries {

// One warning for each such name, in the order written, with its place and, where one is near, the name that was meant.
// sg: names are held against the vocabulary and the graph; sgt: and sgr: names against the graph, since a codebook may
// add types. Fails only where the store does.
base::Result<std::vector<base::Error>> CheckVocabulary(const std::vector<sparql::Query::Mention>& mentions,
                                                       const graph::Snapshot& snapshot);

}  // namespace sitgraph::queries
