// Scope checks over a parsed query; recursion is bounded by the parser's depth limit.
#include "queries/sparql/scope.h"

#include <fmt/format.h>

#include <algorithm>

namespace sitgraph::queries::sparql {
namespace {

base::Status FailAt(Position at, std::string message, std::string hint = {}) {
  return base::Fail(base::ErrorCode::kBadInput, std::move(message), {"", at.line, at.column}, std::move(hint));
}

// Variables in order of first mention.
class Variables {
 public:
  void Add(const std::string& name) {
    if (seen_.insert(name).second) order_.push_back(name);
  }
  void Add(const Node& node) {
    if (node.is_variable && !node.is_blank()) Add(node.name);
  }
  bool Has(const std::string& name) const { return seen_.contains(name); }
  std::vector<std::string> Take() { return std::move(order_); }

 private:
  std::set<std::string> seen_;
  std::vector<std::string> order_;
};

void Collect(const Pattern& pattern, Variables& out) {
  switch (pattern.kind) {
    case Pattern::Kind::kTriples:
      for (const TriplePattern& triple : pattern.triples) {
        out.Add(triple.subject);
        if (triple.path == nullptr) out.Add(triple.predicate);
        out.Add(triple.object);
      }
      return;
    case Pattern::Kind::kFilter:
    case Pattern::Kind::kMinus:
      return;
    case Pattern::Kind::kBind:
      out.Add(pattern.variable);
      return;
    case Pattern::Kind::kValues:
      for (const std::string& name : pattern.data.variables) out.Add(name);
      return;
    case Pattern::Kind::kSubselect:
      for (const SelectItem& item : pattern.query->select) out.Add(item.variable);
      return;
    case Pattern::Kind::kGraph:
    case Pattern::Kind::kService:
      out.Add(pattern.name);
      break;
    case Pattern::Kind::kGroup:
    case Pattern::Kind::kOptional:
    case Pattern::Kind::kUnion:
      break;
  }
  for (const auto& child : pattern.children) Collect(*child, out);
}

class Checker {
 public:
  base::Status CheckQuery(Query& query) {
    if (query.where != nullptr) {
      if (base::Status status = CheckPattern(*query.where); !status) return status;
    }
    Variables visible;
    if (query.where != nullptr) Collect(*query.where, visible);
    query.aggregated = !query.group_by.empty() || !query.having.empty();
    for (const SelectItem& item : query.select) {
      if (item.expression != nullptr && HasAggregate(*item.expression)) query.aggregated = true;
    }
    for (const OrderKey& key : query.order_by) {
      if (HasAggregate(*key.expression)) query.aggregated = true;
    }
    if (base::Status status = CheckGrouping(query, visible); !status) return status;
    if (base::Status status = CheckSelect(query, visible); !status) return status;
    SelectForGraph(query);
    for (const auto& having : query.having) {
      if (base::Status status = CheckExpression(*having, true); !status) return status;
    }
    for (const OrderKey& key : query.order_by) {
      if (base::Status status = CheckExpression(*key.expression, true); !status) return status;
    }
    return {};
  }

 private:
  static bool HasAggregate(const Expression& expression) {
    if (expression.kind == Expression::Kind::kAggregate) return true;
    return std::any_of(expression.arguments.begin(), expression.arguments.end(),
                       [](const auto& argument) { return HasAggregate(*argument); });
  }

  base::Status CheckGrouping(Query& query, Variables& visible) {
    std::set<std::string> named;
    for (GroupKey& key : query.group_by) {
      if (base::Status status = CheckExpression(*key.expression, false); !status) return status;
      bool is_plain = key.expression->kind == Expression::Kind::kVariable && key.expression->variable == key.variable;
      if (key.variable.empty() || is_plain) continue;
      if (visible.Has(key.variable) || !named.insert(key.variable).second) {
        return FailAt(key.expression->at, fmt::format("?{} is already in use and cannot be given by AS", key.variable));
      }
    }
    if (query.aggregated && query.star && query.form == Query::Form::kSelect) {
      return FailAt(query.at, "SELECT * cannot be used with GROUP BY or aggregates", "name the variables to select");
    }
    for (const std::string& name : named) visible.Add(name);
    return {};
  }

  base::Status CheckSelect(Query& query, Variables& visible) {
    if (query.star) {
      for (std::string& name : visible.Take()) query.select.push_back({std::move(name), nullptr, query.at});
      return {};
    }
    std::set<std::string> allowed;  // in an aggregated query
    for (const GroupKey& key : query.group_by) allowed.insert(key.variable);
    std::set<std::string> given;
    for (const SelectItem& item : query.select) {
      if (item.expression == nullptr) {
        if (query.aggregated && !allowed.contains(item.variable)) return FailUngrouped(item.variable, item.at);
        given.insert(item.variable);
        continue;
      }
      if (base::Status status = CheckExpression(*item.expression, true); !status) return status;
      if (query.aggregated) {
        if (base::Status status = CheckGrouped(*item.expression, allowed); !status) return status;
        allowed.insert(item.variable);
      }
      if (visible.Has(item.variable) || !given.insert(item.variable).second) {
        return FailAt(item.at, fmt::format("?{} is already in use and cannot be given by AS", item.variable));
      }
    }
    return {};
  }

  // What the forms that give a graph need of each solution.
  static void SelectForGraph(Query& query) {
    Variables needed;
    if (query.form == Query::Form::kConstruct) {
      for (const TriplePattern& triple : query.construct) {
        for (const Node* node : {&triple.subject, &triple.predicate, &triple.object}) needed.Add(*node);
      }
    }
    if (query.form == Query::Form::kDescribe && !query.star) {
      for (const Node& node : query.describe) needed.Add(node);
    }
    for (std::string& name : needed.Take()) query.select.push_back({std::move(name), nullptr, query.at});
  }

  static base::Status FailUngrouped(const std::string& variable, Position at) {
    return FailAt(at, fmt::format("?{} is neither grouped nor inside an aggregate", variable),
                  fmt::format("add it to GROUP BY, or select (SAMPLE(?{}) AS ?any)", variable));
  }

  static base::Status CheckGrouped(const Expression& expression, const std::set<std::string>& allowed) {
    if (expression.kind == Expression::Kind::kAggregate) return {};
    if (expression.kind == Expression::Kind::kVariable && !allowed.contains(expression.variable)) {
      return FailUngrouped(expression.variable, expression.at);
    }
    for (const auto& argument : expression.arguments) {
      if (base::Status status = CheckGrouped(*argument, allowed); !status) return status;
    }
    return {};
  }

  base::Status CheckExpression(Expression& expression, bool aggregates) {
    if (expression.kind == Expression::Kind::kAggregate) {
      if (!aggregates) {
        return FailAt(expression.at, fmt::format("{} cannot be used here", NameOf(expression.builtin)),
                      "aggregates stand in SELECT, HAVING and ORDER BY, not inside one another");
      }
      aggregates = false;
    }
    for (auto& argument : expression.arguments) {
      if (base::Status status = CheckExpression(*argument, aggregates); !status) return status;
    }
    return expression.pattern == nullptr ? base::Status() : CheckPattern(*expression.pattern);
  }

  base::Status CheckPattern(Pattern& pattern) {
    if (pattern.expression != nullptr) {
      if (base::Status status = CheckExpression(*pattern.expression, false); !status) return status;
    }
    if (pattern.query != nullptr) return CheckQuery(*pattern.query);
    if (pattern.kind == Pattern::Kind::kValues) return CheckData(pattern);
    Variables before;  // of this group, for BIND
    for (auto& child : pattern.children) {
      if (base::Status status = CheckPattern(*child); !status) return status;
      if (pattern.kind != Pattern::Kind::kGroup) continue;
      if (child->kind == Pattern::Kind::kBind && before.Has(child->variable)) {
        return FailAt(child->at, fmt::format("?{} is already in use and cannot be given by BIND", child->variable));
      }
      Collect(*child, before);
    }
    return {};
  }

  static base::Status CheckData(const Pattern& pattern) {
    std::set<std::string> names;
    for (const std::string& name : pattern.data.variables) {
      if (!names.insert(name).second) return FailAt(pattern.at, fmt::format("?{} stands twice in VALUES", name));
    }
    return {};
  }
};

}  // namespace

base::Status CheckScopes(Query& query) { return Checker().CheckQuery(query); }

std::vector<std::string> VisibleVariables(const Pattern& pattern) {
  Variables variables;
  Collect(pattern, variables);
  return variables.Take();
}

}  // namespace sitgraph::queries::sparql
