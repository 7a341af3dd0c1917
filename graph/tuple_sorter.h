// Sorts tuples of four numbers in bounded memory, through a file where they are too many.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/error.h"
#include "graph/spill_file.h"

namespace sitgraph::graph {

struct Tuple {
  std::array<uint32_t, 4> values{};
  friend bool operator==(const Tuple&, const Tuple&) = default;
  friend auto operator<=>(const Tuple&, const Tuple&) = default;
};

class TupleSorter {
 public:
  TupleSorter(size_t memory_bytes, const std::string& folder) : memory_bytes_(memory_bytes), file_(folder) {}

  base::Status Add(const Tuple& tuple) {
    GrowWithin(tuples_, memory_bytes_ / sizeof(Tuple) + 1);
    tuples_.push_back(tuple);
    return tuples_.size() * sizeof(Tuple) < memory_bytes_ ? base::Status() : Spill();
  }
  // Calls `visit(tuple)` for each in order, equal ones once, until it fails. Once, as the last.
  template <typename Visit>
  base::Status ForEach(const Visit& visit) {
    if (base::Status sorted = Sort(); !sorted) return sorted;
    const Tuple* last = nullptr;
    Tuple kept;
    while (true) {
      const base::Result<const Tuple*> tuple = Next();
      if (!tuple) return base::Fail(tuple.error());
      if (*tuple == nullptr) return {};
      if (last != nullptr && **tuple == kept) continue;
      kept = **tuple;
      last = &kept;
      if (base::Status visited = visit(kept); !visited) return visited;
    }
  }

 private:
  struct Run {
    SpillReader reader;
    Tuple head;
  };
  base::Status Spill();
  base::Status Sort();
  base::Result<const Tuple*> Next();  // nullptr at the end
  static base::Result<bool> Read(Run& run);

  size_t memory_bytes_;
  std::vector<Tuple> tuples_;
  size_t next_ = 0;
  SpillFile file_;
  std::vector<uint64_t> ends_;  // of the runs in the file
  std::vector<Run> runs_;
  std::vector<size_t> heap_;  // of runs, the least head in front
  Tuple current_;
};

}  // namespace sitgraph::graph
