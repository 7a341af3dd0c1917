// Solutions to quads.
#include "queries/sparql/template.h"

#include <fmt/format.h>

#include <algorithm>

namespace sitgraph::queries::sparql {

Template::Template(std::vector<std::string> columns, std::string blank_prefix, TermTable& terms, Governor& governor)
    : columns_(std::move(columns)), blank_prefix_(std::move(blank_prefix)), terms_(terms), governor_(governor) {}

Template::Part Template::PlanPart(const Node& node) {
  Part part;
  if (node.is_blank()) {
    part.blank = blanks_.try_emplace(node.name, blanks_.size()).first->second;
  } else if (node.is_variable) {
    auto column = std::find(columns_.begin(), columns_.end(), node.name);
    if (column != columns_.end()) part.column = column - columns_.begin();
  } else {
    part.constant = terms_.Intern(node.term);
  }
  return part;
}

void Template::Add(const std::vector<TriplePattern>& triples, const Node* graph) {
  for (const TriplePattern& triple : triples) {
    Line line;
    line.parts = {PlanPart(triple.subject), PlanPart(triple.predicate), PlanPart(triple.object), {}};
    line.in_default_graph = graph == nullptr;
    if (graph != nullptr) line.parts[3] = PlanPart(*graph);
    lines_.push_back(std::move(line));
  }
}

// A label that neither the graph nor BNODE() has given.
Cell Template::NewBlank() {
  while (true) {
    graph::Term blank = graph::Term::Blank(fmt::format("{}{}", blank_prefix_, blanks_made_++));
    auto known = terms_.snapshot().Find(blank);
    if (!governor_.Check(known)) return kUnbound;
    if (!*known) return terms_.Intern(blank);
  }
}

bool Template::IsRdf(const QuadCells& quad, bool in_default_graph) const {
  if (quad[0] == kUnbound || quad[1] == kUnbound || quad[2] == kUnbound) return false;
  if (!in_default_graph && (quad[3] == kUnbound || !terms_.Resolve(quad[3]).is_iri())) return false;
  return !terms_.Resolve(quad[0]).is_literal() && terms_.Resolve(quad[1]).is_iri();
}

bool Template::Instantiate(const std::vector<Cell>& solution, FunctionRef<bool(const QuadCells&)> emit) {
  std::vector<Cell> blanks(blanks_.size(), kUnbound);
  for (const Line& line : lines_) {
    if (!governor_.Tick()) return false;
    QuadCells quad{};
    for (size_t i = 0; i < quad.size(); ++i) {
      const Part& part = line.parts[i];
      if (part.blank) {
        Cell& blank = blanks[*part.blank];
        if (blank == kUnbound) blank = NewBlank();
        quad[i] = blank;
      } else {
        quad[i] = part.column ? solution[*part.column] : part.constant;
      }
    }
    if (IsRdf(quad, line.in_default_graph) && !emit(quad)) return false;
  }
  return !governor_.failed();
}

}  // namespace sitgraph::queries::sparql
