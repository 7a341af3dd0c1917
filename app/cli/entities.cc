// sitgraph entities: the entities of a graph; with --review those whose identity is in doubt.
#include <memory>

#include "app/cli/reading.h"
#include "app/cli/relation.h"
#include "queries/relations/review.h"
#include "queries/relations/verbs.h"
#include "src/resolve/graph_writer.h"

namespace sitgraph::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  sitgraph entities --kind person --graph syria.graph
  sitgraph entities --review --evidence --graph syria.graph      doubtful ones, and how to decide on them
  sitgraph build reports/ --decisions decisions.csv --graph syria.graph

docs/identity.md tells what goes into a decisions file.)";

struct Options {
  RelationOptions relation;
  std::string kind, codebook;
  bool review = false;
  size_t most = 100;
};

Exit Entities(const Options& options) {
  if (!options.review) {
    return RunVerb(options.relation, [&](const graph::Snapshot& snapshot, const queries::EventFilter& filter) {
      return queries::Rank(snapshot, filter, {queries::RankBy::kDegree, options.kind, options.most});
    });
  }
  const auto codebook = LoadCodebook(options.codebook);
  if (!codebook) return Exit::kFailed;
  return RunVerb(options.relation,
                 [&](const graph::Snapshot& snapshot, const queries::EventFilter&) -> base::Result<queries::Answer> {
                   const auto base_iri = resolve::BaseIriOf(snapshot);
                   if (!base_iri) return base::Fail(base_iri.error());
                   return queries::ReviewEntities(snapshot, *codebook, *base_iri);
                 });
}

}  // namespace

void AddEntities(CLI::App& app, Exit& exit) {
  CLI::App* command = app.add_subcommand("entities", "List entities, or those whose identity is in doubt (--review)");
  const auto options = std::make_shared<Options>();
  command->add_flag("--review", options->review, "Doubtful merges and splits, each with the decision that settles it");
  command->add_option("--kind", options->kind, "Only place, facility, force, organization, person, people, materiel")
      ->check(CLI::IsMember({"place", "facility", "force", "organization", "person", "people", "materiel"}));
  command->add_option("--most", options->most, "So many, those with most others first")->capture_default_str();
  AddAnswerOptions(*command, options->relation);
  AddCodebookOption(*command, options->codebook);
  command->footer(kExamples);
  command->callback([options, &exit] { exit = Entities(*options); });
}

}  // namespace sitgraph::cli
