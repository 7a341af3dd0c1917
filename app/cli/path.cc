// sitgraph path: the ways from one entity to another, and what each step means.
#include <memory>

#include "app/cli/relation.h"
#include "queries/relations/verbs.h"

namespace sitgraph::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  sitgraph path Surovkin Uqayribat --graph syria.graph
  sitgraph path "Ahrar al-Sham" place/idlib --paths 5 --evidence --graph syria.graph
  sitgraph path Hezbollah Palmyra --format graphml --output path.graphml --graph syria.graph)";

struct Options {
  RelationOptions relation;
  std::string from, to;
  queries::PathOptions path;
};

Exit Path(const Options& options) {
  return RunVerb(options.relation, {options.from, options.to},
                 [&](const graph::Snapshot& snapshot, const std::vector<std::string>& entities,
                     const queries::EventFilter& filter) {
                   return queries::FindPaths(snapshot, entities[0], entities[1], filter, options.path);
                 });
}

}  // namespace

void AddPath(CLI::App& app, Exit& exit) {
  CLI::App* command = app.add_subcommand("path", "Show the shortest ways from one entity to another");
  const auto options = std::make_shared<Options>();
  command->add_option("A", options->from, "The one, by name or id as sitgraph show takes it")->required();
  command->add_option("B", options->to, "The other")->required();
  command->add_option("--paths", options->path.paths, "So many, the shortest first")
      ->capture_default_str()
      ->check(CLI::Range(size_t{1}, size_t{100}));
  command->add_option("--max-steps", options->path.max_steps, "None with more steps")
      ->capture_default_str()
      ->check(CLI::Range(size_t{1}, size_t{50}));
  AddAnswerOptions(*command, options->relation);
  AddEventFilter(*command, options->relation);
  command->footer(kExamples);
  command->callback([options, &exit] { exit = Path(*options); });
}

}  // namespace sitgraph::cli
