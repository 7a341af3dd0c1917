// Which forces and organizations are one, though a report calls them by different words.
#include "src/extract/same_bodies.h"

#include <catch2/catch.hpp>

#include "tests/extract/reading.h"

namespace sitgraph::extract {
namespace {

std::vector<std::string> Bodies(std::string_view text) {
  std::vector<std::string> names;
  for (const Entity& entity : test::Read(text).entities) {
    if (entity.kind == codebook::EntityKind::kForce || entity.kind == codebook::EntityKind::kOrganization)
      names.push_back(entity.name);
  }
  return names;
}

}  // namespace

TEST_CASE("fighters, units and groups behind a body's name are the body") {
  using Names = std::vector<std::string>;
  CHECK(Bodies("Islamic State attacked Homs. ISIL terrorists fled. The Daesh terrorist group lost Homs. Five ISIS "
               "militants surrendered.") == Names{"Islamic State"});
  CHECK(Bodies("Rebels attacked Homs. YPG units entered Azaz.") == Names{"rebels", "People's Protection Units"});
}

TEST_CASE("the army of a state is one by all its names, where the report names one such force") {
  using Names = std::vector<std::string>;
  CHECK(Bodies("Government troops attacked Homs. Syrian Army soldiers entered Azaz. The army left Hama.") ==
        Names{"Syrian Arab Army"});
  // Two armies: "the army" may be either.
  CHECK(Bodies("The army attacked Homs. The Syrian army entered Azaz. The Turkish army left Hama.") ==
        Names{"army", "Syrian Arab Army", "Turkish Armed Forces"});
  CHECK(Bodies("The Kurdish militia attacked Homs after the Ministry of Defense spoke.").front() == "Kurdish militia");
}

TEST_CASE("a fighter's adjective means the fighters") {
  CHECK(Bodies("Terrorist shelling killed two people in Homs. The terrorists attacked Azaz.") ==
        std::vector<std::string>{"terrorists"});
}

TEST_CASE("a headline's monitor is named further down") {
  const Frame frame = test::Read(
      "# Raid on bakery kills 12: monitor\nTwelve bakers died when a jet hit their shop in Idlib, according to the "
      "Syrian "
      "Observatory for Human Rights.");
  REQUIRE_FALSE(frame.events.empty());
  for (const Event& event : frame.events) {
    REQUIRE(event.source.size() == 1);
    CHECK(frame.entities[static_cast<size_t>(event.source[0])].name == "Syrian Observatory for Human Rights");
  }
}

}  // namespace sitgraph::extract
