#include "graph/quad_view.h"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace sitgraph::graph {
namespace {

std::optional<QuadOrder> OrderOf(Table table) {
  for (const QuadOrder order : kQuadOrders) {
    if (TableOf(order) == table) return order;
  }
  return std::nullopt;
}

std::array<TermId, 4> InOrder(QuadOrder order, const QuadIds& quad) {
  const std::array<TermId, 4> ids = {quad.subject, quad.predicate, quad.object, quad.graph};
  const std::array<uint8_t, 4>& positions = PositionsOf(order);
  return {ids[positions[0]], ids[positions[1]], ids[positions[2]], ids[positions[3]]};
}

std::unique_ptr<SeekableCursor> WalkBlocks(const RawTables& tables, const Base& base, QuadOrder stored) {
  const auto part = static_cast<uint8_t>(stored);
  return tables.WalkRaw(Table::kPacked, PartKey(base.head().generation, part),
                        PartKey(base.head().generation, part + 1));
}

class KeyWalk final : public TableCursor {
 public:
  KeyWalk(QuadOrder order, QuadWalk walk) : order_(order), walk_(std::move(walk)) { Encode(); }
  bool Valid() const override { return walk_.Valid(); }
  void Next() override {
    walk_.Next();
    Encode();
  }
  std::string_view key() const override { return View(key_); }
  std::string_view value() const override { return walk_.value(); }
  base::Status status() const override { return walk_.status(); }

 private:
  void Encode() {
    if (walk_.Valid()) key_ = EncodeQuad(order_, walk_.quad());
  }
  QuadOrder order_;
  QuadWalk walk_;
  QuadKey key_{};
};

}  // namespace

QuadWalk::QuadWalk(const RawTables& tables, std::shared_ptr<const Base> base, bool fresh, const KeyRange& range)
    : order_(range.order), base_(std::move(base)) {
  if (base_ != nullptr) {
    if (const auto packed = base_->RangeOf(range.order, range.begin, range.end)) {
      packed_.emplace(*base_, *packed, WalkBlocks(tables, *base_, packed->stored));
      packed_->Start();
    }
  }
  if (fresh) {
    fresh_ = tables.WalkRaw(TableOf(range.order), range.begin, range.end);
    fresh_->Seek(range.begin);
    ReadFresh();
  }
  Settle();
}

void QuadWalk::ReadFresh() {
  fresh_valid_ = fresh_->Valid();
  if (!fresh_valid_) return;
  if (fresh_->key().size() != kQuadKeySize) {
    malformed_ = true;
    fresh_valid_ = false;
    return;
  }
  fresh_quad_ = DecodeQuad(order_, fresh_->key());
}

void QuadWalk::Settle() {
  while (true) {
    const bool packed = packed_ && packed_->Valid();
    valid_ = (packed || fresh_valid_) && !malformed_;
    from_fresh_ = fresh_valid_;
    both_ = false;
    if (!fresh_valid_) return;
    if (packed) {
      const auto left = InOrder(order_, packed_->quad()), right = InOrder(order_, fresh_quad_);
      both_ = left == right;
      from_fresh_ = right <= left;
    }
    if (!from_fresh_ || fresh_->value() != kRemoved) return;
    fresh_->Next();
    ReadFresh();
    if (both_) packed_->Next();
  }
}

void QuadWalk::Next() {
  if (!from_fresh_) {
    packed_->Next();
    if (!fresh_valid_) {
      valid_ = packed_->Valid();
      return;
    }
  } else {
    if (both_) packed_->Next();
    fresh_->Next();
    ReadFresh();
  }
  Settle();
}

std::string_view QuadWalk::value() const {
  if (from_fresh_) return fresh_->value();
  return order_ == QuadOrder::kGspo && packed_->direct() ? kDirect : std::string_view();
}

base::Status QuadWalk::status() const {
  if (malformed_) return base::Fail(base::ErrorCode::kCorrupt, "an index holds a malformed key");
  if (packed_) {
    if (base::Status status = packed_->status(); !status) return status;
  }
  return fresh_ ? fresh_->status() : base::Status();
}

QuadView::QuadView(std::unique_ptr<const RawTables> tables, std::shared_ptr<const Base> base)
    : tables_(std::move(tables)), base_(std::move(base)) {
  if (base_ == nullptr) return;
  // All indexes hold the same quads, the removed ones too.
  const auto first = tables_->Walk(Table::kSpog, {}, {});
  fresh_ = first->Valid() || !first->status();
}

std::unique_ptr<TableCursor> QuadView::Walk(Table table, std::string_view begin, std::string_view end) const {
  const std::optional<QuadOrder> order = OrderOf(table);
  if (!order || base_ == nullptr) return tables_->Walk(table, begin, end);
  return std::make_unique<KeyWalk>(*order, WalkQuads({*order, std::string(begin), std::string(end)}));
}

base::Result<std::optional<std::string>> QuadView::Get(Table table, std::string_view key) const {
  const std::optional<QuadOrder> order = OrderOf(table);
  if (!order || base_ == nullptr) return tables_->Get(table, key);
  if (fresh_) {
    auto fresh = tables_->Get(table, key);
    if (!fresh) return fresh;
    if (*fresh) return **fresh == kRemoved ? std::nullopt : std::move(*fresh);
  }
  const QuadWalk packed(*tables_, base_, false, {*order, std::string(key), AfterPrefix(key)});
  if (base::Status status = packed.status(); !status) return base::Fail(status.error());
  if (!packed.Valid()) return std::nullopt;
  return std::string(packed.value());
}

base::Result<std::vector<std::string>> QuadView::CheckPacked() const {
  std::vector<std::string> lines;
  if (base_ == nullptr) return lines;
  for (const QuadOrder order : kQuadOrders) {
    const char* name = kTableNames[static_cast<size_t>(TableOf(order))];
    const auto blocks = WalkBlocks(*tables_, *base_, order);
    uint64_t quads = 0;
    bool ascending = true;
    std::optional<Tuple> last;
    for (blocks->Seek(PartKey(base_->head().generation, static_cast<uint8_t>(order))); blocks->Valid();
         blocks->Next()) {
      const auto block = PackedBlock::Parse(blocks->value());
      if (!block) return base::Fail(base::ErrorCode::kCorrupt, "the packed quads are damaged");
      ascending = ascending && block->ordinal() == quads;
      quads += block->size();
      for (const Tuple& tuple : block->Tuples()) {
        ascending = ascending && (!last || *last < tuple);
        last = tuple;
      }
      ascending = ascending && blocks->key() == BlockKey(base_->head().generation, order, *last);
    }
    if (base::Status status = blocks->status(); !status) return base::Fail(status.error());
    const bool left_out = base_->head().only_graph && order >= QuadOrder::kGspo;
    const uint64_t expected = left_out ? 0 : base_->head().quads;
    if (quads != expected)
      lines.push_back(fmt::format("the packed quads are {}, not {}, in {}", quads, expected, name));
    if (!ascending) lines.push_back(fmt::format("the packed quads are out of order in {}", name));
  }
  return lines;
}

base::Result<uint64_t> QuadView::CountPacked(const KeyRange& range) const {
  if (base_ == nullptr) return 0;
  const auto packed = base_->RangeOf(range.order, range.begin, range.end);
  if (!packed) return 0;
  PackedCursor cursor(*base_, *packed, WalkBlocks(*tables_, *base_, packed->stored));
  return cursor.Count();
}

}  // namespace sitgraph::graph
