// Answers a SPARQL query over one snapshot of the graph. docs/queries.md says what is answered and within which limits.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "graph/store.h"
#include "queries/results.h"
#include "queries/sparql/governor.h"

namespace sitgraph::queries {

enum class DefaultGraph : uint8_t {
  kUnion,   // all graphs, named and default, each triple once
  kStored,  // only what was stored outside of named graphs, as the W3C's tests have it
};

struct QueryOptions {
  sparql::Limits limits;  // time, rows, memory, and a flag by which another thread cancels
  DefaultGraph default_graph = DefaultGraph::kUnion;
  std::string base_iri;          // for relative IRIs where the query has no BASE
  bool optimise = true;          // without, joins are done in the order written; for tests
  bool check_vocabulary = true;  // warn of unknown sg:, sgt: and sgr: names
};

struct QuerySummary {
  std::vector<base::Error> warnings;  // with line and column; they did not change the answer
  uint64_t rows = 0;                  // or triples
};

// Errors: kBadInput for a query that is wrong, with line, column, what was expected and often a
// suggestion (show it with base::ToStringWithCaret); kUnsupported with the place of what is parsed but not evaluated;
// kTooLarge for a limit, which the message names, and for a cancelled query; the sink's and the store's own. What the
// sink got before a failure is to be thrown away.
base::Result<QuerySummary> RunQuery(const graph::Snapshot& snapshot, std::string_view text, const QueryOptions& options,
                                    ResultSink& sink);

}  // namespace sitgraph::queries
