// What each format cannot carry of a graph.
#pragma once

#include <string_view>
#include <vector>

#include "exporters/formats.h"

namespace sitgraph::exporters {

// One sentence a loss, without a final stop; empty for the formats that carry all.
std::vector<std::string_view> LossesOf(Format format);

}  // namespace sitgraph::exporters
