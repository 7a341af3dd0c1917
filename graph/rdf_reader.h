// Reads RDF files (N-Triples, N-Quads, Turtle, TriG; gzip of each) with serd and hands on their quads.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "graph/term.h"

namespace sitgraph::graph {

enum class RdfSyntax : uint8_t { kNTriples, kNQuads, kTurtle, kTriG };

// By file name: .nt .nq .ttl .trig, each with or without .gz; nullopt for others.
std::optional<RdfSyntax> SyntaxOf(const std::string& path);

struct RdfReadOptions {
  RdfSyntax syntax = RdfSyntax::kNTriples;
  bool skip_errors = false;  // go on after a bad statement and list it; otherwise stop at the first
};

struct RdfReadSummary {
  uint64_t quads = 0;
  std::vector<base::Error> skipped;  // with line and column; at most 1,000 are kept
  uint64_t skipped_total = 0;
};

// Streams; memory does not grow with the file. Blank node labels are made unique to the file by a prefix derived from
// its content-independent path name, so that the same file loaded twice gives the same nodes. `visit` returns a failed
// status to stop.
base::Result<RdfReadSummary> ReadRdf(const std::string& path, const RdfReadOptions& options,
                                     const std::function<base::Status(const Quad&)>& visit);

}  // namespace sitgraph::graph
