// What the relation verbs (path, neighbours, timeline, ...) share: filters, forms of the answer, names of entities.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

#include "app/cli/command.h"
#include "app/cli/event_choice.h"
#include "base/error.h"
#include "graph/store.h"
#include "queries/relations/answer.h"
#include "queries/relations/event_network.h"

namespace sitgraph::cli {

struct RelationOptions {
  std::string graph, format = "table", output = "-";
  EventChoice events;
  std::vector<std::string> sources, factualities;
  bool evidence = false;
  size_t max_evidence = 10;
};

void AddAsk(CLI::App& app, Exit& exit);
void AddEntities(CLI::App& app, Exit& exit);
void AddPath(CLI::App& app, Exit& exit);
void AddNeighbours(CLI::App& app, Exit& exit);
void AddTimeline(CLI::App& app, Exit& exit);
void AddBetween(CLI::App& app, Exit& exit);
void AddWhere(CLI::App& app, Exit& exit);
void AddTotals(CLI::App& app, Exit& exit);
void AddRank(CLI::App& app, Exit& exit);
void AddCommunities(CLI::App& app, Exit& exit);
void AddControl(CLI::App& app, Exit& exit);
void AddCompare(CLI::App& app, Exit& exit);

// --graph, --format, --output, --evidence.
void AddAnswerOptions(CLI::App& command, RelationOptions& options);
// --since, --until, --type, --place, --source, --factuality.
void AddEventFilter(CLI::App& command, RelationOptions& options);

// The IRI of the one entity that `name` means, as `sitgraph show` takes names; kConflict, with all of them, where there
// are several.
base::Result<std::string> EntityOf(const graph::Snapshot& snapshot, const std::string& name);

using Verb =
    std::function<base::Result<queries::Answer>(const graph::Snapshot& snapshot, const queries::EventFilter& filter)>;
// Opens the graph, reads the filter, asks `verb`, and writes its answer in the form asked for.
Exit RunVerb(const RelationOptions& options, const Verb& verb);

// The same for verbs of named entities, which get the IRIs of all `names` in their order.
using EntityVerb = std::function<base::Result<queries::Answer>(
    const graph::Snapshot& snapshot, const std::vector<std::string>& entities, const queries::EventFilter& filter)>;
Exit RunVerb(const RelationOptions& options, const std::vector<std::string>& names, const EntityVerb& verb);

}  // namespace sitgraph::cli
