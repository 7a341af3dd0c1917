// Sorts pairs of byte strings in bounded memory, through a file where they are too many.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "graph/spill_file.h"

namespace sitgraph::graph {

// By the key's bytes, then by the value's; equal pairs come out once.
//   sorter.Add(key, value)...; sorter.Sort(); for (; sorter.Valid(); sorter.Next()) use(sorter.key(), sorter.value());
class RecordSorter {
 public:
  // `memory_bytes` bounds the pairs in memory, but for one that is larger itself; at most 2 GiB are used.
  RecordSorter(size_t memory_bytes, const std::string& folder);
  ~RecordSorter();

  base::Status Add(std::string_view key, std::string_view value);
  uint64_t size() const { return added_; }  // pairs added

  base::Status Sort();  // then the first pair is there
  bool Valid() const { return valid_; }
  std::string_view key() const { return key_; }  // valid until Next
  std::string_view value() const { return value_; }
  base::Status Next();

 private:
  struct Entry {
    uint64_t prefix;  // of the key, the first byte most significant
    uint32_t offset, key_size, value_size;
  };
  struct Run {
    uint64_t begin, end;
  };
  class Merge;

  std::string_view KeyOf(const Entry& entry) const { return {arena_.data() + entry.offset, entry.key_size}; }
  std::string_view ValueOf(const Entry& entry) const {
    return {arena_.data() + entry.offset + entry.key_size, entry.value_size};
  }
  void SortEntries();
  base::Status Spill();
  base::Status Step();  // to the next pair, which may equal the current one

  size_t memory_bytes_;
  uint64_t added_ = 0;
  std::string arena_;
  std::vector<Entry> entries_;
  SpillFile file_;
  std::vector<Run> runs_;
  size_t next_entry_ = 0;  // where nothing was spilled
  std::unique_ptr<Merge> merge_;
  bool valid_ = false;
  std::string_view key_, value_;
  std::string last_key_, last_value_;
};

}  // namespace sitgraph::graph
