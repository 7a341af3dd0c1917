// Update requests: SPARQL 1.1 Update, rules [29] to [51].
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "queries/sparql/parser_internal.h"
#include "queries/sparql/scope.h"

namespace sitgraph::queries::sparql {
namespace {

using Kind = UpdateOperation::Kind;

constexpr std::string_view kOperations = "INSERT, DELETE, WITH, LOAD, CLEAR, DROP, CREATE, ADD, MOVE or COPY";

}  // namespace

base::Result<Update> Parser::RunUpdate() {
  Update update;
  while (!failed_) {
    ParsePrologue();
    if (failed_ || current().kind == TokenKind::kEnd) break;
    update.operations.push_back(ParseOperation());
    if (failed_ || !AcceptSymbol(";")) break;
  }
  if (!failed_ && current().kind != TokenKind::kEnd) {
    FailExpected("';' or the end of the update", {"WHERE", "INSERT", "USING", "TO", "INTO"});
  }
  if (failed_) return base::Fail(std::move(error_));
  for (UpdateOperation& operation : update.operations) {
    if (operation.where == nullptr) continue;
    operation.where->base_iri = base_iri_;
    if (base::Status status = CheckScopes(*operation.where); !status) return base::Fail(std::move(status.error()));
  }
  update.mentions = std::move(mentions_);
  return update;
}

UpdateOperation Parser::ParseOperation() {
  UpdateOperation operation;
  operation.at = current().at;
  static constexpr std::pair<std::string_view, Kind> kManagement[] = {
      {"LOAD", Kind::kLoad}, {"CLEAR", Kind::kClear}, {"DROP", Kind::kDrop}, {"CREATE", Kind::kCreate},
      {"ADD", Kind::kAdd},   {"MOVE", Kind::kMove},   {"COPY", Kind::kCopy}};
  for (const auto& [word, kind] : kManagement) {
    if (!AcceptWord(word)) continue;
    operation.kind = kind;
    ParseManagement(operation);
    return operation;
  }
  if (IsWord("INSERT") || IsWord("DELETE") || IsWord("WITH")) {
    ParseInsertOrDelete(operation);
  } else {
    FailExpected(kOperations, {"INSERT", "DELETE", "WITH", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY",
                               "PREFIX", "BASE"});
  }
  return operation;
}

void Parser::ParseManagement(UpdateOperation& operation) {
  operation.silent = AcceptWord("SILENT");
  switch (operation.kind) {
    case Kind::kLoad:
      operation.source = ParseIri("after LOAD");
      if (AcceptWord("INTO")) {
        if (!IsWord("GRAPH")) return FailExpected("GRAPH after INTO", {"GRAPH"});
        operation.target = ParseGraphTarget(false, false);
      }
      return;
    case Kind::kClear:
    case Kind::kDrop:
      operation.target = ParseGraphTarget(true, false);
      return;
    case Kind::kCreate:
      if (!IsWord("GRAPH")) return FailExpected("GRAPH after CREATE", {"GRAPH"});
      operation.target = ParseGraphTarget(false, false);
      return;
    default:
      operation.from = ParseGraphTarget(false, true);
      ExpectWord("TO", "after the graph");
      operation.target = ParseGraphTarget(false, true);
  }
}

GraphTarget Parser::ParseGraphTarget(bool several, bool bare_iri) {
  GraphTarget target;
  if (AcceptWord("DEFAULT")) return target;
  if (several && AcceptWord("NAMED")) {
    target.kind = GraphTarget::Kind::kNamed;
  } else if (several && AcceptWord("ALL")) {
    target.kind = GraphTarget::Kind::kAll;
  } else if (AcceptWord("GRAPH") || (bare_iri && AtIri())) {
    target.kind = GraphTarget::Kind::kGraph;
    target.iri = ParseIri("of a graph");
  } else {
    FailExpected(several    ? "GRAPH and an IRI, DEFAULT, NAMED or ALL"
                 : bare_iri ? "DEFAULT or the IRI of a graph"
                            : "GRAPH and an IRI",
                 {"GRAPH", "DEFAULT", "NAMED", "ALL"});
  }
  return target;
}

void Parser::ParseInsertOrDelete(UpdateOperation& operation) {
  if (IsWord("WITH")) return ParseModify(operation);
  bool inserts = IsWord("INSERT");
  const Token& next = Ahead(1);
  auto is_next = [&](std::string_view word) {
    return next.kind == TokenKind::kWord && base::EqualsIgnoringAsciiCase(next.text, word);
  };
  if (is_next("DATA")) {
    index_ += 2;
    auto blocks = ParseQuads(inserts ? QuadKind::kInsertData : QuadKind::kDeleteData);
    (inserts ? operation.added : operation.removed) = std::move(blocks);
  } else if (!inserts && is_next("WHERE")) {
    index_ += 2;
    ParseDeleteWhere(operation);
  } else {
    ParseModify(operation);
  }
}

void Parser::ParseDeleteWhere(UpdateOperation& operation) {
  // The pattern is the template too: read it twice from the same tokens, so that both own their parts.
  size_t start = index_;
  operation.removed = ParseQuads(QuadKind::kDeleteWhere);
  if (failed_) return;
  index_ = start;
  auto group = NewPattern(Pattern::Kind::kGroup);
  for (QuadBlock& block : ParseQuads(QuadKind::kDeleteWhere)) {
    auto triples = NewPattern(Pattern::Kind::kTriples);
    triples->triples = std::move(block.triples);
    if (!block.graph) {
      group->children.push_back(std::move(triples));
      continue;
    }
    auto named = NewPattern(Pattern::Kind::kGraph);
    named->name = std::move(*block.graph);
    named->children.push_back(NewPattern(Pattern::Kind::kGroup));
    named->children.front()->children.push_back(std::move(triples));
    group->children.push_back(std::move(named));
  }
  operation.where = std::make_unique<Query>();
  operation.where->where = std::move(group);
  FinishWhere(operation);
}

void Parser::ParseModify(UpdateOperation& operation) {
  if (AcceptWord("WITH")) operation.with = ParseIri("after WITH");
  bool has_template = false;
  if (AcceptWord("DELETE")) {
    operation.removed = ParseQuads(QuadKind::kDeleteTemplate);
    has_template = true;
  }
  if (!failed_ && AcceptWord("INSERT")) {
    operation.added = ParseQuads(QuadKind::kInsertTemplate);
    has_template = true;
  }
  if (!failed_ && !has_template) return FailExpected("DELETE or INSERT", {"DELETE", "INSERT"});
  blank_scopes_.clear();  // the templates' labels are their own
  operation.where = std::make_unique<Query>();
  Query& where = *operation.where;
  while (!failed_ && AcceptWord("USING")) {
    where.has_dataset = true;
    bool named = AcceptWord("NAMED");
    std::string iri = ParseIri(named ? "after USING NAMED" : "after USING");
    (named ? where.from_named : where.from).push_back(std::move(iri));
  }
  where.at = current().at;
  if (failed_) return;
  if (!AcceptWord("WHERE")) return FailExpected("WHERE", {"WHERE", "USING", "INSERT"});
  where.where = ParseGroup();
  FinishWhere(operation);
}

// The pattern's solutions are asked for what the templates need.
void Parser::FinishWhere(UpdateOperation& operation) {
  Query& where = *operation.where;
  std::set<std::string> seen;
  auto add = [&](const Node& node) {
    if (node.is_variable && !node.is_blank() && seen.insert(node.name).second) {
      where.select.push_back({node.name, nullptr, node.at});
    }
  };
  for (const auto* blocks : {&operation.removed, &operation.added}) {
    for (const QuadBlock& block : *blocks) {
      if (block.graph) add(*block.graph);
      for (const TriplePattern& triple : block.triples) {
        for (const Node* node : {&triple.subject, &triple.predicate, &triple.object}) add(*node);
      }
    }
  }
}

std::vector<QuadBlock> Parser::ParseQuads(QuadKind kind) {
  std::vector<QuadBlock> blocks;
  StartBgp();
  ExpectSymbol("{", "before the triples");
  while (!failed_ && !IsSymbol("}")) {
    QuadBlock& block = blocks.emplace_back();
    if (AcceptWord("GRAPH")) {
      block.graph = ParseVariableOrIri("after GRAPH");
      ExpectSymbol("{", "after the graph");
      if (!IsSymbol("}")) ParseTriplesBlock(block.triples, false);
      ExpectSymbol("}", "after the triples of a graph");
      AcceptSymbol(".");
    } else if (AtTriplesStart()) {
      ParseTriplesBlock(block.triples, false);
    } else {
      FailExpected("a triple, GRAPH or '}'", {"GRAPH"});
    }
  }
  ExpectSymbol("}", "after the triples");
  if (!failed_) CheckQuads(blocks, kind);
  return blocks;
}

void Parser::CheckQuads(const std::vector<QuadBlock>& blocks, QuadKind kind) {
  bool is_data = kind == QuadKind::kInsertData || kind == QuadKind::kDeleteData;
  bool deletes = kind != QuadKind::kInsertData && kind != QuadKind::kInsertTemplate;
  auto check = [&](const Node& node) {
    if (is_data && node.is_variable && !node.is_blank()) {
      FailAt(node.at, fmt::format("the variable ?{} in data", node.name),
             "INSERT DATA and DELETE DATA take triples as they are; use INSERT { ... } WHERE { ... }");
    }
    if (deletes && node.is_blank()) {
      FailAt(node.at, "a blank node in what is to be deleted", "it would stand for any node; use a variable in WHERE");
    }
  };
  for (const QuadBlock& block : blocks) {
    if (block.graph) check(*block.graph);
    for (const TriplePattern& triple : block.triples) {
      for (const Node* node : {&triple.subject, &triple.predicate, &triple.object}) check(*node);
    }
  }
}

}  // namespace sitgraph::queries::sparql
