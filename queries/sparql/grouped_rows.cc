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

bool GroupedRows::Build() {
  size_t width = key_width_ + value_width_;
  size_t count = std::bit_ceil(std::max<size_t>(2 * rows_, 2));
  mask_ = count - 1;
  slots_.assign(count * stride(), 0);
  tags_.assign(count, 0);
  std::vector<uint32_t> slot_of(rows_);
  for (size_t row = 0; row < rows_; ++row) {
    if (!governor_.Tick()) return false;
    const Cell* cells = input_.data() + row * width;
    size_t slot = SlotOf(cells);
    Cell* place = slots_.data() + slot * stride();
    if (place[key_width_]++ == 0) {
      std::copy_n(cells, key_width_, place);
      tags_[slot] = TagOf(Hash(cells));
    }
    slot_of[row] = static_cast<uint32_t>(slot);
  }
  // Groups in the order of their first rows, which keeps neighbours of neighbours close.
  constexpr uint32_t kUnplaced = UINT32_MAX;
  std::vector<uint32_t> next_of(count, kUnplaced);
  uint32_t next = 0;
  values_.resize(rows_ * value_width_);
  for (size_t row = 0; row < rows_; ++row) {
    uint32_t& place = next_of[slot_of[row]];
    Cell& entry = slots_[slot_of[row] * stride() + key_width_];
    if (place == kUnplaced) {
      place = next;
      next += static_cast<uint32_t>(entry);
      entry |= Cell{place} << 32;
    }
    std::copy_n(input_.data() + row * width + key_width_, value_width_, values_.data() + size_t{place} * value_width_);
    ++place;
  }
  input_ = {};
  return !governor_.failed();
}

}  // namespace sitgraph::queries::sparql
