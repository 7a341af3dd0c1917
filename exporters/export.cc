#include "exporters/export.h"

#include <array>

#include "base/file.h"
#include "base/text.h"
#include "exporters/gexf.h"
#include "exporters/graphml.h"
#include "exporters/rdf.h"

namespace sitgraph::exporters {
namespace {

using base::Fail;
using base::Result;
using base::Status;

struct FormatRow {
  Format format;
  std::string_view name;
  std::string_view ending;
};

constexpr std::array<FormatRow, 5> kFormats = {{{Format::kGraphMl, "graphml", ".graphml"},
                                                {Format::kGexf, "gexf", ".gexf"},
                                                {Format::kTurtle, "turtle", ".ttl"},
                                                {Format::kNTriples, "ntriples", ".nt"},
                                                {Format::kNQuads, "nquads", ".nq"}}};

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

Status ExportView(const graph::Snapshot& snapshot, const ExportOptions& options, base::AtomicFile& out,
                  ExportSummary& summary) {
  auto plain = MakeView(snapshot, options.view, {.reports = options.reports, .filter = options.filter});
  if (!plain) return Fail(plain.error());
  auto view = LooksView::Create(std::move(*plain), {.layout = options.layout, .size_by = options.size_by});
  if (!view) return Fail(view.error());
  summary.layout = (*view)->layout();
  ProgressCounter progress(options.progress);
  const auto written = [&](bool is_node) {
    ++(is_node ? summary.nodes : summary.edges);
    progress.Step();
  };
  const Status status =
      options.format == Format::kGraphMl
          ? WriteGraphMl(**view, {.strict = options.strict, .base_iri = options.base_iri}, out, written)
          : WriteGexf(**view, {.version = options.gexf_version, .base_iri = options.base_iri}, out, written);
  summary.edges_left_out = (*view)->edges_left_out();
  return status;
}

Status ExportRdf(const graph::Snapshot& snapshot, const ExportOptions& options, base::AtomicFile& out,
                 ExportSummary& summary) {
  const RdfForm form = options.format == Format::kTurtle     ? RdfForm::kTurtle
                       : options.format == Format::kNTriples ? RdfForm::kNTriples
                                                             : RdfForm::kNQuads;
  ProgressCounter progress(options.progress);
  return WriteRdf(snapshot, {.form = form, .base_iri = options.base_iri}, out, [&] {
    ++summary.statements;
    progress.Step();
  });
}

}  // namespace

const std::vector<std::string>& FormatNames() {
  static const std::vector<std::string> kNames = [] {
    std::vector<std::string> names;
    for (const FormatRow& row : kFormats) names.emplace_back(row.name);
    return names;
  }();
  return kNames;
}

Result<Format> ParseFormat(std::string_view name) {
  for (const FormatRow& row : kFormats) {
    if (base::EqualsIgnoringAsciiCase(name, row.name)) return row.format;
  }
  const auto nearest = base::Nearest(base::Lower(name), FormatNames());
  std::string hint = nearest ? "did you mean " + *nearest + "? " : "";
  hint += "formats: ";
  for (const std::string& known : FormatNames()) hint += (known == FormatNames().front() ? "" : ", ") + known;
  return Fail(base::ErrorCode::kUsage, "unknown export format \"" + std::string(name) + "\"", {}, hint);
}

std::optional<Format> FormatOfPath(std::string_view path) {
  for (const FormatRow& row : kFormats) {
    if (path.size() > row.ending.size() &&
        base::EqualsIgnoringAsciiCase(path.substr(path.size() - row.ending.size()), row.ending)) {
      return row.format;
    }
  }
  return std::nullopt;
}

Result<GexfVersion> ParseGexfVersion(std::string_view name) {
  if (name == "1.3") return GexfVersion::k13;
  if (name == "1.2" || name == "1.2draft") return GexfVersion::k12Draft;
  return Fail(base::ErrorCode::kUsage, "unknown GEXF version \"" + std::string(name) + "\"", {}, "versions: 1.3, 1.2");
}

Result<ExportSummary> Export(const graph::Snapshot& snapshot, const ExportOptions& options) {
  auto out = base::AtomicFile::Create(options.path);
  if (!out) return Fail(out.error());
  const bool property_graph = options.format == Format::kGraphMl || options.format == Format::kGexf;
  if (!property_graph && !options.filter.empty()) {
    return Fail(base::ErrorCode::kUsage, "filters are for views of the graph, not for RDF", {},
                "sitgraph query answers CONSTRUCT with a part of the graph as RDF");
  }
  ExportSummary summary;
  const Status written =
      property_graph ? ExportView(snapshot, options, *out, summary) : ExportRdf(snapshot, options, *out, summary);
  if (!written) return Fail(written.error());
  if (Status committed = out->Commit(); !committed) return Fail(committed.error());
  return summary;
}

}  // namespace sitgraph::exporters
