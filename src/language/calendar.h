// Names of the calendar: months, weekdays, seasons.
#pragma once

#include <optional>
#include <string_view>

namespace sitgraph::language {

// 1 to 12 for "January", "Jan", "Jan."; "May", "March", "Mar" and "Sun"-like words only when capitalised.
std::optional<int> MonthOf(std::string_view word);
// 0 Monday ... 6 Sunday, for "Monday", "Mondays", "Mon", "Mon.".
std::optional<int> WeekdayOf(std::string_view word);

// First and last month of a season of the northern hemisphere; winter is December to February.
struct Season {
  int first_month;
  int last_month;
};
std::optional<Season> SeasonOf(std::string_view word);

}  // namespace sitgraph::language
