// Greedy and beam search over transitions, with labels given to arcs as they are drawn.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "src/language/parser_state.h"
#include "src/language/parser_templates.h"
#include "src/language/weights.h"

namespace sitgraph::language {

// A configuration that the search reached.
struct Step {
  Configuration configuration;
  int64_t score = 0;
  uint32_t parent = 0;  // the step it was reached from, by `transition`
  Transition transition = Transition::kShift;
  uint8_t label = kNoLabel;  // of the arc that LEFT or RIGHT drew
};

// The search's scratch memory; one for each thread. The weights must outlive it.
class Decoder {
 public:
  Decoder(const StructureWeights& structure, const RowWeights& labels, size_t label_count);

  // Heads (-1: root) and labels of the best tree found with a beam of `beam` states; 1 is greedy.
  void Parse(const ParseInput& input, size_t beam, std::span<int32_t> heads, std::span<uint8_t> labels);

  // The parts of the search, for training.
  void Begin(const ParseInput& input);  // step 0 is the first configuration
  const std::vector<Step>& steps() const { return steps_; }
  Scores3 Score(const Configuration& configuration);
  // Appends the configuration after a legal transition; returns its number.
  uint32_t Advance(uint32_t step, Transition transition, int64_t score);
  // The best `beam` successors of the steps [first, last) that are no further than `margin` behind the best; returns
  // the first of the new steps.
  uint32_t Expand(uint32_t first, uint32_t last, size_t beam, int64_t margin = INT64_MAX);
  // Gives arcs this label instead of the classifier's: training sees gold labels. nullptr: back to the classifier.
  void UseLabels(const std::vector<uint8_t>* by_dependent) { forced_labels_ = by_dependent; }

 private:
  struct Memo {
    uint64_t signature = 0;
    uint32_t sentence = 0;
    Scores3 scores{};
  };
  struct LabelMemo {
    uint64_t signature = 0;
    uint32_t sentence = 0;
    uint8_t label = 0;
  };
  struct Candidate {
    int64_t score;
    uint32_t step;
    Transition transition;
  };
  uint8_t Label(const Node& head, const Node& dependent);

  const StructureWeights& structure_;
  const RowWeights& labels_;
  const ParseInput* input_ = nullptr;
  const std::vector<uint8_t>* forced_labels_ = nullptr;
  uint32_t sentence_ = 0;  // stamps memos, so that they need no clearing
  NodeArena arena_;
  std::vector<Step> steps_;
  std::vector<Candidate> candidates_;
  std::vector<Memo> memos_;
  std::vector<LabelMemo> label_memos_;
  std::vector<int32_t> label_scores_;
};

}  // namespace sitgraph::language
