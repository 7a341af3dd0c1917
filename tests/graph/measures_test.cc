// Measures on networks small enough to be reckoned by hand.
#include "graph/measures.h"

#include <catch2/catch.hpp>

namespace sitgraph::graph {
namespace {

// Two triangles, 0 1 2 and 4 5 6, joined by 3.
const Network kTriangles{7, {{0, 1, 1}, {0, 2, 1}, {1, 2, 1}, {2, 3, 1}, {3, 4, 1}, {4, 5, 1}, {4, 6, 1}, {5, 6, 1}}};

TEST_CASE("degrees, PageRank and betweenness find the bridge and the corners") {
  CHECK(Degrees(kTriangles) == std::vector<double>{2, 2, 3, 2, 3, 2, 2});
  const auto between = Betweenness(kTriangles);
  REQUIRE(between);
  // Node 3 is on the nine paths between the triangles, of the 15 pairs of the others; 2 and 4 on eight each.
  CHECK((*between)[3] == Approx(9.0 / 15));
  CHECK((*between)[2] == Approx(8.0 / 15));
  CHECK((*between)[0] == Approx(0));
  const auto ranks = PageRanks(kTriangles);
  double total = 0;
  for (const double rank : ranks) total += rank;
  CHECK(total == Approx(1));
  CHECK(ranks[2] == Approx(ranks[4]));
  CHECK(ranks[2] > ranks[3]);
  CHECK(ranks[2] > ranks[0]);
}

TEST_CASE("networks without nodes or edges have measures too") {
  CHECK(PageRanks({}).empty());
  CHECK(Betweenness({}).value().empty());
  CHECK(Communities({}).empty());
  CHECK(Communities({3, {}}) == std::vector<uint32_t>{0, 1, 2});
  CHECK(PageRanks({2, {}}) == std::vector<double>{0.5, 0.5});
  CHECK(ShortestPaths({2, {}}, 0, 1, 3, 5).empty());
}

TEST_CASE("a network too large for betweenness is refused") {
  Network large{200000, {}};
  for (uint32_t i = 1; i < large.nodes; ++i) large.edges.push_back({i - 1, i, 1});
  CHECK(Betweenness(large).error().code == base::ErrorCode::kTooLarge);
}

TEST_CASE("communities are what hangs together, the largest first") {
  const auto communities = Communities(kTriangles);
  CHECK(communities[0] == communities[1]);
  CHECK(communities[1] == communities[2]);
  CHECK(communities[4] == communities[5]);
  CHECK(communities[5] == communities[6]);
  CHECK(communities[0] != communities[4]);
  // Ties as strong as these outweigh the triangles.
  const auto tied = Communities({4, {{0, 1, 10}, {1, 2, 0.1}, {2, 3, 10}, {0, 3, 0.1}}});
  CHECK(tied == std::vector<uint32_t>{0, 0, 1, 1});
}

TEST_CASE("shortest paths come in order, without loops, within the steps allowed") {
  // 0-1-3 is 2 long, 0-2-3 is 3, 0-1-2-3 is 4.
  const Network network{5, {{0, 1, 1}, {1, 3, 1}, {0, 2, 1}, {2, 3, 2}, {1, 2, 1}}};
  const auto paths = ShortestPaths(network, 0, 3, 10, 10);
  REQUIRE(paths.size() == 4);
  CHECK(paths[0].nodes == std::vector<uint32_t>{0, 1, 3});
  CHECK(paths[0].length == Approx(2));
  CHECK(paths[1].length == Approx(3));
  CHECK(paths[2].length == Approx(3));
  CHECK(paths[3].nodes == std::vector<uint32_t>{0, 1, 2, 3});
  CHECK(paths[3].length == Approx(4));
  CHECK(ShortestPaths(network, 0, 3, 10, 2).size() == 2);
  CHECK(ShortestPaths(network, 0, 3, 1, 10).size() == 1);
  CHECK(ShortestPaths(network, 0, 4, 10, 10).empty());
}

TEST_CASE("a way of few steps is found behind shorter ones of too many") {
  // 0-1-2-3 is 3 long, 0-1-3 is 4.5, 0-3 is 5.
  const Network network{4, {{0, 1, 1}, {1, 2, 1}, {2, 3, 1}, {1, 3, 3.5}, {0, 3, 5}}};
  const auto nodes = [&](size_t most, size_t max_steps) {
    std::vector<std::vector<uint32_t>> out;
    for (const NetworkPath& path : ShortestPaths(network, 0, 3, most, max_steps)) out.push_back(path.nodes);
    return out;
  };
  using Paths = std::vector<std::vector<uint32_t>>;
  CHECK(nodes(1, 3) == Paths{{0, 1, 2, 3}});
  CHECK(nodes(1, 2) == Paths{{0, 1, 3}});
  CHECK(nodes(1, 1) == Paths{{0, 3}});
  CHECK(nodes(5, 3) == Paths{{0, 1, 2, 3}, {0, 1, 3}, {0, 3}});
}

}  // namespace
}  // namespace sitgraph::graph
