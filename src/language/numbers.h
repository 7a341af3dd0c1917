// Number expressions in a sentence, with their values, kinds and the qualifiers around them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "src/language/document.h"

namespace sitgraph::language {

enum class NumberKind : uint8_t {
  kCardinal,  // 1,600; twenty-three; 2.5 million; a dozen
  kVague,     // several, dozens, tens of thousands: a range by convention
  kRange,     // 20-30, between 10 and 15, from 5 to 7, two or three
  kPercent,   // 30%, five percent, 20-30%
  kFraction,  // half, two thirds, one in five, 1/2
  kOrdinal,   // first, 20th
  // What is never a quantity:
  kDate,     // day of a month, clock time, numeric date
  kYear,     // 2018, 2012-2014, the 1990s
  kAge,      // aged from six to 12, 34-year-old, "Ahmed, 34,"
  kLabel,    // Route 30, No. 4, Resolution 2118, T-72, "1." before a list item, telephone numbers
  kPronoun,  // "one of them", "the other one", "no one"
};

// A number that can be counted or measured with.
constexpr bool IsQuantity(NumberKind kind) { return kind <= NumberKind::kFraction; }

enum class NumberQualifier : uint8_t { kExact, kAbout, kMoreThan, kLessThan };

// Bounds are inclusive and already follow the qualifier: "more than 160" is {160, -}, "up to 60" {-, 60}, "almost
// 4,300" {4300, 4300}; vague numbers are kAbout unless a bound stands before them. Fractions and percentages: 0.5; 30.
// Ordinals, years, days, ages and labels carry their value without a meaning beyond it.
//
// Conventions for vague numbers: several, a few, a handful 3-9; dozens 24-99; tens 20-99; scores 40-99; hundreds
// 200-999; thousands 2000-9999; tens and hundreds of a scale 20-99 and 200-999 times it (20000-99999); millions as
// thousands; several hundred 300-999. A couple is 2, a dozen 12.
struct Number {
  NumberKind kind = NumberKind::kCardinal;
  NumberQualifier qualifier = NumberQualifier::kExact;
  std::optional<double> min;
  std::optional<double> max;
  TokenIndex begin = 0;  // the number's own tokens, a currency sign and "percent" with it
  TokenIndex end = 0;
  TokenIndex full_begin = 0;  // with its qualifier words: "no fewer than", "or more"
  TokenIndex full_end = 0;
  std::string_view currency;  // "$", "US$", "€": part of the text
};

// Replaces `out` by the numbers of one sentence, in order, not overlapping. Linear in the sentence.
void FindNumbers(const Document& document, const Sentence& sentence, std::vector<Number>& out);

}  // namespace sitgraph::language
