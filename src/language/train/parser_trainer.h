// Trains the parser: labels on gold trees, greedy transitions with a dynamic oracle, beam search with max-violation.
#pragma once

#include <cstdint>
#include <vector>

#include "src/language/parser_state.h"
#include "src/language/train/perceptron.h"
#include "src/language/train/treebank.h"
#include "src/language/weights.h"

namespace sitgraph::language::train {

// A sentence as the parser will see it, with its gold tree. `words` is referred to by `input`: do not move it apart.
struct ParseExample {
  ParseInput input;
  std::vector<int32_t> heads;       // the root's head is the sentence's size
  std::vector<int32_t> projective;  // the same with crossing arcs lifted
  std::vector<uint8_t> labels;
  size_t fold = 0;
};

ParseExample MakeParseExample(const Example& example, const std::vector<TagId>& tags, const std::vector<Tag>& tag_list,
                              const Lexicon& lexicon);

// Lifts the shortest crossing arc to its head's head until none crosses (Nivre and Nilsson 2005).
std::vector<int32_t> Projectivize(std::vector<int32_t> heads);

struct LabelOptions {
  int epochs = 6;
  Pruning pruning;
  size_t runs = 1;  // that the weights are the mean of
  uint64_t seed = 2;
};
// Trains on all examples but those of fold `left_out` (none where it is larger than all folds).
std::vector<SparseRow> TrainLabels(const std::vector<ParseExample>& examples, const LabelOptions& options,
                                   size_t left_out);

struct StructureOptions {
  int epochs = 8;
  size_t beam = 8;
  Pruning pruning;
  size_t runs = 1;
  uint64_t seed = 3;
};
// `labels`: one classifier a fold, each trained without it, so that transitions learn from labels as wrong as they
// will be.
std::vector<StructureRow> TrainGreedy(const std::vector<ParseExample>& examples, const std::vector<RowTable>& labels,
                                      const StructureOptions& options);
// Huang, Fayong and Guo (2012).
std::vector<StructureRow> TrainBeam(const std::vector<ParseExample>& examples, const std::vector<RowTable>& labels,
                                    const StructureOptions& options);

}  // namespace sitgraph::language::train
