// GraphML 1.0 in the dialect that Gephi, networkx, igraph and graphology all read as it is meant.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/error.h"
#include "base/file.h"
#include "exporters/view.h"

namespace sitgraph::exporters {

struct GraphMlOptions {
  bool strict = false;  // valid against graphml.xsd: edges without the attribute `label`, Gephi's edge type
  std::string base_iri;
};

// Streams the view into `out`, which the caller commits. `written` is called after each node and edge.
base::Status WriteGraphMl(View& view, const GraphMlOptions& options, base::AtomicFile& out,
                          const std::function<void(bool is_node)>& written);

}  // namespace sitgraph::exporters
