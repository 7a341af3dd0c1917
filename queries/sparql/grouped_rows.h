// Rows of cells grouped by their first columns, for finding a group in constant time: what hash joins and path searches
// look up instead of asking the store row by row.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "queries/sparql/governor.h"
#include "queries/sparql/term_table.h"

namespace sitgraph::queries::sparql {

// splitmix64's finaliser over a running sum.
inline uint64_t MixCells(uint64_t hash, uint64_t value) {
  uint64_t x = hash * 0x9E3779B97F4A7C15u + value;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
  return x ^ (x >> 31);
}

class GroupedRows {
 public:
  // Rows have `key_width` cells of key, then `value_width` cells; both may be 0.
  GroupedRows(size_t key_width, size_t value_width, Governor& governor)
      : key_width_(key_width), value_width_(value_width), governor_(governor) {}
  ~GroupedRows() { governor_.Release(charged_); }
  GroupedRows(const GroupedRows&) = delete;
  GroupedRows& operator=(const GroupedRows&) = delete;

  // False where the governor stops it. Not after Build.
  bool Add(const Cell* row);
  // Groups the rows; within a group they keep their order. O(rows).
  bool Build();

  struct Group {
    const Cell* values = nullptr;  // row after row, value_width each
    size_t rows = 0;
  };
  Group Find(const Cell* key) const {
    size_t slot = SlotOf(key);
    if (tags_[slot] == 0) return {};
    Cell entry = slots_[slot * stride() + key_width_];
    return {values_.data() + (entry >> 32) * value_width_, entry & UINT32_MAX};
  }
  size_t rows() const { return rows_; }
  static size_t BytesPerRow(size_t key_width, size_t value_width) {
    return (2 * key_width + 2 * value_width + 2) * sizeof(Cell);
  }

 private:
  size_t stride() const { return key_width_ + 1; }
  uint64_t Hash(const Cell* key) const {
    uint64_t hash = 0;
    for (size_t i = 0; i < key_width_; ++i) hash = MixCells(hash, key[i]);
    return hash;
  }
  static uint8_t TagOf(uint64_t hash) { return static_cast<uint8_t>((hash >> 56) | 1); }
  // The slot with this key, or the free one where it belongs.
  size_t SlotOf(const Cell* key) const {
    const uint64_t hash = Hash(key);
    const uint8_t tag = TagOf(hash);
    for (size_t slot = hash & mask_;; slot = (slot + 1) & mask_) {
      if (tags_[slot] == 0) return slot;
      if (tags_[slot] != tag) continue;
      const Cell* cells = slots_.data() + slot * stride();
      bool same = true;
      for (size_t i = 0; i < key_width_; ++i) same = same && cells[i] == key[i];
      if (same) return slot;
    }
  }

  size_t key_width_, value_width_;
  Governor& governor_;
  std::vector<Cell> input_;  // until Build
  size_t rows_ = 0;
  size_t charged_ = 0;
  // Open addressing, at most half full: of each slot the key, then the group's first row in the upper and its number of
  // rows in the lower half of one cell. A slot's tag is 0 where it is free, and else tells most other keys apart
  // without looking at them: tags are few bytes, so that they stay in the processor's cache.
  std::vector<uint8_t> tags_;
  std::vector<Cell> slots_;
  size_t mask_ = 0;
  std::vector<Cell> values_;
};

}  // namespace sitgraph::queries::sparql
