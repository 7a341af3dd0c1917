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
  return RunVerb(
      options.relation,
      [&](const graph::Snapshot& snapshot, const queries::EventFilter& filter) -> base::Result<queries::Answer> {
        std::optional<std::string> entity;
        if (!options.name.empty()) {
          const auto found = EntityOf(snapshot, options.name);
          if (!found) return base::Fail(found.error());
          entity = *found;
        }
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
