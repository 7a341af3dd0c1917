// ForceAtlas2 (Jacomy, Venturini, Heymann, Bastian 2014) with Barnes and Hut's approximation of the repulsion.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "exporters/view.h"

namespace sitgraph::exporters {

struct LayoutEdge {
  uint32_t source, target;  // indexes of nodes
  float weight;
};

// Moves the nodes from `start`, where no two should lie on one point, until edges are short and what is not tied is
// apart; the result is centred and has room for the sizes that nodes have (see SizeOf). Uses only operations that IEEE
// 754 rounds exactly, in a fixed order: the same input gives the same positions on every machine. O(iterations * (edges
// + nodes * log nodes)) time: about 3 s for 10,000 nodes; 60 bytes a node. `step` is called after each iteration.
std::vector<Position> ForceAtlas2(std::vector<Position> start, const std::vector<LayoutEdge>& edges, int iterations,
                                  const std::function<void(int iteration)>& step = {});

// As many as a graph of this size needs to settle, within a time that people wait.
int LayoutIterations(size_t nodes);

}  // namespace sitgraph::exporters
