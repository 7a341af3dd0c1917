// Open-addressing tables of the training weights; averaging and quantising them.
#include "src/language/train/perceptron.h"

#include <algorithm>
#include <cmath>

namespace sitgraph::language::train {
namespace {

constexpr size_t kFirstSlots = size_t{1} << 16;
constexpr size_t kAhead = 12;

inline void Prefetch(const void* address) { __builtin_prefetch(address, 0, 1); }

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

void StructurePerceptron::Add(std::span<const uint32_t> keys, Scores3& scores) const {
  const size_t mask = slots_.size() - 1;
  for (size_t i = 0; i < std::min(kAhead, keys.size()); ++i) Prefetch(&slots_[keys[i] & mask]);
  for (size_t i = 0; i < keys.size(); ++i) {
    if (i + kAhead < keys.size()) Prefetch(&slots_[keys[i + kAhead] & mask]);
    const Slot& slot = slots_[Find(keys[i])];
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

std::vector<StructureRow> StructurePerceptron::Average(int64_t steps, const Pruning& pruning) const {
  double largest = 0;
  for (const Slot& slot : slots_) {
    if (slot.updates < pruning.min_updates) continue;
    for (size_t c = 0; c < 3; ++c) {
      largest = std::max(largest, std::fabs(Averaged(slot.weights[c], slot.moments[c], steps)));
    }
  }
  std::vector<StructureRow> rows;
  for (const Slot& slot : slots_) {
    if (slot.updates == 0 || slot.updates < pruning.min_updates) continue;
    StructureRow row;
    row.key = slot.key;
    for (size_t c = 0; c < 3; ++c) {
      const double weight = Averaged(slot.weights[c], slot.moments[c], steps);
      if (std::fabs(weight) >= pruning.min_weight * largest) row.codes[c] = Compand(weight, largest);
    }
    if (row.codes != std::array<int8_t, 3>{}) rows.push_back(row);
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
  for (size_t i = 0; i < std::min(kAhead, keys.size()); ++i) Prefetch(&slots_[keys[i] & mask]);
  for (size_t i = 0; i < keys.size(); ++i) {
    if (i + kAhead < keys.size()) Prefetch(&slots_[keys[i + kAhead] & mask]);
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

std::vector<SparseRow> RowPerceptron::Average(int64_t steps, const Pruning& pruning) const {
  double largest = 0;
  for (const Slot& slot : slots_) {
    if (slot.updates < pruning.min_updates) continue;
    for (size_t w = slot.begin; w < slot.begin + size_t{slot.size}; ++w) {
      largest = std::max(largest, std::fabs(Averaged(pool_[w].weight, pool_[w].moment, steps)));
    }
  }
  std::vector<SparseRow> rows;
  for (const Slot& slot : slots_) {
    if (slot.updates == 0 || slot.updates < pruning.min_updates) continue;
    SparseRow row;
    row.key = slot.key;
    for (size_t w = slot.begin; w < slot.begin + size_t{slot.size}; ++w) {
      const double weight = Averaged(pool_[w].weight, pool_[w].moment, steps);
      if (std::fabs(weight) < pruning.min_weight * largest) continue;
      const int8_t code = Compand(weight, largest);
      if (code != 0) row.weights.push_back({static_cast<uint8_t>(pool_[w].label), code});
    }
    std::sort(row.weights.begin(), row.weights.end(), [](auto a, auto b) { return a.label < b.label; });
    if (!row.weights.empty()) rows.push_back(std::move(row));
  }
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
  return rows;
}

}  // namespace sitgraph::language::train
