// RDF as Turtle, N-Triples or N-Quads, ordered by subject; the only file here that knows serd.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/error.h"
#include "base/file.h"
#include "graph/store.h"

namespace sitgraph::exporters {

enum class RdfForm : uint8_t { kTurtle, kNTriples, kNQuads };

struct RdfOptions {
  RdfForm form = RdfForm::kTurtle;
  std::string base_iri;  // Turtle's @base; IRIs under it are written relative to it
};

// Streams into `out`, which the caller commits. Turtle and N-Triples give the union of all graphs, each triple once;
// N-Quads each quad. Subjects come in byte order, IRIs first, then blank nodes; each subject's statements in the order
// of predicates (rdf:type first) and objects. Holds one subject's statements, and the ids of blank subjects, in memory.
// `written` is called after each statement.
base::Status WriteRdf(const graph::Snapshot& snapshot, const RdfOptions& options, base::AtomicFile& out,
                      const std::function<void()>& written);

}  // namespace sitgraph::exporters
