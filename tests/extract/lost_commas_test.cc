// Reports whose commas and apostrophes were lost on the way.
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/extract/reading.h"

namespace sitgraph::extract {
namespace {

bool Has(const Frame& frame, std::string_view event) {
  const std::vector<std::string> events = test::Events(frame);
  return std::find(events.begin(), events.end(), event) != events.end();
}

const Count* CountOf(const Frame& frame, double number) {
  for (const Count& count : frame.counts) {
    if (count.min == number) return &count;
  }
  return nullptr;
}

}  // namespace

TEST_CASE("the dead and the wounded side by side are both undergoers") {
  const Frame frame = test::Read("Seven killed nine injured by shelling in Homs.");
  REQUIRE(CountOf(frame, 7) != nullptr);
  CHECK(CountOf(frame, 7)->harm == Harm::kKilled);
  REQUIRE(CountOf(frame, 9) != nullptr);
  CHECK(CountOf(frame, 9)->harm == Harm::kWounded);
}

TEST_CASE("a list of places without commas is a list") {
  const Frame frame = test::Read("Warplanes bombed Homs Idlib and Douma.");
  CHECK(Has(frame, "airstrike «bombed» agent=warplanes place=Homs,Idlib,Douma"));
}

TEST_CASE("names that no codebook knows are neighbourhoods behind a word for them") {
  const Frame frame =
      test::Read("Shells hit the Homs neighborhoods of Tariq al-Zuhur Bustan al-Safsaf Jandala and Bani Rumman.");
  std::vector<std::string> inside;
  for (const Relation& relation : frame.relations) {
    if (relation.predicate == "located-in")
      inside.push_back(frame.entities[static_cast<size_t>(relation.subject)].name);
  }
  CHECK(inside == std::vector<std::string>{"Tariq al-Zuhur", "Bustan al-Safsaf", "Jandala", "Bani Rumman"});
}

TEST_CASE("an office behind a full name begins a phrase of its own") {
  CHECK(Has(test::Read("The wounded included Karim Haddad chief of the fire brigade."),
            "casualties «included» target=Karim Haddad"));
}

TEST_CASE("whoever says so is no part of those who were killed") {
  const Frame frame = test::Read("A raid killed fifteen villagers activists in the town said.");
  REQUIRE(!frame.events.empty());
  REQUIRE(frame.events[0].target.size() == 1);
  CHECK(frame.entities[static_cast<size_t>(frame.events[0].target[0])].name == "villagers");
  REQUIRE(frame.events[0].source.size() == 1);
  CHECK(frame.entities[static_cast<size_t>(frame.events[0].source[0])].name == "activists");
}

TEST_CASE("those who are named after including are parts of those who were killed") {
  const Frame frame = test::Read("Nine villagers including a nurse and two pupils were killed near Homs.");
  REQUIRE(CountOf(frame, 9) != nullptr);
  CHECK(CountOf(frame, 9)->harm == Harm::kKilled);
  REQUIRE(CountOf(frame, 2) != nullptr);
  CHECK(CountOf(frame, 2)->harm == Harm::kKilled);
}

}  // namespace sitgraph::extract
