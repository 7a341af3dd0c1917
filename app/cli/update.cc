// sitgraph update: changes a graph by a SPARQL update.
#include "queries/update.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "app/cli/command.h"
#include "app/cli/console.h"
#include "app/cli/sparql_request.h"
#include "graph/store.h"
#include "src/resolve/graph_writer.h"

namespace sitgraph::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  sitgraph update --graph syria.graph 'INSERT DATA { <https://example.org/x> skos:prefLabel "X" }'
  sitgraph update --graph syria.graph --file corrections.ru
  sitgraph update --graph syria.graph 'LOAD <file:///data/gazetteer.ttl> INTO GRAPH <https://example.org/gazetteer>'

All of the request is done, or nothing. docs/queries.md tells more; prefixes need no declaration.)";

// A report's graph that was changed no longer says what the report says, and `build` takes the report for read.
base::Status TellOfReports(const graph::Store& store, const std::vector<std::string>& changed) {
  size_t reports = 0;
  std::string first;
  auto visited = resolve::VisitReports(*store.TakeSnapshot(), [&](const resolve::StoredReport& report) {
    if (!std::binary_search(changed.begin(), changed.end(), report.iri)) return true;
    if (reports++ == 0) first = report.id;
    return true;
  });
  if (!visited) return visited;
  if (reports > 0) {
    fmt::print(
        stderr,
        "note: this changed what {} ({}{}) is kept as saying; build and load leave it so until the report itself "
        "changes, and remove takes it back\n",
        Plural(reports, "report", "reports"), first, reports > 1 ? ", ..." : "");
  }
  return {};
}

Exit Update(const SparqlRequest& request) {
  const auto text = TextOf(request, "update");
  if (!text) return Report(text.error());
  const auto store = graph::Store::Open(request.graph);
  if (!store) return Report(store.error());
  const auto base_iri = resolve::BaseIriOf(*(*store)->TakeSnapshot());
  if (!base_iri) return Report(base_iri.error());

  queries::UpdateOptions settings;
  settings.base_iri = *base_iri;
  settings.load_files = true;
  settings.limits = LimitsOf(request);
  const auto summary = queries::RunUpdate(**store, *text, settings);
  if (!summary) {
    const Exit exit = ReportError(request, *text, summary.error());
    fmt::print(stderr, "nothing was changed\n");
    return exit;
  }
  ReportWarnings(request, *text, summary->warnings);
  fmt::print(stderr, "added {}, removed {}\n", Plural(summary->added, "statement", "statements"),
             Plural(summary->removed, "statement", "statements"));
  if (const auto told = TellOfReports(**store, summary->graphs); !told) return Report(told.error());
  return Exit::kDone;
}

}  // namespace

void AddUpdate(CLI::App& app, Exit& exit) {
  CLI::App* command = app.add_subcommand("update", "Change a graph by a SPARQL update");
  const auto request = std::make_shared<SparqlRequest>();
  AddRequest(*command, "update", *request);
  AddLimits(*command, *request);
  command->footer(kExamples);
  command->callback([request, &exit] { exit = Update(*request); });
}

}  // namespace sitgraph::cli
