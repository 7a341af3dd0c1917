// sitgraph neighbours: who and what takes part in events with an entity.
#include <memory>

#include "app/cli/relation.h"
#include "queries/relations/verbs.h"

namespace sitgraph::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  sitgraph neighbours "Ahrar al-Sham" --graph syria.graph
  sitgraph neighbours Palmyra --type capture --evidence --graph syria.graph)";

struct Options {
  RelationOptions relation;
  std::string name;
};

Exit Neighbours(const Options& options) {
  return RunVerb(
      options.relation, {options.name},
      [&](const graph::Snapshot& snapshot, const std::vector<std::string>& entities,
          const queries::EventFilter& filter) { return queries::Neighbours(snapshot, entities[0], filter); });
}

}  // namespace

void AddNeighbours(CLI::App& app, Exit& exit) {
  CLI::App* command = app.add_subcommand("neighbours", "Show who and what has events in common with an entity");
  const auto options = std::make_shared<Options>();
  command->add_option("ENTITY", options->name, "Its name or id, as sitgraph show takes it")->required();
  AddAnswerOptions(*command, options->relation);
  AddEventFilter(*command, options->relation);
  command->footer(kExamples);
  command->callback([options, &exit] { exit = Neighbours(*options); });
}

}  // namespace sitgraph::cli
