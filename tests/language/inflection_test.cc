// Base forms: the likeliest verb, noun and their forms, by table.
#include "src/language/inflection.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace sitgraph::language {
namespace {

struct Case {
  const char* word;
  const char* lemma;
  Upos upos;
  WordForm form;
};

// The first candidate of that part of speech and form is the expected one.
void Check(const std::vector<Case>& cases) {
  std::vector<BaseForm> out;
  for (const Case& c : cases) {
    INFO(c.word << " -> " << c.lemma);
    BaseForms(c.word, out);
    const auto first =
        std::find_if(out.begin(), out.end(), [&](const BaseForm& b) { return b.upos == c.upos && b.form == c.form; });
    REQUIRE(first != out.end());
    CHECK(first->lemma == c.lemma);
  }
}

TEST_CASE("Regular verbs") {
  constexpr Upos kV = Upos::kVerb;
  Check({
      {"shelled", "shell", kV, WordForm::kPast},
      {"freed", "free", kV, WordForm::kPast},
      {"seized", "seize", kV, WordForm::kPast},
      {"captured", "capture", kV, WordForm::kPastParticiple},
      {"liberated", "liberate", kV, WordForm::kPast},
      {"attacked", "attack", kV, WordForm::kPast},
      {"killed", "kill", kV, WordForm::kPast},
      {"wounded", "wound", kV, WordForm::kPastParticiple},
      {"injured", "injure", kV, WordForm::kPast},
      {"stopped", "stop", kV, WordForm::kPast},
      {"planned", "plan", kV, WordForm::kPast},
      {"passed", "pass", kV, WordForm::kPast},
      {"staffed", "staff", kV, WordForm::kPast},
      {"carried", "carry", kV, WordForm::kPast},
      {"died", "die", kV, WordForm::kPast},
      {"agreed", "agree", kV, WordForm::kPast},
      {"besieged", "besiege", kV, WordForm::kPast},
      {"encircled", "encircle", kV, WordForm::kPast},
      {"destroyed", "destroy", kV, WordForm::kPast},
      {"evacuated", "evacuate", kV, WordForm::kPast},
      {"surrendered", "surrender", kV, WordForm::kPast},
      {"deployed", "deploy", kV, WordForm::kPast},
      {"raided", "raid", kV, WordForm::kPast},
      {"bombed", "bomb", kV, WordForm::kPast},
      {"launched", "launch", kV, WordForm::kPast},
      {"clashed", "clash", kV, WordForm::kPast},
      {"retreated", "retreat", kV, WordForm::kPast},
      {"executed", "execute", kV, WordForm::kPast},
      {"accused", "accuse", kV, WordForm::kPast},
      {"denied", "deny", kV, WordForm::kPast},
      {"demanded", "demand", kV, WordForm::kPast},
      {"recaptured", "recapture", kV, WordForm::kPast},
      {"displaced", "displace", kV, WordForm::kPast},
      {"returned", "return", kV, WordForm::kPast},
      {"secured", "secure", kV, WordForm::kPast},
      {"fired", "fire", kV, WordForm::kPast},
      {"used", "use", kV, WordForm::kPast},
      {"pledged", "pledge", kV, WordForm::kPast},
      {"targeted", "target", kV, WordForm::kPast},
      {"arrested", "arrest", kV, WordForm::kPast},
      {"kidnapped", "kidnap", kV, WordForm::kPast},
      {"entered", "enter", kV, WordForm::kPast},
      {"forced", "force", kV, WordForm::kPast},
      {"dying", "die", kV, WordForm::kIng},
      {"shelling", "shell", kV, WordForm::kIng},
      {"fleeing", "flee", kV, WordForm::kIng},
      {"seizing", "seize", kV, WordForm::kIng},
      {"hitting", "hit", kV, WordForm::kIng},
      {"advancing", "advance", kV, WordForm::kIng},
      {"moving", "move", kV, WordForm::kIng},
      {"firing", "fire", kV, WordForm::kIng},
      {"running", "run", kV, WordForm::kIng},
      {"battling", "battle", kV, WordForm::kIng},
      {"fighting", "fight", kV, WordForm::kIng},
      {"entering", "enter", kV, WordForm::kIng},
      {"withdrawing", "withdraw", kV, WordForm::kIng},
      {"attacks", "attack", kV, WordForm::kThirdSingular},
      {"seizes", "seize", kV, WordForm::kThirdSingular},
      {"crashes", "crash", kV, WordForm::kThirdSingular},
      {"flies", "fly", kV, WordForm::kThirdSingular},
      {"dies", "die", kV, WordForm::kThirdSingular},
      {"besieges", "besiege", kV, WordForm::kThirdSingular},
      {"goes", "go", kV, WordForm::kThirdSingular},
      {"loses", "lose", kV, WordForm::kThirdSingular},
      {"accuses", "accuse", kV, WordForm::kThirdSingular},
      {"attack", "attack", kV, WordForm::kBase},
      {"bring", "bring", kV, WordForm::kBase},
      {"bleed", "bleed", kV, WordForm::kBase},
      {"KILLED", "kill", kV, WordForm::kPast},
  });
}

TEST_CASE("Irregular verbs") {
  constexpr Upos kV = Upos::kVerb;
  Check({
      {"fled", "flee", kV, WordForm::kPast},
      {"led", "lead", kV, WordForm::kPast},
      {"left", "leave", kV, WordForm::kPast},
      {"lost", "lose", kV, WordForm::kPastParticiple},
      {"won", "win", kV, WordForm::kPast},
      {"shot", "shoot", kV, WordForm::kPast},
      {"hit", "hit", kV, WordForm::kPast},
      {"struck", "strike", kV, WordForm::kPast},
      {"held", "hold", kV, WordForm::kPast},
      {"broke", "break", kV, WordForm::kPast},
      {"broken", "break", kV, WordForm::kPastParticiple},
      {"overran", "overrun", kV, WordForm::kPast},
      {"overrun", "overrun", kV, WordForm::kPastParticiple},
      {"withdrew", "withdraw", kV, WordForm::kPast},
      {"withdrawn", "withdraw", kV, WordForm::kPastParticiple},
      {"retook", "retake", kV, WordForm::kPast},
      {"taken", "take", kV, WordForm::kPastParticiple},
      {"fought", "fight", kV, WordForm::kPast},
      {"fell", "fall", kV, WordForm::kPast},
      {"drove", "drive", kV, WordForm::kPast},
      {"driven", "drive", kV, WordForm::kPastParticiple},
      {"sent", "send", kV, WordForm::kPast},
      {"slain", "slay", kV, WordForm::kPastParticiple},
      {"blew", "blow", kV, WordForm::kPast},
      {"met", "meet", kV, WordForm::kPast},
      {"said", "say", kV, WordForm::kPast},
      {"was", "be", kV, WordForm::kPast},
      {"has", "have", kV, WordForm::kThirdSingular},
      {"laid", "lay", kV, WordForm::kPast},
      {"sprang", "spring", kV, WordForm::kPast},
  });
}

TEST_CASE("Nouns") {
  constexpr Upos kN = Upos::kNoun;
  Check({
      {"sieges", "siege", kN, WordForm::kPlural},
      {"forces", "force", kN, WordForm::kPlural},
      {"troops", "troop", kN, WordForm::kPlural},
      {"casualties", "casualty", kN, WordForm::kPlural},
      {"lives", "life", kN, WordForm::kPlural},
      {"militia", "militia", kN, WordForm::kBase},
      {"militias", "militia", kN, WordForm::kPlural},
      {"wounded", "wounded", kN, WordForm::kBase},
      {"bombings", "bombing", kN, WordForm::kPlural},
      {"gunmen", "gunman", kN, WordForm::kPlural},
      {"women", "woman", kN, WordForm::kPlural},
      {"children", "child", kN, WordForm::kPlural},
      {"people", "person", kN, WordForm::kPlural},
      {"crises", "crisis", kN, WordForm::kPlural},
      {"airstrikes", "airstrike", kN, WordForm::kPlural},
      {"clashes", "clash", kN, WordForm::kPlural},
      {"hostages", "hostage", kN, WordForm::kPlural},
      {"bodies", "body", kN, WordForm::kPlural},
      {"buses", "bus", kN, WordForm::kPlural},
      {"houses", "house", kN, WordForm::kPlural},
      {"crisis", "crisis", kN, WordForm::kBase},
      {"Iraqis", "iraqi", kN, WordForm::kPlural},
      {"grandchildren", "grandchild", kN, WordForm::kPlural},
      {"aircraft", "aircraft", kN, WordForm::kPlural},
      {"losses", "loss", kN, WordForm::kPlural},
      {"volcanoes", "volcano", kN, WordForm::kPlural},
  });
}

TEST_CASE("All readings of a word, in order") {
  std::vector<BaseForm> out;
  BaseForms("Lives", out);
  CHECK(out == std::vector<BaseForm>{{"live", Upos::kVerb, WordForm::kThirdSingular},
                                     {"life", Upos::kNoun, WordForm::kPlural},
                                     {"live", Upos::kNoun, WordForm::kPlural},
                                     {"lives", Upos::kNoun, WordForm::kBase},
                                     {"lives", Upos::kAdj, WordForm::kBase}});
  BaseForms("left", out);
  CHECK(out == std::vector<BaseForm>{{"leave", Upos::kVerb, WordForm::kPast},
                                     {"leave", Upos::kVerb, WordForm::kPastParticiple},
                                     {"left", Upos::kVerb, WordForm::kBase},
                                     {"left", Upos::kNoun, WordForm::kBase},
                                     {"left", Upos::kAdj, WordForm::kBase}});
}

TEST_CASE("A spelling that the rules cannot decide gives both") {
  std::vector<BaseForm> out;
  BaseForms("trafficked", out);
  CHECK(std::count(out.begin(), out.end(), BaseForm{"traffic", Upos::kVerb, WordForm::kPast}) == 1);
  BaseForms("challenged", out);
  CHECK(std::count(out.begin(), out.end(), BaseForm{"challenge", Upos::kVerb, WordForm::kPast}) == 1);
  BaseForms("controlled", out);
  CHECK(std::count(out.begin(), out.end(), BaseForm{"control", Upos::kVerb, WordForm::kPast}) == 1);
}

TEST_CASE("What is no English word gives itself") {
  std::vector<BaseForm> out;
  for (const char* word : {"", "é", "ez-Zor", "123", "إدلب"}) {
    INFO(word);
    BaseForms(word, out);
    REQUIRE(out.size() == 3);
  }
  BaseForms("Ça", out);
  CHECK(out[0].lemma == "ça");
  BaseForms(std::string(100000, 'a') + "ed", out);
  CHECK(out.size() == 3);
  for (const char* word : {"s", "ed", "ing", "es", "ies", "ied", "eed", "men", "xxed", "aing", "sss", "zes"}) {
    INFO(word);
    BaseForms(word, out);
    CHECK(std::all_of(out.begin(), out.end(), [](const BaseForm& b) { return !b.lemma.empty(); }));
  }
}

}  // namespace
}  // namespace sitgraph::language
