// Names as lists of words, for comparing.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "src/extract/kinds.h"

namespace sitgraph::extract {

// Folded as the codebook folds names, without articles.
inline std::vector<std::string> FoldedWords(std::string_view name) {
  std::vector<std::string> words;
  const std::string folded = base::FoldName(name);
  for (std::string_view word : base::Split(folded, ' ')) {
    if (!word.empty() && !OneOf(word, {"the", "a", "an"})) words.emplace_back(word);
  }
  return words;
}

inline bool EndsWith(const std::vector<std::string>& longer, const std::vector<std::string>& shorter) {
  return !shorter.empty() && shorter.size() <= longer.size() &&
         std::equal(shorter.rbegin(), shorter.rend(), longer.rbegin());
}

}  // namespace sitgraph::extract
