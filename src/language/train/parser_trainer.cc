// Oracles and updates of the parser's training.
#include "src/language/train/parser_trainer.h"

#include <algorithm>
#include <array>
#include <memory>
#include <numeric>

#include "src/language/decoder.h"
#include "src/language/tagset.h"
#include "src/language/train/parallel.h"

namespace sitgraph::language::train {
namespace {

constexpr std::array<Transition, 3> kTransitions = {Transition::kShift, Transition::kLeft, Transition::kRight};

// For each word (and the root), its last dependent, or -1.
std::vector<int32_t> LastDependents(const std::vector<int32_t>& heads) {
  std::vector<int32_t> last(heads.size() + 1, -1);
  for (size_t i = 0; i < heads.size(); ++i) last[static_cast<size_t>(heads[i])] = static_cast<int32_t>(i);
  return last;
}

// The one way to a projective tree that reduces as soon as it can.
Transition StaticOracle(const Configuration& configuration, const std::vector<int32_t>& heads,
                        const std::vector<int32_t>& last) {
  const Node* s0 = configuration.top;
  if (s0 == nullptr) return Transition::kShift;
  const int32_t front = configuration.front->token;
  const int32_t head = heads[static_cast<size_t>(s0->token)];
  if (head == front) return Transition::kLeft;
  if (s0->below != nullptr && head == s0->below->token && last[static_cast<size_t>(s0->token)] < front) {
    return Transition::kRight;
  }
  return Transition::kShift;
}

// Whether a transition loses no gold arc that can still be drawn (Goldberg and Nivre 2013).
bool IsFree(const Configuration& configuration, Transition transition, const std::vector<int32_t>& heads,
            const std::vector<int32_t>& last) {
  const int32_t front = configuration.front->token;
  if (transition == Transition::kShift) {
    const size_t b = static_cast<size_t>(front);
    for (const Node* node = configuration.top; node != nullptr; node = node->below) {
      if (heads[static_cast<size_t>(node->token)] == front) return false;
      if (node != configuration.top && heads[b] == node->token) return false;
    }
    return true;
  }
  const Node& s0 = *configuration.top;
  const int32_t head = heads[static_cast<size_t>(s0.token)];
  if (last[static_cast<size_t>(s0.token)] >= front) return false;
  if (transition == Transition::kRight) return head < front;
  return head <= front && (s0.below == nullptr || head != s0.below->token);
}

// All features of a configuration.
void AppendKeys(const Configuration& configuration, const ParseInput& input, std::vector<uint32_t>& keys) {
  std::array<uint32_t, kMaxGroupKeys> buffer;
  keys.clear();
  for (size_t group = 0; group < kGroupCount; ++group) {
    const size_t count = GroupKeys(group, configuration, input, buffer);
    keys.insert(keys.end(), buffer.begin(), buffer.begin() + static_cast<ptrdiff_t>(count));
  }
}

std::vector<std::unique_ptr<Decoder>> MakeDecoders(const StructureWeights& structure,
                                                   const std::vector<RowTable>& labels) {
  std::vector<std::unique_ptr<Decoder>> decoders;
  for (const RowTable& table : labels) decoders.push_back(std::make_unique<Decoder>(structure, table, kDeprelCount));
  return decoders;
}

std::vector<size_t> Indices(size_t count) {
  std::vector<size_t> order(count);
  std::iota(order.begin(), order.end(), size_t{0});
  return order;
}

}  // namespace

std::vector<int32_t> Projectivize(std::vector<int32_t> heads) {
  const int32_t n = static_cast<int32_t>(heads.size());
  while (true) {
    int32_t shortest = -1;
    int32_t shortest_length = n + 1;
    for (int32_t d = 0; d < n; ++d) {
      const int32_t h = heads[static_cast<size_t>(d)];
      const int32_t length = h > d ? h - d : d - h;
      if (h == n || length >= shortest_length) continue;
      // The arc crosses another where a word between does not hang under its head.
      for (int32_t k = std::min(d, h) + 1; k < std::max(d, h); ++k) {
        int32_t up = k;
        while (up != n && up != h) up = heads[static_cast<size_t>(up)];
        if (up == h) continue;
        shortest = d;
        shortest_length = length;
        break;
      }
    }
    if (shortest < 0) return heads;
    const int32_t h = heads[static_cast<size_t>(shortest)];
    heads[static_cast<size_t>(shortest)] = heads[static_cast<size_t>(h)];
  }
}

ParseExample MakeParseExample(const Example& example, const std::vector<TagId>& tags, const std::vector<Tag>& tag_list,
                              const Lexicon& lexicon) {
  ParseExample result;
  WordSequence words;
  std::string scratch;
  DescribeWords(example.Forms(), lexicon, words, scratch);
  result.input.Prepare(words, tags, tag_list);
  const int32_t n = static_cast<int32_t>(example.gold.size());
  for (const Analysis& word : example.gold) {
    result.heads.push_back(word.head < 0 ? n : word.head);
    result.labels.push_back(static_cast<uint8_t>(word.deprel));
  }
  result.projective = Projectivize(result.heads);
  return result;
}

namespace {

struct ArcData {
  struct Arc {
    size_t begin;  // of its keys
    uint16_t count;
    uint8_t label;
  };
  std::vector<uint32_t> keys;
  std::vector<Arc> arcs;
};

std::vector<AveragedSparseRow> TrainLabelRun(const ArcData& data, const LabelOptions& options, size_t run) {
  RowPerceptron perceptron;
  Random random(options.seed + run * kSeedStep);
  std::vector<int32_t> scores(kDeprelCount);
  std::vector<size_t> order = Indices(data.arcs.size());
  int64_t now = 0;
  for (int epoch = 0; epoch < options.epochs; ++epoch) {
    random.Shuffle(order);
    for (const size_t a : order) {
      const std::span<const uint32_t> arc_keys(data.keys.data() + data.arcs[a].begin, data.arcs[a].count);
      std::fill(scores.begin(), scores.end(), 0);
      perceptron.Add(arc_keys, scores);
      scores[static_cast<size_t>(Deprel::kRoot)] = INT32_MIN;
      const size_t guess = static_cast<size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
      if (guess != data.arcs[a].label) {
        perceptron.Update(arc_keys, data.arcs[a].label, 1, now);
        perceptron.Update(arc_keys, guess, -1, now);
      }
      ++now;
    }
  }
  return perceptron.Average(now, options.pruning);
}

}  // namespace

std::vector<SparseRow> TrainLabels(const std::vector<ParseExample>& examples, const LabelOptions& options,
                                   size_t left_out) {
  // The features of an arc do not change between epochs: all keys are made once.
  ArcData data;
  const StructureTable no_structure;
  const RowTable no_labels;
  Decoder decoder(no_structure, no_labels, kDeprelCount);
  std::array<uint32_t, kMaxLabelKeys> buffer;
  for (const ParseExample& example : examples) {
    if (example.fold == left_out) continue;
    const std::vector<int32_t> last = LastDependents(example.projective);
    decoder.UseLabels(&example.labels);
    decoder.Begin(example.input);
    for (uint32_t step = 0; !decoder.steps()[step].configuration.Done(example.input);) {
      const Configuration configuration = decoder.steps()[step].configuration;
      const Transition transition = StaticOracle(configuration, example.projective, last);
      if (transition != Transition::kShift) {
        const Node& dependent = *configuration.top;
        const Node& head = transition == Transition::kLeft ? *configuration.front : *dependent.below;
        if (head.token != example.input.size()) {
          const size_t count = LabelKeys(head, dependent, example.input, buffer);
          data.arcs.push_back(
              {data.keys.size(), static_cast<uint16_t>(count), example.labels[static_cast<size_t>(dependent.token)]});
          data.keys.insert(data.keys.end(), buffer.begin(), buffer.begin() + static_cast<ptrdiff_t>(count));
        }
      }
      step = decoder.Advance(step, transition, 0);
    }
  }
  std::vector<std::vector<AveragedSparseRow>> runs(options.runs);
  InParallel(options.runs, [&](size_t run) { runs[run] = TrainLabelRun(data, options, run); });
  return Pack(runs, options.pruning);
}

namespace {

std::vector<AveragedRow> TrainGreedyRun(const std::vector<ParseExample>& examples, const std::vector<RowTable>& labels,
                                        const StructureOptions& options, size_t run) {
  struct Mistake {
    std::vector<uint32_t> keys;
    Transition right;
    Transition wrong;
  };
  StructurePerceptron perceptron;
  const std::vector<std::unique_ptr<Decoder>> decoders = MakeDecoders(perceptron, labels);
  Random random(options.seed + run * kSeedStep);
  std::vector<size_t> order = Indices(examples.size());
  std::vector<Mistake> mistakes;
  int64_t now = 0;
  for (int epoch = 0; epoch < options.epochs; ++epoch) {
    random.Shuffle(order);
    for (const size_t e : order) {
      const ParseExample& example = examples[e];
      Decoder& decoder = *decoders[example.fold];
      const std::vector<int32_t> last = LastDependents(example.heads);
      mistakes.clear();
      decoder.Begin(example.input);
      for (uint32_t step = 0; !decoder.steps()[step].configuration.Done(example.input);) {
        const Configuration configuration = decoder.steps()[step].configuration;
        const Scores3 scores = decoder.Score(configuration);
        int best = -1;
        int best_free = -1;
        for (const Transition transition : kTransitions) {
          if (!IsLegal(configuration, transition, example.input)) continue;
          const int t = static_cast<int>(transition);
          const int32_t score = scores[static_cast<size_t>(t)];
          if (best < 0 || score > scores[static_cast<size_t>(best)]) best = t;
          if (IsFree(configuration, transition, example.heads, last) &&
              (best_free < 0 || score > scores[static_cast<size_t>(best_free)])) {
            best_free = t;
          }
        }
        int next = best;
        if (best_free >= 0 && best != best_free) {
          Mistake& mistake = mistakes.emplace_back();
          AppendKeys(configuration, example.input, mistake.keys);
          mistake.right = static_cast<Transition>(best_free);
          mistake.wrong = static_cast<Transition>(best);
          // From the second epoch on, mostly go where the parser would go.
          if (epoch == 0 || random.Below(10) == 0) next = best_free;
        }
        step = decoder.Advance(step, static_cast<Transition>(next), 0);
      }
      for (const Mistake& mistake : mistakes) {
        perceptron.Update(mistake.keys, static_cast<size_t>(mistake.right), 1, now);
        perceptron.Update(mistake.keys, static_cast<size_t>(mistake.wrong), -1, now);
      }
      ++now;
    }
  }
  return perceptron.Average(now, options.pruning);
}

// The steps from the first one to `last`, in order.
std::vector<uint32_t> PathTo(const std::vector<Step>& steps, uint32_t last) {
  std::vector<uint32_t> path;
  for (uint32_t s = last; s != 0; s = steps[s].parent) path.push_back(s);
  std::reverse(path.begin(), path.end());
  return path;
}

std::vector<AveragedRow> TrainBeamRun(const std::vector<ParseExample>& examples, const std::vector<RowTable>& labels,
                                      const StructureOptions& options, size_t run) {
  StructurePerceptron perceptron;
  const std::vector<std::unique_ptr<Decoder>> gold_decoders = MakeDecoders(perceptron, labels);
  const std::vector<std::unique_ptr<Decoder>> decoders = MakeDecoders(perceptron, labels);
  Random random(options.seed + run * kSeedStep);
  std::vector<size_t> order = Indices(examples.size());
  std::vector<uint32_t> keys;
  int64_t now = 0;
  for (int epoch = 0; epoch < options.epochs; ++epoch) {
    random.Shuffle(order);
    for (const size_t e : order) {
      const ParseExample& example = examples[e];
      const std::vector<int32_t> last = LastDependents(example.projective);
      Decoder& gold = *gold_decoders[example.fold];
      Decoder& decoder = *decoders[example.fold];
      gold.Begin(example.input);
      decoder.Begin(example.input);
      uint32_t first = 0;
      // Where the beam's best is furthest ahead of the gold way.
      int64_t worst = 0;
      uint32_t worst_gold = 0;
      uint32_t worst_best = 0;
      for (uint32_t step = 0; step < 2 * static_cast<uint32_t>(example.input.size()); ++step) {
        const Configuration configuration = gold.steps()[step].configuration;
        const Transition transition = StaticOracle(configuration, example.projective, last);
        const int64_t gold_score =
            gold.steps()[step].score + gold.Score(configuration)[static_cast<size_t>(transition)];
        gold.Advance(step, transition, gold_score);
        first = decoder.Expand(first, static_cast<uint32_t>(decoder.steps().size()), options.beam);
        const int64_t violation = decoder.steps()[first].score - gold_score;
        if (violation >= worst) {
          worst = violation;
          worst_gold = step + 1;
          worst_best = first;
        }
      }
      const std::vector<uint32_t> path = PathTo(decoder.steps(), worst_best);
      size_t same = 0;  // the two ways' common beginning cancels out
      while (same < worst_gold && gold.steps()[same + 1].transition == decoder.steps()[path[same]].transition) ++same;
      for (size_t s = same; s < worst_gold; ++s) {
        AppendKeys(gold.steps()[s].configuration, example.input, keys);
        perceptron.Update(keys, static_cast<size_t>(gold.steps()[s + 1].transition), 1, now);
        const Step& wrong = decoder.steps()[path[s]];
        AppendKeys(decoder.steps()[wrong.parent].configuration, example.input, keys);
        perceptron.Update(keys, static_cast<size_t>(wrong.transition), -1, now);
      }
      ++now;
    }
  }
  return perceptron.Average(now, options.pruning);
}

}  // namespace

std::vector<StructureRow> TrainGreedy(const std::vector<ParseExample>& examples, const std::vector<RowTable>& labels,
                                      const StructureOptions& options) {
  std::vector<std::vector<AveragedRow>> runs(options.runs);
  InParallel(options.runs, [&](size_t run) { runs[run] = TrainGreedyRun(examples, labels, options, run); });
  return Pack(runs, options.pruning);
}

std::vector<StructureRow> TrainBeam(const std::vector<ParseExample>& examples, const std::vector<RowTable>& labels,
                                    const StructureOptions& options) {
  std::vector<std::vector<AveragedRow>> runs(options.runs);
  InParallel(options.runs, [&](size_t run) { runs[run] = TrainBeamRun(examples, labels, options, run); });
  return Pack(runs, options.pruning);
}

}  // namespace sitgraph::language::train
