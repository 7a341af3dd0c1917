// Parses the whole of SPARQL 1.1 Query into a syntax tree, or says where and what was expected.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"
#include "queries/sparql/ast.h"

namespace sitgraph::queries::sparql {

struct ParseOptions {
  std::string base_iri;         // for relative IRIs where the query has no BASE; empty: they stay as written
  bool known_prefixes = true;   // those of graph/vocabulary.h need no PREFIX
  uint32_t max_depth = 200;     // of nested groups, brackets, lists and expressions
  size_t max_bytes = 8u << 20;  // of the query's text
};

// Errors are kBadInput with line, column, what was expected, and often a suggestion; kTooLarge over a limit. Time and
// memory are linear in the text.
base::Result<std::unique_ptr<Query>> Parse(std::string_view text, const ParseOptions& options = {});
base::Result<Update> ParseUpdate(std::string_view text, const ParseOptions& options = {});

}  // namespace sitgraph::queries::sparql
