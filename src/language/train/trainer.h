// Trains a whole model from treebanks.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "src/language/model.h"
#include "src/language/train/parser_trainer.h"
#include "src/language/train/tagger_trainer.h"
#include "src/language/train/treebank.h"

namespace sitgraph::language::train {

struct TrainingOptions {
  TaggerOptions tagger;
  size_t tagger_folds = 5;
  LabelOptions labels;
  size_t label_folds = 4;
  StructureOptions greedy;
  StructureOptions beam;
  std::function<void(std::string_view)> progress = [](std::string_view) {};  // one line a stage
};

// The settings that the shipped model is made with.
TrainingOptions ShippedOptions();

// The same examples and options give the same parts, bit for bit, on every machine.
ModelParts Train(const std::vector<Example>& examples, const std::string& description, const TrainingOptions& options);

}  // namespace sitgraph::language::train
