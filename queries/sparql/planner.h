// The planner's class, shared by the files that implement it; included by no other file.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "queries/sparql/path.h"
#include "queries/sparql/plan.h"

namespace sitgraph::queries::sparql {

// Plans one SELECT or ASK; a subquery has a planner of its own. Failures go to the governor.
class Planner {
 public:
  struct Shared {
    TermTable& terms;
    const Dataset& dataset;
    Governor& governor;
    bool optimise = true;
    uint32_t elements = 0;  // patterns planned so far
    uint32_t nodes = 0;
  };
  explicit Planner(Shared& shared) : shared_(shared) {}
  QueryPlan Plan(const Query& query, const GraphScope* outer_graph);

 private:
  Slot SlotOf(const std::string& name);
  Slot HiddenSlot() { return slot_count_++; }
  void FailUnsupported(Position at, std::string_view what);
  bool CountElement(Position at);
  PlanNode NewNode(PlanNode::Kind kind);

  // Patterns (planner.cc). `outer`: slots that may be bound when the node is given a solution.
  // With `conditions`, filters that read more than the group binds for certain are given there and not applied.
  PlanNode PlanGroup(const Pattern& group, const GraphScope& graph, const Slots& outer,
                     std::vector<PlannedExpression>* conditions = nullptr);
  PlanNode PlanPattern(const Pattern& pattern, const GraphScope& graph, const Slots& outer);
  PlanNode PlanTriples(const Pattern& pattern, const GraphScope& graph);
  PlanNode PlanUnion(const Pattern& pattern, const GraphScope& graph, const Slots& outer);
  PlanNode PlanOptional(const Pattern& pattern, const GraphScope& graph, const Slots& before);
  PlanNode PlanMinus(const Pattern& pattern, const GraphScope& graph, const Slots& before, const Slots& certain);
  PlanNode PlanGraph(const Pattern& pattern, const Slots& outer);
  PlanNode PlanValues(const InlineData& data);
  PlanNode PlanSubselect(const Pattern& pattern, const GraphScope& graph);
  PlanNode PlanBind(const Pattern& pattern, const GraphScope& graph);
  PlanNode Materialized(PlanNode node, const GraphScope& graph);
  PlanNode LeakFree(PlanNode node, const Slots& outer, const GraphScope& graph);
  Cell FindNamedGraph(const graph::Term& name);
  PlannedTerm PlanPosition(const Node& node, PlanNode& bgp);
  // Paths (planner_paths.cc).
  void PlanPathTriple(const TriplePattern& triple, PlanNode& bgp, std::vector<PlanNode>& unions);
  void PlanPath(const PlannedTerm& from, const Path& path, const PlannedTerm& to, PlanNode& bgp,
                std::vector<PlanNode>& unions);
  void PlanSteps(const PlannedTerm& from, const std::vector<PathStep>& steps, const PlannedTerm& to, PlanNode& bgp);
  std::optional<std::vector<PathStep>> SingleSteps(const Path& path, bool inverse);
  PathBuilder::Part BuildPath(const Path& path, bool inverse, PathBuilder& builder);
  std::vector<PathStep> NegatedSteps(const Path& path, bool inverse);
  std::vector<Cell> FindProperties(const std::vector<const Path*>& iris);
  void PlaceFilters(PlanNode& sequence, std::vector<PlannedExpression> filters);

  // Expressions (planner_expressions.cc).
  PlannedExpression PlanExpression(const Expression& expression, const GraphScope& graph);
  PlannedExpression PlanAggregate(const Expression& expression, const GraphScope& graph);
  void PlanModifiers(const Query& query, QueryPlan& plan, const GraphScope& graph);

  Shared& shared_;
  std::map<std::string, Slot> slots_;
  uint32_t slot_count_ = 0;
  std::vector<PlannedAggregate> aggregates_;
};

// Whether giving `node` a solution that binds `outer` finds the same as evaluating it alone and joining.
bool IsLeakFree(const PlanNode& node, const Slots& outer);

// Marks the pattern that need not visit the matches of its last triple (PlanNode::counts_last).
void CountWhereEnough(QueryPlan& plan);

struct OrderOptions {
  const graph::Snapshot& snapshot;
  Governor& governor;
  bool optimise = true;
};

// Orders the triples of all BGPs in a node so that few solutions are looked at (without `optimise`, as written), and
// puts each filter of the BGP after the first triple that binds all it reads. `bound`: slots that are bound before.
void OrderTriples(PlanNode& node, const Slots& bound, const OrderOptions& options);

}  // namespace sitgraph::queries::sparql
