// Which names of a report mean places of the gazetteer: precision before recall.
#include "src/extract/world_places.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "src/codebook/gazetteer.h"
#include "src/extract/extractor.h"
#include "tests/extract/reading.h"
#include "tests/temporary_folder.h"

namespace sitgraph::extract {
namespace {

struct City {
  const char* name;
  const char* country;
  uint32_t population;
};
constexpr City kCities[] = {{"Burao Gala", "SO", 40'000}, {"Hadiyo", "SO", 60'000},    {"Marrey", "SO", 300'000},
                            {"Marrey", "US", 900'000},    {"Wellburg", "US", 450'000}, {"Ofra", "NG", 30'000},
                            {"Tallinbad", "PK", 120'000}, {"Sool Deg", "SO", 5'000}};

const codebook::Codebook& World() {
  static const codebook::Codebook book = [] {
    auto loaded = codebook::Codebook::Load(SITGRAPH_SOURCE_DIR "/codebook");
    REQUIRE(loaded.has_value());
    codebook::GazetteerWriter writer;
    for (const City& city : kCities) {
      codebook::GazetteerWriter::Row row;
      row.name = city.name;
      row.country = city.country;
      row.population = city.population;
      row.latitude = 1;
      row.longitude = 2;
      writer.Add(std::move(row));
    }
    const sitgraph::test::TemporaryFolder folder;
    auto gazetteer = codebook::Gazetteer::Load(folder.Write("world.gaz", *writer.Finish("made up for a test")));
    REQUIRE(gazetteer.has_value());
    loaded->Attach(std::move(*gazetteer));
    return std::move(*loaded);
  }();
  return book;
}

Frame ReadWorld(std::string_view text) { return Extractor(World()).Extract(test::MakeReport(text)); }

// IRIs of the gazetteer's places that a report names, sorted.
std::string Places(std::string_view text) {
  std::vector<std::string> iris;
  for (const Entity& entity : ReadWorld(text).entities) {
    const codebook::Entry* entry = World().FindEntry(entity.iri);
    if (entry != nullptr && entry->gazetteer) iris.push_back(entity.iri);
  }
  std::sort(iris.begin(), iris.end());
  std::string out;
  for (const std::string& iri : iris) out += (out.empty() ? "" : " ") + iri;
  return out;
}

TEST_CASE("names of the gazetteer are places where their words say so") {
  struct Case {
    const char* text;
    const char* places;
  };
  for (const Case& c : std::vector<Case>{
           // A preposition, in a country that is spoken of.
           {"Gunmen killed two people in Hadiyo, Somali officials said.", "place/hadiyo-so"},
           {"Somali troops shelled the town of Burao Gala on Monday.", "place/burao-gala-so"},
           {"Somali troops withdrew from Hadiyo.", "place/hadiyo-so"},
           // The country named behind, or one known place in a list.
           {"A bomb exploded in Sool Deg, Somalia.", "place/sool-deg-so"},
           {"Shells fell on Mogadishu, Sool Deg and Kismayo.", "place/sool-deg-so"},
           // The country decides between places of one name; then how many live there.
           {"The rebels shelled the city of Marrey, Somali police said.", "place/marrey-so"},
           {"The rebels shelled the city of Marrey.", "place/marrey-us"},
           // Known abroad, or not.
           {"Clashes erupted in Tallinbad on Monday.", "place/tallinbad-pk"},
           {"Clashes erupted in Ofra on Monday.", ""},
           // By the name alone, where it is large and told of.
           {"Marrey fell to the rebels, Somali officials said.", "place/marrey-so"},
           {"Hadiyo fell to the rebels, Somali officials said.", ""},
           {"Fighting broke out in Hadiyo, Somali police said. Hadiyo fell on Monday.", "place/hadiyo-so"},
           // A person's name is none.
           {"Colonel Ali Marrey denied it. Marrey told Somali journalists that troops had left.", ""},
           {"General Wellburg spoke to American troops.", ""},
           {"Wellburg University was shelled by American troops.", ""},
           {"Of the wounded, two died, Nigerian police said.", ""},
       }) {
    CAPTURE(c.text);
    CHECK(Places(c.text) == c.places);
  }
}

TEST_CASE("a place carries its precision, its country and where it lies into the frame") {
  const Frame frame = ReadWorld("Gunmen killed two people in Hadiyo, Somali officials said.");
  const auto place = std::find_if(frame.entities.begin(), frame.entities.end(),
                                  [](const Entity& entity) { return entity.iri == "place/hadiyo-so"; });
  REQUIRE(place != frame.entities.end());
  CHECK(place->place_type == "settlement");
  CHECK(place->country == "SO");
  CHECK(place->within == "place/somalia");
  CHECK(place->latitude == 1.0);
}

}  // namespace
}  // namespace sitgraph::extract
