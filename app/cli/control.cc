// sitgraph control: who held a place when.
#include <memory>

#include "app/cli/relation.h"
#include "queries/relations/verbs.h"

namespace sitgraph::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  sitgraph control Palmyra --graph syria.graph
  sitgraph control "Homs Governorate" --evidence --graph syria.graph)";

struct Options {
  RelationOptions relation;
  std::string name;
};

Exit Control(const Options& options) {
  return RunVerb(options.relation, {options.name},
                 [&](const graph::Snapshot& snapshot, const std::vector<std::string>& entities,
                     const queries::EventFilter& filter) { return queries::Control(snapshot, entities[0], filter); });
}

}  // namespace

void AddControl(CLI::App& app, Exit& exit) {
  CLI::App* command = app.add_subcommand("control", "Show who held a place when, as reports tell it");
  const auto options = std::make_shared<Options>();
  command->add_option("PLACE", options->name, "Its name or id, as sitgraph show takes it")->required();
  AddAnswerOptions(*command, options->relation);
  AddEventFilter(*command, options->relation);
  command->footer(kExamples);
  command->callback([options, &exit] { exit = Control(*options); });
}

}  // namespace sitgraph::cli
