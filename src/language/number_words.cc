// Numeral words and digit strings, and the grammar of cardinals.
#include "src/language/number_words.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "src/language/characters.h"

namespace sitgraph::language {
namespace {

struct Entry {
  std::string_view word;
  NumeralKind kind;
  double value;
};

// Sorted by word.
constexpr Entry kWords[] = {
    {"billion", NumeralKind::kScale, 1e9},
    {"billions", NumeralKind::kPlural, 1e9},
    {"bln", NumeralKind::kScale, 1e9},
    {"dozen", NumeralKind::kDozen, 12},
    {"dozens", NumeralKind::kPlural, 12},
    {"eight", NumeralKind::kUnit, 8},
    {"eighteen", NumeralKind::kUnit, 18},
    {"eighteenth", NumeralKind::kOrdinal, 18},
    {"eighth", NumeralKind::kOrdinal, 8},
    {"eighths", NumeralKind::kFraction, 8},
    {"eightieth", NumeralKind::kOrdinal, 80},
    {"eighty", NumeralKind::kTens, 80},
    {"eleven", NumeralKind::kUnit, 11},
    {"eleventh", NumeralKind::kOrdinal, 11},
    {"fifteen", NumeralKind::kUnit, 15},
    {"fifteenth", NumeralKind::kOrdinal, 15},
    {"fifth", NumeralKind::kOrdinal, 5},
    {"fifths", NumeralKind::kFraction, 5},
    {"fiftieth", NumeralKind::kOrdinal, 50},
    {"fifty", NumeralKind::kTens, 50},
    {"first", NumeralKind::kOrdinal, 1},
    {"five", NumeralKind::kUnit, 5},
    {"fortieth", NumeralKind::kOrdinal, 40},
    {"forty", NumeralKind::kTens, 40},
    {"four", NumeralKind::kUnit, 4},
    {"fourteen", NumeralKind::kUnit, 14},
    {"fourteenth", NumeralKind::kOrdinal, 14},
    {"fourth", NumeralKind::kOrdinal, 4},
    {"fourths", NumeralKind::kFraction, 4},
    {"half", NumeralKind::kFraction, 2},
    {"hundred", NumeralKind::kHundred, 100},
    {"hundreds", NumeralKind::kPlural, 100},
    {"hundredth", NumeralKind::kOrdinal, 100},
    {"million", NumeralKind::kScale, 1e6},
    {"millions", NumeralKind::kPlural, 1e6},
    {"mln", NumeralKind::kScale, 1e6},
    {"nine", NumeralKind::kUnit, 9},
    {"nineteen", NumeralKind::kUnit, 19},
    {"nineteenth", NumeralKind::kOrdinal, 19},
    {"ninetieth", NumeralKind::kOrdinal, 90},
    {"ninety", NumeralKind::kTens, 90},
    {"ninth", NumeralKind::kOrdinal, 9},
    {"ninths", NumeralKind::kFraction, 9},
    {"one", NumeralKind::kUnit, 1},
    {"quarter", NumeralKind::kFraction, 4},
    {"quarters", NumeralKind::kFraction, 4},
    {"scores", NumeralKind::kPlural, 20},
    {"second", NumeralKind::kOrdinal, 2},
    {"seven", NumeralKind::kUnit, 7},
    {"seventeen", NumeralKind::kUnit, 17},
    {"seventeenth", NumeralKind::kOrdinal, 17},
    {"seventh", NumeralKind::kOrdinal, 7},
    {"sevenths", NumeralKind::kFraction, 7},
    {"seventieth", NumeralKind::kOrdinal, 70},
    {"seventy", NumeralKind::kTens, 70},
    {"six", NumeralKind::kUnit, 6},
    {"sixteen", NumeralKind::kUnit, 16},
    {"sixteenth", NumeralKind::kOrdinal, 16},
    {"sixth", NumeralKind::kOrdinal, 6},
    {"sixths", NumeralKind::kFraction, 6},
    {"sixtieth", NumeralKind::kOrdinal, 60},
    {"sixty", NumeralKind::kTens, 60},
    {"ten", NumeralKind::kUnit, 10},
    {"tens", NumeralKind::kPlural, 10},
    {"tenth", NumeralKind::kOrdinal, 10},
    {"tenths", NumeralKind::kFraction, 10},
    {"third", NumeralKind::kOrdinal, 3},
    {"thirds", NumeralKind::kFraction, 3},
    {"thirteen", NumeralKind::kUnit, 13},
    {"thirteenth", NumeralKind::kOrdinal, 13},
    {"thirtieth", NumeralKind::kOrdinal, 30},
    {"thirty", NumeralKind::kTens, 30},
    {"thousand", NumeralKind::kScale, 1e3},
    {"thousands", NumeralKind::kPlural, 1e3},
    {"three", NumeralKind::kUnit, 3},
    {"trillion", NumeralKind::kScale, 1e12},
    {"trillions", NumeralKind::kPlural, 1e12},
    {"twelfth", NumeralKind::kOrdinal, 12},
    {"twelve", NumeralKind::kUnit, 12},
    {"twentieth", NumeralKind::kOrdinal, 20},
    {"twenty", NumeralKind::kTens, 20},
    {"two", NumeralKind::kUnit, 2},
    {"zero", NumeralKind::kUnit, 0},
};

constexpr int kLongestDigits = 15;  // more do not fit into a double exactly: not a count but an identifier

// Measures after which "1.200" is a decimal, and directions after which a glued "m" means metres.
constexpr std::string_view kMeasures[] = {"percent", "per",    "km",     "kilometers", "kilometres",
                                          "m",       "meters", "metres", "tons",       "tonnes",
                                          "kg",      "miles",  "square", "hectares"};
constexpr std::string_view kAfterMetres[] = {
    "from",  "away",  "north", "south",  "east", "west", "long", "wide", "tall",   "deep", "high",  "of",     "to",
    "below", "above", "off",   "inside", "down", "up",   "in",   "into", "beyond", "and",  "apart", "before", "past"};

bool IsCurrency(std::string_view t) {
  return t == "$" || t == "US$" || t == "\u20AC" || t == "\u00A3" || t == "\u00A5" || t == "\u20BA" || t == "\u20BD";
}

// The last letters of an ordinal in digits: 1st, 22nd.
bool EndsOrdinal(std::string_view suffix) {
  return EqualsLower(suffix, "st") || EqualsLower(suffix, "nd") || EqualsLower(suffix, "rd") ||
         EqualsLower(suffix, "th");
}

double VulgarFraction(std::string_view token) {
  constexpr struct {
    std::string_view sign;
    double value;
  } kSigns[] = {{"\u00BC", 0.25}, {"\u00BD", 0.5}, {"\u00BE", 0.75}, {"\u2153", 1.0 / 3}, {"\u2154", 2.0 / 3}};
  for (const auto& s : kSigns) {
    if (token == s.sign) {
      return s.value;
    }
  }
  return 0;
}

// Reads digit groups and their separators.
struct DigitGroups {
  double value = 0;  // all digits, separators ignored
  int digits = 0;
  int groups = 1;
  int last_group = 0;  // digits in the last group
  int first_group = 0;
  bool even = true;    // every group but the first has three digits
  char separator = 0;  // the first one
  char last_separator = 0;
  bool valid = true;
};

DigitGroups ReadGroups(std::string_view token) {
  DigitGroups g;
  size_t p = 0;
  while (p < token.size()) {
    const CodePoint c = CodePointAt(token, p);
    p += c.size;
    const int digit = u_charDigitValue(static_cast<UChar32>(c.value));
    if (digit >= 0) {
      g.value = g.value * 10 + digit;
      ++g.digits;
      ++g.last_group;
      g.first_group += g.groups == 1 ? 1 : 0;
      continue;
    }
    char separator = 0;
    if (c.value == U'.' || c.value == U',') {
      separator = static_cast<char>(c.value);
    } else if (c.value == U'\u066B' || c.value == U'\u066C') {  // Arabic decimal and thousands separators
      separator = c.value == U'\u066B' ? '.' : ',';
    }
    // One kind of separator throughout, but for a decimal mark at the end.
    if (separator == 0 || (g.last_separator != 0 && g.last_separator != g.separator)) {
      g.valid = false;
      return g;
    }
    g.even = g.even && (g.groups == 1 || g.last_group == 3);
    g.separator = g.separator == 0 ? separator : g.separator;
    g.last_separator = separator;
    ++g.groups;
    g.last_group = 0;
  }
  g.valid = g.digits > 0 && g.digits <= kLongestDigits && g.last_group > 0;
  return g;
}

bool IsDecimal(const DigitGroups& g) {
  if (g.groups == 1) {
    return false;
  }
  if (g.last_separator != g.separator) {
    return true;  // 1,234.5
  }
  // One separator: a point is a decimal mark, a comma only where no group of three follows.
  return g.groups == 2 && (g.separator == '.' || g.last_group <= 2);
}

}  // namespace

std::optional<double> ParseDigits(std::string_view token) {
  const DigitGroups g = ReadGroups(token);
  if (!g.valid) {
    return std::nullopt;
  }
  if (IsDecimal(g)) {
    const bool grouped_before = g.groups <= 2 || (g.even && g.first_group <= 3);
    if (!grouped_before) {
      return std::nullopt;
    }
    return g.value / std::pow(10.0, g.last_group);
  }
  if (g.groups > 1 && (!g.even || g.last_group != 3 || g.first_group > 3 || g.first_group == 0)) {
    return std::nullopt;
  }
  return g.value;
}

Numeral NumeralOf(std::string_view token) {
  if (token.empty()) {
    return {};
  }
  if (const double fraction = VulgarFraction(token); fraction > 0) {
    return {NumeralKind::kFraction, 1 / fraction};
  }
  const CodePoint first = CodePointAt(token, 0);
  const bool point = first.value == U'.' && token.size() > 1;
  if (ClassOf(first.value) == CharClass::kDigit || point) {
    if (const std::optional<double> value = ParseDigits(token)) {
      return {NumeralKind::kDigits, *value};
    }
    if (token.size() > 2 && EndsOrdinal(token.substr(token.size() - 2))) {
      if (const std::optional<double> value = ParseDigits(token.substr(0, token.size() - 2))) {
        return {NumeralKind::kOrdinal, *value};
      }
    }
    return {};
  }
  const LowerWord lower(token);
  const auto* const found = std::lower_bound(std::begin(kWords), std::end(kWords), lower.view(),
                                             [](const Entry& e, std::string_view w) { return e.word < w; });
  if (found == std::end(kWords) || found->word != lower.view()) {
    return {};
  }
  return {found->kind, found->value};
}

namespace {

class CardinalParser {
 public:
  CardinalParser(const SentenceWords& words, TokenIndex i) : words_(words), p_(i) {}

  std::optional<Cardinal> Parse() {
    const TokenIndex begin = p_;
    const Numeral first = NumeralOf(words_.Text(p_));
    bool found = false;
    if (first.kind == NumeralKind::kDigits) {
      found = Digits(first.value);
    } else if (first.kind == NumeralKind::kFraction && words_.Is(p_, "half")) {
      found = HalfA();
    } else {
      if (words_.Is(p_, "a") || words_.Is(p_, "an")) {
        ++p_;
        const NumeralKind next = NumeralOf(words_.Text(p_)).kind;
        if (next != NumeralKind::kHundred && next != NumeralKind::kScale && next != NumeralKind::kDozen) {
          return std::nullopt;
        }
      }
      found = Words();
    }
    if (!found) {
      return std::nullopt;
    }
    AndAHalf();
    result_.end = p_;
    result_.bare_digits = first.kind == NumeralKind::kDigits && p_ == begin + 1;
    return result_;
  }

 private:
  Numeral At(TokenIndex i) const { return NumeralOf(words_.Text(i)); }

  // The next part may be joined by a hyphen: "twenty-three", "2-million".
  TokenIndex OverHyphen(TokenIndex i) const {
    return words_.IsHyphenAt(i) && i > words_.begin() && words_.Glued(i - 1) && words_.Glued(i) ? i + 1 : i;
  }

  bool Digits(double value) {
    const std::string_view token = words_.Text(p_);
    ++p_;
    value = EuropeanThousands(token, value);
    value = SpacedThousands(token, value);
    result_.value = value;
    Scale();
    return true;
  }

  // "1.200 people": three digits after a point and no measure behind.
  double EuropeanThousands(std::string_view token, double value) const {
    const DigitGroups g = ReadGroups(token);
    const bool shape = g.groups == 2 && g.separator == '.' && g.last_group == 3 && g.first_group >= 1 &&
                       g.first_group <= 3 && token[0] != '0';
    const bool counts = words_.StartsLower(p_) && At(p_).kind == NumeralKind::kNone && words_.Text(p_).size() > 3 &&
                        !words_.IsOneOf(p_, kMeasures);
    return shape && counts ? value * 1000 : value;
  }

  // "12 000": groups of exactly three digits after one to three.
  double SpacedThousands(std::string_view first, double value) {
    const auto plain = [](std::string_view t, size_t least, size_t most) {
      return t.size() >= least && t.size() <= most &&
             std::all_of(t.begin(), t.end(), [](char c) { return c >= '0' && c <= '9'; });
    };
    if (!plain(first, 1, 3) || first[0] == '0') {
      return value;
    }
    while (plain(words_.Text(p_), 3, 3) && value < 1e12 && !words_.Glued(p_ - 1)) {
      value = value * 1000 + At(p_).value;
      ++p_;
    }
    return value;
  }

  void Scale() {
    TokenIndex next = OverHyphen(p_);
    const bool glued = next == p_ && words_.Glued(p_ - 1);
    double scale = LetterScale(next, glued);
    if (scale == 0) {
      const Numeral n = At(next);
      if (n.kind != NumeralKind::kScale && n.kind != NumeralKind::kHundred && n.kind != NumeralKind::kDozen) {
        return;
      }
      scale = n.value;
    }
    result_.value *= scale;
    result_.scale *= scale;
    p_ = next + 1;
    // "2 hundred thousand"
    if (At(p_).kind == NumeralKind::kScale && At(p_).value > scale) {
      result_.value *= At(p_).value;
      result_.scale *= At(p_).value;
      ++p_;
    }
  }

  double LetterScale(TokenIndex next, bool glued) const {
    const std::string_view t = words_.Text(next);
    if (EqualsLower(t, "bn") || EqualsLower(t, "mn") || EqualsLower(t, "tn")) {
      return EqualsLower(t, "bn") ? 1e9 : (EqualsLower(t, "mn") ? 1e6 : 1e12);
    }
    if (!glued) {
      return 0;
    }
    const bool money = p_ >= words_.begin() + 2 && IsCurrency(words_.Text(p_ - 2));
    if (EqualsLower(t, "k")) {
      return 1e3;
    }
    if (EqualsLower(t, "b")) {
      return money ? 1e9 : 0;
    }
    if (EqualsLower(t, "m")) {
      const bool counts = words_.StartsLower(next + 1) && !words_.IsOneOf(next + 1, kAfterMetres);
      return money || counts ? 1e6 : 0;
    }
    return 0;
  }

  // "half a million", "half a dozen"
  bool HalfA() {
    if (!words_.Is(p_ + 1, "a")) {
      return false;
    }
    const Numeral n = At(p_ + 2);
    if (n.kind != NumeralKind::kScale && n.kind != NumeralKind::kDozen && n.kind != NumeralKind::kHundred) {
      return false;
    }
    result_.value = n.value / 2;
    result_.scale = n.value;
    p_ += 3;
    return true;
  }

  // "two hundred and five thousand and one": units and tens gather below each hundred, hundreds below each scale.
  bool Words() {
    double total = 0;
    double group = 0;    // below the next scale word
    double room = 1e15;  // what is added next must be less than this
    double last_scale = 1e15;
    bool any = false;
    for (;;) {
      TokenIndex next = any ? OverHyphen(p_) : p_;
      if (any && words_.Is(next, "and") && (room == 100 || room == 1000) && After(next + 1)) {
        ++next;
      }
      const Numeral n = At(next);
      if ((n.kind == NumeralKind::kUnit || n.kind == NumeralKind::kTens) && n.value < room && (n.value > 0 || !any)) {
        group += n.value;
        room = n.kind == NumeralKind::kTens ? 10 : 1;
      } else if (n.kind == NumeralKind::kHundred && group < 100) {
        group = std::max(group, 1.0) * 100;
        room = 100;
      } else if (n.kind == NumeralKind::kDozen && group < 100) {
        group = std::max(group, 1.0) * 12;
        room = 1;
      } else if (n.kind == NumeralKind::kScale && n.value < last_scale) {
        total += std::max(group, 1.0) * n.value;
        last_scale = n.value;
        group = 0;
        room = 1000;
        result_.scale = n.value;
      } else {
        break;
      }
      any = true;
      p_ = next + 1;
    }
    result_.value = total + group;
    result_.scale = group > 0 ? 1 : result_.scale;
    return any;
  }

  bool After(TokenIndex i) const {
    const NumeralKind kind = At(i).kind;
    return kind == NumeralKind::kUnit || kind == NumeralKind::kTens;
  }

  // "two and a half", "one and a half million"
  void AndAHalf() {
    if (words_.MatchForward(p_, "and a half") == 0 && words_.MatchForward(p_, "and one half") == 0) {
      return;
    }
    p_ += 3;
    result_.value += result_.scale / 2;
    if (At(p_).kind == NumeralKind::kScale && result_.scale <= 1) {
      result_.value *= At(p_).value;
      result_.scale = At(p_).value;
      ++p_;
    }
  }

  const SentenceWords& words_;
  TokenIndex p_;
  Cardinal result_;
};

}  // namespace

std::optional<Cardinal> ParseCardinal(const SentenceWords& words, TokenIndex i) {
  if (!words.Has(i)) {
    return std::nullopt;
  }
  return CardinalParser(words, i).Parse();
}

}  // namespace sitgraph::language
