// sitgraph stats: what is in a graph, at a glance.
#include <fmt/format.h>

#include <memory>

#include "app/cli/command.h"
#include "app/cli/console.h"
#include "app/cli/interrupt.h"
#include "graph/store.h"
#include "queries/graph_summary.h"

namespace sitgraph::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  sitgraph stats --graph syria.graph
  sitgraph stats --graph syria.graph --format json | jq .events_by_type)";

struct Options {
  std::string graph, format = "text";
};

Exit Stats(const Options& options) {
  EndOnInterrupt();
  const auto store = graph::Store::Open(options.graph, {.read_only = true});
  if (!store) return Report(store.error());
  const auto summary = queries::Summarise(*(*store)->TakeSnapshot());
  if (!summary) return Report(summary.error());
  if (options.format == "json") {
    const auto printed = Print(queries::ToJson(*summary) + "\n");
    return printed ? Exit::kDone : Report(printed.error());
  }
  const auto size = (*store)->Statistics();
  if (!size) return Report(size.error());
  const auto printed = Print(queries::ToText(*summary) + fmt::format("{:<18} {:>8}   {} terms, {:.1f} MB on disk\n",
                                                                     "RDF statements", size->quads, size->terms,
                                                                     static_cast<double>(size->bytes_on_disk) / 1e6));
  return printed ? Exit::kDone : Report(printed.error());
}

}  // namespace

void AddStats(CLI::App& app, Exit& exit) {
  CLI::App* command = app.add_subcommand("stats", "Tell what is in a graph");
  const auto options = std::make_shared<Options>();
  AddGraphOption(*command, options->graph);
  command->add_option("--format", options->format, "text, json")
      ->capture_default_str()
      ->check(CLI::IsMember({"text", "json"}));
  command->footer(kExamples);
  command->callback([options, &exit] { exit = Stats(*options); });
}

}  // namespace sitgraph::cli
