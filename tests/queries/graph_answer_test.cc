// CONSTRUCT and DESCRIBE, and their writers.
#include <catch2/catch.hpp>
#include <string>

#include "tests/queries/query_fixture.h"

namespace sitgraph::queries {
namespace {

using testing::TemporaryGraph;

std::string Write(TemporaryGraph& graph, std::string_view query, ResultFormat format,
                  const QueryOptions& options = {}) {
  std::string out;
  auto writer = MakeResultWriter(format, [&](std::string_view bytes) {
    out += bytes;
    return base::Status();
  });
  auto summary = RunQuery(*graph.Snapshot(), query, options, *writer);
  return summary ? out : base::ToString(summary.error());
}

TEST_CASE("CONSTRUCT gives each triple once, subject by subject, with new blank nodes for each solution") {
  TemporaryGraph graph;
  graph.AddReports();
  CHECK(Write(graph,
              "CONSTRUCT { ?f a sg:Force ; sg:source [ rdfs:label ?n ] } "
              "{ ?f sgr:capture ?p . ?p skos:prefLabel ?n } ORDER BY ?n",
              ResultFormat::kTurtle) ==
        "@prefix sg: <https://w3id.org/sitgraph/ns#> .\n\n"
        "<https://w3id.org/sitgraph/id/force/syrian-army> a sg:Force ;\n    sg:source _:t0 .\n\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\n"
        "_:t0 rdfs:label \"Palmyra\" .\n"
        "<https://w3id.org/sitgraph/id/force/sdf> a sg:Force ;\n    sg:source _:t1 .\n"
        "_:t1 rdfs:label \"Raqqa\" .\n");
  CHECK(Write(graph, "CONSTRUCT WHERE { ?f sgr:opposes ?e }", ResultFormat::kNTriples) ==
        "<https://w3id.org/sitgraph/id/force/syrian-army> <https://w3id.org/sitgraph/rel/opposes> "
        "<https://w3id.org/sitgraph/id/force/isis> .\n");
  // What would be no RDF is left out.
  CHECK(Write(graph, "CONSTRUCT { ?n sg:of ?f . ?f ?n ?f . ?f sg:of ?nothing } { ?f skos:altLabel ?n }",
              ResultFormat::kNTriples)
            .empty());
  CHECK(Write(graph,
              "PREFIX x: <https://w3id.org/sitgraph/id/> CONSTRUCT { ?e x:n ?m, 1.50, true, 'a\"b'@en } "
              "{ ?e schema:minValue ?m }",
              ResultFormat::kTurtle) ==
        "@prefix x: <https://w3id.org/sitgraph/id/> .\n\n"
        "<https://w3id.org/sitgraph/id/count/r1/1> x:n 40, 1.50, true, \"a\\\"b\"@en .\n");
}

TEST_CASE("DESCRIBE gives what is said of a resource and of the blank nodes under it") {
  TemporaryGraph graph;
  graph.Add("g1", "id:a sg:of _:one\n_:one sg:of _:two\n_:two sg:of _:one\n_:two sg:unit \"deep\"\nid:b sg:of id:a");
  CHECK(Write(graph, "DESCRIBE <https://w3id.org/sitgraph/id/a>", ResultFormat::kNTriples).find("\"deep\"") !=
        std::string::npos);
  CHECK(Write(graph, "DESCRIBE ?x { ?x sg:of <https://w3id.org/sitgraph/id/a> }", ResultFormat::kNTriples) ==
        "<https://w3id.org/sitgraph/id/b> <https://w3id.org/sitgraph/ns#of> <https://w3id.org/sitgraph/id/a> .\n");
  CHECK(Write(graph, "DESCRIBE <https://w3id.org/sitgraph/id/nowhere>", ResultFormat::kNTriples).empty());
}

TEST_CASE("an answer's form and its format must fit, and graphs have limits too") {
  TemporaryGraph graph;
  graph.AddReports();
  CHECK(Write(graph, "CONSTRUCT WHERE { ?a ?b ?c }", ResultFormat::kCsv) ==
        "CONSTRUCT and DESCRIBE give a graph, which this format cannot hold\n  hint: use turtle or ntriples");
  CHECK(Write(graph, "ASK {}", ResultFormat::kTurtle) ==
        "Turtle and N-Triples hold graphs, not rows\n  hint: use table, json, xml, csv or tsv for SELECT and ASK");
  QueryOptions options;
  options.limits.rows = 3;
  CHECK(Write(graph, "CONSTRUCT WHERE { ?a ?b ?c }", ResultFormat::kNTriples, options) ==
        "the answer has more than 3 triples, the limit of results\n  hint: add a LIMIT, or raise the limit of results");
}

}  // namespace
}  // namespace sitgraph::queries
