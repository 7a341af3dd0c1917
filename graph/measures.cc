#include "graph/measures.h"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/betweenness_centrality.hpp>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/page_rank.hpp>
#include <boost/property_map/property_map.hpp>
#include <map>
#include <numeric>
#include <optional>
#include <queue>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace sitgraph::graph {
namespace {

using Csr = boost::compressed_sparse_row_graph<boost::directedS>;

// Each edge in both directions.
Csr ToCsr(const Network& network) {
  std::vector<std::pair<uint32_t, uint32_t>> edges;
  edges.reserve(network.edges.size() * 2);
  for (const NetworkEdge& edge : network.edges) {
    edges.emplace_back(edge.a, edge.b);
    edges.emplace_back(edge.b, edge.a);
  }
  std::sort(edges.begin(), edges.end());
  return Csr(boost::edges_are_sorted, edges.begin(), edges.end(), network.nodes);
}

template <typename Graph>
auto MapOver(std::vector<double>& values, const Graph& graph) {
  return boost::make_iterator_property_map(values.begin(), boost::get(boost::vertex_index, graph));
}

// One level of Louvain's method: nodes move to the neighbouring community that raises modularity most.
class LouvainLevel {
 public:
  using Ties = std::vector<std::vector<std::pair<uint32_t, double>>>;  // of each node; its own number: within itself

  explicit LouvainLevel(const Ties& ties) : ties_(ties), strength_(ties.size()), community_(ties.size()) {
    for (size_t node = 0; node < ties.size(); ++node) {
      for (const auto& [other, weight] : ties[node]) strength_[node] += weight;
      total_ += strength_[node];
    }
    community_strength_ = strength_;
    std::iota(community_.begin(), community_.end(), 0);
  }

  // False where nothing moved.
  bool Move() {
    bool moved_ever = false;
    std::vector<double> to_community(ties_.size(), -1);
    std::vector<uint32_t> touched;
    for (int round = 0; round < kRounds; ++round) {
      bool moved = false;
      for (uint32_t node = 0; node < ties_.size(); ++node) {
        touched.assign(1, community_[node]);
        to_community[community_[node]] = 0;
        for (const auto& [other, weight] : ties_[node]) {
          if (other == node) continue;
          const uint32_t community = community_[other];
          if (to_community[community] < 0) to_community[community] = 0, touched.push_back(community);
          to_community[community] += weight;
        }
        const uint32_t old = community_[node];
        community_strength_[old] -= strength_[node];
        uint32_t best = old;
        double best_gain = Gain(node, old, to_community[old]);
        for (const uint32_t community : touched) {
          const double gain = Gain(node, community, to_community[community]);
          if (gain > best_gain + kEpsilon || (gain > best_gain - kEpsilon && community < best && best != old)) {
            best = community;
            best_gain = std::max(gain, best_gain);
          }
        }
        for (const uint32_t community : touched) to_community[community] = -1;
        community_strength_[best] += strength_[node];
        if (best == old) continue;
        community_[node] = best;
        moved = moved_ever = true;
      }
      if (!moved) break;
    }
    return moved_ever;
  }

  const std::vector<uint32_t>& communities() const { return community_; }

 private:
  static constexpr int kRounds = 50;
  static constexpr double kEpsilon = 1e-12;

  double Gain(uint32_t node, uint32_t community, double tie) const {
    return total_ == 0 ? 0 : tie - community_strength_[community] * strength_[node] / total_;
  }

  const Ties& ties_;
  std::vector<double> strength_, community_strength_;
  std::vector<uint32_t> community_;
  double total_ = 0;
};

// Numbers 0.. in the order of first use.
uint32_t Renumber(std::vector<uint32_t>& numbers) {
  std::vector<uint32_t> fresh(numbers.size(), UINT32_MAX);
  uint32_t next = 0;
  for (uint32_t& number : numbers) {
    if (fresh[number] == UINT32_MAX) fresh[number] = next++;
    number = fresh[number];
  }
  return next;
}

LouvainLevel::Ties Fold(const LouvainLevel::Ties& ties, const std::vector<uint32_t>& community, uint32_t communities) {
  std::vector<std::map<uint32_t, double>> sums(communities);
  for (size_t node = 0; node < ties.size(); ++node) {
    for (const auto& [other, weight] : ties[node]) sums[community[node]][community[other]] += weight;
  }
  LouvainLevel::Ties out(communities);
  for (size_t i = 0; i < communities; ++i) out[i].assign(sums[i].begin(), sums[i].end());
  return out;
}

void NumberBySize(std::vector<uint32_t>& community) {
  const uint32_t communities = Renumber(community);
  std::vector<uint32_t> sizes(communities), order(communities), rank(communities);
  for (const uint32_t number : community) ++sizes[number];
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return sizes[a] > sizes[b]; });
  for (uint32_t i = 0; i < communities; ++i) rank[order[i]] = i;
  for (uint32_t& number : community) number = rank[number];
}

// Shortest paths that avoid some nodes and first steps.
class PathFinder {
 public:
  explicit PathFinder(const Network& network) : neighbours_(network.nodes), banned_(network.nodes, false) {
    for (const NetworkEdge& edge : network.edges) {
      neighbours_[edge.a].emplace_back(edge.b, edge.weight);
      neighbours_[edge.b].emplace_back(edge.a, edge.weight);
    }
    for (auto& all : neighbours_) std::sort(all.begin(), all.end());
  }

  void Ban(uint32_t node, bool banned) { banned_[node] = banned; }

  // Dijkstra, with at most `max_steps` edges; the first step goes to none of `not_first`. A node is left again by a
  // longer way to it only where that has fewer steps.
  std::optional<NetworkPath> Find(uint32_t from, uint32_t to, size_t max_steps,
                                  const std::set<uint32_t>& not_first) const {
    struct Way {
      double length = 0;
      size_t steps = 0;
      uint32_t node = 0;
      size_t before = 0;  // into `ways`
    };
    std::vector<Way> ways;
    const auto is_later = [&](size_t a, size_t b) {
      const auto key = [&](size_t i) { return std::make_tuple(ways[i].length, ways[i].steps, ways[i].node, i); };
      return key(a) > key(b);
    };
    std::priority_queue<size_t, std::vector<size_t>, decltype(is_later)> open(is_later);
    std::unordered_map<uint32_t, size_t> fewest_steps;  // to nodes that were left; never walked
    const auto reach = [&](const Way& way) {
      ways.push_back(way);
      open.push(ways.size() - 1);
    };
    reach({0, 0, from, 0});
    while (!open.empty()) {
      const size_t at = open.top();
      open.pop();
      const Way way = ways[at];
      if (way.node == to) return PathOf(ways, at);
      const auto [known, is_new] = fewest_steps.try_emplace(way.node, way.steps);
      if ((!is_new && known->second <= way.steps) || way.steps == max_steps) continue;
      known->second = way.steps;
      for (const auto& [next, weight] : neighbours_[way.node]) {
        if (banned_[next] || (way.node == from && not_first.contains(next))) continue;
        const auto left = fewest_steps.find(next);
        if (left != fewest_steps.end() && left->second <= way.steps + 1) continue;
        reach({way.length + weight, way.steps + 1, next, at});
      }
    }
    return std::nullopt;
  }

  double Weight(uint32_t a, uint32_t b) const {
    const auto& all = neighbours_[a];
    return std::lower_bound(all.begin(), all.end(), std::pair<uint32_t, double>{b, 0})->second;
  }

 private:
  template <typename Ways>
  static NetworkPath PathOf(const Ways& ways, size_t at) {
    NetworkPath path{{}, ways[at].length};
    for (; ways[at].steps > 0; at = ways[at].before) path.nodes.push_back(ways[at].node);
    path.nodes.push_back(ways[at].node);
    std::reverse(path.nodes.begin(), path.nodes.end());
    return path;
  }

  std::vector<std::vector<std::pair<uint32_t, double>>> neighbours_;
  std::vector<bool> banned_;
};

}  // namespace

std::vector<double> Degrees(const Network& network) {
  std::vector<double> out(network.nodes);
  for (const NetworkEdge& edge : network.edges) ++out[edge.a], ++out[edge.b];
  return out;
}

std::vector<double> PageRanks(const Network& network) {
  std::vector<double> ranks(network.nodes), work(network.nodes);
  if (network.nodes == 0) return ranks;
  // Boost's algorithm for graphs that also know the edges that come in.
  boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS> graph(network.nodes);
  for (const NetworkEdge& edge : network.edges) {
    boost::add_edge(edge.a, edge.b, graph);
    boost::add_edge(edge.b, edge.a, graph);
  }
  boost::graph::page_rank(graph, MapOver(ranks, graph), boost::graph::n_iterations(50), 0.85, network.nodes,
                          MapOver(work, graph));
  const double total = std::accumulate(ranks.begin(), ranks.end(), 0.0);
  for (double& rank : ranks) rank /= total > 0 ? total : 1;
  return ranks;
}

base::Result<std::vector<double>> Betweenness(const Network& network) {
  if (uint64_t{network.nodes} * (network.edges.size() + network.nodes) > kMostBetweennessSteps) {
    return base::Fail(base::ErrorCode::kTooLarge, "the network is too large for betweenness", {},
                      "narrow it with --since, --place or --type, or rank by pagerank");
  }
  std::vector<double> out(network.nodes);
  if (network.nodes < 3) return out;
  const Csr graph = ToCsr(network);
  boost::brandes_betweenness_centrality(graph, MapOver(out, graph));
  const double pairs = static_cast<double>(network.nodes - 1) * static_cast<double>(network.nodes - 2);
  for (double& value : out) value /= pairs;  // each undirected path was counted from both ends
  return out;
}

std::vector<uint32_t> Communities(const Network& network) {
  LouvainLevel::Ties ties(network.nodes);
  for (const NetworkEdge& edge : network.edges) {
    ties[edge.a].emplace_back(edge.b, edge.weight);
    ties[edge.b].emplace_back(edge.a, edge.weight);
  }
  std::vector<uint32_t> community(network.nodes);
  std::iota(community.begin(), community.end(), 0);
  for (;;) {
    LouvainLevel level(ties);
    if (!level.Move()) break;
    std::vector<uint32_t> moved = level.communities();
    const uint32_t communities = Renumber(moved);
    for (uint32_t& number : community) number = moved[number];
    ties = Fold(ties, moved, communities);
  }
  NumberBySize(community);
  return community;
}

std::vector<NetworkPath> ShortestPaths(const Network& network, uint32_t from, uint32_t to, size_t most,
                                       size_t max_steps) {
  std::vector<NetworkPath> out;
  PathFinder finder(network);
  const auto less = [](const NetworkPath& a, const NetworkPath& b) {
    return a.length != b.length ? a.length < b.length : a.nodes < b.nodes;
  };
  std::set<NetworkPath, decltype(less)> candidates(less);
  if (auto first = finder.Find(from, to, max_steps, {})) candidates.insert(std::move(*first));
  while (out.size() < most && !candidates.empty()) {
    const NetworkPath path = *candidates.begin();
    candidates.erase(candidates.begin());
    out.push_back(path);
    double rooted = 0;
    for (size_t i = 0; i + 1 < path.nodes.size(); ++i) {
      // Other ways on from node i, with the same way up to it.
      std::set<uint32_t> taken;
      for (const NetworkPath& other : out) {
        if (other.nodes.size() > i + 1 &&
            std::equal(path.nodes.begin(), path.nodes.begin() + static_cast<ptrdiff_t>(i) + 1, other.nodes.begin())) {
          taken.insert(other.nodes[i + 1]);
        }
      }
      for (size_t j = 0; j < i; ++j) finder.Ban(path.nodes[j], true);
      auto spur = finder.Find(path.nodes[i], to, max_steps - i, taken);
      for (size_t j = 0; j < i; ++j) finder.Ban(path.nodes[j], false);
      if (spur) {
        NetworkPath whole{{path.nodes.begin(), path.nodes.begin() + static_cast<ptrdiff_t>(i)}, rooted + spur->length};
        whole.nodes.insert(whole.nodes.end(), spur->nodes.begin(), spur->nodes.end());
        candidates.insert(std::move(whole));
      }
      rooted += finder.Weight(path.nodes[i], path.nodes[i + 1]);
    }
  }
  return out;
}

}  // namespace sitgraph::graph
