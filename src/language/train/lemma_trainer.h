// Collects edit rules for lemmas and the feature lexicon from treebanks.
#pragma once

#include <cstdint>
#include <vector>

#include "src/language/lemmatizer.h"
#include "src/language/train/tagger_trainer.h"
#include "src/language/train/treebank.h"

namespace sitgraph::language::train {

struct LemmaData {
  std::vector<EditRule> rules;
  std::vector<NumberTable::Entry> entries;
};
LemmaData TrainLemmas(const std::vector<Example>& examples, const std::vector<Tag>& tags, const TagIndex& index);

// The shortest edit from a form to its lemma. Where several casings do, a name keeps its capitals, all else is folded.
EditRule EditFor(std::string_view form, std::string_view folded, std::string_view lemma, bool name);

struct MorphologyData {
  std::vector<uint64_t> sets;
  std::vector<NumberTable::Entry> entries;
};
MorphologyData TrainMorphology(const std::vector<Example>& examples, const TagIndex& index, const Lexicon& lexicon);

}  // namespace sitgraph::language::train
