// Expressions, function calls and aggregates: SPARQL 1.1, rules [69] to [72] and [110] to [128].
#include <fmt/format.h>

#include "base/text.h"
#include "queries/sparql/parser_internal.h"

namespace sitgraph::queries::sparql {

using Kind = Expression::Kind;

std::unique_ptr<Expression> Parser::NewExpression(Kind kind, Position at) const {
  auto expression = std::make_unique<Expression>();
  expression->kind = kind;
  expression->at = at;
  return expression;
}

// Chains such as 1+1+1+... grow leftwards without recursion here, but are walked by recursion later: count them too.
void Parser::AddArgument(Expression& parent, std::unique_ptr<Expression> argument) {
  if (argument == nullptr) return;
  parent.depth = std::max(parent.depth, argument->depth + 1);
  if (parent.depth > options_.max_depth) FailDepth();
  parent.arguments.push_back(std::move(argument));
}

std::unique_ptr<Expression> Parser::ParseExpression() {
  Deeper deeper(*this);
  std::unique_ptr<Expression> left = ParseAnd();
  if (!IsSymbol("||")) return left;
  auto any = NewExpression(Kind::kOr, left->at);
  AddArgument(*any, std::move(left));
  while (AcceptSymbol("||")) AddArgument(*any, ParseAnd());
  return any;
}

std::unique_ptr<Expression> Parser::ParseAnd() {
  std::unique_ptr<Expression> left = ParseRelational();
  if (!IsSymbol("&&")) return left;
  auto all = NewExpression(Kind::kAnd, left->at);
  AddArgument(*all, std::move(left));
  while (AcceptSymbol("&&")) AddArgument(*all, ParseRelational());
  return all;
}

std::unique_ptr<Expression> Parser::ParseRelational() {
  struct Operator {
    std::string_view symbol;
    Kind kind;
  };
  static constexpr Operator kOperators[] = {{"=", Kind::kEqual},        {"!=", Kind::kNotEqual},
                                            {"<", Kind::kLess},         {">", Kind::kGreater},
                                            {"<=", Kind::kLessOrEqual}, {">=", Kind::kGreaterOrEqual}};
  std::unique_ptr<Expression> left = ParseAdditive();
  Position at = current().at;
  for (const Operator& op : kOperators) {
    if (!AcceptSymbol(op.symbol)) continue;
    auto compared = NewExpression(op.kind, at);
    AddArgument(*compared, std::move(left));
    AddArgument(*compared, ParseAdditive());
    return compared;
  }
  bool negated =
      IsWord("NOT") && Ahead(1).kind == TokenKind::kWord && base::EqualsIgnoringAsciiCase(Ahead(1).text, "IN");
  if (!negated && !IsWord("IN")) return left;
  index_ += negated ? 2 : 1;
  auto in = NewExpression(negated ? Kind::kNotIn : Kind::kIn, at);
  AddArgument(*in, std::move(left));
  ParseArguments(*in);
  return in;
}

std::unique_ptr<Expression> Parser::ParseAdditive() {
  std::unique_ptr<Expression> left = ParseMultiplicative();
  while (!failed_ && (IsSymbol("+") || IsSymbol("-"))) {
    Token sign = Take();
    auto sum = NewExpression(sign.text == "+" ? Kind::kAdd : Kind::kSubtract, sign.at);
    AddArgument(*sum, std::move(left));
    AddArgument(*sum, ParseMultiplicative());
    left = std::move(sum);
  }
  return left;
}

std::unique_ptr<Expression> Parser::ParseMultiplicative() {
  std::unique_ptr<Expression> left = ParseUnary();
  while (!failed_ && (IsSymbol("*") || IsSymbol("/"))) {
    Token sign = Take();
    auto product = NewExpression(sign.text == "*" ? Kind::kMultiply : Kind::kDivide, sign.at);
    AddArgument(*product, std::move(left));
    AddArgument(*product, ParseUnary());
    left = std::move(product);
  }
  return left;
}

std::unique_ptr<Expression> Parser::ParseUnary() {
  Position at = current().at;
  if (AtLiteral()) return ParsePrimary();  // with its sign
  Kind kind = IsSymbol("!") ? Kind::kNot : IsSymbol("-") ? Kind::kNegate : Kind::kPlus;
  if (!IsSymbol("!") && !IsSymbol("-") && !IsSymbol("+")) return ParsePrimary();
  Deeper deeper(*this);
  ++index_;
  auto unary = NewExpression(kind, at);
  // The grammar lets '!' stand before a primary only, so "!!?x" is not one of its sentences but means what it says.
  AddArgument(*unary, kind == Kind::kNot ? ParseUnary() : ParsePrimary());
  return unary;
}

std::unique_ptr<Expression> Parser::ParsePrimary() {
  Position at = current().at;
  if (IsSymbol("(")) return ParseBracketedExpression();
  if (AtIri()) return ParseIriOrFunction();
  if (AtLiteral()) {
    auto constant = NewExpression(Kind::kConstant, at);
    constant->term = ParseLiteral();
    return constant;
  }
  if (current().kind == TokenKind::kVariable) {
    auto variable = NewExpression(Kind::kVariable, at);
    variable->variable = Take().text;
    return variable;
  }
  if (current().kind == TokenKind::kWord) return ParseBuiltinCall();
  FailExpected("an expression");
  return NewExpression(Kind::kConstant, at);
}

std::unique_ptr<Expression> Parser::ParseBracketedExpression() {
  ExpectSymbol("(", "before an expression");
  std::unique_ptr<Expression> inner = ParseExpression();
  ExpectSymbol(")", "after the expression");
  return inner;
}

bool Parser::AtConstraint() const {
  return IsSymbol("(") || AtIri() || (current().kind == TokenKind::kWord && FindBuiltin(current().text) != nullptr) ||
         IsWord("EXISTS") || (IsWord("NOT") && Ahead(1).kind == TokenKind::kWord);
}

std::unique_ptr<Expression> Parser::ParseConstraint(std::string_view where) {
  if (IsSymbol("(")) return ParseBracketedExpression();
  if (AtIri()) {
    std::unique_ptr<Expression> call = ParseIriOrFunction();
    if (call->kind != Kind::kFunction) FailExpected("'(' after the function's name");
    return call;
  }
  if (current().kind == TokenKind::kWord) return ParseBuiltinCall();
  FailExpected(fmt::format("'(expression)' or a function call {}", where));
  return NewExpression(Kind::kConstant, current().at);
}

std::unique_ptr<Expression> Parser::ParseExists(bool negated) {
  auto exists = NewExpression(negated ? Kind::kNotExists : Kind::kExists, current().at);
  index_ += negated ? 2 : 1;
  uint32_t outer = bgp_;
  exists->pattern = ParseGroup();
  bgp_ = outer;  // a filter does not end the pattern around it
  return exists;
}

std::unique_ptr<Expression> Parser::ParseBuiltinCall() {
  Position at = current().at;
  if (IsWord("EXISTS")) return ParseExists(false);
  if (IsWord("NOT") && Ahead(1).kind == TokenKind::kWord && base::EqualsIgnoringAsciiCase(Ahead(1).text, "EXISTS")) {
    return ParseExists(true);
  }
  const BuiltinInfo* info = FindBuiltin(current().text);
  if (info == nullptr) {
    std::vector<std::string> names;
    for (const BuiltinInfo& each : Builtins()) names.emplace_back(each.name);
    std::optional<std::string> near = base::Nearest(current().text, names);
    FailAt(at, fmt::format("expected an expression, found '{}', which is no function", current().text),
           near ? fmt::format("did you mean {}?", *near) : "");
    return NewExpression(Kind::kConstant, at);
  }
  ++index_;
  auto call = NewExpression(info->is_aggregate() ? Kind::kAggregate : Kind::kBuiltin, at);
  call->builtin = info->builtin;
  if (info->is_aggregate()) {
    ParseAggregateArguments(*call);
    return call;
  }
  ParseArguments(*call);
  size_t count = call->arguments.size();
  if (!failed_ && (count < info->least || count > info->most)) {
    std::string wanted =
        info->least == info->most ? fmt::format("{}", info->least) : fmt::format("{} to {}", info->least, info->most);
    FailAt(at, fmt::format("{} takes {} argument{}, not {}", info->name, wanted, wanted == "1" ? "" : "s", count));
  }
  if (!failed_ && info->builtin == Builtin::kBound && call->arguments.front()->kind != Kind::kVariable) {
    FailAt(call->arguments.front()->at, "BOUND takes a variable");
  }
  return call;
}

void Parser::ParseAggregateArguments(Expression& call) {
  ExpectSymbol("(", fmt::format("after {}", NameOf(call.builtin)));
  call.distinct = AcceptWord("DISTINCT");
  if (!(call.builtin == Builtin::kCount && AcceptSymbol("*"))) AddArgument(call, ParseExpression());
  if (call.builtin == Builtin::kGroupConcat && AcceptSymbol(";")) {
    ExpectWord("SEPARATOR", "after ';'");
    ExpectSymbol("=", "after SEPARATOR");
    if (current().kind != TokenKind::kString) return FailExpected("a string after SEPARATOR =");
    call.separator = Take().text;
  }
  ExpectSymbol(")", fmt::format("after the argument of {}", NameOf(call.builtin)));
}

void Parser::ParseArguments(Expression& call) {
  ExpectSymbol("(", "before the arguments");
  if (AcceptSymbol(")")) return;
  do {
    AddArgument(call, ParseExpression());
  } while (!failed_ && AcceptSymbol(","));
  ExpectSymbol(")", "or ',' after an argument");
}

std::unique_ptr<Expression> Parser::ParseIriOrFunction() {
  Position at = current().at;
  graph::Term iri = graph::Term::Iri(ParseIri(""));
  bool is_call = IsSymbol("(");
  auto expression = NewExpression(is_call ? Kind::kFunction : Kind::kConstant, at);
  expression->term = std::move(iri);
  if (!is_call) return expression;
  if (Ahead(1).kind == TokenKind::kWord && base::EqualsIgnoringAsciiCase(Ahead(1).text, "DISTINCT")) {
    ++index_;
    expression->distinct = true;
    ++index_;
    do {
      AddArgument(*expression, ParseExpression());
    } while (!failed_ && AcceptSymbol(","));
    ExpectSymbol(")", "or ',' after an argument");
    return expression;
  }
  ParseArguments(*expression);
  return expression;
}

}  // namespace sitgraph::queries::sparql
