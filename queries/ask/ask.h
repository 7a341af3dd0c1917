// Answers questions in plain English: reads them, makes a SPARQL query of them or asks a relation verb, and words the
// answer.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "graph/store.h"
#include "queries/ask/question.h"
#include "queries/relations/answer.h"

namespace sitgraph::queries {

struct Asking {
  bool read = false;                    // false: it was not understood well enough to be answered
  std::string direct;                   // the answer in a line
  Answer answer;                        // with its events
  std::string sparql;                   // empty for questions that a relation verb answers
  std::vector<std::string> warnings;    // what was passed over, what was guessed
  std::vector<std::string> understood;  // in words
  std::vector<std::string> nearest;     // where it was not read: questions that can be answered
};

// `analyzer` and `codebook` read the question; nothing leaves the machine. An answer that is not found as asked is
// looked for by wider reaches (selection.h) and then bears a warning, as does one that is not found at all. Cost: all
// labels of the graph once, and up to some twenty SPARQL queries of at most twenty seconds each. Errors are the
// store's, and kTooLarge for a query over its limits.
base::Result<Asking> AskQuestion(const graph::Snapshot& snapshot, std::string_view text, language::Analyzer& analyzer,
                                 const codebook::Codebook& codebook, const std::string& base_iri);

}  // namespace sitgraph::queries
