// Query forms, dataset clauses and solution modifiers: SPARQL 1.1, rules [1] to [28].
#include "queries/sparql/parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "graph/vocabulary.h"
#include "queries/sparql/iri.h"
#include "queries/sparql/parser_internal.h"
#include "queries/sparql/scope.h"

namespace sitgraph::queries::sparql {
namespace {

std::string Describe(const Token& token) {
  switch (token.kind) {
    case TokenKind::kEnd:
      return "the end of the query";
    case TokenKind::kIri:
      return fmt::format("<{}>", token.text);
    case TokenKind::kPrefixed:
      return fmt::format("'{}:{}'", token.prefix, token.text);
    case TokenKind::kVariable:
      return fmt::format("?{}", token.text);
    case TokenKind::kString:
      return "a string";
    case TokenKind::kLanguage:
      return fmt::format("@{}", token.text);
    case TokenKind::kBlankLabel:
      return fmt::format("_:{}", token.text);
    default:
      return fmt::format("'{}'", token.text);
  }
}

}  // namespace

Parser::Parser(std::vector<Token> tokens, const ParseOptions& options)
    : options_(options), tokens_(std::move(tokens)), base_iri_(options.base_iri) {
  if (!options_.known_prefixes) return;
  for (const auto& [name, iri] : graph::vocabulary::kPrefixes) prefixes_.emplace(name, iri);
}

Token Parser::Take() {
  Token token = tokens_[index_];
  if (token.kind != TokenKind::kEnd) ++index_;
  return token;
}

bool Parser::IsSymbol(std::string_view symbol) const {
  return current().kind == TokenKind::kSymbol && current().text == symbol;
}

bool Parser::IsWord(std::string_view word) const {
  return current().kind == TokenKind::kWord && base::EqualsIgnoringAsciiCase(current().text, word);
}

bool Parser::AcceptSymbol(std::string_view symbol) {
  if (!IsSymbol(symbol)) return false;
  ++index_;
  return true;
}

bool Parser::AcceptWord(std::string_view word) {
  if (!IsWord(word)) return false;
  ++index_;
  return true;
}

void Parser::ExpectSymbol(std::string_view symbol, std::string_view where) {
  if (!AcceptSymbol(symbol)) FailExpected(fmt::format("'{}' {}", symbol, where));
}

void Parser::ExpectWord(std::string_view word, std::string_view where) {
  if (!AcceptWord(word)) FailExpected(fmt::format("{} {}", word, where), {word});
}

void Parser::FailAt(Position at, std::string message, std::string hint, base::ErrorCode code) {
  if (failed_) return;
  failed_ = true;
  error_ = {code, std::move(message), {"", at.line, at.column}, std::move(hint)};
  index_ = tokens_.size() - 1;
}

void Parser::FailExpected(std::string_view what, std::initializer_list<std::string_view> keywords) {
  std::string hint;
  if (current().kind == TokenKind::kWord) {
    std::vector<std::string> candidates(keywords.begin(), keywords.end());
    std::optional<std::string> near = base::Nearest(current().text, candidates);
    if (near && !base::EqualsIgnoringAsciiCase(*near, current().text)) hint = fmt::format("did you mean {}?", *near);
  }
  FailAt(current().at, fmt::format("expected {}, found {}", what, Describe(current())), std::move(hint));
}

void Parser::FailDepth() {
  FailAt(current().at, fmt::format("the query nests deeper than {} levels", options_.max_depth), {},
         base::ErrorCode::kTooLarge);
}

base::Result<std::unique_ptr<Query>> Parser::Run() {
  auto query = std::make_unique<Query>();
  ParsePrologue();
  query->at = current().at;
  if (AcceptWord("SELECT")) {
    ParseSelectQuery(*query, false);
  } else if (AcceptWord("ASK")) {
    ParseAsk(*query);
  } else if (AcceptWord("CONSTRUCT")) {
    ParseConstruct(*query);
  } else if (AcceptWord("DESCRIBE")) {
    ParseDescribe(*query);
  } else {
    FailExpected("SELECT, ASK, CONSTRUCT or DESCRIBE", {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "PREFIX", "BASE"});
  }
  if (!failed_) ParseTrailingValues(*query);
  if (!failed_ && current().kind != TokenKind::kEnd) {
    FailExpected("the end of the query", {"WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES", "FROM"});
  }
  if (failed_) return base::Fail(std::move(error_));
  if (base::Status status = CheckScopes(*query); !status) return base::Fail(std::move(status.error()));
  query->prefixes.assign(used_prefixes_.begin(), used_prefixes_.end());
  query->mentions = std::move(mentions_);
  query->base_iri = base_iri_;
  return query;
}

void Parser::ParsePrologue() {
  while (true) {
    if (AcceptWord("BASE")) {
      if (current().kind != TokenKind::kIri) return FailExpected("an IRI in <> after BASE");
      base_iri_ = ResolveIri(base_iri_, Take().text);
    } else if (AcceptWord("PREFIX")) {
      if (current().kind != TokenKind::kPrefixed || !current().text.empty()) {
        return FailExpected("a prefix that ends with ':' after PREFIX");
      }
      std::string name = Take().prefix;
      if (current().kind != TokenKind::kIri) return FailExpected("an IRI in <> for the prefix");
      std::string iri = ResolveIri(base_iri_, Take().text);
      used_prefixes_[name] = iri;
      prefixes_[name] = std::move(iri);
    } else {
      return;
    }
  }
}

void Parser::ParseSelectQuery(Query& query, bool is_subselect) {
  Deeper deeper(*this);
  query.form = Query::Form::kSelect;
  ParseSelectClause(query);
  if (!is_subselect) ParseDatasetClauses(query);
  ParseWhere(query, false);
  ParseModifiers(query);
}

void Parser::ParseSelectClause(Query& query) {
  if (AcceptWord("DISTINCT")) {
    query.duplicates = Query::Duplicates::kDistinct;
  } else if (AcceptWord("REDUCED")) {
    query.duplicates = Query::Duplicates::kReduced;
  }
  if (AcceptSymbol("*")) {
    query.star = true;
    return;
  }
  while (!failed_) {
    SelectItem item;
    item.at = current().at;
    if (current().kind == TokenKind::kVariable) {
      item.variable = Take().text;
    } else if (AcceptSymbol("(")) {
      item.expression = ParseExpression();
      ExpectWord("AS", "and a variable after the expression");
      item.variable = ParseVariable("after AS").name;
      ExpectSymbol(")", "after the variable");
    } else if (query.select.empty()) {
      return FailExpected("'*', a variable or '(expression AS ?variable)' after SELECT", {"DISTINCT", "REDUCED"});
    } else {
      return;
    }
    query.select.push_back(std::move(item));
  }
}

void Parser::ParseAsk(Query& query) {
  query.form = Query::Form::kAsk;
  ParseDatasetClauses(query);
  ParseWhere(query, false);
  ParseModifiers(query);
}

void Parser::ParseConstruct(Query& query) {
  query.form = Query::Form::kConstruct;
  if (IsSymbol("{")) {
    StartBgp();
    ++index_;
    if (!IsSymbol("}")) ParseTriplesBlock(query.construct, false);
    ExpectSymbol("}", "after the template");
    blank_scopes_.clear();  // the template's labels are its own
    ParseDatasetClauses(query);
    ParseWhere(query, false);
    ParseModifiers(query);
    return;
  }
  ParseDatasetClauses(query);
  ExpectWord("WHERE", "or a template in {} after CONSTRUCT");
  ExpectSymbol("{", "after WHERE");
  query.where = NewPattern(Pattern::Kind::kGroup);
  auto triples = NewPattern(Pattern::Kind::kTriples);
  StartBgp();
  if (!IsSymbol("}")) {
    // The short form's pattern is the template too: read it twice from the same tokens, so that both own their parts.
    size_t start = index_;
    ParseTriplesBlock(query.construct, false);
    if (failed_) return;
    index_ = start;
    ParseTriplesBlock(triples->triples, false);
  }
  query.where->children.push_back(std::move(triples));
  ExpectSymbol("}", "after the pattern");
  ParseModifiers(query);
}

void Parser::ParseDescribe(Query& query) {
  query.form = Query::Form::kDescribe;
  if (AcceptSymbol("*")) {
    query.star = true;
  } else {
    while (!failed_ && (current().kind == TokenKind::kVariable || AtIri())) {
      query.describe.push_back(ParseVariableOrIri("after DESCRIBE"));
    }
    if (query.describe.empty()) return FailExpected("'*', a variable or an IRI after DESCRIBE");
  }
  ParseDatasetClauses(query);
  if (IsWord("WHERE") || IsSymbol("{")) ParseWhere(query, false);
  ParseModifiers(query);
}

void Parser::ParseDatasetClauses(Query& query) {
  while (AcceptWord("FROM")) {
    query.has_dataset = true;
    bool named = AcceptWord("NAMED");
    std::string iri = ParseIri(named ? "after FROM NAMED" : "after FROM");
    (named ? query.from_named : query.from).push_back(std::move(iri));
  }
}

void Parser::ParseWhere(Query& query, bool keyword_required) {
  if (!AcceptWord("WHERE") && (keyword_required || !IsSymbol("{"))) {
    return FailExpected("WHERE or '{'", {"WHERE", "FROM", "AS"});
  }
  query.where = ParseGroup();
}

void Parser::ParseModifiers(Query& query) {
  if (AcceptWord("GROUP")) ParseGroupBy(query);
  if (AcceptWord("HAVING")) {
    do {
      query.having.push_back(ParseConstraint("after HAVING"));
    } while (!failed_ && AtConstraint());
  }
  if (AcceptWord("ORDER")) ParseOrderBy(query);
  ParseLimits(query);
}

void Parser::ParseGroupBy(Query& query) {
  ExpectWord("BY", "after GROUP");
  do {
    GroupKey key;
    if (current().kind == TokenKind::kVariable) {
      key.expression = NewExpression(Expression::Kind::kVariable, current().at);
      key.variable = key.expression->variable = Take().text;
    } else if (AcceptSymbol("(")) {
      key.expression = ParseExpression();
      if (AcceptWord("AS")) key.variable = ParseVariable("after AS").name;
      ExpectSymbol(")", "after the expression");
    } else {
      key.expression = ParseConstraint("after GROUP BY");
    }
    query.group_by.push_back(std::move(key));
  } while (!failed_ && (current().kind == TokenKind::kVariable || AtConstraint()));
}

void Parser::ParseOrderBy(Query& query) {
  ExpectWord("BY", "after ORDER");
  do {
    OrderKey key;
    if (IsWord("ASC") || IsWord("DESC")) {
      key.descending = IsWord("DESC");
      ++index_;
      if (!IsSymbol("(")) return FailExpected("'(' after ASC or DESC");
      key.expression = ParseBracketedExpression();
    } else if (current().kind == TokenKind::kVariable) {
      key.expression = NewExpression(Expression::Kind::kVariable, current().at);
      key.expression->variable = Take().text;
    } else {
      key.expression = ParseConstraint("after ORDER BY");
    }
    query.order_by.push_back(std::move(key));
  } while (!failed_ && (current().kind == TokenKind::kVariable || IsWord("ASC") || IsWord("DESC") || AtConstraint()));
}

uint64_t Parser::ParseCount(std::string_view keyword) {
  uint64_t value = 0;
  const std::string& text = current().text;
  if (current().kind != TokenKind::kInteger) {
    FailExpected(fmt::format("a whole number after {}", keyword));
    return 0;
  }
  if (std::from_chars(text.data(), text.data() + text.size(), value).ec != std::errc()) {
    FailAt(current().at, fmt::format("the number after {} is too large", keyword));
    return 0;
  }
  ++index_;
  return value;
}

void Parser::ParseLimits(Query& query) {
  bool has_offset = false;
  while (!failed_) {
    if (IsWord("LIMIT") && !query.limit) {
      ++index_;
      query.limit = ParseCount("LIMIT");
    } else if (IsWord("OFFSET") && !has_offset) {
      ++index_;
      has_offset = true;
      query.offset = ParseCount("OFFSET");
    } else {
      return;
    }
  }
}

void Parser::ParseTrailingValues(Query& query) {
  if (AcceptWord("VALUES")) query.values = ParseInlineData();
}

namespace {

base::Result<std::vector<Token>> ReadTokens(std::string_view text, const ParseOptions& options) {
  if (text.size() > options.max_bytes) {
    return base::Fail(base::ErrorCode::kTooLarge,
                      fmt::format("the query has {} bytes, over the limit of {}", text.size(), options.max_bytes));
  }
  return Tokenize(text);
}

}  // namespace

base::Result<std::unique_ptr<Query>> Parse(std::string_view text, const ParseOptions& options) {
  auto tokens = ReadTokens(text, options);
  if (!tokens) return base::Fail(std::move(tokens.error()));
  return Parser(std::move(*tokens), options).Run();
}

base::Result<Update> ParseUpdate(std::string_view text, const ParseOptions& options) {
  auto tokens = ReadTokens(text, options);
  if (!tokens) return base::Fail(std::move(tokens.error()));
  return Parser(std::move(*tokens), options).RunUpdate();
}

}  // namespace sitgraph::queries::sparql
