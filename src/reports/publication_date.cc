#include "src/reports/publication_date.h"

#include <algorithm>
#include <array>

#include "src/reports/cursor.h"

namespace sitgraph::reports {
namespace {

using base::PartialDate;

constexpr std::array<std::string_view, 12> kMonths = {"january",   "february", "march",    "april",
                                                      "may",       "june",     "july",     "august",
                                                      "september", "october",  "november", "december"};
constexpr std::array<std::string_view, 7> kWeekdays = {"monday", "tuesday",  "wednesday", "thursday",
                                                       "friday", "saturday", "sunday"};

// "may", "Sept", "Aug": the number of a whole or shortened name from 1, or 0.
template <size_t kCount>
uint8_t NameNumber(const std::array<std::string_view, kCount>& names, std::string_view word) {
  if (word.size() < 3) return 0;
  for (size_t i = 0; i < kCount; ++i) {
    const bool shortened = word.size() <= 4 && base::StartsWithIgnoringAsciiCase(names[i], word);
    if (shortened || base::EqualsIgnoringAsciiCase(names[i], word)) return static_cast<uint8_t>(i + 1);
  }
  return 0;
}

bool IsYear(int32_t value) { return value >= 1900 && value <= 2100; }

PartialDate DateOf(int32_t year, int32_t month, int32_t day) {
  return {static_cast<int16_t>(year), static_cast<uint8_t>(month), static_cast<uint8_t>(day)};
}

uint8_t EatMonth(Cursor& cursor) {
  const size_t before = cursor.at();
  const uint8_t month = NameNumber(kMonths, cursor.EatLetters());
  if (month == 0) {
    cursor.set(before);
  } else {
    cursor.Eat(".");
  }
  return month;
}

// "Tue,", "Saturday ".
void EatWeekday(Cursor& cursor) {
  const size_t before = cursor.at();
  if (NameNumber(kWeekdays, cursor.EatLetters()) == 0) {
    cursor.set(before);
    return;
  }
  cursor.Eat(".");
  cursor.Eat(",");
  if (!cursor.Blanks()) cursor.set(before);
}

// A blank or a hyphen between the parts of a date, perhaps after a comma.
bool EatGap(Cursor& cursor) {
  const bool comma = cursor.Eat(",");
  return cursor.Blanks() || (!comma && cursor.Eat("-"));
}

std::optional<int32_t> EatYear(Cursor& cursor) {
  const size_t before = cursor.at();
  if (const auto digits = cursor.EatDigits(4, 4); digits && IsYear(NumberOf(*digits))) return NumberOf(*digits);
  cursor.set(before);
  return std::nullopt;
}

// "6", "06", "6th"; not the start of a longer number or word.
std::optional<int32_t> EatDay(Cursor& cursor) {
  const size_t before = cursor.at();
  if (const auto digits = cursor.EatDigits(1, 2); digits && NumberOf(*digits) >= 1 && NumberOf(*digits) <= 31) {
    for (const std::string_view ending : {"st", "nd", "rd", "th"}) {
      if (cursor.EatPhrase(ending)) break;
    }
    if (!IsAsciiLetter(cursor.Peek())) return NumberOf(*digits);
  }
  cursor.set(before);
  return std::nullopt;
}

// "May 22, 2018", "May 22", "May 2018", "Apr 092017".
std::optional<PartialDate> EatMonthFirst(Cursor& cursor) {
  const uint8_t month = EatMonth(cursor);
  if (month == 0 || !EatGap(cursor)) return std::nullopt;
  const size_t after_month = cursor.at();
  if (const auto glued = cursor.EatDigits(5, 6)) {
    const size_t day_digits = glued->size() - 4;
    const int32_t year = NumberOf(glued->substr(day_digits));
    if (IsYear(year)) return DateOf(year, month, NumberOf(glued->substr(0, day_digits)));
    return std::nullopt;
  }
  if (const auto year = EatYear(cursor)) return DateOf(*year, month, 0);
  cursor.set(after_month);
  const auto day = EatDay(cursor);
  if (!day) return std::nullopt;
  const size_t after_day = cursor.at();
  if (EatGap(cursor)) {
    if (const auto year = EatYear(cursor)) return DateOf(*year, month, *day);
  }
  cursor.set(after_day);
  return DateOf(0, month, *day);
}

// "22 May, 2018", "2 Aug".
std::optional<PartialDate> EatDayFirst(Cursor& cursor) {
  const auto day = EatDay(cursor);
  if (!day || !EatGap(cursor)) return std::nullopt;
  const size_t month_begin = cursor.at();
  if (!cursor.EatPhrase("of ")) cursor.set(month_begin);
  const uint8_t month = EatMonth(cursor);
  if (month == 0) return std::nullopt;
  const size_t after_month = cursor.at();
  if (EatGap(cursor)) {
    if (const auto year = EatYear(cursor)) return DateOf(*year, month, *day);
  }
  cursor.set(after_month);
  return DateOf(0, month, *day);
}

// "2018-05-22", "2018/5/22".
std::optional<PartialDate> EatYearFirst(Cursor& cursor) {
  const auto year = EatYear(cursor);
  const char separator = cursor.Peek();
  if (!year || (separator != '-' && separator != '/' && separator != '.')) return std::nullopt;
  cursor.Eat({&separator, 1});
  const auto month = cursor.EatDigits(1, 2);
  if (!month || cursor.Peek() != separator) return std::nullopt;
  cursor.Eat({&separator, 1});
  const auto day = cursor.EatDigits(1, 2);
  if (!day) return std::nullopt;
  return DateOf(*year, NumberOf(*month), NumberOf(*day));
}

// "22.05.2018", "22-05-2018", "5/22/2018"; `short_year` also "5/22/18".
std::optional<PartialDate> EatNumeric(Cursor& cursor, bool short_year) {
  const auto first = cursor.EatDigits(1, 2);
  const char separator = cursor.Peek();
  if (!first || (separator != '-' && separator != '/' && separator != '.')) return std::nullopt;
  cursor.Eat({&separator, 1});
  const auto second = cursor.EatDigits(1, 2);
  if (!second || cursor.Peek() != separator) return std::nullopt;
  cursor.Eat({&separator, 1});
  const size_t year_begin = cursor.at();
  auto year = EatYear(cursor);
  if (!year && short_year) {
    cursor.set(year_begin);
    if (const auto digits = cursor.EatDigits(2, 2)) year = NumberOf(*digits) + (NumberOf(*digits) < 70 ? 2000 : 1900);
  }
  if (!year) return std::nullopt;
  const int32_t a = NumberOf(*first), b = NumberOf(*second);
  if (separator == '/' && a <= 12 && b <= 12 && a != b) return DateOf(*year, 0, 0);
  return b > 12 ? DateOf(*year, a, b) : DateOf(*year, b, a);
}

// ", 14:54", "T14:54:00+03:00", "at 2354", "1849 UTC+3", "23:28 GMT".
void EatTime(Cursor& cursor) {
  const size_t before = cursor.at();
  bool separated = false, at_word = false;
  if (cursor.Peek() == 'T' || cursor.Peek() == 't') {
    separated = cursor.Eat("T") || cursor.Eat("t");
  } else {
    separated = cursor.Eat(",");
    separated |= cursor.Blanks();
    if (separated) {
      cursor.EatDash();
      cursor.Blanks();
      at_word = cursor.EatPhrase("at");
      if (at_word || cursor.Eat("|")) cursor.Blanks();
    }
  }
  const size_t digits_begin = cursor.at();
  bool is_time = false;
  const auto hour = separated ? cursor.EatDigits(1, 2) : std::nullopt;
  if (hour && NumberOf(*hour) < 25 && (cursor.Eat(":") || cursor.Eat("."))) {
    const auto minute = cursor.EatDigits(2, 2);
    is_time = minute && NumberOf(*minute) < 60;
    if (is_time && cursor.Eat(":")) cursor.EatDigits(2, 2);
    if (is_time && cursor.Eat(".")) cursor.EatDigits(1, 9);
  }
  if (separated && !is_time) {
    cursor.set(digits_begin);
    const auto together = cursor.EatDigits(4, 4);
    const size_t after = cursor.at();
    cursor.Blanks();
    is_time = together && NumberOf(*together) < 2400 && (at_word || cursor.EatPhrase("UTC") || cursor.EatPhrase("GMT"));
    cursor.set(after);
  }
  if (!is_time) {
    cursor.set(before);
    return;
  }
  for (;;) {
    const size_t after = cursor.at();
    cursor.Blanks();
    bool zone = false;
    for (const std::string_view name :
         {"am", "pm", "a.m.", "p.m.", "UTC", "GMT", "KSA", "EST", "EDT", "EET", "MSK", "Z"}) {
      zone = zone || cursor.EatPhrase(name);
    }
    if (!zone && (cursor.Eat("+") || cursor.Eat("-"))) {
      zone = cursor.EatDigits(1, 4).has_value();
      if (zone && cursor.Eat(":")) zone = cursor.EatDigits(2, 2).has_value();
    }
    if (!zone) {
      cursor.set(after);
      return;
    }
  }
}

std::optional<DateMatch> Match(std::string_view text, size_t at, bool short_year) {
  Cursor cursor(text, at);
  EatWeekday(cursor);
  const size_t begin = cursor.at();
  for (int form = 0; form < 4; ++form) {
    cursor.set(begin);
    std::optional<PartialDate> date;
    if (form == 0) date = EatMonthFirst(cursor);
    if (form == 1) date = EatDayFirst(cursor);
    if (form == 2) date = EatYearFirst(cursor);
    if (form == 3) date = EatNumeric(cursor, short_year);
    if (!date || date->empty() || !base::IsValid(*date) || IsAsciiDigit(cursor.Peek())) continue;
    EatTime(cursor);
    return DateMatch{*date, {static_cast<uint32_t>(at), static_cast<uint32_t>(cursor.at())}};
  }
  return std::nullopt;
}

}  // namespace

std::optional<DateMatch> MatchDate(std::string_view text, size_t at) { return Match(text, at, false); }

std::optional<DateMatch> FindDate(std::string_view text, size_t window) {
  const size_t stop = std::min(text.size(), window);
  for (size_t at = 0; at < stop; ++at) {
    const bool starts = IsWordByte(text[at]) && (at == 0 || !IsWordByte(text[at - 1]));
    if (!starts) continue;
    if (auto match = MatchDate(text, at); match && match->date.year != 0) return match;
  }
  return std::nullopt;
}

base::PartialDate ParseGivenDate(std::string_view text) {
  const std::string_view trimmed = base::Trim(text).substr(0, 100);
  if (const auto iso = base::ParseIso(trimmed)) return *iso;
  const auto match = Match(trimmed, 0, true);
  if (!match) return {};
  return match->date;
}

}  // namespace sitgraph::reports
