#include "base/date.h"

#include <fmt/format.h>

#include <algorithm>

namespace sitgraph::base {
namespace {

// The value of text[at, at+count) where it is all digits.
std::optional<int> Digits(std::string_view text, size_t at, size_t count) {
  if (at + count > text.size()) return std::nullopt;
  int value = 0;
  for (const char c : text.substr(at, count)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

std::string ToIso(PartialDate date) {
  if (date.empty()) return {};
  std::string out = date.year != 0 ? fmt::format("{:04}", date.year) : "-";
  if (date.month != 0) out += fmt::format("-{:02}", date.month);
  if (date.day != 0) out += fmt::format("-{:02}", date.day);
  return out;
}

std::optional<PartialDate> ParseIso(std::string_view text) {
  PartialDate date;
  size_t at = 0;
  if (text.substr(0, 2) == "--") {
    at = 1;
  } else {
    const auto year = Digits(text, 0, 4);
    if (!year) return std::nullopt;
    date.year = static_cast<int16_t>(*year);
    at = 4;
  }
  for (uint8_t* part : {&date.month, &date.day}) {
    if (at == text.size()) break;
    const auto value = Digits(text, at + 1, 2);
    if (text[at] != '-' || !value) return std::nullopt;
    *part = static_cast<uint8_t>(*value);
    at += 3;
    if (*part == 0) return std::nullopt;
  }
  if (at != text.size() || !IsValid(date)) return std::nullopt;
  return date;
}

bool IsLeapYear(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int DaysInMonth(int year, int month) {
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12) return 0;
  return month == 2 && (year == 0 || IsLeapYear(year)) ? 29 : kDays[month - 1];
}

bool IsValid(PartialDate date) {
  if (date.empty() || date.year < 0) return false;
  if (date.month > 12 || (date.day != 0 && date.month == 0)) return false;
  return date.day == 0 || date.day <= DaysInMonth(date.year, date.month);
}

// Howard Hinnant's days_from_civil and its inverse ("chrono-Compatible Low-Level Date Algorithms").
int32_t ToDays(PartialDate date) {
  const int32_t year = date.year - (date.month <= 2 ? 1 : 0);
  const int32_t era = (year >= 0 ? year : year - 399) / 400;
  const int32_t year_of_era = year - era * 400;
  const int32_t day_of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
  const int32_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

PartialDate FromDays(int32_t days) {
  const int32_t z = days + 719468;
  const int32_t era = (z >= 0 ? z : z - 146096) / 146097;
  const int32_t day_of_era = z - era * 146097;
  const int32_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int32_t shifted_month = (5 * day_of_year + 2) / 153;
  const int32_t month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  const int32_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  return {static_cast<int16_t>(year), static_cast<uint8_t>(month),
          static_cast<uint8_t>(day_of_year - (153 * shifted_month + 2) / 5 + 1)};
}

PartialDate AddDays(PartialDate date, int32_t days) { return FromDays(ToDays(date) + days); }

PartialDate AddMonths(PartialDate date, int32_t months) {
  if (date.month == 0) {
    date.year = static_cast<int16_t>(date.year + months / 12);
    return date;
  }
  const int32_t index = date.year * 12 + (date.month - 1) + months;
  const int32_t year = index >= 0 ? index / 12 : -((11 - index) / 12);
  PartialDate out{static_cast<int16_t>(date.year == 0 ? 0 : year), static_cast<uint8_t>(index - year * 12 + 1),
                  date.day};
  if (out.day != 0) out.day = static_cast<uint8_t>(std::min<int>(out.day, DaysInMonth(out.year, out.month)));
  return out;
}

int Weekday(PartialDate date) {
  const int32_t days = ToDays(date) + 3;  // 1970-01-01 was a Thursday
  return static_cast<int>(days >= 0 ? days % 7 : (days % 7 + 7) % 7);
}

}  // namespace sitgraph::base
