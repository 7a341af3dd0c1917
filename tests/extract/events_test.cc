// Events with their roles out of single sentences: one frame, many surfaces.
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/extract/reading.h"

namespace sitgraph::extract {
namespace {

struct Case {
  const char* text;
  std::vector<std::string> events;
};

void Check(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    INFO(c.text);
    CHECK(test::Events(test::Read(c.text)) == c.events);
  }
}

}  // namespace

TEST_CASE("active, passive, participle and relative clauses fill the same roles") {
  Check({
      {"Government troops seized Homs from rebels.",
       {"capture «seized» agent=government troops target=rebels place=Homs"}},
      {"Homs was seized by government troops.", {"capture «seized» agent=government troops place=Homs"}},
      {"The town of Talbiseh, seized by government troops, is calm.",
       {"capture «seized» agent=government troops place=Talbiseh"}},
      {"Government troops who seized Homs are waiting.", {"capture «seized» agent=government troops place=Homs"}},
      {"Militants shelled Aleppo and killed three civilians.",
       {"shelling «shelled» agent=militants place=Aleppo",
        "casualties «killed» agent=militants target=civilians place=Aleppo"}},
      {"Three civilians were killed and ten were wounded in Idlib.",
       {"casualties «killed» target=civilians place=Idlib"}},
      {"Rebels withdrew from Douma to Idlib.", {"withdrawal «withdrew» agent=rebels origin=Douma destination=Idlib"}},
      {"Residents fled from Afrin to Aleppo.", {"displacement «fled» agent=residents origin=Afrin destination=Aleppo"}},
  });
}

TEST_CASE("nouns tell events with their own arguments and with light verbs") {
  Check({
      {"Russian aircraft carried out airstrikes on Idlib.",
       {"airstrike «airstrikes» agent=Russian aircraft place=Idlib"}},
      {"Clashes between rebels and government troops erupted near Daraa.",
       {"battle «Clashes» agent=rebels,government troops place=Daraa"}},
      {"The liberation of Palmyra ended.", {"capture «liberation» place=Palmyra"}},
      {"The village came under mortar fire.",
       {"shelling «mortar fire» target=village instrument=mortar place=village"}},
      {"The army broke the siege of Deir ez-Zor.",
       {"siege-end «broke the siege» agent=army place=Deir ez-Zor", "siege «siege» place=Deir ez-Zor"}},
      {"Rebels took 20 soldiers captive.", {"detention «took 20 soldiers captive» agent=rebels target=soldiers"}},
      {"The town is under the control of government troops.",
       {"capture «under the control» agent=government troops place=town"}},
      {"The army launched an operation to liberate Raqqa.", {"offensive «operation» agent=army place=Raqqa"}},
  });
}

TEST_CASE("cause and result are two events that share agent and place") {
  Check({
      {"An Israeli airstrike killed two soldiers near Damascus.",
       {"casualties «killed» agent=Israel target=soldiers place=Damascus",
        "airstrike «airstrike» agent=Israel target=soldiers place=Damascus"}},
      {"Eight people were killed in a car bombing in Manbij.",
       {"casualties «killed» target=people place=Manbij", "bombing «car bombing» target=people place=Manbij"}},
  });
}

TEST_CASE("the means tell what kind of violence a general verb means") {
  Check({
      {"Warplanes hit a market in Idlib.", {"airstrike «hit» agent=warplanes target=market place=Idlib"}},
      {"Rockets struck a hospital in Aleppo.", {"shelling «struck» target=hospital instrument=rockets place=Aleppo"}},
      {"A car bomb ripped through a market in Azaz.",
       {"bombing «car bomb» target=market instrument=car bomb place=Azaz"}},
      {"The United Nations delivered flour to Rukban.", {"aid «delivered» agent=United Nations place=Rukban"}},
      {"Russia delivered helicopters to Syria.", {}},
  });
}

TEST_CASE("people who are taken from one place to another are evacuated") {
  Check({
      {"Buses took 500 people out of Harasta.", {"evacuation «took» target=people instrument=buses origin=Harasta"}},
      {"The fighters were taken to Idlib.", {"evacuation «taken» target=fighters destination=Idlib"}},
      {"Rescuers recovered 20 bodies in Raqqa.",
       {"casualties «recovered 20 bodies» agent=rescuers target=bodies place=Raqqa"}},
  });
}

TEST_CASE("lines behind a colon fill the role of what it announces") {
  const Frame frame = test::Read(
      "The rebels surrendered the following weapons:\n- three tanks;\n- 20 mortars and two howitzers.\n"
      "The town was calm.");
  CHECK(test::Events(frame) == std::vector<std::string>{"handover «surrendered the following weapons» agent=rebels "
                                                        "target=weapons,tanks,mortars,howitzers"});
  CHECK(test::Counts(frame) == std::vector<std::string>{"3 item tanks > handover", "20 item mortars > handover",
                                                        "2 item howitzers > handover"});
}

TEST_CASE("who claims or is accused of an act is its agent") {
  Check({
      {"Gunmen claimed responsibility for the attack on Hama.", {"attack «attack» agent=gunmen place=Hama"}},
      {"Rebels accused Russia of bombing hospitals.",
       {"accusation «accused» agent=rebels target=Russia", "airstrike «bombing» agent=Russia target=hospitals"}},
      {"Damascus accused Washington of aggression.", {"accusation «accused» agent=Syria target=United States"}},
  });
}

TEST_CASE("participles, loyal fighters and answers in kind keep their agents") {
  Check({
      {"Gunmen on motorcycles raided Menaka, killing at least 17 people and burning down houses.",
       {"attack «raided» agent=gunmen place=Menaka", "casualties «killing» agent=gunmen target=people place=Menaka",
        "arson «burning down» agent=gunmen target=houses place=Menaka"}},
      {"Fighters loyal to the general captured Derna.", {"capture «captured» agent=fighters place=Derna"}},
      {"Boko Haram fighters abducted 110 girls from Dapchi.",
       {"abduction «abducted» agent=Boko Haram target=girls origin=Dapchi"}},
      {"Separatists in eastern Ukraine said Ukrainian troops shelled Donetsk, wounding four civilians.",
       {"shelling «shelled» agent=Armed Forces of Ukraine place=Donetsk source=separatists",
        "casualties «wounding» agent=Armed Forces of Ukraine target=civilians place=Donetsk source=separatists"}},
      {"The army responded with air strikes on Hodeidah.", {"airstrike «air strikes» agent=army place=Hodeidah"}},
      {"Two soldiers were killed when their truck hit a landmine.",
       {"casualties «killed» target=soldiers", "bombing «hit» target=truck instrument=landmine"}},
      {"More than 300 people were driven from their homes.", {"displacement «driven from their homes» target=people"}},
      {"A rocket hit a school, leaving six children dead.",
       {"shelling «hit» target=school instrument=rocket",
        "casualties «leaving six children dead» target=children instrument=rocket"}},
  });
}

TEST_CASE("what led to a result shares its agent and place") {
  Check({
      {"The army's push in Hama led to the death of two mayors.",
       {"offensive «push» agent=army place=Hama", "casualties «death» agent=army target=mayors place=Hama"}},
      {"Turkish and Qatari air raids near Hama killed nine people.",
       {"casualties «killed» agent=Turkey,Qatar target=people place=Hama",
        "airstrike «air raids» agent=Turkey,Qatar target=people place=Hama"}},
      {"Rebels were hit by an airstrike on Hama.", {"airstrike «airstrike» target=rebels place=Hama"}},
      {"The governor said the raid on three hamlets killed nine shepherds.",
       {"casualties «killed» target=shepherds place=hamlets source=governor",
        "attack «raid» target=hamlets,shepherds place=hamlets source=governor"}},
      {"Shelling killed 12 people in Hama.",
       {"casualties «killed» target=people place=Hama", "shelling «Shelling» target=people place=Hama"}},
      {"The council condemned arrests, looting and arson by the militia.",
       {"accusation «condemned» agent=council", "detention «arrests» agent=militia", "looting «looting» agent=militia",
        "arson «arson» agent=militia"}},
  });
}

TEST_CASE("victims, attackers and aid that a sentence names in passing fill their roles") {
  Check({
      {"Six pupils were among the 19 villagers killed in Homs.",
       {"casualties «killed» target=villagers,pupils place=Homs"}},
      {"Two nurses were among the wounded.", {"casualties «were» target=nurses"}},
      {"The dead were two nurses and a driver.", {"casualties «dead» target=nurses,driver"}},
      {"A siege by Druze and Kurdish gunmen has begun in Homs.",
       {"siege «siege» agent=Druze gunmen,Kurdish gunmen place=Homs"}},
      {"The raid on an aid convoy near Homs killed nine drivers.",
       {"casualties «killed» target=drivers place=Homs", "attack «raid» target=aid convoy,drivers place=Homs"}},
      {"An aid convoy entered Homs.", {"aid «entered» instrument=aid convoy destination=Homs"}},
  });
}

TEST_CASE("who is forced from home is moved, by whoever forces them") {
  Check({
      {"The army forced residents of Hama to leave their homes.",
       {"displacement «leave their homes» agent=army target=residents of Hama origin=Hama"}},
      {"Hundreds of farmers were forced to leave their homes.", {"displacement «leave their homes» target=farmers"}},
  });
}

TEST_CASE("a list behind a preposition before the verb is no subject") {
  Check(
      {{"The council, aided by the Kurdish militia and two tribes, has retaken the town of Azaz.",
        {"support «aided» agent=Kurdish militia,tribes target=council", "capture «retaken» agent=council place=Azaz"}},
       {"More than 500 gunmen from the provinces of Homs and Hama attacked Idlib.",
        {"attack «attacked» agent=gunmen place=Idlib"}}});
}

TEST_CASE("the city is the one that the report tells of, not where somebody spoke") {
  const Frame frame = test::Read(
      "The army recaptured Palmyra, the general staff in Moscow said.\nMilitants had seized the city in 2015.");
  CHECK(test::Events(frame, "capture").back() == "capture «seized» agent=militants place=Palmyra @2015");
  for (const Entity& entity : frame.entities) {
    CHECK(std::find(entity.aliases.begin(), entity.aliases.end(), "city") == entity.aliases.end());
  }
}

TEST_CASE("cause and result of one sentence happen at one time") {
  Check({{"Shelling on Homs on Monday was heavy and 12 people were killed.",
          {"casualties «killed» target=people place=Homs @2018-07-30", "shelling «Shelling» place=Homs @2018-07-30"}}});
}

TEST_CASE("verbs in another sense tell no event") {
  Check({
      {"The meeting took place in Astana.", {}},
      {"The minister left the room.", {}},
      {"He lost his job.", {}},
      {"Workers went on a hunger strike over pay.", {"protest «went on a hunger strike» agent=workers"}},
  });
}

}  // namespace sitgraph::extract
