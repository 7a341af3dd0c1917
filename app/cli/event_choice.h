// The options that choose events by time, type and place: what `export` and the relation verbs share.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/error.h"

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

}  // namespace sitgraph::cli
