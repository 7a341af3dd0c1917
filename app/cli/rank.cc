// sitgraph rank: entities by their place in the network of events.
#include <memory>

#include "app/cli/relation.h"
#include "queries/relations/verbs.h"

namespace sitgraph::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  sitgraph rank --kind force --graph syria.graph
  sitgraph rank --by betweenness --since 2018 --graph syria.graph)";

struct Options {
  RelationOptions relation;
  std::string by = "degree";
  queries::RankOptions rank;
};

Exit Rank(const Options& options) {
  return RunVerb(
      options.relation,
      [&](const graph::Snapshot& snapshot, const queries::EventFilter& filter) -> base::Result<queries::Answer> {
        queries::RankOptions rank = options.rank;
        rank.by = *queries::RankByOf(options.by);
        return queries::Rank(snapshot, filter, rank);
      });
}

}  // namespace

void AddRank(CLI::App& app, Exit& exit) {
  CLI::App* command = app.add_subcommand("rank", "Rank entities by their place in the network of events");
  const auto options = std::make_shared<Options>();
  command->add_option("--by", options->by, "degree (how many others), pagerank, betweenness")
      ->capture_default_str()
      ->check(CLI::IsMember({"degree", "pagerank", "betweenness"}));
  command
      ->add_option("--kind", options->rank.kind, "Only place, facility, force, organization, person, people, materiel")
      ->check(CLI::IsMember({"place", "facility", "force", "organization", "person", "people", "materiel"}));
  command->add_option("--most", options->rank.most, "So many, the first")->capture_default_str();
  AddAnswerOptions(*command, options->relation);
  AddEventFilter(*command, options->relation);
  command->footer(kExamples);
  command->callback([options, &exit] { exit = Rank(*options); });
}

}  // namespace sitgraph::cli
