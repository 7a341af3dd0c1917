// What is told about real reports, against what careful analysts wrote down. Skipped where ../shared is absent.
#include <rapidjson/document.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "base/file.h"
#include "src/reports/reader.h"

namespace sitgraph::reports {
namespace {

std::string Field(const rapidjson::Document& gold, const char* key) {
  const rapidjson::Value& value = gold["report"][key];
  return value.IsString() ? std::string(value.GetString(), value.GetStringLength()) : std::string();
}

TEST_CASE("title, date and publisher of the annotated reports") {
  const std::string shared = SITGRAPH_SHARED_DIR;
  if (!std::filesystem::exists(shared + "/gold/dev")) {
    WARN("skipped: no " + shared + "/gold/dev");
    return;
  }
  ReportSource source({shared + "/reports"});
  size_t reports = 0, titles = 0, dates = 0, publishers = 0;
  while (const auto item = source.Next()) {
    REQUIRE(std::holds_alternative<Report>(*item));
    const auto& report = std::get<Report>(*item);
    const std::string path = shared + "/gold/dev/" + report.id + ".json";
    if (!std::filesystem::exists(path)) continue;
    rapidjson::Document gold;
    gold.Parse(base::ReadFile(path).value().c_str());
    ++reports;
    titles += report.title == Field(gold, "title") ? 1U : 0U;
    dates += base::ToIso(report.published) == Field(gold, "published") ? 1U : 0U;
    const bool publisher = report.publisher == Field(gold, "publisher");
    publishers += publisher ? 1U : 0U;
    if (!publisher) UNSCOPED_INFO(report.id << ": publisher \"" << report.publisher << "\"");
  }
  CHECK(reports == 15);
  CHECK(titles == 15);
  CHECK(dates == 15);
  // The other two are told by a correspondent's employer only, which names a third report wrongly.
  CHECK(publishers == 13);
}

}  // namespace
}  // namespace sitgraph::reports
