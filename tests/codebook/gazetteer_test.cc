// The gazetteer: a file written, read back and searched; dumps; what it adds to a codebook.
#include "src/codebook/gazetteer.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "base/text.h"
#include "tests/temporary_folder.h"

namespace sitgraph::codebook {
namespace {

using sitgraph::test::TemporaryFolder;

GazetteerWriter::Row City(std::string name, std::string country, std::string region, uint32_t population,
                          double latitude = 10, double longitude = 20) {
  GazetteerWriter::Row row;
  row.name = std::move(name);
  row.country = std::move(country);
  row.region = std::move(region);
  row.population = population;
  row.latitude = latitude;
  row.longitude = longitude;
  return row;
}

GazetteerWriter::Row Region(const std::string& name, std::string country) {
  GazetteerWriter::Row row = City(name, std::move(country), name, 0);
  row.is_region = true;
  row.type = PlaceType::kGovernorate;
  row.aliases = RegionAliases(name);
  return row;
}

std::vector<GazetteerWriter::Row> Rows() {
  return {City("Zāyid al Jadīdah", "SD", "River State", 40'000),
          City("Springfield", "US", "", 160'000, 37.2, -93.3),
          City("Springfield", "US", "", 110'000, 39.8, -89.6),
          City("Springfield", "AU", "", 500'000, -27.7, 152.9),
          City("Rio de Ouro", "BR", "", 80'000),
          Region("River State", "SD")};
}

std::string Bytes(std::vector<GazetteerWriter::Row> rows) {
  GazetteerWriter writer;
  for (auto& row : rows) REQUIRE(writer.Add(std::move(row)));
  auto bytes = writer.Finish("places made up for a test");
  REQUIRE(bytes.has_value());
  return *bytes;
}

Gazetteer Load(const TemporaryFolder& folder, const std::string& bytes) {
  auto loaded = Gazetteer::Load(folder.Write("test.gaz", bytes));
  REQUIRE(loaded.has_value());
  return *loaded;
}

// "2 place/x place/y": the count of tokens and the places that `text` starts with.
std::string Find(const Gazetteer& gazetteer, std::string_view text, bool any_case = false) {
  const auto match = gazetteer.Find(base::Split(text, ' '), any_case);
  if (!match) return "";
  std::string out = std::to_string(match->tokens);
  for (const uint32_t place : match->places) out += " " + std::string(gazetteer.At(place).id);
  return out;
}

TEST_CASE("a gazetteer finds names in other romanisations where the country has them") {
  const TemporaryFolder folder;
  const Gazetteer gazetteer = Load(folder, Bytes(Rows()));
  CHECK(gazetteer.size() == 6);
  struct Case {
    const char* text;
    const char* found;
  };
  for (const Case& c : std::vector<Case>{
           {"Zayid al-Jadidah fell", "2 place/zayid-al-jadidah-sd"},
           {"Zayed al Jadida , where", "3 place/zayid-al-jadidah-sd"},
           {"Zayid al - Jadidah", "4 place/zayid-al-jadidah-sd"},
           {"Zayid", ""},
           {"zayid al-jadidah", ""},
           {"Springfield", "1 place/springfield-au place/springfield-us place/springfield-us-39.80--89.60"},
           {"Springfeld", ""},
           {"Rio de Ouro", "3 place/rio-de-ouro-br"},
           {"Reo de Ouro", ""},
           {"River State", "2 place/river-state-sd"},
           {"River", "1 place/river-state-sd"},
           {"River and", "1 place/river-state-sd"},
       }) {
    CAPTURE(c.text);
    CHECK(Find(gazetteer, c.text) == c.found);
  }
  CHECK(Find(gazetteer, "rio de ouro . then", true) == "3 place/rio-de-ouro-br");
  const auto city = gazetteer.FindId("place/zayid-al-jadidah-sd");
  REQUIRE(city.has_value());
  REQUIRE(gazetteer.At(*city).region.has_value());
  CHECK(gazetteer.At(*gazetteer.At(*city).region).name == "River State");
  CHECK(gazetteer.At(*city).latitude == Approx(10));
  CHECK_FALSE(gazetteer.FindId("place/nowhere").has_value());
}

TEST_CASE("the order of the rows does not change a gazetteer") {
  std::vector<GazetteerWriter::Row> rows = Rows();
  const std::string forward = Bytes(rows);
  std::reverse(rows.begin(), rows.end());
  CHECK(Bytes(rows) == forward);
  rows.push_back(rows.front());
  CHECK(Bytes(rows) == forward);
}

TEST_CASE("what is no gazetteer, or a damaged one, is told") {
  const TemporaryFolder folder;
  const std::string good = Bytes(Rows());
  const auto code = [&](const std::string& bytes) {
    const auto loaded = Gazetteer::Load(folder.Write("bad.gaz", bytes));
    REQUIRE_FALSE(loaded.has_value());
    return loaded.error().code;
  };
  CHECK(code("") == base::ErrorCode::kBadInput);
  CHECK(code(std::string(200, 'x')) == base::ErrorCode::kBadInput);
  CHECK(code(good.substr(0, good.size() - 1)) == base::ErrorCode::kCorrupt);
  for (const size_t at : {size_t{60}, good.size() / 2, good.size() - 1}) {
    std::string damaged = good;
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    CHECK(code(damaged) == base::ErrorCode::kCorrupt);
  }
  std::string newer = good;
  newer[19] = '9';
  CHECK(code(newer) == base::ErrorCode::kUnsupported);
  CHECK(Gazetteer::Load(folder.File("none")).error().code == base::ErrorCode::kNotFound);
  CHECK(Gazetteer::Load(folder.path()).error().code == base::ErrorCode::kBadInput);
}

// A row of a dump: 19 columns.
std::string DumpRow(const std::string& name, const std::string& alternates, const std::string& feature,
                    const std::string& admin1, const std::string& population) {
  const size_t dot = feature.find('.');
  return "1\t" + name + "\t" + name + "\t" + alternates + "\t12.5\t-3.25\t" + feature.substr(0, dot) + "\t" +
         feature.substr(dot + 1) + "\tML\t\t" + admin1 + "\t\t\t\t" + population + "\t\t\tAfrica/Bamako\t2020-01-01\n";
}

TEST_CASE("a dump of GeoNames becomes a gazetteer") {
  const TemporaryFolder folder;
  const std::string dump = folder.Write(
      "ML.txt", DumpRow("Kalanso", "Calanço,KLS,Каланcо,http://example.org/k,Kalansoo", "P.PPL", "05", "900") +
                    DumpRow("Mopti Region", "", "A.ADM1", "05", "0") + DumpRow("Old Kalanso", "", "P.PPLH", "05", "0") +
                    DumpRow("Kalan River", "", "H.STM", "05", "0") + "no row\n" +
                    DumpRow("Broken", "", "P.PPL", "05", "nan") + DumpRow("Tiny", "", "P.PPL", "05", "3"));
  GazetteerWriter writer;
  const auto summary = ImportGeoNames(dump, 100, writer);
  REQUIRE(summary.has_value());
  CHECK(summary->rows == 7);
  CHECK(summary->kept == 2);
  CHECK(summary->damaged == 2);
  CHECK(summary->first_damaged == 5);
  const Gazetteer gazetteer = Load(folder, *writer.Finish("test"));
  CHECK(Find(gazetteer, "Kalanso") == "1 place/kalanso-ml");
  CHECK(Find(gazetteer, "Kalansoo") == "1 place/kalanso-ml");
  CHECK(Find(gazetteer, "Calanço") == "1 place/kalanso-ml");
  CHECK(Find(gazetteer, "Mopti") == "1 place/mopti-region-ml");
  CHECK(Find(gazetteer, "KLS").empty());
  CHECK(Find(gazetteer, "Kalan River").empty());
  CHECK(gazetteer.At(*gazetteer.FindId("place/kalanso-ml")).region.has_value());
  CHECK_FALSE(ImportGeoNames(folder.File("none"), 0, writer).has_value());
}

TEST_CASE("a codebook takes a gazetteer's places beside its own, which win") {
  const TemporaryFolder folder;
  auto loaded = Codebook::Load(SITGRAPH_SOURCE_DIR "/codebook");
  REQUIRE(loaded.has_value());
  Codebook codebook = std::move(*loaded);
  const std::string digest = codebook.digest();
  const std::vector<std::string_view> palmyra = {"Tadmor"};
  CHECK_FALSE(codebook.MatchGazetteer(palmyra).has_value());
  const Entry* known = codebook.FindEntry("place/palmyra");
  REQUIRE(known != nullptr);
  codebook.Attach(
      Load(folder, Bytes({City("Tadmor", "SY", "Homs Governorate", 50'000, *known->latitude + 0.01, *known->longitude),
                          City("Tadmor", "US", "", 900'000, 40, -80),
                          City("Qaryat Jadidah", "SY", "Homs Governorate", 9'000), Region("Homs Governorate", "SY")})));
  CHECK(codebook.digest() != digest);
  const auto match = codebook.MatchGazetteer(palmyra);
  REQUIRE(match.has_value());
  REQUIRE(match->entries.size() == 2);
  CHECK(match->entries[0]->id == "place/tadmor-us");
  CHECK(match->entries[0]->within == "place/united-states");
  CHECK(match->entries[1] == known);
  // It lies in the codebook's own governorate, and is found by its id.
  const Entry* village = codebook.FindEntry("place/qaryat-jadidah-sy");
  REQUIRE(village != nullptr);
  CHECK(village->gazetteer);
  CHECK(village->within == "place/homs-governorate");
  CHECK(codebook.LiesWithin(village->id, "place/homs-governorate"));
}

}  // namespace
}  // namespace sitgraph::codebook
