// Points that are told by their distance: yesterday, last week, two days ago, that year, the end of May.
#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "src/language/calendar.h"
#include "src/language/number_words.h"
#include "src/language/time_points.h"

namespace sitgraph::language {
namespace {

using base::PartialDate;
using Which = DateResolver::Which;

constexpr std::string_view kPlainPrepositions[] = {"on",     "in",  "at",     "during", "throughout", "over",
                                                   "around", "for", "within", "about",  "circa"};

struct UnitWord {
  std::string_view word;
  TimeUnit unit;
  int factor;
};
constexpr UnitWord kUnitWords[] = {{"minute", TimeUnit::kMinute, 1}, {"hour", TimeUnit::kHour, 1},
                                   {"day", TimeUnit::kDay, 1},       {"night", TimeUnit::kDay, 1},
                                   {"week", TimeUnit::kWeek, 1},     {"fortnight", TimeUnit::kWeek, 2},
                                   {"month", TimeUnit::kMonth, 1},   {"year", TimeUnit::kYear, 1},
                                   {"decade", TimeUnit::kYear, 10},  {"century", TimeUnit::kYear, 100}};

// One whole number of units where the length is definite, and fits a calendar.
std::optional<int> Whole(std::optional<double> min, std::optional<double> max) {
  const double value = min.value_or(max.value_or(0.5));
  const bool definite = !min || !max || *min == *max;
  return definite && std::floor(value) == value && value <= 100000 ? std::optional(static_cast<int>(value))
                                                                   : std::nullopt;
}

}  // namespace

bool IsPlainPreposition(std::string_view word) {
  return std::any_of(std::begin(kPlainPrepositions), std::end(kPlainPrepositions),
                     [&](std::string_view preposition) { return EqualsLower(word, preposition); });
}

Unit UnitOf(std::string_view word) {
  const LowerWord copy(word);
  std::string_view lower = copy.view();
  if (lower == "centuries") {
    return {TimeUnit::kYear, 100, true};
  }
  const bool plural = lower.size() > 3 && lower.back() == 's';
  lower.remove_suffix(plural ? 1 : 0);
  for (const UnitWord& u : kUnitWords) {
    if (u.word == lower) {
      return {u.unit, u.factor, plural};
    }
  }
  return {};
}

// today, yesterday, the day before yesterday, last night, overnight
std::optional<Point> PointParser::DayWord(TokenIndex i) const {
  static constexpr struct {
    std::string_view phrase;
    int first;
    int last;
  } kDays[] = {{"the day before yesterday", -2, -2},
               {"the day after tomorrow", 2, 2},
               {"yesterday", -1, -1},
               {"today", 0, 0},
               {"tonight", 0, 0},
               {"tomorrow", 1, 1},
               {"last night", -1, -1},
               {"last evening", -1, -1},
               {"this morning", 0, 0},
               {"this afternoon", 0, 0},
               {"this evening", 0, 0},
               {"overnight", -1, 0}};
  for (const auto& day : kDays) {
    const TokenIndex length = words_.MatchForward(i, day.phrase);
    if (length == 0) {
      continue;
    }
    TokenIndex end = i + length;
    Point p = PointOf({ShiftDays(resolver_.anchor(), day.first), ShiftDays(resolver_.anchor(), day.last)}, end,
                      TimeBasis::kAnchor);
    if (day.first != day.last) {
      // overnight into Sunday; overnight Saturday to Sunday
      const TokenIndex into = words_.Is(end, "into") || words_.Is(end, "to") ? end + 1 : end;
      const std::optional<int> weekday = WeekdayOf(words_.Text(into));
      if (weekday && into > end) {
        p.span.end = resolver_.Weekday(*weekday, Which::kNearest);
        p.span.begin = p.span.end ? ShiftDays(*p.span.end, -1) : std::nullopt;
        p.end = into + 1;
      }
      p.interval = true;
    }
    return p;
  }
  return std::nullopt;
}

// last week, this month, next year, last December, the weekend
std::optional<Point> PointParser::PeriodPoint(TokenIndex i) const {
  const TokenIndex begin = i;
  i = Skip(i, "the");
  const bool the = i > begin;
  int offset = 0;
  Which which = Which::kNearest;
  if (words_.Is(i, "last")) {
    offset = -1;
    which = Which::kLast;
  } else if (words_.Is(i, "next")) {
    offset = 1;
    which = Which::kNext;
  } else if (words_.Is(i, "this") || words_.Is(i, "current")) {
    which = Which::kThis;
  }
  i += which != Which::kNearest ? 1 : 0;
  if (words_.Is(i, "weekend")) {
    const bool cue = the || which != Which::kNearest;
    return cue ? std::optional(PointOf(resolver_.Weekend(which), i + 1, TimeBasis::kAnchor)) : std::nullopt;
  }
  // "the year" and "the month" stand for this one after "of" (the beginning of the year), see PartOf.
  if (which == Which::kNearest || (the && !words_.Is(i - 1, "current"))) {
    return std::nullopt;
  }
  if (const std::optional<int> month = MonthOf(words_.Text(i))) {
    const std::optional<int> year = resolver_.YearOfMonth(*month, offset);
    Point p = FromWritten(MakeDate(year.value_or(0), *month, 0), i + 1);
    p.basis = TimeBasis::kAnchor;
    return p;
  }
  const Unit unit = UnitOf(words_.Text(i));
  if (unit.unit == TimeUnit::kNone || unit.plural || unit.factor != 1 || unit.unit < TimeUnit::kDay ||
      words_.Is(i, "night") || words_.IsHyphenAt(i + 1)) {
    return std::nullopt;
  }
  return PointOf(resolver_.Period(resolver_.anchor(), unit.unit, offset), i + 1, TimeBasis::kAnchor);
}

// spring 2018; the summer of 2018; last winter; in the summer
std::optional<Point> PointParser::SeasonPoint(TokenIndex i) const {
  const TokenIndex begin = i;
  i = Skip(i, "the");
  int which = 0;
  const bool told = words_.Is(i, "last") || words_.Is(i, "this") || words_.Is(i, "next");
  if (told) {
    which = words_.Is(i, "last") ? -1 : (words_.Is(i, "next") ? 1 : 0);
    ++i;
  }
  const std::optional<Season> season = SeasonOf(words_.Text(i));
  if (!season) {
    return std::nullopt;
  }
  TokenIndex end = i + 1;
  int year = TakeYear(end);
  const TimeBasis basis = year != 0 ? TimeBasis::kExplicit : TimeBasis::kAnchor;
  if (year == 0) {
    const bool in = begin > words_.begin() && (words_.Is(begin - 1, "in") || words_.Is(begin - 1, "since"));
    if (!told && !(in && i > begin)) {
      return std::nullopt;  // "fall", "spring" as words
    }
    // The season that has begun last before the anchor's month, but for "this" and "next".
    year = resolver_.YearOfMonth(season->first_month, told ? which : 0).value_or(0);
    if (year != 0 && !told && season->first_month > resolver_.anchor().month) {
      --year;
    }
  }
  if (year == 0) {
    return PointOf({}, end, basis);
  }
  const int last_year = season->last_month < season->first_month ? year + 1 : year;
  Point p = PointOf({MakeDate(year, season->first_month, 0), MakeDate(last_year, season->last_month, 0)}, end, basis);
  return p;
}

// ---- lengths and what is counted from a day

// "three years", "three-year", "a month", "several weeks", "a month and a half"
std::optional<Length> PointParser::LengthAt(TokenIndex i) const {
  Length length;
  TokenIndex at = i;
  bool article = false;
  if (const Number* n = NumberAt(i); n != nullptr && IsQuantity(n->kind) && n->currency.empty() &&
                                     n->kind != NumberKind::kPercent && n->kind != NumberKind::kFraction) {
    length.min = n->min;
    length.max = n->max;
    at = n->end;
  } else if (words_.Is(i, "a") || words_.Is(i, "an") || words_.Is(i, "one")) {
    length.min = 1;
    length.max = 1;
    at = i + 1;
    article = true;
  } else {
    return std::nullopt;
  }
  const bool hyphen = words_.IsHyphenAt(at);
  at += hyphen ? 1 : 0;
  length.unit = UnitOf(words_.Text(at));
  if (length.unit.unit == TimeUnit::kNone || (article && length.unit.plural)) {
    return std::nullopt;
  }
  length.end = at + 1;
  if (words_.MatchForward(length.end, "and a half") > 0) {
    length.end += 3;
    length.min = length.min ? std::optional(*length.min + 0.5) : std::nullopt;
    length.max = length.max ? std::optional(*length.max + 0.5) : std::nullopt;
  }
  if (words_.IsHyphenAt(length.end) && words_.Is(length.end + 1, "long")) {
    length.end += 2;
  }
  const double factor = length.unit.factor;
  length.min = length.min ? std::optional(*length.min * factor) : std::nullopt;
  length.max = length.max ? std::optional(*length.max * factor) : std::nullopt;
  return length;
}

// two days ago; a week earlier; three months later; two weeks from now
std::optional<Point> PointParser::Counted(TokenIndex i) const {
  // A qualifier ("more than two weeks ago") stands before the number and belongs to it.
  const std::optional<Length> length = LengthAt(i);
  if (!length) {
    return std::nullopt;
  }
  static constexpr struct {
    std::string_view phrase;
    int sign;
    bool reference;
  } kWays[] = {{"ago", -1, false}, {"from now", 1, false}, {"earlier", -1, true}, {"before", -1, true},
               {"later", 1, true}, {"after", 1, true},     {"on", 1, true}};
  for (const auto& way : kWays) {
    const TokenIndex matched = words_.MatchForward(length->end, way.phrase);
    if (matched == 0) {
      continue;
    }
    const TokenIndex end = length->end + matched;
    // "two days before the attack" hangs on the attack, "three years on the front" is a length.
    const bool bare = !words_.Has(end) || words_.At(end).kind == TokenKind::kPunctuation;
    const bool needs_end = way.phrase == "before" || way.phrase == "after" || way.phrase == "on";
    if (needs_end && !bare) {
      return std::nullopt;
    }
    const PartialDate from = way.reference ? resolver_.reference() : resolver_.anchor();
    Point p = PointOf({}, end, way.reference ? TimeBasis::kReference : TimeBasis::kAnchor);
    const std::optional<int> amount = Whole(length->min, length->max);
    const TimeUnit unit = length->unit.unit;
    if (amount) {
      PartialDate start = from;
      if (unit == TimeUnit::kMonth || unit == TimeUnit::kYear) {
        start.day = 0;
        start.month = unit == TimeUnit::kYear ? 0 : start.month;
      }
      p.span.begin = unit < TimeUnit::kDay ? std::nullopt : Shift(start, unit, way.sign * *amount);
      if (unit < TimeUnit::kDay && from.day != 0 && unit == TimeUnit::kHour && *amount % 24 == 0) {
        p.span.begin = ShiftDays(from, way.sign * *amount / 24);
      }
      p.span.end = p.span.begin;
    }
    return p;
  }
  return std::nullopt;
}

// the past two weeks; the last month; the next three days; recent years; the coming days
std::optional<Point> PointParser::Past(TokenIndex i) const {
  i = Skip(i, "the");
  int sign = 0;
  if (words_.Is(i, "past") || words_.Is(i, "last") || words_.Is(i, "previous") || words_.Is(i, "recent")) {
    sign = -1;
  } else if (words_.Is(i, "next") || words_.Is(i, "coming") || words_.Is(i, "following")) {
    sign = 1;
  }
  if (sign == 0) {
    return std::nullopt;
  }
  const bool reference = words_.Is(i, "previous") || words_.Is(i, "following");
  ++i;
  std::optional<Length> length = LengthAt(i);
  if (!length) {
    const Unit unit = UnitOf(words_.Text(i));
    if (unit.unit == TimeUnit::kNone || words_.IsHyphenAt(i + 1)) {
      return std::nullopt;
    }
    length = Length{i + 1, unit, std::nullopt, std::nullopt};
    if (!unit.plural) {
      length->min = unit.factor;
      length->max = unit.factor;
    }
  }
  const PartialDate from = reference ? resolver_.reference() : resolver_.anchor();
  Point p = PointOf({}, length->end, reference ? TimeBasis::kReference : TimeBasis::kAnchor);
  p.interval = true;
  p.unit = length->unit.unit;
  p.min_amount = length->min;
  p.max_amount = length->max;
  std::optional<int> amount = Whole(length->min, length->max);
  if (!length->min && !length->max) {
    amount.reset();
  }
  TimeUnit unit = p.unit;
  if (amount && unit <= TimeUnit::kHour) {
    amount = unit == TimeUnit::kHour ? std::optional((*amount + 23) / 24) : std::nullopt;
    unit = TimeUnit::kDay;
  }
  if (amount && !from.empty()) {
    const std::optional<PartialDate> other = Shift(from, unit, sign * *amount);
    if (other) {
      p.span.begin = sign < 0 ? other : from;
      p.span.end = sign < 0 ? from : other;
    }
  }
  return p;
}

// a day named by the text before it: that day, the same month, the previous day, the following year, the day before
std::optional<Point> PointParser::ReferencePoint(TokenIndex i) const {
  static constexpr struct {
    std::string_view phrase;
    int offset;
  } kPhrases[] = {{"that same", 0},      {"that", 0},          {"the same", 0}, {"the previous", -1},
                  {"the preceding", -1}, {"the following", 1}, {"the next", 1}, {"same", 0}};
  for (const auto& candidate : kPhrases) {
    const TokenIndex length = words_.MatchForward(i, candidate.phrase);
    const Unit unit = UnitOf(words_.Text(i + length));
    if (length == 0 || unit.unit < TimeUnit::kDay || unit.plural || unit.factor != 1) {
      continue;
    }
    const bool night = words_.Is(i + length, "night");
    return PointOf(resolver_.Period(resolver_.reference(), night ? TimeUnit::kDay : unit.unit, candidate.offset),
                   i + length + 1, TimeBasis::kReference);
  }
  for (const auto& [phrase, offset] : {std::pair<std::string_view, int>{"the day before", -1}, {"the day after", 1}}) {
    const TokenIndex length = words_.MatchForward(i, phrase);
    const TokenIndex end = i + length;
    if (length > 0 && (!words_.Has(end) || words_.At(end).kind == TokenKind::kPunctuation)) {
      return PointOf(resolver_.Period(resolver_.reference(), TimeUnit::kDay, offset), end, TimeBasis::kReference);
    }
  }
  // at that time; over this time; since then; by then
  const bool since = words_.MatchForward(i, "since then") > 0;
  const bool by = words_.MatchForward(i, "by then") > 0;
  const bool at_time = i > words_.begin() && IsPlainPreposition(words_.Text(i - 1)) && words_.Is(i + 1, "time") &&
                       (words_.Is(i, "that") || words_.Is(i, "this") || words_.Is(i, "the"));
  if (since || by || at_time) {
    Point p = PointOf({}, i + 2, TimeBasis::kReference);
    p.interval = since || by;
    if (const PartialDate reference = resolver_.reference(); !reference.empty() && !words_.Is(i, "this")) {
      p.span.begin = by ? std::nullopt : std::optional(reference);
      p.span.end = since ? std::nullopt : std::optional(reference);
    }
    return p;
  }
  return std::nullopt;
}

// the beginning of the year; the end of May; the first half of 2015; the second quarter of 2018
std::optional<Point> PointParser::PartOf(TokenIndex i) const {
  i = Skip(i, "the");
  enum class Part : uint8_t { kBeginning, kMiddle, kEnd, kHalf, kQuarter };
  Part part = Part::kBeginning;
  int which = 0;
  TokenIndex at = i + 1;
  if (words_.Is(i, "end") || words_.Is(i, "close")) {
    part = Part::kEnd;
  } else if (words_.Is(i, "middle")) {
    part = Part::kMiddle;
  } else if (const Number* n = NumberAt(i); n != nullptr && n->kind == NumberKind::kDate && n->end == i + 2) {
    part = words_.Is(i + 1, "half") ? Part::kHalf : Part::kQuarter;
    which = static_cast<int>(n->min.value_or(0));
    at = i + 2;
  } else if (!words_.Is(i, "beginning") && !words_.Is(i, "start") && !words_.Is(i, "outset")) {
    return std::nullopt;
  }
  if (!words_.Is(at, "of")) {
    return std::nullopt;
  }
  ++at;
  std::optional<Point> whole;
  const TokenIndex noun = words_.Is(at, "the") ? at + 1 : at;
  const Unit unit = UnitOf(words_.Text(noun));
  if (noun > at && (unit.unit == TimeUnit::kYear || unit.unit == TimeUnit::kMonth || unit.unit == TimeUnit::kWeek) &&
      unit.factor == 1 && !unit.plural) {
    whole = PointOf(resolver_.Period(resolver_.anchor(), unit.unit, 0), noun + 1, TimeBasis::kAnchor);
  } else {
    whole = Unmodified(at);
    // "this year" without a known year still has its first and last day.
    if (whole && !whole->span.begin && whole->basis == TimeBasis::kAnchor && words_.Is(at, "this")) {
      whole->end = at + 2;
    }
  }
  if (!whole || whole->interval) {
    return std::nullopt;
  }
  const bool year = unit.unit == TimeUnit::kYear || words_.Is(at + 1, "year");
  if (!whole->span.begin && year && whole->basis == TimeBasis::kAnchor && resolver_.anchor().year == 0 &&
      !words_.Is(at, "last") && !words_.Is(at, "next")) {
    whole->span = {MakeDate(0, 1, 0), MakeDate(0, 12, 0)};
  }
  DateSpan& span = whole->span;
  switch (part) {
    case Part::kBeginning:
      whole->modifier = TimeModifier::kEarly;
      break;
    case Part::kMiddle:
      whole->modifier = TimeModifier::kMid;
      break;
    case Part::kEnd:
      whole->modifier = TimeModifier::kLate;
      break;
    default: {
      const int months = part == Part::kHalf ? 6 : 3;
      if (span.begin && span.begin->year != 0 && span.begin->month == 0 && which >= 1 && which * months <= 12) {
        span.end = MakeDate(span.begin->year, which * months, 0);
        span.begin = MakeDate(span.begin->year, which * months - months + 1, 0);
        whole->interval = true;
      }
      break;
    }
  }
  return whole;
}

std::optional<Point> PointParser::Unmodified(TokenIndex i) const {
  using Parser = std::optional<Point> (PointParser::*)(TokenIndex) const;
  static constexpr Parser kParsers[] = {&PointParser::WeekdayPoint,  &PointParser::Calendar,    &PointParser::DayWord,
                                        &PointParser::SeasonPoint,   &PointParser::PeriodPoint, &PointParser::Counted,
                                        &PointParser::ReferencePoint};
  for (const Parser parser : kParsers) {
    if (std::optional<Point> p = (this->*parser)(i)) {
      return p;
    }
  }
  return std::nullopt;
}

// early 2017; late last month; mid-May; mid-2011; earlier this week; late on Tuesday
std::optional<Point> PointParser::Modified(TokenIndex i) const {
  TimeModifier modifier = TimeModifier::kNone;
  TokenIndex at = i;
  const std::string_view t = words_.Text(i);
  if (t.size() > 4 && EqualsLower(t.substr(0, 4), "mid-")) {
    const std::string_view rest = t.substr(4);
    const std::optional<int> month = MonthOf(rest);
    const std::optional<double> year = ParseDigits(rest);
    TokenIndex end = i + 1;
    if (month) {
      Point p = FromWritten(MakeDate(TakeYear(end), *month, 0), i + 1);
      p.end = end;
      p.modifier = TimeModifier::kMid;
      return p;
    }
    if (year && rest.size() == 4 && *year >= 1000 && *year <= 2100) {
      Point p = FromWritten(MakeDate(static_cast<int>(*year), 0, 0), end);
      p.modifier = TimeModifier::kMid;
      return p;
    }
    return std::nullopt;
  }
  if (words_.Is(i, "early") || words_.Is(i, "earlier")) {
    modifier = TimeModifier::kEarly;
  } else if (words_.Is(i, "late") || words_.Is(i, "later")) {
    modifier = TimeModifier::kLate;
  } else if (words_.Is(i, "mid")) {
    modifier = TimeModifier::kMid;
  } else {
    return std::nullopt;
  }
  const bool comparative = words_.Is(i, "earlier") || words_.Is(i, "later");
  ++at;
  at += words_.IsHyphenAt(at) ? 1 : 0;
  const bool on = words_.Is(at, "on") || words_.Is(at, "in");
  at += on ? 1 : 0;
  std::optional<Point> p = Unmodified(at);
  if (!p || p->interval) {
    return std::nullopt;
  }
  p->modifier = comparative ? TimeModifier::kNone : modifier;
  return p;
}

std::optional<Point> PointParser::Parse(TokenIndex i) const {
  std::optional<Point> p = Modified(i);
  if (!p) {
    p = PartOf(i);
  }
  if (!p) {
    p = Unmodified(i);
  }
  if (!p) {
    p = Past(i);
  }
  // the morning of May 7; midday on Monday; 14:54 on Friday
  if (!p) {
    const std::optional<TokenIndex> clock = TimeOfDay(Skip(i, "the"));
    if (clock && (words_.Is(*clock, "of") || words_.Is(*clock, "on") || words_.Text(*clock) == ",")) {
      p = Unmodified(*clock + 1);
    } else if (clock && words_.At(i).kind == TokenKind::kNumber) {
      p = Unmodified(*clock);
    }
  }
  if (p) {
    p->end = SkipTimeOfDay(p->end);
  }
  return p;
}

}  // namespace sitgraph::language
