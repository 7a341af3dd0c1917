// Open addressing with linear probing; rows are laid out group after group by counting.
#include "queries/sparql/grouped_rows.h"

#include <algorithm>
#include <bit>

#include "base/error.h"

namespace sitgraph::queries::sparql {

bool GroupedRows::Add(const Cell* row) {
  size_t width = key_width_ + value_width_;
  if ((rows_ & 0xFF) == 0) {
    size_t bytes = 256 * BytesPerRow(key_width_, value_width_);
    charged_ += bytes;
    if (!governor_.Charge(bytes)) return false;
  }
  if (rows_ == UINT32_MAX) {
    governor_.Fail({base::ErrorCode::kTooLarge, "a join has too many rows to be held", {}, {}});
    return false;
  }
  input_.insert(input_.end(), row, row + width);
  ++rows_;
  return true;
}

uint64_t GroupedRows::Hash(const Cell* key) const {
  uint64_t hash = 0;
  for (size_t i = 0; i < key_width_; ++i) hash = MixCells(hash, key[i]);
  return hash;
}

size_t GroupedRows::SlotOf(const Cell* key) const {
  size_t mask = entries_.size() - 1;
  for (size_t slot = Hash(key) & mask;; slot = (slot + 1) & mask) {
    if (entries_[slot].rows == 0 || std::equal(key, key + key_width_, keys_.data() + slot * key_width_)) return slot;
  }
}

bool GroupedRows::Build() {
  size_t width = key_width_ + value_width_;
  entries_.assign(std::bit_ceil(std::max<size_t>(2 * rows_, 2)), {});
  keys_.resize(entries_.size() * key_width_);
  std::vector<uint32_t> slots(rows_);
  for (size_t row = 0; row < rows_; ++row) {
    if (!governor_.Tick()) return false;
    const Cell* cells = input_.data() + row * width;
    size_t slot = SlotOf(cells);
    if (entries_[slot].rows++ == 0) std::copy_n(cells, key_width_, keys_.data() + slot * key_width_);
    slots[row] = static_cast<uint32_t>(slot);
  }
  // Groups in the order of their first rows, which keeps neighbours of neighbours close.
  constexpr uint32_t kUnplaced = UINT32_MAX;
  for (Entry& entry : entries_) entry.first = kUnplaced;
  uint32_t next = 0;
  std::vector<uint32_t> filled(entries_.size());
  values_.resize(rows_ * value_width_);
  for (size_t row = 0; row < rows_; ++row) {
    Entry& entry = entries_[slots[row]];
    if (entry.first == kUnplaced) {
      entry.first = next;
      next += entry.rows;
    }
    size_t place = entry.first + filled[slots[row]]++;
    std::copy_n(input_.data() + row * width + key_width_, value_width_, values_.data() + place * value_width_);
  }
  input_ = {};
  return !governor_.failed();
}

GroupedRows::Group GroupedRows::Find(const Cell* key) const {
  const Entry& entry = entries_[SlotOf(key)];
  if (entry.rows == 0) return {};
  return {values_.data() + size_t{entry.first} * value_width_, entry.rows};
}

}  // namespace sitgraph::queries::sparql
