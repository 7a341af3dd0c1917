// A treebank of a few dozen sentences made from a grammar of one page: enough to train on within a second.
#pragma once

#include <string>
#include <vector>

#include "src/language/features.h"
#include "src/language/model.h"
#include "src/language/tagset.h"
#include "src/language/train/trainer.h"

namespace sitgraph::language::testing {

struct TinyWord {
  std::string form;
  std::string lemma;
  const char* upos;
  const char* xpos;
  const char* features;
  int head;  // from 1; 0: root
  const char* deprel;
};

inline train::Example MakeExample(const std::vector<TinyWord>& words) {
  train::Example example;
  for (const TinyWord& word : words) {
    example.forms.push_back(word.form);
    example.lemmas.push_back(word.lemma);
    Analysis& gold = example.gold.emplace_back();
    gold.upos = *ParseUpos(word.upos);
    gold.xpos = static_cast<uint16_t>(*ParseXpos(word.xpos));
    gold.features = *ParseFeatures(word.features);
    gold.head = word.head - 1;
    gold.deprel = static_cast<uint16_t>(*ParseDeprel(word.deprel));
  }
  return example;
}

// "The army shelled the villages near Homs ." and the like, every choice of words once.
inline std::vector<train::Example> TinyTreebank() {
  const std::vector<std::vector<std::string>> subjects = {{"army", "army"}, {"militia", "militia"}, {"drone", "drone"}};
  const std::vector<std::vector<std::string>> verbs = {{"shelled", "shell"}, {"attacked", "attack"}, {"hit", "hit"}};
  const std::vector<std::vector<std::string>> objects = {
      {"villages", "village"}, {"depots", "depot"}, {"bases", "base"}};
  const std::vector<std::string> places = {"Homs", "Idlib", "Kherson"};
  const char* past = "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin";
  std::vector<train::Example> examples;
  for (const auto& subject : subjects) {
    for (const auto& verb : verbs) {
      for (const auto& object : objects) {
        for (const std::string& place : places) {
          examples.push_back(MakeExample({{"The", "the", "DET", "DT", "Definite=Def|PronType=Art", 2, "det"},
                                          {subject[0], subject[1], "NOUN", "NN", "Number=Sing", 3, "nsubj"},
                                          {verb[0], verb[1], "VERB", "VBD", past, 0, "root"},
                                          {"the", "the", "DET", "DT", "Definite=Def|PronType=Art", 5, "det"},
                                          {object[0], object[1], "NOUN", "NNS", "Number=Plur", 3, "obj"},
                                          {"near", "near", "ADP", "IN", "_", 7, "case"},
                                          {place, place, "PROPN", "NNP", "Number=Sing", 5, "nmod"},
                                          {".", ".", "PUNCT", ".", "_", 3, "punct"}}));
          examples.push_back(MakeExample(
              {{"The", "the", "DET", "DT", "Definite=Def|PronType=Art", 2, "det"},
               {object[0], object[1], "NOUN", "NNS", "Number=Plur", 4, "nsubj:pass"},
               {"were", "be", "AUX", "VBD", "Mood=Ind|Number=Plur|Person=3|Tense=Past|VerbForm=Fin", 4, "aux:pass"},
               {verb[0], verb[1], "VERB", "VBN", "Tense=Past|VerbForm=Part|Voice=Pass", 0, "root"},
               {"in", "in", "ADP", "IN", "_", 6, "case"},
               {place, place, "PROPN", "NNP", "Number=Sing", 4, "obl"},
               {".", ".", "PUNCT", ".", "_", 4, "punct"}}));
        }
      }
    }
  }
  return examples;
}

inline train::TrainingOptions TinyOptions() {
  train::TrainingOptions options;
  options.tagger.epochs = 4;
  options.tagger.pruning.min_updates = 1;
  options.tagger_folds = 2;
  options.label_folds = 2;
  options.labels.epochs = 3;
  options.labels.pruning.min_updates = 1;
  options.greedy.epochs = 4;
  options.greedy.pruning.min_updates = 1;
  options.beam.epochs = 4;
  options.beam.pruning.min_updates = 1;
  return options;
}

// The bytes of a model trained on TinyTreebank; trained once a program.
inline const std::string& TinyModelBytes() {
  static const std::string kBytes = WriteModel(train::Train(TinyTreebank(), "tiny", TinyOptions()));
  return kBytes;
}

inline Model TinyModel() { return *Model::Parse(TinyModelBytes(), "tiny"); }

}  // namespace sitgraph::language::testing
