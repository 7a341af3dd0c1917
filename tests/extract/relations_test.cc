// Relations, and which phrases mean the same entity.
#include <catch2/catch.hpp>

#include "tests/extract/reading.h"

namespace sitgraph::extract {
namespace {

struct Case {
  const char* text;
  std::vector<std::string> relations;
};

}  // namespace

TEST_CASE("offices, places, aliases and parties are told apart from events") {
  const std::vector<Case> cases = {
      {"Colonel Omar Barakat said troops attacked Hama.", {"Omar Barakat has-role Colonel"}},
      {"Omar Barakat, the commander of the northern brigade, said troops attacked Hama.",
       {"Omar Barakat has-role commander of the northern brigade"}},
      {"The spokesman of the Defense Ministry, Omar Barakat, said so.",
       {"Omar Barakat has-role spokesman of the Defense Ministry"}},
      {"Shells hit the Syrian town of Talbiseh.", {"Talbiseh located-in Syria"}},
      {"Shells hit the eastern part of Aleppo.", {"eastern part of Aleppo located-in Aleppo"}},
      {"The Brigade of the Desert Lions (BDL) attacked Hama.", {"Brigade of the Desert Lions alias BDL"}},
      {"Clashes erupted in Talbiseh in Homs province.", {"Talbiseh located-in Homs Governorate"}},
      {"Saraqib and other towns of Idlib province were shelled.", {"Saraqib located-in Idlib Governorate"}},
      {"Raqqa was bombed by the coalition fighting Islamic State.", {"coalition opposes Islamic State"}},
  };
  for (const Case& c : cases) {
    INFO(c.text);
    CHECK(test::Relations(test::Read(c.text)) == c.relations);
  }
}

TEST_CASE("short names, definite phrases and pronouns mean who was named before") {
  struct Coreference {
    const char* text;
    const char* type;
    std::string line;
  };
  const std::vector<Coreference> cases = {
      {"Colonel Omar Barakat arrived. Barakat accused rebels of shelling Hama.", "accusation",
       "accusation «accused» agent=Omar Barakat target=rebels"},
      {"Militants entered Manbij. Troops retook the city on Friday.", "capture",
       "capture «retook» agent=troops place=Manbij @2018-07-27"},
      {"Rebels fled to Idlib. They attacked a checkpoint.", "attack",
       "attack «attacked» agent=rebels target=checkpoint"},
  };
  for (const Coreference& c : cases) {
    INFO(c.text);
    CHECK(test::Events(test::Read(c.text), c.type) == std::vector<std::string>{c.line});
  }
}

}  // namespace sitgraph::extract
