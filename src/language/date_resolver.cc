// Arithmetic over partial dates, and the choice of years, weekdays and periods.
#include "src/language/date_resolver.h"

#include <algorithm>
#include <cstdlib>

namespace sitgraph::language {
namespace {

using base::PartialDate;

constexpr int kCommonYear = 2001;  // stands in for an unknown year
constexpr int kLeapYear = 2004;
constexpr int kLargestShift = 400000;  // days; keeps arithmetic inside the calendar

PartialDate Make(int year, int month, int day) {
  return {static_cast<int16_t>(year), static_cast<uint8_t>(month), static_cast<uint8_t>(day)};
}

bool InCalendar(int year) { return year >= 1 && year <= 9999; }

PartialDate InYear(PartialDate date, int year) { return Make(year, date.month, date.day); }

}  // namespace

std::optional<PartialDate> ShiftDays(PartialDate date, int days) {
  if (date.day == 0 || days > kLargestShift || days < -kLargestShift) {
    return std::nullopt;
  }
  if (date.year != 0) {
    const int32_t shifted = base::ToDays(date) + days;
    if (shifted < base::ToDays(Make(1, 1, 1)) || shifted > base::ToDays(Make(9999, 12, 31))) {
      return std::nullopt;
    }
    return base::FromDays(shifted);
  }
  const PartialDate leap = base::AddDays(InYear(date, kLeapYear), days);
  if (date.month == 2 && date.day == 29) {
    return days == 0 ? std::optional(date) : std::nullopt;
  }
  const PartialDate common = base::AddDays(InYear(date, kCommonYear), days);
  if (common.month != leap.month || common.day != leap.day) {
    return std::nullopt;
  }
  return InYear(common, 0);
}

std::optional<PartialDate> ShiftMonths(PartialDate date, int months) {
  if (date.month == 0 || months > 12 * 9999 || months < -12 * 9999) {
    return std::nullopt;
  }
  if (date.year == 0) {
    const int month = ((date.month - 1 + months) % 12 + 12) % 12 + 1;
    return Make(0, month, std::min<int>(date.day, base::DaysInMonth(0, month)));
  }
  const int index = date.year * 12 + date.month - 1 + months;
  if (index < 12 || !InCalendar(index / 12)) {
    return std::nullopt;
  }
  const int month = index % 12 + 1;
  return Make(index / 12, month, std::min<int>(date.day, base::DaysInMonth(index / 12, month)));
}

std::optional<PartialDate> Shift(PartialDate date, TimeUnit unit, int amount) {
  switch (unit) {
    case TimeUnit::kDay:
      return ShiftDays(date, amount);
    case TimeUnit::kWeek:
      return amount > kLargestShift / 7 || amount < -kLargestShift / 7 ? std::nullopt : ShiftDays(date, 7 * amount);
    case TimeUnit::kMonth:
      return ShiftMonths(date, amount);
    case TimeUnit::kYear:
      if (date.year == 0 || !InCalendar(date.year + std::clamp(amount, -20000, 20000))) {
        return std::nullopt;
      }
      return date.month != 0 ? ShiftMonths(date, 12 * amount) : std::optional(Make(date.year + amount, 0, 0));
    default:
      return std::nullopt;
  }
}

PartialDate FirstDay(PartialDate date) {
  return Make(date.year, std::max<int>(date.month, 1), std::max<int>(date.day, 1));
}

PartialDate LastDay(PartialDate date) {
  const int month = date.month != 0 ? date.month : 12;
  const int last = base::DaysInMonth(date.year != 0 ? date.year : kCommonYear, month);
  return Make(date.year, month, date.day != 0 ? date.day : last);
}

std::optional<int> DateResolver::WeekdayOfDate(PartialDate date) const {
  if (date.complete()) {
    return base::Weekday(date);
  }
  return std::nullopt;
}

std::optional<int> DateResolver::AnchorWeekday() const {
  if (context_.anchor.complete()) {
    return base::Weekday(context_.anchor);
  }
  return context_.anchor.day != 0 ? context_.anchor_weekday : std::nullopt;
}

PartialDate DateResolver::WithYear(PartialDate date) const {
  const PartialDate anchor = context_.anchor;
  if (date.year != 0 || anchor.year == 0) {
    return date;
  }
  int year = anchor.year;
  if (anchor.month != 0) {
    int ahead = date.month - anchor.month;
    if (anchor.day != 0 && date.day != 0) {
      // Days, so that a few beyond the anchor, also over New Year, do not change the year.
      const int day = std::min<int>(date.day, base::DaysInMonth(year, date.month));
      ahead = base::ToDays(Make(year, date.month, day)) - base::ToDays(anchor);
      const int wrapped = ahead > 0 ? ahead - 365 : ahead + 365;
      if (std::abs(wrapped) <= kDateTolerance) {
        year += ahead > 0 ? -1 : 1;
        ahead = 0;
      }
      ahead = std::abs(ahead) <= kDateTolerance ? 0 : ahead;
    }
    if (context_.direction == TimeDirection::kPast && ahead > 0) {
      --year;
    } else if (context_.direction == TimeDirection::kFuture && ahead < 0) {
      ++year;
    }
  }
  const PartialDate dated = InYear(date, year);
  return InCalendar(year) && base::IsValid(dated) ? dated : date;
}

std::optional<int> DateResolver::YearOfMonth(int month, int which) const {
  const PartialDate anchor = context_.anchor;
  if (anchor.year == 0 || (anchor.month == 0 && which != 0)) {
    return std::nullopt;
  }
  int year = anchor.year;
  if (which < 0 && month >= anchor.month) {
    --year;
  } else if (which > 0 && month <= anchor.month) {
    ++year;
  }
  return InCalendar(year) ? std::optional(year) : std::nullopt;
}

std::optional<PartialDate> DateResolver::Weekday(int weekday, Which which) const {
  const std::optional<int> today = AnchorWeekday();
  if (!today) {
    return std::nullopt;
  }
  const int back = (*today - weekday + 7) % 7;
  const int ahead = (weekday - *today + 7) % 7;
  switch (which) {
    case Which::kLast:
      return ShiftDays(context_.anchor, back == 0 ? -7 : -back);
    case Which::kNext:
      return ShiftDays(context_.anchor, ahead == 0 ? 7 : ahead);
    case Which::kThis:
      return ShiftDays(context_.anchor, weekday - *today);
    default:
      return ShiftDays(context_.anchor, context_.direction == TimeDirection::kPast ? -back : ahead);
  }
}

DateSpan DateResolver::Period(PartialDate from, TimeUnit unit, int offset) const {
  DateSpan span;
  switch (unit) {
    case TimeUnit::kDay:
      span.begin = ShiftDays(from, offset);
      break;
    case TimeUnit::kWeek: {
      std::optional<int> weekday = WeekdayOfDate(from);
      if (!weekday && from == context_.anchor) {
        weekday = AnchorWeekday();
      }
      if (weekday) {
        span.begin = ShiftDays(from, 7 * offset - *weekday);
        span.end = ShiftDays(from, 7 * offset - *weekday + 6);
      }
      return span;
    }
    case TimeUnit::kMonth:
      if (from.month != 0) {
        span.begin = ShiftMonths(Make(from.year, from.month, 0), offset);
      }
      break;
    case TimeUnit::kYear:
      if (from.year != 0) {
        span.begin = Shift(Make(from.year, 0, 0), TimeUnit::kYear, offset);
      }
      break;
    default:
      break;
  }
  span.end = span.begin;
  return span;
}

DateSpan DateResolver::Weekend(Which which) const {
  const std::optional<int> today = AnchorWeekday();
  if (!today) {
    return {};
  }
  // Days from the anchor to the Saturday of its week.
  int saturday = 5 - *today;
  const bool weekend_now = *today >= 5;
  if (which == Which::kLast ||
      (which == Which::kNearest && !weekend_now && context_.direction == TimeDirection::kPast)) {
    saturday -= 7;
  } else if (which == Which::kNext) {
    saturday += 7;
  }
  return {ShiftDays(context_.anchor, saturday), ShiftDays(context_.anchor, saturday + 1)};
}

}  // namespace sitgraph::language
