// Templates of CONSTRUCT, INSERT and DELETE: quads made from a solution (SPARQL 1.1, section 16.2; Update, 4.1).
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "queries/sparql/ast.h"
#include "queries/sparql/function_ref.h"
#include "queries/sparql/governor.h"
#include "queries/sparql/term_table.h"

namespace sitgraph::queries::sparql {

// Subject, predicate, object and graph; kUnbound stands for the default graph.
using QuadCells = std::array<Cell, 4>;

class Template {
 public:
  // `columns`: what a solution's cells are. Variables that are not among them are never bound. New blank nodes get
  // labels that begin with `blank_prefix`. Both references must outlive the template.
  Template(std::vector<std::string> columns, std::string blank_prefix, TermTable& terms, Governor& governor);

  // Triples of one graph; null for the default graph.
  void Add(const std::vector<TriplePattern>& triples, const Node* graph);

  // Calls `emit` with each quad that `solution` makes; blank nodes are new ones for each solution. What would be no RDF
  // (an unbound part, a literal as subject) is left out. False where `emit` or the governor stopped.
  bool Instantiate(const std::vector<Cell>& solution, FunctionRef<bool(const QuadCells&)> emit);

 private:
  struct Part {
    std::optional<size_t> column, blank;
    Cell constant = kUnbound;
  };
  struct Line {
    std::array<Part, 4> parts;
    bool in_default_graph = true;
  };
  Part PlanPart(const Node& node);
  Cell NewBlank();
  bool IsRdf(const QuadCells& quad, bool in_default_graph) const;

  std::vector<std::string> columns_;
  std::string blank_prefix_;
  TermTable& terms_;
  Governor& governor_;
  std::vector<Line> lines_;
  std::map<std::string, size_t> blanks_;
  uint64_t blanks_made_ = 0;
};

}  // namespace sitgraph::queries::sparql
