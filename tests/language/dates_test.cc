// Time expressions: kind, value and words, as tables over anchors.
#include "src/language/dates.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "src/language/date_resolver.h"
#include "src/language/segmenter.h"

namespace sitgraph::language {
namespace {

using base::PartialDate;

std::string Iso(const std::optional<PartialDate>& date) { return date ? base::ToIso(*date) : ""; }

std::string Amount(const TimeExpression& t) {
  static constexpr const char* kUnits[] = {"", "min", "h", "d", "w", "m", "y"};
  const char* unit = kUnits[static_cast<size_t>(t.unit)];
  if (!t.min_amount && !t.max_amount) {
    return fmt::format("?{}", unit);
  }
  if (t.min_amount == t.max_amount) {
    return fmt::format("{:g}{}", *t.min_amount, unit);
  }
  return t.min_amount ? (t.max_amount ? fmt::format("{:g}-{:g}{}", *t.min_amount, *t.max_amount, unit)
                                      : fmt::format(">{:g}{}", *t.min_amount, unit))
                      : fmt::format("<{:g}{}", *t.max_amount, unit);
}

// "2018-05-07 [on May 7]", "2018-05-07.. [since May 7]", "? [on Monday]", "3y [for three years]", "set [daily]"; marks:
// @ hangs on the anchor, ^ on the reference; ~early, ~mid, ~late.
std::string Dump(const std::string& text, const TimeContext& context) {
  static constexpr const char* kBases[] = {"", "@", "^"};
  static constexpr const char* kModifiers[] = {"", "~early", "~mid", "~late"};
  const Document d = Segment(text);
  std::string out;
  std::vector<Number> numbers;
  std::vector<TimeExpression> times;
  for (const Sentence& sentence : d.sentences) {
    FindNumbers(d, sentence, numbers);
    FindTimes(d, sentence, numbers, context, times);
    for (const TimeExpression& t : times) {
      out += out.empty() ? "" : "; ";
      const uint32_t from = d.tokens[t.first].span.begin;
      const std::string_view words = d.text.substr(from, d.tokens[t.last - 1].span.end - from);
      std::string value = "?";
      if (t.kind == TimeKind::kSet) {
        value = "set";
      } else if (t.kind == TimeKind::kDuration) {
        value = Amount(t);
      } else if (t.resolved()) {
        value = t.begin == t.end ? Iso(t.begin) : Iso(t.begin) + ".." + Iso(t.end);
      }
      out += fmt::format("{}{}{} [{}]", kBases[static_cast<size_t>(t.basis)], value,
                         kModifiers[static_cast<size_t>(t.modifier)], words);
    }
  }
  return out;
}

struct Case {
  const char* text;
  const char* expected;
};

void Check(const TimeContext& context, const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    INFO(c.text);
    CHECK(Dump(c.text, context) == c.expected);
  }
}

TimeContext Anchored(const char* anchor, const char* reference = "") {
  TimeContext context;
  context.anchor = base::ParseIso(anchor).value_or(PartialDate{});
  context.reference = base::ParseIso(reference).value_or(PartialDate{});
  return context;
}

TEST_CASE("Dates that are complete in themselves") {
  Check({}, {
                {"on 7 May 2018", "2018-05-07 [on 7 May 2018]"},
                {"on May 7, 2018, they", "2018-05-07 [on May 7, 2018]"},
                {"on May 7 2018", "2018-05-07 [on May 7 2018]"},
                {"the 7th of May 2018", "2018-05-07 [the 7th of May 2018]"},
                {"May 7th, 2018", "2018-05-07 [May 7th, 2018]"},
                {"2 Aug, 2018 14:54", "2018-08-02 [2 Aug, 2018 14:54]"},
                {"Tue, May 22, 2018", "2018-05-22 [Tue, May 22, 2018]"},
                {"Friday 24 Oct 2014", "2014-10-24 [Friday 24 Oct 2014]"},
                {"Mon Dec 5 2016", "2016-12-05 [Mon Dec 5 2016]"},
                {"on Sept. 27, 2013", "2013-09-27 [on Sept. 27, 2013]"},
                {"Apr 092017", "2017-04-09 [Apr 092017]"},
                {"2018-05-07", "2018-05-07 [2018-05-07]"},
                {"on 2018/05/07", "2018-05-07 [on 2018/05/07]"},
                {"on 7/5/2018", "2018-05-07 [on 7/5/2018]"},
                {"on 5/22/2018", "2018-05-22 [on 5/22/2018]"},
                {"on 22/5/18", "2018-05-22 [on 22/5/18]"},
                {"on 07.05.2018", "2018-05-07 [on 07.05.2018]"},
                {"on 1/2/99", "1999-02-01 [on 1/2/99]"},
                {"in May 2018", "2018-05 [in May 2018]"},
                {"in May of 2018", "2018-05 [in May of 2018]"},
                {"September 2015", "2015-09 [September 2015]"},
                {"in 2018", "2018 [in 2018]"},
                {"in early 2017", "2017~early [in early 2017]"},
                {"in mid 2011", "2011~mid [in mid 2011]"},
                {"in mid-2011", "2011~mid [in mid-2011]"},
                {"in late May 2018", "2018-05~late [in late May 2018]"},
                {"in the 1990s", "1990..1999 [in the 1990s]"},
                {"the 1980's", "1980..1989 [1980's]"},
                {"at the beginning of 2015", "2015~early [at the beginning of 2015]"},
                {"in the middle of May 2015", "2015-05~mid [in the middle of May 2015]"},
                {"at the end of May 2015", "2015-05~late [at the end of May 2015]"},
                {"in the first half of 2015", "2015-01..2015-06 [in the first half of 2015]"},
                {"in the second quarter of 2018", "2018-04..2018-06 [in the second quarter of 2018]"},
                {"in summer 2018", "2018-06..2018-08 [in summer 2018]"},
                {"in the winter of 2017", "2017-12..2018-02 [in the winter of 2017]"},
                {"after 9/11", "2001-09-11.. [after 9/11]"},
                {"on February 30, 2018", "? [on February 30, 2018]"},
                {"the 199055555555555555s", ""},
                {"on 32/13/2018", "? [on 32/13/2018]"},
            });
}

TEST_CASE("Intervals") {
  Check({}, {
                {"since May 7, 2018", "2018-05-07.. [since May 7, 2018]"},
                {"since 2015, forces", "2015.. [since 2015]"},
                {"since March 2011", "2011-03.. [since March 2011]"},
                {"since early 2011", "2011..~early [since early 2011]"},
                {"since the beginning of 2015", "2015-01-01.. [since the beginning of 2015]"},
                {"until the end of May 2018", "..2018-05-31 [until the end of May 2018]"},
                {"until 2016", "..2016 [until 2016]"},
                {"by May 2016", "..2016-05 [by May 2016]"},
                {"by the end of 2016", "..2016-12-31 [by the end of 2016]"},
                {"before May 7, 2018", "..2018-05-07 [before May 7, 2018]"},
                {"after May 7, 2018", "2018-05-07.. [after May 7, 2018]"},
                {"from 2012 to 2014", "2012..2014 [from 2012 to 2014]"},
                {"between 2012 and 2014", "2012..2014 [between 2012 and 2014]"},
                {"in 2012-2014", "2012..2014 [in 2012-2014]"},
                {"from May 7 to June 3, 2018", "2018-05-07..2018-06-03 [from May 7 to June 3, 2018]"},
                {"between May and June 2018", "2018-05..2018-06 [between May and June 2018]"},
                {"May 7-9, 2018", "2018-05-07..2018-05-09 [May 7-9, 2018]"},
                {"on 7-9 May 2018", "2018-05-07..2018-05-09 [on 7-9 May 2018]"},
                {"on 7 and 8 May 2018", "2018-05-07..2018-05-08 [on 7 and 8 May 2018]"},
                {"between May 7, 2018 and May 9, 2018", "2018-05-07..2018-05-09 [between May 7, 2018 and May 9, 2018]"},
                {"January-March 2018", "2018-01..2018-03 [January-March 2018]"},
                {"from May 7, 2018 onwards", "2018-05-07.. [from May 7, 2018 onwards]"},
                {"starting from May 2018", "2018-05.. [starting from May 2018]"},
                {"from December 2017 to January 2018", "2017-12..2018-01 [from December 2017 to January 2018]"},
            });
}

TEST_CASE("Years from the anchor") {
  Check(Anchored("2018-05-16"), {
                                    {"on May 7", "@2018-05-07 [on May 7]"},
                                    {"Since May 7, 13,407 left", "@2018-05-07.. [Since May 7]"},
                                    {"on May 20", "@2018-05-20 [on May 20]"},
                                    {"on May 30", "@2017-05-30 [on May 30]"},
                                    {"in June", "@2017-06 [in June]"},
                                    {"in May", "@2018-05 [in May]"},
                                    {"in April", "@2018-04 [in April]"},
                                    {"last December", "@2017-12 [last December]"},
                                    {"since last December", "@2017-12.. [since last December]"},
                                    {"last May", "@2017-05 [last May]"},
                                    {"next June", "@2018-06 [next June]"},
                                    {"in early May", "@2018-05~early [in early May]"},
                                    {"in mid-April", "@2018-04~mid [in mid-April]"},
                                    {"between May 7 and 9", "@2018-05-07..2018-05-09 [between May 7 and 9]"},
                                    {"between May 7 and May 9", "@2018-05-07..2018-05-09 [between May 7 and May 9]"},
                                    {"from December to January", "@2017-12..2018-01 [from December to January]"},
                                    {"in May 20 people died", "@2018-05 [in May]"},
                                    {"on May 7 120 people left", "@2018-05-07 [on May 7]"},
                                    {"last summer", "@2017-06..2017-08 [last summer]"},
                                    {"since the summer", "@2017-06.. [since the summer]"},
                                    {"They may 7 times fall", ""},
                                    {"a march on the capital", ""},
                                });
  Check(Anchored("2018-01-03"), {{"on December 30", "@2017-12-30 [on December 30]"}});
  Check(Anchored("2018-12-30"), {{"on January 2", "@2019-01-02 [on January 2]"}});
  Check(Anchored("2018-05"), {{"on May 7", "@2018-05-07 [on May 7]"}, {"on June 7", "@2017-06-07 [on June 7]"}});
  Check(Anchored("2018"), {{"on May 7", "@2018-05-07 [on May 7]"}, {"on Monday", "@? [on Monday]"}});
  Check(Anchored(""), {{"on May 7", "@--05-07 [on May 7]"},
                       {"Since May 7", "@--05-07.. [Since May 7]"},
                       {"in May", "@--05 [in May]"},
                       {"yesterday", "@? [yesterday]"},
                       {"on February 29", "@--02-29 [on February 29]"},
                       {"since the beginning of the year", "@--01-01.. [since the beginning of the year]"},
                       {"by the end of this year", "@..--12-31 [by the end of this year]"}});
  TimeContext future = Anchored("2018-05-16");
  future.direction = TimeDirection::kFuture;
  Check(future, {{"on June 7", "@2018-06-07 [on June 7]"},
                 {"on May 12", "@2018-05-12 [on May 12]"},
                 {"on April 7", "@2019-04-07 [on April 7]"},
                 {"on Friday", "@2018-05-18 [on Friday]"},
                 {"on Wednesday", "@2018-05-16 [on Wednesday]"}});
  TimeContext american = Anchored("2018-05-16");
  american.month_first = true;
  Check(american, {{"on 5/7/2018", "2018-05-07 [on 5/7/2018]"}, {"on 22/5/2018", "2018-05-22 [on 22/5/2018]"}});
}

TEST_CASE("Days and periods around the anchor") {
  // A Wednesday.
  Check(Anchored("2018-05-16"),
        {
            {"on Wednesday", "@2018-05-16 [on Wednesday]"},
            {"on Tuesday", "@2018-05-15 [on Tuesday]"},
            {"said Thursday", "@2018-05-10 [Thursday]"},
            {"last Friday", "@2018-05-11 [last Friday]"},
            {"last Wednesday", "@2018-05-09 [last Wednesday]"},
            {"next Sunday", "@2018-05-20 [next Sunday]"},
            {"this Friday", "@2018-05-18 [this Friday]"},
            {"on Friday last week", "@2018-05-11 [on Friday last week]"},
            {"early on Tuesday morning", "@2018-05-15~early [early on Tuesday morning]"},
            {"late on Monday", "@2018-05-14~late [late on Monday]"},
            {"earlier on Tuesday", "@2018-05-15 [earlier on Tuesday]"},
            {"on Sunday night", "@2018-05-13 [on Sunday night]"},
            {"at around midday on Monday", "@2018-05-14 [at around midday on Monday]"},
            {"at 14:54 on Monday", "@2018-05-14 [at 14:54 on Monday]"},
            {"on Monday at 5 pm", "@2018-05-14 [on Monday at 5 pm]"},
            {"on the morning of May 7", "@2018-05-07 [on the morning of May 7]"},
            {"after dawn on Tuesday", "@2018-05-15 [after dawn on Tuesday]"},
            {"until Friday", "@..2018-05-11 [until Friday]"},
            {"since Monday", "@2018-05-14.. [since Monday]"},
            {"from Monday to Tuesday", "@2018-05-14..2018-05-15 [from Monday to Tuesday]"},
            {"today", "@2018-05-16 [today]"},
            {"Yesterday, forces", "@2018-05-15 [Yesterday]"},
            {"the day before yesterday", "@2018-05-14 [the day before yesterday]"},
            {"tomorrow", "@2018-05-17 [tomorrow]"},
            {"last night", "@2018-05-15 [last night]"},
            {"this morning", "@2018-05-16 [this morning]"},
            {"yesterday evening", "@2018-05-15 [yesterday evening]"},
            {"overnight", "@2018-05-15..2018-05-16 [overnight]"},
            {"overnight into Tuesday", "@2018-05-14..2018-05-15 [overnight into Tuesday]"},
            {"last week", "@2018-05-07..2018-05-13 [last week]"},
            {"this week", "@2018-05-14..2018-05-20 [this week]"},
            {"earlier this week", "@2018-05-14..2018-05-20 [earlier this week]"},
            {"next week", "@2018-05-21..2018-05-27 [next week]"},
            {"last month", "@2018-04 [last month]"},
            {"this month", "@2018-05 [this month]"},
            {"late last month", "@2018-04~late [late last month]"},
            {"last year's convoy", "@2017 [last year]"},
            {"this year", "@2018 [this year]"},
            {"earlier this year", "@2018 [earlier this year]"},
            {"late last year", "@2017~late [late last year]"},
            {"next year", "@2019 [next year]"},
            {"at the weekend", "@2018-05-12..2018-05-13 [at the weekend]"},
            {"last weekend", "@2018-05-12..2018-05-13 [last weekend]"},
            {"two days ago", "@2018-05-14 [two days ago]"},
            {"a week ago", "@2018-05-09 [a week ago]"},
            {"two weeks ago", "@2018-05-02 [two weeks ago]"},
            {"more than two weeks ago", "@2018-05-02 [more than two weeks ago]"},
            {"three months ago", "@2018-02 [three months ago]"},
            {"six years ago", "@2012 [six years ago]"},
            {"several days ago", "@? [several days ago]"},
            {"a decade ago", "@2008 [a decade ago]"},
            {"48 hours ago", "@2018-05-14 [48 hours ago]"},
            {"two weeks from now", "@2018-05-30 [two weeks from now]"},
            {"over the past two weeks", "@2018-05-02..2018-05-16 [over the past two weeks]"},
            {"for the past month", "@2018-04-16..2018-05-16 [for the past month]"},
            {"in the last three years", "@2015-05-16..2018-05-16 [in the last three years]"},
            {"during the past 24 hours", "@2018-05-15..2018-05-16 [during the past 24 hours]"},
            {"in the next three days", "@2018-05-16..2018-05-19 [in the next three days]"},
            {"in recent years", "@? [in recent years]"},
            {"in the coming days", "@? [in the coming days]"},
            {"since the beginning of the year", "@2018-01-01.. [since the beginning of the year]"},
            {"since the beginning of this year", "@2018-01-01.. [since the beginning of this year]"},
            {"since the start of last month", "@2018-04-01.. [since the start of last month]"},
            {"by the end of the month", "@..2018-05-31 [by the end of the month]"},
        });
}

TEST_CASE("An anchor without its year") {
  TimeContext context = Anchored("--09-06");
  Check(context, {{"over the past two weeks", "@--08-23..--09-06 [over the past two weeks]"},
                  {"yesterday", "@--09-05 [yesterday]"},
                  {"on Tuesday", "@? [on Tuesday]"},
                  {"over the past two years", "@? [over the past two years]"},
                  {"last month", "@--08 [last month]"},
                  {"in 2012", "2012 [in 2012]"}});
  context.anchor_weekday = 2;
  Check(context, {{"on Tuesday", "@--09-05 [on Tuesday]"},
                  {"on Wednesday", "@--09-06 [on Wednesday]"},
                  {"last week", "@--08-28..--09-03 [last week]"}});
  // The 29th of February decides.
  Check(Anchored("--03-05"), {{"over the past two weeks", "@? [over the past two weeks]"}});
  Check(Anchored("--01-02"), {{"three days ago", "@--12-30 [three days ago]"}});
}

TEST_CASE("Times that hang on the text before") {
  Check(Anchored("2018-05-16", "2018-05-11"),
        {
            {"A day earlier, it", "^2018-05-10 [A day earlier]"},
            {"two days later, it", "^2018-05-13 [two days later]"},
            {"the previous day", "^2018-05-10 [the previous day]"},
            {"the following day", "^2018-05-12 [the following day]"},
            {"the next day", "^2018-05-12 [the next day]"},
            {"on the same day", "^2018-05-11 [on the same day]"},
            {"that day", "^2018-05-11 [that day]"},
            {"late that year", "^2018~late [late that year]"},
            {"that month", "^2018-05 [that month]"},
            {"the following week", "^2018-05-14..2018-05-20 [the following week]"},
            {"the day before.", "^2018-05-10 [the day before]"},
            {"Since then, it", "^2018-05-11.. [Since then]"},
            {"at that time", "^2018-05-11 [at that time]"},
            {"a month later", "^2018-06 [a month later]"},
            {"a year earlier", "^2017 [a year earlier]"},
        });
  Check(Anchored("2018-05-16"), {{"A day earlier, it", "^? [A day earlier]"},
                                 {"late that year", "^?~late [late that year]"},
                                 {"Since then, it", "^? [Since then]"},
                                 {"at 14:54 GMT", "^? [at 14:54 GMT]"},
                                 {"two days before the attack", "2d [two days]"}});
}

TEST_CASE("Durations and sets") {
  Check(Anchored("2018-05-16"), {
                                    {"for three years", "3y [for three years]"},
                                    {"for over three years", ">3y [for over three years]"},
                                    {"over three years", ">3y [over three years]"},
                                    {"for more than four months", ">4m [for more than four months]"},
                                    {"the three-year siege", "3y [three-year]"},
                                    {"a two-day truce", "2d [two-day]"},
                                    {"for weeks", "?w [for weeks]"},
                                    {"for several weeks", "3-9w [for several weeks]"},
                                    {"for a month", "1m [for a month]"},
                                    {"for about a month and a half", "1.5m [for about a month and a half]"},
                                    {"within 48 hours", "48h [within 48 hours]"},
                                    {"for two decades", "20y [for two decades]"},
                                    {"lasted three days", "3d [three days]"},
                                    {"on the five-year war", "5y [five-year]"},
                                    {"for up to ten days", "<10d [for up to ten days]"},
                                    {"five to ten minutes", "5-10min [five to ten minutes]"},
                                    {"the 2,000-year-old city", ""},
                                    {"a day of battle", ""},
                                    {"every day", "set [every day]"},
                                    {"each week", "set [each week]"},
                                    {"every two weeks", "set [every two weeks]"},
                                    {"every Friday", "set [every Friday]"},
                                    {"on Fridays", "set [on Fridays]"},
                                    {"near-daily strikes", "set [near-daily]"},
                                    {"twice daily", "set [daily]"},
                                    {"every night", "set [every night]"},
                                    {"every man", ""},
                                    {"Route 30 and No. 4", ""},
                                    {"seven tanks", ""},
                                });
}

TEST_CASE("Arithmetic over partial dates") {
  const auto date = [](const char* iso) { return *base::ParseIso(iso); };
  CHECK(Iso(ShiftDays(date("2018-03-01"), -1)) == "2018-02-28");
  CHECK(Iso(ShiftDays(date("2018-05"), 1)).empty());
  CHECK(Iso(ShiftDays(date("--03-01"), -1)).empty());
  CHECK(Iso(ShiftDays(date("--12-31"), 1)) == "--01-01");
  CHECK(Iso(ShiftDays(date("0001-01-01"), -1)).empty());
  CHECK(Iso(ShiftMonths(date("2018-03-31"), -1)) == "2018-02-28");
  CHECK(Iso(ShiftMonths(date("--01-15"), -1)) == "--12-15");
  CHECK(Iso(ShiftMonths(date("0001-01"), -1)).empty());
  CHECK(Iso(Shift(date("2018"), TimeUnit::kYear, -3)) == "2015");
  CHECK(Iso(Shift(date("--05-07"), TimeUnit::kYear, -3)).empty());
  CHECK(Iso(Shift(date("2016-02-29"), TimeUnit::kYear, 1)) == "2017-02-28");
  CHECK(Iso(LastDay(date("2016-02"))) == "2016-02-29");
  CHECK(Iso(FirstDay(date("2016"))) == "2016-01-01");
}

}  // namespace
}  // namespace sitgraph::language
