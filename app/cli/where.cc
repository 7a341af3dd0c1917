// sitgraph where: where events took place.
#include <memory>

#include "app/cli/relation.h"
#include "queries/relations/verbs.h"

namespace sitgraph::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  sitgraph where --type airstrike --graph syria.graph
  sitgraph where "Ahrar al-Sham" --graph syria.graph)";

struct Options {
  RelationOptions relation;
  std::string name;
};

Exit Where(const Options& options) {
  const std::vector<std::string> names(options.name.empty() ? 0 : 1, options.name);
  return RunVerb(options.relation, names,
                 [&](const graph::Snapshot& snapshot, const std::vector<std::string>& entities,
                     const queries::EventFilter& filter) {
                   const auto entity = entities.empty() ? std::nullopt : std::optional(entities[0]);
                   return queries::Where(snapshot, entity, filter);
                 });
}

}  // namespace

void AddWhere(CLI::App& app, Exit& exit) {
  CLI::App* command = app.add_subcommand("where", "Show where events took place, the places with most first");
  const auto options = std::make_shared<Options>();
  command->add_option("ENTITY", options->name, "Only of this one; its name or id, as sitgraph show takes it");
  AddAnswerOptions(*command, options->relation);
  AddEventFilter(*command, options->relation);
  command->footer(kExamples);
  command->callback([options, &exit] { exit = Where(*options); });
}

}  // namespace sitgraph::cli
