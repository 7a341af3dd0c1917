// Walks the matches of one triple pattern under a solution, binding the pattern's free variables to each in turn.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "graph/store.h"
#include "queries/sparql/plan.h"

namespace sitgraph::queries::sparql {

// A solution: for each slot a cell, kUnbound where it has none.
using Frame = std::vector<Cell>;

class TripleScan {
 public:
  // All must outlive the scan.
  TripleScan(const PlannedTriple& triple, const GraphScope& graph, const Dataset& dataset,
             const graph::Snapshot& snapshot, Governor& governor, Frame& frame);
  ~TripleScan() { Unbind(); }
  TripleScan(const TripleScan&) = delete;
  TripleScan& operator=(const TripleScan&) = delete;

  // Binds the next match; false at the end, with all it bound unbound again, or where the governor stops.
  bool Next();

 private:
  struct Free {
    Slot slot;
    graph::TermId graph::QuadIds::*part;
  };
  void AddPart(const PlannedTerm& term, graph::TermId graph::QuadIds::*part,
               std::optional<graph::TermId> graph::QuadPattern::*wanted, graph::QuadPattern& pattern);
  void ChooseGraph(const GraphScope& graph, const Dataset& dataset, graph::QuadPattern& pattern);
  bool SeesGraph(graph::TermId graph) const;
  bool Bind(const graph::QuadIds& quad);
  void Unbind();

  Governor& governor_;
  Frame& frame_;
  std::unique_ptr<graph::QuadCursor> cursor_;  // null: no match
  std::vector<Free> free_;
  size_t bound_ = 0;             // of free_, from its start
  bool one_per_triple_ = false;  // over several graphs, each triple once
  bool named_only_ = false;
  const std::vector<Cell>* graphs_ = nullptr;  // sorted; unset: all
  std::optional<graph::QuadIds> last_;
};

}  // namespace sitgraph::queries::sparql
