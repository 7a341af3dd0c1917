// Property paths over a small cyclic graph, held against what the standard's definitions give by hand.
#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/queries/query_fixture.h"

namespace sitgraph::queries {
namespace {

using testing::TemporaryGraph;
using Rows = std::vector<std::string>;

std::string N(const std::string& name) { return "<https://w3id.org/sitgraph/id/" + name + ">"; }

// Sorted answers as the local parts of the ids.
Rows Ask(TemporaryGraph& graph, std::string query, const QueryOptions& options = {}) {
  for (size_t at = query.find("id:"); at != std::string::npos; at = query.find("id:", at)) {
    size_t end = query.find_first_of(" )}", at);
    query.replace(at, end - at, N(query.substr(at + 3, end - at - 3)));
  }
  Rows rows = graph.Ask(query, options);
  for (std::string& row : rows) {
    for (size_t at = row.find("<http"); at != std::string::npos; at = row.find("<http")) {
      size_t end = row.find('>', at), slash = row.rfind('/', end);
      row = row.substr(0, at) + row.substr(slash + 1, end - slash - 1) + row.substr(end + 1);
    }
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

TEST_CASE("property paths give what their definitions give") {
  TemporaryGraph graph;
  // a -> b -> c -> a is a cycle, c -> d leads out of it; e is apart, f points at itself.
  graph.Add("", R"(
    id:a sg:within id:b
    id:b sg:within id:c
    id:c sg:within id:a
    id:c sg:within id:d
    id:e sg:place id:d
    id:d sg:place id:e
    id:f sg:within id:f
    id:b sg:place id:d
  )");
  struct {
    const char* query;
    Rows rows;
  } const cases[] = {
      {"SELECT ?x { id:a sg:within/sg:within ?x }", {"c"}},
      {"SELECT ?x { ?x ^sg:within id:a }", {"b"}},
      {"SELECT ?x { id:c (sg:within|sg:place) ?x }", {"a", "d"}},
      // Alternatives and sequences count their ways, repetitions their ends.
      {"SELECT ?x { id:b sg:within|(sg:place|sg:within) ?x }", {"c", "c", "d"}},
      {"SELECT ?x { id:b (sg:within/sg:within)|sg:place ?x }", {"a", "d", "d"}},
      {"SELECT ?x { id:b ((sg:within/sg:within)|sg:place)? ?x }", {"a", "b", "d"}},
      {"SELECT ?x { id:a sg:within+ ?x }", {"a", "b", "c", "d"}},
      {"SELECT ?x { id:a sg:within* ?x }", {"a", "b", "c", "d"}},
      {"SELECT ?x { id:d sg:within* ?x }", {"d"}},
      {"SELECT ?x { ?x sg:within+ id:d }", {"a", "b", "c"}},
      {"SELECT ?x { ?x (^sg:within)+ id:b }", {"a", "b", "c", "d"}},
      {"SELECT ?x { id:d ^(sg:within+/sg:place) ?x }", {"a", "b", "c"}},
      {"SELECT ?x { id:a (sg:within/sg:within)+ ?x }", {"a", "b", "c", "d"}},
      {"SELECT ?x { id:e (sg:place/sg:place)* ?x }", {"e"}},
      {"SELECT ?x { id:e (sg:place|^sg:within)+ ?x }", {"a", "b", "c", "d", "e"}},
      {"SELECT ?x { ?x sg:within+ ?x }", {"a", "b", "c", "f"}},
      {"SELECT ?x { ?x !sg:within ?y }", {"b", "d", "e"}},
      {"SELECT ?x { id:d !(sg:within|^sg:within) ?x }", {"b", "e", "e"}},
      {"SELECT ?x { id:d !(^sg:place) ?x }", {"c"}},
      {"SELECT ?x { id:a (!sg:place)+ ?x }", {"a", "b", "c", "d"}},
      {"SELECT ?x { id:nowhere sg:within* ?x }", {"nowhere"}},
      {"SELECT ?x { id:nowhere sg:within+ ?x }", {}},
      {"SELECT ?x { id:a sg:source* ?x }", {"a"}},
      {"SELECT ?x ?y { VALUES ?x { id:nowhere id:d } ?x sg:within* ?y }", {"d | d"}},
      {"SELECT (COUNT(*) AS ?n) { ?x sg:within* ?y }", {"15"}},
      {"SELECT (COUNT(*) AS ?n) { ?x sg:within? ?y }", {"10"}},
      {"SELECT ?x { ?x sg:place id:e . ?y sg:within+ ?x }", {"d", "d", "d"}},
      {"SELECT ?x { VALUES ?x { id:a } FILTER EXISTS { ?x sg:within+ id:d } }", {"a"}},
      {"SELECT ?x { VALUES ?x { id:d } FILTER EXISTS { ?x sg:within+ id:a } }", {}},
      {"ASK { id:a sg:within+ id:d }", {"yes"}},
      {"ASK { id:d sg:within+ id:a }", {"no"}},
      {"SELECT ?x { id:a sg:within/sg:within*/sg:place ?x }", {"d", "e"}},
      {"SELECT ?x { { id:a sg:within+ ?x } UNION { id:e sg:place* ?x } FILTER(?x != id:b ) }",
       {"a", "c", "d", "d", "e"}},
      {"SELECT ?x ?y { ?x sg:place ?y OPTIONAL { ?y sg:within+ ?z } }", {"b | d", "d | e", "e | d"}},
  };
  for (const auto& each : cases) {
    INFO(each.query);
    CHECK(Ask(graph, each.query) == each.rows);
  }
}

TEST_CASE("a path stays within its graph, and the union of graphs is one graph") {
  TemporaryGraph graph;
  graph.Add("g1", "id:a sg:within id:b\nid:b sg:within id:c");
  graph.Add("g2", "id:c sg:within id:d\nid:a sg:within id:b");
  CHECK(Ask(graph, "SELECT ?x { id:a sg:within+ ?x }") == Rows{"b", "c", "d"});
  CHECK(Ask(graph, "SELECT ?g ?x { GRAPH ?g { id:a sg:within+ ?x } }") == Rows{"g1 | b", "g1 | c", "g2 | b"});
  CHECK(Ask(graph, "SELECT ?g ?x { GRAPH ?g { ?y sg:within* ?x . id:b sg:within ?z } }") ==
        Rows{"g1 | a", "g1 | b", "g1 | b", "g1 | c", "g1 | c", "g1 | c"});
  CHECK(Ask(graph, "SELECT ?x { GRAPH id:g2 { ?x sg:within+ id:d } }") == Rows{"c"});
  CHECK(Ask(graph, "SELECT ?g ?x { GRAPH ?g { id:b !sg:place|^sg:within ?x } }") == Rows{"g1 | a", "g1 | c", "g2 | a"});
}

TEST_CASE("long paths take time, not stack, and can be stopped") {
  TemporaryGraph graph;
  constexpr int kLength = 20000;
  std::string chain;
  for (int i = 0; i < kLength; ++i) {
    chain += "id:n" + std::to_string(i) + " sg:within id:n" + std::to_string(i + 1) + "\n";
  }
  graph.Add("", chain);
  CHECK(Ask(graph, "SELECT (COUNT(*) AS ?n) { id:n0 sg:within+ ?x }") == Rows{"20000"});
  CHECK(Ask(graph, "SELECT (COUNT(*) AS ?n) { ?x (^(sg:within/sg:within))* id:n20000 }") == Rows{"1"});
  CHECK(Ask(graph, "SELECT (COUNT(*) AS ?n) { ?x (sg:within/sg:within)* id:n20000 }") == Rows{"10001"});
  CHECK(Ask(graph, "ASK { id:n0 sg:within+ id:n20000 }") == Rows{"yes"});
  CHECK(Ask(graph, "SELECT ?x { ?x sg:within+ ?y } LIMIT 1").size() == 1);

  QueryOptions time;
  time.limits.time = std::chrono::milliseconds(50);
  CHECK(Ask(graph, "SELECT (COUNT(*) AS ?n) { ?x sg:within+ ?y }", time)
            .front()
            .starts_with("the query ran longer than its time limit of 50 ms"));
  QueryOptions memory;
  memory.limits.bytes = 1 << 18;
  CHECK(Ask(graph, "SELECT (COUNT(*) AS ?n) { id:n0 sg:within+ ?y }", memory)
            .front()
            .starts_with("the query needs more memory than its limit"));
}

}  // namespace
}  // namespace sitgraph::queries
