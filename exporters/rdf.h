// RDF in every form, ordered by subject.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/error.h"
#include "base/file.h"
#include "graph/store.h"

namespace sitgraph::exporters {

enum class RdfForm : uint8_t { kTurtle, kTriG, kNTriples, kNQuads, kRdfXml, kJsonLd };

struct RdfOptions {
  RdfForm form = RdfForm::kTurtle;
  std::string base_iri;  // Turtle's @base; IRIs under it are written relative to it
};

// Streams into `out`, which the caller commits; gives the number of statements that the form cannot say. Turtle,
// N-Triples and RDF/XML give the union of all graphs, each triple once; N-Quads each quad, by subject; TriG and JSON-LD
// each quad, graph by graph, the default graph first, the others by their names. Subjects come in byte order, IRIs
// first, then blank nodes; each subject's statements by what people look for first (type, names, parties, times), then
// by predicate and object. Holds one subject's statements, and the ids of blank subjects, in memory; of a named graph
// of up to kSmallGraph quads all. `written` is called after each statement.
base::Result<uint64_t> WriteRdf(const graph::Snapshot& snapshot, const RdfOptions& options, base::AtomicFile& out,
                                const std::function<void()>& written);

inline constexpr uint64_t kSmallGraph = 100'000;

}  // namespace sitgraph::exporters
