// Any bytes through segmentation, numbers, times and base forms; the tokens must cover the text in order.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "src/language/dates.h"
#include "src/language/inflection.h"
#include "src/language/numbers.h"
#include "src/language/segmenter.h"

namespace {

void Require(bool condition) {
  if (!condition) {
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace sitgraph::language;
  if (size < 4) {
    return 0;
  }
  // The first bytes choose the anchor; the rest is the text.
  TimeContext context;
  context.anchor.year = data[0] == 0 ? int16_t{0} : static_cast<int16_t>(1 + data[0] * 39);
  context.anchor.month = data[1] % 13;
  context.anchor.day = context.anchor.month == 0 ? uint8_t{0} : data[2] % 29;
  context.reference = context.anchor;
  context.direction = (data[3] & 1) != 0 ? TimeDirection::kFuture : TimeDirection::kPast;
  context.month_first = (data[3] & 2) != 0;
  const std::string_view text(reinterpret_cast<const char*>(data + 4), size - 4);

  const Document document = Segment(text);
  uint32_t end = 0;
  for (const Token& token : document.tokens) {
    Require(token.span.begin >= end && token.span.begin < token.span.end && token.span.end <= text.size());
    end = token.span.end;
  }
  TokenIndex next = 0;
  std::vector<Number> numbers;
  std::vector<TimeExpression> times;
  std::vector<BaseForm> forms;
  for (const Sentence& sentence : document.sentences) {
    Require(sentence.begin == next && sentence.begin < sentence.end);
    next = sentence.end;
    FindNumbers(document, sentence, numbers);
    TokenIndex from = sentence.begin;
    for (const Number& number : numbers) {
      Require(number.begin >= from && number.begin < number.end && number.end <= sentence.end);
      Require(number.full_begin >= sentence.begin && number.full_begin <= number.begin);
      Require(number.full_end >= number.end && number.full_end <= sentence.end);
      from = number.end;
    }
    FindTimes(document, sentence, numbers, context, times);
    from = sentence.begin;
    for (const TimeExpression& time : times) {
      Require(time.first >= from && time.first < time.last && time.last <= sentence.end);
      Require(!time.begin || sitgraph::base::IsValid(*time.begin));
      Require(!time.end || sitgraph::base::IsValid(*time.end));
      from = time.last;
    }
  }
  Require(next == document.tokens.size());
  for (TokenIndex i = 0; i < document.tokens.size(); ++i) {
    BaseForms(document.Text(i), forms);
  }
  return 0;
}
