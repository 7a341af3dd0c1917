// Measures over a network in memory: centrality, communities, shortest paths. Boost.Graph stays behind this header.
#pragma once

#include <cstdint>
#include <vector>

#include "base/error.h"

namespace sitgraph::graph {

struct NetworkEdge {
  uint32_t a = 0, b = 0;
  double weight = 1;  // above 0: how strong a tie is, or, for paths, how long a step
};

// Undirected; nodes are 0 .. nodes-1, each pair of different nodes has at most one edge.
struct Network {
  uint32_t nodes = 0;
  std::vector<NetworkEdge> edges;
};

// The number of neighbours of each node. O(edges).
std::vector<double> Degrees(const Network& network);
// Brin and Page 1998 with damping 0.85, over edges in both directions, without weights; the values add up to 1.
// 50 rounds of O(edges).
std::vector<double> PageRanks(const Network& network);
// Brandes 2001: the share of shortest paths (without weights) between all other pairs that pass each node, 0 to 1.
// O(nodes * edges); kTooLarge where that is over kMostBetweennessSteps, some minutes.
base::Result<std::vector<double>> Betweenness(const Network& network);
inline constexpr uint64_t kMostBetweennessSteps = 20'000'000'000;

// Communities by modularity (Blondel et al. 2008, Louvain), with weights: a number for each node, 0 for the largest
// community, equal ones in the order of their least node. The same network gives the same communities.
std::vector<uint32_t> Communities(const Network& network);

struct NetworkPath {
  std::vector<uint32_t> nodes;  // from first to last
  double length = 0;
};
// The `most` shortest paths without loops (Yen 1971), shortest first, among those of at most `max_steps` edges. The
// same network gives the same paths in the same order. O(most * max_steps^2 * edges log edges) at worst; mostly each
// node is left once, which saves one `max_steps`.
std::vector<NetworkPath> ShortestPaths(const Network& network, uint32_t from, uint32_t to, size_t most,
                                       size_t max_steps);

}  // namespace sitgraph::graph
