// Queries over a small graph of two reports: tables of query -> rows.
#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/queries/query_fixture.h"

namespace sitgraph::queries {
namespace {

using testing::KeptRows;
using testing::TemporaryGraph;
using Rows = std::vector<std::string>;

struct Case {
  const char* query;
  Rows rows;  // sorted unless the query orders them
};

void CheckAll(TemporaryGraph& graph, const std::vector<Case>& cases) {
  for (const Case& each : cases) {
    INFO(each.query);
    Rows rows = graph.Ask(each.query);
    if (std::string_view(each.query).find("ORDER BY") == std::string_view::npos) std::sort(rows.begin(), rows.end());
    CHECK(rows == each.rows);
  }
}

TEST_CASE("basic patterns and named graphs") {
  TemporaryGraph graph;
  graph.AddReports();
  CheckAll(graph,
           {{"SELECT ?f ?p { ?force sgr:capture ?place . ?force skos:prefLabel ?f . ?place skos:prefLabel ?p }",
             {"Syrian Army | Palmyra", "Syrian Democratic Forces | Raqqa"}},
            // The same triple in two graphs is one triple of the union, and two of GRAPH.
            {"SELECT ?f ?e { ?f sgr:opposes ?e }",
             {"<https://w3id.org/sitgraph/id/force/syrian-army> | <https://w3id.org/sitgraph/id/force/isis>"}},
            {"SELECT ?id { GRAPH ?g { ?f sgr:opposes ?e . ?r dct:identifier ?id } }", {"r1", "r2"}},
            {"SELECT ?t { GRAPH <https://w3id.org/sitgraph/id/report/r2> { ?e sem:eventType ?t ; sg:factuality "
             "sg:actual } }",
             {"sgt:capture"}},
            {"SELECT ?g { GRAPH ?g { ?x skos:prefLabel ?l } }", {}},
            {"SELECT ?n FROM <https://w3id.org/sitgraph/id/report/r1> { ?r dct:publisher ?n }", {"Desert Post"}},
            {"SELECT ?n FROM <https://w3id.org/sitgraph/id/report/r1> FROM <https://w3id.org/sitgraph/id/report/r2> "
             "{ ?r dct:publisher ?n . ?f sgr:opposes ?e }",
             {"Desert Post", "Northern Wire"}},
            {"SELECT ?n FROM NAMED <https://w3id.org/sitgraph/id/report/r1> { GRAPH ?g { ?r dct:publisher ?n } }",
             {"Desert Post"}},
            {"SELECT ?n FROM NAMED <https://w3id.org/sitgraph/id/report/r1> { ?r dct:publisher ?n }", {}},
            {"ASK { ?e sg:place [ skos:prefLabel \"Raqqa\" ] }", {"yes"}},
            {"ASK { ?e sg:place [ skos:prefLabel \"Idlib\" ] }", {"no"}},
            {"SELECT (COUNT(*) AS ?n) { GRAPH ?g {} }", {"2"}}});
}

}  // namespace
}  // namespace sitgraph::queries
