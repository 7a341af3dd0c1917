// Search with memoised scores: the beam's states share most of their nodes, and with them most of their features.
#include "src/language/decoder.h"

#include <algorithm>
#include <array>

#include "src/language/hashing.h"
#include "src/language/tagset.h"

namespace sitgraph::language {
namespace {

constexpr size_t kMemos = size_t{1} << 11;  // a group
constexpr size_t kLabelMemos = size_t{1} << 12;
// States this far behind the best hardly ever win: three times the largest weight (see weights.h). Keeps the beam
// narrow where the sentence is plain.
constexpr int64_t kMargin = 3 * int64_t{127 * 127 * 127};
constexpr uint8_t kRootLabel = static_cast<uint8_t>(Deprel::kRoot);

}  // namespace

Decoder::Decoder(const StructureWeights& structure, const RowWeights& labels, size_t label_count)
    : structure_(structure),
      labels_(labels),
      memos_(kMemos * kGroupCount),
      label_memos_(kLabelMemos),
      label_scores_(label_count) {}

void Decoder::Begin(const ParseInput& input) {
  input_ = &input;
  if (++sentence_ == 0) {  // the stamps have run round
    std::fill(memos_.begin(), memos_.end(), Memo());
    std::fill(label_memos_.begin(), label_memos_.end(), LabelMemo());
    sentence_ = 1;
  }
  arena_.Reset();
  steps_.clear();
  Node* front = arena_.New();
  InitNode(0, *front);
  Step& first = steps_.emplace_back();
  first.configuration.front = front;
}

Scores3 Decoder::Score(const Configuration& configuration) {
  // All keys are made before the first is looked up, so that their weights are on the way meanwhile.
  std::array<std::array<uint32_t, kMaxGroupKeys>, kGroupCount> keys;
  std::array<size_t, kGroupCount> counts;
  std::array<Memo*, kGroupCount> memos;
  for (size_t group = 0; group < kGroupCount; ++group) {
    const uint64_t signature = GroupSignature(group, configuration);
    Memo& memo = memos_[group * kMemos + ((signature >> 20) & (kMemos - 1))];
    memos[group] = &memo;
    counts[group] = 0;
    if (memo.sentence == sentence_ && memo.signature == signature) continue;
    memo = {signature, sentence_, {}};
    counts[group] = GroupKeys(group, configuration, *input_, keys[group]);
    structure_.Prefetch(std::span(keys[group].data(), counts[group]));
  }
  Scores3 total{};
  for (size_t group = 0; group < kGroupCount; ++group) {
    Memo& memo = *memos[group];
    if (counts[group] > 0) structure_.Add(std::span(keys[group].data(), counts[group]), memo.scores);
    for (size_t i = 0; i < 3; ++i) total[i] += memo.scores[i];
  }
  return total;
}

uint8_t Decoder::Label(const Node& head, const Node& dependent) {
  if (head.token == input_->size()) return kRootLabel;
  if (forced_labels_ != nullptr) return (*forced_labels_)[static_cast<size_t>(dependent.token)];
  const uint64_t signature = Mix(head.signature, dependent.signature);
  LabelMemo& memo = label_memos_[(signature >> 20) & (kLabelMemos - 1)];
  if (memo.sentence == sentence_ && memo.signature == signature) return memo.label;
  std::array<uint32_t, kMaxLabelKeys> keys;
  const size_t count = LabelKeys(head, dependent, *input_, keys);
  std::fill(label_scores_.begin(), label_scores_.end(), 0);
  labels_.Add(std::span(keys.data(), count), label_scores_);
  label_scores_[kRootLabel] = INT32_MIN;
  memo = {signature, sentence_,
          static_cast<uint8_t>(std::max_element(label_scores_.begin(), label_scores_.end()) - label_scores_.begin())};
  return memo.label;
}

uint32_t Decoder::Advance(uint32_t step, Transition transition, int64_t score) {
  const Configuration before = steps_[step].configuration;
  Step after{before, score, step, transition, kNoLabel};
  switch (transition) {
    case Transition::kShift: {
      Node* top = arena_.New();
      *top = *before.front;
      top->below = before.top;
      Node* front = arena_.New();
      InitNode(before.front->token + 1, *front);
      after.configuration = {top, front};
      break;
    }
    case Transition::kLeft: {
      after.label = Label(*before.front, *before.top);
      Node* front = arena_.New();
      AddLeft(*before.front, {before.top->token, after.label}, *front);
      after.configuration = {before.top->below, front};
      break;
    }
    case Transition::kRight: {
      const Node& head = *before.top->below;
      after.label = Label(head, *before.top);
      Node* top = arena_.New();
      AddRight(head, {before.top->token, after.label}, *top);
      after.configuration = {top, before.front};
      break;
    }
  }
  steps_.push_back(after);
  return static_cast<uint32_t>(steps_.size() - 1);
}

uint32_t Decoder::Expand(uint32_t first, uint32_t last, size_t beam, int64_t margin) {
  candidates_.clear();
  for (uint32_t s = first; s < last; ++s) {
    const Configuration& configuration = steps_[s].configuration;
    std::array<Transition, 3> legal;
    size_t count = 0;
    for (const Transition transition : {Transition::kShift, Transition::kLeft, Transition::kRight}) {
      if (IsLegal(configuration, transition, *input_)) legal[count++] = transition;
    }
    // A lone state with a lone way needs no score.
    const Scores3 scores = count == 1 && last - first == 1 ? Scores3{} : Score(configuration);
    for (size_t i = 0; i < count; ++i) {
      candidates_.push_back({steps_[s].score + scores[static_cast<size_t>(legal[i])], s, legal[i]});
    }
  }
  const auto better = [](const Candidate& a, const Candidate& b) {
    if (a.score != b.score) return a.score > b.score;
    if (a.step != b.step) return a.step < b.step;
    return a.transition < b.transition;
  };
  const size_t kept = std::min(beam, candidates_.size());
  std::partial_sort(candidates_.begin(), candidates_.begin() + static_cast<ptrdiff_t>(kept), candidates_.end(), better);
  for (size_t i = 0; i < kept; ++i) {
    const Candidate& candidate = candidates_[i];
    if (candidates_[0].score - candidate.score > margin) break;
    Advance(candidate.step, candidate.transition, candidate.score);
  }
  return last;
}

void Decoder::Parse(const ParseInput& input, size_t beam, std::span<int32_t> heads, std::span<uint8_t> labels) {
  Begin(input);
  uint32_t first = 0;
  for (int32_t i = 0; i < 2 * input.size(); ++i) {
    first = Expand(first, static_cast<uint32_t>(steps_.size()), beam, kMargin);
  }
  // The best state comes first.
  for (uint32_t s = first; s != 0; s = steps_[s].parent) {
    const Step& step = steps_[s];
    if (step.transition == Transition::kShift) continue;
    const Configuration& before = steps_[step.parent].configuration;
    const size_t dependent = static_cast<size_t>(before.top->token);
    const int32_t head = step.transition == Transition::kLeft ? before.front->token : before.top->below->token;
    heads[dependent] = head == input.size() ? -1 : head;
    labels[dependent] = step.label;
  }
}

}  // namespace sitgraph::language
