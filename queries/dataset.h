// Which graphs a query or an update's pattern sees.
#pragma once

#include "base/error.h"
#include "graph/store.h"
#include "queries/query.h"
#include "queries/sparql/ast.h"
#include "queries/sparql/plan.h"

namespace sitgraph::queries {

// By FROM and FROM NAMED (USING in updates), or by `default_graph` where there is neither.
base::Result<sparql::Dataset> DatasetOf(const sparql::Query& query, const graph::Snapshot& snapshot,
                                        DefaultGraph default_graph);

// The ids of the graphs that the snapshot has, sorted, each once.
base::Result<std::vector<sparql::Cell>> FindGraphs(const graph::Snapshot& snapshot,
                                                   const std::vector<std::string>& iris);

}  // namespace sitgraph::queries
