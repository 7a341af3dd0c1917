// Averaged perceptrons over hashed features: integer weights, so that training gives the same bits everywhere.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "src/language/weights.h"

namespace sitgraph::language::train {

// Which rows are worth their bytes. Rows of small weights are mostly noise: without them the model is better, too.
struct Pruning {
  uint32_t min_updates = 3;    // rows changed less often in a run are dropped
  size_t max_rows = SIZE_MAX;  // the rows with the largest weights are kept
};

// What one run learned: weights averaged over its steps.
struct AveragedRow {
  uint32_t key = 0;
  std::array<double, 3> weights{};
};
struct AveragedSparseRow {
  uint32_t key = 0;
  std::vector<std::pair<uint8_t, double>> weights;  // ascending labels
};

// Adds up the weights of several runs (rows by ascending key), prunes, and packs into 8 bits. The mean of runs that saw
// the same sentences in another order is better than each.
std::vector<StructureRow> Pack(const std::vector<std::vector<AveragedRow>>& runs, const Pruning& pruning);
std::vector<SparseRow> Pack(const std::vector<std::vector<AveragedSparseRow>>& runs, const Pruning& pruning);

// Weights of three classes a feature. A feature gets its row at its first update; memory is 48 bytes a row and its
// share of free slots.
class StructurePerceptron final : public StructureWeights {
 public:
  StructurePerceptron();
  void Prefetch(std::span<const uint32_t> keys) const override;
  void Add(std::span<const uint32_t> keys, Scores3& scores) const override;
  // Adds `amount` to every key's weight of `label`, as of step `now` (counted from 0, never falling).
  void Update(std::span<const uint32_t> keys, size_t label, int32_t amount, int64_t now);
  // The weights averaged over the first `steps` steps, by ascending key.
  std::vector<AveragedRow> Average(int64_t steps, const Pruning& pruning) const;
  size_t rows() const { return used_; }

 private:
  struct Slot {
    uint32_t key = 0;
    uint32_t updates = 0;  // 0: free
    std::array<int32_t, 3> weights{};
    std::array<int64_t, 3> moments{};  // of each update: amount * step
  };
  size_t Find(uint32_t key) const;
  void Grow();

  std::vector<Slot> slots_;
  size_t used_ = 0;
};

// Weights of up to 255 classes a feature, in sparse rows.
class RowPerceptron final : public RowWeights {
 public:
  RowPerceptron();
  void Add(std::span<const uint32_t> keys, std::span<int32_t> scores) const override;
  void Update(std::span<const uint32_t> keys, size_t label, int32_t amount, int64_t now);
  std::vector<AveragedSparseRow> Average(int64_t steps, const Pruning& pruning) const;
  size_t rows() const { return used_; }

 private:
  struct Slot {
    uint32_t key = 0;
    uint32_t updates = 0;
    uint32_t begin = 0;  // into pool_
    uint16_t size = 0;
    uint16_t capacity = 0;
  };
  struct Weight {
    int64_t moment = 0;
    int32_t weight = 0;
    uint32_t label = 0;
  };
  size_t Find(uint32_t key) const;
  void Grow();

  std::vector<Slot> slots_;
  std::vector<Weight> pool_;
  size_t used_ = 0;
};

// What the seeds of two runs differ by.
inline constexpr uint64_t kSeedStep = 1000;

// A small generator with the same numbers everywhere (splitmix64).
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}
  uint64_t Next() {
    uint64_t z = (state_ += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
  }
  // Below `bound`, which is at least 1 and far below 2^64.
  size_t Below(size_t bound) { return static_cast<size_t>(Next() % bound); }
  template <typename T>
  void Shuffle(std::vector<T>& items) {
    for (size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[Below(i)]);
  }

 private:
  uint64_t state_;
};

}  // namespace sitgraph::language::train
