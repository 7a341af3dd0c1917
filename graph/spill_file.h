// A nameless file for data that outgrows memory while it is sorted; it goes with the process, however that ends.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace sitgraph::graph {

// Written from front to back, then read by offset. Made in the folder at the first write. For one thread while written.
class SpillFile {
 public:
  explicit SpillFile(std::string folder) : folder_(std::move(folder)) {}
  ~SpillFile();
  SpillFile(const SpillFile&) = delete;
  SpillFile& operator=(const SpillFile&) = delete;

  base::Status Append(std::string_view bytes);  // buffered
  base::Status Flush();                         // before reading
  uint64_t size() const { return size_; }
  base::Status ReadAt(uint64_t offset, char* out, size_t size) const;

 private:
  base::Status Open();
  std::string folder_;
  int descriptor_ = -1;
  uint64_t size_ = 0;  // with what the buffer holds
  std::string buffer_;
};

// Reads one stretch of a file from front to back.
class SpillReader {
 public:
  SpillReader(const SpillFile& file, uint64_t begin, uint64_t end, size_t buffer_bytes)
      : file_(&file), next_(begin), end_(end), buffer_bytes_(buffer_bytes) {}
  bool at_end() const { return position_ == buffer_.size() && next_ == end_; }
  // The next `size` bytes, valid until the next call; kIo also where there are fewer.
  base::Result<std::string_view> Take(size_t size);

 private:
  const SpillFile* file_;
  uint64_t next_, end_;
  size_t buffer_bytes_;
  std::string buffer_;
  size_t position_ = 0;
};

// Makes room for one more. Growing by doubling would hold many items twice for a moment, and then take up to twice what
// is needed: from some megabytes on the vector takes the room of `limit` items at once, which costs no memory before it
// is used.
template <typename T>
void GrowWithin(std::vector<T>& items, size_t limit) {
  constexpr size_t kFew = (size_t{4} << 20) / sizeof(T);
  if (items.size() == items.capacity() && items.size() >= kFew) items.reserve(std::max(limit, items.size() + 1));
}

// Items of plain bytes in the order in which they were added: in memory up to a limit, then in a file.
template <typename T>
class SpillVector {
 public:
  SpillVector(size_t memory_bytes, std::string folder)
      : limit_(memory_bytes / sizeof(T) + 1), file_(std::move(folder)) {}

  base::Status Add(const T& item) {
    GrowWithin(items_, limit_);
    items_.push_back(item);
    ++size_;
    return items_.size() < limit_ ? base::Status() : Spill();
  }
  uint64_t size() const { return size_; }

  // No Add after it; then ForEach may run in several threads. Calls `visit(item)` until it fails.
  base::Status Finish() {
    return file_.size() == 0 ? base::Status() : Spill().and_then([&] { return file_.Flush(); });
  }
  template <typename Visit>
  base::Status ForEach(const Visit& visit) const {
    constexpr size_t kItemsRead = 4096;
    std::vector<T> part(file_.size() == 0 ? 0 : kItemsRead);
    for (uint64_t done = 0; done < file_.size();) {
      const auto bytes = static_cast<size_t>(std::min<uint64_t>(kItemsRead * sizeof(T), file_.size() - done));
      if (base::Status read = file_.ReadAt(done, reinterpret_cast<char*>(part.data()), bytes); !read) return read;
      done += bytes;
      for (size_t i = 0; i < bytes / sizeof(T); ++i) {
        if (base::Status visited = visit(part[i]); !visited) return visited;
      }
    }
    for (const T& item : items_) {
      if (base::Status visited = visit(item); !visited) return visited;
    }
    return {};
  }

 private:
  base::Status Spill() {
    base::Status status = file_.Append({reinterpret_cast<const char*>(items_.data()), items_.size() * sizeof(T)});
    items_.clear();
    return status;
  }

  size_t limit_;
  uint64_t size_ = 0;
  std::vector<T> items_;
  SpillFile file_;
};

}  // namespace sitgraph::graph
