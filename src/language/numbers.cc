// Finds numbers, decides what kind each is, and reads the qualifier words around it.
#include "src/language/numbers.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "src/language/calendar.h"
#include "src/language/number_qualifiers.h"
#include "src/language/number_words.h"
#include "src/language/sentence_words.h"

namespace sitgraph::language {
namespace {

constexpr std::string_view kLabelNouns[] = {
    "route",   "highway", "road",   "resolution", "article", "chapter",  "section",  "paragraph", "annex",
    "clause",  "page",    "figure", "table",      "no",      "no.",      "nos.",     "number",    "#",
    "channel", "flight",  "room",   "block",      "sector",  "phase",    "category", "version",   "protocol",
    "rte.",    "rt.",     "art.",   "p.",         "pp.",     "fig.",     "vol.",     "volume",    "ch.",
    "sec.",    "para.",   "hwy.",   "checkpoint", "res.",    "appendix", "grade",    "level",     "type"};
// Labels only where they are written with a capital: "Hill 107", but "every hill 107 men held".
constexpr std::string_view kCapitalLabelNouns[] = {
    "Hill",      "Point",    "Camp",  "Unit",    "Brigade",  "Division", "Base",       "Area",
    "Battalion", "Regiment", "Corps", "Zone",    "Group",    "Mark",     "Model",      "Class",
    "Line",      "Bridge",   "Gate",  "Station", "Building", "Radio",    "Interstate", "Apollo"};
constexpr std::string_view kPlaceNouns[] = {"neighborhood", "neighbourhood", "district", "quarter", "camp", "airport"};
constexpr std::string_view kYearBefore[] = {
    "in",   "since", "until", "till",    "by",         "during", "before", "after",  "early", "late",   "mid",
    "year", "years", "circa", "through", "throughout", "the",    "its",    "their",  "his",   "her",    "our",
    "of",   "from",  "from",  "spring",  "summer",     "autumn", "fall",   "winter", "mid-",  "january"};
constexpr std::string_view kClock[] = {"am",      "pm",      "a.m.",  "p.m.", "a.m", "p.m",
                                       "o'clock", "o’clock", "hours", "gmt",  "utc", "hrs"};
constexpr std::string_view kNotOneBefore[] = {"this",   "that",   "another", "each",    "every", "which", "any",
                                              "no",     "other",  "the",     "some",    "new",   "last",  "former",
                                              "latter", "latest", "biggest", "largest", "only",  "these"};
constexpr std::string_view kNotOneAfter[] = {"of",    "on",    "is",     "was",  "who",     "whose", "that",
                                             "which", "has",   "had",    "at",   "another", "'s",    "’s",
                                             "can",   "could", "should", "must", "would",   "will"};

class NumberFinder {
 public:
  NumberFinder(const Document& document, const Sentence& sentence, std::vector<Number>& out)
      : words_(document, sentence), out_(out) {}

  void Run() {
    for (TokenIndex i = words_.begin(); i < words_.end();) {
      if (!MayBegin(i)) {
        ++i;
        continue;
      }
      Number number;
      number.begin = i;
      if (!Date(number) && !Fraction(number) && !Vague(number) && !Quantity(number) && !Ordinal(number)) {
        ++i;
        continue;
      }
      Finish(number);
      i = number.end;
      out_.push_back(number);
    }
  }

 private:
  // Whether any number can begin with this token; spares the others the attempts.
  bool MayBegin(TokenIndex i) const {
    const std::string_view t = words_.Text(i);
    return words_.At(i).kind != TokenKind::kWord || words_.Is(i, "a") || words_.Is(i, "an") ||
           words_.Is(i, "several") || NumeralOf(t).kind != NumeralKind::kNone;
  }
  // Each fills kind, bounds and `end` of a number that begins at `begin`, or returns false.
  bool Date(Number& n) const;
  bool NumericDate(Number& n) const;
  bool Quantity(Number& n) const;
  bool Range(Number& n, const Cardinal& low) const;
  bool Vague(Number& n) const;
  bool Fraction(Number& n) const;
  bool Ordinal(Number& n) const;
  void Finish(Number& n) const;
  void Percent(Number& n) const;
  void Kind(Number& n, bool bare) const;

  bool IsYear(const Number& n) const;
  bool IsAge(const Number& n) const;
  bool IsLabel(const Number& n) const;
  bool IsClock(TokenIndex end) const;
  bool IsPronoun(const Number& n) const;
  bool IsDayOfMonth(TokenIndex i) const;
  bool TouchesMonth(TokenIndex begin, TokenIndex end) const;

  SentenceWords words_;
  std::vector<Number>& out_;
};

void Set(Number& n, NumberKind kind, double min, double max, TokenIndex end) {
  n.kind = kind;
  n.min = min;
  n.max = max;
  n.end = end;
}

// ---- dates

// A day's number: 1 to 31, as digits or ordinal.
bool NumberFinder::IsDayOfMonth(TokenIndex i) const {
  const Numeral n = NumeralOf(words_.Text(i));
  return (n.kind == NumeralKind::kDigits || n.kind == NumeralKind::kOrdinal) && n.value >= 1 && n.value <= 31 &&
         std::floor(n.value) == n.value && words_.Text(i).find_first_of(".,") == std::string_view::npos;
}

// "May 7", "7 May", "7th of May"
bool NumberFinder::TouchesMonth(TokenIndex begin, TokenIndex end) const {
  const bool before = begin > words_.begin() && MonthOf(words_.Text(begin - 1)).has_value();
  // "In May 20 people died": a day would have "on".
  if (before && begin > words_.begin() + 1 && words_.Is(begin - 2, "in") && words_.StartsLower(end)) {
    return false;
  }
  const bool the_before =
      begin > words_.begin() + 1 && words_.Is(begin - 1, "the") && MonthOf(words_.Text(begin - 2)).has_value();
  const bool after = MonthOf(words_.Text(end)).has_value();
  const bool of_after = words_.Is(end, "of") && MonthOf(words_.Text(end + 1)).has_value();
  return before || the_before || after || of_after;
}

bool NumberFinder::NumericDate(Number& n) const {
  const std::string_view t = words_.Text(n.begin);
  if (words_.At(n.begin).kind != TokenKind::kNumber) {
    return false;
  }
  const size_t slashes = static_cast<size_t>(std::count(t.begin(), t.end(), '/'));
  const size_t hyphens = static_cast<size_t>(std::count(t.begin(), t.end(), '-'));
  const size_t points = static_cast<size_t>(std::count(t.begin(), t.end(), '.'));
  const bool clock = t.find(':') != std::string_view::npos;
  const bool pointed = points == 2 && !ParseDigits(t).has_value();
  if (slashes == 2 || clock || (slashes == 1 && t == "9/11")) {
    Set(n, NumberKind::kDate, 0, 0, n.begin + 1);
  } else if (hyphens == 2 && (t.find('-') == 4 || t.size() <= 10) && t.find('-') != 3) {
    Set(n, NumberKind::kDate, 0, 0, n.begin + 1);
  } else if (pointed && t.size() >= 6 && t.size() <= 10) {
    Set(n, NumberKind::kDate, 0, 0, n.begin + 1);  // 07.05.2018
  } else if (hyphens > 0) {
    Set(n, NumberKind::kLabel, 0, 0, n.begin + 1);  // a telephone number
  } else {
    return false;
  }
  n.min.reset();
  n.max.reset();
  return true;
}

bool NumberFinder::Date(Number& n) const {
  if (NumericDate(n)) {
    return true;
  }
  const TokenIndex i = n.begin;
  const std::string_view t = words_.Text(i);
  // the 1990s, '90s
  if (words_.At(i).kind == TokenKind::kNumber && t.back() == 's' && t.size() >= 3 && t.size() <= 8) {
    Set(n, NumberKind::kYear, 0, 0, i + 1);
    n.min.reset();
    n.max.reset();
    return true;
  }
  // "second half of 2015", "the first quarter"
  const Numeral numeral = NumeralOf(t);
  if (numeral.kind == NumeralKind::kOrdinal && NumeralOf(words_.Text(i + 1)).kind == NumeralKind::kFraction &&
      (words_.Is(i + 1, "half") || words_.Is(i + 1, "quarter"))) {
    Set(n, NumberKind::kDate, numeral.value, numeral.value, i + 2);
    return true;
  }
  // "Apr 092017": a date that lost its blank
  if (numeral.kind == NumeralKind::kDigits && t.size() >= 5 && t.size() <= 6 && t.find_first_of(".,") == t.npos &&
      i > words_.begin() && MonthOf(words_.Text(i - 1))) {
    Set(n, NumberKind::kDate, numeral.value, numeral.value, i + 1);
    return true;
  }
  if (!IsDayOfMonth(i)) {
    return false;
  }
  TokenIndex end = i + 1;
  // May 7-9, 7 and 8 May, May 7 to 9
  const bool joins = words_.IsDashAt(end) || words_.Is(end, "and") || words_.Is(end, "to");
  const bool month_before = i > words_.begin() && MonthOf(words_.Text(i - 1)).has_value();
  if (joins && IsDayOfMonth(end + 1)) {
    const bool month_after = MonthOf(words_.Text(end + 2)).has_value();
    // "May 7 and 8 people" keeps its people.
    const bool counts = words_.Is(end, "and") && words_.StartsLower(end + 2);
    if ((month_before && !counts) || (month_after && !(month_before && counts))) {
      end += 2;
    }
  }
  if (!TouchesMonth(i, end)) {
    return false;
  }
  const double first = NumeralOf(t).value;
  const double last = NumeralOf(words_.Text(end - 1)).value;
  Set(n, NumberKind::kDate, first, std::max(first, last), end);
  return true;
}

// ---- vague numbers and fractions

struct VagueWord {
  std::string_view phrase;
  double min;
  double max;
};
constexpr VagueWord kVagueWords[] = {
    {"tens of thousands", 2e4, 99999},
    {"hundreds of thousands", 2e5, 999999},
    {"tens of millions", 2e7, 99999999},
    {"hundreds of millions", 2e8, 999999999},
    {"dozens", 24, 99},
    {"scores", 40, 99},
    {"tens", 20, 99},
    {"hundreds", 200, 999},
    {"thousands", 2000, 9999},
    {"millions", 2e6, 9999999},
    {"billions", 2e9, 9999999999},
    {"several", 3, 9},
    {"a few", 3, 9},
    {"a handful", 3, 9},
};

bool NumberFinder::Vague(Number& n) const {
  const TokenIndex i = n.begin;
  if (words_.MatchForward(i, "a couple") > 0 || words_.MatchForward(i, "a pair of") > 0) {
    Set(n, NumberKind::kCardinal, 2, 2, i + 2);
    return true;
  }
  for (const VagueWord& vague : kVagueWords) {
    const TokenIndex length = words_.MatchForward(i, vague.phrase);
    if (length == 0) {
      continue;
    }
    // "he scores", "the tens column": a plural numeral needs what is counted, or an end.
    if ((vague.phrase == "scores" || vague.phrase == "tens") && !words_.Is(i + 1, "of")) {
      return false;
    }
    Set(n, NumberKind::kVague, vague.min, vague.max, i + length);
    const Numeral scale = NumeralOf(words_.Text(n.end));
    if (scale.kind == NumeralKind::kDozen) {
      Set(n, NumberKind::kVague, 24, 99, n.end + 1);
    } else if (vague.max < 10 && (scale.kind == NumeralKind::kHundred || scale.kind == NumeralKind::kScale)) {
      double unit = scale.value;
      ++n.end;
      const Numeral more = NumeralOf(words_.Text(n.end));
      if (more.kind == NumeralKind::kScale && more.value > unit) {  // several hundred thousand
        unit *= more.value;
        ++n.end;
      }
      n.min = 3 * unit;
      n.max = 10 * unit - 1;
    }
    return true;
  }
  return false;
}

bool NumberFinder::Fraction(Number& n) const {
  const TokenIndex i = n.begin;
  const std::string_view t = words_.Text(i);
  // 1/2
  if (const size_t slash = t.find('/'); slash != std::string_view::npos && words_.At(i).kind == TokenKind::kNumber) {
    const std::optional<double> over = ParseDigits(t.substr(0, slash));
    const std::optional<double> under = ParseDigits(t.substr(slash + 1));
    if (over && under && *under > *over && *over > 0) {
      Set(n, NumberKind::kFraction, *over / *under, *over / *under, i + 1);
      return true;
    }
    return false;
  }
  const Numeral numeral = NumeralOf(t);
  // half, ½; not "half a million", which is a cardinal
  if (numeral.kind == NumeralKind::kFraction && (words_.Is(i, "half") || numeral.value < 2 || t.size() == 2)) {
    if (ParseCardinal(words_, i)) {
      return false;
    }
    Set(n, NumberKind::kFraction, 1 / numeral.value, 1 / numeral.value, i + 1);
    return true;
  }
  // a third of, one quarter of, two thirds, three-quarters
  const bool article = words_.Is(i, "a") || words_.Is(i, "an");
  const double over =
      article ? 1 : (numeral.kind == NumeralKind::kUnit || numeral.kind == NumeralKind::kDigits ? numeral.value : 0);
  if (over <= 0) {
    return false;
  }
  const TokenIndex next = words_.IsHyphenAt(i + 1) ? i + 2 : i + 1;
  const Numeral under = NumeralOf(words_.Text(next));
  const bool ordinal = under.kind == NumeralKind::kOrdinal && under.value > 2 && over == 1 && words_.Is(next + 1, "of");
  const bool noun = under.kind == NumeralKind::kFraction && (over > 1 || words_.Is(next + 1, "of") || under.value == 2);
  if ((ordinal || noun) && under.value > over && !MonthOf(words_.Text(next + 2))) {
    const bool of_scale = NumeralOf(words_.Text(next + 3)).kind == NumeralKind::kScale && words_.Is(next + 2, "a");
    if (of_scale && words_.Is(next + 1, "of")) {  // a quarter of a million
      const double value = over / under.value * NumeralOf(words_.Text(next + 3)).value;
      Set(n, NumberKind::kCardinal, value, value, next + 4);
      return true;
    }
    Set(n, NumberKind::kFraction, over / under.value, over / under.value, next + 1);
    return true;
  }
  // one in five, two out of three
  const TokenIndex in = i + 1;
  const bool out_of = words_.MatchForward(in, "out of") > 0;
  if (!article && (words_.Is(in, "in") || out_of)) {
    const std::optional<Cardinal> total = ParseCardinal(words_, in + (out_of ? 2 : 1));
    const bool one_in = out_of || over == 1;
    if (total && one_in && total->value > over && !(total->bare_digits && total->value >= 1900)) {
      Set(n, NumberKind::kFraction, over / total->value, over / total->value, total->end);
      return true;
    }
  }
  return false;
}

bool NumberFinder::Ordinal(Number& n) const {
  const Numeral numeral = NumeralOf(words_.Text(n.begin));
  if (numeral.kind == NumeralKind::kOrdinal) {
    Set(n, NumberKind::kOrdinal, numeral.value, numeral.value, n.begin + 1);
    return true;
  }
  return false;
}

// ---- cardinals and ranges

bool NumberFinder::Quantity(Number& n) const {
  // A currency sign opens its number.
  TokenIndex i = n.begin;
  const std::string_view sign = words_.Text(i);
  if (sign == "$" || sign == "US$" || sign == "\u20AC" || sign == "\u00A3" || sign == "\u00A5" || sign == "\u20BD" ||
      sign == "\u20BA") {
    n.currency = sign;
    ++i;
    if (NumeralOf(words_.Text(i)).kind != NumeralKind::kDigits) {
      return false;
    }
  }
  const std::optional<Cardinal> low = ParseCardinal(words_, i);
  if (!low) {
    return false;
  }
  // twenty-first
  const TokenIndex hyphen = low->end;
  const NumeralKind first = NumeralOf(words_.Text(i)).kind;
  if (first == NumeralKind::kTens && words_.IsHyphenAt(hyphen) && words_.Glued(hyphen) &&
      NumeralOf(words_.Text(hyphen + 1)).kind == NumeralKind::kOrdinal) {
    const double value = low->value + NumeralOf(words_.Text(hyphen + 1)).value;
    Set(n, NumberKind::kOrdinal, value, value, hyphen + 2);
    return true;
  }
  Set(n, NumberKind::kCardinal, low->value, low->value, low->end);
  bool bare = low->bare_digits && n.currency.empty();
  if (Range(n, *low)) {
    n.kind = NumberKind::kRange;
  }
  Percent(n);
  Kind(n, bare);
  return true;
}

// Extends the cardinal `low` to a range, if one follows.
bool NumberFinder::Range(Number& n, const Cardinal& low) const {
  const TokenIndex link = low.end;
  const bool dash = words_.IsDashAt(link);
  const bool word = words_.Is(link, "to") || words_.Is(link, "through");
  const bool between = n.begin > words_.begin() && words_.Is(n.begin - 1, "between") && words_.Is(link, "and");
  const bool either = words_.Is(link, "or");
  if (!dash && !word && !between && !either) {
    return false;
  }
  TokenIndex next = link + 1;
  if (!n.currency.empty() && words_.Text(next) == n.currency) {
    ++next;
  }
  const std::optional<Cardinal> high = ParseCardinal(words_, next);
  if (!high) {
    return false;
  }
  double min = low.value;
  const bool tight = dash && words_.Glued(link) && words_.Glued(link - 1);
  if (high->scale > 1 && low.scale <= 1 && low.value < high->value / high->scale) {
    min *= high->scale;  // 2 to 3 million
  } else if (tight && low.value < 1000 && high->value >= 1000 && std::fmod(high->value, 1000) == 0 &&
             low.value * 1000 < high->value) {
    min *= 1000;  // 20-30,000
  }
  if (min >= high->value || (dash && !tight && words_.Text(link) == "--")) {
    return false;
  }
  if (either && high->value > 3 * min) {
    return false;  // "one or more than ten" and the like
  }
  n.min = min;
  n.max = high->value;
  n.end = high->end;
  return true;
}

void NumberFinder::Percent(Number& n) const {
  const TokenIndex end = n.end;
  TokenIndex length = words_.Is(end, "%") || words_.Is(end, "percent") ? 1 : 0;
  length = words_.MatchForward(end, "per cent") > 0 ? 2 : length;
  if (length == 0 && words_.IsHyphenAt(end) && words_.Is(end + 1, "percent")) {
    length = 2;
  }
  if (length > 0 && n.currency.empty()) {
    n.kind = NumberKind::kPercent;
    n.end = end + length;
    // "20% to 30%"
    if (words_.Is(n.end, "to") || words_.IsDashAt(n.end)) {
      const std::optional<Cardinal> high = ParseCardinal(words_, n.end + 1);
      if (high && words_.Is(high->end, "%") && high->value > *n.max) {
        n.max = high->value;
        n.end = high->end + 1;
      }
    }
  }
}

// ---- what is no quantity

void NumberFinder::Kind(Number& n, bool bare) const {
  if (n.kind != NumberKind::kCardinal && n.kind != NumberKind::kRange) {
    return;
  }
  if (n.currency.empty()) {
    if (IsAge(n)) {
      n.kind = NumberKind::kAge;
    } else if (bare && IsYear(n)) {
      n.kind = NumberKind::kYear;
    } else if (IsLabel(n)) {
      n.kind = NumberKind::kLabel;
    } else if (IsClock(n.end)) {
      n.kind = NumberKind::kDate;
    } else if (IsPronoun(n)) {
      n.kind = NumberKind::kPronoun;
    }
  }
}

bool NumberFinder::IsClock(TokenIndex end) const {
  return words_.IsOneOf(end, kClock) && !(words_.Is(end, "hours") || words_.Is(end, "hrs"));
}

bool NumberFinder::IsYear(const Number& n) const {
  const std::string_view token = words_.Text(n.begin);
  const double year = *n.min;
  if (token.size() != 4 || std::floor(year) != year || year < 1000 || year > 2100) {
    return false;
  }
  const TokenIndex i = n.begin;
  const bool first = i == words_.begin();
  const bool modern = year >= 1900;
  const bool noun_after = words_.StartsLower(n.end) && words_.Text(n.end).size() > 2;
  if (n.kind == NumberKind::kRange) {  // 2012-2014, from 2012 to 2014
    return modern && *n.max <= 2100 && words_.Text(n.end - 1).size() <= 4;
  }
  if (!first) {
    const std::string_view before = words_.Text(i - 1);
    // May 7-9, 2018
    if (!out_.empty() && out_.back().kind == NumberKind::kDate && out_.back().min &&
        out_.back().end == (before == "," ? i - 1 : i)) {
      return true;
    }
    // May 2018; May 7, 2018
    if (MonthOf(before) || SeasonOf(before)) {
      return true;
    }
    if (before == "," && i >= words_.begin() + 3 && (IsDayOfMonth(i - 2) || MonthOf(words_.Text(i - 2)))) {
      return MonthOf(words_.Text(i - 3)).has_value() || MonthOf(words_.Text(i - 2)).has_value();
    }
    if (IsDayOfMonth(i - 1) && i >= words_.begin() + 2 && MonthOf(words_.Text(i - 2))) {
      return true;
    }
    if (modern && words_.IsOneOf(i - 1, kYearBefore)) {
      return true;
    }
    if (!modern && noun_after) {
      return false;
    }
    if (words_.Is(i - 1, "in") || words_.Is(i - 1, "since")) {
      return true;
    }
    if (words_.Is(i - 1, "and") || words_.Is(i - 1, "to")) {  // between 2012 and 2014, in 2012 and 2013
      const Numeral earlier = i >= words_.begin() + 2 ? NumeralOf(words_.Text(i - 2)) : Numeral{};
      if (modern && earlier.kind == NumeralKind::kDigits && words_.Text(i - 2).size() == 4 && earlier.value < year) {
        return true;
      }
    }
  }
  if (!modern) {
    return false;
  }
  // What is left: "the toll of 2013" was caught above; "killed 2000 people" counts, "(2013)" does not.
  Number probe = n;
  if (const std::optional<NumberQualifier> qualifier = QualifierBefore(words_, probe)) {
    return !noun_after && qualifier == NumberQualifier::kAbout && std::fmod(year, 100) != 0;
  }
  return !noun_after || std::fmod(year, 100) != 0;
}

bool NumberFinder::IsAge(const Number& n) const {
  TokenIndex end = n.end;
  // 34-year-old, 34 years old, two months of age
  const TokenIndex unit = words_.IsHyphenAt(end) ? end + 1 : end;
  static constexpr std::string_view kUnits[] = {"year", "years", "month", "months", "week", "weeks", "day", "days"};
  if (words_.IsOneOf(unit, kUnits)) {
    const TokenIndex old = words_.IsHyphenAt(unit + 1) ? unit + 2 : unit + 1;
    if (words_.Is(old, "old") || words_.Is(old, "olds") || words_.MatchForward(unit + 1, "of age") > 0) {
      return true;
    }
  }
  // aged 34; ages 5 to 10; aged from six to 12; aged between 5 and 10; at the age of 18
  TokenIndex i = n.begin;
  if (i > words_.begin() && (words_.Is(i - 1, "from") || words_.Is(i - 1, "between") || words_.Is(i - 1, "of") ||
                             words_.Is(i - 1, "under") || words_.Is(i - 1, "over"))) {
    --i;
  }
  if (i > words_.begin()) {
    static constexpr std::string_view kAges[] = {"aged", "age", "ages"};
    if (words_.IsOneOf(i - 1, kAges)) {
      return true;
    }
    if (!out_.empty() && out_.back().kind == NumberKind::kAge && out_.back().end == n.begin - 1 &&
        (words_.Is(n.begin - 1, "and") || words_.Is(n.begin - 1, "or") || words_.Is(n.begin - 1, ","))) {
      return !words_.StartsLower(n.end) || words_.Is(n.end, "and") || words_.Is(n.end, "or");
    }
  }
  // "Ahmed Khalil, 34, said"
  const bool digits = words_.At(n.begin).kind == TokenKind::kNumber && n.end == n.begin + 1;
  return digits && *n.max <= 110 && n.begin >= words_.begin() + 2 && words_.Text(n.begin - 1) == "," &&
         words_.StartsUpper(n.begin - 2) && !MonthOf(words_.Text(n.begin - 2)) &&
         (words_.Text(n.end) == "," || words_.Text(n.end) == ".");
}

bool NumberFinder::IsLabel(const Number& n) const {
  const TokenIndex i = n.begin;
  const bool digits = words_.At(i).kind == TokenKind::kNumber;
  if (i == words_.begin()) {  // an enumerator
    return digits && (words_.Text(n.end) == "." || words_.Text(n.end) == ")") && n.end + 1 < words_.end();
  }
  const std::string_view before = words_.Text(i - 1);
  if (before == "[" && words_.Text(n.end) == "]") {
    return true;
  }
  if (digits && words_.IsHyphenAt(i - 1) && words_.Glued(i - 1) && i >= words_.begin() + 2 && words_.Glued(i - 2) &&
      words_.StartsUpper(i - 2)) {
    return true;  // T-72, COVID-19
  }
  if (digits && before == "+" && i >= words_.begin() + 2 && words_.Glued(i - 1)) {
    return true;  // UTC+3
  }
  if (digits && words_.StartsUpper(i - 1) && words_.IsOneOf(n.end, kPlaceNouns)) {
    return true;  // Mezzeh 86 neighborhood
  }
  if (words_.IsOneOf(i - 1, kLabelNouns)) {
    // "the number 300 people" does not occur; "phase two" and "Article 5" do
    return !(words_.Is(i - 1, "no") && !digits);
  }
  return std::find(std::begin(kCapitalLabelNouns), std::end(kCapitalLabelNouns), before) !=
         std::end(kCapitalLabelNouns);
}

bool NumberFinder::IsPronoun(const Number& n) const {
  if (!words_.Is(n.begin, "one") || n.end != n.begin + 1) {
    return false;
  }
  return words_.IsOneOf(n.end, kNotOneAfter) ||
         (n.begin > words_.begin() && words_.IsOneOf(n.begin - 1, kNotOneBefore) &&
          !(words_.Is(n.begin - 1, "some") || words_.Is(n.begin - 1, "the"))) ||
         (n.begin > words_.begin() && words_.Is(n.begin - 1, "the") && !words_.StartsLower(n.end));
}

void NumberFinder::Finish(Number& n) const {
  n.full_begin = n.begin;
  n.full_end = n.end;
  if (n.kind == NumberKind::kVague) {
    n.qualifier = NumberQualifier::kAbout;
  }
  if (IsQuantity(n.kind)) {
    Qualify(words_, n);
  }
}

}  // namespace

void FindNumbers(const Document& document, const Sentence& sentence, std::vector<Number>& out) {
  out.clear();
  NumberFinder(document, sentence, out).Run();
}

}  // namespace sitgraph::language
