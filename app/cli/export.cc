// sitgraph export: the graph as a file for other programs.
#include "exporters/export.h"

#include <fmt/format.h>

#include <memory>

#include "app/cli/command.h"
#include "app/cli/console.h"
#include "app/cli/export_filter.h"
#include "app/cli/progress.h"
#include "graph/store.h"
#include "src/resolve/graph_writer.h"

namespace sitgraph::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  sitgraph export --graph syria.graph --output syria.graphml         for Gephi, networkx, yEd
  sitgraph export --graph syria.graph --output syria.gexf            for Gephi, with a timeline
  sitgraph export --graph syria.graph --view actors --since 2018-05 --output may.gexf
  sitgraph export --graph syria.graph --where '?e sg:target ?t . ?t a sg:Facility' --output facilities.graphml
  sitgraph export --graph syria.graph --format turtle | less         RDF for people
  sitgraph export --graph syria.graph --output syria.nq              RDF with the reports as named graphs)";

struct Options {
  std::string graph, format, output = "-", gexf_version = "1.3", view = "events", layout = "auto", size_by = "degree";
  bool strict = false, reports = false;
  FilterOptions filter;
};

base::Result<exporters::Format> FormatOf(const Options& options) {
  if (!options.format.empty()) return exporters::ParseFormat(options.format);
  if (const auto format = exporters::FormatOfPath(options.output)) return *format;
  return base::Fail(base::ErrorCode::kUsage, "the format is not known from the output's name", {options.output},
                    fmt::format("give --format {}", fmt::join(exporters::FormatNames(), "|")));
}

Exit Export(const Options& options) {
  const auto format = FormatOf(options);
  if (!format) return Report(format.error());
  const auto version = exporters::ParseGexfVersion(options.gexf_version);
  if (!version) return Report(version.error());
  const auto view = exporters::ParseView(options.view);
  if (!view) return Report(view.error());
  const auto layout = exporters::ParseLayout(options.layout);
  if (!layout) return Report(layout.error());
  const auto size_by = exporters::ParseSizeBy(options.size_by);
  if (!size_by) return Report(size_by.error());
  const auto store = graph::Store::Open(options.graph, {.read_only = true});
  if (!store) return Report(store.error());
  const auto snapshot = (*store)->TakeSnapshot();
  const auto base_iri = resolve::BaseIriOf(*snapshot);
  if (!base_iri) return Report(base_iri.error());
  auto filter = FilterOf(options.filter, *snapshot, *base_iri);
  if (!filter) return Report(filter.error());

  exporters::ExportOptions settings;
  settings.view = *view;
  settings.layout = *layout;
  settings.size_by = *size_by;
  settings.filter = std::move(*filter);
  settings.format = *format;
  settings.path = options.output;
  settings.strict = options.strict;
  settings.gexf_version = *version;
  settings.reports = options.reports;
  settings.base_iri = *base_iri;
  const auto summary = [&] {
    Progress progress("elements");
    settings.progress = [&](uint64_t written) { progress.Update(written); };
    return exporters::Export(*snapshot, settings);
  }();
  if (!summary) return Report(summary.error());

  if (options.output == "-") return Exit::kDone;
  if (*format == exporters::Format::kGraphMl || *format == exporters::Format::kGexf) {
    fmt::print(stderr, "{}: {}, {}\n", options.output, Plural(summary->nodes, "node", "nodes"),
               Plural(summary->edges, "edge", "edges"));
  } else {
    fmt::print(stderr, "{}: {}\n", options.output, Plural(summary->statements, "statement", "statements"));
  }
  if (summary->edges_left_out > 0) {
    fmt::print(stderr, "{} left out: an end is of no class that is drawn (RDF formats have them)\n",
               Plural(summary->edges_left_out, "relation", "relations"));
  }
  return Exit::kDone;
}

}  // namespace

void AddExport(CLI::App& app, Exit& exit) {
  CLI::App* command = app.add_subcommand("export", "Write the graph for Gephi or as RDF");
  const auto options = std::make_shared<Options>();
  AddGraphOption(*command, options->graph);
  command->add_option("--format", options->format,
                      fmt::format("{} (default: by the output's name)", fmt::join(exporters::FormatNames(), ", ")));
  command->add_option("-o,--output", options->output, "File, whole or not at all; - for standard output")
      ->type_name("FILE")
      ->capture_default_str();
  command->add_option("--view", options->view, fmt::format("{}", fmt::join(exporters::ViewNames(), ", ")))
      ->capture_default_str();
  AddFilterOptions(*command, options->filter);
  command->add_option("--layout", options->layout, "forceatlas2, geo (a map), none; auto: forceatlas2 unless too large")
      ->capture_default_str();
  command->add_option("--size", options->size_by, "What sizes of nodes tell: degree, people (affected by an event)")
      ->capture_default_str();
  command->add_flag("--strict", options->strict, "GraphML that its XML schema accepts, without what only Gephi reads");
  command->add_option("--gexf-version", options->gexf_version, "1.3, or 1.2 for older readers")->capture_default_str();
  command->add_flag("--reports", options->reports, "Reports are nodes too (GraphML, GEXF)");
  command->footer(kExamples);
  command->callback([options, &exit] { exit = Export(*options); });
}

}  // namespace sitgraph::cli
