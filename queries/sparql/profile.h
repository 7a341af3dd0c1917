// What each step of a plan did in one run; kept only where someone wants to know.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string_view>

namespace sitgraph::queries::sparql {

struct PlannedTriple;

struct StepProfile {
  uint64_t rows = 0;                 // solutions handed on
  std::chrono::nanoseconds time{0};  // in the step itself, without what came after it
  std::string_view how;              // of a triple: how its matches were found
};

struct Profile {
  std::map<uint32_t, StepProfile> nodes;  // by PlanNode::id
  std::map<const PlannedTriple*, StepProfile> triples;
};

}  // namespace sitgraph::queries::sparql
