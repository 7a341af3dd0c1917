// A set of cells that only grows, within the query's memory limit.
#pragma once

#include <cstddef>
#include <vector>

#include "queries/sparql/grouped_rows.h"

namespace sitgraph::queries::sparql {

class CellSet {
 public:
  explicit CellSet(Governor& governor) : governor_(&governor) {}
  ~CellSet() { governor_->Release(cells_.size() * sizeof(Cell)); }
  CellSet(const CellSet&) = delete;
  CellSet& operator=(const CellSet&) = delete;
  CellSet(CellSet&& other) noexcept : governor_(other.governor_), size_(other.size_) { cells_.swap(other.cells_); }
  CellSet& operator=(CellSet&&) = delete;

  // True where the cell, never kUnbound, was not there.
  bool Insert(Cell cell) {
    if (2 * size_ >= cells_.size()) Grow();
    Cell& place = Place(cell);
    if (place == cell) return false;
    place = cell;
    ++size_;
    return true;
  }
  size_t size() const { return size_; }

 private:
  Cell& Place(Cell cell) {
    size_t mask = cells_.size() - 1;
    size_t slot = MixCells(0, cell) & mask;
    while (cells_[slot] != kUnbound && cells_[slot] != cell) slot = (slot + 1) & mask;
    return cells_[slot];
  }
  void Grow() {
    std::vector<Cell> old(cells_.empty() ? 16 : 2 * cells_.size(), kUnbound);
    governor_->Charge((old.size() - cells_.size()) * sizeof(Cell));
    old.swap(cells_);
    for (Cell cell : old) {
      if (cell != kUnbound) Place(cell) = cell;
    }
  }

  Governor* governor_;
  size_t size_ = 0;
  std::vector<Cell> cells_;  // open addressing, at most half full
};

}  // namespace sitgraph::queries::sparql
