// The packed base of a graph: quads as ranks of ids in blocks, in the table kPacked. Written as a whole by folding, and
// read until the next takes its place.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "graph/id_ranks.h"
#include "graph/keys.h"
#include "graph/packed_block.h"
#include "graph/tables.h"

namespace sitgraph::graph {

// What the key "base" of kMeta tells of the base; without it there is none.
struct BaseHead {
  uint32_t generation = 0;  // of the keys in kPacked that belong to it
  uint64_t quads = 0;
  std::optional<TermId> only_graph;  // where all quads are in one graph, the orders that begin with it are left out
};
inline constexpr std::string_view kBaseKey = "base";
std::string EncodeHead(const BaseHead& head);
std::optional<BaseHead> DecodeHead(std::string_view bytes);

// Keys of kPacked: the generation, a part (an order's blocks, or the ids), and the block's last tuple or the number of
// a piece of ids.
inline constexpr uint8_t kIdsPart = 6;
inline constexpr size_t kIdsPerPiece = 4096;
std::string PartKey(uint32_t generation, uint8_t part);
std::string BlockKey(uint32_t generation, QuadOrder order, const Tuple& last);
std::string PieceKey(uint32_t generation, uint32_t piece);

// The last number of a tuple, whatever its order, also says whether the quad was added for itself (kDirect).
inline uint32_t WithFlag(uint32_t rank, bool direct) { return rank << 1 | (direct ? 1 : 0); }
inline constexpr uint64_t kMostRanks = UINT64_C(1) << 31;

// Where a range of an index's keys lies in the blocks.
struct PackedRange {
  QuadOrder stored = QuadOrder::kSpog;
  Tuple low, high;  // [low, high)
};

class Base {
 public:
  Base(BaseHead head, IdRanks ranks) : head_(head), ranks_(std::move(ranks)) {}
  // The base as `tables` show it, with all its ids: 8 bytes of memory for each term, and as much to read. nullptr where
  // there is none.
  static base::Result<std::shared_ptr<const Base>> Read(const Tables& tables, const BaseHead& head);

  const BaseHead& head() const { return head_; }
  const IdRanks& ranks() const { return ranks_; }
  // nullopt: nothing there.
  std::optional<PackedRange> RangeOf(QuadOrder order, std::string_view begin, std::string_view end) const;

 private:
  // The first tuple that is not before the key; nullopt: behind all.
  std::optional<Tuple> FirstFrom(QuadOrder order, std::string_view key) const;
  BaseHead head_;
  IdRanks ranks_;
};

// A table's cursor that can be set anew.
class SeekableCursor : public TableCursor {
 public:
  virtual void Seek(std::string_view key) = 0;
};

// Walks the quads of a range. The base must outlive it.
class PackedCursor {
 public:
  // `blocks` walks the part of kPacked that the range is stored in; not yet placed.
  PackedCursor(const Base& base, const PackedRange& range, std::unique_ptr<SeekableCursor> blocks);
  bool Valid() const { return at_ < end_; }
  void Next();
  const QuadIds& quad() const { return quad_; }
  bool direct() const { return direct_; }
  base::Status status() const;
  // How many quads the range holds; costs two seeks. Instead of walking.
  base::Result<uint64_t> Count();
  void Start();  // to the first quad

 private:
  bool OpenBlock();  // the one that blocks_ is at, at its first tuple in the range
  void ReadIds(const PackedBlock& block);
  void Decode();
  base::Result<uint64_t> PositionOf(const Tuple& tuple);

  const Base& base_;
  PackedRange range_;
  std::unique_ptr<SeekableCursor> blocks_;
  size_t at_ = 0, end_ = 0;
  bool last_block_ = false;
  bool malformed_ = false;
  QuadIds quad_{};
  bool direct_ = false;
  // Of the block, from at_ to end_, by position. Ids are looked up column by column: so many at once wait for memory
  // together, not one after the other.
  std::array<std::array<TermId, kTuplesPerBlock>, 4> ids_;
  std::array<bool, kTuplesPerBlock> direct_of_;
};

}  // namespace sitgraph::graph
