// The shipped codebook: loads without errors, holds what the guide names, finds what reports write.
#include "src/codebook/codebook.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/text.h"
#include "src/codebook/identity.h"
#include "src/codebook/names.h"

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

TEST_CASE("spellings that reports use lead to the entry") {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"Yarmouk camp", "2 place/yarmouk-camp"},
      {"al-Yarmuk refugee camp", "3 place/yarmouk-camp"},
      {"Deir Ezzor city", "2 place/deir-ez-zor"},
      {"Dayr az Zawr", "3 place/deir-ez-zor"},
      {"Deir Az-Zour", "2 place/deir-ez-zor"},
      {"Deir ez - Zor", "4 place/deir-ez-zor"},
      {"Deir ez-Zor Governorate", "3 place/deir-ez-zor-governorate"},
      {"Deir Ezzor province", "3 place/deir-ez-zor-governorate"},
      {"Rudskoi said", "1 person/sergei-rudskoi"},
      {"Sergey Rudskoy", "2 person/sergei-rudskoi"},
      {"Kamishli", "1 place/qamishli"},
      {"Rakka", "1 place/raqqa"},
      {"ar-Raqqah", "1 place/raqqa"},
      {"Dera'a", "1 place/daraa"},
      {"Dar‘a", "1 place/daraa"},
      {"Hims", "1 place/homs"},
      {"Hamah", "1 place/hama"},
      {"Edlib", "1 place/idlib"},
      {"Lattakia", "1 place/latakia"},
      {"As-Suwayda", "1 place/suwayda"},
      {"Sweida", "1 place/suwayda"},
      {"Kuneitra", "1 place/quneitra"},
      {"Tadmor", "1 place/palmyra"},
      {"Ma'arrat al-Numan", "2 place/maarrat-al-numan"},
      {"Khan Sheikhoun", "2 place/khan-shaykhun"},
      {"Ain al-Hilweh", "2 place/ain-al-hilweh"},
      {"Jaish al-Islam fighters", "2 force/jaysh-al-islam"},
      {"IS militants", "1 force/islamic-state"},
      {"Daesh", "1 force/islamic-state"},
      {"Hayat Tahrir al-Sham", "3 force/hayat-tahrir-al-sham"},
      {"Farabundo Marti National Liberation Front", "5 force/farabundo-marti-national-liberation-front"},
      {"Su-24s", "1 materiel/su-24"},
      {"BTR - 80", "3 materiel/btr-80"},
      {"Is this", ""},
      {"Us", ""},
      {"Make", ""},
      {"Book", ""},
      {"homs", ""},
      {"Damascus", "1 organization/syria place/damascus"},
      {"As Syria", ""},
  };
  for (const auto& [text, expected] : cases) {
    INFO(text);
    CHECK(Match(text) == expected);
  }
}

// The names' parts by their keys, without articles: what NameIndex cannot tell apart in an unknown spelling.
std::string KeyOf(std::string_view name) {
  std::string key;
  const std::string folded = base::FoldName(name);
  for (std::string_view part : base::Split(folded, ' ')) {
    if (part == "al" || part == "ar" || part == "as" || part == "ash" || part == "an" || part == "at") continue;
    key += RomanisationKey(part) + " ";
  }
  return key;
}

TEST_CASE("different entries have different keys, but for those listed") {
  // Told apart by their spelling; a third spelling gives both.
  const std::set<std::set<std::string>> known = {
      {"force/afghan-national-army", "place/anah"},
      {"materiel/t-129", "place/ataq"},
      {"place/hader", "place/hader-quneitra"},
      {"place/hader-quneitra", "place/hatra"},
      {"place/hama", "place/hamah"},
      {"organization/al-jazeera", "place/jazira-region"},
      {"place/juba", "place/jubbah"},
      {"organization/south-korea", "place/quriyah"},
      {"place/quriyah", "place/south-korea"},
      {"place/shahba", "place/shahba-region"},
      {"place/shula", "place/shulah"},
      {"person/qasem-soleimani", "place/sulaymaniyah"},
      {"place/soran", "place/suran"},
      {"materiel/bm-27", "materiel/ouragan"},
      {"organization/sana", "organization/yemen"},  // SANA, and Sanaa for its government
      {"organization/sana", "place/sanaa"},
  };
  std::map<std::string, std::map<std::string, std::set<std::string>>> by_key;  // key -> id -> folded names
  for (const Entry& entry : Shipped().entries()) {
    by_key[KeyOf(entry.name)][entry.id].insert(base::FoldName(entry.name));
    for (const std::string& alias : entry.aliases) by_key[KeyOf(alias)][entry.id].insert(base::FoldName(alias));
  }
  for (const auto& [key, entries] : by_key) {
    for (auto a = entries.begin(); a != entries.end(); ++a) {
      for (auto b = std::next(a); b != entries.end(); ++b) {
        std::vector<std::string> shared;
        std::set_intersection(a->second.begin(), a->second.end(), b->second.begin(), b->second.end(),
                              std::back_inserter(shared));
        if (!shared.empty()) continue;  // one name for two entries: meant so
        INFO(key << ": " << a->first << " and " << b->first);
        CHECK(known.count({a->first, b->first}) == 1);
      }
    }
  }
}

TEST_CASE("the tables hold the wars they are for") {
  std::map<std::string, size_t> places;
  std::map<EntityKind, size_t> kinds;
  for (const Entry& entry : Shipped().entries()) {
    ++kinds[entry.kind];
    if (entry.kind != EntityKind::kPlace || entry.place_type == PlaceType::kCountry) continue;
    ++places[entry.country];
    if (!entry.country.empty()) {
      INFO(entry.id);
      CHECK(entry.latitude.has_value());
    }
  }
  CHECK(places["SY"] >= 350);
  CHECK(places["IQ"] >= 150);
  CHECK(places["SV"] + places["GT"] + places["CO"] + places["PE"] + places["HN"] + places["NI"] >= 100);
  CHECK(kinds[EntityKind::kForce] + kinds[EntityKind::kPerson] >= 300);
  CHECK(kinds[EntityKind::kMateriel] >= 120);
}

TEST_CASE("a place lies near the place that it lies within") {
  for (const Entry& entry : Shipped().entries()) {
    if (entry.kind != EntityKind::kPlace || entry.within.empty() || !entry.latitude) continue;
    const Entry* around = Shipped().FindEntry(entry.within);
    REQUIRE(around != nullptr);
    if (!around->latitude) continue;
    INFO(entry.id << " within " << around->id);
    CHECK(std::abs(*entry.latitude - *around->latitude) < 2.0);
    CHECK(std::abs(*entry.longitude - *around->longitude) < 2.5);
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
