// The grammar of time expressions: sets, intervals, durations, and points with their prepositions.
#include "src/language/dates.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "src/language/calendar.h"
#include "src/language/number_words.h"
#include "src/language/time_points.h"

namespace sitgraph::language {
namespace {

using base::PartialDate;

constexpr std::string_view kSetWords[] = {"daily", "hourly", "weekly", "monthly", "yearly", "annually", "nightly"};

// The words that begin expressions, besides numbers and the calendar's names; sorted.
constexpr std::string_view kBeginnings[] = {
    "a",         "about",   "after",      "afternoon", "an",       "annually", "around",    "at",    "before",
    "beginning", "between", "by",         "circa",     "close",    "coming",   "current",   "daily", "dawn",
    "during",    "dusk",    "each",       "earlier",   "early",    "end",      "evening",   "ever",  "every",
    "following", "for",     "from",       "hourly",    "in",       "last",     "late",      "later", "mid",
    "midday",    "middle",  "midnight",   "monthly",   "morning",  "near",     "next",      "night", "nightfall",
    "nightly",   "noon",    "on",         "one",       "outset",   "over",     "overnight", "past",  "previous",
    "recent",    "same",    "since",      "start",     "starting", "sunrise",  "sunset",    "that",  "the",
    "this",      "through", "throughout", "till",      "today",    "tomorrow", "tonight",   "until", "up",
    "weekly",    "within",  "yearly",     "yesterday"};

class TimeFinder {
 public:
  TimeFinder(const Document& document, const Sentence& sentence, const std::vector<Number>& numbers,
             const TimeContext& context, std::vector<TimeExpression>& out)
      : words_(document, sentence), numbers_(numbers), points_(words_, numbers, context), out_(out) {}

  void Run() {
    for (TokenIndex i = words_.begin(); i < words_.end();) {
      TimeExpression t;
      t.first = i;
      if (!MayBegin(i)) {
        ++i;
        continue;
      }
      if (Set(t) || Interval(t) || Plain(t) || Clock(t)) {
        out_.push_back(t);
        i = std::max(t.last, i + 1);
      } else {
        ++i;
      }
    }
  }

 private:
  // Whether any expression can begin with this token; spares the others the attempts.
  bool MayBegin(TokenIndex i) const;
  // Whole expressions at `t.first`.
  bool Set(TimeExpression& t) const;
  bool Interval(TimeExpression& t) const;
  bool Open(TimeExpression& t, TokenIndex i, bool begin) const;
  bool Closed(TimeExpression& t, TokenIndex i, bool between) const;
  bool Plain(TimeExpression& t) const;
  bool Duration(TimeExpression& t, TokenIndex i) const;
  bool Clock(TimeExpression& t) const;

  TokenIndex Skip(TokenIndex i, std::string_view word) const { return words_.Is(i, word) ? i + 1 : i; }

  SentenceWords words_;
  const std::vector<Number>& numbers_;
  PointParser points_;
  std::vector<TimeExpression>& out_;
};

bool TimeFinder::MayBegin(TokenIndex i) const {
  const auto number = std::lower_bound(numbers_.begin(), numbers_.end(), i,
                                       [](const Number& n, TokenIndex at) { return n.begin < at; });
  if (number != numbers_.end() && number->full_begin <= i) {
    return true;
  }
  const std::string_view t = words_.Text(i);
  const LowerWord lower(t);
  return std::binary_search(std::begin(kBeginnings), std::end(kBeginnings), lower.view()) ||
         (lower.view().substr(0, 4) == "mid-") || MonthOf(t) || WeekdayOf(t) || SeasonOf(t);
}

void Fill(TimeExpression& t, const Point& p) {
  t.kind = p.interval ? TimeKind::kInterval : TimeKind::kDate;
  t.basis = p.basis;
  t.modifier = p.modifier;
  t.begin = p.span.begin;
  t.end = p.span.end;
  t.unit = p.unit;
  t.min_amount = p.min_amount;
  t.max_amount = p.max_amount;
  t.last = p.end;
}

bool TimeFinder::Clock(TimeExpression& t) const {
  TokenIndex i = t.first;
  const bool at = words_.Is(i, "at") || words_.Is(i, "around") || words_.Is(i, "by");
  i += at ? 1 : 0;
  i = at ? Skip(Skip(i, "around"), "about") : i;
  const std::optional<TokenIndex> end = points_.TimeOfDay(i);
  if (!end || (!at && words_.At(i).kind != TokenKind::kNumber)) {
    return false;
  }
  t.basis = TimeBasis::kReference;
  t.last = *end;
  return true;
}

// every day, each week, every two weeks, daily, on Fridays
bool TimeFinder::Set(TimeExpression& t) const {
  TokenIndex i = t.first;
  t.kind = TimeKind::kSet;
  if (words_.IsOneOf(i, kSetWords)) {
    t.last = i + 1;
    return true;
  }
  if (words_.Is(i, "near") && words_.IsHyphenAt(i + 1) && words_.Is(i + 2, "daily")) {
    t.last = i + 3;
    return true;
  }
  if (words_.Is(i, "every") || words_.Is(i, "each")) {
    ++i;
    if (const std::optional<Length> length = points_.LengthAt(i)) {
      t.last = length->end;
      return true;
    }
    if (UnitOf(words_.Text(i)).unit != TimeUnit::kNone || WeekdayOf(words_.Text(i)) || SeasonOf(words_.Text(i)) ||
        IsDayPart(words_.Text(i)) || MonthOf(words_.Text(i))) {
      t.last = points_.SkipTimeOfDay(i + 1);
      return true;
    }
    return false;
  }
  i = Skip(i, "on");
  const std::string_view day = words_.Text(i);
  if (WeekdayOf(day) && day.size() > 6 && day.back() == 's') {
    t.last = i + 1;
    return true;
  }
  t.kind = TimeKind::kDate;
  return false;
}

// since X; until X; by X; before X; after X
bool TimeFinder::Open(TimeExpression& t, TokenIndex i, bool begin) const {
  const TokenIndex at = Skip(i, "about");
  const std::optional<Point> p = points_.Parse(at);
  if (!p) {
    return false;
  }
  Fill(t, *p);
  const bool period_part = p->modifier != TimeModifier::kNone && !p->interval &&
                           points_.PartOf(at).has_value();  // "the end of May", not "late May"
  t.kind = TimeKind::kInterval;
  t.unit = TimeUnit::kNone;
  if (period_part && p->span.begin && p->span.end) {
    const PartialDate day = p->modifier == TimeModifier::kEarly
                                ? FirstDay(*p->span.begin)
                                : (p->modifier == TimeModifier::kLate ? LastDay(*p->span.end) : *p->span.begin);
    t.begin = day;
    t.end = day;
    t.modifier = TimeModifier::kNone;
  }
  if (begin) {
    t.end.reset();
  } else {
    t.begin.reset();
  }
  return true;
}

// Gives `low` the month or year that only `high` has written: "7 to 9 May 2018".
void Share(PartialDate& low, const PartialDate& high) {
  if (low.year == 0 && low.month != 0) {
    low.year = high.year;
  }
}

// from X to Y; between X and Y; X to Y; X - Y. `i` is the first token of X.
bool TimeFinder::Closed(TimeExpression& t, TokenIndex i, bool between) const {
  const std::optional<Point> low = points_.Parse(i);
  if (!low) {
    return false;
  }
  const TokenIndex link = low->end;
  const bool linked = between ? words_.Is(link, "and")
                              : words_.Is(link, "to") || words_.Is(link, "until") || words_.Is(link, "till") ||
                                    words_.Is(link, "through") || words_.IsDashAt(link);
  if (!linked) {
    return false;
  }
  std::optional<Point> high = points_.Parse(link + 1);
  PartialDate last;
  TokenIndex end = link + 1;
  if (high) {
    last = high->written;
    end = high->end;
  } else if (low->written.day != 0) {  // between May 7 and 9
    const Numeral day = NumeralOf(words_.Text(link + 1));
    if ((day.kind != NumeralKind::kDigits && day.kind != NumeralKind::kOrdinal) || day.value <= low->written.day ||
        day.value > 31) {
      return false;
    }
    ++end;
    const int year = low->written.year != 0 ? low->written.year : points_.TakeYear(end);
    last = MakeDate(year, low->written.month, static_cast<int>(day.value));
    high = points_.FromWritten(last, end);
  } else {
    return false;
  }
  Fill(t, *high);
  t.kind = TimeKind::kInterval;
  t.unit = TimeUnit::kNone;
  t.begin = low->span.begin;
  if (!low->written.empty() && !last.empty()) {
    PartialDate first = low->written;
    Share(first, last);
    t.begin = points_.FromWritten(first, end).span.begin;
    // Without a year the beginning is not after the end: "from December to January".
    if (t.begin && t.end && t.begin->year != 0 && first.year == 0 && *t.begin > *t.end && t.begin->year > 1) {
      --t.begin->year;
    }
  }
  t.last = end;
  if (t.begin && t.end && t.begin->year != 0 && t.end->year != 0 && FirstDay(*t.begin) > LastDay(*t.end)) {
    t.begin.reset();
    t.end.reset();
  }
  return true;
}

bool TimeFinder::Interval(TimeExpression& t) const {
  const TokenIndex i = t.first;
  if (words_.MatchForward(i, "since then") > 0 || words_.MatchForward(i, "by then") > 0) {
    return false;
  }
  if (words_.Is(i, "since") || words_.MatchForward(i, "ever since") > 0) {
    return Open(t, words_.Is(i, "ever") ? i + 2 : i + 1, true);
  }
  if (words_.Is(i, "starting") || words_.Is(i, "beginning")) {
    const bool linked = words_.Is(i + 1, "from") || words_.Is(i + 1, "on") || words_.Is(i + 1, "in");
    return Open(t, linked ? i + 2 : i + 1, true);
  }
  if ((words_.Is(i, "by") || words_.Is(i, "before") || words_.Is(i, "after")) &&
      points_.TimeOfDay(Skip(i + 1, "the")).has_value()) {  // "after dawn on Tuesday" is that day
    const std::optional<Point> p = points_.Parse(i + 1);
    if (p) {
      Fill(t, *p);
    }
    return p.has_value();
  }
  if (words_.Is(i, "until") || words_.Is(i, "till") || words_.Is(i, "through") || words_.Is(i, "by") ||
      words_.Is(i, "before")) {
    return Open(t, i + 1, false);
  }
  if (words_.MatchForward(i, "up until") > 0) {
    return Open(t, i + 2, false);
  }
  if (words_.Is(i, "after")) {
    return Open(t, i + 1, true);
  }
  if (words_.Is(i, "from") || words_.Is(i, "between")) {
    if (Closed(t, i + 1, words_.Is(i, "between"))) {
      return true;
    }
    const std::optional<Point> p = points_.Parse(i + 1);
    if (p && p->interval) {  // from 2012 to 2014; between May 7 and 9
      Fill(t, *p);
      return true;
    }
    if (words_.Is(i, "from") && p &&
        (words_.Is(p->end, "on") || words_.Is(p->end, "onward") || words_.Is(p->end, "onwards"))) {
      Fill(t, *p);
      t.kind = TimeKind::kInterval;
      t.end.reset();
      t.last = p->end + 1;
      return true;
    }
    return false;
  }
  return Closed(t, i, false);
}

// A length: "for three years", "over three years", "for weeks", "two-day".
bool TimeFinder::Duration(TimeExpression& t, TokenIndex i) const {
  std::optional<Length> length = points_.LengthAt(i);
  const bool cue = i > t.first && (words_.Is(t.first, "for") || words_.Is(t.first, "within") ||
                                   words_.Is(t.first, "in") || words_.Is(t.first, "over"));
  if (!length) {
    const Unit unit = UnitOf(words_.Text(i));
    if (unit.unit == TimeUnit::kNone || !unit.plural || !cue || words_.Is(t.first, "in")) {
      return false;
    }
    length = Length{i + 1, unit, std::nullopt, std::nullopt};
  } else if (points_.NumberAt(i) == nullptr && !cue) {
    return false;  // "a day" alone is no length
  }
  t.kind = TimeKind::kDuration;
  t.unit = length->unit.unit;
  t.min_amount = length->min;
  t.max_amount = length->max;
  t.first = cue ? t.first : i;  // "on the five-year war": only the length
  t.last = length->end;
  return true;
}

bool TimeFinder::Plain(TimeExpression& t) const {
  const TokenIndex i = t.first;
  const bool preposition = IsPlainPreposition(words_.Text(i));
  for (TokenIndex at = preposition ? i + 1 : i;; ++at) {
    if (const std::optional<Point> p = points_.Parse(at)) {
      Fill(t, *p);
      return true;
    }
    // The qualifier of a number belongs to its length: "for more than four months", "over three years".
    const auto qualified = std::lower_bound(numbers_.begin(), numbers_.end(), at,
                                            [](const Number& n, TokenIndex start) { return n.full_begin < start; });
    const TokenIndex number = qualified != numbers_.end() && qualified->full_begin == at ? qualified->begin : at;
    if (number > at) {
      if (const std::optional<Point> p = points_.Counted(number)) {
        Fill(t, *p);
        return true;
      }
    }
    if (Duration(t, number)) {
      return true;
    }
    if (words_.Is(at, "about") || words_.Is(at, "around") || words_.Is(at, "early") || words_.Is(at, "the")) {
      if (at == i || at > i + 1) {
        return false;
      }
      continue;
    }
    return false;
  }
}

}  // namespace

void FindTimes(const Document& document, const Sentence& sentence, const std::vector<Number>& numbers,
               const TimeContext& context, std::vector<TimeExpression>& out) {
  out.clear();
  TimeFinder(document, sentence, numbers, context, out).Run();
}

}  // namespace sitgraph::language
