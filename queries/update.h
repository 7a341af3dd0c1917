// Runs a SPARQL 1.1 Update request: all of it or nothing. docs/queries.md says what is answered.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "graph/store.h"
#include "queries/query.h"

namespace sitgraph::queries {

struct UpdateOptions {
  sparql::Limits limits;                              // of the whole request; `bytes` also for what is to be written
  DefaultGraph default_graph = DefaultGraph::kUnion;  // what patterns outside of GRAPH read where no USING or WITH says
  std::string base_iri;
  bool check_vocabulary = true;
  bool load_files = false;  // whether LOAD may read files of this machine (file: IRIs)
};

struct UpdateSummary {
  std::vector<base::Error> warnings;  // with line and column
  uint64_t added = 0, removed = 0;    // quads that were not there, and that were
  std::vector<std::string> graphs;    // named graphs that changed, sorted
};

// Operations see what those before them did. Errors are as for RunQuery; an operation that fails without SILENT undoes
// the request. kConflict while another transaction is open.
base::Result<UpdateSummary> RunUpdate(graph::Store& store, std::string_view text, const UpdateOptions& options);

}  // namespace sitgraph::queries
