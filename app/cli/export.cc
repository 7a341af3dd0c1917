// sitgraph export: the graph as a file for other programs.
#include "exporters/export.h"

#include <fmt/format.h>

#include <memory>
#include <utility>

#include "app/cli/command.h"
#include "app/cli/console.h"
#include "app/cli/export_codes.h"
#include "app/cli/export_filter.h"
#include "app/cli/progress.h"
#include "app/cli/reading.h"
#include "exporters/loss.h"
#include "graph/store.h"
#include "src/resolve/graph_writer.h"

namespace sitgraph::cli {
namespace {

using base::Result;
using exporters::ExportOptions;
using exporters::ExportSummary;
using exporters::Family;
using exporters::Format;

constexpr const char* kExamples = R"(Examples:
  sitgraph export --graph syria.graph --output syria.graphml         for Gephi, networkx, yEd
  sitgraph export --graph syria.graph --output syria.gexf            for Gephi, with a timeline
  sitgraph export --graph syria.graph --view actors --since 2018-05 --output may.gexf
  sitgraph export --graph syria.graph --where '?e sg:target ?t . ?t a sg:Facility' --output facilities.graphml
  sitgraph export --graph syria.graph --output events.csv            a table with ACLED's and UCDP's columns
  sitgraph export --graph syria.graph --output events.geojson        for QGIS, Leaflet
  sitgraph export --graph syria.graph --format turtle | less         RDF for people
  sitgraph export --graph syria.graph --output syria.nq              RDF with the reports as named graphs)";

struct Options {
  std::string graph, format, output = "-", gexf_version = "1.3", rdf = "plain", view = "events", layout = "auto",
                             size_by = "degree", codebook;
  bool strict = false, reports = false, explain_loss = false;
  FilterOptions filter;
};

Result<Format> FormatOf(const Options& options) {
  if (!options.format.empty()) return exporters::ParseFormat(options.format);
  if (const auto format = exporters::FormatOfPath(options.output)) return *format;
  return base::Fail(base::ErrorCode::kUsage, "the format is not known from the output's name", {options.output},
                    fmt::format("give --format {}", fmt::join(exporters::FormatNames(), "|")));
}

// What needs no graph.
Result<ExportOptions> SettingsOf(const Options& options) {
  ExportOptions settings;
  settings.path = options.output;
  settings.strict = options.strict;
  settings.reports = options.reports;
  const auto set = [](auto parsed, auto& field) -> base::Status {
    if (!parsed) return base::Fail(parsed.error());
    field = *parsed;
    return {};
  };
  for (const base::Status& status : {set(FormatOf(options), settings.format),
                                     set(exporters::ParseGexfVersion(options.gexf_version), settings.gexf_version),
                                     set(exporters::ParseRdfVariant(options.rdf), settings.rdf_variant),
                                     set(exporters::ParseView(options.view), settings.view),
                                     set(exporters::ParseLayout(options.layout), settings.layout),
                                     set(exporters::ParseSizeBy(options.size_by), settings.size_by)}) {
    if (!status) return base::Fail(status.error());
  }
  return settings;
}

void PrintSummary(const Options& options, Format format, const ExportSummary& summary) {
  std::string line;
  const auto count = [&line](uint64_t number, std::string_view singular, std::string_view plural) {
    line += (line.empty() ? "" : ", ") + Plural(number, singular, plural);
  };
  const Family family = exporters::FamilyOf(format);
  if (family == Family::kView || family == Family::kFolder) {
    count(summary.nodes, "node", "nodes");
    count(summary.edges, "edge", "edges");
  }
  if (family == Family::kEvents || summary.events > 0) count(summary.events, "event", "events");
  if (family == Family::kRdf) count(summary.statements, "statement", "statements");
  fmt::print(stderr, "{}: {}\n", options.output, line);
  if (summary.edges_left_out > 0) {
    fmt::print(stderr, "{} left out: an end is of no class that is drawn (RDF formats have them)\n",
               Plural(summary.edges_left_out, "relation", "relations"));
  }
  if (summary.statements_left_out > 0) {
    fmt::print(stderr, "{} left out: RDF/XML cannot write the predicate\n",
               Plural(summary.statements_left_out, "statement", "statements"));
  }
  if (summary.events_left_out > 0) {
    fmt::print(stderr, "{} left out: nothing dates them\n", Plural(summary.events_left_out, "event", "events"));
  }
}

void PrintLosses(Format format) {
  const auto losses = exporters::LossesOf(format);
  fmt::print(stderr, "{}\n", losses.empty() ? "this format carries the whole graph" : "this format does not carry");
  for (const std::string_view loss : losses) fmt::print(stderr, "  - {}\n", loss);
}

Exit Export(const Options& options) {
  auto settings = SettingsOf(options);
  if (!settings) return Report(settings.error());
  const auto store = graph::Store::Open(options.graph, {.read_only = true});
  if (!store) return Report(store.error());
  const auto snapshot = (*store)->TakeSnapshot();
  const auto base_iri = resolve::BaseIriOf(*snapshot);
  if (!base_iri) return Report(base_iri.error());
  settings->base_iri = *base_iri;
  auto chosen = Choose(options.filter, *snapshot, *base_iri);
  if (!chosen) return Report(chosen.error());
  settings->filter = std::move(chosen->filter);
  settings->constructed = std::move(chosen->constructed);
  std::optional<codebook::Codebook> codebook;
  std::optional<CodebookCodes> codes;
  if (settings->format == Format::kCsv || settings->format == Format::kEvents) {
    codebook = LoadCodebook(options.codebook);
    if (!codebook) return Exit::kFailed;
    settings->codes = &codes.emplace(*codebook, *base_iri);
  }

  const auto summary = [&] {
    Progress layout("steps of the layout");
    Progress progress("elements");
    settings->layout_progress = [&](int done, int all) {
      layout.Update(static_cast<uint64_t>(done), static_cast<uint64_t>(done), static_cast<uint64_t>(all));
    };
    settings->progress = [&](uint64_t written) { progress.Update(written); };
    return exporters::Export(*snapshot, *settings);
  }();
  if (!summary) return Report(summary.error());
  if (options.output != "-") PrintSummary(options, settings->format, *summary);
  if (options.explain_loss) PrintLosses(settings->format);
  return Exit::kDone;
}

}  // namespace

void AddExport(CLI::App& app, Exit& exit) {
  CLI::App* command = app.add_subcommand("export", "Write the graph for Gephi, as tables, maps or RDF");
  const auto options = std::make_shared<Options>();
  AddGraphOption(*command, options->graph);
  command->add_option("--format", options->format,
                      fmt::format("{} (default: by the output's name)", fmt::join(exporters::FormatNames(), ", ")));
  command
      ->add_option("-o,--output", options->output,
                   "File, whole or not at all; - for standard output; a folder for csv and neo4j")
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
  command
      ->add_option("--rdf", options->rdf,
                   "plain; 1.2: statements about statements as reifiers and triple terms; nanopub: nanopublications")
      ->capture_default_str();
  command->add_flag("--reports", options->reports, "Reports are nodes too");
  command->add_option("--codebook", options->codebook, "A codebook of your own, for the codes in tables of events")
      ->type_name("DIR");
  command->add_flag("--explain-loss", options->explain_loss, "Tell what the format cannot carry");
  command->footer(kExamples);
  command->callback([options, &exit] { exit = Export(*options); });
}

}  // namespace sitgraph::cli
