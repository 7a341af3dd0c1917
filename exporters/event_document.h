// One document of all events of a view, each between what every such document begins and ends with.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/file.h"
#include "exporters/maps.h"
#include "exporters/view.h"

namespace sitgraph::exporters {

struct DocumentFrame {
  std::string_view head, between, tail;
};

// `append` writes an event to the end of the buffer, or gives false, and writes nothing, where the format has no place
// for it. `written` is called after each event that is written. Holds one event.
base::Result<MapSummary> WriteEventDocument(View& view, const DocumentFrame& frame,
                                            const std::function<bool(std::string& buffer, const Node& event)>& append,
                                            base::AtomicFile& out, const std::function<void()>& written);

}  // namespace sitgraph::exporters
