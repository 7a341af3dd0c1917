// The first half of a bulk load: takes quads of terms, gives the terms their ids and keeps terms and quads apart, to be
// sorted later.
#pragma once

#include <array>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/error.h"
#include "graph/record_sorter.h"
#include "graph/spill_file.h"
#include "graph/store.h"

namespace sitgraph::graph {

// The ids met so far, with a second digest of each term. Forgets all where it outgrows its memory.
class SeenIds {
 public:
  enum class Seen : uint8_t { kNew, kSame, kCollides };
  explicit SeenIds(size_t memory_bytes);
  Seen Insert(TermId id, uint32_t check);

 private:
  void Grow();
  size_t most_slots_;
  size_t used_ = 0;
  std::vector<uint64_t> ids_;  // 0: free
  std::vector<uint32_t> checks_;
};

// The caller's thread reads and checks terms, one of this object's own makes ids of them.
class TermCollector {
 public:
  TermCollector(size_t memory_bytes, const std::string& folder);
  ~TermCollector();
  TermCollector(const TermCollector&) = delete;
  TermCollector& operator=(const TermCollector&) = delete;

  // As Transaction::Add. kIo comes with a later call than the one it belongs to, or with Finish.
  base::Status Add(const Quad& quad);
  // Waits for the other thread. kUnsupported where two terms have the same digest: ids of such depend on what is there
  // already, which only a transaction knows.
  base::Status Finish();

  // After Finish: what was collected. Keys are ids (EncodeId), values the terms' keys; each once after sorting.
  RecordSorter& terms() { return *terms_; }
  // Gives the memory of either back when it is needed no more.
  void DropTerms() { terms_.reset(); }
  void DropQuads() { quads_.reset(); }
  const SpillVector<QuadIds>& quads() const { return *quads_; }

 private:
  // Terms of quads in the order of their positions.
  struct Batch {
    std::string bytes;
    std::vector<uint32_t> sizes;  // four for each quad; 0 for the default graph
  };
  static constexpr uint32_t kSameAsBefore = UINT32_MAX;  // in place of a size
  static constexpr size_t kBatchBytes = size_t{256} << 10;
  static constexpr size_t kMostBatches = 4;

  base::Status Put(size_t position, const Term& term);
  void Send();
  void Run();  // the other thread
  base::Status Take(const Batch& batch);
  void Stop();

  std::array<std::string, 4> last_keys_;  // of the caller's thread, by position
  std::string key_;
  Batch filling_;

  std::mutex mutex_;  // of the next four
  std::condition_variable changed_;
  std::deque<Batch> waiting_, emptied_;
  bool ended_ = false;
  base::Status status_;

  SeenIds seen_;  // all below: of the other thread, until Finish
  std::array<TermId, 4> last_ids_{};
  std::unique_ptr<RecordSorter> terms_;
  std::unique_ptr<SpillVector<QuadIds>> quads_;
  std::thread thread_;
};

}  // namespace sitgraph::graph
