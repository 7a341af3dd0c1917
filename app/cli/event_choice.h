// The options that choose events by time, type and place: what `export` and the relation verbs share.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/error.h"
#include "graph/store.h"

namespace sitgraph::cli {

struct EventChoice {
  std::string since, until;
  std::vector<std::string> types, places;  // as they were written
};

// --since, --until, --type, --place.
void AddEventChoice(CLI::App& command, EventChoice& choice);

struct Period {
  base::PartialDate since, until;  // empty where not given
};
// kUsage for what is no date, and for an end before its beginning.
base::Result<Period> PeriodOf(const EventChoice& choice);
// The IRIs of all places and facilities that are called so; kNotFound for a name of none.
base::Result<std::vector<std::string>> PlacesOf(const EventChoice& choice, const graph::Snapshot& snapshot);

}  // namespace sitgraph::cli
