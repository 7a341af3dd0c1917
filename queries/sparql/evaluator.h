// Runs a plan: solutions flow through its steps one at a time, held in one frame that steps bind and unbind.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "queries/sparql/function_ref.h"
#include "queries/sparql/functions.h"
#include "queries/sparql/matches.h"
#include "queries/sparql/plan.h"
#include "queries/sparql/profile.h"

namespace sitgraph::queries::sparql {

// A set of solutions kept to be joined many times.
class SolutionTable {
 public:
  SolutionTable(std::vector<Slot> slots, Governor& governor) : slots_(std::move(slots)), governor_(governor) {}
  ~SolutionTable() { governor_.Release(charged_); }
  SolutionTable(const SolutionTable&) = delete;
  SolutionTable& operator=(const SolutionTable&) = delete;

  // One cell for each slot, in their order.
  bool Add(const std::vector<Cell>& row);
  // Calls `visit` with each row that is compatible with the frame, in the order added, until it returns false.
  bool ForEachCompatible(const Frame& frame, FunctionRef<bool(const Cell*)> visit);
  const std::vector<Slot>& slots() const { return slots_; }

 private:
  void BuildIndex(const Frame& frame);
  bool IsCompatible(const Cell* row, const Frame& frame) const;

  std::vector<Slot> slots_;
  Governor& governor_;
  std::vector<Cell> cells_;  // row after row
  size_t rows_ = 0;
  size_t charged_ = 0;
  bool indexed_ = false;
  std::vector<size_t> key_;             // positions in slots_ that every row binds and the first frame asked for
  std::unique_ptr<GroupedRows> index_;  // numbers of rows by their key
};

class Evaluator {
 public:
  // All must outlive the evaluator.
  Evaluator(TermTable& terms, const Dataset& dataset, Governor& governor, const std::string& base_iri,
            bool optimise = true);
  // Keeps account of each step; null: does not. The profile must outlive the evaluator.
  void set_profile(Profile* profile) { profile_ = profile; }

  // Calls `emit` with the cells of the plan's columns for each solution, until it returns false or the governor stops.
  void Run(const QueryPlan& plan, FunctionRef<bool(const std::vector<Cell>&)> emit);
  // The same for a subquery within the named graph `graph`, which its slot 0 takes; kUnbound outside of GRAPH ?g.
  void RunFrom(const QueryPlan& plan, Cell graph, FunctionRef<bool(const std::vector<Cell>&)> emit);
  // Whether there is any solution.
  bool Ask(const QueryPlan& plan);

  Value Evaluate(const PlannedExpression& expression, Frame& frame);
  bool IsTrue(const PlannedExpression& expression, Frame& frame);
  // The value's cell, kUnbound for an error.
  Cell EvaluateToCell(const PlannedExpression& expression, Frame& frame);
  Value ValueOf(Cell cell) const;
  Governor& governor() { return governor_; }
  TermTable& terms() { return terms_; }
  FunctionContext& functions() { return functions_; }
  // How many solutions the frame stands for while it is given to a sink; more than 1 only where PlanNode::counts_last.
  uint64_t weight() const { return weight_; }

  // Calls `sink` for each solution of `node` that extends the frame, which holds it during the call. False where the
  // sink or the governor stopped it. The frame is afterwards as before.
  using Sink = FunctionRef<bool()>;
  bool Solve(const PlanNode& node, Frame& frame, Sink sink);

 private:
  using Chain = std::vector<std::unique_ptr<Matches>>;  // of a basic graph pattern's triples, in their order
  bool SolveNode(const PlanNode& node, Frame& frame, Sink sink);
  bool SolveBgp(const PlanNode& node, Frame& frame, Sink sink);
  bool RunChain(const PlanNode& node, Chain& chain, Frame& frame, Sink sink);
  bool SolveSequence(const PlanNode& node, size_t step, Frame& frame, Sink sink);
  bool SolveOptional(const PlanNode& node, Frame& frame, Sink sink);
  bool SolveNotExists(const PlanNode& node, Frame& frame, Sink sink);
  bool SolveMinus(const PlanNode& node, Frame& frame, Sink sink);
  bool SolveBind(const PlanNode& node, Frame& frame, Sink sink);
  bool SolveValues(const PlanNode& node, Frame& frame, Sink sink);
  bool SolveGraphs(const PlanNode& node, Frame& frame, Sink sink);
  bool SolveBindGraph(const PlanNode& node, Frame& frame, Sink sink);
  bool SolveTable(const PlanNode& node, Frame& frame, Sink sink);
  // Binds a row's cells where the frame has none, then calls the sink.
  bool WithRow(const std::vector<Slot>& slots, const Cell* row, Frame& frame, Sink sink);
  // The solutions of a node that is evaluated on its own; made once for each active graph.
  SolutionTable* TableOf(const PlanNode& node, const Frame& frame);
  const std::vector<Cell>& NamedGraphs();
  Value EvaluateLogic(const PlannedExpression& expression, Frame& frame);
  Value EvaluateIn(const PlannedExpression& expression, Frame& frame);
  Value EvaluateSpecial(const PlannedExpression& expression, Frame& frame);

  TermTable& terms_;
  const Dataset& dataset_;
  Governor& governor_;
  FunctionContext functions_;
  bool optimise_;
  Profile* profile_ = nullptr;
  struct Kept {
    Cell graph = kUnbound;
    std::unique_ptr<SolutionTable> table;
  };
  uint64_t weight_ = 1;
  // What pure filters of one variable said of its value, and short terms' values: one place for some bits of the cell,
  // where the newest stays.
  struct Verdict {
    Cell cell = kUnbound;
    bool is_true = false;
  };
  std::unordered_map<const PlannedExpression*, std::vector<Verdict>> verdicts_;
  mutable std::vector<std::pair<Cell, Value>> values_;
  std::map<uint32_t, Kept> tables_;  // by the node's number
  // By the node's number: chains that are not running; a pattern within an EXISTS may run while it runs already.
  std::unordered_map<uint32_t, std::vector<Chain>> idle_chains_;
  std::optional<std::vector<Cell>> named_graphs_;
};

}  // namespace sitgraph::queries::sparql
