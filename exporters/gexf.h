// GEXF, Gephi's own format, with the times of events as intervals for its timeline.
#pragma once

#include <functional>
#include <string>

#include "base/error.h"
#include "base/file.h"
#include "exporters/export.h"
#include "exporters/view.h"

namespace sitgraph::exporters {

struct GexfOptions {
  GexfVersion version = GexfVersion::k13;
  std::string base_iri;
};

// Streams the view into `out`, which the caller commits. `written` is called after each node and edge.
base::Status WriteGexf(View& view, const GexfOptions& options, base::AtomicFile& out,
                       const std::function<void(bool is_node)>& written);

}  // namespace sitgraph::exporters
