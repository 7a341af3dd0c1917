// Reads the W3C's expected results (XML, JSON, and the result-set vocabulary in Turtle) and compares answers with them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "graph/term.h"

namespace sitgraph::queries::testing {

struct ResultSet {
  std::optional<bool> boolean;  // of ASK
  std::vector<std::string> variables;
  std::vector<std::map<std::string, graph::Term>> rows;
  bool ordered = false;
};

// By the file's extension: .srx, .srj, .tsv, .ttl; kUnsupported for others.
base::Result<ResultSet> ReadResultSet(const std::string& path);

// Quads as rows of s, p, o and, outside of the default graph, g.
ResultSet AsResultSet(const std::vector<graph::Quad>& quads);

// Equal but for the names of blank nodes and, unless the expected one is ordered, for the order of rows. Numbers of the
// same datatype are equal by value.
bool SameResults(const ResultSet& expected, const ResultSet& actual);

// The same header, and the same lines in any order; blank nodes are all alike.
bool SameCsv(const std::string& expected, const std::string& actual);

}  // namespace sitgraph::queries::testing
