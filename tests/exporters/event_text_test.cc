#include "exporters/event_text.h"

#include <catch2/catch.hpp>

#include "exporters/view.h"

namespace sitgraph::exporters {
namespace {

TEST_CASE("partial dates become whole days") {
  const struct {
    const char* begin;
    const char* end;
    const char* days;
  } cases[] = {
      {"2018-05-07", "2018-05-07", "2018-05-07..2018-05-07"},
      {"2018-05", "2018-05", "2018-05-01..2018-05-31"},
      {"2016-02", "2016-02", "2016-02-01..2016-02-29"},
      {"2018", "2018", "2018-01-01..2018-12-31"},
      {"2018", "2018-05", "2018-01-01..2018-05-31"},
      {"2018-05-07", "", "2018-05-07.."},  // since May 7
      {"", "2018-05", "..2018-05-31"},
      {"--05-07", "--05-07", ".."},  // no year, no day
      {"", "", ".."},
      {"2018-06", "2018-05", "2018-06-01.."},  // an end before its begin
      {"2018-05-07T23:10:00Z", "2018-05-08+02:00", "2018-05-07..2018-05-08"},
      {"2018Z", "2018-05Z", "2018-01-01..2018-05-31"},
      {"2018-02-30", "soon", ".."},
  };
  for (const auto& c : cases) {
    INFO(c.begin << " " << c.end);
    const Days days = WholeDays(DateOfLexical(c.begin), DateOfLexical(c.end));
    CHECK(base::ToIso(days.first) + ".." + base::ToIso(days.last) == c.days);
  }
}

TEST_CASE("counts become words") {
  const struct {
    CountValues count;
    const char* text;
  } cases[] = {
      {{"13407", "13407", "exact", "person", "civilians", "depart", ""}, "13,407 civilians (depart)"},
      {{"160", "", "more-than", "item", "vehicles", "", ""}, "more than 160 vehicles"},
      {{"24", "99", "about", "person", "", "casualties", "killed"}, "24\u201399 persons (killed)"},
      {{"4300", "4300", "about", "person", "people", "", ""}, "about 4,300 people"},
      {{"", "20", "less-than", "item", "", "", ""}, "up to 20 items"},
      {{"30", "30", "exact", "km2", "territory", "", ""}, "30 km2 of territory"},
      {{"2.50", "2.50", "exact", "t", "", "", ""}, "2.5 t"},
      {{"1000000.0", "1000000.0", "", "", "rounds", "", ""}, "1,000,000 rounds"},
      {{"5", "", "about", "", "", "", ""}, "about 5"},
      {{"", "", "", "", "civilians", "", ""}, "civilians"},
      {{"NaN", "NaN", "", "", "x", "", ""}, "NaN x"},
      {{"", "", "", "", "", "", ""}, ""},
  };
  for (const auto& c : cases) CHECK(CountText(c.count) == c.text);
}

TEST_CASE("local names") {
  CHECK(LocalName("https://w3id.org/sitgraph/ns#Event") == "Event");
  CHECK(LocalName("https://w3id.org/sitgraph/type/capture") == "capture");
  CHECK(LocalName("urn:x") == "urn:x");
  CHECK(LocalName("http://a/") == "http://a/");
}

TEST_CASE("node ids are NMTOKENs that tell IRIs apart") {
  const std::string base = "https://w3id.org/sitgraph/id/";
  const struct {
    std::string iri, id;
  } cases[] = {
      {base + "place/deir-ez-zor", "place:deir-ez-zor"},
      {base + "report/a.b/event/12", "report:a.b:event:12"},
      {base + "place/a_b", "place:a_5Fb"},
      {base + "place/%D8%AD", "place:_25D8_25AD"},
      {base + "place/a:b", "https_3A::w3id.org:sitgraph:id:place:a_3Ab"},
      {base, "https_3A::w3id.org:sitgraph:id:"},
      {"place/a", "place:a"},
      {"http://example.org/\xC3\xA9", "http_3A::example.org:_C3_A9"},
      {"", ""},
  };
  for (const auto& c : cases) CHECK(NodeId(c.iri, base) == c.id);
  CHECK(NodeId("http://example.org/a", "") == "http_3A::example.org:a");
}

}  // namespace
}  // namespace sitgraph::exporters
