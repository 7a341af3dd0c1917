// Searches the graph along a path's automaton, breadth first and without recursion.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "queries/sparql/cell_set.h"
#include "queries/sparql/function_ref.h"
#include "queries/sparql/graph_view.h"
#include "queries/sparql/path.h"

namespace sitgraph::queries::sparql {

// The neighbours that one step leads to: looked up node by node, or, once so many were asked for that it is cheaper and
// the memory is there, read as a whole. All referred to must outlive it.
class Neighbours {
 public:
  Neighbours(const PathStep& step, const GraphView& view, const graph::Snapshot& snapshot, Governor& governor)
      : step_(step), view_(view), snapshot_(snapshot), governor_(governor) {}

  // Calls `visit` with each neighbour, some perhaps twice. `waiting`: how many more nodes are to be asked for already.
  // False where the governor stopped.
  bool ForEach(Cell node, size_t waiting, FunctionRef<void(Cell)> visit);
  // Calls `visit` with each node that has a neighbour, some perhaps twice.
  bool ForEachStart(FunctionRef<void(Cell)> visit);

 private:
  bool Walk(Cell from, FunctionRef<void(Cell, Cell)> visit);  // kUnbound: from all
  void ConsiderReadingAll(size_t waiting);

  const PathStep& step_;
  GraphView view_;
  const graph::Snapshot& snapshot_;
  Governor& governor_;
  uint64_t lookups_ = 0;
  uint64_t read_all_after_ = 64;
  std::unique_ptr<GroupedRows> all_;
};

// What a search along one automaton within one graph needs, kept for the next search.
struct PathGraph {
  PathGraph(const PathAutomaton& automaton, const GraphView& view, const graph::Snapshot& snapshot, Governor& governor);
  const PathAutomaton& automaton;
  std::deque<Neighbours> neighbours;  // of each step
};

// The nodes that a path leads to from one start, each once, in the order of their distance.
class PathSearch {
 public:
  PathSearch(PathGraph& graph, Cell start, Governor& governor);
  ~PathSearch();
  PathSearch(const PathSearch&) = delete;
  PathSearch& operator=(const PathSearch&) = delete;

  // The next node; nullopt at the end or where the governor stopped.
  std::optional<Cell> Next();
  // One step of the search: whether it may find more. Finds go to found().
  bool Advance();
  const std::vector<Cell>& found() const { return found_; }

 private:
  void Reach(uint32_t state, Cell node);

  PathGraph& graph_;
  Governor& governor_;
  std::vector<CellSet> visited_;    // for each state
  std::optional<CellSet> emitted_;  // where several states accept
  std::deque<std::pair<uint32_t, Cell>> queue_;
  std::vector<Cell> found_;
  size_t handed_out_ = 0;
  size_t charged_ = 0;
};

}  // namespace sitgraph::queries::sparql
