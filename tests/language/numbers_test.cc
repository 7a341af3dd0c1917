// Number expressions: value, kind, qualifier and words, as a table.
#include "src/language/numbers.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "src/language/number_words.h"
#include "src/language/segmenter.h"

namespace sitgraph::language {
namespace {

std::string Words(const Document& d, TokenIndex begin, TokenIndex end) {
  const uint32_t from = d.tokens[begin].span.begin;
  return std::string(d.text.substr(from, d.tokens[end - 1].span.end - from));
}

// "kind min..max [number|with qualifier]" for each number; kinds in small letters, qualifiers as ~ > <.
std::string Dump(const std::string& text) {
  static constexpr const char* kKinds[] = {"card", "vague", "range", "percent", "fraction", "ord",
                                           "date", "year",  "age",   "label",   "pron"};
  static constexpr const char* kQualifiers[] = {"", "~", ">", "<"};
  const Document d = Segment(text);
  std::string out;
  std::vector<Number> numbers;
  for (const Sentence& sentence : d.sentences) {
    FindNumbers(d, sentence, numbers);
    for (const Number& n : numbers) {
      out += out.empty() ? "" : "; ";
      out += fmt::format("{}{}", kQualifiers[static_cast<size_t>(n.qualifier)], kKinds[static_cast<size_t>(n.kind)]);
      if (IsQuantity(n.kind)) {
        const auto bound = [](std::optional<double> v) { return v ? fmt::format("{:.6g}", *v) : std::string(); };
        out += n.min == n.max ? " " + bound(n.min) : fmt::format(" {}..{}", bound(n.min), bound(n.max));
      }
      const std::string inner = Words(d, n.begin, n.end);
      const std::string full = Words(d, n.full_begin, n.full_end);
      out += inner == full ? fmt::format(" [{}]", inner) : fmt::format(" [{}|{}]", inner, full);
    }
  }
  return out;
}

struct Case {
  const char* text;
  const char* expected;
};

void Check(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    INFO(c.text);
    CHECK(Dump(c.text) == c.expected);
  }
}

TEST_CASE("Cardinals in digits, words and mixtures") {
  Check({
      {"1,600 people left", "card 1600 [1,600]"},
      {"13,407 members", "card 13407 [13,407]"},
      {"400000 people", "card 400000 [400000]"},
      {"1,234,567 rounds", "card 1.23457e+06 [1,234,567]"},
      {"2.5 km away", "card 2.5 [2.5]"},
      {"1,234.5 tonnes", "card 1234.5 [1,234.5]"},
      {"0.5 hectares", "card 0.5 [0.5]"},
      {"1.200 people fled", "card 1200 [1.200]"},
      {"1.200.000 people fled", "card 1.2e+06 [1.200.000]"},
      {"1.200 km away", "card 1.2 [1.200]"},
      {"1,5 tonnes", "card 1.5 [1,5]"},
      {"12 000 people", "card 12000 [12 000]"},
      {"1 250 000 people", "card 1.25e+06 [1 250 000]"},
      {"seven tanks", "card 7 [seven]"},
      {"Seventeen civilians", "card 17 [Seventeen]"},
      {"twenty-three men", "card 23 [twenty-three]"},
      {"Twenty three men", "card 23 [Twenty three]"},
      {"two hundred and five men", "card 205 [two hundred and five]"},
      {"one hundred twenty shells", "card 120 [one hundred twenty]"},
      {"three thousand four hundred and twelve men", "card 3412 [three thousand four hundred and twelve]"},
      {"two hundred thousand people", "card 200000 [two hundred thousand]"},
      {"a hundred shells", "card 100 [a hundred]"},
      {"a thousand men", "card 1000 [a thousand]"},
      {"hundred men", "card 100 [hundred]"},
      {"2.5 million people", "card 2.5e+06 [2.5 million]"},
      {"11 million refugees", "card 1.1e+07 [11 million]"},
      {"3 thousand men", "card 3000 [3 thousand]"},
      {"2 hundred thousand men", "card 200000 [2 hundred thousand]"},
      {"1.2m people", "card 1.2e+06 [1.2m]"},
      {"500m from the border", "card 500 [500]"},
      {"40k followers", "card 40000 [40k]"},
      {"half a million refugees", "card 500000 [half a million]"},
      {"half a dozen shells", "card 6 [half a dozen]"},
      {"a dozen shells", "card 12 [a dozen]"},
      {"two dozen fighters", "card 24 [two dozen]"},
      {"a couple of mortars", "card 2 [a couple]"},
      {"two and a half tonnes", "card 2.5 [two and a half]"},
      {"one and a half million people", "card 1.5e+06 [one and a half million]"},
      {"a million and a half people", "card 1.5e+06 [a million and a half]"},
      {"a quarter of a million people", "card 250000 [a quarter of a million]"},
      {"$5m in aid", "card 5e+06 [$5m]"},
      {"US$2.5bn of aid", "card 2.5e+09 [US$2.5bn]"},
      {"€20,000 in cash", "card 20000 [€20,000]"},
      {"zero losses", "card 0 [zero]"},
      {"٣٤ people", "card 34 [٣٤]"},
      {"14 French, 11 Italian and nine Spanish posts", "card 14 [14]; card 11 [11]; card 9 [nine]"},
      {"five women and six children", "card 5 [five]; card 6 [six]"},
      {"a three-year siege", "card 3 [three]"},
      {"one woman died", "card 1 [one]"},
  });
}

TEST_CASE("Qualifiers set the bounds") {
  Check({
      {"more than 160 fighters", ">card 160.. [160|more than 160]"},
      {"over 650 pieces", ">card 650.. [650|over 650]"},
      {"Over 1,000 killed", ">card 1000.. [1,000|Over 1,000]"},
      {"at least 73 civilians", ">card 73.. [73|at least 73]"},
      {"no fewer than 20 men", ">card 20.. [20|no fewer than 20]"},
      {"no less than 20 men", ">card 20.. [20|no less than 20]"},
      {"not less than 20 men", ">card 20.. [20|not less than 20]"},
      {"upwards of 300 men", ">card 300.. [300|upwards of 300]"},
      {"in excess of 300 men", ">card 300.. [300|in excess of 300]"},
      {"well over 300 men", ">card 300.. [300|well over 300]"},
      {"a minimum of 30 men", ">card 30.. [30|a minimum of 30]"},
      {"at least another 20 men", ">card 20.. [20|at least another 20]"},
      {"more than a dozen men", ">card 12.. [a dozen|more than a dozen]"},
      {"100 or more men", ">card 100.. [100|100 or more]"},
      {"30+ men", ">card 30.. [30|30+]"},
      {"20-plus men", ">card 20.. [20|20-plus]"},
      {"10 men at least", "card 10 [10]"},
      {"up to 60 men", "<card ..60 [60|up to 60]"},
      {"fewer than 60 men", "<card ..60 [60|fewer than 60]"},
      {"less than 5 km", "<card ..5 [5|less than 5]"},
      {"no more than 5 men", "<card ..5 [5|no more than 5]"},
      {"at most 5 men", "<card ..5 [5|at most 5]"},
      {"under 100 men", "<card ..100 [100|under 100]"},
      {"just under 100 men", "<card ..100 [100|just under 100]"},
      {"5 or fewer men", "<card ..5 [5|5 or fewer]"},
      {"almost 4,300 fighters", "~card 4300 [4,300|almost 4,300]"},
      {"Nearly 60 settlements", "~card 60 [60|Nearly 60]"},
      {"some 160,000 people", "~card 160000 [160,000|some 160,000]"},
      {"some 3 thousand people", "~card 3000 [3 thousand|some 3 thousand]"},
      {"around 225 km", "~card 225 [225|around 225]"},
      {"about 40 men", "~card 40 [40|about 40]"},
      {"approximately 40 men", "~card 40 [40|approximately 40]"},
      {"roughly 40 men", "~card 40 [40|roughly 40]"},
      {"an estimated 200,000 people", "~card 200000 [200,000|an estimated 200,000]"},
      {"as many as 329 airstrikes", "~card 329 [329|as many as 329]"},
      {"may be as high as 400,000", "~card 400000 [400,000|as high as 400,000]"},
      {"close to 40 men", "~card 40 [40|close to 40]"},
      {"40 or so men", "~card 40 [40|40 or so]"},
      {"20-odd men", "~card 20 [20|20-odd]"},
      {"at least some 20 men", ">card 20.. [20|at least some 20]"},
      {"almost $5m", "~card 5e+06 [$5m|almost $5m]"},
      {"a total of 53,000 people", "card 53000 [53,000|a total of 53,000]"},
      {"exactly 12 men", "card 12 [12|exactly 12]"},
      {"handed over seven tanks", "card 7 [seven]"},
      {"took control over 20 villages", "card 20 [20]"},
      {"talks about two zones", "card 2 [two]"},
      {"under two agreements", "card 2 [two]"},
      {"killed 3 and at least 15 fled", "card 3 [3]; >card 15.. [15|at least 15]"},
      {"killing 5 at least 15 wounded", "card 5 [5]; >card 15.. [15|at least 15]"},
      {"over 20 to 30 tanks", ">range 20.. [20 to 30|over 20 to 30]"},
  });
}

TEST_CASE("Vague numbers are ranges by convention") {
  Check({
      {"several groups", "~vague 3..9 [several]"},
      {"a few men", "~vague 3..9 [a few]"},
      {"few men", ""},
      {"a handful of men", "~vague 3..9 [a handful]"},
      {"dozens of vehicles", "~vague 24..99 [dozens]"},
      {"Several dozen fighters", "~vague 24..99 [Several dozen]"},
      {"scores of people", "~vague 40..99 [scores]"},
      {"he scores goals", ""},
      {"tens of people", "~vague 20..99 [tens]"},
      {"hundreds of people", "~vague 200..999 [hundreds]"},
      {"several hundred people", "~vague 300..999 [several hundred]"},
      {"a few thousand people", "~vague 3000..9999 [a few thousand]"},
      {"several hundred thousand people", "~vague 300000..999999 [several hundred thousand]"},
      {"thousands fled", "~vague 2000..9999 [thousands]"},
      {"tens of thousands of people", "~vague 20000..99999 [tens of thousands]"},
      {"hundreds of thousands of people", "~vague 200000..999999 [hundreds of thousands]"},
      {"millions more displaced", "~vague 2e+06..1e+07 [millions]"},
      {"at least several people", ">vague 3.. [several|at least several]"},
      {"some dozens of men", "~vague 24..99 [dozens|some dozens]"},
  });
}

TEST_CASE("Ranges") {
  Check({
      {"20-30 men", "range 20..30 [20-30]"},
      {"20–30 men", "range 20..30 [20–30]"},
      {"20 to 30 men", "range 20..30 [20 to 30]"},
      {"between 10 and 15 men", "range 10..15 [10 and 15|between 10 and 15]"},
      {"from 5 to 7 men", "range 5..7 [5 to 7|from 5 to 7]"},
      {"two or three men", "range 2..3 [two or three]"},
      {"two to three million people", "range 2e+06..3e+06 [two to three million]"},
      {"2-3 million people", "range 2e+06..3e+06 [2-3 million]"},
      {"20-30,000 fighters", "range 20000..30000 [20-30,000]"},
      {"1,600-1,700 men", "range 1600..1700 [1,600-1,700]"},
      {"some 20 to 30 men", "~range 20..30 [20 to 30|some 20 to 30]"},
      {"five to ten tanks", "range 5..10 [five to ten]"},
      {"a 3-2 vote", "card 3 [3]; card 2 [2]"},
      {"$5m to $7m", "range 5e+06..7e+06 [$5m to $7m]"},
      {"50 and 60 men", "card 50 [50]; card 60 [60]"},
  });
}

TEST_CASE("Percentages, fractions and ordinals") {
  Check({
      {"30% of the city", "percent 30 [30%]"},
      {"more than 60 percent of it", ">percent 60.. [60 percent|more than 60 percent]"},
      {"five per cent", "percent 5 [five per cent]"},
      {"20-30% of it", "percent 20..30 [20-30%]"},
      {"20% to 30% of it", "percent 20..30 [20% to 30%]"},
      {"a 40-percent drop", "percent 40 [40-percent]"},
      {"half the population", "fraction 0.5 [half]"},
      {"nearly half of it", "~fraction 0.5 [half|nearly half]"},
      {"two thirds of it", "fraction 0.666667 [two thirds]"},
      {"two-thirds of it", "fraction 0.666667 [two-thirds]"},
      {"a third of them", "fraction 0.333333 [a third]"},
      {"a third airstrike", "ord [third]"},
      {"three quarters of it", "fraction 0.75 [three quarters]"},
      {"one quarter of it", "fraction 0.25 [one quarter]"},
      {"one in five children", "fraction 0.2 [one in five]"},
      {"two out of three men", "fraction 0.666667 [two out of three]"},
      {"1/2 of it", "fraction 0.5 [1/2]"},
      {"½ of it", "fraction 0.5 [½]"},
      {"the first convoy", "ord [first]"},
      {"the 20th convoy", "ord [20th]"},
      {"the twenty-first convoy", "ord [twenty-first]"},
  });
}

TEST_CASE("What is never a quantity") {
  Check({
      {"in 2012", "year [2012]"},
      {"since 2015, forces", "year [2015]"},
      {"in May 2015", "year [2015]"},
      {"May 7, 2018", "date [7]; year [2018]"},
      {"7 May 2018", "date [7]; year [2018]"},
      {"the 7th of May", "date [7th]"},
      {"May 7-9", "date [7-9]"},
      {"7 and 8 May", "date [7 and 8]"},
      {"In May 20 people died", "card 20 [20]"},
      {"on May 7-9, 2018", "date [7-9]; year [2018]"},
      {"On May 7 120 people left", "date [7]; card 120 [120]"},
      {"Since May 7, 13,407 people left", "date [7]; card 13407 [13,407]"},
      {"from 2012 to 2014", "year [2012 to 2014]"},
      {"in 2012-2014", "year [2012-2014]"},
      {"the 2011 uprising", "year [2011]"},
      {"the 1990s", "year [1990s]"},
      {"killed 2000 people", "card 2000 [2000]"},
      {"more than 2000 people", ">card 2000.. [2000|more than 2000]"},
      {"2013 was worse", "year [2013]"},
      {"(2015)", "year [2015]"},
      {"1600 people", "card 1600 [1600]"},
      {"on 2018-05-07", "date [2018-05-07]"},
      {"on 7/5/2018", "date [7/5/2018]"},
      {"on 07.05.2018", "date [07.05.2018]"},
      {"at 14:54", "date [14:54]"},
      {"at 5 pm", "date [5]"},
      {"at 10am", "date [10]"},
      {"the second half of 2015", "date [second half]; year [2015]"},
      {"updated Apr 092017", "date [092017]"},
      {"a 34-year-old man", "age [34]"},
      {"the 2,000-year-old city", "age [2,000]"},
      {"pupils aged from six to 12", "age [six to 12]"},
      {"men aged between 18 and 42", "age [18 and 42]"},
      {"aged 5 and 7", "age [5]; age [7]"},
      {"at the age of 18", "age [18]"},
      {"he is 34 years old", "age [34]"},
      {"Ahmed Khalil, 34, said", "age [34]"},
      {"Route 30", "label [30]"},
      {"the M5 highway", ""},
      {"No. 4", "label [4]"},
      {"Resolution 2118", "label [2118]"},
      {"Hill 107", "label [107]"},
      {"T-72 tanks", "label [72]"},
      {"7 T-72 tanks", "card 7 [7]; label [72]"},
      {"phase two", "label [two]"},
      {"1. Hand over arms.", "label [1]"},
      {"as shown [12]", "label [12]"},
      {"call 713-853-3989", "label [713-853-3989]"},
      {"at 1849 UTC+3", "date [1849]; label [3]"},
      {"Mezzeh 86 neighborhood", "label [86]"},
      {"one of them", "pron [one]"},
      {"no one came", "pron [one]"},
      {"the other one", "pron [one]"},
      {"at least one civilian", ">card 1.. [one|at least one]"},
      {"no numbers here", ""},
  });
}

TEST_CASE("A currency sign is told") {
  const std::string text = "They paid US$2,000.";
  const Document d = Segment(text);
  std::vector<Number> numbers;
  FindNumbers(d, d.sentences[0], numbers);
  REQUIRE(numbers.size() == 1);
  CHECK(numbers[0].currency == "US$");
}

TEST_CASE("Digits that are no number") {
  for (const char* token : {"1,2,3", "1.2.3", "12:30", "1,2000", "1234567890123456", "9/11", "1-2", ""}) {
    INFO(token);
    CHECK_FALSE(ParseDigits(token).has_value());
  }
}

}  // namespace
}  // namespace sitgraph::language
