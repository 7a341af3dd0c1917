// Sorted tuples of four numbers packed into a block of bytes, column by column: pure functions, described in
// docs/format.md.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/tuple_sorter.h"

namespace sitgraph::graph {

inline constexpr size_t kTuplesPerBlock = 512;

// `tuples`: ascending, at least one and at most kTuplesPerBlock. `ordinal`: how many come before them in all blocks.
std::string PackBlock(std::span<const Tuple> tuples, uint64_t ordinal);

// A block being read. Holds views into the bytes it was made from.
class PackedBlock {
 public:
  // nullopt where the bytes are no block.
  static std::optional<PackedBlock> Parse(std::string_view bytes);

  size_t size() const { return size_; }
  uint64_t ordinal() const { return ordinal_; }
  // The values of one column from `begin` to `end`, into out[begin..end).
  void Read(size_t column, size_t begin, size_t end, uint32_t* out) const;
  std::vector<Tuple> Tuples() const;
  // How many tuples are less than `tuple`.
  size_t LowerBound(const Tuple& tuple) const;

 private:
  enum class Form : uint8_t { kConstant, kPacked, kDeltas, kCodes };
  friend std::string PackBlock(std::span<const Tuple> tuples, uint64_t ordinal);
  struct Column {
    Form form = Form::kConstant;
    uint8_t width = 0;             // bits of each number
    uint32_t first = 0;            // the constant, the least or the first value
    const char* values = nullptr;  // kCodes: what the codes stand for
    const char* bits = nullptr;
  };
  static void PackColumn(std::span<const uint32_t> values, std::string& out);

  size_t size_ = 0;
  uint64_t ordinal_ = 0;
  std::array<Column, 4> columns_;
};

}  // namespace sitgraph::graph
