// Reads RDF files (N-Triples, N-Quads, Turtle, TriG with serd, RDF/XML with raptor; gzip of each) and hands on their
// quads.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "graph/term.h"

namespace sitgraph::graph {

enum class RdfSyntax : uint8_t { kNTriples, kNQuads, kTurtle, kTriG, kRdfXml };

// By file name: .nt .nq .ttl .trig .rdf .owl, each with or without .gz; nullopt for others.
std::optional<RdfSyntax> SyntaxOf(const std::string& path);

struct RdfReadOptions {
  RdfSyntax syntax = RdfSyntax::kNTriples;
  // Go on after a bad statement and list it; otherwise stop at the first. Goes on with the next line (N-Triples,
  // N-Quads), behind the next '.' that ends a line (Turtle, TriG), or behind the graph's closing brace (within a graph
  // in TriG), or not at all (RDF/XML). What a Turtle statement said before its error has been visited.
  bool skip_errors = false;
  // What relative IRIs are resolved against until the file has a @base. Empty: "file:///" and the path as it was given,
  // without ".gz", so that neither the machine nor the working folder matters.
  std::string base_iri;
};

struct RdfReadSummary {
  uint64_t quads = 0;
  std::vector<base::Error> skipped;  // with line and column; at most 1,000 are kept
  uint64_t skipped_total = 0;
};

// Streams; memory does not grow with the file. Blank nodes are the file's own: their labels begin with a digest of the
// path as it was given (without ".gz"), so that the same file loaded twice gives the same nodes. `visit` returns a
// failed status to stop; it must not throw. Errors: kBadInput with line and column, kTooLarge (a token over 16 MiB, an
// IRI over 64 KiB, brackets nested deeper than 256), those of base::OpenReader, and what `visit` returns.
base::Result<RdfReadSummary> ReadRdf(const std::string& path, const RdfReadOptions& options,
                                     const std::function<base::Status(const Quad&)>& visit);

}  // namespace sitgraph::graph
