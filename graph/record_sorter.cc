#include "graph/record_sorter.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace sitgraph::graph {
namespace {

constexpr size_t kMostMemory = size_t{2} << 30;  // offsets have 32 bits
constexpr size_t kSizes = 2 * sizeof(uint32_t);

uint64_t PrefixOf(std::string_view key) {
  uint64_t prefix = 0;
  for (size_t i = 0; i < 8; ++i) prefix = prefix << 8 | (i < key.size() ? static_cast<unsigned char>(key[i]) : 0);
  return prefix;
}

}  // namespace

// The runs as one sequence.
class RecordSorter::Merge {
 public:
  Merge(const SpillFile& file, const std::vector<Run>& runs, size_t memory_bytes) {
    const size_t buffer = std::clamp<size_t>(memory_bytes / runs.size(), 4096, size_t{4} << 20);
    for (const Run& run : runs) heads_.push_back({SpillReader(file, run.begin, run.end, buffer), {}, {}});
  }
  base::Status Start() {
    for (size_t i = 0; i < heads_.size(); ++i) {
      const base::Result<bool> read = Read(heads_[i]);
      if (!read) return base::Fail(read.error());
      if (*read) heap_.push_back(i);
    }
    std::make_heap(heap_.begin(), heap_.end(), After{this});
    return {};
  }
  bool Valid() const { return !heap_.empty(); }
  std::string_view key() const { return heads_[heap_.front()].key; }
  std::string_view value() const { return heads_[heap_.front()].value; }
  base::Status Next() {
    std::pop_heap(heap_.begin(), heap_.end(), After{this});
    const base::Result<bool> read = Read(heads_[heap_.back()]);
    if (!read) return base::Fail(read.error());
    if (*read) {
      std::push_heap(heap_.begin(), heap_.end(), After{this});
    } else {
      heap_.pop_back();
    }
    return {};
  }

 private:
  struct Head {
    SpillReader reader;
    std::string_view key, value;
  };
  struct After {
    const Merge* merge;
    bool operator()(size_t a, size_t b) const {
      const Head& left = merge->heads_[a];
      const Head& right = merge->heads_[b];
      return std::pair(left.key, left.value) > std::pair(right.key, right.value);
    }
  };
  static base::Result<bool> Read(Head& head) {
    if (head.reader.at_end()) return false;
    const auto sizes = head.reader.Take(kSizes);
    if (!sizes) return base::Fail(sizes.error());
    uint32_t key_size = 0, value_size = 0;
    std::memcpy(&key_size, sizes->data(), sizeof(key_size));
    std::memcpy(&value_size, sizes->data() + sizeof(key_size), sizeof(value_size));
    const auto bytes = head.reader.Take(size_t{key_size} + value_size);
    if (!bytes) return base::Fail(bytes.error());
    head.key = bytes->substr(0, key_size);
    head.value = bytes->substr(key_size);
    return true;
  }

  std::vector<Head> heads_;
  std::vector<size_t> heap_;
};

RecordSorter::RecordSorter(size_t memory_bytes, const std::string& folder)
    : memory_bytes_(std::min(memory_bytes, kMostMemory)), file_(folder) {}
RecordSorter::~RecordSorter() = default;

base::Status RecordSorter::Add(std::string_view key, std::string_view value) {
  const size_t bytes = arena_.size() + key.size() + value.size() + (entries_.size() + 1) * sizeof(Entry);
  // A growing vector holds its content twice for a moment.
  if (bytes > memory_bytes_ / 2 && !entries_.empty()) {
    if (base::Status spilled = Spill(); !spilled) return spilled;
  }
  ++added_;
  entries_.push_back({PrefixOf(key), static_cast<uint32_t>(arena_.size()), static_cast<uint32_t>(key.size()),
                      static_cast<uint32_t>(value.size())});
  arena_.append(key);
  arena_.append(value);
  return {};
}

void RecordSorter::SortEntries() {
  std::sort(entries_.begin(), entries_.end(), [&](const Entry& a, const Entry& b) {
    if (a.prefix != b.prefix) return a.prefix < b.prefix;
    return std::pair(KeyOf(a), ValueOf(a)) < std::pair(KeyOf(b), ValueOf(b));
  });
}

base::Status RecordSorter::Spill() {
  SortEntries();
  Run run{file_.size(), 0};
  for (const Entry& entry : entries_) {
    char sizes[kSizes];
    std::memcpy(sizes, &entry.key_size, sizeof(entry.key_size));
    std::memcpy(sizes + sizeof(entry.key_size), &entry.value_size, sizeof(entry.value_size));
    base::Status status = file_.Append({sizes, kSizes});
    if (status) status = file_.Append({arena_.data() + entry.offset, size_t{entry.key_size} + entry.value_size});
    if (!status) return status;
  }
  run.end = file_.size();
  runs_.push_back(run);
  entries_.clear();
  arena_.clear();
  return {};
}

base::Status RecordSorter::Sort() {
  if (runs_.empty()) {
    SortEntries();
  } else {
    if (!entries_.empty()) {
      if (base::Status spilled = Spill(); !spilled) return spilled;
    }
    entries_ = {};
    arena_ = {};
    if (base::Status flushed = file_.Flush(); !flushed) return flushed;
    merge_ = std::make_unique<Merge>(file_, runs_, memory_bytes_ / 2);
    if (base::Status started = merge_->Start(); !started) return started;
  }
  valid_ = merge_ ? merge_->Valid() : !entries_.empty();
  if (!valid_) return {};
  key_ = merge_ ? merge_->key() : KeyOf(entries_[0]);
  value_ = merge_ ? merge_->value() : ValueOf(entries_[0]);
  return {};
}

base::Status RecordSorter::Step() {
  if (merge_) {
    if (base::Status next = merge_->Next(); !next) return next;
    valid_ = merge_->Valid();
    if (!valid_) return {};
    key_ = merge_->key();
    value_ = merge_->value();
  } else {
    valid_ = ++next_entry_ < entries_.size();
    if (!valid_) return {};
    key_ = KeyOf(entries_[next_entry_]);
    value_ = ValueOf(entries_[next_entry_]);
  }
  return {};
}

base::Status RecordSorter::Next() {
  last_key_.assign(key_);
  last_value_.assign(value_);
  do {
    if (base::Status stepped = Step(); !stepped) return stepped;
  } while (valid_ && key_ == last_key_ && value_ == last_value_);
  return {};
}

}  // namespace sitgraph::graph
