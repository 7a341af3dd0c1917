// Ids numbered from 0 in their order.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "graph/store.h"

namespace sitgraph::graph {

// Ids are digests and so spread evenly: the leading bits of one lead to where it stands.
class IdRanks {
 public:
  IdRanks() = default;
  explicit IdRanks(std::vector<TermId> ascending) : ids_(std::move(ascending)) {
    while (shift_ > 40 && (uint64_t{1} << (64 - shift_)) < ids_.size()) --shift_;
    starts_.resize((size_t{1} << (64 - shift_)) + 1);
    size_t rank = 0;
    for (size_t bucket = 0; bucket < starts_.size(); ++bucket) {
      while (rank < ids_.size() && BucketOf(ids_[rank]) < bucket) ++rank;
      starts_[bucket] = static_cast<uint32_t>(rank);
    }
  }
  size_t size() const { return ids_.size(); }
  TermId id(uint32_t rank) const { return ids_[rank]; }
  // The first rank whose id is not less; size() where there is none.
  uint32_t LowerBound(TermId id) const {
    if (ids_.empty()) return 0;
    const size_t bucket = BucketOf(id);
    const TermId* begin = ids_.data() + starts_[bucket];
    const TermId* end = ids_.data() + starts_[bucket + 1];
    constexpr ptrdiff_t kFew = 8;
    if (end - begin > kFew) {
      begin = std::lower_bound(begin, end, id);
    } else {
      while (begin != end && *begin < id) ++begin;
    }
    return static_cast<uint32_t>(begin - ids_.data());
  }
  static size_t BytesFor(uint64_t ids) { return static_cast<size_t>(ids * (sizeof(TermId) + 2 * sizeof(uint32_t))); }

 private:
  size_t BucketOf(TermId id) const { return static_cast<size_t>(static_cast<uint64_t>(id) >> shift_); }
  int shift_ = 63;
  std::vector<TermId> ids_;
  std::vector<uint32_t> starts_;  // of the ids with the same leading bits
};

}  // namespace sitgraph::graph
