// Which parts of a text are read, and what the text says about itself.
#include "src/reports/zones.h"

#include <catch2/catch.hpp>
#include <random>

#include "src/reports/encoding.h"

namespace sitgraph::reports {
namespace {

// One line a zone: its kind's first letter and its text. K is a caption, X boilerplate.
std::string Zones(const Report& report) {
  static constexpr char kLetters[] = {'T', 'D', 'Y', 'B', 'K', 'X'};
  std::string out;
  for (const Zone& zone : report.zones) {
    out += kLetters[static_cast<size_t>(zone.kind)];
    out += ' ';
    out += zone.span.In(report.text);
    out += '\n';
  }
  return out;
}

Report Annotated(std::string text, std::string title = "") {
  Report report;
  report.text = std::move(text);
  report.title = std::move(title);
  Annotate(report);
  return report;
}

constexpr char kFirst[] = "Government forces took the hill above the town on Monday, the ministry said.";
constexpr char kSecond[] = "Two soldiers were killed and five wounded when a mine went off beside the road.";

TEST_CASE("dates in texts that lost their line breaks") {
  const base::PartialDate date{2016, 6, 6};
  const std::string body = std::string(kFirst) + " " + kSecond;
  for (const char* head :
       {"Army takes hill officials AFP Monday 6 Jun 2016 ", "Army takes hill REUTERS Middle East 1735 06.06.2016 ",
        "Army takes hill Syria Security 06-06-2016 0742 PM ", "06-06-2016 title: Army takes hill. "}) {
    INFO(head);
    const Report report = Annotated("Army takes hill\n\n" + (head + body));
    CHECK(report.published == date);
    CHECK(Zones(report).find("B " + std::string(kFirst)) != std::string::npos);
  }
  const Report sentence = Annotated("Army takes hill.\n\nMonday 6 June 2016 Army takes hill. " + body);
  CHECK(sentence.published == date);
}

TEST_CASE("the parts of a page that was saved as text") {
  const Report report = Annotated(
      "Home | News | Sports | Opinion\n\nWorld\n\nArmy takes hill above the town\n\nPublished: Tue, May 22, 2018\nBy "
      "Ann Other\n\n"
      "DAMASCUS, May 22 (SANA) \u2013 " +
      std::string(kFirst) + "\n\nREAD MORE: Army loses another hill - report\n\n" + kSecond +
      "\n\nLong road to the north\n\n" + kFirst + "\n\nSoldiers rest beside a tank. (Photo by AFP)\n\n" + kSecond +
      "\n\nShare on Facebook\n\nYou might also like\n\n" + kFirst +
      "\nAnother story\n\n\u00A9 2018 The Paper. All rights reserved.\n");
  CHECK(Zones(report) ==
        "X Home | News | Sports | Opinion\nX World\nT Army takes hill above the town\nY Published: Tue, May 22, "
        "2018\nY By Ann Other\n"
        "D DAMASCUS, May 22 (SANA) \u2013\nB " +
            std::string(kFirst) + "\nX READ MORE: Army loses another hill - report\nB " + kSecond +
            "\nT Long road to the north\nB " + kFirst + "\nK Soldiers rest beside a tank.\nX (Photo by AFP)\nB " +
            kSecond + "\nX Share on Facebook\nX You might also like\nX " + kFirst +
            "\nX Another story\nX \u00A9 2018 The Paper. All rights reserved.\n");
  CHECK(report.title == "Army takes hill above the town");
  CHECK(base::ToIso(report.published) == "2018-05-22");
  CHECK(report.author == "Ann Other");
  CHECK(report.publisher == "SANA");
  CHECK(report.dateline == "DAMASCUS");
}

TEST_CASE("what was glued to a paragraph") {
  struct Case {
    std::string what, text, title, zones, published, publisher;
  };
  const std::string first = kFirst;
  const Case cases[] = {
      {"date", "21 Jul 2016 " + first, "", "Y 21 Jul 2016\nB " + first + "\n", "2016-07-21", ""},
      {"title, agency, date", "Army takes hill above town AFP Friday 24 Oct 2014 " + first,
       "Army takes hill above town", "T Army takes hill above town\nY AFP Friday 24 Oct 2014\nB " + first + "\n",
       "2014-10-24", "AFP"},
      {"sentences before an agency and a date are no title",
       "The army took a hill. Two men fell. AFP Friday 24 Oct 2014 " + first, "",
       "B The army took a hill. Two men fell. AFP Friday 24 Oct 2014 " + first + "\n", "", ""},
      {"title repeated, with other signs",
       "Army Takes Hill above \u201CTown\u201D\n\n25 November 2016 Army takes hill above town. " + first, "",
       "T Army Takes Hill above \u201CTown\u201D\nY 25 November 2016\nT Army takes hill above town.\nB " + first + "\n",
       "2016-11-25", ""},
      {"source and button", first + " (Source: Local Council) Twitter", "",
       "B " + first + "\nY (Source: Local Council) Twitter\n", "", "Local Council"},
      {"photo of a photographer, no publisher", first + " (Photo by AFP)", "", "K " + first + "\nX (Photo by AFP)\n",
       "", ""},
      {"credit inside", first + " (Reuters) " + first, "", "B " + first + "\nX (Reuters)\nB " + first + "\n", "", ""},
      {"dateline inside", first + " DAMASCUS (Reuters) " + first, "",
       "B " + first + "\nX DAMASCUS (Reuters)\nB " + first + "\n", "", ""},
      {"last update after a date",
       "Monday 21 November 2016 " + first + " Last Update: Thursday 24 November 2016 KSA 21:05 77", "",
       "Y Monday 21 November 2016\nB " + first + "\nY Last Update: Thursday 24 November 2016 KSA 21:05 77\n",
       "2016-11-21", ""},
      {"signature", first + " Rana al-Hakim/Sami", "", "B " + first + "\nY Rana al-Hakim/Sami\n", "", ""},
      {"agency's signature", first + " --Reuters", "", "B " + first + "\nY --Reuters\n", "", "Reuters"},
      {"source in a line of its own", first + "\n" + kSecond + "\n(Source: Local Council) Twitter", "",
       "B " + first + "\nB " + kSecond + "\nY (Source: Local Council) Twitter\n", "", "Local Council"},
      {"tags", first + " Tags Syria Idlib civilians. " + first, "",
       "B " + first + "\nX Tags Syria Idlib civilians.\nB " + first + "\n", "", ""},
      {"tags that run into a sentence", first + " Tags Syria Idlib At least six fled in the night. " + first, "",
       "B " + first + "\nX Tags Syria Idlib\nB At least six fled in the night. " + first + "\n", "", ""},
      {"a sentence that begins with tags", first + " Tags of the dead were found in Idlib. " + first, "",
       "B " + first + " Tags of the dead were found in Idlib. " + first + "\n", "", ""},
      {"a bracket that is no credit", first + " The group (SDF) left the town again.", "",
       "B " + first + " The group (SDF) left the town again.\n", "", ""},
  };
  for (const Case& c : cases) {
    INFO(c.what);
    const Report report = Annotated(c.text, c.title);
    std::string expected;
    for (const char ch : c.zones) expected += ch;
    std::string got = Zones(report);
    // A bracketed source and the button after it are two remarks; their zones need not be told apart here.
    for (size_t at; (at = got.find(")\nX Twitter")) != std::string::npos;) got.replace(at, 11, ") Twitter");
    CHECK(got == expected);
    CHECK(base::ToIso(report.published) == c.published);
    CHECK(report.publisher == c.publisher);
  }
}

TEST_CASE("lists are text, sub-headlines are titles") {
  const std::string intro = "The following weapons were handed over by the groups of the northern pocket:";
  const std::string items = "- 7 tanks;\n- 5 mortars;\n122 guns\n";
  const Report report =
      Annotated("Weapons handed over in the north\n\n" + intro + "\n\n" + items + "\nRoad opens again\n\n" + kSecond);
  CHECK(Zones(report) == "T Weapons handed over in the north\nB " + intro +
                             "\nB - 7 tanks;\nB - 5 mortars;\nB 122 guns\nT Road opens again\nB " + kSecond + "\n");
  const Report tight = Annotated(intro + "\n" + items + kSecond);
  CHECK(Zones(tight) == "B " + intro + "\nB - 7 tanks;\nB - 5 mortars;\nB 122 guns\nB " + kSecond + "\n");
}

TEST_CASE("a text without a headline has no title, a report of one line is its text") {
  const Report plain = Annotated(std::string(kFirst) + "\n" + kSecond);
  CHECK(plain.title.empty());
  CHECK(Zones(plain) == "B " + std::string(kFirst) + "\nB " + kSecond + "\n");
  const Report line = Annotated("Clashes near Deraa\n");
  CHECK(line.title == "Clashes near Deraa");
  CHECK(Zones(line) == "T Clashes near Deraa\n");
}

TEST_CASE("what the source gives goes before what the text says") {
  Report report;
  report.text = "Army takes hill above the town\n\nPublished: May 22, 2018\n\n" + std::string(kFirst);
  report.title = "Another title of this";
  report.publisher = "The Paper";
  report.published = {2018, 5, 0};
  Annotate(report);
  CHECK(report.title == "Another title of this");
  CHECK(report.publisher == "The Paper");
  CHECK(base::ToIso(report.published) == "2018-05-22");  // the text completes it
  report.published = {2017, 0, 0};
  Annotate(report);
  CHECK(base::ToIso(report.published) == "2017");  // and does not contradict it
}

// Every non-blank character lies in exactly one zone; zones are ordered and have no blanks at their ends.
void CheckCover(const Report& report) {
  uint32_t end = 0;
  for (const Zone& zone : report.zones) {
    REQUIRE(zone.span.begin >= end);
    REQUIRE(zone.span.end > zone.span.begin);
    REQUIRE(zone.span.end <= report.text.size());
    REQUIRE(base::Trim(std::string_view(report.text).substr(end, zone.span.begin - end)).empty());
    REQUIRE(base::Trim(zone.span.In(report.text)) == zone.span.In(report.text));
    end = zone.span.end;
  }
  REQUIRE(base::Trim(std::string_view(report.text).substr(end)).empty());
}

TEST_CASE("zones cover every text") {
  const std::vector<std::string> pieces = {"Published: ",
                                           "May 22, 2018 ",
                                           "21 Jul 2016 ",
                                           "MOSCOW, ",
                                           "/TASS/. ",
                                           "(AFP) ",
                                           "(Photo by AFP)",
                                           "You might also like",
                                           "Read Also",
                                           "Tags Syria. ",
                                           "Army takes hill ",
                                           "the town fell. ",
                                           "By Ann Other",
                                           "\n",
                                           "\n\n",
                                           "\r\n",
                                           " ",
                                           "\u00A0",
                                           "\u2013 ",
                                           "\u201D",
                                           "(",
                                           ")",
                                           "--",
                                           "AFP ",
                                           "Source TRT World",
                                           "Last Update: 3 May 2017 ",
                                           ". ",
                                           ":",
                                           ";",
                                           "\t",
                                           std::string(1, '\0'),
                                           "7 ",
                                           "twelve more words that make a line of running text long enough to be one. ",
                                           " - YouTube",
                                           "| "};
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    Report report;
    const size_t count = random() % 25;
    for (size_t i = 0; i < count; ++i) report.text += pieces[random() % pieces.size()];
    if (round % 3 == 0) report.title = "Army takes hill the town";
    std::vector<Zone> known;
    if (round % 2 == 0 && report.text.size() > 4) {
      const auto cut = static_cast<uint32_t>(random() % report.text.size());
      known.push_back({ZoneKind::kCaption, {0, cut}});
    }
    INFO(report.text);
    Annotate(report, known);
    CheckCover(report);
  }
  for (int round = 0; round < 500; ++round) {
    Report report;
    const size_t count = random() % 400;
    std::string bytes;
    for (size_t i = 0; i < count; ++i) bytes += static_cast<char>(random());
    for (size_t at = 0; at < bytes.size();) base::AppendUtf8(report.text, base::NextCodePoint(bytes, at));
    INFO(round);
    Annotate(report);
    CheckCover(report);
  }
}

TEST_CASE("a hostile paragraph takes linear time") {
  for (const std::string piece :
       {"(AFP) ", "word. (AFP) ", "((((", "Tags ", "Read Also ", ".", ")", "May 1 ", "| ", "\"", " Source", "A. "}) {
    INFO(piece);
    Report report;
    while (report.text.size() < (size_t{1} << 20)) report.text += piece;
    Annotate(report);
    CHECK_FALSE(report.zones.empty());
  }
}

}  // namespace
}  // namespace sitgraph::reports
