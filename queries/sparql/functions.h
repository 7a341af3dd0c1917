// The built-in functions over values (SPARQL 1.1, section 17.4), except the forms that need unevaluated arguments.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>

#include "queries/sparql/builtins.h"
#include "queries/sparql/governor.h"
#include "queries/sparql/value.h"

namespace sitgraph::queries::sparql {

// What functions share within one query. NOW is one moment for the whole query.
class FunctionContext {
 public:
  FunctionContext(Governor& governor, std::string base_iri);
  ~FunctionContext();

  // Calls `builtin`. Type errors give an error value; going over a limit stops the query through the governor.
  Value Call(Builtin builtin, std::span<const Value> arguments);

  // BNODE("label") gives one node for each label within a solution: to be called for each new solution.
  void StartSolution() { labelled_.clear(); }

 private:
  struct RegexCache;

  Value Regex(std::span<const Value> arguments);
  Value Replace(std::span<const Value> arguments);
  Value Bnode(std::span<const Value> arguments);
  Value NewText(const Value& like, std::string text);
  std::string RandomUuid();

  Governor& governor_;
  std::string base_iri_;
  Value now_;
  std::unique_ptr<RegexCache> regexes_;
  std::map<std::string, std::string> labelled_;
  uint64_t blanks_ = 0;
};

}  // namespace sitgraph::queries::sparql
