// What src/language tells of words, numbers and times, in the extractors' terms; the only file pair that calls it
// beyond tokens and sentences.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "src/extract/frame.h"
#include "src/extract/sentence.h"
#include "src/language/document.h"

namespace sitgraph::extract {

struct VerbReading {
  std::string base;
  VerbForm form = VerbForm::kNone;
};
// All readings of a lower-case word as a verb form, likeliest first; a word that only looks like a form is included.
std::vector<VerbReading> ReadVerb(std::string_view lower);

struct NounReading {
  std::string base;
  bool plural = false;
};
// All readings of a lower-case word as a noun, plurals first; never empty, the word itself is the last.
std::vector<NounReading> ReadNoun(std::string_view lower);

// A number with its qualifier: "more than 160", "dozens of", "26".
struct NumberFact {
  language::TokenIndex first = 0, last = 0;  // tokens [first, last)
  std::optional<double> min, max;
  Qualifier qualifier = Qualifier::kExact;
  std::string unit;       // of a measure that language knows ("percent"); else empty
  bool countable = true;  // false for ages, times of day, parts of names, "one of"
};

// A time expression: "on Tuesday", "since May 7".
struct TimeFact {
  language::TokenIndex first = 0, last = 0;
  TimeValue value;      // resolved against the report's date
  bool usable = false;  // gives a date; a bare duration does not
};

// A name that the gazetteer knows and that means a place here (world_places.h).
struct PlaceFact {
  language::TokenIndex first = 0, last = 0;  // tokens [first, last)
  std::vector<const codebook::Entry*> entries;
};

// Numbers, times and places of one document, found by token.
struct SentenceFacts {
  std::vector<NumberFact> numbers;  // in the order of the text, not overlapping
  std::vector<TimeFact> times;
  std::vector<PlaceFact> places;  // of the gazetteer
  bool caseless = false;          // the text has no capitals: names are told by the codebook and the tagger

  // Index of the number / time / place that token i belongs to, or -1. O(log n).
  int32_t NumberAt(language::TokenIndex i) const;
  int32_t TimeAt(language::TokenIndex i) const;
  int32_t PlaceAt(language::TokenIndex i) const;
};

// Finds all numbers and times of a document.
SentenceFacts FindFacts(const language::Document& document, base::PartialDate published);

}  // namespace sitgraph::extract
