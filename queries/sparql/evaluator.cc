// The steps of a plan. Recursion follows the plan, whose size is limited, never the data.
#include "queries/sparql/evaluator.h"

#include <algorithm>

namespace sitgraph::queries::sparql {
namespace {

using Kind = PlanNode::Kind;

}  // namespace

bool SolutionTable::Add(const std::vector<Cell>& row) {
  size_t bytes = row.size() * sizeof(Cell);
  charged_ += bytes;
  if (!governor_.Charge(bytes)) return false;
  cells_.insert(cells_.end(), row.begin(), row.end());
  ++rows_;
  return true;
}

bool SolutionTable::IsCompatible(const Cell* row, const Frame& frame) const {
  for (size_t i = 0; i < slots_.size(); ++i) {
    Cell cell = frame[slots_[i]];
    if (cell != kUnbound && row[i] != kUnbound && cell != row[i]) return false;
  }
  return true;
}

void SolutionTable::BuildIndex(const Frame& frame) {
  indexed_ = true;
  for (size_t i = 0; i < slots_.size(); ++i) {
    if (frame[slots_[i]] == kUnbound) continue;
    bool is_certain = true;
    for (size_t row = 0; row < rows_ && is_certain; ++row) is_certain = cells_[row * slots_.size() + i] != kUnbound;
    if (is_certain) key_.push_back(i);
  }
  if (key_.empty()) return;
  index_ = std::make_unique<GroupedRows>(key_.size(), 1, governor_);
  std::vector<Cell> cells(key_.size() + 1);
  for (size_t row = 0; row < rows_; ++row) {
    for (size_t i = 0; i < key_.size(); ++i) cells[i] = cells_[row * slots_.size() + key_[i]];
    cells.back() = row;
    if (!index_->Add(cells.data())) return;
  }
  index_->Build();
}

bool SolutionTable::ForEachCompatible(const Frame& frame, FunctionRef<bool(const Cell*)> visit) {
  if (!indexed_) BuildIndex(frame);
  if (governor_.failed()) return false;
  bool has_key = !key_.empty();
  std::vector<Cell> key;
  for (size_t i : key_) {
    has_key = has_key && frame[slots_[i]] != kUnbound;
    key.push_back(frame[slots_[i]]);
  }
  if (has_key) {
    GroupedRows::Group group = index_->Find(key.data());
    for (size_t i = 0; i < group.rows; ++i) {
      const Cell* cells = cells_.data() + group.values[i] * slots_.size();
      if (!governor_.Tick()) return false;
      if (IsCompatible(cells, frame) && !visit(cells)) return false;
    }
    return true;
  }
  for (size_t row = 0; row < rows_; ++row) {
    const Cell* cells = cells_.data() + row * slots_.size();
    if (!governor_.Tick()) return false;
    if (IsCompatible(cells, frame) && !visit(cells)) return false;
  }
  return true;
}

Evaluator::Evaluator(TermTable& terms, const Dataset& dataset, Governor& governor, const std::string& base_iri,
                     bool optimise)
    : terms_(terms), dataset_(dataset), governor_(governor), functions_(governor, base_iri), optimise_(optimise) {}

bool Evaluator::Solve(const PlanNode& node, Frame& frame, Sink sink) {
  if (profile_ == nullptr) return SolveNode(node, frame, sink);
  using Clock = std::chrono::steady_clock;
  StepProfile& step = profile_->nodes[node.id];
  auto start = Clock::now();
  bool went_on = SolveNode(node, frame, [&] {
    step.rows += weight_;
    step.time += Clock::now() - start;
    bool wants_more = sink();
    start = Clock::now();
    return wants_more;
  });
  step.time += Clock::now() - start;
  return went_on;
}

bool Evaluator::SolveNode(const PlanNode& node, Frame& frame, Sink sink) {
  if (!governor_.Tick()) return false;
  if (node.impossible) return true;
  switch (node.kind) {
    case Kind::kBgp:
      return SolveBgp(node, frame, sink);
    case Kind::kSequence:
      return SolveSequence(node, 0, frame, sink);
    case Kind::kUnion:
      return std::all_of(node.children.begin(), node.children.end(),
                         [&](const PlanNode& child) { return Solve(child, frame, sink); });
    case Kind::kOptional:
      return SolveOptional(node, frame, sink);
    case Kind::kNotExists:
      return SolveNotExists(node, frame, sink);
    case Kind::kMinus:
      return SolveMinus(node, frame, sink);
    case Kind::kFilter:
      if (!IsTrue(node.expressions.front(), frame)) return !governor_.failed();
      return sink();
    case Kind::kBind:
      return SolveBind(node, frame, sink);
    case Kind::kValues:
      return SolveValues(node, frame, sink);
    case Kind::kGraphs:
      return SolveGraphs(node, frame, sink);
    case Kind::kBindGraph:
      return SolveBindGraph(node, frame, sink);
    case Kind::kSubselect:
    case Kind::kMaterialized:
      return SolveTable(node, frame, sink);
  }
  return true;
}

bool Evaluator::SolveBgp(const PlanNode& node, Frame& frame, Sink sink) {
  if (node.triples.empty()) return sink();
  std::vector<Chain>& idle = idle_chains_[node.id];
  Chain chain;
  if (idle.empty()) {
    const MatchContext context{dataset_, terms_.snapshot(), governor_, optimise_, profile_};
    for (const PlannedTriple& triple : node.triples) chain.push_back(MakeMatches(triple, node.graph, context));
  } else {
    chain = std::move(idle.back());
    idle.pop_back();
  }
  bool went_on = RunChain(node, chain, frame, sink);
  idle_chains_[node.id].push_back(std::move(chain));
  return went_on;
}

bool Evaluator::RunChain(const PlanNode& node, Chain& chain, Frame& frame, Sink sink) {
  size_t open = 1;  // the first `open` triples have been opened, all but the last of them have a match
  chain[0]->Open(frame);
  auto close_all = [&] {
    while (open > 0) chain[--open]->Close(frame);
  };
  while (open > 0) {
    if (node.counts_last && open == chain.size()) {
      weight_ = chain[open - 1]->Count(frame);
      bool went_on = weight_ == 0 || sink();
      weight_ = 1;
      chain[--open]->Close(frame);
      if (went_on && !governor_.failed()) continue;
      close_all();
      return false;
    }
    if (!chain[open - 1]->Next(frame)) {
      if (governor_.failed()) {
        close_all();
        return false;
      }
      chain[--open]->Close(frame);
      continue;
    }
    const std::vector<PlannedExpression>& filters = node.triples[open - 1].filters;
    bool passes = std::all_of(filters.begin(), filters.end(),
                              [&](const PlannedExpression& filter) { return IsTrue(filter, frame); });
    if (!passes) continue;
    if (open < chain.size()) {
      chain[open++]->Open(frame);
    } else if (!sink()) {
      close_all();
      return false;
    }
  }
  return true;
}

bool Evaluator::SolveSequence(const PlanNode& node, size_t step, Frame& frame, Sink sink) {
  if (step == node.children.size()) return sink();
  return Solve(node.children[step], frame, [&] { return SolveSequence(node, step + 1, frame, sink); });
}

bool Evaluator::SolveOptional(const PlanNode& node, Frame& frame, Sink sink) {
  bool found = false;
  bool went_on = Solve(node.children.front(), frame, [&] {
    for (const PlannedExpression& condition : node.expressions) {
      if (!IsTrue(condition, frame)) return !governor_.failed();
    }
    found = true;
    return sink();
  });
  if (!went_on) return false;
  return found || sink();
}

bool Evaluator::SolveNotExists(const PlanNode& node, Frame& frame, Sink sink) {
  bool found = false;
  Solve(node.children.front(), frame, [&] {
    found = true;
    return false;
  });
  if (governor_.failed()) return false;
  return found || sink();
}

bool Evaluator::SolveMinus(const PlanNode& node, Frame& frame, Sink sink) {
  SolutionTable* table = TableOf(node.children.front(), frame);
  if (table == nullptr) return false;
  // Only the group's own variables count, not what else the frame holds.
  Frame own(frame.size(), kUnbound);
  for (Slot slot : node.slots) own[slot] = frame[slot];
  bool removed = false;
  table->ForEachCompatible(own, [&](const Cell* row) {
    for (size_t i = 0; i < table->slots().size(); ++i) {
      if (row[i] != kUnbound && own[table->slots()[i]] != kUnbound) removed = true;
    }
    return !removed;
  });
  if (governor_.failed()) return false;
  return removed || sink();
}

bool Evaluator::SolveBind(const PlanNode& node, Frame& frame, Sink sink) {
  Cell cell = EvaluateToCell(node.expressions.front(), frame);
  if (governor_.failed()) return false;
  return WithRow({node.slot}, &cell, frame, sink);
}

bool Evaluator::SolveValues(const PlanNode& node, Frame& frame, Sink sink) {
  for (const std::vector<Cell>& row : node.rows) {
    if (!governor_.Tick() || !WithRow(node.slots, row.data(), frame, sink)) return false;
  }
  return true;
}

bool Evaluator::WithRow(const std::vector<Slot>& slots, const Cell* row, Frame& frame, Sink sink) {
  for (size_t i = 0; i < slots.size(); ++i) {
    Cell cell = frame[slots[i]];
    if (cell != kUnbound && row[i] != kUnbound && cell != row[i]) return true;
  }
  std::vector<Slot> bound;
  for (size_t i = 0; i < slots.size(); ++i) {
    if (row[i] == kUnbound || frame[slots[i]] != kUnbound) continue;
    frame[slots[i]] = row[i];
    bound.push_back(slots[i]);
  }
  bool went_on = sink();
  for (Slot slot : bound) frame[slot] = kUnbound;
  return went_on;
}

const std::vector<Cell>& Evaluator::NamedGraphs() {
  if (named_graphs_) return *named_graphs_;
  named_graphs_.emplace();
  auto graphs = terms_.snapshot().Graphs();
  if (!governor_.Check(graphs)) return *named_graphs_;
  for (graph::TermId id : *graphs) {
    auto cell = static_cast<Cell>(id);
    if (id == graph::kDefaultGraphId) continue;
    if (dataset_.named && !std::binary_search(dataset_.named->begin(), dataset_.named->end(), cell)) continue;
    named_graphs_->push_back(cell);
  }
  std::sort(named_graphs_->begin(), named_graphs_->end());
  return *named_graphs_;
}

bool Evaluator::SolveGraphs(const PlanNode& node, Frame& frame, Sink sink) {
  const PlanNode& inner = node.children.front();
  Slot slot = node.graph.slot;
  auto within = [&](Cell graph) {
    frame[slot] = graph;
    bool went_on = Solve(inner, frame, sink);
    frame[slot] = kUnbound;
    return went_on;
  };
  if (Cell known = frame[node.slot]; known != kUnbound) {
    const std::vector<Cell>& graphs = NamedGraphs();
    return !std::binary_search(graphs.begin(), graphs.end(), known) || within(known);
  }
  if (!node.every_graph) return Solve(inner, frame, sink);
  for (Cell graph : NamedGraphs()) {
    if (!governor_.Tick() || !within(graph)) return false;
  }
  return !governor_.failed();
}

bool Evaluator::SolveBindGraph(const PlanNode& node, Frame& frame, Sink sink) {
  Cell graph = frame[node.graph.slot];
  return WithRow({node.slot}, &graph, frame, sink);
}

SolutionTable* Evaluator::TableOf(const PlanNode& node, const Frame& frame) {
  bool in_graph = node.graph.kind == GraphScope::Kind::kSlot;
  Cell graph = in_graph ? frame[node.graph.slot] : kUnbound;
  Kept& kept = tables_[node.id];
  if (kept.table != nullptr && kept.graph == graph) return kept.table.get();
  kept.graph = graph;
  if (node.kind == Kind::kSubselect) {
    kept.table = std::make_unique<SolutionTable>(node.slots, governor_);
    // The subquery finds its active graph in its own slot 0; a nested run starts from there.
    SolutionTable& table = *kept.table;
    RunFrom(*node.query, graph, [&](const std::vector<Cell>& row) { return table.Add(row); });
  } else {
    const PlanNode& inner = node.children.front();
    kept.table = std::make_unique<SolutionTable>(std::vector<Slot>(inner.maybe.begin(), inner.maybe.end()), governor_);
    Frame alone(frame.size(), kUnbound);
    if (in_graph) alone[node.graph.slot] = graph;
    std::vector<Cell> row(inner.maybe.size());
    Solve(inner, alone, [&] {
      std::transform(inner.maybe.begin(), inner.maybe.end(), row.begin(), [&](Slot slot) { return alone[slot]; });
      return kept.table->Add(row);
    });
  }
  return governor_.failed() ? nullptr : kept.table.get();
}

bool Evaluator::SolveTable(const PlanNode& node, Frame& frame, Sink sink) {
  SolutionTable* table = TableOf(node, frame);
  if (table == nullptr) return false;
  return table->ForEachCompatible(frame, [&](const Cell* row) { return WithRow(table->slots(), row, frame, sink); });
}

}  // namespace sitgraph::queries::sparql
