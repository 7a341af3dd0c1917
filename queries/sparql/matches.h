// The matches of one triple or path of a basic graph pattern under a solution, binding its free variables to each.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "queries/sparql/graph_view.h"
#include "queries/sparql/grouped_rows.h"
#include "queries/sparql/path_search.h"
#include "queries/sparql/profile.h"

namespace sitgraph::queries::sparql {

// All must outlive what is made with it.
struct MatchContext {
  const Dataset& dataset;
  const graph::Snapshot& snapshot;
  Governor& governor;
  bool optimise = true;        // whether matches may be read as a whole into memory
  Profile* profile = nullptr;  // where account is kept
};

// Can be opened again and again; keeps what it learnt. The frame must not change its size while open.
class Matches {
 public:
  virtual ~Matches() = default;
  // Begins under the frame as it is. Not while open.
  virtual void Open(Frame& frame) = 0;
  // Binds the next match; false at the end, with all it bound unbound again, or where the governor stops.
  virtual bool Next(Frame& frame) = 0;
  // How many matches there are, without binding them; as if Next had been called to the end. 0 after a failure.
  virtual uint64_t Count(Frame& frame) {
    uint64_t count = 0;
    while (Next(frame)) ++count;
    return count;
  }
  // How matches are found by now: "look-up", "table", "search".
  virtual std::string_view how() const = 0;
  // Unbinds.
  virtual void Close(Frame& frame) = 0;
};

std::unique_ptr<Matches> MakeMatches(const PlannedTriple& triple, const GraphScope& graph, const MatchContext& context);

// Whether reading `rows` rows into memory is cheaper than going on with look-ups of which there were `lookups` so far,
// and fits into a fair share of the query's memory.
bool IsWorthReading(uint64_t rows, uint64_t lookups, size_t bytes_per_row, const Governor& governor);

}  // namespace sitgraph::queries::sparql
