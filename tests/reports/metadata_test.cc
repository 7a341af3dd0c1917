// Datelines, publication lines and sources.
#include "src/reports/metadata.h"

#include <catch2/catch.hpp>

#include "src/reports/outlets.h"

namespace sitgraph::reports {
namespace {

TEST_CASE("datelines") {
  struct Case {
    std::string text, place, publisher, date, rest;
  };
  const Case cases[] = {
      {"MOSCOW, September 6. /TASS/. The troops won.", "MOSCOW", "TASS", "--09-06", "The troops won."},
      {"HOMS, May 8 (SANA) \u2013 Fighters left.", "HOMS", "SANA", "--05-08", "Fighters left."},
      {"Damascus (AFP) - Shells fell.", "Damascus", "AFP", "", "Shells fell."},
      {"Damascus, SANA \u2013 Shells fell.", "Damascus", "SANA", "", "Shells fell."},
      {"BEIRUT, Lebanon (AP) \u2014 Shells fell.", "BEIRUT", "AP", "", "Shells fell."},
      {"DEIR EZ-ZOR, Syria, 3 November 2017 (Hawar) - Shells fell.", "DEIR EZ-ZOR", "Hawar", "2017-11-03",
       "Shells fell."},
      {"MOSCOW October 18 (RIA Novosti) - The monitor spoke.", "MOSCOW", "RIA Novosti", "--10-18",
       "The monitor spoke."},
      {"BEIRUT A helicopter fell.", "BEIRUT", "", "", "A helicopter fell."},
      {"ALEPPO \u2013 Shells fell.", "ALEPPO", "", "", "Shells fell."},
      {"Beirut \u2013 Shells fell.", "Beirut", "", "", "Shells fell."},
      {"NNA - A blast was heard.", "", "NNA", "", "A blast was heard."},
  };
  for (const Case& c : cases) {
    INFO(c.text);
    const auto dateline = MatchDateline(c.text);
    REQUIRE(dateline);
    CHECK(dateline->place == c.place);
    CHECK(dateline->publisher == c.publisher);
    CHECK(base::ToIso(dateline->date) == c.date);
    CHECK(c.text.substr(dateline->end) == c.rest);
  }
  for (const std::string text :
       {"The army entered Palmyra.", "Palmyra fell on March 2, officials said.", "Assad (R) said the war was over.",
        "NATO said it knew nothing.", "UN monitors came back.", "SANA reported shelling.",
        "Daesh \u2013 the group \u2013 left.", "URGENT \u2013 19 killed", "Moscow, Tehran and Ankara agreed.",
        "Homs, Hama and Idlib, May 3 2018 saw fighting.", "Damascus", ""}) {
    INFO(text);
    CHECK_FALSE(MatchDateline(text));
  }
}

TEST_CASE("publication lines") {
  struct Case {
    std::string line, date, author, publisher;
    bool updated;
  };
  const Case cases[] = {
      {"Published: Tue, May 22, 2018", "2018-05-22", "", "", false},
      {"5 Aug, 2018 09:12 / Updated 4 years ago", "2018-08-05", "", "", false},
      {"Last updated at Apr 092017", "2017-04-09", "", "", true},
      {"Arts&Culture | By Ann Montgomery", "", "Ann Montgomery", "", false},
      {"By Ann Other and Bob al-Else", "", "Ann Other and Bob al-Else", "", false},
      {"By Ann Other, March 3, 2017", "2017-03-03", "Ann Other", "", false},
      {"AFP | May 3, 2017", "2017-05-03", "", "AFP", false},
      {"By Reuters", "", "", "Reuters", false},
      {"Date of publication: 6 June 2016", "2016-06-06", "", "", false},
  };
  for (const Case& c : cases) {
    INFO(c.line);
    const auto line = MatchPublicationLine(c.line);
    REQUIRE(line);
    CHECK(base::ToIso(line->date) == c.date);
    CHECK(line->author == c.author);
    CHECK(line->publisher == c.publisher);
    CHECK(line->updated == c.updated);
  }
  for (const std::string line :
       {"Syrian troops enter Palmyra after a long battle on March 2, 2017", "By noon the town was empty",
        "Nearly 60 settlements liberated", "By air and by land", ""}) {
    INFO(line);
    CHECK_FALSE(MatchPublicationLine(line));
  }
}

TEST_CASE("dates that go before a text are no part of a sentence") {
  CHECK(MatchPublicationDate("21 Jul 2016 Dozens fled.")->end == 11);
  CHECK(MatchPublicationDate("Published April 26 2017 At least six fled.")->end == 23);
  CHECK_FALSE(MatchPublicationDate("21 July 2016 was a dark day."));
  CHECK_FALSE(MatchPublicationDate("March 2, 2017, was a dark day."));
  CHECK_FALSE(MatchPublicationDate("May 2018 Elections"));
}

TEST_CASE("sources and outlets") {
  CHECK(SourceRemark("Source: Syrian Coalition") == "Syrian Coalition");
  CHECK(SourceRemark("Source: Syrian Coalition's Media Office") == "Syrian Coalition");
  CHECK(SourceRemark("Source TRTWorld and agencies") == "TRT World");
  CHECK(SourceRemark("Source said that") == "");
  CHECK(SourceRemark("Source: https://example.org/a") == "");
  CHECK(SourceRemark("Resource: AFP") == "");
  CHECK(PublisherInTitle("Strike kills 15 near Raqqa | Jordan Times") == "Jordan Times");
  CHECK(PublisherInTitle("Strike kills 15 near Raqqa - Reuters") == "Reuters");
  CHECK(PublisherInTitle("Troops win battle \u2014 Russian Defense Ministry") == "");
  CHECK(PublisherInTitle("Reuters") == "");
  CHECK(OutletName("the Associated Press") == "AP");
  CHECK(OutletName("the press") == "");
  CHECK(IsCredit("TRT World and Agencies"));
  CHECK(IsCredit("Photo by Someone Unknown"));
  CHECK(IsCredit("With AP, Reuters and AFP"));
  CHECK_FALSE(IsCredit("SDF"));
  CHECK_FALSE(IsCredit("outlawed in Russia"));
}

}  // namespace
}  // namespace sitgraph::reports
