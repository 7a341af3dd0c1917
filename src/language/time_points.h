// Points and periods of the calendar, as a sentence names them: what time expressions are made of.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "src/language/date_resolver.h"
#include "src/language/dates.h"
#include "src/language/sentence_words.h"

namespace sitgraph::language {

// A unit of time as a word: "decades" are ten years each.
struct Unit {
  TimeUnit unit = TimeUnit::kNone;
  int factor = 1;
  bool plural = false;
};

// kNone for other words.
Unit UnitOf(std::string_view word);
// morning, noon, dusk ...
bool IsDayPart(std::string_view word);
// Prepositions that may open an expression without making an interval of it: "on", "in", "over".
bool IsPlainPreposition(std::string_view word);

// A point or period of the calendar, before a preposition makes an interval of it.
struct Point {
  TokenIndex end = 0;
  DateSpan span;
  TimeBasis basis = TimeBasis::kExplicit;
  TimeModifier modifier = TimeModifier::kNone;
  bool interval = false;  // has two bounds of its own: "7-9 May", "the past two weeks"
  TimeUnit unit = TimeUnit::kNone;
  std::optional<double> min_amount;
  std::optional<double> max_amount;
  // Of a calendar date as written, for sharing a month or year with the other end of a range.
  base::PartialDate written;
};

// A point with the given value.
inline Point PointOf(DateSpan span, TokenIndex end, TimeBasis basis) {
  Point p;
  p.end = end;
  p.span = span;
  p.basis = basis;
  return p;
}

inline base::PartialDate MakeDate(int year, int month, int day) {
  return {static_cast<int16_t>(year), static_cast<uint8_t>(month), static_cast<uint8_t>(day)};
}

// A length of time: "three years", "two-day".
struct Length {
  TokenIndex end = 0;
  Unit unit;
  std::optional<double> min;  // in units, decades already as years
  std::optional<double> max;
};

// Reads points at given tokens of one sentence. All arguments must outlive the parser. Every function looks at a
// bounded number of tokens.
class PointParser {
 public:
  PointParser(const SentenceWords& words, const std::vector<Number>& numbers, const TimeContext& context)
      : words_(words), numbers_(numbers), context_(context), resolver_(context) {}

  // The point or period that starts at `i`, with times of day around it; nullopt where there is none.
  std::optional<Point> Parse(TokenIndex i) const;
  // "two days ago", "a week earlier"
  std::optional<Point> Counted(TokenIndex i) const;
  // "the end of May", "the first half of 2015"
  std::optional<Point> PartOf(TokenIndex i) const;
  std::optional<Length> LengthAt(TokenIndex i) const;
  // "14:54 GMT", "5 pm", "morning": the token after it.
  std::optional<TokenIndex> TimeOfDay(TokenIndex i) const;
  // Over a time of day that may follow a day: "at 14:54", "morning".
  TokenIndex SkipTimeOfDay(TokenIndex i) const;
  // The year after a day or month, over an optional comma or "of"; moves `i` past it. 0 where there is none.
  int TakeYear(TokenIndex& i) const;
  // The point of a date as written, its year completed from the context; without value where there is no such date.
  Point FromWritten(base::PartialDate date, TokenIndex end) const;
  // The number that begins at `i`, or nullptr.
  const Number* NumberAt(TokenIndex i) const;

 private:
  // In calendar_points.cc
  std::optional<Point> Calendar(TokenIndex i) const;
  std::optional<Point> DayAndMonth(TokenIndex i) const;
  std::optional<Point> MonthOrYear(TokenIndex i) const;
  std::optional<Point> NumericDate(TokenIndex i) const;
  std::optional<Point> WeekdayPoint(TokenIndex i) const;
  const Number* DayAt(TokenIndex i) const;
  std::optional<int> YearAt(TokenIndex i) const;
  // In relative_points.cc
  std::optional<Point> Modified(TokenIndex i) const;
  std::optional<Point> Unmodified(TokenIndex i) const;
  std::optional<Point> DayWord(TokenIndex i) const;
  std::optional<Point> PeriodPoint(TokenIndex i) const;
  std::optional<Point> SeasonPoint(TokenIndex i) const;
  std::optional<Point> Past(TokenIndex i) const;
  std::optional<Point> ReferencePoint(TokenIndex i) const;

  TokenIndex Skip(TokenIndex i, std::string_view word) const { return words_.Is(i, word) ? i + 1 : i; }

  const SentenceWords& words_;
  const std::vector<Number>& numbers_;
  const TimeContext& context_;
  DateResolver resolver_;
};

}  // namespace sitgraph::language
