// Scores the whole way from raw text to trees, as the CoNLL 2018 shared task does: F1 over what gold and system agree
// on.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "src/language/analyzer.h"
#include "src/language/conllu.h"

namespace sitgraph::language::train {

// How many the gold has, the system gave, and both have.
struct Agreement {
  uint64_t gold = 0;
  uint64_t system = 0;
  uint64_t both = 0;

  // In percent.
  double F1() const {
    return gold + system == 0 ? 0 : 200.0 * static_cast<double>(both) / static_cast<double>(gold + system);
  }
};

struct RawEvaluation {
  Agreement tokens;  // surface tokens: "don't" is one
  Agreement words;   // syntactic words: "do", "n't"
  Agreement sentences;
  Agreement upos;
  Agreement las;       // relations without subtypes
  double seconds = 0;  // of processor time for segmentation and analysis
};

base::Result<std::vector<std::unique_ptr<ConlluDocument>>> ReadDocuments(const std::string& path);

// Reads each document's text anew. Words are the same where they have the same span; of words that share a span (in a
// contraction), the first is the first.
RawEvaluation EvaluateRaw(Analyzer& analyzer, const std::vector<std::unique_ptr<ConlluDocument>>& documents,
                          ParseMode mode);

}  // namespace sitgraph::language::train
