// Shows how a query is run.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "queries/query.h"

namespace sitgraph::queries {

// Runs the query, throws its answer away, and gives its plan as lines of text: for each step the solutions that were
// expected, those that came, and the time spent in it. Measuring slows the run by a tenth or so. Errors as for
// RunQuery.
base::Result<std::string> ExplainQuery(const graph::Snapshot& snapshot, std::string_view text,
                                       const QueryOptions& options);

}  // namespace sitgraph::queries
