#include "src/extract/language_facts.h"

#include <algorithm>

#include "src/language/dates.h"
#include "src/language/inflection.h"
#include "src/language/numbers.h"

namespace sitgraph::extract {
namespace {

using language::Document;
using language::TokenIndex;

constexpr std::string_view kWeekdays[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

// The weekday on which the report says that it was said ("..., he said on Wednesday"): the report's own, where its date
// lacks the year.
std::optional<int> AnchorWeekday(const Document& document) {
  constexpr size_t kSearched = 400;  // tokens
  for (TokenIndex i = 2; i < document.tokens.size() && i < kSearched; ++i) {
    for (int day = 0; day < 7; ++day) {
      if (document.Text(i) != kWeekdays[day]) continue;
      const std::string before =
          base::Lower(document.Text(i - 1) == "on" ? document.Text(i - 2) : document.Text(i - 1));
      if (before == "said" || before == "reported" || before == "announced" || before == "reporters") return day;
    }
  }
  return std::nullopt;
}

template <typename Fact>
int32_t FactAt(const std::vector<Fact>& facts, TokenIndex i) {
  const auto after = std::upper_bound(facts.begin(), facts.end(), i,
                                      [](TokenIndex token, const Fact& fact) { return token < fact.first; });
  if (after == facts.begin()) return -1;
  const auto found = after - 1;
  return i < found->last ? static_cast<int32_t>(found - facts.begin()) : -1;
}

Qualifier ToQualifier(language::NumberQualifier qualifier) {
  switch (qualifier) {
    case language::NumberQualifier::kExact:
      return Qualifier::kExact;
    case language::NumberQualifier::kAbout:
      return Qualifier::kAbout;
    case language::NumberQualifier::kMoreThan:
      return Qualifier::kMoreThan;
    case language::NumberQualifier::kLessThan:
      return Qualifier::kLessThan;
  }
  return Qualifier::kExact;
}

void AddNumbers(const std::vector<language::Number>& numbers, SentenceFacts& facts) {
  for (const language::Number& number : numbers) {
    if (number.kind != language::NumberKind::kCardinal && number.kind != language::NumberKind::kVague &&
        number.kind != language::NumberKind::kRange && number.kind != language::NumberKind::kPercent) {
      continue;
    }
    NumberFact fact;
    fact.first = number.full_begin;
    fact.last = number.full_end;
    fact.min = number.min;
    fact.max = number.max;
    fact.qualifier = ToQualifier(number.qualifier);
    fact.countable = number.kind != language::NumberKind::kPercent;
    facts.numbers.push_back(std::move(fact));
  }
}

void AddTimes(const Document& document, const std::vector<language::TimeExpression>& times, SentenceFacts& facts) {
  for (const language::TimeExpression& time : times) {
    TimeFact fact;
    fact.first = time.first;
    fact.last = time.last;
    fact.usable = time.resolved();
    fact.value.begin = time.begin;
    fact.value.end = time.end;
    if (time.first < time.last) {
      const base::Span span{document.tokens[time.first].span.begin, document.tokens[time.last - 1].span.end};
      fact.value.text = base::CollapseSpace(span.In(document.text));
    }
    // A duration with a number counts something ("a three-year siege"); its tokens stay words.
    if (time.kind == language::TimeKind::kDuration) continue;
    facts.times.push_back(std::move(fact));
  }
}

}  // namespace

std::vector<VerbReading> ReadVerb(std::string_view lower) {
  std::vector<language::BaseForm> forms;
  language::BaseForms(lower, forms);
  std::vector<VerbReading> readings;
  for (const language::BaseForm& form : forms) {
    if (form.upos != language::Upos::kVerb) continue;
    VerbForm read = VerbForm::kBase;
    switch (form.form) {
      case language::WordForm::kBase:
        break;
      case language::WordForm::kThirdSingular:
        read = VerbForm::kThird;
        break;
      case language::WordForm::kPast:
        read = VerbForm::kPast;
        break;
      case language::WordForm::kPastParticiple:
        read = VerbForm::kParticiple;
        break;
      case language::WordForm::kIng:
        read = VerbForm::kGerund;
        break;
      case language::WordForm::kPlural:
        continue;
    }
    // One reading a verb; where past tense and participle look alike, it is called a participle.
    const auto same = std::find_if(readings.begin(), readings.end(),
                                   [&](const VerbReading& known) { return known.base == form.lemma; });
    if (same == readings.end()) {
      readings.push_back({form.lemma, read});
    } else if (same->form == VerbForm::kPast && read == VerbForm::kParticiple) {
      same->form = read;
    }
  }
  return readings;
}

std::vector<NounReading> ReadNoun(std::string_view lower) {
  std::vector<language::BaseForm> forms;
  language::BaseForms(lower, forms);
  std::vector<NounReading> readings;
  for (const language::BaseForm& form : forms) {
    if (form.upos == language::Upos::kNoun && form.form == language::WordForm::kPlural)
      readings.push_back({form.lemma, true});
  }
  readings.push_back({std::string(lower), false});
  return readings;
}

int32_t SentenceFacts::NumberAt(TokenIndex i) const { return FactAt(numbers, i); }
int32_t SentenceFacts::TimeAt(TokenIndex i) const { return FactAt(times, i); }
int32_t SentenceFacts::PlaceAt(TokenIndex i) const { return FactAt(places, i); }

namespace {

// Whether a text of some length has (nearly) no capital letters.
bool IsCaseless(std::string_view text) {
  constexpr size_t kEnough = 40;
  size_t small = 0;
  size_t capital = 0;
  for (const char c : text) {
    small += c >= 'a' && c <= 'z' ? 1 : 0;
    capital += c >= 'A' && c <= 'Z' ? 1 : 0;
  }
  return small >= kEnough && capital * 200 < small;
}

}  // namespace

SentenceFacts FindFacts(const Document& document, base::PartialDate published) {
  SentenceFacts facts;
  facts.caseless = IsCaseless(document.text);
  language::TimeContext context;
  context.anchor = published;
  if (published.year == 0) context.anchor_weekday = AnchorWeekday(document);
  std::vector<language::Number> numbers;
  std::vector<language::TimeExpression> times;
  for (const language::Sentence& sentence : document.sentences) {
    language::FindNumbers(document, sentence, numbers);
    language::FindTimes(document, sentence, numbers, context, times);
    AddNumbers(numbers, facts);
    AddTimes(document, times, facts);
    for (const language::TimeExpression& time : times) {
      if (time.kind == language::TimeKind::kDate && time.begin) context.reference = *time.begin;
    }
  }
  return facts;
}

}  // namespace sitgraph::extract
