// One writer for each RDF format, fed statement by statement.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/file.h"
#include "exporters/rdf_batch.h"
#include "graph/term.h"
#include "graph/vocabulary.h"

namespace sitgraph::exporters {

struct RdfWriterOptions {
  std::string base_iri;                             // IRIs under it are written relative to it, where the format can
  std::vector<graph::vocabulary::Prefix> prefixes;  // to be declared
};

// Statements of one subject follow each other, in formats that group by graph those of one graph too; predicates of one
// subject follow each other, and come at most once for each object.
class RdfWriter {
 public:
  virtual ~RdfWriter() = default;
  virtual base::Status Begin() = 0;
  // `graph` is the empty IRI for the default graph.
  virtual base::Status Write(const graph::Term& subject, const graph::Term& predicate, const graph::Term& object,
                             const graph::Term& graph) = 0;
  // The same for all of a batch; kUnsupported for triple terms in formats that have none.
  virtual base::Status WriteBatch(const RdfBatch& batch) {
    for (const RdfBatch::Statement& s : batch.statements) {
      const bool nested = (s.object & RdfBatch::kTripleTerm) != 0;
      const base::Status status =
          nested ? WriteTripleTerm(batch, s)
                 : Write(batch.terms[s.subject], batch.terms[s.predicate], batch.terms[s.object], batch.terms[s.graph]);
      if (!status) return status;
    }
    return {};
  }
  // A statement whose object is a triple term.
  virtual base::Status WriteTripleTerm(const RdfBatch&, const RdfBatch::Statement&) {
    return base::Fail(base::ErrorCode::kUnsupported, "the format has no triple terms");
  }
  virtual base::Status Finish() = 0;
  // Statements that the format has no form for.
  virtual uint64_t left_out() const { return 0; }
};

std::unique_ptr<RdfWriter> MakeNTriplesWriter(base::AtomicFile& out);
std::unique_ptr<RdfWriter> MakeNQuadsWriter(base::AtomicFile& out);
std::unique_ptr<RdfWriter> MakeTurtleWriter(const RdfWriterOptions& options, base::AtomicFile& out);
std::unique_ptr<RdfWriter> MakeTriGWriter(const RdfWriterOptions& options, base::AtomicFile& out);
// RDF/XML has no form for predicates that do not end in an XML name, nor for control characters, which become U+FFFD.
std::unique_ptr<RdfWriter> MakeRdfXmlWriter(const RdfWriterOptions& options, base::AtomicFile& out);
std::unique_ptr<RdfWriter> MakeJsonLdWriter(const RdfWriterOptions& options, base::AtomicFile& out);

}  // namespace sitgraph::exporters
