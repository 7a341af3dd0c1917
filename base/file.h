// Files: bounded reading (plain or gzip, file or standard input), listing, and writing that is whole or not at all.
#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace sitgraph::base {

// A byte stream over a file, "-" (standard input) or a gzip of either (found by content, multi-member too).
class ByteReader {
 public:
  virtual ~ByteReader() = default;
  // Fills up to `size` bytes; 0 at the end. A truncated or damaged gzip is kBadInput, a failing disk kIo.
  virtual Result<size_t> Read(char* buffer, size_t size) = 0;
};
// kNotFound or kUnreadable (also for folders), with the path as place.
Result<std::unique_ptr<ByteReader>> OpenReader(const std::string& path);

// The whole content, decompressed. More than `max_bytes` is kTooLarge, found without reading on.
Result<std::string> ReadFile(const std::string& path, uint64_t max_bytes = UINT64_C(1) << 30);

// Reads a stream line by line with bounded memory: a line longer than `max_line` bytes is skipped to its end and given
// as kTooLarge; reading may go on after it. Line ends: \n or \r\n, not part of the line.
class LineReader {
 public:
  LineReader(std::unique_ptr<ByteReader> reader, size_t max_line);
  // The next line (valid until the next call) with its number from 1; nullptr at the end of the stream.
  Result<const std::string*> Next();
  uint64_t line_number() const { return line_number_; }

 private:
  std::unique_ptr<ByteReader> reader_;
  size_t max_line_;
  uint64_t line_number_ = 0;
  std::string line_;
  std::string buffer_;
  size_t position_ = 0;
  bool end_ = false;
};

struct FileList {
  std::vector<std::string> files;  // in byte order
  std::vector<Error> unlisted;     // kUnreadable: folders inside that could not be read, wholly or to their end
};
// All regular files under `path` (itself, where it is a file), hidden entries (leading '.') left out, symlinked folders
// not entered. kNotFound, kUnreadable where `path` itself cannot be read.
Result<FileList> ListFiles(const std::string& path);

// A file that appears under its name only when Commit succeeds: written beside it under a temporary name, flushed,
// synced, renamed. Dropped without Commit, it leaves nothing behind. "-" (standard output), pipes and devices are
// written as they are; a symbolic link keeps pointing to the file that it names.
class AtomicFile {
 public:
  static Result<AtomicFile> Create(const std::string& path);
  AtomicFile(AtomicFile&&) noexcept;
  AtomicFile& operator=(AtomicFile&&) noexcept;
  ~AtomicFile();

  // Buffered; the first failure (full disk, closed pipe) is remembered and given by every later call.
  Status Write(std::string_view bytes);
  Status Commit();

 private:
  AtomicFile(std::string path, std::string temporary, std::FILE* file);
  std::string path_;
  std::string temporary_;  // empty where there is nothing to rename: standard output, pipes, devices
  std::FILE* file_ = nullptr;
  Status status_;
};

}  // namespace sitgraph::base
