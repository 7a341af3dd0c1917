// The stages of training: tags, jackknifed tags, relations, transitions, lemmas, features.
#include "src/language/train/trainer.h"

#include <fmt/format.h>

#include "src/language/train/lemma_trainer.h"
#include "src/language/train/parallel.h"

namespace sitgraph::language::train {

TrainingOptions ShippedOptions() {
  TrainingOptions options;
  options.tagger.epochs = 6;
  options.tagger.lexicon_min_count = 2;
  options.tagger.pruning.max_rows = 240'000;
  options.labels.pruning.max_rows = 260'000;
  options.greedy.pruning.max_rows = 1'400'000;
  options.beam.pruning.max_rows = 2'600'000;
  options.tagger.runs = options.labels.runs = options.greedy.runs = options.beam.runs = 2;
  return options;
}

ModelParts Train(const std::vector<Example>& examples, const std::string& description, const TrainingOptions& options) {
  ModelParts parts;
  parts.description = description;
  parts.tags = CollectTags(examples);
  const TagIndex index(parts.tags, examples);
  LexiconData lexicon_data = BuildLexicon(examples, index, options.tagger.lexicon_min_count);
  const Lexicon lexicon(lexicon_data.entries);
  parts.lexicon = std::move(lexicon_data.entries);
  parts.ambiguity_classes = lexicon_data.classes;
  options.progress(fmt::format("{} sentences, {} tags, {} words in the lexicon", examples.size(), parts.tags.size(),
                               parts.lexicon.size()));

  parts.tagger = TrainTagger(examples, parts.tags, index, lexicon, options.tagger);
  options.progress(fmt::format("tagger: {} features", parts.tagger.size()));
  const std::vector<std::vector<TagId>> tags =
      JackknifeTags(examples, parts.tags, index, options.tagger, options.tagger_folds);
  std::vector<ParseExample> parse_examples;
  for (size_t e = 0; e < examples.size(); ++e) {
    parse_examples.push_back(MakeParseExample(examples[e], tags[e], parts.tags, lexicon));
    parse_examples.back().fold = e * options.label_folds / examples.size();
  }
  options.progress(fmt::format("tags jackknifed in {} folds", options.tagger_folds));

  parts.labels = TrainLabels(parse_examples, options.labels, options.label_folds);
  std::vector<RowTable> fold_labels(options.label_folds);
  LabelOptions single = options.labels;
  single.runs = 1;
  InParallel(options.label_folds,
             [&](size_t fold) { fold_labels[fold] = RowTable(TrainLabels(parse_examples, single, fold)); });
  options.progress(fmt::format("relations: {} features, and {} folds", parts.labels.size(), options.label_folds));

  parts.greedy = TrainGreedy(parse_examples, fold_labels, options.greedy);
  options.progress(fmt::format("greedy parser: {} features", parts.greedy.size()));
  parts.beam = TrainBeam(parse_examples, fold_labels, options.beam);
  options.progress(fmt::format("beam parser: {} features", parts.beam.size()));

  LemmaData lemmas = TrainLemmas(examples, parts.tags, index);
  parts.edit_rules = std::move(lemmas.rules);
  parts.lemmas = std::move(lemmas.entries);
  MorphologyData morphology = TrainMorphology(examples, index, lexicon);
  parts.feature_sets = std::move(morphology.sets);
  parts.features = std::move(morphology.entries);
  options.progress(fmt::format("lemmas: {} rules, {} entries; features: {} sets, {} entries", parts.edit_rules.size(),
                               parts.lemmas.size(), parts.feature_sets.size(), parts.features.size()));
  return parts;
}

}  // namespace sitgraph::language::train
