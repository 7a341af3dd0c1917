// What the evaluator runs: patterns over numbered slots, made from the syntax tree for one snapshot of the graph.
//
// A group is a chain of steps through which solutions flow one at a time. A step is given the solution so far
// ("correlated": an index look-up instead of a join) wherever that gives the same answers as SPARQL's evaluation from
// the inside out; where it would not (a variable of the outside seen too early inside), the step is evaluated on its
// own and joined.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/error.h"
#include "queries/sparql/ast.h"
#include "queries/sparql/term_table.h"
#include "queries/sparql/value.h"

namespace sitgraph::queries::sparql {

using Slot = uint32_t;
using Slots = std::set<Slot>;

struct PlanNode;
struct QueryPlan;

struct PlannedExpression {
  Expression::Kind kind = Expression::Kind::kConstant;
  Value constant;
  Slot slot = 0;  // of a variable, or of an aggregate's result
  Builtin builtin = Builtin::kStr;
  std::string function;  // IRI of a cast
  std::vector<PlannedExpression> arguments;
  std::shared_ptr<PlanNode> exists;
  Slots variables;      // all that it reads, those of an EXISTS too
  bool is_pure = true;  // the same variables give the same value: no EXISTS, RAND, UUID, STRUUID, BNODE
};

// A position of a triple pattern: a slot, or a constant; kUnbound is a term that the graph does not have.
struct PlannedTerm {
  std::optional<Slot> slot;
  Cell constant = kUnbound;
};

struct PlannedPath;

// A triple, or a path between subject and object.
struct PlannedTriple {
  PlannedTerm subject, predicate, object;
  std::vector<Cell> excluded;               // sorted; properties that the predicate is not
  std::vector<PlannedTriple> alternatives;  // instead of the predicate, where is_alternative
  bool is_alternative = false;
  std::shared_ptr<const PlannedPath> path;  // instead of the predicate: a path to be searched
  bool ends_are_nodes = false;  // of a path: a variable at its ends that is bound before is a node of the graph
  double expected_rows = -1;    // that the planner thinks there are after it; below 0: no idea
  double expected_lookups = 0;  // how often the planner thinks it is asked for
  std::vector<PlannedExpression> filters;  // all their variables are bound once this pattern is
};

// Which graph a pattern reads.
struct GraphScope {
  enum class Kind : uint8_t {
    kDefault,  // the query's default graph, be it one graph or a union
    kFixed,    // `constant`
    kSlot,     // the named graph in `slot`; any where it is unbound, which binds it
  };
  Kind kind = Kind::kDefault;
  Cell constant = kUnbound;
  Slot slot = 0;
};

struct PlanNode {
  enum class Kind : uint8_t {
    kBgp,           // triples within one graph, in the order to be run
    kSequence,      // children, each given the solutions of the one before
    kUnion,         // children
    kOptional,      // children[0]; `expressions` hold over both sides
    kMinus,         // children[0]
    kNotExists,     // a MINUS that can be answered by looking for one solution of children[0]
    kFilter,        // expressions[0]
    kBind,          // expressions[0] into `slot`
    kValues,        // `rows` over `slots`
    kGraphs,        // the graph in `slot`, or else every named graph, into graph.slot; then children[0]
    kBindGraph,     // joins graph.slot with `slot`
    kSubselect,     // `query`, its result joined through `inner_slots` -> `slots`
    kMaterialized,  // children[0] on its own, then joined
  };
  Kind kind = Kind::kSequence;
  std::vector<PlanNode> children;
  std::vector<PlannedTriple> triples;
  GraphScope graph;
  std::vector<PlannedExpression> expressions;
  Slot slot = 0;
  std::vector<Slot> slots;
  std::vector<std::vector<Cell>> rows;
  std::shared_ptr<QueryPlan> query;
  bool counts_last = false;  // of kBgp: only how many matches the last triple has is asked for
  bool impossible = false;   // no solution: a constant is not in the graph
  bool every_graph = false;  // of kGraphs: children[0] does not find its graphs by itself

  Slots maybe;      // slots that a solution may bind
  Slots certain;    // slots that every solution binds
  uint32_t id = 0;  // for what the evaluator keeps beside the plan
};

struct PlannedAggregate {
  Builtin function = Builtin::kCount;
  bool distinct = false;
  std::optional<PlannedExpression> argument;  // none: COUNT(*)
  std::string separator = " ";
  Slot result = 0;
};

struct PlannedKey {
  PlannedExpression expression;
  bool descending = false;
};

// One SELECT or ASK, with slots of its own.
struct QueryPlan {
  uint32_t slot_count = 0;
  std::vector<std::string> names;  // of slots; empty for hidden ones
  PlanNode where;
  bool aggregated = false;
  struct Group {
    PlannedExpression expression;
    Slot slot = 0;
  };
  std::vector<Group> groups;
  std::vector<PlannedAggregate> aggregates;
  std::vector<Slot> count_all;  // what COUNT(DISTINCT *) tells apart
  std::vector<PlannedExpression> having;
  struct Column {
    std::string name;
    Slot slot = 0;
    std::optional<PlannedExpression> expression;
  };
  std::vector<Column> columns;
  std::vector<PlannedKey> order;
  bool distinct = false;
  std::optional<uint64_t> limit;
  uint64_t offset = 0;
};

// Which graphs the query sees.
struct Dataset {
  enum class Default : uint8_t { kUnion, kStored, kListed };
  Default kind = Default::kUnion;
  std::vector<Cell> listed;                // for kListed
  std::optional<std::vector<Cell>> named;  // sorted; unset: all
};

// kUnsupported with line and column for what is not evaluated; kTooLarge for plans that no one writes by hand.
// Without `optimise`, triples are matched in the order written.
base::Result<QueryPlan> MakePlan(const Query& query, TermTable& terms, const Dataset& dataset, Governor& governor,
                                 bool optimise = true);

}  // namespace sitgraph::queries::sparql
