// Statements about statements as RDF 1.2 says them: reifiers and triple terms.
#pragma once

#include "exporters/rdf_batch.h"

namespace sitgraph::exporters {

// In place of the four statements that make a subject an rdf:Statement, says that it rdf:reifies a triple. Says the
// same of each event and the triples that its parties make, agent, sgr:TYPE, target (where it has none the partner,
// else the place; for captures the place too), whether or not the graph states these triples, as it does for what is
// told as done.
void Reify(RdfBatch& batch);

}  // namespace sitgraph::exporters
