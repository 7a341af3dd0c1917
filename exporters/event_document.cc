#include "exporters/event_document.h"

namespace sitgraph::exporters {

base::Result<MapSummary> WriteEventDocument(View& view, const DocumentFrame& frame,
                                            const std::function<bool(std::string& buffer, const Node& event)>& append,
                                            base::AtomicFile& out, const std::function<void()>& written) {
  if (base::Status status = out.Write(frame.head); !status) return base::Fail(status.error());
  MapSummary summary;
  std::string buffer;
  const base::Status status = view.ForEachNode([&](const Node& node) -> base::Status {
    if (node.kind != NodeKind::kEvent) return {};
    buffer = summary.written > 0 ? frame.between : std::string_view();
    if (!append(buffer, node)) {
      ++summary.left_out;
      return {};
    }
    ++summary.written;
    written();
    return out.Write(buffer);
  });
  if (!status) return base::Fail(status.error());
  if (base::Status done = out.Write(frame.tail); !done) return base::Fail(done.error());
  return summary;
}

}  // namespace sitgraph::exporters
