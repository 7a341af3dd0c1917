// Group graph patterns, triples and property paths: SPARQL 1.1, rules [52] to [107].
#include <fmt/format.h>

#include "graph/vocabulary.h"
#include "queries/sparql/parser_internal.h"

namespace sitgraph::queries::sparql {
namespace {

using graph::Term;
namespace vocabulary = graph::vocabulary;

bool IsNumber(const Token& token) {
  return token.kind == TokenKind::kInteger || token.kind == TokenKind::kDecimal || token.kind == TokenKind::kDouble;
}

}  // namespace

std::unique_ptr<Pattern> Parser::NewPattern(Pattern::Kind kind) const {
  auto pattern = std::make_unique<Pattern>();
  pattern->kind = kind;
  pattern->at = current().at;
  return pattern;
}

std::unique_ptr<Pattern> Parser::ParseGroup() {
  Deeper deeper(*this);
  auto group = NewPattern(Pattern::Kind::kGroup);
  ExpectSymbol("{", "before a group of patterns");
  StartBgp();
  if (AcceptWord("SELECT")) {
    auto subselect = NewPattern(Pattern::Kind::kSubselect);
    subselect->query = std::make_unique<Query>();
    subselect->query->at = subselect->at;
    ParseSelectQuery(*subselect->query, true);
    if (!failed_) ParseTrailingValues(*subselect->query);
    group->children.push_back(std::move(subselect));
  } else {
    group = ParseGroupBody();
  }
  ExpectSymbol("}", "after a group of patterns");
  StartBgp();
  return group;
}

std::unique_ptr<Pattern> Parser::ParseGroupBody() {
  auto group = NewPattern(Pattern::Kind::kGroup);
  auto add_triples = [&] {
    // Filters do not end a basic graph pattern, so triples after one belong to the pattern before it.
    Pattern* open = nullptr;
    for (auto child = group->children.rbegin(); child != group->children.rend(); ++child) {
      if ((*child)->kind == Pattern::Kind::kTriples) open = child->get();
      if ((*child)->kind != Pattern::Kind::kFilter) break;
    }
    if (open == nullptr) {
      group->children.push_back(NewPattern(Pattern::Kind::kTriples));
      open = group->children.back().get();
    }
    ParseTriplesBlock(open->triples, true);
  };
  if (AtTriplesStart()) add_triples();
  while (!failed_ && !IsSymbol("}")) {
    std::unique_ptr<Pattern> element = ParseElement();
    if (failed_) break;
    if (element->kind != Pattern::Kind::kFilter) StartBgp();
    group->children.push_back(std::move(element));
    AcceptSymbol(".");
    if (AtTriplesStart()) add_triples();
  }
  return group;
}

std::unique_ptr<Pattern> Parser::ParseElement() {
  if (IsSymbol("{")) return ParseGroupOrUnion();
  using Kind = Pattern::Kind;
  static constexpr std::pair<std::string_view, Kind> kKeywords[] = {
      {"OPTIONAL", Kind::kOptional}, {"MINUS", Kind::kMinus},   {"GRAPH", Kind::kGraph},  {"SERVICE", Kind::kService},
      {"BIND", Kind::kBind},         {"FILTER", Kind::kFilter}, {"VALUES", Kind::kValues}};
  for (const auto& [keyword, kind] : kKeywords) {
    if (!IsWord(keyword)) continue;
    auto pattern = NewPattern(kind);  // its place is the keyword's
    ++index_;
    switch (kind) {
      case Kind::kGraph:
      case Kind::kService:
        ParseNamed(*pattern);
        break;
      case Kind::kBind:
        ParseBind(*pattern);
        break;
      case Kind::kFilter:
        pattern->expression = ParseConstraint("after FILTER");
        break;
      case Kind::kValues:
        pattern->data = ParseInlineData();
        break;
      default:
        pattern->children.push_back(ParseGroup());
        break;
    }
    return pattern;
  }
  FailExpected("a pattern or '}'",
               {"OPTIONAL", "FILTER", "MINUS", "GRAPH", "BIND", "VALUES", "SERVICE", "UNION", "SELECT"});
  return nullptr;
}

std::unique_ptr<Pattern> Parser::ParseGroupOrUnion() {
  auto united = NewPattern(Pattern::Kind::kUnion);
  united->children.push_back(ParseGroup());
  while (AcceptWord("UNION")) united->children.push_back(ParseGroup());
  if (united->children.size() > 1) return united;
  return std::move(united->children.front());
}

void Parser::ParseBind(Pattern& bind) {
  ExpectSymbol("(", "after BIND");
  bind.expression = ParseExpression();
  ExpectWord("AS", "after the expression");
  bind.at = current().at;
  bind.variable = ParseVariable("after AS").name;
  ExpectSymbol(")", "after the variable");
}

void Parser::ParseNamed(Pattern& pattern) {
  bool is_service = pattern.kind == Pattern::Kind::kService;
  if (is_service) pattern.silent = AcceptWord("SILENT");
  pattern.name = ParseVariableOrIri(is_service ? "after SERVICE" : "after GRAPH");
  pattern.children.push_back(ParseGroup());
}

InlineData Parser::ParseInlineData() {
  InlineData data;
  bool single = current().kind == TokenKind::kVariable;
  if (single) {
    data.variables.push_back(Take().text);
  } else {
    ExpectSymbol("(", "or a variable after VALUES");
    while (current().kind == TokenKind::kVariable) data.variables.push_back(Take().text);
    ExpectSymbol(")", "after the variables");
  }
  ExpectSymbol("{", "before the values");
  while (!failed_ && !IsSymbol("}")) {
    Position at = current().at;
    std::vector<std::optional<Term>> row;
    if (single) {
      row.push_back(ParseDataValue());
    } else {
      ExpectSymbol("(", "before a row of values");
      while (!failed_ && !IsSymbol(")")) row.push_back(ParseDataValue());
      ExpectSymbol(")", "after a row of values");
      if (row.size() != data.variables.size()) {
        FailAt(at, fmt::format("a row of {} values for {} variables", row.size(), data.variables.size()));
      }
    }
    data.rows.push_back(std::move(row));
  }
  ExpectSymbol("}", "after the values");
  return data;
}

std::optional<Term> Parser::ParseDataValue() {
  if (AcceptWord("UNDEF")) return std::nullopt;
  if (AtIri()) return Term::Iri(ParseIri("as a value"));
  if (AtLiteral()) return ParseLiteral();
  FailExpected("an IRI, a literal or UNDEF", {"UNDEF"});
  return std::nullopt;
}

bool Parser::AtTriplesStart() const {
  return current().kind == TokenKind::kVariable || current().kind == TokenKind::kBlankLabel || AtIri() || AtLiteral() ||
         IsSymbol("(") || IsSymbol("[");
}

void Parser::ParseTriplesBlock(std::vector<TriplePattern>& out, bool paths) {
  do {
    ParseTriplesSameSubject(out, paths);
    if (!AcceptSymbol(".")) return;
  } while (!failed_ && AtTriplesStart());
}

void Parser::ParseTriplesSameSubject(std::vector<TriplePattern>& out, bool paths) {
  size_t before = out.size();
  bool is_structure = IsSymbol("(") || IsSymbol("[");
  Node subject = is_structure ? ParseGraphNode(out, paths) : ParseVariableOrTerm();
  // Only a bracketed node with properties, or a list, stands without a property list.
  ParsePropertyList(subject, out, paths, !is_structure || out.size() == before);
}

bool Parser::AtVerb() const {
  return current().kind == TokenKind::kVariable || AtIri() ||
         (current().kind == TokenKind::kWord && current().text == "a") || IsSymbol("^") || IsSymbol("!") ||
         IsSymbol("(");
}

void Parser::ParsePropertyList(const Node& subject, std::vector<TriplePattern>& out, bool paths, bool required) {
  if (!AtVerb()) {
    if (required) FailExpected("a property (an IRI, 'a', a variable or a path)");
    return;
  }
  do {
    if (!AtVerb()) continue;  // "; ;" and "; ." are allowed
    Node predicate;
    predicate.at = current().at;
    std::unique_ptr<Path> path;
    if (current().kind == TokenKind::kVariable) {
      predicate = ParseVariable("as a property");
    } else if (paths) {
      Path parsed = ParsePath();
      if (parsed.kind == Path::Kind::kIri) {
        predicate.term = Term::Iri(parsed.iri);
      } else {
        path = std::make_unique<Path>(std::move(parsed));
      }
    } else if (current().kind == TokenKind::kWord && current().text == "a") {
      ++index_;
      predicate.term = Term::Iri(vocabulary::Iri(vocabulary::kRdf, "type"));
    } else {
      predicate.term = Term::Iri(ParseIri("as a property"));
    }
    if (!failed_) ParseObjectList(subject, predicate, path.get(), out, paths);
  } while (!failed_ && AcceptSymbol(";"));
}

void Parser::ParseObjectList(const Node& subject, const Node& predicate, const Path* path,
                             std::vector<TriplePattern>& out, bool paths) {
  do {
    Node object = ParseGraphNode(out, paths);
    out.push_back({subject, predicate, path == nullptr ? nullptr : std::make_unique<Path>(*path), std::move(object)});
  } while (!failed_ && AcceptSymbol(","));
}

Node Parser::ParseGraphNode(std::vector<TriplePattern>& out, bool paths) {
  if (IsSymbol("[")) return ParseBracketed(out, paths);
  if (IsSymbol("(")) return ParseCollection(out, paths);
  return ParseVariableOrTerm();
}

Node Parser::ParseBracketed(std::vector<TriplePattern>& out, bool paths) {
  Deeper deeper(*this);
  Node node = FreshBlank(current().at);
  ExpectSymbol("[", "");
  if (AcceptSymbol("]")) return node;
  ParsePropertyList(node, out, paths, true);
  ExpectSymbol("]", "after the properties");
  return node;
}

Node Parser::ParseCollection(std::vector<TriplePattern>& out, bool paths) {
  Deeper deeper(*this);
  const Term first = Term::Iri(vocabulary::Iri(vocabulary::kRdf, "first"));
  const Term rest = Term::Iri(vocabulary::Iri(vocabulary::kRdf, "rest"));
  const Term nil = Term::Iri(vocabulary::Iri(vocabulary::kRdf, "nil"));
  Position at = current().at;
  ExpectSymbol("(", "");
  if (AcceptSymbol(")")) return Constant(nil, at);
  Node head = FreshBlank(at);
  Node cell = head;
  while (!failed_) {
    Node item = ParseGraphNode(out, paths);
    out.push_back({cell, Constant(first, at), nullptr, std::move(item)});
    if (failed_ || AcceptSymbol(")")) {
      out.push_back({cell, Constant(rest, at), nullptr, Constant(nil, at)});
      break;
    }
    Node next = FreshBlank(current().at);
    out.push_back({cell, Constant(rest, at), nullptr, next});
    cell = std::move(next);
  }
  return head;
}

Path Parser::ParsePath() {
  Deeper deeper(*this);
  Path path = ParsePathSequence();
  if (!IsSymbol("|")) return path;
  Path alternative;
  alternative.kind = Path::Kind::kAlternative;
  alternative.at = path.at;
  alternative.parts.push_back(std::move(path));
  while (AcceptSymbol("|")) alternative.parts.push_back(ParsePathSequence());
  return alternative;
}

Path Parser::ParsePathSequence() {
  Path path = ParsePathElement();
  if (!IsSymbol("/")) return path;
  Path sequence;
  sequence.kind = Path::Kind::kSequence;
  sequence.at = path.at;
  sequence.parts.push_back(std::move(path));
  while (AcceptSymbol("/")) sequence.parts.push_back(ParsePathElement());
  return sequence;
}

Path Parser::ParsePathElement() {
  Position at = current().at;
  bool inverse = AcceptSymbol("^");
  Path path;
  path.at = current().at;
  if (AcceptSymbol("(")) {
    path = ParsePath();
    ExpectSymbol(")", "after a path");
  } else if (AcceptSymbol("!")) {
    path = ParseNegatedSet();
  } else if (current().kind == TokenKind::kWord && current().text == "a") {
    ++index_;
    path.iri = vocabulary::Iri(vocabulary::kRdf, "type");
  } else {
    path.iri = ParseIri("in a path");
  }
  auto wrap = [&](Path::Kind kind) {
    Path outer;
    outer.kind = kind;
    outer.at = at;
    outer.parts.push_back(std::move(path));
    path = std::move(outer);
  };
  if (AcceptSymbol("*")) {
    wrap(Path::Kind::kZeroOrMore);
  } else if (AcceptSymbol("?")) {
    wrap(Path::Kind::kZeroOrOne);
  } else if (IsSymbol("+") && !(IsNumber(Ahead(1)) && Ahead(1).glued)) {  // `p +5` has the object +5
    ++index_;
    wrap(Path::Kind::kOneOrMore);
  }
  if (inverse) wrap(Path::Kind::kInverse);
  return path;
}

Path Parser::ParseNegatedSet() {
  Path negated;
  negated.kind = Path::Kind::kNegated;
  negated.at = current().at;
  if (!AcceptSymbol("(")) {
    negated.parts.push_back(ParseNegatedMember());
    return negated;
  }
  if (AcceptSymbol(")")) return negated;
  do {
    negated.parts.push_back(ParseNegatedMember());
  } while (!failed_ && AcceptSymbol("|"));
  ExpectSymbol(")", "after a negated set of properties");
  return negated;
}

Path Parser::ParseNegatedMember() {
  Path member;
  member.at = current().at;
  bool inverse = AcceptSymbol("^");
  if (current().kind == TokenKind::kWord && current().text == "a") {
    ++index_;
    member.iri = vocabulary::Iri(vocabulary::kRdf, "type");
  } else {
    member.iri = ParseIri("in a negated set of properties");
  }
  if (!inverse) return member;
  Path outer;
  outer.kind = Path::Kind::kInverse;
  outer.at = member.at;
  outer.parts.push_back(std::move(member));
  return outer;
}

}  // namespace sitgraph::queries::sparql
