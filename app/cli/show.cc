// sitgraph show: all that is known of one place, force, person, organization, people or materiel.
#include <fmt/format.h>

#include <memory>

#include "app/cli/command.h"
#include "app/cli/console.h"
#include "app/cli/interrupt.h"
#include "graph/store.h"
#include "queries/entity_report.h"

namespace sitgraph::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  sitgraph show Palmyra --graph syria.graph
  sitgraph show "syrian army" --graph syria.graph         case, accents and punctuation do not matter
  sitgraph show place/palmyra --format json --graph syria.graph)";

struct Options {
  std::string name, graph, format = "text";
  queries::EntityReportOptions report;
};

Exit Show(const Options& options) {
  EndOnInterrupt();
  const auto store = graph::Store::Open(options.graph, {.read_only = true});
  if (!store) return Report(store.error());
  const auto snapshot = (*store)->TakeSnapshot();
  const auto candidates = queries::FindEntities(*snapshot, options.name);
  if (!candidates) return Report(candidates.error());
  if (candidates->size() > 1) {
    fmt::print(stderr, "sitgraph: several are called '{}'; name one by its id:\n{}", options.name,
               queries::ToText(*candidates));
    return Exit::kFailed;
  }
  const auto report = queries::ReportEntity(*snapshot, candidates->front().entity.iri, options.report);
  if (!report) return Report(report.error());
  const auto printed =
      Print(options.format == "json" ? queries::ToJson(*report) + "\n" : queries::ToText(*report, OutputWidth()));
  return printed ? Exit::kDone : Report(printed.error());
}

}  // namespace

void AddShow(CLI::App& app, Exit& exit) {
  CLI::App* command = app.add_subcommand("show", "Tell all that is known of one place, force, person, ...");
  const auto options = std::make_shared<Options>();
  command->add_option("ENTITY", options->name, "Its name, or its id as queries give it")->required();
  AddGraphOption(*command, options->graph);
  command->add_option("--format", options->format, "text, json")
      ->capture_default_str()
      ->check(CLI::IsMember({"text", "json"}));
  command->add_option("--max-events", options->report.max_events, "Show no more events than that")
      ->capture_default_str();
  command->footer(kExamples);
  command->callback([options, &exit] { exit = Show(*options); });
}

}  // namespace sitgraph::cli
