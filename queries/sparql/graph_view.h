// The triples of one active graph: which quads of the store a pattern sees, each triple once.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "graph/store.h"
#include "queries/sparql/plan.h"

namespace sitgraph::queries::sparql {

// A solution: for each slot a cell, kUnbound where it has none.
using Frame = std::vector<Cell>;

// What a GraphScope means under one solution. Refers to the dataset, which must outlive it.
struct GraphView {
  static GraphView Of(const GraphScope& scope, const Dataset& dataset, const Frame& frame);
  bool Sees(graph::TermId graph) const;

  std::optional<graph::TermId> only;         // exactly this graph
  const std::vector<Cell>* among = nullptr;  // sorted; unset: all
  bool named_only = false;                   // any named graph: the same triple comes once for each
  bool one_per_triple = false;               // a union of graphs: the same triple comes once
};

// Walks the quads of a view that match a pattern. Whoever moves it further keeps the time limit.
class TripleCursor {
 public:
  // `pattern.graph` is ignored. The snapshot must outlive the cursor.
  TripleCursor(const GraphView& view, graph::QuadPattern pattern, const graph::Snapshot& snapshot);

  // The next quad; nullptr at the end or after an error, see status(). Valid until the next call.
  const graph::QuadIds* Next();
  base::Status status() const { return cursor_ == nullptr ? base::Status() : cursor_->status(); }

 private:
  GraphView view_;
  std::unique_ptr<graph::QuadCursor> cursor_;  // null: no match
  bool started_ = false;
  bool has_last_ = false;
  graph::QuadIds last_{};
};

}  // namespace sitgraph::queries::sparql
