// Dates as the calendar writes them: days, months, years, weekdays, times of day.
#include <algorithm>
#include <iterator>

#include "src/language/calendar.h"
#include "src/language/number_words.h"
#include "src/language/time_points.h"

namespace sitgraph::language {
namespace {

using base::PartialDate;
using Which = DateResolver::Which;

constexpr std::string_view kDayParts[] = {"morning", "afternoon", "evening",  "night",     "noon",    "midday",
                                          "dawn",    "dusk",      "midnight", "nightfall", "sunrise", "sunset"};
constexpr std::string_view kZones[] = {"gmt", "utc", "est", "local", "msk", "eet", "bst", "cet", "ksa"};
constexpr std::string_view kHalfDays[] = {"am", "pm", "a.m.", "p.m.", "a.m", "p.m"};
constexpr std::string_view kMonthCues[] = {
    "in",      "of",   "since",  "until",  "till",  "by",  "last", "this", "next",  "early",      "late",   "mid",
    "between", "from", "during", "before", "after", "and", "to",   "past", "every", "throughout", "through"};

}  // namespace

bool IsDayPart(std::string_view word) {
  return std::any_of(std::begin(kDayParts), std::end(kDayParts),
                     [&](std::string_view part) { return EqualsLower(word, part); });
}

// ---- look-ups

const Number* PointParser::NumberAt(TokenIndex i) const {
  const auto found = std::lower_bound(numbers_.begin(), numbers_.end(), i,
                                      [](const Number& n, TokenIndex at) { return n.begin < at; });
  return found != numbers_.end() && found->begin == i ? &*found : nullptr;
}

const Number* PointParser::DayAt(TokenIndex i) const {
  const Number* n = NumberAt(i);
  return n != nullptr && n->kind == NumberKind::kDate && n->min && *n->max <= 31 && *n->min >= 1 ? n : nullptr;
}

std::optional<int> PointParser::YearAt(TokenIndex i) const {
  const Number* n = NumberAt(i);
  if (n == nullptr || n->kind != NumberKind::kYear || !n->min || n->min != n->max) {
    return std::nullopt;
  }
  return static_cast<int>(*n->min);
}

int PointParser::TakeYear(TokenIndex& i) const {
  const TokenIndex at = words_.Text(i) == "," || words_.Is(i, "of") ? i + 1 : i;
  if (const std::optional<int> year = YearAt(at)) {
    i = at + 1;
    return *year;
  }
  return 0;
}

Point PointParser::FromWritten(PartialDate date, TokenIndex end) const {
  Point p;
  p.end = end;
  p.written = date;
  if (base::IsValid(date)) {
    p.basis = date.year == 0 ? TimeBasis::kAnchor : TimeBasis::kExplicit;
    p.span.begin = resolver_.WithYear(date);
    p.span.end = p.span.begin;
  }
  return p;
}

// ---- times of day

// "14:54 GMT", "5 pm", "morning", "midnight"; the token after it.
std::optional<TokenIndex> PointParser::TimeOfDay(TokenIndex i) const {
  TokenIndex end = i;
  const std::string_view t = words_.Text(i);
  if (const Number* n = NumberAt(i); n != nullptr && n->kind == NumberKind::kDate) {
    if (t.find(':') != std::string_view::npos) {
      end = n->end;
    } else if (words_.IsOneOf(n->end, kHalfDays) || words_.Is(n->end, "o'clock") || words_.IsOneOf(n->end, kZones)) {
      end = n->end + 1;
    }
    if (end > i && words_.IsOneOf(end, kHalfDays)) {
      ++end;
    }
    if (end > i && words_.IsOneOf(end, kZones)) {
      end = words_.Is(end, "local") ? Skip(end + 1, "time") : end + 1;
    }
  } else if (IsDayPart(words_.Text(i))) {
    end = i + 1;
  }
  return end > i ? std::optional(end) : std::nullopt;
}

// After a day: "Tuesday morning", "May 7 at 14:54", "Monday at around midday".
TokenIndex PointParser::SkipTimeOfDay(TokenIndex i) const {
  TokenIndex at = words_.Is(i, "at") ? i + 1 : i;
  at = words_.Is(at, "about") || words_.Is(at, "around") ? at + 1 : at;
  if (const std::optional<TokenIndex> end = TimeOfDay(at)) {
    return *end;
  }
  return i;
}

// ---- dates of the calendar

// May 7; May 7-9; 7 May; the 7th of May; with a year
std::optional<Point> PointParser::DayAndMonth(TokenIndex i) const {
  i = words_.Is(i, "the") && DayAt(i + 1) != nullptr ? i + 1 : i;
  int month = 0;
  const Number* day = nullptr;
  TokenIndex end = i;
  if (const std::optional<int> named = MonthOf(words_.Text(i))) {
    month = *named;
    const TokenIndex at = Skip(i + 1, "the");
    day = DayAt(at);
    const bool glued = NumberAt(at) != nullptr && NumberAt(at)->kind == NumberKind::kDate && !day &&
                       words_.Text(at).size() >= 5 && words_.Text(at).find_first_of(":/-.") == std::string_view::npos;
    if (glued) {  // "Apr 092017"
      const auto all = static_cast<int>(NumeralOf(words_.Text(at)).value);
      return FromWritten(MakeDate(all % 10000, month, all / 10000 > 31 ? 0 : all / 10000), at + 1);
    }
    if (day == nullptr) {
      return std::nullopt;
    }
    end = day->end;
  } else if ((day = DayAt(i)) != nullptr) {
    end = Skip(day->end, "of");
    const std::optional<int> after = MonthOf(words_.Text(end));
    if (!after) {
      return std::nullopt;
    }
    month = *after;
    ++end;
  } else {
    return std::nullopt;
  }
  const int year = TakeYear(end);
  const PartialDate first = MakeDate(year, month, static_cast<int>(*day->min));
  Point p = FromWritten(first, end);
  if (*day->max > *day->min) {
    const Point last = FromWritten(MakeDate(year, month, static_cast<int>(*day->max)), end);
    p.span.end = last.span.end;
    p.interval = true;
  }
  return p;
}

// May; May 2018; 2018; the 1990s; mid-2011
std::optional<Point> PointParser::MonthOrYear(TokenIndex i) const {
  if (const std::optional<int> month = MonthOf(words_.Text(i))) {
    TokenIndex end = i + 1;
    const int year = TakeYear(end);
    // "May" and "March" are verbs and names too.
    const bool doubtful = words_.Is(i, "may") || words_.Is(i, "march");
    if (year == 0 && doubtful && (i == words_.begin() || !words_.IsOneOf(i - 1, kMonthCues))) {
      return std::nullopt;
    }
    return FromWritten(MakeDate(year, *month, 0), end);
  }
  const Number* n = NumberAt(i);
  if (n == nullptr || n->kind != NumberKind::kYear) {
    return std::nullopt;
  }
  if (n->min) {
    Point p = FromWritten(MakeDate(static_cast<int>(*n->min), 0, 0), n->end);
    if (*n->max > *n->min) {
      p.span.end = MakeDate(static_cast<int>(*n->max), 0, 0);
      p.interval = true;
    }
    return p;
  }
  // 1990s, 1980's, '90s
  int decade = 0;
  for (const char c : words_.Text(i)) {
    decade = c >= '0' && c <= '9' ? std::min(decade * 10 + (c - '0'), 99999) : decade;
  }
  decade += decade < 100 ? (decade < 30 ? 2000 : 1900) : 0;
  if (decade < 1000 || decade > 2990) {
    return std::nullopt;
  }
  Point p = PointOf({MakeDate(decade, 0, 0), MakeDate(decade + 9, 0, 0)}, n->end, TimeBasis::kExplicit);
  return p;
}

// 2018-05-07, 7/5/2018, 07.05.2018, 9/11
std::optional<Point> PointParser::NumericDate(TokenIndex i) const {
  const Number* n = NumberAt(i);
  const std::string_view t = words_.Text(i);
  if (n == nullptr || n->kind != NumberKind::kDate || n->min || t.find(':') != std::string_view::npos) {
    return std::nullopt;
  }
  if (t == "9/11") {
    return FromWritten(MakeDate(2001, 9, 11), n->end);
  }
  int parts[3] = {0, 0, 0};
  size_t sizes[3] = {0, 0, 0};
  size_t part = 0;
  for (const char c : t) {
    if (c >= '0' && c <= '9') {
      parts[part] = std::min(parts[part] * 10 + (c - '0'), 99999);
      ++sizes[part];
    } else if (++part > 2) {
      return std::nullopt;
    }
  }
  if (part != 2) {
    return std::nullopt;
  }
  if (sizes[0] == 4) {
    return FromWritten(MakeDate(parts[0], std::min(parts[1], 99), std::min(parts[2], 99)), n->end);
  }
  int year = parts[2];
  year += sizes[2] <= 2 ? (year < 70 ? 2000 : 1900) : 0;
  const bool points = t.find('.') != std::string_view::npos;
  const bool month_first = parts[0] > 12 ? false : (parts[1] > 12 ? true : context_.month_first && !points);
  const int month = month_first ? parts[0] : parts[1];
  const int day = month_first ? parts[1] : parts[0];
  if (year > 9999) {
    return std::nullopt;
  }
  return FromWritten(MakeDate(year, std::min(month, 99), std::min(day, 99)), n->end);
}

std::optional<Point> PointParser::Calendar(TokenIndex i) const {
  if (std::optional<Point> p = DayAndMonth(i)) {
    return p;
  }
  if (std::optional<Point> p = NumericDate(i)) {
    return p;
  }
  return MonthOrYear(i);
}

// Monday; last Friday; Friday 24 Oct 2014; Tuesday, May 22, 2018; Friday last week
std::optional<Point> PointParser::WeekdayPoint(TokenIndex i) const {
  Which which = Which::kNearest;
  const TokenIndex begin = i;
  if (words_.Is(i, "last") || words_.Is(i, "past")) {
    which = Which::kLast;
  } else if (words_.Is(i, "next") || words_.Is(i, "coming")) {
    which = Which::kNext;
  } else if (words_.Is(i, "this")) {
    which = Which::kThis;
  }
  i += which != Which::kNearest ? 1 : 0;
  const std::optional<int> weekday = WeekdayOf(words_.Text(i));
  // "Fri", "Sat", "Sun", "Mon", "Wed" are words of other languages and names: they need a date behind.
  if (!weekday) {
    return std::nullopt;
  }
  const TokenIndex after = words_.Text(i + 1) == "," ? i + 2 : i + 1;
  if (which == Which::kNearest) {
    if (std::optional<Point> date = DayAndMonth(after)) {
      return date;
    }
    if (std::optional<Point> date = NumericDate(after)) {
      return date;
    }
  }
  const bool shortened = words_.Text(i).size() < 6;
  if (shortened && which == Which::kNearest && (begin == words_.begin() || !words_.Is(begin - 1, "on"))) {
    return std::nullopt;
  }
  DateSpan span;
  TokenIndex end = i + 1;
  if (words_.MatchForward(end, "last week") > 0 || words_.MatchForward(end, "of last week") > 0) {
    const DateSpan week = resolver_.Period(resolver_.anchor(), TimeUnit::kWeek, -1);
    span.begin = week.begin ? ShiftDays(*week.begin, *weekday) : std::nullopt;
    end += words_.Is(end, "of") ? 3 : 2;
  } else {
    span.begin = resolver_.Weekday(*weekday, which);
  }
  span.end = span.begin;
  return PointOf(span, end, TimeBasis::kAnchor);
}

}  // namespace sitgraph::language
