// Counts: what is counted, in which unit, for which event, as part of what.
#include <catch2/catch.hpp>

#include "tests/extract/reading.h"

namespace sitgraph::extract {
namespace {

struct Case {
  const char* text;
  std::vector<std::string> counts;
};

}  // namespace

TEST_CASE("numbers count what their noun phrase names") {
  const std::vector<Case> cases = {
      {"The bombing killed 12 civilians and wounded at least 30 people in Idlib.",
       {"12 killed civilians > casualties", "30+ wounded people (more-than) > casualties"}},
      {"Dozens of militants were killed in Hama.", {"24-99 killed militants (about) > casualties"}},
      {"The blast kills 15 in Afrin.", {"15 killed people > casualties"}},
      {"Fighters handed over two tanks, 15 mortars and more than 200 rifles.",
       {"2 item tanks > handover", "15 item mortars > handover", "200+ item rifles (more-than) > handover"}},
      {"Rebels surrendered over 400 pieces of equipment, including 10 tanks and five rocket launchers.",
       {"400+ item equipment (more-than) > handover", "10 item tanks > handover of equipment",
        "5 item rocket launchers > handover of equipment"}},
      {"Troops liberated 300 square kilometers of territory in Hama.", {"300 km2 territory > capture"}},
      {"Russian and three Iranian observation posts are monitoring the ceasefire.",
       {"3 item Iranian observation posts > monitoring"}},
      {"Three Russian, five Turkish and two Iranian observation posts are monitoring the ceasefire.",
       {"3 item Russian observation posts > monitoring", "5 item Turkish observation posts > monitoring",
        "2 item Iranian observation posts > monitoring"}},
      {"The army fought for three years in Aleppo.", {}},
      {"One of the villages was shelled.", {}},
  };
  for (const Case& c : cases) {
    INFO(c.text);
    CHECK(test::Counts(test::Read(c.text)) == c.counts);
  }
}

}  // namespace sitgraph::extract
