// Tables and maps: what a spreadsheet, Neo4j, QGIS and TimelineJS get.
#include <catch2/catch.hpp>
#include <filesystem>
#include <map>

#include "base/csv.h"
#include "exporters/json_text.h"
#include "tests/exporters/hostile.h"
#include "tests/exporters/test_graph.h"

namespace sitgraph::exporters {
namespace {

using namespace test;
using Record = std::map<std::string, std::string>;

std::vector<Record> Records(const std::string& csv) {
  base::CsvReader reader(base::ReaderOver(csv), "test");
  std::vector<std::string> names;
  std::vector<Record> records;
  while (true) {
    const auto row = reader.Next();
    REQUIRE(row);
    if (*row == nullptr) return records;
    if (names.empty()) {
      names = (*row)->fields;
      continue;
    }
    REQUIRE((*row)->fields.size() == names.size());
    Record record;
    for (size_t i = 0; i < names.size(); ++i) record[names[i]] = (*row)->fields[i];
    records.push_back(record);
  }
}

class Codes : public CodeSource {
 public:
  const EventCodes* CodesOf(std::string_view type) const override { return type == "capture" ? &capture_ : nullptr; }
  std::optional<PlacePrecision> PrecisionOf(std::string_view iri) const override {
    return iri.ends_with("rastan") ? std::optional(PlacePrecision{1, 1}) : std::nullopt;
  }

 private:
  EventCodes capture_{"Capture", "ASSAULT", "", "190", "Battles", "Non-state actor overtakes territory"};
};

TEST_CASE("a table of events has ACLED's and UCDP's columns") {
  Quads g = ExampleGraph();
  const Term report = Id("report/r1");
  g.Add(Id("report/r1/count/1"), Sg("unit"), Term::String("item"), report);
  g.Add(Id("report/r1/count/2"), Sg("unit"), Term::String("person"), report);
  const Codes codes;
  const TestStore store(g.quads());
  const auto records = Records(store.Export("e.csv", {.format = Format::kEvents, .codes = &codes}));
  REQUIRE(records.size() == 3);
  const Record expected[] = {{{"event_id", "report:r1:event:10-capture"},
                              {"event_date", "2018-05-01"},
                              {"year", "2018"},
                              {"date_end", "2018-05-31"},
                              {"time_precision", "3"},
                              {"date_prec", "4"},
                              {"event_type", "capture"},
                              {"acled_event_type", "Battles"},
                              {"cameo_code", "190"},
                              {"actor1", "Tiger Forces"},
                              {"actor2", "Al-Rastan"},
                              {"location", "Al-Rastan"},
                              {"country", "Homs Governorate"},
                              {"latitude", "34.92"},
                              {"longitude", "36.73"},
                              {"geo_precision", "1"},
                              {"fatalities", ""},
                              {"source_count", "1"},
                              {"notes", "The Tiger Forces took Al-Rastan in May."}},
                             {{"time_precision", "3"},
                              {"date_prec", "5"},
                              {"people", "13407"},
                              {"counts", "13,407 persons; more than 160 vehicles"}},
                             {{"event_date", ""}, {"factuality", "negated"}, {"latitude", ""}}};
  for (size_t i = 0; i < 3; ++i) {
    for (const auto& [column, value] : expected[i]) {
      INFO(i << " " << column);
      REQUIRE(records[i].count(column) == 1);
      CHECK(records[i].at(column) == value);
    }
  }
}

TEST_CASE("the killed are counted low, best and high; parts of a total are not added to it") {
  Quads g;
  const Term report = g.Report("report/r", "T");
  const Term event = g.Event(report, "event/1", "attack", "attack");
  const auto count = [&](std::string_view id, int64_t low, int64_t high, std::string harm) {
    g.Add(event, Sg("count"), Id(id), report);
    if (low >= 0) g.Add(Id(id), Term::Iri(v::Iri(v::kSchema, "minValue")), Term::Integer(low), report);
    if (high >= 0) g.Add(Id(id), Term::Iri(v::Iri(v::kSchema, "maxValue")), Term::Integer(high), report);
    g.Add(Id(id), Sg("unit"), Term::String("person"), report);
    g.Add(Id(id), Sg("harm"), Term::String(std::move(harm)), report);
  };
  count("c/1", 24, 99, "killed");
  count("c/2", -1, 7, "killed");
  count("c/3", 5, -1, "wounded");
  count("c/4", 20, 20, "killed");
  g.Add(Id("c/4"), Sg("partOf"), Id("c/1"), report);
  const TestStore store(g.quads());
  const auto records = Records(store.Export("e.csv", {.format = Format::kEvents}));
  REQUIRE(records.size() == 1);
  CHECK(records[0].at("fatalities_low") == "24");
  CHECK(records[0].at("fatalities") == "31");
  CHECK(records[0].at("fatalities_high") == "106");
  CHECK(records[0].at("people") == "111");
}

TEST_CASE("folders of tables for Gephi and Neo4j") {
  const TestStore store(ExampleGraph().quads());
  const std::string folder = store.folder().File("tables");
  const auto summary = Export(store.snapshot(), {.format = Format::kCsv, .path = folder});
  REQUIRE(summary);
  CHECK(summary->nodes == 10);
  CHECK(summary->edges == 10);
  CHECK(summary->events == 3);
  const auto nodes = Records(TestStore::Content(folder + "/nodes.csv"));
  CHECK(nodes.at(1).at("Id") == "force:tiger-forces");
  CHECK(nodes.at(1).at("Label") == "Tiger Forces");
  CHECK(nodes.at(1).at("color") == "#0072B2");
  const auto edges = Records(TestStore::Content(folder + "/edges.csv"));
  CHECK(edges.at(0).at("Weight") == "2");
  CHECK(edges.at(0).at("Label") == "part-of");

  REQUIRE(Export(store.snapshot(), {.format = Format::kNeo4j, .path = folder}));
  CHECK(TestStore::Content(folder + "/nodes.csv").starts_with("id:ID,:LABEL,label,kind,event_type,agents"));
  const auto relationships = Records(TestStore::Content(folder + "/relationships.csv"));
  CHECK(relationships.at(0).at(":START_ID") == "force:tiger-forces");
  CHECK(relationships.at(0).at(":TYPE") == "PART_OF");

  const auto piped = Export(store.snapshot(), {.format = Format::kCsv});
  REQUIRE_FALSE(piped);
  CHECK(piped.error().code == base::ErrorCode::kUsage);
}

TEST_CASE("a folder that cannot be filled is not left behind") {
  const TestStore store(ExampleGraph().quads());
  const std::string blocked = store.folder().Write("file", "x");
  CHECK_FALSE(Export(store.snapshot(), {.format = Format::kCsv, .path = blocked}));
  CHECK_FALSE(Export(store.snapshot(), {.format = Format::kCsv, .path = blocked + "/sub"}));
}

TEST_CASE("formulas are made safe in tables for spreadsheets, and only there") {
  Quads g;
  g.Entity("force/a", "Force", "=cmd|' /C calc'!A0");
  g.Entity("force/b", "Force", "-2+3");
  const TestStore store(g.quads());
  const std::string folder = store.folder().File("t");
  REQUIRE(Export(store.snapshot(), {.format = Format::kCsv, .path = folder}));
  const auto nodes = Records(TestStore::Content(folder + "/nodes.csv"));
  CHECK(nodes.at(0).at("Label") == "'=cmd|' /C calc'!A0");
  CHECK(nodes.at(1).at("Label") == "'-2+3");
  REQUIRE(Export(store.snapshot(), {.format = Format::kNeo4j, .path = folder}));
  CHECK(Records(TestStore::Content(folder + "/nodes.csv")).at(0).at("label") == "=cmd|' /C calc'!A0");
}

TEST_CASE("hostile texts read back equal from tables") {
  Quads g;
  const std::vector<std::string> texts = HostileTexts();
  for (size_t i = 0; i < texts.size(); ++i) g.Entity("place/p" + std::to_string(i), "Place", texts[i]);
  const TestStore store(g.quads());
  const std::string folder = store.folder().File("t");
  const auto labels = [&](Format format, const char* id, const char* label) {
    REQUIRE(Export(store.snapshot(), {.format = format, .path = folder}));
    Record by_id;
    for (const Record& record : Records(TestStore::Content(folder + "/nodes.csv"))) {
      by_id[record.at(id)] = record.at(label);
    }
    return by_id;
  };
  const Record sheet = labels(Format::kCsv, "Id", "Label"), neo4j = labels(Format::kNeo4j, "id:ID", "label");
  for (size_t i = 0; i < texts.size(); ++i) {
    INFO(texts[i].substr(0, 100));
    const std::string id = "place:p" + std::to_string(i);
    CHECK(neo4j.at(id) == texts[i]);
    CHECK(sheet.at(id) == (texts[i].starts_with('=') ? "'" + texts[i] : texts[i]));
  }
}

TEST_CASE("maps and the timeline") {
  const TestStore store(ExampleGraph().quads());
  const std::string geojson = store.Export("e.geojson", {.format = Format::kGeoJson});
  CHECK(geojson.find("\"coordinates\": [36.73, 34.92]") != geojson.npos);
  CHECK(geojson.find("\"geometry\": null") != geojson.npos);  // the denied shelling
  CHECK(geojson.find("\"confidence\": 0.75") != geojson.npos);
  const std::string kml = store.Export("e.kml", {.format = Format::kKml});
  CHECK(kml.find("<Point><coordinates>36.73,34.92</coordinates></Point>") != kml.npos);
  CHECK(kml.find("<begin>2018-05-01</begin>\n      <end>2018-05-31</end>") != kml.npos);
  CHECK(kml.find("<color>ff005ed5</color>") != kml.npos);
  const std::string timeline = store.Export("t.json", {.format = Format::kTimeline});
  CHECK(timeline.find("\"start_date\": {\"year\": 2018, \"month\": 5, \"day\": 1}") != timeline.npos);
  CHECK(timeline.find("\"display_date\": \"in May\"") != timeline.npos);
  CHECK(timeline.find("Northern Homs &amp; the &lt;corridor&gt;") != timeline.npos);
  const auto summary = Export(store.snapshot(), {.format = Format::kTimeline, .path = store.folder().File("t.json")});
  REQUIRE(summary);
  CHECK(summary->events == 2);
  CHECK(summary->events_left_out == 1);
}

TEST_CASE("formats of events refuse views that have none, RDF refuses views") {
  const TestStore store(ExampleGraph().quads());
  const std::string path = store.folder().File("out");
  CHECK_FALSE(Export(store.snapshot(), {.format = Format::kKml, .path = path, .view = ViewKind::kActors}));
  CHECK_FALSE(Export(store.snapshot(), {.format = Format::kTurtle, .path = path, .view = ViewKind::kActors}));
  CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("JSON strings") {
  const std::pair<std::string, std::string> cases[] = {
      {"a\"b\\c", R"("a\"b\\c")"},
      {"line\nfeed\ttab", R"("line\nfeed\u0009tab")"},
      {std::string("\0", 1), R"("\u0000")"},
      {"\u2028", R"("\u2028")"},
      {"\U0001F600 \u062D", "\"\U0001F600 \u062D\""},
      {"\xFF", "\"\uFFFD\""},
  };
  for (const auto& [text, expected] : cases) {
    std::string out;
    AppendJsonString(out, text);
    CHECK(out == expected);
  }
}

}  // namespace
}  // namespace sitgraph::exporters
