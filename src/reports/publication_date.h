// Dates as datelines and publication lines write them: "Tue, May 22, 2018", "5 Aug, 2018 09:12", "Apr 092017".
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "base/date.h"
#include "base/text.h"

namespace sitgraph::reports {

struct DateMatch {
  base::PartialDate date;
  base::Span span;  // bytes of the text, from the weekday (where there is one) to the year or the time of day
};

// The date that starts at byte `at`. English month names, whole or shortened; the day before or after the month, the
// year optional ("September 6") or glued to a two-digit day ("Apr 092017"); ISO 8601; day.month.year and
// day-month-year. With slashes the order of day and month shows only where one is over 12: else the date has its year
// alone. A weekday before it and a time of day behind it are taken along.
std::optional<DateMatch> MatchDate(std::string_view text, size_t at);

// The first date with a year that starts within the first `window` bytes; nullopt where there is none.
std::optional<DateMatch> FindDate(std::string_view text, size_t window = 200);

// A date given as data (a column, a meta element): the whole of `text`, or empty.
base::PartialDate ParseGivenDate(std::string_view text);

}  // namespace sitgraph::reports
