// The views by name.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "exporters/view.h"
#include "exporters/view_source.h"

namespace sitgraph::exporters {

enum class ViewKind : uint8_t { kEvents, kActors, kPlaces, kClaims };

// "events", "actors", "places", "claims", in this order.
const std::vector<std::string>& ViewNames();
// kUsage with a suggestion for others.
base::Result<ViewKind> ParseView(std::string_view name);

base::Result<std::unique_ptr<View>> MakeView(const graph::Snapshot& snapshot, ViewKind kind,
                                             const ViewOptions& options);

}  // namespace sitgraph::exporters
