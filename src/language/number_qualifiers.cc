// Tables of qualifying phrases, and matching them around a number.
#include "src/language/number_qualifiers.h"

#include <string_view>

#include "src/language/number_words.h"

namespace sitgraph::language {
namespace {

struct Phrase {
  std::string_view words;
  NumberQualifier qualifier;
};

// Longer phrases before the shorter ones that end them.
constexpr Phrase kBefore[] = {
    {"no fewer than", NumberQualifier::kMoreThan},
    {"no less than", NumberQualifier::kMoreThan},
    {"not fewer than", NumberQualifier::kMoreThan},
    {"not less than", NumberQualifier::kMoreThan},
    {"no more than", NumberQualifier::kLessThan},
    {"not more than", NumberQualifier::kLessThan},
    {"well over", NumberQualifier::kMoreThan},
    {"more than", NumberQualifier::kMoreThan},
    {"greater than", NumberQualifier::kMoreThan},
    {"larger than", NumberQualifier::kMoreThan},
    {"at least", NumberQualifier::kMoreThan},
    {"at the least", NumberQualifier::kMoreThan},
    {"a minimum of", NumberQualifier::kMoreThan},
    {"upwards of", NumberQualifier::kMoreThan},
    {"upward of", NumberQualifier::kMoreThan},
    {"in excess of", NumberQualifier::kMoreThan},
    {"over", NumberQualifier::kMoreThan},
    {"above", NumberQualifier::kMoreThan},
    {"exceeding", NumberQualifier::kMoreThan},
    {"exceeded", NumberQualifier::kMoreThan},
    {"exceeds", NumberQualifier::kMoreThan},
    {"surpassed", NumberQualifier::kMoreThan},
    {">", NumberQualifier::kMoreThan},
    {"fewer than", NumberQualifier::kLessThan},
    {"less than", NumberQualifier::kLessThan},
    {"up to", NumberQualifier::kLessThan},
    {"at most", NumberQualifier::kLessThan},
    {"at the most", NumberQualifier::kLessThan},
    {"a maximum of", NumberQualifier::kLessThan},
    {"under", NumberQualifier::kLessThan},
    {"below", NumberQualifier::kLessThan},
    {"<", NumberQualifier::kLessThan},
    {"as many as", NumberQualifier::kAbout},
    {"as much as", NumberQualifier::kAbout},
    {"as high as", NumberQualifier::kAbout},
    {"as few as", NumberQualifier::kAbout},
    {"close to", NumberQualifier::kAbout},
    {"just over", NumberQualifier::kMoreThan},
    {"just under", NumberQualifier::kLessThan},
    {"somewhere around", NumberQualifier::kAbout},
    {"in the region of", NumberQualifier::kAbout},
    {"on the order of", NumberQualifier::kAbout},
    {"in the order of", NumberQualifier::kAbout},
    {"an estimated", NumberQualifier::kAbout},
    {"estimated", NumberQualifier::kAbout},
    {"estimated at", NumberQualifier::kAbout},
    {"more or less", NumberQualifier::kAbout},
    {"nearly", NumberQualifier::kAbout},
    {"almost", NumberQualifier::kAbout},
    {"about", NumberQualifier::kAbout},
    {"around", NumberQualifier::kAbout},
    {"approximately", NumberQualifier::kAbout},
    {"approx.", NumberQualifier::kAbout},
    {"approx", NumberQualifier::kAbout},
    {"roughly", NumberQualifier::kAbout},
    {"some", NumberQualifier::kAbout},
    {"circa", NumberQualifier::kAbout},
    {"c.", NumberQualifier::kAbout},
    {"ca.", NumberQualifier::kAbout},
    {"~", NumberQualifier::kAbout},
    {"exactly", NumberQualifier::kExact},
    {"precisely", NumberQualifier::kExact},
    {"a total of", NumberQualifier::kExact},
    {"totaling", NumberQualifier::kExact},
    {"totalling", NumberQualifier::kExact},
};
constexpr Phrase kAfter[] = {
    {"or more", NumberQualifier::kMoreThan},      {"or over", NumberQualifier::kMoreThan},
    {"and more", NumberQualifier::kMoreThan},     {"if not more", NumberQualifier::kMoreThan},
    {"plus", NumberQualifier::kMoreThan},         {"at least", NumberQualifier::kMoreThan},
    {"at a minimum", NumberQualifier::kMoreThan}, {"or fewer", NumberQualifier::kLessThan},
    {"or less", NumberQualifier::kLessThan},      {"at most", NumberQualifier::kLessThan},
    {"at the most", NumberQualifier::kLessThan},  {"or so", NumberQualifier::kAbout},
    {"or thereabouts", NumberQualifier::kAbout},  {"more or less", NumberQualifier::kAbout},
};
// Words after which "over" and "about" are no qualifiers: "handed over seven tanks", "control over 20 villages".
constexpr std::string_view kTakeOver[] = {
    "hand",    "hands",    "handed",  "handing", "turn",     "turned",   "turning", "take",       "takes",   "took",
    "taken",   "taking",   "give",    "gave",    "given",    "giving",   "fly",     "flew",       "flown",   "flying",
    "pass",    "passed",   "passing", "cross",   "crossed",  "control",  "dispute", "disputes",   "victory", "all",
    "concern", "concerns", "sign",    "signed",  "hovering", "presided", "command", "sovereignty"};
constexpr std::string_view kTakeAbout[] = {"talk",    "talks",     "talked",   "talking",     "speak",
                                           "spoke",   "spoken",    "said",     "asked",       "reports",
                                           "report",  "concerned", "concerns", "information", "worried",
                                           "brought", "bring",     "told",     "statement",   "statements"};
// May stand between a qualifier and its number.
constexpr std::string_view kBetween[] = {"another", "additional", "further", "the", "a", "an"};

// Whether the words of `phrase` at `begin` qualify the number rather than belong to the word before them.
bool IsQualifier(const SentenceWords& words, const Number& n, const Phrase& phrase, TokenIndex begin) {
  const bool has_before = begin > words.begin();
  if (phrase.words == "over" && has_before) {
    return !words.IsOneOf(begin - 1, kTakeOver);
  }
  if (phrase.words == "about" && has_before) {
    return !words.IsOneOf(begin - 1, kTakeAbout);
  }
  if (phrase.words == "under" || phrase.words == "below" || phrase.words == "above") {
    return n.max.value_or(0) >= 10;  // "under two agreements"
  }
  return true;
}

void ApplyQualifier(Number& n, NumberQualifier qualifier) {
  if (qualifier == NumberQualifier::kExact) {
    return;
  }
  n.qualifier = qualifier;
  if (qualifier == NumberQualifier::kMoreThan) {
    n.max.reset();
  } else if (qualifier == NumberQualifier::kLessThan) {
    n.min.reset();
  }
}

}  // namespace

std::optional<NumberQualifier> QualifierBefore(const SentenceWords& words, Number& n) {
  std::optional<NumberQualifier> found;
  TokenIndex end = n.begin;
  n.full_begin = n.begin;
  for (int round = 0; round < 3; ++round) {
    const Phrase* match = nullptr;
    TokenIndex length = 0;
    TokenIndex skip = 0;
    while (match == nullptr && skip <= 2) {
      for (const Phrase& phrase : kBefore) {
        const TokenIndex matched = words.MatchBackward(end - skip, phrase.words);
        if (matched > length) {
          match = &phrase;
          length = matched;
        }
      }
      if (match != nullptr || end < words.begin() + skip + 1 || !words.IsOneOf(end - skip - 1, kBetween)) {
        break;
      }
      ++skip;
    }
    if (match == nullptr || !IsQualifier(words, n, *match, end - skip - length)) {
      break;
    }
    end -= skip + length;
    n.full_begin = end;
    const bool bound = match->qualifier == NumberQualifier::kMoreThan || match->qualifier == NumberQualifier::kLessThan;
    if (!found || found == NumberQualifier::kExact || (bound && found == NumberQualifier::kAbout)) {
      found = match->qualifier;
    }
  }
  return found;
}

void Qualify(const SentenceWords& words, Number& n) {
  std::optional<NumberQualifier> qualifier = QualifierBefore(words, n);
  // The words that open a range belong to it.
  if (n.kind == NumberKind::kRange && n.full_begin == n.begin && n.begin > words.begin() &&
      (words.Is(n.begin - 1, "between") || words.Is(n.begin - 1, "from"))) {
    Number outer = n;
    outer.begin = n.begin - 1;
    qualifier = QualifierBefore(words, outer);
    n.full_begin = outer.full_begin;
  }
  // 30+ and 20-odd, then the words after
  if (words.Text(n.end) == "+" && words.Glued(n.end - 1)) {
    n.full_end = n.end + 1;
    qualifier = NumberQualifier::kMoreThan;
  } else if (words.IsHyphenAt(n.end) && (words.Is(n.end + 1, "odd") || words.Is(n.end + 1, "plus"))) {
    n.full_end = n.end + 2;
    qualifier = words.Is(n.end + 1, "odd") ? NumberQualifier::kAbout : NumberQualifier::kMoreThan;
  } else if (qualifier.value_or(NumberQualifier::kExact) == NumberQualifier::kExact) {
    for (const Phrase& phrase : kAfter) {
      const TokenIndex length = words.MatchForward(n.end, phrase.words);
      // Not "10 or more than 12", "10 at least 12": those words belong to the next number.
      if (length > 0 && !words.Is(n.end + length, "than") && !ParseCardinal(words, n.end + length)) {
        n.full_end = n.end + length;
        qualifier = phrase.qualifier;
        break;
      }
    }
  }
  ApplyQualifier(n, qualifier.value_or(NumberQualifier::kExact));
}

}  // namespace sitgraph::language
