#include "graph/bulk_build.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <future>
#include <optional>
#include <utility>

#include "graph/packed_block.h"
#include "graph/spill_file.h"
#include "graph/tuple_sorter.h"

namespace sitgraph::graph {
namespace {

using base::ErrorCode;

// Takes the quads in one order after the other, as ranks in the order's positions, the last one with the flag
// (WithFlag). Different orders may come from different threads.
class OrderSink {
 public:
  virtual ~OrderSink() = default;
  virtual bool Wants(QuadOrder order) const = 0;  // asked when all of the first order has come
  virtual base::Status Put(QuadOrder order, const Tuple& tuple) = 0;
  virtual base::Status End(QuadOrder order) = 0;
};

// As keys of the indexes.
class KeySink final : public OrderSink {
 public:
  KeySink(const IdRanks& ranks, SortedWriter& writer) : ranks_(ranks), writer_(writer) {}
  bool Wants(QuadOrder) const override { return true; }
  base::Status Put(QuadOrder order, const Tuple& tuple) override {
    std::array<TermId, 4> ids;
    const std::array<uint8_t, 4>& positions = PositionsOf(order);
    for (size_t i = 0; i < 4; ++i) ids[positions[i]] = ranks_.id(i == 3 ? tuple.values[i] >> 1 : tuple.values[i]);
    const bool direct = order == QuadOrder::kGspo && (tuple.values[3] & 1) != 0;
    const QuadKey key = EncodeQuad(order, {ids[0], ids[1], ids[2], ids[3]});
    return writer_.Put(TableOf(order), 0, View(key), direct ? kDirect : std::string_view());
  }
  base::Status End(QuadOrder) override { return {}; }

 private:
  const IdRanks& ranks_;
  SortedWriter& writer_;
};

// As blocks of the packed base.
class BlockSink final : public OrderSink {
 public:
  BlockSink(const IdRanks& ranks, uint32_t generation, SortedWriter& writer) : ranks_(ranks), writer_(writer) {
    head_.generation = generation;
  }
  bool Wants(QuadOrder order) const override { return order < QuadOrder::kGspo || several_graphs_; }
  base::Status Put(QuadOrder order, const Tuple& tuple) override {
    if (order == QuadOrder::kSpog) Count(tuple);
    Pending& pending = pending_[static_cast<size_t>(order)];
    pending.tuples.push_back(tuple);
    return pending.tuples.size() < kTuplesPerBlock ? base::Status() : End(order);
  }
  base::Status End(QuadOrder order) override {
    Pending& pending = pending_[static_cast<size_t>(order)];
    if (pending.tuples.empty()) return {};
    const std::string key = BlockKey(head_.generation, order, pending.tuples.back());
    base::Status status =
        writer_.Put(Table::kPacked, static_cast<uint8_t>(order), key, PackBlock(pending.tuples, pending.ordinal));
    pending.ordinal += pending.tuples.size();
    pending.tuples.clear();
    return status;
  }

  base::Result<BaseHead> Finish() {
    std::string piece;
    uint32_t pieces = 0;
    for (uint32_t rank = 0; rank < ranks_.size(); ++rank) {
      piece += EncodeId(ranks_.id(rank));
      if (piece.size() < 8 * kIdsPerPiece && rank + 1 < ranks_.size()) continue;
      const base::Status put = writer_.Put(Table::kPacked, kIdsPart, PieceKey(head_.generation, pieces++), piece);
      if (!put) return base::Fail(put.error());
      piece.clear();
    }
    if (head_.quads > 0 && !several_graphs_) head_.only_graph = ranks_.id(graph_);
    return head_;
  }

 private:
  struct Pending {
    std::vector<Tuple> tuples;
    uint64_t ordinal = 0;
  };
  void Count(const Tuple& tuple) {
    const uint32_t graph = tuple.values[3] >> 1;
    if (head_.quads++ == 0) graph_ = graph;
    several_graphs_ = several_graphs_ || graph != graph_;
  }

  const IdRanks& ranks_;
  SortedWriter& writer_;
  BaseHead head_;
  uint32_t graph_ = 0;
  bool several_graphs_ = false;
  std::array<Pending, kQuadOrders.size()> pending_;
};

// Quads as ranks: sorted once, each kept once, and sorted again for each other order.
class QuadOrders {
 public:
  QuadOrders(const IdRanks& ranks, const Workshop& workshop, OrderSink& sink)
      : ranks_(ranks),
        memory_bytes_(workshop.memory_bytes / 3),
        folder_(workshop.folder),
        sink_(sink),
        quads_(memory_bytes_, folder_) {}

  base::Status Write(const QuadFeed& feed) {
    base::Status status = WriteFirst(feed);
    return status ? WriteOthers() : status;
  }

 private:
  base::Status WriteFirst(const QuadFeed& feed) {
    TupleSorter sorter(memory_bytes_, folder_);
    base::Status status = feed([&](const QuadIds& quad, bool direct) { return sorter.Add(RanksOf(quad, direct)); });
    if (!status) return status;
    std::optional<Tuple> held;
    const auto keep = [&](const Tuple& tuple) {
      base::Status added = quads_.Add(tuple);
      return added ? sink_.Put(QuadOrder::kSpog, tuple) : added;
    };
    status = sorter.ForEach([&](const Tuple& tuple) -> base::Status {
      // The same quad once more, now added for itself?
      const bool same = held && std::equal(tuple.values.begin(), tuple.values.begin() + 3, held->values.begin()) &&
                        tuple.values[3] >> 1 == held->values[3] >> 1;
      base::Status kept;
      if (held && !same) kept = keep(*held);
      held = tuple;
      return kept;
    });
    if (status && held) status = keep(*held);
    if (status) status = sink_.End(QuadOrder::kSpog);
    return status ? quads_.Finish() : status;
  }

  base::Status WriteOthers() {
    std::atomic<size_t> next = 1;
    const auto work = [&]() -> base::Status {
      for (size_t i = next++; i < kQuadOrders.size(); i = next++) {
        base::Status status = sink_.Wants(kQuadOrders[i]) ? WriteOther(kQuadOrders[i]) : base::Status();
        if (!status) {
          next = kQuadOrders.size();
          return status;
        }
      }
      return {};
    };
    auto other = std::async(std::launch::async, work);
    base::Status status = work();
    base::Status other_status = other.get();
    return status ? other_status : status;
  }

  base::Status WriteOther(QuadOrder order) {
    TupleSorter sorter(memory_bytes_, folder_);
    const std::array<uint8_t, 4>& positions = PositionsOf(order);
    base::Status status = quads_.ForEach([&](const Tuple& tuple) {
      const std::array<uint32_t, 4> ranks = {tuple.values[0], tuple.values[1], tuple.values[2], tuple.values[3] >> 1};
      Tuple turned;
      for (size_t i = 0; i < 4; ++i) turned.values[i] = ranks[positions[i]];
      turned.values[3] = WithFlag(turned.values[3], (tuple.values[3] & 1) != 0);
      return sorter.Add(turned);
    });
    if (status) status = sorter.ForEach([&](const Tuple& tuple) { return sink_.Put(order, tuple); });
    return status ? sink_.End(order) : status;
  }

  Tuple RanksOf(const QuadIds& quad, bool direct) const {
    return {{ranks_.LowerBound(quad.subject), ranks_.LowerBound(quad.predicate), ranks_.LowerBound(quad.object),
             WithFlag(ranks_.LowerBound(quad.graph), direct)}};
  }

  const IdRanks& ranks_;
  size_t memory_bytes_;  // for each of the two sorters, and for the quads kept
  const std::string& folder_;
  OrderSink& sink_;
  SpillVector<Tuple> quads_;
};

}  // namespace

base::Status FailTooManyTerms(uint64_t most) {
  return base::Fail(ErrorCode::kTooLarge,
                    fmt::format("the ids of more than {} terms do not fit into the memory allowed", most), {},
                    "raise --memory: some 43 bytes for each term are enough");
}

base::Result<std::vector<TermId>> WriteTerms(RecordSorter& terms, RecordSorter& iris, uint64_t most,
                                             SortedWriter& writer) {
  std::vector<TermId> ids = {kDefaultGraphId};
  ids.reserve(static_cast<size_t>(std::min(terms.size() + 1, most)));
  base::Status status = terms.Sort();
  for (; status && terms.Valid(); status = terms.Next()) {
    const TermId id = DecodeId(terms.key());
    const base::Result<Slot> slot = writer.Look(id, terms.value());
    if (!slot) return base::Fail(slot.error());
    if (ids.back() == id || *slot == Slot::kOther) {
      return base::Fail(ErrorCode::kUnsupported, "two terms have the same digest, which bulk loading does not handle");
    }
    if (ids.size() >= most) return base::Fail(FailTooManyTerms(most).error());
    ids.push_back(id);
    if (*slot == Slot::kSame) continue;
    status = writer.Put(Table::kDictionary, 0, terms.key(), terms.value());
    if (const auto iri = IriOf(terms.value()); status && iri) status = iris.Add(*iri, terms.key());
    if (!status) break;
  }
  if (!status) return base::Fail(status.error());
  return ids;
}

base::Status WriteIris(RecordSorter& iris, SortedWriter& writer) {
  base::Status status = iris.Sort();
  for (; status && iris.Valid(); status = iris.Next()) {
    status = writer.Put(Table::kIris, 0, iris.key(), iris.value());
    if (!status) break;
  }
  return status;
}

base::Status WriteIndexes(const IdRanks& ranks, const QuadFeed& feed, const Workshop& workshop, SortedWriter& writer) {
  KeySink sink(ranks, writer);
  return QuadOrders(ranks, workshop, sink).Write(feed);
}

base::Result<BaseHead> WriteBase(const IdRanks& ranks, uint32_t generation, const QuadFeed& feed,
                                 const Workshop& workshop, SortedWriter& writer) {
  BlockSink sink(ranks, generation, writer);
  const base::Status written = QuadOrders(ranks, workshop, sink).Write(feed);
  if (!written) return base::Fail(written.error());
  return sink.Finish();
}

}  // namespace sitgraph::graph
