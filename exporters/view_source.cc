#include "exporters/view_source.h"

#include <utility>

namespace sitgraph::exporters {

using base::Fail;

base::Result<std::unique_ptr<ViewSource>> ViewSource::Create(const graph::Snapshot& snapshot,
                                                             const ViewOptions& options) {
  auto reader = GraphReader::Create(snapshot);
  if (!reader) return Fail(reader.error());
  auto placement = Placement::Create(*reader);
  if (!placement) return Fail(placement.error());
  auto selection = Selection::Create(*reader, options.filter);
  if (!selection) return Fail(selection.error());
  return std::unique_ptr<ViewSource>(
      new ViewSource(std::move(*reader), *placement, std::move(*selection), options.reports));
}

ViewSource::ViewSource(GraphReader reader, Placement placement, Selection selection, bool reports)
    : reader_(std::move(reader)),
      nodes_(reader_),
      placement_(placement),
      selection_(std::move(selection)),
      reports_(reports) {}

}  // namespace sitgraph::exporters
