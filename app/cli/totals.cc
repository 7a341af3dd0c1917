// sitgraph totals: sums of what is counted, each happening once.
#include <memory>

#include "app/cli/relation.h"
#include "queries/relations/verbs.h"

namespace sitgraph::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  sitgraph totals --type casualties --graph syria.graph
  sitgraph totals Palmyra --by what --evidence --graph syria.graph
  sitgraph totals --type evacuation,withdrawal --by month --since 2018 --graph syria.graph)";

struct Options {
  RelationOptions relation;
  std::string name, by = "type";
};

Exit Totals(const Options& options) {
  const std::vector<std::string> names(options.name.empty() ? 0 : 1, options.name);
  return RunVerb(options.relation, names,
                 [&](const graph::Snapshot& snapshot, const std::vector<std::string>& entities,
                     const queries::EventFilter& filter) {
                   const auto entity = entities.empty() ? std::nullopt : std::optional(entities[0]);
                   return queries::Totals(snapshot, entity, filter, *queries::TotalsByOf(options.by));
                 });
}

}  // namespace

void AddTotals(CLI::App& app, Exit& exit) {
  CLI::App* command = app.add_subcommand("totals", "Add up what reports count, each happening once, with the range");
  const auto options = std::make_shared<Options>();
  command->add_option("ENTITY", options->name, "Only of this one; its name or id, as sitgraph show takes it");
  command->add_option("--by", options->by, "Sums by what besides: type, what, place, month, agent")
      ->capture_default_str()
      ->check(CLI::IsMember({"type", "what", "place", "month", "agent"}));
  AddAnswerOptions(*command, options->relation);
  AddEventFilter(*command, options->relation);
  command->footer(kExamples);
  command->callback([options, &exit] { exit = Totals(*options); });
}

}  // namespace sitgraph::cli
