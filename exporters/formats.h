// The formats by name and by the endings of files.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace sitgraph::exporters {

enum class Format : uint8_t {
  kGraphMl,
  kGexf,
  kCsv,     // a folder: nodes.csv, edges.csv, events.csv
  kEvents,  // events.csv alone
  kNeo4j,   // a folder: nodes.csv, relationships.csv
  kGeoJson,
  kKml,
  kTimeline,
  kTurtle,
  kTriG,
  kNTriples,
  kNQuads,
  kRdfXml,
  kJsonLd,
};

// What a format shows of the graph.
enum class Family : uint8_t {
  kView,    // nodes and edges, laid out
  kEvents,  // the events of a view
  kFolder,  // a view as several files in a folder
  kRdf,     // all statements
};

// "graphml", "gexf", "csv", ..., in the order of Format.
const std::vector<std::string>& FormatNames();
Family FamilyOf(Format format);
// A name of the list, upper or lower case; kUsage with a suggestion for others.
base::Result<Format> ParseFormat(std::string_view name);
// By the path's ending (".graphml", ".ttl", ".csv" for events, ".json" for a timeline); nullopt for others (and for
// "-").
std::optional<Format> FormatOfPath(std::string_view path);

}  // namespace sitgraph::exporters
