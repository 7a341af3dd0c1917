// Who says so, whether it happened, and when.
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

TEST_CASE("the source is who says so") {
  Check({
      {"Rebels attacked Hama, the Syrian Observatory for Human Rights said.",
       {"attack «attacked» agent=rebels place=Hama source=Syrian Observatory for Human Rights"}},
      {"According to the Observatory, rebels attacked Hama.",
       {"attack «attacked» agent=rebels place=Hama source=Observatory"}},
      {"\"Rebels attacked Hama. They killed two soldiers,\" Colonel Ahmad Hassan said.",
       {"attack «attacked» agent=rebels place=Hama source=Ahmad Hassan",
        "casualties «killed» agent=rebels target=soldiers source=Ahmad Hassan"}},
      {"# Rebels attack Hama – Defense Ministry", {"attack «attack» agent=rebels place=Hama source=Defense Ministry"}},
  });
}

TEST_CASE("whoever speaks acts where they say we") {
  Check({{"\"We demand an investigation of the bombing in Hama,\" Colonel Ahmad Hassan said.",
          {"demand «demand» agent=Ahmad Hassan source=Ahmad Hassan",
           "monitoring «investigation» place=Hama source=Ahmad Hassan",
           "bombing «bombing» place=Hama source=Ahmad Hassan"}}});
}

TEST_CASE("negation, modality, plans and demands reach their clause") {
  Check({
      {"Rebels did not attack Hama.", {"attack «attack» agent=rebels place=Hama negated"}},
      {"Rebels fought to retake Hama after losing Azaz in May.",
       {"battle «fought» agent=rebels place=Hama @2018-05", "capture «retake» agent=rebels place=Hama intended",
        "capture «losing» target=rebels place=Azaz @2018-05"}},
      {"Rebels refused to attack Hama.", {"attack «attack» agent=rebels place=Hama negated"}},
      {"No drivers were hurt in the raid on Hama.",
       {"casualties «hurt» target=drivers place=Hama negated", "attack «raid» target=drivers place=Hama"}},
      {"No civilians were killed in Hama.", {"casualties «killed» target=civilians place=Hama negated"}},
      {"Rebels may attack Hama.", {"attack «attack» agent=rebels place=Hama possible"}},
      {"Rebels plan to attack Hama.", {"attack «attack» agent=rebels place=Hama intended"}},
      {"The United Nations urged rebels to leave Hama.",
       {"demand «urged» agent=United Nations target=rebels", "withdrawal «leave» agent=rebels origin=Hama demanded"}},
      {"Rebels denied shelling Hama.",
       {"denial «denied» agent=rebels", "shelling «shelling» agent=rebels place=Hama negated"}},
  });
}

TEST_CASE("times go to the event of their clause, not to when it was said") {
  Check({
      {"Rebels attacked Hama on Tuesday, the army said on Wednesday.",
       {"attack «attacked» agent=rebels place=Hama source=army @2018-07-31"}},
      {"The army said on Wednesday that rebels attacked Hama.",
       {"attack «attacked» agent=rebels place=Hama source=army"}},
      {"More than 500 people have been killed since the war began in 2011.",
       {"casualties «killed» target=people @2011..", "battle «war» @2011.."}},
      {"In May 2015, militants seized Palmyra and looted its museum.",
       {"capture «seized» agent=militants place=Palmyra @2015-05",
        "looting «looted» agent=militants target=museum place=Palmyra @2015-05"}},
      {"Hariri urged the Security Council to protect civilians and said 12 detainees had died since 2016.",
       {"demand «urged» agent=Saad Hariri target=United Nations Security Council source=Saad Hariri",
        "aid «protect» agent=United Nations Security Council target=civilians source=Saad Hariri demanded",
        "casualties «died» target=detainees source=Saad Hariri @2016.."}},
  });
}

}  // namespace sitgraph::extract
