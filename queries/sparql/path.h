// Property paths as automata: what a path with repetition (SPARQL 1.1, section 9) may step along next.
#pragma once

#include <cstdint>
#include <vector>

#include "queries/sparql/term_table.h"

namespace sitgraph::queries::sparql {

// One step along an edge of the graph.
struct PathStep {
  bool inverse = false;          // from object to subject
  bool negated = false;          // along every property but `properties`
  std::vector<Cell> properties;  // sorted; terms that the graph lacks are left out
  friend bool operator==(const PathStep&, const PathStep&) = default;
};

// Glushkov's automaton of a path: no empty steps, states merged where they go on alike. State 0 is the start.
struct PathAutomaton {
  struct Edge {
    uint32_t step = 0;  // into `steps`
    uint32_t to = 0;
    friend bool operator==(const Edge&, const Edge&) = default;
  };
  struct State {
    std::vector<Edge> edges;
    bool accepts = false;
    friend bool operator==(const State&, const State&) = default;
  };
  std::vector<PathStep> steps;
  std::vector<State> states;
};

// A path to be searched, from either end. Both automata have the same steps but for their direction.
struct PlannedPath {
  PathAutomaton forward, backward;
  bool accepts_empty() const { return forward.states.front().accepts; }
};

// Builds both automata from an expression given piece by piece, innermost first.
class PathBuilder {
 public:
  // A part of the expression over positions, which stand for occurrences of steps.
  struct Part {
    std::vector<uint32_t> first, last;
    bool may_be_empty = false;
  };
  Part Step(PathStep step);
  Part Sequence(Part a, Part b);
  Part Alternative(Part a, Part b);
  Part Optional(Part part);
  Part Repeat(Part part);  // once or more

  PlannedPath Finish(const Part& whole) const;

 private:
  std::vector<PathStep> steps_;
  std::vector<std::vector<uint32_t>> follow_;
};

}  // namespace sitgraph::queries::sparql
