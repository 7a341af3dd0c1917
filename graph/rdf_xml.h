// Reads RDF/XML with libraptor2; reached through ReadRdf.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/error.h"
#include "base/file.h"
#include "graph/rdf_reader.h"

namespace sitgraph::graph {

// Streams. Blank nodes get `label_prefix` in front of their labels. Nothing but `bytes` is read: no external entities,
// no network. With skip_errors, the first error is listed and ends the reading; what was said before it stays.
base::Result<RdfReadSummary> ReadRdfXml(std::unique_ptr<base::ByteReader> bytes, const std::string& path,
                                        const std::string& base_iri, const std::string& label_prefix, bool skip_errors,
                                        const std::function<base::Status(const Quad&)>& visit);

}  // namespace sitgraph::graph
