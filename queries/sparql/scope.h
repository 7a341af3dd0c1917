// The rules on variables that the grammar cannot say (SPARQL 1.1, sections 18.2.1 and 19.8).
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/error.h"
#include "queries/sparql/ast.h"

namespace sitgraph::queries::sparql {

// Checks a whole query, subqueries too: AS and BIND give new variables only, only grouped variables are selected,
// aggregates stand where they may and are not nested. Fills in what `*` selects and Query::aggregated.
base::Status CheckScopes(Query& query);

// The variables in scope after a pattern, in order of first mention; blank nodes not among them.
std::vector<std::string> VisibleVariables(const Pattern& pattern);

}  // namespace sitgraph::queries::sparql
