// RDF in every form, ordered by subject.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/file.h"
#include "exporters/rdf_selection.h"
#include "graph/store.h"

namespace sitgraph::exporters {

enum class RdfForm : uint8_t { kTurtle, kTriG, kNTriples, kNQuads, kRdfXml, kJsonLd };

// How statements about statements are said.
enum class RdfVariant : uint8_t {
  kPlain,            // as the graph has them: RDF 1.1
  kReifiers,         // RDF 1.2, see Reify: Turtle, TriG, N-Triples, N-Quads
  kNanopublications  // see WriteNanopublications: TriG, N-Quads, JSON-LD
};

struct RdfOptions {
  RdfForm form = RdfForm::kTurtle;
  RdfVariant variant = RdfVariant::kPlain;
  std::string base_iri;                                 // Turtle's @base; IRIs under it are written relative to it
  const RdfSelection* selection = nullptr;              // null: everything
  const std::vector<graph::Triple>* triples = nullptr;  // these, in any order, instead of the snapshot's statements
};

// kUsage where the form cannot carry the variant.
base::Status CheckVariant(RdfForm form, RdfVariant variant);

// Streams into `out`, which the caller commits; gives the number of statements that the form cannot say. Turtle,
// N-Triples and RDF/XML give the union of all graphs, each triple once; N-Quads, TriG and JSON-LD each quad. Subjects
// come in byte order, IRIs first, then blank nodes; in TriG and JSON-LD graph by graph, the default graph first, the
// others by their names; in N-Triples and N-Quads in the order of the store, which is that of digests of the terms.
// Each subject's statements come by what people look for first (type, names, parties, times), then by predicate and
// object. Reads on a second thread, a batch ahead; of memory see RdfBatchReader, and there are the ids of blank
// subjects. `written` is called for each statement, on the calling thread.
base::Result<uint64_t> WriteRdf(const graph::Snapshot& snapshot, const RdfOptions& options, base::AtomicFile& out,
                                const std::function<void()>& written);

}  // namespace sitgraph::exporters
