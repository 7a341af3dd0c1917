// Reading treebanks whole.
#include "src/language/train/treebank.h"

#include "base/file.h"
#include "base/text.h"
#include "src/language/conllu.h"

namespace sitgraph::language::train {

base::Result<std::vector<Example>> ReadTreebank(const std::string& path) {
  auto bytes = base::OpenReader(path);
  if (!bytes) return base::Fail(bytes.error());
  ConlluReader reader(std::move(*bytes), path);
  std::vector<Example> examples;
  while (true) {
    const auto sentence = reader.Next();
    if (!sentence) return base::Fail(sentence.error());
    if (*sentence == nullptr) return examples;
    Example& example = examples.emplace_back();
    for (const ConlluWord& word : (*sentence)->words) {
      example.forms.push_back(word.form);
      example.lemmas.push_back(word.lemma == "_" && word.form != "_" ? std::string() : word.lemma);
      example.gold.push_back(word.analysis);
      example.gold.back().lemma = {};
    }
  }
}

Example LowerCased(const Example& example) {
  Example lower = example;
  for (std::string& form : lower.forms) form = base::Lower(form);
  return lower;
}

}  // namespace sitgraph::language::train
