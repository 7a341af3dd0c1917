// Calendar dates, whole or partial, as ISO 8601 writes them; proleptic Gregorian.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sitgraph::base {

// A date that may know only some of its parts: 2018-05-07, 2018-05, 2018, --05-07, --05. 0 means unknown. A day is
// known only with its month.
struct PartialDate {
  int16_t year = 0;
  uint8_t month = 0;
  uint8_t day = 0;

  bool empty() const { return year == 0 && month == 0; }
  bool complete() const { return year != 0 && month != 0 && day != 0; }
  friend bool operator==(const PartialDate&, const PartialDate&) = default;
  friend auto operator<=>(const PartialDate&, const PartialDate&) = default;
};

// "2018-05-07", "2018-05", "2018", "--05-07", "--05"; "" for an empty date.
std::string ToIso(PartialDate date);
// The reverse; nullopt for anything else, including impossible days (2018-02-30; --02-29 is possible).
std::optional<PartialDate> ParseIso(std::string_view text);

bool IsLeapYear(int year);
int DaysInMonth(int year, int month);  // year 0: February has 29
bool IsValid(PartialDate date);

// Days since 1970-01-01, and back. Only for complete dates (years 1 to 9999).
int32_t ToDays(PartialDate date);
PartialDate FromDays(int32_t days);
PartialDate AddDays(PartialDate date, int32_t days);
// Clamps the day: 2018-03-31 minus a month is 2018-02-28. Partial dates keep their precision.
PartialDate AddMonths(PartialDate date, int32_t months);
int Weekday(PartialDate date);  // 0 Monday ... 6 Sunday; complete dates only

}  // namespace sitgraph::base
