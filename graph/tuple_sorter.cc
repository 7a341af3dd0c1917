#include "graph/tuple_sorter.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace sitgraph::graph {
namespace {

// Two numbers at once.
struct Less {
  static uint64_t Front(const Tuple& t) { return uint64_t{t.values[0]} << 32 | t.values[1]; }
  static uint64_t Back(const Tuple& t) { return uint64_t{t.values[2]} << 32 | t.values[3]; }
  bool operator()(const Tuple& a, const Tuple& b) const {
    const uint64_t left = Front(a), right = Front(b);
    return left != right ? left < right : Back(a) < Back(b);
  }
};

}  // namespace

base::Status TupleSorter::Spill() {
  std::sort(tuples_.begin(), tuples_.end(), Less());
  base::Status status = file_.Append({reinterpret_cast<const char*>(tuples_.data()), tuples_.size() * sizeof(Tuple)});
  ends_.push_back(file_.size());
  tuples_.clear();
  return status;
}

base::Result<bool> TupleSorter::Read(Run& run) {
  if (run.reader.at_end()) return false;
  const auto bytes = run.reader.Take(sizeof(Tuple));
  if (!bytes) return base::Fail(bytes.error());
  std::memcpy(&run.head, bytes->data(), sizeof(Tuple));
  return true;
}

base::Status TupleSorter::Sort() {
  if (ends_.empty()) {
    std::sort(tuples_.begin(), tuples_.end(), Less());
    return {};
  }
  base::Status status = tuples_.empty() ? base::Status() : Spill();
  if (status) status = file_.Flush();
  if (!status) return status;
  tuples_ = {};
  const size_t buffer = std::clamp<size_t>(memory_bytes_ / ends_.size(), 4096, size_t{4} << 20);
  uint64_t begin = 0;
  for (const uint64_t end : ends_) {
    runs_.push_back({SpillReader(file_, begin, end, buffer), {}});
    begin = end;
  }
  for (size_t i = 0; i < runs_.size(); ++i) {
    const base::Result<bool> read = Read(runs_[i]);
    if (!read) return base::Fail(read.error());
    if (*read) heap_.push_back(i);
  }
  std::make_heap(heap_.begin(), heap_.end(), [&](size_t a, size_t b) { return Less()(runs_[b].head, runs_[a].head); });
  return {};
}

base::Result<const Tuple*> TupleSorter::Next() {
  if (ends_.empty()) return next_ < tuples_.size() ? &tuples_[next_++] : nullptr;
  if (heap_.empty()) return nullptr;
  const auto after = [&](size_t a, size_t b) { return Less()(runs_[b].head, runs_[a].head); };
  std::pop_heap(heap_.begin(), heap_.end(), after);
  current_ = runs_[heap_.back()].head;
  const base::Result<bool> read = Read(runs_[heap_.back()]);
  if (!read) return base::Fail(read.error());
  if (*read) {
    std::push_heap(heap_.begin(), heap_.end(), after);
  } else {
    heap_.pop_back();
  }
  return &current_;
}

}  // namespace sitgraph::graph
