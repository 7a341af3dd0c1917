// What every view reads from: a snapshot through its reader, the chosen events, and where nodes lie.
#pragma once

#include <memory>

#include "base/error.h"
#include "exporters/graph_reader.h"
#include "exporters/node_reader.h"
#include "exporters/placement.h"
#include "exporters/selection.h"

namespace sitgraph::exporters {

struct ViewOptions {
  bool reports = false;  // reports are nodes too
  Filter filter = {};
};

class ViewSource {
 public:
  static base::Result<std::unique_ptr<ViewSource>> Create(const graph::Snapshot& snapshot, const ViewOptions& options);

  const GraphReader& reader() const { return reader_; }
  NodeReader& nodes() { return nodes_; }
  const Selection& selection() const { return selection_; }
  const Placement& placement() const { return placement_; }
  bool reports() const { return reports_; }

  // Whether a node of this kind is in the views.
  bool Shows(graph::TermId id, NodeKind kind) const {
    return (reports_ || kind != NodeKind::kReport) && selection_.Has(id);
  }

 private:
  ViewSource(GraphReader reader, Placement placement, Selection selection, bool reports);

  GraphReader reader_;
  NodeReader nodes_;
  Placement placement_;
  Selection selection_;
  bool reports_;
};

}  // namespace sitgraph::exporters
