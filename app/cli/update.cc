// sitgraph update: changes a graph by a SPARQL update.
#include "queries/update.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "app/cli/command.h"
#include "app/cli/console.h"
#include "app/cli/interrupt.h"
#include "base/file.h"
#include "graph/store.h"
#include "src/resolve/graph_writer.h"

namespace sitgraph::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  sitgraph update --graph syria.graph 'INSERT DATA { <https://example.org/x> skos:prefLabel "X" }'
  sitgraph update --graph syria.graph --file corrections.ru
  sitgraph update --graph syria.graph 'LOAD <file:///data/gazetteer.ttl> INTO GRAPH <https://example.org/gazetteer>'

All of the request is done, or nothing. docs/queries.md tells more; prefixes need no declaration.)";

constexpr uint64_t kMaxUpdateBytes = uint64_t{8} << 20;

struct Options {
  std::string graph, text, file;
  uint64_t seconds = 0, megabytes = 2048;
};

Exit ReportUpdateError(const Options& options, const std::string& text, base::Error error) {
  if (error.place.line == 0 || !error.place.file.empty()) return Report(error);
  error.place.file = options.file;
  fmt::print(stderr, "{}\n", base::ToStringWithCaret(error, text));
  return Exit::kFailed;
}

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

Exit Update(const Options& options) {
  if (options.text.empty() == options.file.empty()) {
    return Report({base::ErrorCode::kUsage, "give an update, or a file with one (--file)", {}, {}});
  }
  const auto text =
      options.file.empty() ? base::Result<std::string>(options.text) : base::ReadFile(options.file, kMaxUpdateBytes);
  if (!text) return Report(text.error());
  const auto store = graph::Store::Open(options.graph);
  if (!store) return Report(store.error());
  const auto base_iri = resolve::BaseIriOf(*(*store)->TakeSnapshot());
  if (!base_iri) return Report(base_iri.error());

  queries::UpdateOptions settings;
  settings.base_iri = *base_iri;
  settings.load_files = true;
  settings.limits.time = std::chrono::seconds(options.seconds);
  settings.limits.bytes = options.megabytes << 20;
  settings.limits.cancelled = &Interrupted();
  const auto summary = queries::RunUpdate(**store, *text, settings);
  if (!summary) {
    const Exit exit = ReportUpdateError(options, *text, summary.error());
    fmt::print(stderr, "nothing was changed\n");
    return exit;
  }
  for (base::Error warning : summary->warnings) {
    warning.message = "warning: " + warning.message;
    ReportUpdateError(options, *text, std::move(warning));
  }
  fmt::print(stderr, "added {}, removed {}\n", Plural(summary->added, "statement", "statements"),
             Plural(summary->removed, "statement", "statements"));
  if (const auto told = TellOfReports(**store, summary->graphs); !told) return Report(told.error());
  return Exit::kDone;
}

}  // namespace

void AddUpdate(CLI::App& app, Exit& exit) {
  CLI::App* command = app.add_subcommand("update", "Change a graph by a SPARQL update");
  const auto options = std::make_shared<Options>();
  command->add_option("UPDATE", options->text, "The update");
  AddGraphOption(*command, options->graph);
  command->add_option("-f,--file", options->file, "Read the update from a file (- for standard input)")
      ->type_name("FILE");
  command->add_option("--timeout", options->seconds, "Give up after so many seconds")->type_name("SECONDS");
  command->add_option("--memory", options->megabytes, "Give up where more MiB are needed")
      ->type_name("MIB")
      ->capture_default_str()
      ->check(CLI::Range(uint64_t{1}, uint64_t{1} << 24));
  command->footer(kExamples);
  command->callback([options, &exit] { exit = Update(*options); });
}

}  // namespace sitgraph::cli
