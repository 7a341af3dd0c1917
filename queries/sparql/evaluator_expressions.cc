// Expressions: SPARQL 1.1, sections 17.2 to 17.4.1.
#include <algorithm>

#include "queries/sparql/evaluator.h"

namespace sitgraph::queries::sparql {
namespace {

using Kind = Expression::Kind;

Value FromLogic(std::optional<bool> value) { return value ? Value::Boolean(*value) : Value(); }

std::optional<bool> Ordered(Kind kind, const Value& a, const Value& b) {
  std::optional<std::partial_ordering> order = Compare(a, b);
  if (!order) return std::nullopt;
  switch (kind) {
    case Kind::kLess:
      return *order < 0;
    case Kind::kGreater:
      return *order > 0;
    case Kind::kLessOrEqual:
      return *order <= 0;
    default:
      return *order >= 0;
  }
}

}  // namespace

Value Evaluator::ValueOf(Cell cell) const {
  if (cell == kUnbound) return {};
  constexpr size_t kPlaces = 4096;
  constexpr size_t kMaxBytes = 128;
  if (values_.empty()) values_.resize(kPlaces);
  auto& [known, value] = values_[MixCells(0, cell) % kPlaces];
  if (known == cell) return value;
  Value found = Value::Of(terms_.Resolve(cell));
  if (!governor_.failed() && found.term().value().size() <= kMaxBytes) {
    known = cell;
    value = found;
  }
  return found;
}

bool Evaluator::IsTrue(const PlannedExpression& expression, Frame& frame) {
  auto evaluate = [&] { return EffectiveBoolean(Evaluate(expression, frame)).value_or(false) && !governor_.failed(); };
  if (!expression.is_pure || expression.variables.size() != 1 || expression.arguments.empty()) return evaluate();
  Cell cell = frame[*expression.variables.begin()];
  if (cell == kUnbound) return evaluate();
  constexpr size_t kPlaces = 16384;
  std::vector<Verdict>& verdicts = verdicts_[&expression];
  if (verdicts.empty()) {
    if (!governor_.Charge(kPlaces * sizeof(Verdict))) return false;
    verdicts.resize(kPlaces);
  }
  Verdict& verdict = verdicts[MixCells(0, cell) % kPlaces];
  if (verdict.cell != cell) {
    bool is_true = evaluate();
    if (governor_.failed()) return false;
    verdict = {cell, is_true};
  }
  return verdict.is_true;
}

Cell Evaluator::EvaluateToCell(const PlannedExpression& expression, Frame& frame) {
  if (expression.kind == Kind::kVariable) return frame[expression.slot];
  Value value = Evaluate(expression, frame);
  return value.is_error() || governor_.failed() ? kUnbound : terms_.Intern(value.term());
}

Value Evaluator::Evaluate(const PlannedExpression& expression, Frame& frame) {
  if (!governor_.Tick()) return {};
  const auto& arguments = expression.arguments;
  auto argument = [&](size_t i) { return Evaluate(arguments[i], frame); };
  switch (expression.kind) {
    case Kind::kConstant:
      return expression.constant;
    case Kind::kVariable:
    case Kind::kAggregate:
      return ValueOf(frame[expression.slot]);
    case Kind::kOr:
    case Kind::kAnd:
      return EvaluateLogic(expression, frame);
    case Kind::kEqual:
      return FromLogic(Equal(argument(0), argument(1)));
    case Kind::kNotEqual: {
      std::optional<bool> equal = Equal(argument(0), argument(1));
      return equal ? Value::Boolean(!*equal) : Value();
    }
    case Kind::kLess:
    case Kind::kGreater:
    case Kind::kLessOrEqual:
    case Kind::kGreaterOrEqual:
      return FromLogic(Ordered(expression.kind, argument(0), argument(1)));
    case Kind::kIn:
    case Kind::kNotIn:
      return EvaluateIn(expression, frame);
    case Kind::kAdd:
      return Calculate(Arithmetic::kAdd, argument(0), argument(1));
    case Kind::kSubtract:
      return Calculate(Arithmetic::kSubtract, argument(0), argument(1));
    case Kind::kMultiply:
      return Calculate(Arithmetic::kMultiply, argument(0), argument(1));
    case Kind::kDivide:
      return Calculate(Arithmetic::kDivide, argument(0), argument(1));
    case Kind::kNot: {
      std::optional<bool> value = EffectiveBoolean(argument(0));
      return value ? Value::Boolean(!*value) : Value();
    }
    case Kind::kNegate:
      return Calculate(Arithmetic::kSubtract, Value::Integer(0), argument(0));
    case Kind::kPlus: {
      Value value = argument(0);
      return value.is_numeric() ? value : Value();
    }
    case Kind::kFunction:
      return Cast(expression.function, argument(0)).value_or(Value());
    case Kind::kBuiltin:
    case Kind::kExists:
    case Kind::kNotExists:
      return EvaluateSpecial(expression, frame);
  }
  return {};
}

// One side that decides outweighs an error on the other (17.2).
Value Evaluator::EvaluateLogic(const PlannedExpression& expression, Frame& frame) {
  bool deciding = expression.kind == Kind::kOr;
  bool error = false;
  for (const PlannedExpression& argument : expression.arguments) {
    std::optional<bool> value = EffectiveBoolean(Evaluate(argument, frame));
    if (value == deciding) return Value::Boolean(deciding);
    error = error || !value;
  }
  return error ? Value() : Value::Boolean(!deciding);
}

Value Evaluator::EvaluateIn(const PlannedExpression& expression, Frame& frame) {
  Value wanted = Evaluate(expression.arguments.front(), frame);
  bool is_in = expression.kind == Kind::kIn;
  bool error = false;
  for (size_t i = 1; i < expression.arguments.size(); ++i) {
    std::optional<bool> equal = Equal(wanted, Evaluate(expression.arguments[i], frame));
    if (equal.value_or(false)) return Value::Boolean(is_in);
    error = error || !equal;
  }
  return error ? Value() : Value::Boolean(!is_in);
}

Value Evaluator::EvaluateSpecial(const PlannedExpression& expression, Frame& frame) {
  if (expression.exists != nullptr) {
    bool found = false;
    Solve(*expression.exists, frame, [&] {
      found = true;
      return false;
    });
    return Value::Boolean(found == (expression.kind == Kind::kExists));
  }
  const auto& arguments = expression.arguments;
  switch (expression.builtin) {
    case Builtin::kBound:
      return Value::Boolean(frame[arguments.front().slot] != kUnbound);
    case Builtin::kIf: {
      std::optional<bool> condition = EffectiveBoolean(Evaluate(arguments[0], frame));
      return condition ? Evaluate(arguments[*condition ? 1 : 2], frame) : Value();
    }
    case Builtin::kCoalesce:
      for (const PlannedExpression& argument : arguments) {
        Value value = Evaluate(argument, frame);
        if (!value.is_error()) return value;
      }
      return {};
    default:
      break;
  }
  std::vector<Value> values;
  values.reserve(arguments.size());
  for (const PlannedExpression& argument : arguments) values.push_back(Evaluate(argument, frame));
  return functions_.Call(expression.builtin, values);
}

}  // namespace sitgraph::queries::sparql
