// The quads of a graph as one state shows them: those in the packed base and what was written since, put together.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "graph/keys.h"
#include "graph/packed_base.h"
#include "graph/tables.h"

namespace sitgraph::graph {

// Written in an index in the place of a quad of the base that was removed.
inline constexpr std::string_view kRemoved = "x";

// The tables as they are on disk, in one state.
class RawTables : public Tables {
 public:
  virtual std::unique_ptr<SeekableCursor> WalkRaw(Table table, std::string_view begin, std::string_view end) const = 0;
};

// Walks a range of an index.
class QuadWalk {
 public:
  // `base` is nullptr where there is none. With `fresh` false the indexes are known to be empty beside it.
  QuadWalk(const RawTables& tables, std::shared_ptr<const Base> base, bool fresh, const KeyRange& range);
  bool Valid() const { return valid_; }
  void Next();
  const QuadIds& quad() const { return from_fresh_ ? fresh_quad_ : packed_->quad(); }
  // What the index holds for the quad: kDirect or nothing.
  std::string_view value() const;
  base::Status status() const;

 private:
  void ReadFresh();
  void Settle();  // finds the lesser of the two, past what was removed

  QuadOrder order_;
  std::shared_ptr<const Base> base_;
  std::unique_ptr<SeekableCursor> fresh_;
  std::optional<PackedCursor> packed_;
  QuadIds fresh_quad_{};
  bool fresh_valid_ = false, from_fresh_ = false, both_ = false, valid_ = false, malformed_ = false;
};

// Tables whose indexes hold the base's quads too.
class QuadView final : public Tables {
 public:
  // Takes one state; `base` is the one that it shows.
  QuadView(std::unique_ptr<const RawTables> tables, std::shared_ptr<const Base> base);
  std::unique_ptr<TableCursor> Walk(Table table, std::string_view begin, std::string_view end) const override;
  base::Result<std::optional<std::string>> Get(Table table, std::string_view key) const override;

  QuadWalk WalkQuads(const KeyRange& range) const { return {*tables_, base_, fresh_, range}; }
  // How many quads of the base are in the range.
  base::Result<uint64_t> CountPacked(const KeyRange& range) const;
  // What is wrong with the base's blocks by themselves, one line each. O(quads).
  base::Result<std::vector<std::string>> CheckPacked() const;
  const std::shared_ptr<const Base>& base() const { return base_; }
  bool has_fresh() const { return fresh_; }

 private:
  std::unique_ptr<const RawTables> tables_;
  std::shared_ptr<const Base> base_;
  bool fresh_ = true;
};

}  // namespace sitgraph::graph
