// Aligns words by their spans and counts what agrees.
#include "src/language/train/raw_evaluate.h"

#include <algorithm>
#include <ctime>

#include "src/language/segmenter.h"
#include "src/language/tagset.h"

namespace sitgraph::language::train {
namespace {

double ProcessorSeconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

bool Before(base::Span a, base::Span b) { return a.begin != b.begin ? a.begin < b.begin : a.end < b.end; }

// For each span of `a`, the place of the equal one in `b`, or -1. Both ascend.
std::vector<int32_t> Align(const std::vector<base::Span>& a, const std::vector<base::Span>& b, Agreement& count) {
  std::vector<int32_t> partner(a.size(), -1);
  size_t j = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    while (j < b.size() && Before(b[j], a[i])) ++j;
    if (j < b.size() && !Before(a[i], b[j])) partner[i] = static_cast<int32_t>(j++);
  }
  count.gold += b.size();
  count.system += a.size();
  count.both += static_cast<uint64_t>(std::count_if(partner.begin(), partner.end(), [](int32_t p) { return p >= 0; }));
  return partner;
}

std::vector<base::Span> WordSpans(const Document& document) {
  std::vector<base::Span> spans;
  for (const Token& token : document.tokens) spans.push_back(token.span);
  return spans;
}

std::vector<base::Span> TokenSpans(const Document& document) {
  std::vector<base::Span> spans;
  for (const Token& token : document.tokens) {
    if (token.clitic && !spans.empty()) {
      spans.back().end = std::max(spans.back().end, token.span.end);
    } else {
      spans.push_back(token.span);
    }
  }
  return spans;
}

std::vector<base::Span> SentenceSpans(const Document& document) {
  std::vector<base::Span> spans;
  for (const Sentence& sentence : document.sentences) spans.push_back(sentence.span);
  return spans;
}

void Compare(const Document& system, const Document& gold, RawEvaluation& result) {
  Align(TokenSpans(system), TokenSpans(gold), result.tokens);
  Align(SentenceSpans(system), SentenceSpans(gold), result.sentences);
  const std::vector<int32_t> partner = Align(WordSpans(system), WordSpans(gold), result.words);
  for (Agreement* score : {&result.upos, &result.las}) {
    score->gold += gold.tokens.size();
    score->system += system.tokens.size();
  }
  for (size_t i = 0; i < partner.size(); ++i) {
    if (partner[i] < 0) continue;
    const Analysis& guess = system.analyses[i];
    const Analysis& truth = gold.analyses[static_cast<size_t>(partner[i])];
    const int32_t head = guess.head < 0 ? -1 : partner[static_cast<size_t>(guess.head)];
    const bool same_head = guess.head < 0 ? truth.head < 0 : head >= 0 && head == truth.head;
    result.upos.both += guess.upos == truth.upos;
    result.las.both += same_head && Universal(DeprelOf(guess)) == Universal(DeprelOf(truth));
  }
}

}  // namespace

base::Result<std::vector<std::unique_ptr<ConlluDocument>>> ReadDocuments(const std::string& path) {
  auto bytes = base::OpenReader(path);
  if (!bytes) return base::Fail(bytes.error());
  ConlluDocumentReader reader(std::move(*bytes), path);
  std::vector<std::unique_ptr<ConlluDocument>> documents;
  while (true) {
    auto document = reader.Next();
    if (!document) return base::Fail(document.error());
    if (*document == nullptr) return documents;
    documents.push_back(std::move(*document));
  }
}

RawEvaluation EvaluateRaw(Analyzer& analyzer, const std::vector<std::unique_ptr<ConlluDocument>>& documents,
                          ParseMode mode) {
  RawEvaluation result;
  Document document;
  for (const std::unique_ptr<ConlluDocument>& gold : documents) {
    const std::string_view text = gold->text;
    const double start = ProcessorSeconds();
    Clear(document);
    SegmentInto(text, {0, static_cast<uint32_t>(text.size())}, document);
    analyzer.Analyze(document, mode);
    result.seconds += ProcessorSeconds() - start;
    Compare(document, gold->document, result);
  }
  return result;
}

}  // namespace sitgraph::language::train
