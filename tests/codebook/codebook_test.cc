// The shipped codebook: loads without errors, holds what the guide names, finds what reports write.
#include "src/codebook/codebook.h"

#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <vector>

#include "base/text.h"
#include "src/codebook/identity.h"

namespace sitgraph::codebook {
namespace {

const Codebook& Shipped() {
  static const Codebook book = [] {
    auto loaded = Codebook::Load(SITGRAPH_SOURCE_DIR "/codebook");
    if (!loaded) {
      for (const base::Error& e : loaded.error()) UNSCOPED_INFO(base::ToString(e));
      FAIL("the shipped codebook has errors");
    }
    return std::move(*loaded);
  }();
  return book;
}

// Ids of the entries found at the start of `text`, separated by blanks, after the count of tokens.
std::string Match(std::string_view text) {
  const std::vector<std::string_view> tokens = base::Split(text, ' ');
  const auto match = Shipped().MatchName(tokens);
  if (!match) return "";
  std::string out = std::to_string(match->tokens);
  for (const Entry* entry : match->entries) out += " " + entry->id;
  return out;
}

TEST_CASE("every event type of the guide is there, with codes") {
  const std::vector<std::string> types = {
      "attack",    "battle",     "offensive",  "airstrike",   "shelling",     "bombing",    "chemical-attack",
      "execution", "abduction",  "casualties", "destruction", "arson",        "looting",    "robbery",
      "capture",   "siege",      "siege-end",  "clearance",   "withdrawal",   "deployment", "surrender",
      "handover",  "detention",  "defection",  "evacuation",  "displacement", "return",     "aid",
      "ceasefire", "agreement",  "zone",       "amnesty",     "negotiation",  "reopening",  "monitoring",
      "demand",    "accusation", "pledge",     "threat",      "denial",       "support",    "sanction",
      "protest"};
  for (const std::string& id : types) {
    INFO(id);
    const EventType* type = Shipped().FindEventType(id);
    REQUIRE(type != nullptr);
    CHECK(type->id == id);
    CHECK_FALSE(type->definition.empty());
  }
  CHECK(Shipped().event_types().size() == types.size());
  CHECK(Shipped().FindEventType("airstrike")->cameo == "195");
  CHECK(Shipped().FindEventType("ceasefire")->plover_event == "RETREAT");
  CHECK(Shipped().FindEventType("shelling")->acled_sub_event == "Shelling/artillery/missile attack");
  CHECK(Shipped().FindEventType("none") == nullptr);
}

TEST_CASE("a country's name gives its place and its government") {
  CHECK(Match("Syria said") == "1 place/syria organization/syria");
  CHECK(Match("U.S. officials") == "1 place/united-states organization/united-states");
  CHECK(Match("Syrian government said") == "2 organization/syria");
  const Entry* syria = Shipped().FindEntry("place/syria");
  REQUIRE(syria != nullptr);
  CHECK(syria->place_type == PlaceType::kCountry);
  CHECK(syria->country == "SY");
  CHECK(syria->latitude);
}

TEST_CASE("demonyms give the country's place") {
  for (const std::string word : {"Syrian", "Syrians", "SYRIAN"}) {
    INFO(word);
    REQUIRE(Shipped().FindDemonym(word) != nullptr);
    CHECK(Shipped().FindDemonym(word)->id == "place/syria");
  }
  CHECK(Shipped().FindDemonym("syrian") == nullptr);
  CHECK(Shipped().FindDemonym("syrian", true) != nullptr);
  CHECK(Shipped().FindDemonym("Syria") == nullptr);
  CHECK(Shipped().FindDemonym("") == nullptr);
}

TEST_CASE("every entry is found by each of its names") {
  for (const Entry& entry : Shipped().entries()) {
    std::vector<std::string> names = entry.aliases;
    names.push_back(entry.name);
    for (const std::string& name : names) {
      INFO(entry.id << ": " << name);
      const std::vector<std::string_view> tokens = base::Split(name, ' ');
      const auto match = Shipped().MatchName(tokens);
      REQUIRE(match);
      CHECK(match->tokens == tokens.size());
      CHECK(std::find(match->entries.begin(), match->entries.end(), &entry) != match->entries.end());
    }
  }
}

TEST_CASE("ids are unique and found") {
  std::set<std::string> ids;
  for (const Entry& entry : Shipped().entries()) {
    INFO(entry.id);
    CHECK(ids.insert(entry.id).second);
    CHECK(Shipped().FindEntry(entry.id) == &entry);
    CHECK(entry.id.starts_with(ToWord(entry.kind)));
    if (!entry.within.empty()) CHECK(Shipped().FindEntry(entry.within) != nullptr);
  }
  CHECK(Shipped().FindEntry("place/nowhere-at-all") == nullptr);
}

TEST_CASE("nouns, titles and units are found") {
  REQUIRE(Shipped().FindNoun("militant") != nullptr);
  CHECK(Shipped().FindNoun("militant")->kind == EntityKind::kForce);
  CHECK(Shipped().FindNoun("army")->collective);
  CHECK(Shipped().FindNoun("Militant") == nullptr);

  std::vector<std::string_view> tokens = {"colonel", "General", "Smith"};
  const auto title = Shipped().MatchTitle(tokens);
  REQUIRE(title);
  CHECK(title->first->words == "Colonel General");
  CHECK(title->first->rank);
  CHECK(title->second == 2);

  tokens = {"square", "kilometers", "of"};
  const auto unit = Shipped().MatchUnit(tokens);
  REQUIRE(unit);
  CHECK(unit->first->code == "km2");
  CHECK(unit->second == 2);
  tokens = {"of"};
  CHECK_FALSE(Shipped().MatchUnit(tokens));
}

}  // namespace
}  // namespace sitgraph::codebook
