#include "exporters/event_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace sitgraph::exporters {
namespace {

using base::PartialDate;

bool IsDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "13407" -> "13,407"; "13407.0" too; "2.50" -> "2.5"; anything that is no plain number as it is.
std::string Grouped(std::string_view lexical) {
  std::string_view number = lexical;
  if (number.substr(0, 1) == "+") number.remove_prefix(1);
  const size_t dot = std::min(number.find('.'), number.size());
  std::string_view whole = number.substr(0, dot);
  std::string_view fraction = number.substr(std::min(dot + 1, number.size()));
  if (!IsDigits(whole) || (dot < number.size() && !IsDigits(fraction))) return std::string(lexical);
  while (!fraction.empty() && fraction.back() == '0') fraction.remove_suffix(1);
  std::string out;
  for (size_t i = 0; i < whole.size(); ++i) {
    if (i > 0 && (whole.size() - i) % 3 == 0) out += ',';
    out += whole[i];
  }
  if (!fraction.empty()) {
    out += '.';
    out += fraction;
  }
  return out;
}

std::string NumberText(const CountValues& count) {
  const bool about = count.qualifier == "about";
  if (count.minimum.empty() && count.maximum.empty()) return "";
  if (count.maximum.empty()) {
    return (count.qualifier == "more-than" ? "more than " : about ? "about " : "at least ") + Grouped(count.minimum);
  }
  if (count.minimum.empty()) return "up to " + Grouped(count.maximum);
  const std::string low = Grouped(count.minimum);
  const std::string high = Grouped(count.maximum);
  if (low == high) return (about ? "about " : "") + low;
  return low + "\u2013" + high;
}

PartialDate FirstDay(PartialDate date) {
  if (date.month == 0) date.month = 1;
  if (date.day == 0) date.day = 1;
  return date;
}

PartialDate LastDay(PartialDate date) {
  if (date.month == 0) date.month = 12;
  if (date.day == 0) date.day = static_cast<uint8_t>(base::DaysInMonth(date.year, date.month));
  return date;
}

}  // namespace

std::optional<PartialDate> DateOfLexical(std::string_view lexical) {
  if (const size_t time = lexical.find('T'); time != lexical.npos) {
    lexical = lexical.substr(0, time);
  } else if (lexical.ends_with('Z')) {
    lexical.remove_suffix(1);
  } else if (lexical.size() > 6 && lexical[lexical.size() - 3] == ':') {
    lexical.remove_suffix(6);  // "+02:00"
  }
  return base::ParseIso(lexical);
}

Days WholeDays(std::optional<PartialDate> begin, std::optional<PartialDate> end) {
  Days days;
  if (begin && begin->year != 0) days.first = FirstDay(*begin);
  if (end && end->year != 0) days.last = LastDay(*end);
  if (!days.first.empty() && !days.last.empty() && days.last < days.first) days.last = {};
  return days;
}

std::string CountText(const CountValues& count) {
  std::string text = NumberText(count);
  const auto append = [&text](std::string_view word) {
    if (!text.empty()) text += ' ';
    text += word;
  };
  const bool measured = !count.unit.empty() && count.unit != "person" && count.unit != "item";
  if (measured) append(count.unit);
  if (!count.of.empty()) {
    if (measured) append("of");
    append(count.of);
  } else if (count.unit == "person") {
    append("persons");
  } else if (count.unit == "item") {
    append("items");
  }
  if (const std::string& outcome = count.harm.empty() ? count.outcome : count.harm; !outcome.empty()) {
    append("(" + outcome + ")");
  }
  return text;
}

void AddToToll(const CountValues& count, Toll& toll) {
  const auto low = ParseNumber(count.minimum), high = ParseNumber(count.maximum);
  if (count.unit != "person" || (!low && !high) || std::min(low.value_or(0), high.value_or(0)) < 0) return;
  toll.people = toll.people.value_or(0) + (high ? *high : *low);
  if (count.harm != "killed") return;
  toll.killed_low = toll.killed_low.value_or(0) + (low ? *low : 0);
  toll.killed_high = toll.killed_high.value_or(0) + (high ? *high : *low);
  toll.killed_best = toll.killed_best.value_or(0) + (low ? *low : *high);
}

std::optional<double> ParseNumber(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
  return number;
}

uint64_t ParseOffset(std::string_view text) {
  uint64_t offset = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), offset);
  return error == std::errc() && end == text.data() + text.size() ? offset : UINT64_MAX;
}

std::string_view LocalName(std::string_view iri) {
  const size_t cut = iri.find_last_of("#/");
  return cut == iri.npos || cut + 1 == iri.size() ? iri : iri.substr(cut + 1);
}

}  // namespace sitgraph::exporters
