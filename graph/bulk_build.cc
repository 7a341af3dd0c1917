#include "graph/bulk_build.h"

#include <fmt/format.h>

#include <atomic>
#include <future>
#include <utility>
#include <vector>

#include "graph/id_ranks.h"
#include "graph/record_sorter.h"
#include "graph/tuple_sorter.h"

namespace sitgraph::graph {
namespace {

using base::ErrorCode;

// Terms into the dictionary, which gives all ids in their order; IRIs on their way into their list.
base::Result<std::vector<TermId>> WriteTerms(RecordSorter& terms, RecordSorter& iris, SortedWriter& writer) {
  std::vector<TermId> ids = {kDefaultGraphId};
  ids.reserve(static_cast<size_t>(terms.size() + 1));
  base::Status status = terms.Sort();
  for (; status && terms.Valid(); status = terms.Next()) {
    const TermId id = DecodeId(terms.key());
    const base::Result<Slot> slot = writer.Look(id, terms.value());
    if (!slot) return base::Fail(slot.error());
    if (ids.back() == id || *slot == Slot::kOther) {
      return base::Fail(ErrorCode::kUnsupported, "two terms have the same digest, which bulk loading does not handle");
    }
    ids.push_back(id);
    if (*slot == Slot::kSame) continue;
    status = writer.Put(Table::kDictionary, terms.key(), terms.value());
    if (const auto iri = IriOf(terms.value()); status && iri) status = iris.Add(*iri, terms.key());
    if (!status) break;
  }
  if (!status) return base::Fail(status.error());
  return ids;
}

base::Status WriteIris(RecordSorter& iris, SortedWriter& writer) {
  base::Status status = iris.Sort();
  for (; status && iris.Valid(); status = iris.Next()) {
    status = writer.Put(Table::kIris, iris.key(), iris.value());
    if (!status) break;
  }
  return status;
}

// Quads as ranks, in the positions of SPOG.
class QuadOrders {
 public:
  QuadOrders(const IdRanks& ranks, size_t memory_bytes, const std::string& folder, SortedWriter& writer)
      : ranks_(ranks),
        memory_bytes_(memory_bytes),
        folder_(folder),
        writer_(writer),
        quads_(memory_bytes / 3, folder) {}

  // Sorts the quads into the first order, each once.
  base::Status Start(TermCollector& collected) {
    TupleSorter sorter(memory_bytes_ / 3, folder_);
    sorter.Expect(collected.quads().size());
    base::Status status = collected.quads().ForEach([&](const QuadIds& quad) { return sorter.Add(RanksOf(quad)); });
    collected.DropQuads();
    if (status) {
      status = sorter.ForEach([&](const Tuple& tuple) -> base::Status {
        if (base::Status added = quads_.Add(tuple); !added) return added;
        return Put(QuadOrder::kSpog, IdsOf(tuple));
      });
    }
    return status ? quads_.Finish() : status;
  }

  // The other orders, in two threads.
  base::Status Finish() {
    std::atomic<size_t> next = 1;
    const auto work = [&]() -> base::Status {
      for (size_t i = next++; i < kQuadOrders.size(); i = next++) {
        if (base::Status status = Write(kQuadOrders[i]); !status) {
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

 private:
  Tuple RanksOf(const QuadIds& quad) const {
    return {{ranks_.LowerBound(quad.subject), ranks_.LowerBound(quad.predicate), ranks_.LowerBound(quad.object),
             ranks_.LowerBound(quad.graph)}};
  }
  QuadIds IdsOf(const Tuple& tuple) const {
    const auto& values = tuple.values;
    return {ranks_.id(values[0]), ranks_.id(values[1]), ranks_.id(values[2]), ranks_.id(values[3])};
  }
  base::Status Write(QuadOrder order) {
    TupleSorter sorter(memory_bytes_ / 3, folder_);
    sorter.Expect(quads_.size());
    const std::array<uint8_t, 4>& positions = PositionsOf(order);
    base::Status status = quads_.ForEach([&](const Tuple& tuple) {
      Tuple turned;
      for (size_t i = 0; i < 4; ++i) turned.values[i] = tuple.values[positions[i]];
      return sorter.Add(turned);
    });
    if (!status) return status;
    return sorter.ForEach([&](const Tuple& turned) {
      Tuple tuple;
      for (size_t i = 0; i < 4; ++i) tuple.values[positions[i]] = turned.values[i];
      return Put(order, IdsOf(tuple));
    });
  }
  base::Status Put(QuadOrder order, const QuadIds& quad) {
    const bool direct = order == QuadOrder::kGspo && quad.graph == kDefaultGraphId;
    return writer_.Put(TableOf(order), View(EncodeQuad(order, quad)), direct ? kDirect : std::string_view());
  }

  const IdRanks& ranks_;
  size_t memory_bytes_;
  const std::string& folder_;
  SortedWriter& writer_;
  SpillVector<Tuple> quads_;
};

}  // namespace

base::Status WriteSorted(TermCollector& collected, size_t memory_bytes, const std::string& folder,
                         SortedWriter& writer) {
  const size_t for_ranks = IdRanks::BytesFor(collected.terms().size());
  if (for_ranks > memory_bytes / 2) {
    return base::Fail(ErrorCode::kTooLarge,
                      fmt::format("{} terms do not fit into the memory allowed", collected.terms().size()), {},
                      fmt::format("allow {} MiB or more (--memory)", (2 * for_ranks >> 20) + 1));
  }
  RecordSorter iris(memory_bytes / 8, folder);
  auto ids = WriteTerms(collected.terms(), iris, writer);
  if (!ids) return base::Fail(ids.error());
  collected.DropTerms();
  const IdRanks ranks(std::move(*ids));

  auto iris_written = std::async(std::launch::async, [&] { return WriteIris(iris, writer); });
  QuadOrders orders(ranks, memory_bytes / 4, folder, writer);
  base::Status status = orders.Start(collected);
  if (base::Status written = iris_written.get(); status && !written) status = written;
  return status ? orders.Finish() : status;
}

}  // namespace sitgraph::graph
