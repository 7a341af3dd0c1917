// Treebanks as the trainer uses them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "src/language/document.h"
#include "src/language/words.h"

namespace sitgraph::language::train {

// One gold sentence.
struct Example {
  std::vector<std::string> forms;
  std::vector<std::string> lemmas;
  std::vector<Analysis> gold;  // heads are indices within the sentence; `lemma` is empty, see `lemmas`

  std::vector<std::string_view> Forms() const { return {forms.begin(), forms.end()}; }
};

// All sentences of a CoNLL-U file.
base::Result<std::vector<Example>> ReadTreebank(const std::string& path);

// The same sentence in lower case.
Example LowerCased(const Example& example);

}  // namespace sitgraph::language::train
