// Expressions and solution modifiers over slots.
#include <fmt/format.h>

#include "graph/vocabulary.h"
#include "queries/sparql/planner.h"

namespace sitgraph::queries::sparql {
namespace {

using Kind = Expression::Kind;

void Insert(Slots& into, const Slots& from) { into.insert(from.begin(), from.end()); }

void CollectAll(const PlanNode& node, Slots& out) {
  Insert(out, node.maybe);
  for (const PlannedExpression& expression : node.expressions) Insert(out, expression.variables);
  for (const PlanNode& child : node.children) CollectAll(child, out);
}

}  // namespace

PlannedExpression Planner::PlanExpression(const Expression& expression, const GraphScope& graph) {
  if (expression.kind == Kind::kAggregate) return PlanAggregate(expression, graph);
  PlannedExpression planned;
  planned.kind = expression.kind;
  planned.builtin = expression.builtin;
  for (const auto& argument : expression.arguments) {
    planned.arguments.push_back(PlanExpression(*argument, graph));
    Insert(planned.variables, planned.arguments.back().variables);
    planned.is_pure = planned.is_pure && planned.arguments.back().is_pure;
  }
  if (expression.kind == Kind::kBuiltin) {
    planned.is_pure = planned.is_pure && expression.builtin != Builtin::kRand && expression.builtin != Builtin::kUuid &&
                      expression.builtin != Builtin::kStrUuid && expression.builtin != Builtin::kBnode;
  }
  switch (expression.kind) {
    case Kind::kConstant:
      planned.constant = Value::Of(expression.term);
      break;
    case Kind::kVariable:
      planned.slot = SlotOf(expression.variable);
      planned.variables.insert(planned.slot);
      break;
    case Kind::kFunction: {
      planned.function = expression.term.value();
      bool is_cast = expression.arguments.size() == 1 && Cast(planned.function, Value()).has_value();
      if (!is_cast) FailUnsupported(expression.at, fmt::format("the function <{}> is", planned.function));
      break;
    }
    case Kind::kExists:
    case Kind::kNotExists: {
      // EXISTS puts the solution's values in place of its variables (18.6): nothing in it is kept from seeing them.
      planned.is_pure = false;
      planned.exists = std::make_shared<PlanNode>(PlanGroup(*expression.pattern, graph, {}));
      CollectAll(*planned.exists, planned.variables);
      if (graph.kind == GraphScope::Kind::kSlot) planned.variables.insert(graph.slot);
      break;
    }
    default:
      break;
  }
  return planned;
}

PlannedExpression Planner::PlanAggregate(const Expression& expression, const GraphScope& graph) {
  PlannedAggregate aggregate;
  aggregate.function = expression.builtin;
  aggregate.distinct = expression.distinct;
  if (!expression.arguments.empty()) aggregate.argument = PlanExpression(*expression.arguments.front(), graph);
  if (expression.separator) aggregate.separator = *expression.separator;
  aggregate.result = HiddenSlot();
  PlannedExpression result;
  result.kind = Kind::kVariable;
  result.slot = aggregate.result;
  result.variables.insert(result.slot);
  aggregates_.push_back(std::move(aggregate));
  return result;
}

void Planner::PlanModifiers(const Query& query, QueryPlan& plan, const GraphScope& graph) {
  plan.aggregated = query.aggregated;
  for (const auto& [name, slot] : slots_) {
    if (!name.starts_with("_:")) plan.count_all.push_back(slot);
  }
  for (const GroupKey& key : query.group_by) {
    QueryPlan::Group group{PlanExpression(*key.expression, graph), 0};
    group.slot = key.variable.empty() ? HiddenSlot() : SlotOf(key.variable);
    plan.groups.push_back(std::move(group));
  }
  for (const auto& having : query.having) plan.having.push_back(PlanExpression(*having, graph));
  for (const SelectItem& item : query.select) {
    QueryPlan::Column column;
    column.name = item.variable;
    if (item.expression != nullptr) column.expression = PlanExpression(*item.expression, graph);
    column.slot = SlotOf(item.variable);
    plan.columns.push_back(std::move(column));
  }
  for (const OrderKey& key : query.order_by) {
    plan.order.push_back({PlanExpression(*key.expression, graph), key.descending});
  }
  plan.distinct = query.duplicates == Query::Duplicates::kDistinct;
  plan.limit = query.limit;
  plan.offset = query.offset;
  plan.aggregates = std::move(aggregates_);
}

}  // namespace sitgraph::queries::sparql
