// The calendar's names, full and abbreviated.
#include "src/language/calendar.h"

#include <array>
#include <iterator>

#include "src/language/sentence_words.h"

namespace sitgraph::language {
namespace {

constexpr std::string_view kMonths[] = {"january", "february", "march",     "april",   "may",      "june",
                                        "july",    "august",   "september", "october", "november", "december"};
constexpr std::string_view kDays[] = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};

// "jan" for "january", "tues" for "tuesday": at least three letters, of the forms in use.
bool Abbreviates(std::string_view word, std::string_view full, size_t longest) {
  return word.size() >= 3 && word.size() <= longest && full.substr(0, word.size()) == word;
}

bool IsCapital(std::string_view word) { return word[0] >= 'A' && word[0] <= 'Z'; }

}  // namespace

std::optional<int> MonthOf(std::string_view word) {
  const bool stop = !word.empty() && word.back() == '.';
  const LowerWord copy(stop ? word.substr(0, word.size() - 1) : word);
  const std::string_view lower = copy.view();
  if (lower.size() < 3) {
    return std::nullopt;
  }
  for (size_t i = 0; i < std::size(kMonths); ++i) {
    const bool full = lower == kMonths[i] && !stop;
    const bool verb = kMonths[i] == "may" || kMonths[i] == "march";
    if (full && (IsCapital(word) || !verb)) {
      return static_cast<int>(i) + 1;
    }
    if (!full && IsCapital(word) && Abbreviates(lower, kMonths[i], kMonths[i] == "september" ? 4 : 3)) {
      return static_cast<int>(i) + 1;
    }
  }
  return std::nullopt;
}

std::optional<int> WeekdayOf(std::string_view word) {
  const bool stop = !word.empty() && word.back() == '.';
  const LowerWord copy(stop ? word.substr(0, word.size() - 1) : word);
  std::string_view lower = copy.view();
  if (lower.size() < 3) {
    return std::nullopt;
  }
  if (lower.size() > 4 && lower.back() == 's' && lower[lower.size() - 2] == 'y') {
    lower.remove_suffix(1);
  }
  for (size_t i = 0; i < std::size(kDays); ++i) {
    const bool short_form = IsCapital(word) && Abbreviates(lower, kDays[i], kDays[i] == "thursday" ? 5 : 4) &&
                            (lower.size() == 3 || lower == "tues" || lower == "thur" || lower == "thurs");
    if ((lower == kDays[i] && !stop) || short_form) {
      return static_cast<int>(i);
    }
  }
  return std::nullopt;
}

std::optional<Season> SeasonOf(std::string_view word) {
  const LowerWord lower(word);
  if (lower.view() == "spring") {
    return Season{3, 5};
  }
  if (lower.view() == "summer") {
    return Season{6, 8};
  }
  if (lower.view() == "autumn" || lower.view() == "fall") {
    return Season{9, 11};
  }
  if (lower.view() == "winter") {
    return Season{12, 2};
  }
  return std::nullopt;
}

}  // namespace sitgraph::language
