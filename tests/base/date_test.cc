#include "base/date.h"

#include <catch2/catch.hpp>

using namespace sitgraph::base;

TEST_CASE("partial dates go to ISO 8601 and back") {
  for (const char* text : {"2018-05-07", "2018-05", "2018", "--05-07", "--05", "--02-29", "2016-02-29", "0800-01-01"}) {
    INFO(text);
    const auto date = ParseIso(text);
    REQUIRE(date);
    CHECK(ToIso(*date) == text);
  }
  for (const char* text : {"", "18", "2018-13", "2018-02-30", "2017-02-29", "2018-5-7", "--05-32", "2018-05-07T",
                           "2018-", "2018-00", "--", "-05", "0000-00-01", "2018-05-00"}) {
    INFO(text);
    CHECK_FALSE(ParseIso(text));
  }
  CHECK(ToIso({}).empty());
}

TEST_CASE("days are counted through leap years and across the epoch") {
  CHECK(ToDays({1970, 1, 1}) == 0);
  CHECK(ToDays({1969, 12, 31}) == -1);
  CHECK(ToDays({2000, 3, 1}) - ToDays({2000, 2, 28}) == 2);
  for (int32_t day = -200000; day < 200000; day += 37) REQUIRE(ToDays(FromDays(day)) == day);
  CHECK(ToIso(AddDays({2018, 1, 1}, -1)) == "2017-12-31");
  CHECK(Weekday({2018, 5, 7}) == 0);    // a Monday
  CHECK(Weekday({1969, 12, 28}) == 6);  // a Sunday before the epoch
}

TEST_CASE("months are added with the day clamped and the precision kept") {
  CHECK(ToIso(AddMonths({2018, 3, 31}, -1)) == "2018-02-28");
  CHECK(ToIso(AddMonths({2018, 11, 30}, 3)) == "2019-02-28");
  CHECK(ToIso(AddMonths({2018, 5, 0}, -5)) == "2017-12");
  CHECK(ToIso(AddMonths({2018, 0, 0}, -12)) == "2017");
  CHECK(ToIso(AddMonths({0, 1, 15}, -1)) == "--12-15");
}
