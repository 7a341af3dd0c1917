// Random queries over random graphs: the answers with the optimiser and without it must be the same.
#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <vector>

#include "tests/queries/query_fixture.h"

namespace sitgraph::queries {
namespace {

using testing::TemporaryGraph;

class Generator {
 public:
  explicit Generator(uint32_t seed) : random_(seed) {}

  size_t Below(size_t limit) { return random_() % limit; }
  bool Chance(size_t percent) { return Below(100) < percent; }

  // Triples over few nodes and properties, so that joins find something; numbers beside nodes.
  std::string Triples(size_t count) {
    std::string lines;
    for (size_t i = 0; i < count; ++i) {
      lines += "id:n" + std::to_string(Below(14)) + " sg:p" + std::to_string(Below(4)) + " ";
      lines += Chance(25) ? "\"" + std::to_string(Below(9)) + "\"^^xsd:integer" : "id:n" + std::to_string(Below(14));
      lines += "\n";
    }
    return lines;
  }

  std::string Query() {
    std::string where = Group(2);
    if (Chance(25)) {
      std::string key = Variable();
      std::string value = Variable();
      if (key == value) return "SELECT (COUNT(*) AS ?count) " + where;
      return "SELECT " + key + " (COUNT(*) AS ?count) (COUNT(DISTINCT " + value + ") AS ?different) (MIN(" + value +
             ") AS ?least) " + where + " GROUP BY " + key;
    }
    if (Chance(20)) return "SELECT (COUNT(*) AS ?count) (COUNT(" + Variable() + ") AS ?bound) " + where;
    return std::string("SELECT ") + (Chance(30) ? "DISTINCT " : "") + "?a ?b ?c ?d " + where;
  }

 private:
  std::string Variable() { return std::string("?") + "abcd"[Below(4)]; }
  std::string Node() {
    return Chance(80) ? Variable() : "<https://w3id.org/sitgraph/id/n" + std::to_string(Below(15)) + ">";
  }
  std::string Property() { return "sg:p" + std::to_string(Below(5)); }  // one of them does not occur

  std::string Path(size_t depth) {
    if (depth == 0 || Chance(40)) return Chance(10) ? "!" + Property() : Chance(10) ? "^" + Property() : Property();
    switch (Below(5)) {
      case 0:
        return "(" + Path(depth - 1) + "/" + Path(depth - 1) + ")";
      case 1:
        return "(" + Path(depth - 1) + "|" + Path(depth - 1) + ")";
      case 2:
        return "(" + Path(depth - 1) + ")?";
      case 3:
        return "(" + Path(depth - 1) + ")+";
      default:
        return "(" + Path(depth - 1) + ")*";
    }
  }

  std::string Triple() {
    std::string object = Chance(10) ? std::to_string(Below(9)) : Node();
    std::string verb = Chance(70) ? Property() : Chance(30) ? Variable() : Path(2);
    return Node() + " " + verb + " " + object + " . ";
  }

  std::string Filter() {
    switch (Below(6)) {
      case 0:
        return "FILTER(" + Variable() + " != " + Variable() + ") ";
      case 1:
        return "FILTER(" + Variable() + " > " + std::to_string(Below(9)) + ") ";
      case 2:
        return "FILTER(!BOUND(" + Variable() + ") || ISIRI(" + Variable() + ")) ";
      case 3:
        return "FILTER EXISTS { " + Triple() + "} ";
      case 4:
        return "FILTER NOT EXISTS { " + Triple() + Triple() + "} ";
      default:
        return "FILTER(" + Variable() + " = " + Node() + ") ";
    }
  }

  std::string Element(size_t depth) {
    if (depth == 0) return Triple();
    switch (Below(12)) {
      case 0:
        return "OPTIONAL " + Group(depth - 1);
      case 1:
        return Group(depth - 1) + " UNION " + Group(depth - 1);
      case 2:
        return "MINUS " + Group(depth - 1);
      case 3:
        return "GRAPH " +
               (Chance(60) ? Variable() : "<https://w3id.org/sitgraph/id/g" + std::to_string(Below(3)) + ">") + " " +
               Group(depth - 1);
      case 4:
        return Filter();
      case 5:
        return "VALUES " + Variable() + " { <https://w3id.org/sitgraph/id/n" + std::to_string(Below(15)) + "> " +
               std::to_string(Below(9)) + " } ";
      case 6:
        return "{ SELECT DISTINCT " + Variable() + " " + Group(depth - 1) + " } ";
      case 7:
        return Group(depth - 1);
      default:
        return Triple();
    }
  }

  std::string Group(size_t depth) {
    std::string out = "{ " + Triple();
    for (size_t i = Below(4); i > 0; --i) out += Element(depth);
    if (Chance(30)) out += Filter();
    return out + "} ";
  }

  std::mt19937 random_;
};

TEST_CASE("the optimiser changes no answer") {
  constexpr uint32_t kGraphs = 12, kQueries = 150;
  size_t answered = 0, with_rows = 0, stopped = 0;
  for (uint32_t seed = 1; seed <= kGraphs; ++seed) {
    Generator generator(seed);
    TemporaryGraph graph;
    graph.Add("", generator.Triples(60));
    for (const char* name : {"g0", "g1"}) graph.Add(name, generator.Triples(40));
    for (uint32_t i = 0; i < kQueries; ++i) {
      const std::string query = generator.Query();
      INFO("seed " << seed << ", query " << i << ": " << query);
      QueryOptions on, off;
      on.check_vocabulary = off.check_vocabulary = false;
      on.limits.time = off.limits.time = std::chrono::milliseconds(300);
      on.limits.rows = off.limits.rows = 20000;
      off.optimise = false;
      auto with = graph.Ask(query, on), without = graph.Ask(query, off);
      bool is_stopped = false;
      for (const auto* rows : {&with, &without}) {
        is_stopped = is_stopped || (rows->size() == 1 && rows->front().find("hint:") != std::string::npos);
      }
      if (is_stopped) {
        ++stopped;
        continue;
      }
      std::sort(with.begin(), with.end());
      std::sort(without.begin(), without.end());
      REQUIRE(with == without);
      ++answered;
      with_rows += with.empty() ? 0 : 1;
    }
  }
  CHECK(answered > kGraphs * kQueries * 3 / 4);
  CHECK(with_rows > answered / 3);
  WARN(answered << " queries answered alike, " << with_rows << " of them with rows; " << stopped << " stopped");
}

}  // namespace
}  // namespace sitgraph::queries
