// sitgraph communities: groups of entities with more events among them than with others.
#include <memory>

#include "app/cli/relation.h"
#include "queries/relations/verbs.h"

namespace sitgraph::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  sitgraph communities --graph syria.graph
  sitgraph communities --since 2018 --most 5 --graph syria.graph)";

struct Options {
  RelationOptions relation;
  size_t most = 20;
};

Exit Communities(const Options& options) {
  return RunVerb(
      options.relation,
      [&](const graph::Snapshot& snapshot, const queries::EventFilter& filter) -> base::Result<queries::Answer> {
        return queries::FindCommunities(snapshot, filter, options.most);
      });
}

}  // namespace

void AddCommunities(CLI::App& app, Exit& exit) {
  CLI::App* command = app.add_subcommand("communities", "Show groups of entities that have events with each other");
  const auto options = std::make_shared<Options>();
  command->add_option("--most", options->most, "So many, the largest")->capture_default_str();
  AddAnswerOptions(*command, options->relation);
  AddEventFilter(*command, options->relation);
  command->footer(kExamples);
  command->callback([options, &exit] { exit = Communities(*options); });
}

}  // namespace sitgraph::cli
