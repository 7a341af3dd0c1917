// Breadth-first search over pairs of an automaton's state and a node.
#include "queries/sparql/path_search.h"

#include <algorithm>

#include "queries/sparql/matches.h"

namespace sitgraph::queries::sparql {

using graph::QuadIds;
using graph::TermId;

bool Neighbours::Walk(Cell from, FunctionRef<void(Cell, Cell)> visit) {
  auto walk = [&](graph::QuadPattern pattern) {
    if (from != kUnbound) (step_.inverse ? pattern.object : pattern.subject) = TermId{from};
    TripleCursor cursor(view_, pattern, snapshot_);
    while (const QuadIds* quad = cursor.Next()) {
      if (!governor_.Tick()) return false;
      if (step_.negated &&
          std::binary_search(step_.properties.begin(), step_.properties.end(), static_cast<Cell>(quad->predicate))) {
        continue;
      }
      auto subject = static_cast<Cell>(quad->subject), object = static_cast<Cell>(quad->object);
      step_.inverse ? visit(object, subject) : visit(subject, object);
    }
    return governor_.Check(cursor.status());
  };
  if (step_.negated) return walk({});
  return std::all_of(step_.properties.begin(), step_.properties.end(),
                     [&](Cell property) { return walk({.predicate = TermId{property}}); });
}

void Neighbours::ConsiderReadingAll(size_t waiting) {
  uint64_t edges = 0;
  auto count = [&](const graph::QuadPattern& pattern) {
    auto matches = snapshot_.Estimate(pattern);
    if (governor_.Check(matches)) edges += *matches;
  };
  if (step_.negated) count({.graph = view_.only});
  for (Cell property : step_.negated ? std::vector<Cell>() : step_.properties) {
    count({.predicate = TermId{property}, .graph = view_.only});
  }
  if (governor_.failed()) return;
  if (!IsWorthReading(edges, lookups_ + waiting, GroupedRows::BytesPerRow(1, 1), governor_)) {
    read_all_after_ = 2 * (lookups_ + waiting);
    return;
  }
  all_ = std::make_unique<GroupedRows>(1, 1, governor_);
  Walk(kUnbound, [&](Cell from, Cell to) {
    Cell row[] = {from, to};
    all_->Add(row);
  });
  if (!governor_.failed()) all_->Build();
}

bool Neighbours::ForEach(Cell node, size_t waiting, FunctionRef<void(Cell)> visit) {
  if (all_ == nullptr && ++lookups_ + waiting > read_all_after_) ConsiderReadingAll(waiting);
  if (governor_.failed()) return false;
  if (all_ == nullptr) return Walk(node, [&](Cell, Cell to) { visit(to); });
  GroupedRows::Group group = all_->Find(&node);
  for (size_t i = 0; i < group.rows; ++i) {
    if (!governor_.Tick()) return false;
    visit(group.values[i]);
  }
  return !governor_.failed();
}

bool Neighbours::ForEachStart(FunctionRef<void(Cell)> visit) {
  return Walk(kUnbound, [&](Cell from, Cell) { visit(from); });
}

PathGraph::PathGraph(const PathAutomaton& path, const GraphView& view, const graph::Snapshot& snapshot,
                     Governor& governor)
    : automaton(path) {
  for (const PathStep& step : path.steps) neighbours.emplace_back(step, view, snapshot, governor);
}

PathSearch::PathSearch(PathGraph& graph, Cell start, Governor& governor) : graph_(graph), governor_(governor) {
  const auto& states = graph.automaton.states;
  for (size_t i = 0; i < states.size(); ++i) visited_.emplace_back(governor);
  if (std::count_if(states.begin(), states.end(), [](const auto& state) { return state.accepts; }) > 1) {
    emitted_.emplace(governor);
  }
  Reach(0, start);
}

PathSearch::~PathSearch() { governor_.Release(charged_); }

void PathSearch::Reach(uint32_t state, Cell node) {
  if (!visited_[state].Insert(node)) return;
  constexpr size_t kBytes = sizeof(std::pair<uint32_t, Cell>) + sizeof(Cell);
  charged_ += kBytes;
  governor_.Charge(kBytes);
  queue_.emplace_back(state, node);
  if (graph_.automaton.states[state].accepts && (!emitted_ || emitted_->Insert(node))) found_.push_back(node);
}

bool PathSearch::Advance() {
  if (queue_.empty() || !governor_.Tick()) return false;
  auto [state, node] = queue_.front();
  queue_.pop_front();
  for (const PathAutomaton::Edge& edge : graph_.automaton.states[state].edges) {
    if (!graph_.neighbours[edge.step].ForEach(node, queue_.size(), [&, to = edge.to](Cell next) { Reach(to, next); })) {
      return false;
    }
  }
  return !governor_.failed();
}

std::optional<Cell> PathSearch::Next() {
  while (handed_out_ == found_.size()) {
    if (!Advance()) return std::nullopt;
  }
  return found_[handed_out_++];
}

}  // namespace sitgraph::queries::sparql
