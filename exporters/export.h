// The one way out of a graph: a snapshot into a file of the format asked for, whole or not at all.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "exporters/event_codes.h"
#include "exporters/formats.h"
#include "exporters/looks.h"
#include "exporters/rdf.h"
#include "exporters/views.h"
#include "graph/store.h"
#include "graph/vocabulary.h"

namespace sitgraph::exporters {

enum class GexfVersion : uint8_t { k13, k12Draft };
// "plain", "1.2" (reifiers), "nanopub"; kUsage for others.
base::Result<RdfVariant> ParseRdfVariant(std::string_view name);
// "1.3", or "1.2" (also "1.2draft"); kUsage for others.
base::Result<GexfVersion> ParseGexfVersion(std::string_view name);

struct ExportOptions {
  Format format = Format::kGraphMl;
  std::string path = "-";  // "-" is standard output; for kCsv and kNeo4j a folder, made where it is missing
  bool strict = false;     // GraphML only what its XML schema knows, without the `label` of edges that Gephi reads
  GexfVersion gexf_version = GexfVersion::k13;
  ViewKind view = ViewKind::kEvents;            // kUsage for another with RDF formats
  RdfVariant rdf_variant = RdfVariant::kPlain;  // kUsage for another where the format cannot carry it
  bool reports = false;                         // reports are nodes too, with an edge from each event to its report
  Filter filter = {};
  // What a CONSTRUCT query made, instead of the graph: the edges of the view, or the RDF. kUsage beside a filter,
  // another view than events, or another variant of RDF.
  std::optional<std::vector<graph::Triple>> constructed = {};
  Layout layout = Layout::kAuto;
  SizeBy size_by = SizeBy::kDegree;
  // IRIs under it are written relative to it: node ids, and Turtle by @base.
  std::string base_iri{graph::vocabulary::kDefaultBase};
  const CodeSource* codes = nullptr;  // for tables of events
  // Called now and then, on the calling thread, with how many nodes and edges, or RDF statements, are written.
  std::function<void(uint64_t written)> progress = {};
  std::function<void(int done, int all)> layout_progress = {};  // of the layout's iterations
};

struct ExportSummary {
  uint64_t nodes = 0;             // of views
  uint64_t edges = 0;             // of views
  uint64_t events = 0;            // formats of events, kCsv
  uint64_t statements = 0;        // RDF
  Layout layout = Layout::kNone;  // of views: the one that was taken
  // Relations of views that were left out because an end has no class that is drawn as a node.
  uint64_t edges_left_out = 0;
  uint64_t events_left_out = 0;      // that a timeline has no date for
  uint64_t statements_left_out = 0;  // whose predicate RDF/XML cannot write
};

// Streams: beyond fixed buffers, memory grows only with the statements about the one subject being written, and for RDF
// with the number of blank nodes that are subjects. The same graph gives the same bytes. On a failure (kIo: full disk,
// closed pipe; kCorrupt: the store) nothing is left under `path`, or what was there before stays (of the files of a
// folder, those that were not yet put in place).
base::Result<ExportSummary> Export(const graph::Snapshot& snapshot, const ExportOptions& options);

}  // namespace sitgraph::exporters
