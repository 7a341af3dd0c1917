// Calendar arithmetic against an anchor that may lack its year, as reports' datelines do.
#pragma once

#include <optional>

#include "base/date.h"
#include "src/language/dates.h"

namespace sitgraph::language {

// A stretch of dates; both bounds inclusive, of the precision that the words have.
struct DateSpan {
  std::optional<base::PartialDate> begin;
  std::optional<base::PartialDate> end;
};

// Moves a date that is known to the day, with or without its year. nullopt for less precise dates, and for year-less
// ones where the result depends on a leap day, or the years 1 to 9999 are left.
std::optional<base::PartialDate> ShiftDays(base::PartialDate date, int days);
// Moves by months, of a date known to the month or day; year-less dates stay so.
std::optional<base::PartialDate> ShiftMonths(base::PartialDate date, int months);
// `amount` units back (negative) or ahead. Years need a known year.
std::optional<base::PartialDate> Shift(base::PartialDate date, TimeUnit unit, int amount);

// First and last day of what a date covers: 2018-02 is 2018-02-01 to 2018-02-28. Year-less February ends on 28.
base::PartialDate FirstDay(base::PartialDate date);
base::PartialDate LastDay(base::PartialDate date);

class DateResolver {
 public:
  explicit DateResolver(const TimeContext& context) : context_(context) {}

  const base::PartialDate& anchor() const { return context_.anchor; }
  const base::PartialDate& reference() const { return context_.reference; }

  // The anchor's weekday where it is known.
  std::optional<int> AnchorWeekday() const;
  // Adds the year to a month or day of the year, in the context's direction; the same date where no year is known.
  base::PartialDate WithYear(base::PartialDate date) const;
  // -1 last, 0 this, 1 next: the month or season that begins with `month` and is last before the anchor's month, etc.
  std::optional<int> YearOfMonth(int month, int which) const;

  enum class Which : uint8_t { kNearest, kLast, kThis, kNext };
  std::optional<base::PartialDate> Weekday(int weekday, Which which) const;
  // The week, month, year ... `offset` units from `from` (the anchor or the reference): a week's Monday and Sunday.
  DateSpan Period(base::PartialDate from, TimeUnit unit, int offset) const;
  // Saturday and Sunday; `offset` 0 is the weekend of the anchor's week, or the last one before it.
  DateSpan Weekend(Which which) const;

 private:
  std::optional<int> WeekdayOfDate(base::PartialDate date) const;

  const TimeContext& context_;
};

}  // namespace sitgraph::language
