// The reports that come with the program are read whole, each with what a reader sees in it.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "src/reports/reader.h"

namespace sitgraph::reports {
namespace {

struct Expected {
  std::string id, published, publisher, dateline, author;
  size_t titles, bodies;
};

TEST_CASE("the example reports") {
  const Expected all[] = {
      {"aleppo-evacuation", "2016-12-22", "", "", "", 1, 7},
      {"daraa-ceasefire", "--07-06", "DAMASCUS COURIER", "DAMASCUS", "", 1, 6},
      {"deir-ez-zor-siege", "--09-06", "NORDPRESS", "MOSCOW", "", 3, 6},
      {"eastern-ghouta-evacuation", "2018-03-23", "", "", "", 1, 7},
      {"homs-weapons-briefing", "2018-05-16", "", "", "", 2, 13},
      {"idlib-observation-posts", "2018-05-17", "", "", "", 1, 7},
      {"inc-301", "2017-11-13", "Levant Monitor", "", "", 0, 3},
      {"inc-302", "2017-04-15", "Damascus Courier", "", "", 0, 3},
      {"inc-303", "2017-05-18", "Euphrates Post", "", "", 0, 3},
      {"inc-304", "2018-12-16", "Tigris Wire", "", "", 0, 2},
      {"khan-sheikhoun-release", "2017-04-05", "Local Councils' Union", "", "", 1, 5},
      {"palmyra-ministry", "", "", "", "", 1, 6},
      {"raqqa-convoy", "2017-10-15", "Euphrates Post", "AIN ISSA", "Dalia Rashid", 2, 5},
      {"rukban-statement", "2018-11-08", "", "", "", 1, 5},
      {"shayrat-strike", "2017-04-07", "TIGRIS WIRE", "WASHINGTON", "", 1, 6},
      {"wire-2017-0302", "2017-03-03", "Nordpress", "MOSCOW", "", 0, 4},
      {"wire-2017-0303", "2017-03-04", "Levant Monitor", "", "", 0, 4},
      {"wire-2017-0510", "2017-05-11", "Euphrates Post", "", "", 0, 4},
      {"wire-2017-0709", "2017-07-10", "Tigris Wire", "BAGHDAD", "", 0, 4},
      {"wire-2018-0318", "2018-03-18", "Anatolia Gazette", "ANKARA", "", 0, 4},
      {"yarmouk-local-paper", "2018-05-22", "", "", "Helen Brandt", 1, 5},
  };
  std::map<std::string, Report> reports;
  ReportSource source({std::string(SITGRAPH_SOURCE_DIR) + "/examples/reports"});
  while (auto item = source.Next()) {
    REQUIRE(std::holds_alternative<Report>(*item));
    auto& report = std::get<Report>(*item);
    reports.emplace(report.id, std::move(report));
  }
  CHECK(reports.size() == std::size(all));
  for (const Expected& expected : all) {
    INFO(expected.id);
    REQUIRE(reports.count(expected.id) == 1);
    const Report& report = reports.at(expected.id);
    CHECK_FALSE(report.title.empty());
    CHECK(base::ToIso(report.published) == expected.published);
    CHECK(report.publisher == expected.publisher);
    CHECK(report.dateline == expected.dateline);
    CHECK(report.author == expected.author);
    const auto count = [&](ZoneKind kind) {
      return static_cast<size_t>(
          std::count_if(report.zones.begin(), report.zones.end(), [&](const Zone& z) { return z.kind == kind; }));
    };
    CHECK(count(ZoneKind::kTitle) == expected.titles);
    CHECK(count(ZoneKind::kBody) == expected.bodies);
    for (const Zone& zone : report.zones) {
      if (zone.kind != ZoneKind::kBody) continue;
      for (const std::string_view furniture :
           {"You might", "READ MORE", "Back to top", "Share", "cookies", "Photo by", "Menu"}) {
        CHECK(zone.span.In(report.text).find(furniture) == std::string_view::npos);
      }
    }
  }
}

}  // namespace
}  // namespace sitgraph::reports
