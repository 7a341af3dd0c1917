// Runs the analyzer on gold tokens and counts what is right.
#include "src/language/train/evaluate.h"

#include <ctime>

#include "src/language/features.h"
#include "src/language/tagset.h"

namespace sitgraph::language::train {
namespace {

// One text of all examples, so that scoring runs as reading does: document by document.
void BuildDocument(const std::vector<Example>& examples, std::string& text, Document& document) {
  for (const Example& example : examples) {
    Sentence sentence;
    sentence.begin = static_cast<TokenIndex>(document.tokens.size());
    sentence.span.begin = static_cast<uint32_t>(text.size());
    for (const std::string& form : example.forms) {
      Token token;
      token.span.begin = static_cast<uint32_t>(text.size());
      text += form;
      token.span.end = static_cast<uint32_t>(text.size());
      token.space_after = true;
      text += ' ';
      document.tokens.push_back(token);
    }
    sentence.end = static_cast<TokenIndex>(document.tokens.size());
    sentence.span.end = static_cast<uint32_t>(text.size() - 1);
    document.sentences.push_back(sentence);
  }
  document.text = text;
}

double ProcessorSeconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

uint64_t WithoutTypo(uint64_t features) {
  SetFeature(features, Feature::kTypo, "");
  return features;
}

}  // namespace

Evaluation Evaluate(Analyzer& analyzer, const std::vector<Example>& examples, ParseMode mode) {
  std::string text;
  Document document;
  BuildDocument(examples, text, document);
  Evaluation result;
  const double start = ProcessorSeconds();
  analyzer.Analyze(document, mode);
  result.seconds = ProcessorSeconds() - start;
  for (size_t e = 0; e < examples.size(); ++e) {
    const Sentence& sentence = document.sentences[e];
    for (TokenIndex i = sentence.begin; i < sentence.end; ++i) {
      const Analysis& guess = document.analyses[i];
      const Analysis& gold = examples[e].gold[i - sentence.begin];
      const std::string& lemma = examples[e].lemmas[i - sentence.begin];
      const int32_t gold_head = gold.head < 0 ? -1 : gold.head + static_cast<int32_t>(sentence.begin);
      const bool head = guess.head == gold_head;
      const bool relation = Universal(DeprelOf(guess)) == Universal(DeprelOf(gold));
      ++result.words;
      result.upos += guess.upos == gold.upos;
      result.xpos += guess.xpos == gold.xpos;
      result.features += guess.features == WithoutTypo(gold.features);
      result.lemma_words += !lemma.empty();
      result.lemmas += !lemma.empty() && guess.lemma == lemma;
      result.uas += head;
      result.las += head && relation;
      result.full_las += head && guess.deprel == gold.deprel;
      if (!IsContentRelation(DeprelOf(gold))) continue;
      ++result.content_words;
      result.clas += head && relation;
    }
  }
  return result;
}

}  // namespace sitgraph::language::train
