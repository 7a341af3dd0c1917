#include "graph/spill_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace sitgraph::graph {
namespace {

constexpr size_t kWriteBytes = size_t{1} << 20;

base::Status Fail(const char* what, const std::string& folder) {
  return base::Fail(base::ErrorCode::kIo, std::string(what) + ": " + std::strerror(errno), {folder});
}

}  // namespace

SpillFile::~SpillFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

base::Status SpillFile::Open() {
  std::string name = folder_ + "/spill-XXXXXX";
  descriptor_ = ::mkstemp(name.data());
  if (descriptor_ < 0) return Fail("cannot make a temporary file", folder_);
  ::unlink(name.c_str());
  return {};
}

base::Status SpillFile::Append(std::string_view bytes) {
  size_ += bytes.size();
  buffer_.append(bytes);
  return buffer_.size() < kWriteBytes ? base::Status() : Flush();
}

base::Status SpillFile::Flush() {
  if (descriptor_ < 0) {
    if (base::Status opened = Open(); !opened) return opened;
  }
  for (size_t done = 0; done < buffer_.size();) {
    const ssize_t written = ::write(descriptor_, buffer_.data() + done, buffer_.size() - done);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return Fail("cannot write a temporary file", folder_);
    done += static_cast<size_t>(written);
  }
  buffer_.clear();
  return {};
}

base::Status SpillFile::ReadAt(uint64_t offset, char* out, size_t size) const {
  for (size_t done = 0; done < size;) {
    const ssize_t count = ::pread(descriptor_, out + done, size - done, static_cast<off_t>(offset + done));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return Fail("cannot read a temporary file", folder_);
    done += static_cast<size_t>(count);
  }
  return {};
}

base::Result<std::string_view> SpillReader::Take(size_t size) {
  if (buffer_.size() - position_ < size) {
    buffer_.erase(0, position_);
    position_ = 0;
    const size_t kept = buffer_.size();
    const auto more = static_cast<size_t>(std::min<uint64_t>(std::max(buffer_bytes_, size) - kept, end_ - next_));
    if (kept + more < size) return base::Fail(base::ErrorCode::kIo, "a temporary file ends early");
    buffer_.resize(kept + more);
    if (const base::Status read = file_->ReadAt(next_, buffer_.data() + kept, more); !read) {
      return base::Fail(read.error());
    }
    next_ += more;
  }
  position_ += size;
  return std::string_view(buffer_).substr(position_ - size, size);
}

}  // namespace sitgraph::graph
