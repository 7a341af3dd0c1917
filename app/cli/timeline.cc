// sitgraph timeline: what happened with or at an entity, by time.
#include <memory>

#include "app/cli/relation.h"
#include "queries/relations/verbs.h"

namespace sitgraph::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  sitgraph timeline Palmyra --graph syria.graph
  sitgraph timeline "Islamic State" --since 2017 --until 2017-06 --evidence --graph syria.graph)";

struct Options {
  RelationOptions relation;
  std::string name;
};

Exit Timeline(const Options& options) {
  return RunVerb(options.relation, {options.name},
                 [&](const graph::Snapshot& snapshot, const std::vector<std::string>& entities,
                     const queries::EventFilter& filter) { return queries::Timeline(snapshot, entities[0], filter); });
}

}  // namespace

void AddTimeline(CLI::App& app, Exit& exit) {
  CLI::App* command = app.add_subcommand("timeline", "Show the events of an entity by time, each happening once");
  const auto options = std::make_shared<Options>();
  command->add_option("ENTITY", options->name, "Its name or id, as sitgraph show takes it")->required();
  AddAnswerOptions(*command, options->relation);
  AddEventFilter(*command, options->relation);
  command->footer(kExamples);
  command->callback([options, &exit] { exit = Timeline(*options); });
}

}  // namespace sitgraph::cli
