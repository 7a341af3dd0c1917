// Variables, IRIs, literals and blank nodes: SPARQL 1.1, rules [106] to [138].
#include <fmt/format.h>

#include "base/text.h"
#include "graph/vocabulary.h"
#include "queries/sparql/iri.h"
#include "queries/sparql/parser_internal.h"

namespace sitgraph::queries::sparql {
namespace {

using graph::Term;
namespace vocabulary = graph::vocabulary;

bool IsNumber(const Token& token) {
  return token.kind == TokenKind::kInteger || token.kind == TokenKind::kDecimal || token.kind == TokenKind::kDouble;
}

Term Number(const Token& token, std::string_view sign) {
  std::string_view type = token.kind == TokenKind::kInteger   ? "integer"
                          : token.kind == TokenKind::kDecimal ? "decimal"
                                                              : "double";
  return Term::Typed(std::string(sign) + token.text, vocabulary::Iri(vocabulary::kXsd, type));
}

}  // namespace

Node Parser::Constant(Term term, Position at) const {
  Node node;
  node.term = std::move(term);
  node.at = at;
  return node;
}

bool Parser::AtIri() const { return current().kind == TokenKind::kIri || current().kind == TokenKind::kPrefixed; }

bool Parser::AtLiteral() const {
  if (current().kind == TokenKind::kString || IsNumber(current())) return true;
  if (IsWord("true") || IsWord("false")) return true;
  return (IsSymbol("+") || IsSymbol("-")) && IsNumber(Ahead(1)) && Ahead(1).glued;
}

std::string Parser::ExpandPrefixed(const Token& token) {
  auto found = prefixes_.find(token.prefix);
  if (found == prefixes_.end()) {
    std::vector<std::string> known;
    for (const auto& [name, iri] : prefixes_) known.push_back(name);
    std::optional<std::string> near = token.prefix.empty() ? std::nullopt : base::Nearest(token.prefix, known);
    FailAt(token.at, fmt::format("the prefix '{}:' is not declared", token.prefix),
           near ? fmt::format("did you mean {}:{}?", *near, token.text)
                : fmt::format("declare it with PREFIX {}: <...>", token.prefix));
    return {};
  }
  used_prefixes_.insert(*found);
  return found->second + token.text;
}

std::string Parser::ParseIri(std::string_view where) {
  if (!AtIri()) {
    FailExpected(fmt::format("an IRI {}", where));
    return {};
  }
  Token token = Take();
  std::string iri = token.kind == TokenKind::kIri ? ResolveIri(base_iri_, token.text) : ExpandPrefixed(token);
  mentions_.push_back({iri, token.at});
  return iri;
}

Node Parser::ParseVariable(std::string_view where) {
  Node node;
  node.is_variable = true;
  node.at = current().at;
  if (current().kind != TokenKind::kVariable) {
    FailExpected(fmt::format("a variable {}", where));
    return node;
  }
  node.name = Take().text;
  return node;
}

Node Parser::ParseVariableOrIri(std::string_view where) {
  if (current().kind == TokenKind::kVariable) return ParseVariable(where);
  Position at = current().at;
  if (!AtIri()) {
    FailExpected(fmt::format("a variable or an IRI {}", where));
    return {};
  }
  return Constant(Term::Iri(ParseIri(where)), at);
}

Node Parser::ParseVariableOrTerm() {
  Position at = current().at;
  if (current().kind == TokenKind::kVariable) return ParseVariable("");
  if (AtIri()) return Constant(Term::Iri(ParseIri("")), at);
  if (AtLiteral()) return Constant(ParseLiteral(), at);
  if (current().kind == TokenKind::kBlankLabel) {
    Token token = Take();
    return BlankLabel(token.text, token.at);
  }
  if (IsSymbol("[") && Ahead(1).kind == TokenKind::kSymbol && Ahead(1).text == "]") {
    index_ += 2;
    return FreshBlank(at);
  }
  FailExpected("a variable, an IRI, a literal or a blank node");
  return {};
}

Term Parser::ParseLiteral() {
  if (IsSymbol("+") || IsSymbol("-")) {
    std::string sign = Take().text;
    return Number(Take(), sign);
  }
  if (IsNumber(current())) return Number(Take(), "");
  if (AcceptWord("true")) return Term::Boolean(true);
  if (AcceptWord("false")) return Term::Boolean(false);
  std::string value = Take().text;
  if (current().kind == TokenKind::kLanguage) {
    std::string tag = Take().text;
    for (char& c : tag) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return Term::LangString(std::move(value), std::move(tag));
  }
  if (AcceptSymbol("^^")) return Term::Typed(std::move(value), ParseIri("after ^^"));
  return Term::String(std::move(value));
}

Node Parser::BlankLabel(const std::string& label, Position at) {
  auto [scope, is_new] = blank_scopes_.try_emplace(label, bgp_);
  if (!is_new && scope->second != bgp_) {
    FailAt(at, fmt::format("the blank node _:{} was used in another pattern before", label),
           "labels of blank nodes hold within one pattern; use a variable");
  }
  Node node;
  node.is_variable = true;
  node.name = "_:l" + label;
  node.at = at;
  return node;
}

Node Parser::FreshBlank(Position at) {
  Node node;
  node.is_variable = true;
  node.name = fmt::format("_:f{}", fresh_blanks_++);
  node.at = at;
  return node;
}

}  // namespace sitgraph::queries::sparql
