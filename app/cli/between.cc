// sitgraph between: all events that two entities have in common.
#include <memory>

#include "app/cli/relation.h"
#include "queries/relations/verbs.h"

namespace sitgraph::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  sitgraph between "Syrian Democratic Forces" "Islamic State" --graph syria.graph
  sitgraph between organization/turkey place/afrin --format json --graph syria.graph)";

struct Options {
  RelationOptions relation;
  std::string from, to;
};

Exit Between(const Options& options) {
  return RunVerb(
      options.relation, {options.from, options.to},
      [&](const graph::Snapshot& snapshot, const std::vector<std::string>& entities,
          const queries::EventFilter& filter) { return queries::Between(snapshot, entities[0], entities[1], filter); });
}

}  // namespace

void AddBetween(CLI::App& app, Exit& exit) {
  CLI::App* command = app.add_subcommand("between", "Show all that two entities did with or to each other");
  const auto options = std::make_shared<Options>();
  command->add_option("A", options->from, "The one, by name or id as sitgraph show takes it")->required();
  command->add_option("B", options->to, "The other")->required();
  AddAnswerOptions(*command, options->relation);
  AddEventFilter(*command, options->relation);
  command->footer(kExamples);
  command->callback([options, &exit] { exit = Between(*options); });
}

}  // namespace sitgraph::cli
