// Open-addressing tables of the training weights; averaging and quantising them.
#include "src/language/train/perceptron.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <iterator>

namespace sitgraph::language::train {
namespace {

constexpr size_t kFirstSlots = size_t{1} << 16;
constexpr size_t kAhead = 12;

inline void Fetch(const void* address) { __builtin_prefetch(address, 0, 3); }

// Averaged weight times `steps`: the sum over steps t of the weight at t.
inline double Averaged(int32_t weight, int64_t moment, int64_t steps) {
  return static_cast<double>(static_cast<int64_t>(weight) * steps - moment) / static_cast<double>(steps);
}

}  // namespace

StructurePerceptron::StructurePerceptron() : slots_(kFirstSlots) {}

size_t StructurePerceptron::Find(uint32_t key) const {
  const size_t mask = slots_.size() - 1;
  size_t i = key & mask;
  while (slots_[i].updates != 0 && slots_[i].key != key) i = (i + 1) & mask;
  return i;
}

void StructurePerceptron::Grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  for (const Slot& slot : old) {
    if (slot.updates != 0) slots_[Find(slot.key)] = slot;
  }
}

void StructurePerceptron::Prefetch(std::span<const uint32_t> keys) const {
  const size_t mask = slots_.size() - 1;
  for (const uint32_t key : keys) Fetch(&slots_[key & mask]);
}

void StructurePerceptron::Add(std::span<const uint32_t> keys, Scores3& scores) const {
  for (const uint32_t key : keys) {
    const Slot& slot = slots_[Find(key)];
    for (size_t c = 0; c < 3; ++c) scores[c] += slot.weights[c];
  }
}

void StructurePerceptron::Update(std::span<const uint32_t> keys, size_t label, int32_t amount, int64_t now) {
  for (const uint32_t key : keys) {
    size_t i = Find(key);
    if (slots_[i].updates == 0) {
      if ((used_ + 1) * 10 > slots_.size() * 6) {
        Grow();
        i = Find(key);
      }
      slots_[i].key = key;
      ++used_;
    }
    ++slots_[i].updates;
    slots_[i].weights[label] += amount;
    slots_[i].moments[label] += amount * now;
  }
}

std::vector<AveragedRow> StructurePerceptron::Average(int64_t steps, const Pruning& pruning) const {
  std::vector<AveragedRow> rows;
  for (const Slot& slot : slots_) {
    if (slot.updates == 0 || slot.updates < pruning.min_updates) continue;
    AveragedRow& row = rows.emplace_back();
    row.key = slot.key;
    for (size_t c = 0; c < 3; ++c) row.weights[c] = Averaged(slot.weights[c], slot.moments[c], steps);
  }
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
  return rows;
}

RowPerceptron::RowPerceptron() : slots_(kFirstSlots) {}

size_t RowPerceptron::Find(uint32_t key) const {
  const size_t mask = slots_.size() - 1;
  size_t i = key & mask;
  while (slots_[i].updates != 0 && slots_[i].key != key) i = (i + 1) & mask;
  return i;
}

void RowPerceptron::Grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  for (const Slot& slot : old) {
    if (slot.updates != 0) slots_[Find(slot.key)] = slot;
  }
}

void RowPerceptron::Add(std::span<const uint32_t> keys, std::span<int32_t> scores) const {
  const size_t mask = slots_.size() - 1;
  for (size_t i = 0; i < std::min(kAhead, keys.size()); ++i) Fetch(&slots_[keys[i] & mask]);
  for (size_t i = 0; i < keys.size(); ++i) {
    if (i + kAhead < keys.size()) Fetch(&slots_[keys[i + kAhead] & mask]);
    const Slot& slot = slots_[Find(keys[i])];
    const Weight* weight = pool_.data() + slot.begin;
    for (const Weight* end = weight + slot.size; weight != end; ++weight) scores[weight->label] += weight->weight;
  }
}

void RowPerceptron::Update(std::span<const uint32_t> keys, size_t label, int32_t amount, int64_t now) {
  for (const uint32_t key : keys) {
    size_t i = Find(key);
    if (slots_[i].updates == 0) {
      if ((used_ + 1) * 10 > slots_.size() * 6) {
        Grow();
        i = Find(key);
      }
      slots_[i].key = key;
      ++used_;
    }
    Slot& slot = slots_[i];
    ++slot.updates;
    size_t w = slot.begin;
    while (w < slot.begin + size_t{slot.size} && pool_[w].label != label) ++w;
    if (w == slot.begin + size_t{slot.size}) {
      if (slot.size == slot.capacity) {  // move the row to the pool's end; what it leaves is not used again
        const uint32_t begin = static_cast<uint32_t>(pool_.size());
        slot.capacity = static_cast<uint16_t>(slot.capacity == 0 ? 2 : slot.capacity * 2);
        pool_.resize(pool_.size() + slot.capacity);
        std::copy_n(pool_.begin() + slot.begin, slot.size, pool_.begin() + begin);
        slot.begin = begin;
      }
      w = slot.begin + size_t{slot.size++};
      pool_[w] = {0, 0, static_cast<uint32_t>(label)};
    }
    pool_[w].weight += amount;
    pool_[w].moment += amount * now;
  }
}

std::vector<AveragedSparseRow> RowPerceptron::Average(int64_t steps, const Pruning& pruning) const {
  std::vector<AveragedSparseRow> rows;
  for (const Slot& slot : slots_) {
    if (slot.updates == 0 || slot.updates < pruning.min_updates) continue;
    AveragedSparseRow& row = rows.emplace_back();
    row.key = slot.key;
    for (size_t w = slot.begin; w < slot.begin + size_t{slot.size}; ++w) {
      row.weights.emplace_back(static_cast<uint8_t>(pool_[w].label), Averaged(pool_[w].weight, pool_[w].moment, steps));
    }
    std::sort(row.weights.begin(), row.weights.end());
  }
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
  return rows;
}

namespace {

void AddTo(AveragedRow& sum, const AveragedRow& row) {
  for (size_t c = 0; c < 3; ++c) sum.weights[c] += row.weights[c];
}

void AddTo(AveragedSparseRow& sum, const AveragedSparseRow& row) {
  for (const auto& [label, weight] : row.weights) {
    const auto at = std::lower_bound(sum.weights.begin(), sum.weights.end(), label,
                                     [](const auto& entry, uint8_t wanted) { return entry.first < wanted; });
    if (at != sum.weights.end() && at->first == label) {
      at->second += weight;
    } else {
      sum.weights.insert(at, {label, weight});
    }
  }
}

// The sum of all runs, by ascending key.
template <typename Row>
std::vector<Row> Sum(const std::vector<std::vector<Row>>& runs) {
  std::vector<Row> sum = runs.front();
  for (size_t r = 1; r < runs.size(); ++r) {
    std::vector<Row> both;
    both.reserve(sum.size() + runs[r].size());
    auto a = sum.begin();
    for (const Row& row : runs[r]) {
      while (a != sum.end() && a->key < row.key) both.push_back(std::move(*a++));
      if (a != sum.end() && a->key == row.key) {
        both.push_back(std::move(*a++));
        AddTo(both.back(), row);
      } else {
        both.push_back(row);
      }
    }
    both.insert(both.end(), std::make_move_iterator(a), std::make_move_iterator(sum.end()));
    sum = std::move(both);
  }
  return sum;
}

double Largest(const std::vector<AveragedRow>& rows) {
  double largest = 0;
  for (const AveragedRow& row : rows) {
    for (const double weight : row.weights) largest = std::max(largest, std::fabs(weight));
  }
  return largest;
}

double Largest(const std::vector<AveragedSparseRow>& rows) {
  double largest = 0;
  for (const AveragedSparseRow& row : rows) {
    for (const auto& [label, weight] : row.weights) largest = std::max(largest, std::fabs(weight));
  }
  return largest;
}

// How much a row matters: its largest code first, then the sum of all.
uint32_t Rank(const StructureRow& row) {
  uint32_t largest = 0;
  uint32_t sum = 0;
  for (const int8_t code : row.codes) {
    const uint32_t size = static_cast<uint32_t>(std::abs(int{code}));
    largest = std::max(largest, size);
    sum += size;
  }
  return largest << 16 | sum;
}

uint32_t Rank(const SparseRow& row) {
  uint32_t largest = 0;
  uint32_t sum = 0;
  for (const SparseWeight& weight : row.weights) {
    const uint32_t size = static_cast<uint32_t>(std::abs(int{weight.code}));
    largest = std::max(largest, size);
    sum += size;
  }
  return largest << 16 | sum;
}

// Keeps the rows of the highest ranks, of equal ones those with the smaller keys; their order stays.
template <typename Row>
void KeepBest(std::vector<Row>& rows, size_t max_rows) {
  if (rows.size() <= max_rows) return;
  std::vector<uint32_t> ranks;
  ranks.reserve(rows.size());
  for (const Row& row : rows) ranks.push_back(Rank(row));
  std::nth_element(ranks.begin(), ranks.begin() + static_cast<ptrdiff_t>(max_rows), ranks.end(), std::greater<>());
  const uint32_t bound = ranks[max_rows];
  size_t equal = max_rows - static_cast<size_t>(
                                std::count_if(ranks.begin(), ranks.end(), [&](uint32_t rank) { return rank > bound; }));
  size_t kept = 0;
  for (Row& row : rows) {
    const uint32_t rank = Rank(row);
    if (rank < bound || (rank == bound && equal == 0)) continue;
    if (rank == bound) --equal;
    Row best = std::move(row);
    rows[kept++] = std::move(best);
  }
  rows.resize(kept);
}

}  // namespace

std::vector<StructureRow> Pack(const std::vector<std::vector<AveragedRow>>& runs, const Pruning& pruning) {
  const std::vector<AveragedRow> sum = Sum(runs);
  const double largest = Largest(sum);
  std::vector<StructureRow> rows;
  for (const AveragedRow& averaged : sum) {
    StructureRow row;
    row.key = averaged.key;
    for (size_t c = 0; c < 3; ++c) row.codes[c] = Compand(averaged.weights[c], largest);
    if (row.codes != std::array<int8_t, 3>{}) rows.push_back(row);
  }
  KeepBest(rows, pruning.max_rows);
  return rows;
}

std::vector<SparseRow> Pack(const std::vector<std::vector<AveragedSparseRow>>& runs, const Pruning& pruning) {
  const std::vector<AveragedSparseRow> sum = Sum(runs);
  const double largest = Largest(sum);
  std::vector<SparseRow> rows;
  for (const AveragedSparseRow& averaged : sum) {
    SparseRow row;
    row.key = averaged.key;
    for (const auto& [label, weight] : averaged.weights) {
      const int8_t code = Compand(weight, largest);
      if (code != 0) row.weights.push_back({label, code});
    }
    if (!row.weights.empty()) rows.push_back(std::move(row));
  }
  KeepBest(rows, pruning.max_rows);
  return rows;
}

}  // namespace sitgraph::language::train
