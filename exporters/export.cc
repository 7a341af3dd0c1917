#include "exporters/export.h"

#include <filesystem>
#include <utility>

#include "base/file.h"
#include "exporters/constructed_view.h"
#include "exporters/csv_tables.h"
#include "exporters/gexf.h"
#include "exporters/graphml.h"
#include "exporters/maps.h"
#include "exporters/rdf.h"

namespace sitgraph::exporters {
namespace {

using base::ErrorCode;
using base::Fail;
using base::Result;
using base::Status;

// Calls back once in kEvery steps, for the callback may draw on a terminal.
class ProgressCounter {
 public:
  explicit ProgressCounter(const std::function<void(uint64_t)>& progress) : progress_(&progress) {}
  void Step() {
    if (++steps_ % kEvery == 0 && *progress_) (*progress_)(steps_);
  }

 private:
  static constexpr uint64_t kEvery = 4096;
  const std::function<void(uint64_t)>* progress_;
  uint64_t steps_ = 0;
};

Result<std::unique_ptr<LooksView>> MakeLooksView(const graph::Snapshot& snapshot, const ExportOptions& options,
                                                 bool with_positions) {
  auto plain = options.constructed
                   ? ConstructedView::Create(snapshot, *options.constructed)
                   : MakeView(snapshot, options.view, {.reports = options.reports, .filter = options.filter});
  if (!plain) return Fail(plain.error());
  return LooksView::Create(std::move(*plain), {.layout = with_positions ? options.layout : Layout::kNone,
                                               .size_by = options.size_by,
                                               .progress = options.layout_progress});
}

Status ExportView(View& view, const ExportOptions& options, base::AtomicFile& out, ExportSummary& summary) {
  ProgressCounter progress(options.progress);
  const auto written = [&](bool is_node) {
    ++(is_node ? summary.nodes : summary.edges);
    progress.Step();
  };
  return options.format == Format::kGraphMl
             ? WriteGraphMl(view, {.strict = options.strict, .base_iri = options.base_iri}, out, written)
             : WriteGexf(view, {.version = options.gexf_version, .base_iri = options.base_iri}, out, written);
}

Status ExportEvents(View& view, const ExportOptions& options, base::AtomicFile& out, ExportSummary& summary) {
  ProgressCounter progress(options.progress);
  const auto written = [&] {
    ++summary.events;
    progress.Step();
  };
  if (options.format == Format::kEvents) {
    return WriteEvents(view, {.base_iri = options.base_iri, .codes = options.codes}, out, written);
  }
  const auto write = options.format == Format::kGeoJson ? WriteGeoJson
                     : options.format == Format::kKml   ? WriteKml
                                                        : WriteTimeline;
  const auto done = write(view, {.base_iri = options.base_iri}, out, written);
  if (!done) return Fail(done.error());
  summary.events_left_out = done->left_out;
  return {};
}

RdfForm RdfFormOf(Format format) {
  switch (format) {
    case Format::kTriG:
      return RdfForm::kTriG;
    case Format::kNTriples:
      return RdfForm::kNTriples;
    case Format::kNQuads:
      return RdfForm::kNQuads;
    case Format::kRdfXml:
      return RdfForm::kRdfXml;
    case Format::kJsonLd:
      return RdfForm::kJsonLd;
    default:
      return RdfForm::kTurtle;
  }
}

Result<RdfSelection> SelectStatements(const graph::Snapshot& snapshot, const Filter& filter) {
  const auto reader = GraphReader::Create(snapshot);
  if (!reader) return Fail(reader.error());
  const auto chosen = Selection::Create(*reader, filter);
  if (!chosen) return Fail(chosen.error());
  return RdfSelection::Create(*reader, *chosen);
}

Status ExportRdf(const graph::Snapshot& snapshot, const ExportOptions& options, base::AtomicFile& out,
                 ExportSummary& summary) {
  std::optional<RdfSelection> selection;
  if (!options.filter.empty()) {
    auto made = SelectStatements(snapshot, options.filter);
    if (!made) return Fail(made.error());
    selection = std::move(*made);
  }
  ProgressCounter progress(options.progress);
  const RdfOptions settings = {.form = RdfFormOf(options.format),
                               .variant = options.rdf_variant,
                               .base_iri = options.base_iri,
                               .selection = selection ? &*selection : nullptr,
                               .triples = options.constructed ? &*options.constructed : nullptr};
  const auto left_out = WriteRdf(snapshot, settings, out, [&] {
    ++summary.statements;
    progress.Step();
  });
  if (!left_out) return Fail(left_out.error());
  summary.statements_left_out = *left_out;
  summary.statements -= *left_out;
  return {};
}

struct Table {
  std::string_view file;
  Status (*write)(View&, const TableOptions&, base::AtomicFile&, const RowCounter&);
  uint64_t ExportSummary::*rows;
};

// Writes the tables of a folder and puts them in place together.
Status ExportTables(View& view, const ExportOptions& options, ExportSummary& summary) {
  std::vector<Table> tables = {{"nodes.csv", WriteNeo4jNodes, &ExportSummary::nodes},
                               {"relationships.csv", WriteNeo4jRelationships, &ExportSummary::edges}};
  if (options.format == Format::kCsv) {
    tables = {{"nodes.csv", WriteNodes, &ExportSummary::nodes}, {"edges.csv", WriteEdges, &ExportSummary::edges}};
    if (options.view == ViewKind::kEvents) tables.push_back({"events.csv", WriteEvents, &ExportSummary::events});
  }
  ProgressCounter progress(options.progress);
  std::vector<base::AtomicFile> files;
  for (const Table& table : tables) {
    auto file = base::AtomicFile::Create((std::filesystem::path(options.path) / table.file).string());
    if (!file) return Fail(file.error());
    const Status written = table.write(view, {.base_iri = options.base_iri, .codes = options.codes}, *file, [&] {
      ++(summary.*table.rows);
      progress.Step();
    });
    if (!written) return written;
    files.push_back(std::move(*file));
  }
  for (base::AtomicFile& file : files) {
    if (Status committed = file.Commit(); !committed) return committed;
  }
  return {};
}

Result<ExportSummary> ExportFolder(const graph::Snapshot& snapshot, const ExportOptions& options) {
  if (options.path == "-") {
    return Fail(ErrorCode::kUsage, "this format is several files, and needs a folder as output", {},
                "give --output FOLDER, or --format events for one table");
  }
  auto view = MakeLooksView(snapshot, options, options.format == Format::kCsv);
  if (!view) return Fail(view.error());
  std::error_code error;
  const bool is_new = std::filesystem::create_directories(options.path, error);
  if (error) return Fail(ErrorCode::kIo, "the folder cannot be made: " + error.message(), {options.path});
  ExportSummary summary;
  const Status written = ExportTables(**view, options, summary);
  if (!written) {
    if (is_new) std::filesystem::remove(options.path, error);
    return Fail(written.error());
  }
  summary.layout = (*view)->layout();
  summary.edges_left_out = (*view)->edges_left_out();
  return summary;
}

Status CheckOptions(const ExportOptions& options) {
  const Family family = FamilyOf(options.format);
  if (options.constructed &&
      (!options.filter.empty() || options.view != ViewKind::kEvents || options.rdf_variant != RdfVariant::kPlain)) {
    return Fail(ErrorCode::kUsage,
                "what a query constructs is exported as it is: views, filters and --rdf have no part in it", {},
                "let the query choose, or give --where a pattern or SELECT");
  }
  if (family == Family::kRdf && options.view != ViewKind::kEvents) {
    return Fail(ErrorCode::kUsage, "views are for nodes and edges, RDF is the graph itself", {},
                "filters choose a part of it: --since, --until, --type, --place, --where");
  }
  if (family == Family::kRdf) return CheckVariant(RdfFormOf(options.format), options.rdf_variant);
  if (options.rdf_variant != RdfVariant::kPlain) {
    return Fail(ErrorCode::kUsage, "the format is not RDF", {}, "leave out --rdf");
  }
  if (family == Family::kEvents && options.view != ViewKind::kEvents && options.view != ViewKind::kClaims) {
    return Fail(ErrorCode::kUsage, "this format shows events, and the view has none", {}, "leave out --view");
  }
  return {};
}

}  // namespace

Result<GexfVersion> ParseGexfVersion(std::string_view name) {
  if (name == "1.3") return GexfVersion::k13;
  if (name == "1.2" || name == "1.2draft") return GexfVersion::k12Draft;
  return Fail(ErrorCode::kUsage, "unknown GEXF version \"" + std::string(name) + "\"", {}, "versions: 1.3, 1.2");
}

Result<RdfVariant> ParseRdfVariant(std::string_view name) {
  if (name == "plain" || name == "1.1") return RdfVariant::kPlain;
  if (name == "1.2") return RdfVariant::kReifiers;
  if (name == "nanopub") return RdfVariant::kNanopublications;
  return Fail(ErrorCode::kUsage, "unknown form of RDF \"" + std::string(name) + "\"", {}, "forms: plain, 1.2, nanopub");
}

Result<ExportSummary> Export(const graph::Snapshot& snapshot, const ExportOptions& options) {
  if (Status status = CheckOptions(options); !status) return Fail(status.error());
  const Family family = FamilyOf(options.format);
  if (family == Family::kFolder) return ExportFolder(snapshot, options);
  auto out = base::AtomicFile::Create(options.path);
  if (!out) return Fail(out.error());
  ExportSummary summary;
  Status written;
  if (family == Family::kRdf) {
    written = ExportRdf(snapshot, options, *out, summary);
  } else {
    const auto view = MakeLooksView(snapshot, options, family == Family::kView);
    if (!view) return Fail(view.error());
    written = family == Family::kView ? ExportView(**view, options, *out, summary)
                                      : ExportEvents(**view, options, *out, summary);
    summary.layout = (*view)->layout();
    summary.edges_left_out = (*view)->edges_left_out();
  }
  if (!written) return Fail(written.error());
  if (Status committed = out->Commit(); !committed) return Fail(committed.error());
  return summary;
}

}  // namespace sitgraph::exporters
