// Lays out a whole graph: each connected part by ForceAtlas2, the smaller parts in rings around the largest.
#pragma once

#include <functional>
#include <vector>

#include "exporters/force_layout.h"
#include "exporters/view.h"

namespace sitgraph::exporters {

// ForceAtlas2 alone would drive parts that no edge ties far away from each other and leave the largest a blot in the
// middle. Positions are rounded and reach 4000 on each side at the most: beyond, Gephi would scale them and the sizes
// with them. Cost as ForceAtlas2 over the parts; the same input gives the same positions. `progress` is told the
// iterations of the largest part.
std::vector<Position> LayOutComponents(const std::vector<Position>& start, const std::vector<LayoutEdge>& edges,
                                       const std::function<void(int done, int all)>& progress = {});

}  // namespace sitgraph::exporters
