// Terms as numbers during one query: the graph's own ids, and further ones for terms that only the query makes.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "base/error.h"
#include "graph/store.h"
#include "graph/term.h"
#include "queries/sparql/governor.h"

namespace sitgraph::queries::sparql {

// A term's number within one query: equal terms have equal cells. A term of the graph has its TermId.
using Cell = uint64_t;
inline constexpr Cell kUnbound = 0;

class TermTable {
 public:
  // Both must outlive the table.
  TermTable(const graph::Snapshot& snapshot, Governor& governor) : snapshot_(snapshot), governor_(governor) {}

  // kUnbound after a failure, which the governor keeps.
  Cell Intern(const graph::Term& term);
  // The empty IRI after a failure.
  graph::Term Resolve(Cell cell) const;
  const graph::Snapshot& snapshot() const { return snapshot_; }

 private:
  bool IsFree(Cell cell) const;

  const graph::Snapshot& snapshot_;
  Governor& governor_;
  // The query's own terms count down from the highest number, past any that the graph uses.
  std::vector<std::optional<graph::Term>> own_;
  std::unordered_map<std::string, Cell> own_cells_;  // by N-Triples form; never iterated
};

}  // namespace sitgraph::queries::sparql
