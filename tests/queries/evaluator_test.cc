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

TEST_CASE("optional, union, minus, filters, values and bind") {
  TemporaryGraph graph;
  graph.AddReports();
  CheckAll(
      graph,
      {{"SELECT ?id ?t { ?e a sg:Event ; sem:eventType sgt:capture ; prov:hadPrimarySource/dct:identifier ?id "
        "OPTIONAL { ?e sg:timeText ?t } }",
        {"r1 | on Thursday", "r2 | -", "r2 | -"}},
       {"SELECT ?id ?t { ?e sem:eventType sgt:capture ; prov:hadPrimarySource ?r . ?r dct:identifier ?id "
        "OPTIONAL { ?e sg:timeText ?t } }",
        {"r1 | on Thursday", "r2 | -", "r2 | -"}},
       {"SELECT ?n { { ?x skos:prefLabel ?n } UNION { ?x skos:altLabel ?n } ?x a sg:Place }",
        {"Ar-Raqqah", "Palmyra", "Raqqa", "Raqqa Governorate", "Tadmur"}},
       {"SELECT ?n { ?x a sg:Force ; skos:prefLabel ?n MINUS { ?x sgr:capture ?p } }", {"Islamic State"}},
       {"SELECT ?n { ?x a sg:Force ; skos:prefLabel ?n FILTER NOT EXISTS { ?x sgr:capture ?p } }", {"Islamic State"}},
       {"SELECT ?n { ?x a sg:Force ; skos:prefLabel ?n MINUS { ?other sgr:capture ?p } }",
        {"Islamic State", "Syrian Army", "Syrian Democratic Forces"}},
       {"SELECT ?b { ?e sg:begin ?b FILTER(?b >= \"2017-03-01\"^^xsd:date) }", {"2017-03-02", "2017-10-17"}},
       {"SELECT ?b { ?e sg:begin ?b FILTER(YEAR(?b) = 2017 && MONTH(?b) < 3) }", {"2017-02"}},
       {"SELECT ?n { ?x skos:prefLabel ?n FILTER(REGEX(?n, \"^syrian\", \"i\") && !CONTAINS(?n, \"Army\")) }",
        {"Syrian Democratic Forces"}},
       {"SELECT ?n ?k { VALUES (?x ?k) { (<https://w3id.org/sitgraph/id/place/raqqa> 1) (UNDEF 2) } "
        "?x a sg:Place ; skos:prefLabel ?n } ORDER BY ?k ?n",
        {"Raqqa | 1", "Palmyra | 2", "Raqqa | 2", "Raqqa Governorate | 2"}},
       {"SELECT ?d { ?c schema:minValue ?m BIND(?m * 2 + 0.5 AS ?d) }", {"80.5"}},
       {"SELECT ?f { ?e sg:factuality ?f FILTER(?f IN (sg:negated, sg:possible)) }", {"sg:negated"}},
       // A filter in a group of its own does not see the outside.
       {"SELECT ?n { ?x a sg:Force { ?y a sg:Place ; skos:prefLabel ?n FILTER(BOUND(?x)) } }", {}},
       {"SELECT (COUNT(*) AS ?n) { ?x a sg:Force OPTIONAL { ?y a sg:Report FILTER(?x = <urn:none>) } }", {"3"}},
       {"SELECT ?a ?b { BIND(1/0 AS ?a) BIND(COALESCE(?a, \"none\") AS ?b) }", {"- | none"}}});
}

TEST_CASE("aggregates, order, slices and subqueries") {
  TemporaryGraph graph;
  graph.AddReports();
  CheckAll(
      graph,
      {{"SELECT ?t (COUNT(?e) AS ?n) { ?e sem:eventType ?t } GROUP BY ?t ORDER BY DESC(?n)",
        {"sgt:capture | 3", "sgt:casualties | 1"}},
       {"SELECT ?t { ?e sem:eventType ?t } GROUP BY ?t HAVING(COUNT(?e) > 1)", {"sgt:capture"}},
       {"SELECT (COUNT(*) AS ?n) (SUM(?m) AS ?s) (MIN(?m) AS ?least) { ?e a sg:Nothing ; sg:count ?m }", {"0 | 0 | -"}},
       {"SELECT (GROUP_CONCAT(?n; separator=\", \") AS ?all) { SELECT ?n { ?x a sg:Force ; skos:prefLabel ?n } "
        "ORDER BY ?n }",
        {"Islamic State, Syrian Army, Syrian Democratic Forces"}},
       {"SELECT (GROUP_CONCAT(?n; separator=\", \") AS ?all) { { SELECT ?n { ?x a sg:Force ; skos:prefLabel ?n } "
        "ORDER BY ?n } }",
        {"Islamic State, Syrian Army, Syrian Democratic Forces"}},
       {"SELECT ?n { ?x skos:prefLabel ?n } ORDER BY ?n LIMIT 2 OFFSET 1", {"Palmyra", "Raqqa"}},
       {"SELECT DISTINCT ?a { ?e sg:agent ?x . ?x skos:prefLabel ?a } ORDER BY DESC(?a) LIMIT 2",
        {"Syrian Democratic Forces", "Syrian Army"}},
       {"SELECT ?p ?n { { SELECT ?p (COUNT(?e) AS ?n) { ?e sg:place ?p } GROUP BY ?p } ?p skos:altLabel \"Tadmur\" }",
        {"<https://w3id.org/sitgraph/id/place/palmyra> | 3"}},
       {"SELECT ?g ?n { GRAPH ?g { { SELECT (COUNT(?e) AS ?n) { ?e a sg:Event } } } } ORDER BY ?g",
        {"<https://w3id.org/sitgraph/id/report/r1> | 2", "<https://w3id.org/sitgraph/id/report/r2> | 2"}},
       {"SELECT (AVG(?c) AS ?a) { ?e sg:confidence ?c }", {"0.9"}}});
}

// The question that the program exists for.
TEST_CASE("which forces captured which places, who says so, and in which words") {
  TemporaryGraph graph;
  graph.AddReports();
  CheckAll(graph,
           {{R"(
    SELECT ?force ?place ?when ?publisher ?source ?sentence {
      GRAPH ?report {
        ?event sem:eventType sgt:capture ; sg:factuality sg:actual ; sg:agent ?f ; sg:place ?p ;
               sg:evidence [ sg:sentence ?sentence ] .
        ?report dct:publisher ?publisher .
        OPTIONAL { ?event sg:begin ?when }
      }
      ?f skos:prefLabel ?force . ?p skos:prefLabel ?place .
      OPTIONAL { ?event sg:source ?s . ?s skos:prefLabel ?source }
    } ORDER BY ?when)",
             {"Syrian Army | Palmyra | 2017-03-02 | Desert Post | - | The army retook Palmyra from Islamic State "
              "on Thursday.",
              "Syrian Democratic Forces | Raqqa | 2017-10-17 | Northern Wire | The Observatory | The Observatory "
              "reports that the SDF took Raqqa on 17 October."}}});
}

TEST_CASE("what is not evaluated is said with its place, never answered wrongly") {
  TemporaryGraph graph;
  graph.AddReports();
  struct {
    const char* query;
    const char* error;
  } const cases[] = {
      {"SELECT * { SERVICE <http://example.org/> { ?a ?b ?c } }", "line 1:12: SERVICE is not evaluated yet"},
      {"SELECT * { ?a ?b ?c FILTER(<http://example.org/f>(?a)) }",
       "line 1:28: the function <http://example.org/f> is not evaluated yet"},
  };
  for (const auto& each : cases) {
    INFO(each.query);
    CHECK(graph.Ask(each.query) == Rows{each.error});
  }
}

TEST_CASE("unknown names of the vocabulary are warned of, and the query is answered") {
  TemporaryGraph graph;
  graph.AddReports();
  KeptRows kept;
  auto summary =
      RunQuery(*graph.Snapshot(), "SELECT * { ?e sg:agnet ?a ; sem:eventType sgt:captrue, sgt:capture ; sg:place ?p }",
               {}, kept);
  REQUIRE(summary.has_value());
  CHECK(kept.rows.empty());
  CHECK(kept.ended);
  REQUIRE(summary->warnings.size() == 2);
  CHECK(base::ToString(summary->warnings[0]) ==
        "line 1:15: sg:agnet is not a term of the vocabulary\n  hint: did you mean sg:agent?");
  CHECK(base::ToString(summary->warnings[1]) ==
        "line 1:43: sgt:captrue does not occur in this graph\n  hint: did you mean sgt:capture?");
}

TEST_CASE("limits end a query and say which one it was") {
  TemporaryGraph graph;
  std::string lines;
  for (int i = 0; i < 300; ++i) lines += "id:x/" + std::to_string(i) + " sg:of \"" + std::to_string(i) + "\"\n";
  graph.Add("", lines);
  const std::string product = "SELECT (COUNT(*) AS ?n) { ?a sg:of ?x . ?b sg:of ?y . ?c sg:of ?z . ?d sg:of ?w }";

  QueryOptions rows;
  rows.limits.rows = 10;
  CHECK(graph.Ask("SELECT ?x { ?a sg:of ?x }", rows) ==
        Rows{"the query has more than 10 results, its limit\n  hint: add a LIMIT, or raise the limit of results"});
  rows.limits.rows = 300;
  CHECK(graph.Ask("SELECT ?x { ?a sg:of ?x }", rows).size() == 300);

  QueryOptions time;
  time.limits.time = std::chrono::milliseconds(50);
  CHECK(
      graph.Ask(product, time) ==
      Rows{"the query ran longer than its time limit of 50 ms\n  hint: narrow the patterns, add a LIMIT, or raise the "
           "time limit"});

  QueryOptions memory;
  memory.limits.bytes = 1 << 20;
  CHECK(graph.Ask("SELECT DISTINCT ?a ?b { ?a sg:of ?x . ?b sg:of ?y }", memory) ==
        Rows{"the query needs more memory than its limit of 1 MiB\n  hint: narrow the patterns, add a LIMIT, or raise "
             "the memory limit"});
  // What an ORDER BY with a LIMIT holds back does not grow with the solutions.
  CHECK(graph.Ask("SELECT ?a ?b { ?a sg:of ?x . ?b sg:of ?y } ORDER BY ?a ?b LIMIT 3", memory).size() == 3);

  std::atomic<bool> cancelled = true;
  QueryOptions cancel;
  cancel.limits.cancelled = &cancelled;
  CHECK(graph.Ask(product, cancel) == Rows{"the query was cancelled"});

  std::string doubling = "SELECT ?x40 { BIND(\"0123456789\" AS ?x0) ";
  for (int i = 1; i <= 40; ++i) {
    std::string from = "?x" + std::to_string(i - 1);
    doubling += "BIND(CONCAT(" + from + ", " + from + ") AS ?x" + std::to_string(i) + ") ";
  }
  CHECK(graph.Ask(doubling + "}") == Rows{"an expression makes a string over the limit of 16 MiB"});
  CHECK(graph.Ask("SELECT ?m { BIND(REGEX(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", "
                  "\"^(a+)+$\") AS ?m) }") ==
        Rows{"a regular expression needs more time or memory than its limit on one text\n  hint: avoid nested "
             "repetitions such as (a+)+"});
}

TEST_CASE("a plan of more patterns than any person writes is refused") {
  TemporaryGraph graph;
  std::string query = "SELECT * {";
  for (int i = 0; i < 5000; ++i) query += "OPTIONAL { ?a ?b ?c } ";
  CHECK(graph.Ask(query + "}") == Rows{"line 1:22011: the query has more than 1000 patterns"});
  std::string many = "ASK {";
  for (int i = 0; i < 900; ++i) many += "OPTIONAL { } ";
  CHECK(graph.Ask(many + "}") == Rows{"yes"});
}

}  // namespace
}  // namespace sitgraph::queries
