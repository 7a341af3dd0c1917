// Time expressions in a sentence, in the manner of TIMEX3, resolved against a document date.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/date.h"
#include "src/language/document.h"
#include "src/language/numbers.h"

namespace sitgraph::language {

enum class TimeKind : uint8_t {
  kDate,      // a day, month or year, or a period named as one: May 7, last week, early 2017
  kInterval,  // has bounds of its own, of which one may be open: since May 7, from 2012 to 2014, the past two weeks
  kDuration,  // a length without place in the calendar: for three years, two-day
  kSet,       // recurring: daily, every Friday
};

// What an expression's value hangs on.
enum class TimeBasis : uint8_t {
  kExplicit,   // complete in itself
  kAnchor,     // the document's date: yesterday, on Friday, May 7 (its year)
  kReference,  // the time that the text speaks about: a day earlier, that year
};

enum class TimeModifier : uint8_t { kNone, kEarly, kMid, kLate };

enum class TimeUnit : uint8_t { kNone, kMinute, kHour, kDay, kWeek, kMonth, kYear };

// Bounds are inclusive and as precise as the words ("in 2015": begin = end = 2015; "last week": its Monday and Sunday).
// An open end is empty ("since May 7": begin only; "until Friday": end only). Where neither is set the expression has
// no value: a duration or set, or one that lacks its anchor or reference (a weekday without a complete anchor is left
// unresolved rather than wrong). Where no year is known, dates are partial: --05-07.
//
// Conventions: "before" and "after" include the day named; "early", "mid" and "late" stay in `modifier` and do not
// narrow the bounds; weeks run from Monday; "overnight" is the anchor's day and the one before; "N months ago" is a
// month, "N years ago" a year; "the past N units" begins N units before the anchor and ends with it; the beginning of a
// period is its first day, the end its last one, and both are days only after since, from, until, by; winter is
// December to February.
struct TimeExpression {
  TimeKind kind = TimeKind::kDate;
  TimeBasis basis = TimeBasis::kExplicit;
  TimeModifier modifier = TimeModifier::kNone;
  std::optional<base::PartialDate> begin;
  std::optional<base::PartialDate> end;
  // Length of a duration and of an interval counted from the anchor; amount bounds as in Number, minutes to years
  // (decades are ten years). kNone where there is no length.
  TimeUnit unit = TimeUnit::kNone;
  std::optional<double> min_amount;
  std::optional<double> max_amount;
  TokenIndex first = 0;  // tokens [first, last) with preposition and time of day: "early on Tuesday morning"
  TokenIndex last = 0;

  bool resolved() const { return begin.has_value() || end.has_value(); }
};

// Which way weekdays and year-less dates are looked for: from the verb ("will": kFuture).
enum class TimeDirection : uint8_t { kPast, kFuture };

// Days after the anchor within which a year-less date still counts as of the anchor's year when looking back (and
// before it, when looking ahead): reports announce, and datelines lag.
inline constexpr int kDateTolerance = 7;

struct TimeContext {
  base::PartialDate anchor;  // the document's date; may be partial or empty
  // The anchor's weekday (0 Monday), where the text tells it and the anchor lacks its year.
  std::optional<int> anchor_weekday;
  base::PartialDate reference;  // the time spoken about last; may be empty
  TimeDirection direction = TimeDirection::kPast;
  bool month_first = false;  // 5/7/2018 is May 7 (where only one order is possible, that one is taken)
};

// Replaces `out` by the time expressions of one sentence, in order, not overlapping. `numbers` are FindNumbers' of the
// same sentence. Linear in the sentence.
void FindTimes(const Document& document, const Sentence& sentence, const std::vector<Number>& numbers,
               const TimeContext& context, std::vector<TimeExpression>& out);

}  // namespace sitgraph::language
