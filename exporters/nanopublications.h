// Each event and each evidenced relation as a nanopublication: what is asserted, where it is from, who published it.
#pragma once

#include <functional>

#include "base/error.h"
#include "exporters/rdf_selection.h"
#include "exporters/rdf_writer.h"
#include "graph/store.h"

namespace sitgraph::exporters {

inline constexpr graph::vocabulary::Prefix kNanopublicationPrefix = {"np", "http://www.nanopub.org/nschema#"};

// Four graphs for each, named after the event or the rdf:Statement: NODE/nanopub/head; /assertion with the event, its
// counts, its short triples, and kinds, names and coordinates of the entities that it names, or with the relation;
// /provenance with evidence, sources, confidence and the report; /publication. In byte order of the nodes' IRIs.
// `writer` is one with graphs. What belongs to no event and no relation is left out, as are blank nodes. `selection`
// may be null. `written` is called for each statement.
base::Status WriteNanopublications(const graph::Snapshot& snapshot, const RdfSelection* selection, RdfWriter& writer,
                                   const std::function<void()>& written);

}  // namespace sitgraph::exporters
