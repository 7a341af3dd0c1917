// The forms in which reports write dates.
#include "src/reports/publication_date.h"

#include <catch2/catch.hpp>

namespace sitgraph::reports {
namespace {

TEST_CASE("dates at a place in a text") {
  struct Case {
    std::string text, iso, matched;
  };
  const Case cases[] = {
      {"May 22, 2018 and more", "2018-05-22", "May 22, 2018"},
      {"Tue, May 22, 2018", "2018-05-22", "Tue, May 22, 2018"},
      {"5 Aug, 2018 09:12 / Updated", "2018-08-05", "5 Aug, 2018 09:12"},
      {"Saturday 23 April 2016 Abc", "2016-04-23", "Saturday 23 April 2016"},
      {"Wednesday 24 August 2016 16:58 Abc", "2016-08-24", "Wednesday 24 August 2016 16:58"},
      {"Apr 092017 At least", "2017-04-09", "Apr 092017"},
      {"Apr 92017 At least", "2017-04-09", "Apr 92017"},
      {"September 6. /X/", "--09-06", "September 6"},
      {"Aug 2 (X)", "--08-02", "Aug 2"},
      {"Sept. 3rd, 2017", "2017-09-03", "Sept. 3rd, 2017"},
      {"3rd of May 2017", "2017-05-03", "3rd of May 2017"},
      {"May 2018", "2018-05", "May 2018"},
      {"2018-05-07T10:20:30+03:00", "2018-05-07", "2018-05-07T10:20:30+03:00"},
      {"2018/5/7", "2018-05-07", "2018/5/7"},
      {"18.10.2014Get", "2014-10-18", "18.10.2014"},
      {"05-04-2016 Many", "2016-04-05", "05-04-2016"},
      {"5/22/2018", "2018-05-22", "5/22/2018"},
      {"4/5/2018", "2018", "4/5/2018"},
      {"August 22 2013 1849 UTC+3 A total", "2013-08-22", "August 22 2013 1849 UTC+3"},
      {"Sat 24 Aug 2013 at 2354 Regional", "2013-08-24", "Sat 24 Aug 2013 at 2354"},
      {"21 Jul 2016 73 civilians", "2016-07-21", "21 Jul 2016"},
      // No dates:
      {"February 30, 2018", "", ""},
      {"Marching 22, 2018", "", ""},
      {"73 civilians", "", ""},
      {"May said", "", ""},
      {"4.5.6", "", ""},
      {"12-34567", "", ""},
      {"2018", "", ""},
      {"", "", ""},
  };
  for (const Case& c : cases) {
    INFO(c.text);
    const auto match = MatchDate(c.text, 0);
    REQUIRE(match.has_value() == !c.iso.empty());
    if (!match) continue;
    CHECK(base::ToIso(match->date) == c.iso);
    CHECK(match->span.In(c.text) == c.matched);
  }
}

TEST_CASE("dates given as data") {
  const std::pair<std::string, std::string> cases[] = {
      {"2018-08-02", "2018-08-02"},
      {"2018-08-02T14:54:00Z", "2018-08-02"},
      {"7/21/16", "2016-07-21"},
      {"6/6/16", "2016-06-06"},
      {"10/7/16", "2016"},
      {" 3 March 2017 ", "2017-03-03"},
      {"2017-03", "2017-03"},
      {"soon", ""},
      {"", ""},
  };
  for (const auto& [text, iso] : cases) {
    INFO(text);
    CHECK(base::ToIso(ParseGivenDate(text)) == iso);
  }
}

}  // namespace
}  // namespace sitgraph::reports
