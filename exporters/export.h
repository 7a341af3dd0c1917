// The one way out of a graph: a snapshot into a file of the format asked for, whole or not at all.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "exporters/looks.h"
#include "exporters/views.h"
#include "graph/store.h"
#include "graph/vocabulary.h"

namespace sitgraph::exporters {

enum class Format : uint8_t { kGraphMl, kGexf, kTurtle, kNTriples, kNQuads };

// "graphml", "gexf", "turtle", "ntriples", "nquads", in this order.
const std::vector<std::string>& FormatNames();
// A name of the list, upper or lower case; kUsage with a suggestion for others.
base::Result<Format> ParseFormat(std::string_view name);
// By the path's ending: .graphml .gexf .ttl .nt .nq; nullopt for others (and for "-").
std::optional<Format> FormatOfPath(std::string_view path);

enum class GexfVersion : uint8_t { k13, k12Draft };
// "1.3", or "1.2" (also "1.2draft"); kUsage for others.
base::Result<GexfVersion> ParseGexfVersion(std::string_view name);

struct ExportOptions {
  Format format = Format::kGraphMl;
  std::string path = "-";  // "-" is standard output
  bool strict = false;     // GraphML only what its XML schema knows, without the `label` of edges that Gephi reads
  GexfVersion gexf_version = GexfVersion::k13;
  ViewKind view = ViewKind::kEvents;  // GraphML, GEXF
  // Of the view. kUsage with RDF formats, which give the whole graph.
  bool reports = false;  // reports are nodes too, with an edge from each event to its report
  Filter filter = {};
  Layout layout = Layout::kAuto;
  SizeBy size_by = SizeBy::kDegree;
  // IRIs under it are written relative to it: node ids, and Turtle by @base.
  std::string base_iri{graph::vocabulary::kDefaultBase};
  // Called now and then, on the calling thread, with how many nodes and edges, or RDF statements, are written.
  std::function<void(uint64_t written)> progress = {};
};

struct ExportSummary {
  uint64_t nodes = 0;             // GraphML, GEXF
  uint64_t edges = 0;             // GraphML, GEXF
  uint64_t statements = 0;        // RDF
  Layout layout = Layout::kNone;  // GraphML, GEXF: the one that was taken
  // Relations that GraphML and GEXF left out because an end has no class that is drawn as a node.
  uint64_t edges_left_out = 0;
};

// Streams: beyond fixed buffers, memory grows only with the statements about the one subject being written, and for RDF
// with the number of blank nodes that are subjects. The same graph gives the same bytes. On a failure (kIo: full disk,
// closed pipe; kCorrupt: the store) nothing is left under `path`, or what was there before stays.
base::Result<ExportSummary> Export(const graph::Snapshot& snapshot, const ExportOptions& options);

}  // namespace sitgraph::exporters
