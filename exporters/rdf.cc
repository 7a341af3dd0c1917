#include "exporters/rdf.h"

#include <algorithm>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "exporters/handover.h"
#include "exporters/nanopublications.h"
#include "exporters/rdf_batch.h"
#include "exporters/rdf_writer.h"
#include "exporters/reification.h"
#include "graph/vocabulary.h"

namespace sitgraph::exporters {
namespace {

namespace v = graph::vocabulary;
using base::Fail;
using base::Result;
using base::Status;

Status Read(RdfBatchReader& source, RdfForm form) {
  switch (form) {
    case RdfForm::kNTriples:
    case RdfForm::kNQuads:
      return source.ReadInStoreOrder(form == RdfForm::kNQuads);
    case RdfForm::kTriG:
    case RdfForm::kJsonLd:
      return source.ReadByGraph();
    case RdfForm::kTurtle:
    case RdfForm::kRdfXml:
      break;
  }
  return source.ReadBySubject(false);
}

// Each once, by subject, types first.
Status WriteTriples(std::vector<graph::Triple> triples, RdfWriter& writer, const std::function<void()>& written) {
  const std::string type = v::Iri(v::kRdf, "type");
  std::sort(triples.begin(), triples.end(), [&](const graph::Triple& a, const graph::Triple& b) {
    if (a.subject != b.subject) return a.subject < b.subject;
    const bool left = a.predicate.value() != type, right = b.predicate.value() != type;
    return left != right ? left < right : a < b;
  });
  triples.erase(std::unique(triples.begin(), triples.end()), triples.end());
  for (const graph::Triple& triple : triples) {
    if (Status status = writer.Write(triple.subject, triple.predicate, triple.object, {}); !status) return status;
    written();
  }
  return {};
}

// Reads on a thread of its own while the calling one writes.
Status WriteAll(const graph::Snapshot& snapshot, const RdfOptions& options, RdfWriter& writer,
                const std::function<void()>& written) {
  Handover<RdfBatch> batches;
  Status read;
  std::thread reader([&] {
    RdfBatchReader source(snapshot, options.selection, [&](RdfBatch batch) { return batches.Put(std::move(batch)); });
    read = Read(source, options.form);
    batches.Close();
  });
  Status status;
  while (auto batch = batches.Take()) {
    if (options.variant == RdfVariant::kReifiers) Reify(*batch);
    status = writer.WriteBatch(*batch);
    if (!status) break;
    for (size_t i = 0; i < batch->statements.size(); ++i) written();
  }
  batches.Close();
  reader.join();
  return status ? read : status;
}

// The prefixes that some IRI of the graph is under, and xsd:, which datatypes are under.
Result<std::vector<v::Prefix>> PrefixesInUse(const graph::Snapshot& snapshot) {
  std::vector<v::Prefix> used;
  for (const v::Prefix& prefix : v::kPrefixes) {
    const auto iris = snapshot.Iris(prefix.iri);
    if (iris->Valid() || prefix.iri == v::kXsd) used.push_back(prefix);
    if (Status status = iris->status(); !status) return Fail(status.error());
  }
  return used;
}

std::unique_ptr<RdfWriter> MakeWriter(RdfForm form, const RdfWriterOptions& options, base::AtomicFile& out) {
  switch (form) {
    case RdfForm::kTriG:
      return MakeTriGWriter(options, out);
    case RdfForm::kNTriples:
      return MakeNTriplesWriter(out);
    case RdfForm::kNQuads:
      return MakeNQuadsWriter(out);
    case RdfForm::kRdfXml:
      return MakeRdfXmlWriter(options, out);
    case RdfForm::kJsonLd:
      return MakeJsonLdWriter(options, out);
    case RdfForm::kTurtle:
      break;
  }
  return MakeTurtleWriter(options, out);
}

}  // namespace

Status CheckVariant(RdfForm form, RdfVariant variant) {
  const bool by_line = form == RdfForm::kNTriples || form == RdfForm::kNQuads;
  if (variant == RdfVariant::kReifiers && !by_line && form != RdfForm::kTurtle && form != RdfForm::kTriG) {
    return Fail(base::ErrorCode::kUsage, "the format has no triple terms of RDF 1.2", {},
                "formats that have them: turtle, trig, ntriples, nquads");
  }
  if (variant == RdfVariant::kNanopublications && form != RdfForm::kTriG && form != RdfForm::kNQuads &&
      form != RdfForm::kJsonLd) {
    return Fail(base::ErrorCode::kUsage, "the format has no graphs, of which a nanopublication has four", {},
                "formats that have them: trig, nquads, jsonld");
  }
  return {};
}

Result<uint64_t> WriteRdf(const graph::Snapshot& snapshot, const RdfOptions& options, base::AtomicFile& out,
                          const std::function<void()>& written) {
  auto prefixes = PrefixesInUse(snapshot);
  if (!prefixes) return Fail(prefixes.error());
  if (options.variant == RdfVariant::kNanopublications) prefixes->push_back(kNanopublicationPrefix);
  const auto writer = MakeWriter(options.form, {.base_iri = options.base_iri, .prefixes = std::move(*prefixes)}, out);
  if (Status status = writer->Begin(); !status) return Fail(status.error());
  const Status all = options.triples != nullptr ? WriteTriples(*options.triples, *writer, written)
                     : options.variant == RdfVariant::kNanopublications
                         ? WriteNanopublications(snapshot, options.selection, *writer, written)
                         : WriteAll(snapshot, options, *writer, written);
  if (!all) return Fail(all.error());
  if (Status status = writer->Finish(); !status) return Fail(status.error());
  return writer->left_out();
}

}  // namespace sitgraph::exporters
