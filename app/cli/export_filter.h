// The filters of sitgraph export, from what a user wrote to what exporters take.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/event_choice.h"
#include "base/error.h"
#include "exporters/selection.h"
#include "graph/store.h"

namespace sitgraph::cli {

struct FilterOptions {
  EventChoice events;
  std::string where;
};

struct Chosen {
  exporters::Filter filter;
  std::optional<std::vector<graph::Triple>> constructed;  // by a CONSTRUCT query
};

void AddFilterOptions(CLI::App& command, FilterOptions& options);

// kUsage for dates as PeriodOf gives it; kNotFound for places that the graph does not know, with a near name; a query's
// own errors, its text shown with a caret.
base::Result<Chosen> Choose(const FilterOptions& options, const graph::Snapshot& snapshot, const std::string& base_iri);

}  // namespace sitgraph::cli
