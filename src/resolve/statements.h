// The RDF statements of one frame, as docs/vocabulary.md describes them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph/term.h"
#include "src/codebook/codebook.h"
#include "src/extract/frame.h"

namespace sitgraph::resolve {

// What one report adds to the graph.
struct Statements {
  graph::Term report;                 // the report's IRI, which names its graph too
  std::vector<graph::Triple> own;     // what this report says: into its named graph
  std::vector<graph::Triple> shared;  // what holds across reports: into the default graph, shared with other reports
  std::vector<graph::Term>
      unlabelled;  // entities that no codebook names: their preferred label is chosen over all reports
  std::vector<graph::Term> entities, events;  // the nodes of the frame's, in its order
};

// The report's IRI: BASE "report/" ID "-" and eight digits of its text's SHA-256, so that two reports that happen to
// bear one id stay apart when graphs are united. Frames without sha256 are told apart by their JSON's.
std::string ReportIri(const extract::Frame& frame, std::string_view base);

// Pure: the same frame, base and codebook give the same statements in the same order. IRIs in frames by others that are
// not valid (RFC 3987) are replaced by ones made from kind and name. `codebook` gives the names, coordinates and
// enclosing places of entities that bear one of its ids; it may be null.
Statements ToStatements(const extract::Frame& frame, std::string_view base, const codebook::Codebook* codebook);

// True where `iri` can stand in RDF: absolute, and free of white space, controls and <>"{}|\^`.
bool IsAbsoluteIri(std::string_view iri);

}  // namespace sitgraph::resolve
