// What is known of one entity, from the two reports of the fixture.
#include "queries/entity_report.h"

#include <catch2/catch.hpp>

#include "tests/queries/query_fixture.h"

namespace sitgraph::queries {
namespace {

using testing::TemporaryGraph;

const std::string kBase = "https://w3id.org/sitgraph/id/";

TEST_CASE("entities are found by IRI, label and folded label") {
  TemporaryGraph graph;
  graph.AddReports();
  auto snapshot = graph.Snapshot();
  struct {
    const char* name;
    const char* found;
  } const cases[] = {
      {"Palmyra", "place/palmyra"},
      {"Tadmur", "place/palmyra"},
      {"  tadmur ", "place/palmyra"},
      {"AR RAQQAH", "place/raqqa"},
      {"https://w3id.org/sitgraph/id/place/raqqa", "place/raqqa"},
      {"<https://w3id.org/sitgraph/id/place/raqqa>", "place/raqqa"},
      {"place/raqqa", "place/raqqa"},
  };
  for (const auto& each : cases) {
    INFO(each.name);
    auto found = FindEntities(*snapshot, each.name);
    REQUIRE(found.has_value());
    REQUIRE(found->size() == 1);
    CHECK(found->front().entity.iri == kBase + each.found);
  }
  auto missing = FindEntities(*snapshot, "Palmira");
  REQUIRE(!missing.has_value());
  CHECK(base::ToString(missing.error()) ==
        "no entity is named \"Palmira\" in this graph\n  hint: did you mean Palmyra?");
}

TEST_CASE("several entities of one name are listed, the most written of first") {
  TemporaryGraph graph;
  graph.AddReports();
  graph.Add("", R"(
    id:place/palmyra-ny rdf:type sg:Place
    id:place/palmyra-ny skos:prefLabel "Palmyra"
  )");
  auto found = FindEntities(*graph.Snapshot(), "Palmyra");
  REQUIRE(found.has_value());
  CHECK(ToText(*found) ==
        "Palmyra (place, named 4 times)  https://w3id.org/sitgraph/id/place/palmyra\n"
        "Palmyra (place, named 0 times)  https://w3id.org/sitgraph/id/place/palmyra-ny\n");
}

TEST_CASE("a place's report") {
  TemporaryGraph graph;
  graph.AddReports();
  auto report = ReportEntity(*graph.Snapshot(), kBase + "place/palmyra");
  REQUIRE(report.has_value());
  CHECK(ToText(*report) == R"(Palmyra (place)
  https://w3id.org/sitgraph/id/place/palmyra
  also: Tadmur

Events (3)
  2017-02  casualties, as place
    agent: Islamic State
    target: civilians
    count: more than 40 civilians killed
    according to: The Observatory
    "The Observatory says more than 40 civilians were killed there in February."
    in Desert Post, 2017-03-03, "Army retakes the ancient city", [r1]
  2017-03-02  capture, as place
    agent: Syrian Army
    target: Islamic State
    "The army retook Palmyra from Islamic State on Thursday."
    in Desert Post, 2017-03-03, "Army retakes the ancient city", [r1]
  undated  capture (negated), as place
    agent: Syrian Army
    in Northern Wire, 2017-10-18, "Two cities change hands", [r2]
)");
}

TEST_CASE("coordinates, what a place lies in, and relations") {
  TemporaryGraph graph;
  graph.AddReports();
  auto raqqa = ReportEntity(*graph.Snapshot(), kBase + "place/raqqa");
  REQUIRE(raqqa.has_value());
  CHECK(raqqa->latitude == "35.95");
  REQUIRE(raqqa->within.size() == 1);
  CHECK(raqqa->within.front().name == "Raqqa Governorate");
  auto isis = ReportEntity(*graph.Snapshot(), kBase + "force/isis");
  REQUIRE(isis.has_value());
  // The short triples of events are not relations.
  REQUIRE(isis->relations.size() == 2);
  CHECK(isis->relations[0].relation == "opposes");
  CHECK(!isis->relations[0].forward);
  CHECK(isis->relations[0].other.name == "Syrian Army");
  CHECK(isis->relations[0].report.id == "r1");
  CHECK(isis->relations[1].report.id == "r2");
  auto civilians = ReportEntity(*graph.Snapshot(), kBase + "people/civilians");
  REQUIRE(civilians.has_value());
  REQUIRE(civilians->events.size() == 1);
  CHECK(civilians->events.front().roles == std::vector<std::string>{"target", "counted"});
}

TEST_CASE("places within each other in a circle end") {
  TemporaryGraph graph;
  graph.Add("", R"(
    id:a sg:within id:b
    id:b sg:within id:a
  )");
  auto report = ReportEntity(*graph.Snapshot(), kBase + "a");
  REQUIRE(report.has_value());
  CHECK(report->within.size() == 1);
}

TEST_CASE("events over the limit are counted") {
  TemporaryGraph graph;
  graph.AddReports();
  auto report = ReportEntity(*graph.Snapshot(), kBase + "place/palmyra", {.max_events = 1});
  REQUIRE(report.has_value());
  CHECK(report->events.size() == 1);
  CHECK(report->events_left_out == 2);
}

TEST_CASE("the report as JSON") {
  TemporaryGraph graph;
  graph.AddReports();
  auto report = ReportEntity(*graph.Snapshot(), kBase + "place/raqqa");
  REQUIRE(report.has_value());
  CHECK(ToJson(*report) == R"({
  "entity": {
    "iri": "https://w3id.org/sitgraph/id/place/raqqa",
    "name": "Raqqa",
    "kind": "Place"
  },
  "names": [
    "Ar-Raqqah"
  ],
  "latitude": "35.95",
  "longitude": "39.01",
  "within": [
    {
      "iri": "https://w3id.org/sitgraph/id/place/raqqa-governorate",
      "name": "Raqqa Governorate",
      "kind": "Place"
    }
  ],
  "events": [
    {
      "iri": "https://w3id.org/sitgraph/id/event/r2/1",
      "type": "capture",
      "roles": [
        "place"
      ],
      "parties": [
        {
          "role": "agent",
          "entity": {
            "iri": "https://w3id.org/sitgraph/id/force/sdf",
            "name": "Syrian Democratic Forces",
            "kind": "Force"
          }
        }
      ],
      "begin": "2017-10-17",
      "factuality": "actual",
      "sources": [
        {
          "iri": "https://w3id.org/sitgraph/id/organization/observatory",
          "name": "The Observatory",
          "kind": "Organization"
        }
      ],
      "report": {
        "iri": "https://w3id.org/sitgraph/id/report/r2",
        "id": "r2",
        "title": "Two cities change hands",
        "publisher": "Northern Wire",
        "date": "2017-10-18"
      },
      "evidence": [
        {
          "sentence": "The Observatory reports that the SDF took Raqqa on 17 October.",
          "words": "took"
        }
      ]
    }
  ]
}
)");
  auto nothing = ReportEntity(*graph.Snapshot(), "urn:nothing");
  REQUIRE(!nothing.has_value());
  CHECK(nothing.error().code == base::ErrorCode::kNotFound);
}

}  // namespace
}  // namespace sitgraph::queries
