// An explanation as text for a terminal, as one HTML page, and as JSON.
#pragma once

#include <string>

#include "src/extract/explanation.h"

namespace sitgraph::cli {

// `sentence`: the number of the only one to show, from 1; 0 for all.
std::string ExplainAsText(const extract::Explanation& explanation, size_t sentence, bool colour);
std::string ExplainAsHtml(const extract::Explanation& explanation, size_t sentence);
// One line: {"report": ..., "sentences": [{"words": [...], "events": [...], ...}]}. Words are counted from 1.
std::string ExplainAsJson(const extract::Explanation& explanation, size_t sentence);

}  // namespace sitgraph::cli
