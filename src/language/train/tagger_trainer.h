// Trains the tagger and the lexicon it reads.
#pragma once

#include <cstdint>
#include <vector>

#include "src/language/tagger.h"
#include "src/language/train/perceptron.h"
#include "src/language/train/treebank.h"
#include "src/language/weights.h"

namespace sitgraph::language::train {

// The joint tags seen at least twice, by UPOS and XPOS.
std::vector<Tag> CollectTags(const std::vector<Example>& examples);
// The word's tag in the list; a rare one becomes the most frequent tag of its UPOS.
class TagIndex {
 public:
  TagIndex(const std::vector<Tag>& tags, const std::vector<Example>& examples);
  TagId Of(const Analysis& analysis) const;

 private:
  std::vector<TagId> ids_;  // by upos * kXposCount + xpos
};

struct LexiconData {
  std::vector<NumberTable::Entry> entries;  // word -> ambiguity class
  uint32_t classes = 1;                     // 0 is the unknown word's
};
// Folded words seen at least `min_count` times.
LexiconData BuildLexicon(const std::vector<Example>& examples, const TagIndex& tags, uint32_t min_count);

struct TaggerOptions {
  int epochs = 8;
  uint32_t lexicon_min_count = 3;
  int lower_cased_every = 4;  // each so-manieth sentence is trained on in lower case, too; 0: none
  Pruning pruning;
  size_t runs = 1;  // that the weights are the mean of
  uint64_t seed = 1;
};
std::vector<SparseRow> TrainTagger(const std::vector<Example>& examples, const std::vector<Tag>& tags,
                                   const TagIndex& index, const Lexicon& lexicon, const TaggerOptions& options);

// Tags for each sentence as a tagger gives them that did not see it: `folds` taggers, each trained on the rest.
std::vector<std::vector<TagId>> JackknifeTags(const std::vector<Example>& examples, const std::vector<Tag>& tags,
                                              const TagIndex& index, const TaggerOptions& options, size_t folds);

// Tags one sentence.
std::vector<TagId> TagExample(const Example& example, const Lexicon& lexicon, const RowWeights& weights, size_t tags);

}  // namespace sitgraph::language::train
