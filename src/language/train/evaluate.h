// Scores a model against gold trees, as the CoNLL 2018 shared task does for gold tokens: relations without subtypes.
#pragma once

#include <cstdint>
#include <vector>

#include "src/language/analyzer.h"
#include "src/language/train/treebank.h"

namespace sitgraph::language::train {

struct Evaluation {
  uint64_t words = 0;
  uint64_t upos = 0;  // words that are right
  uint64_t xpos = 0;
  uint64_t lemmas = 0;
  uint64_t lemma_words = 0;  // that have a gold lemma
  uint64_t features = 0;
  uint64_t uas = 0;
  uint64_t las = 0;
  uint64_t full_las = 0;  // with subtypes
  uint64_t content_words = 0;
  uint64_t clas = 0;
  double seconds = 0;  // of processor time in Analyze

  static double Percent(uint64_t part, uint64_t whole) {
    return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
  }
};

Evaluation Evaluate(Analyzer& analyzer, const std::vector<Example>& examples, ParseMode mode);

}  // namespace sitgraph::language::train
