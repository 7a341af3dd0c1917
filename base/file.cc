#include "base/file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace sitgraph::base {
namespace {

namespace fs = std::filesystem;

constexpr size_t kChunk = size_t{1} << 16;

std::string Reason(int error_number) { return std::generic_category().message(error_number); }

// The bytes of a file descriptor as they are.
class PlainReader : public ByteReader {
 public:
  PlainReader(int descriptor, std::string name) : descriptor_(descriptor), name_(std::move(name)) {}
  PlainReader(const PlainReader&) = delete;
  PlainReader& operator=(const PlainReader&) = delete;
  ~PlainReader() override {
    if (descriptor_ != STDIN_FILENO) ::close(descriptor_);
  }
  Result<size_t> Read(char* buffer, size_t size) override {
    for (;;) {
      const ssize_t count = ::read(descriptor_, buffer, size);
      if (count >= 0) return static_cast<size_t>(count);
      if (errno != EINTR) return Fail(ErrorCode::kIo, "reading failed: " + Reason(errno), {name_});
    }
  }

 private:
  int descriptor_;
  std::string name_;
};

// Looks at the first two bytes: a gzip is inflated member by member, anything else passes through.
class MaybeGzipReader : public ByteReader {
 public:
  MaybeGzipReader(std::unique_ptr<ByteReader> source, std::string name)
      : source_(std::move(source)), name_(std::move(name)) {}
  MaybeGzipReader(const MaybeGzipReader&) = delete;
  MaybeGzipReader& operator=(const MaybeGzipReader&) = delete;
  ~MaybeGzipReader() override {
    if (inflating_) inflateEnd(&stream_);
  }

  Result<size_t> Read(char* buffer, size_t size) override {
    if (!started_) {
      if (auto status = Start(); !status) return Fail(status.error());
    }
    if (!gzip_) {
      if (position_ < input_.size()) {
        const size_t count = std::min(size, input_.size() - position_);
        input_.copy(buffer, count, position_);
        position_ += count;
        return count;
      }
      return source_->Read(buffer, size);
    }
    return Inflate(buffer, size);
  }

 private:
  Status Start() {
    started_ = true;
    while (input_.size() < 2) {
      const size_t before = input_.size();
      if (auto more = Refill(); !more) return more;
      if (input_.size() == before) break;
    }
    gzip_ = input_.size() >= 2 && input_[0] == '\x1f' && input_[1] == '\x8b';
    if (gzip_) {
      if (inflateInit2(&stream_, 16 + MAX_WBITS) != Z_OK)
        return Fail(ErrorCode::kIo, "no memory to decompress", {name_});
      inflating_ = true;
    }
    return {};
  }

  // Appends a chunk of the source to what is left of the input.
  Status Refill() {
    input_.erase(0, position_);
    position_ = 0;
    const size_t before = input_.size();
    input_.resize(before + kChunk);
    auto count = source_->Read(input_.data() + before, kChunk);
    input_.resize(before + (count ? *count : 0));
    if (!count) return Fail(count.error());
    source_ended_ = *count == 0;
    return {};
  }

  Result<size_t> Inflate(char* buffer, size_t size) {
    stream_.next_out = reinterpret_cast<Bytef*>(buffer);
    stream_.avail_out = static_cast<uInt>(std::min(size, kChunk * 16));
    const uInt wanted = stream_.avail_out;
    while (stream_.avail_out == wanted && !ended_) {
      if (position_ == input_.size() && !source_ended_) {
        if (auto more = Refill(); !more) return Fail(more.error());
      }
      if (position_ == input_.size() && source_ended_) {
        if (between_members_) {
          ended_ = true;
          break;
        }
        return Fail(ErrorCode::kBadInput, "gzip data ends early", {name_}, "the file is truncated; fetch it again");
      }
      if (between_members_) {
        // Padding after the last member is allowed by gzip(1).
        if (input_[position_] == '\0') {
          ++position_;
          continue;
        }
        inflateReset(&stream_);
        between_members_ = false;
      }
      stream_.next_in = reinterpret_cast<Bytef*>(input_.data() + position_);
      stream_.avail_in = static_cast<uInt>(input_.size() - position_);
      const int code = inflate(&stream_, Z_NO_FLUSH);
      position_ = input_.size() - stream_.avail_in;
      if (code == Z_STREAM_END) {
        between_members_ = true;
      } else if (code != Z_OK && code != Z_BUF_ERROR) {
        return Fail(ErrorCode::kBadInput,
                    fmt::format("damaged gzip data ({})", stream_.msg ? stream_.msg : "no reason given"), {name_});
      }
    }
    return wanted - stream_.avail_out;
  }

  std::unique_ptr<ByteReader> source_;
  std::string name_;
  std::string input_;
  size_t position_ = 0;
  bool started_ = false, gzip_ = false, inflating_ = false, source_ended_ = false, between_members_ = false,
       ended_ = false;
  z_stream stream_{};
};

// Adds a folder's files to `files` and the folders in it to `pending`.
Status CollectFiles(const fs::path& folder, std::vector<std::string>& files, std::vector<fs::path>& pending) {
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    const std::string name = it->path().filename().string();
    if (name.empty() || name[0] == '.') continue;
    std::error_code gone;  // an entry that goes meanwhile is no error
    if (it->is_directory(gone) && !it->is_symlink(gone)) {
      pending.push_back(it->path());
    } else if (it->is_regular_file(gone)) {
      files.push_back(it->path().string());
    }
  }
  if (error) return Fail(ErrorCode::kUnreadable, "cannot list the folder: " + error.message(), {folder.string()});
  return {};
}

}  // namespace

Result<std::unique_ptr<ByteReader>> OpenReader(const std::string& path) {
  int descriptor = STDIN_FILENO;
  if (path != "-") {
    descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0) {
      return Fail(errno == ENOENT ? ErrorCode::kNotFound : ErrorCode::kUnreadable, "cannot open: " + Reason(errno),
                  {path});
    }
    struct stat info {};
    if (::fstat(descriptor, &info) == 0 && S_ISDIR(info.st_mode)) {
      ::close(descriptor);
      return Fail(ErrorCode::kUnreadable, "is a folder, not a file", {path});
    }
  }
  const std::string name = path == "-" ? "standard input" : path;
  return std::make_unique<MaybeGzipReader>(std::make_unique<PlainReader>(descriptor, name), name);
}

Result<std::string> ReadFile(const std::string& path, uint64_t max_bytes) {
  auto reader = OpenReader(path);
  if (!reader) return Fail(reader.error());
  std::string out;
  std::string chunk(kChunk, '\0');
  for (;;) {
    auto count = (*reader)->Read(chunk.data(), chunk.size());
    if (!count) return Fail(count.error());
    if (*count == 0) return out;
    if (out.size() + *count > max_bytes) {
      return Fail(ErrorCode::kTooLarge, fmt::format("larger than {} bytes", max_bytes), {path});
    }
    out.append(chunk, 0, *count);
  }
}

LineReader::LineReader(std::unique_ptr<ByteReader> reader, size_t max_line)
    : reader_(std::move(reader)), max_line_(max_line) {}

Result<const std::string*> LineReader::Next() {
  line_.clear();
  bool too_long = false;
  bool any = false;
  for (;;) {
    if (position_ == buffer_.size()) {
      if (!end_) {
        buffer_.resize(kChunk);
        auto count = reader_->Read(buffer_.data(), buffer_.size());
        buffer_.resize(count ? *count : 0);
        position_ = 0;
        if (!count) {
          end_ = true;
          return Fail(count.error());
        }
        end_ = buffer_.empty();
      }
      if (end_) {
        if (!any) return nullptr;
        break;
      }
    }
    if (!any) ++line_number_;
    any = true;
    const size_t newline = buffer_.find('\n', position_);
    const size_t stop = newline == std::string::npos ? buffer_.size() : newline;
    if (!too_long) line_.append(buffer_, position_, stop - position_);
    position_ = newline == std::string::npos ? stop : stop + 1;
    if (line_.size() > max_line_ + 1) {  // one more for a carriage return
      too_long = true;
      line_ = std::string();
    }
    if (newline != std::string::npos) break;
  }
  if (!line_.empty() && line_.back() == '\r') line_.pop_back();
  if (too_long || line_.size() > max_line_) {
    return Fail(ErrorCode::kTooLarge, fmt::format("line is longer than {} bytes", max_line_),
                {"", static_cast<uint32_t>(line_number_)});
  }
  return &line_;
}

Result<FileList> ListFiles(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) {
    const bool missing = !error || error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory;
    return Fail(missing ? ErrorCode::kNotFound : ErrorCode::kUnreadable,
                missing ? "no such file or folder" : error.message(), {path});
  }
  FileList list;
  if (!fs::is_directory(status)) {
    list.files.push_back(path);
    return list;
  }
  std::vector<fs::path> pending;
  if (auto read = CollectFiles(path, list.files, pending); !read) return Fail(read.error());
  while (!pending.empty()) {
    const fs::path folder = std::move(pending.back());
    pending.pop_back();
    if (auto read = CollectFiles(folder, list.files, pending); !read) list.unlisted.push_back(std::move(read.error()));
  }
  // The order does not depend on the file system.
  std::sort(list.files.begin(), list.files.end());
  std::sort(list.unlisted.begin(), list.unlisted.end(),
            [](const Error& a, const Error& b) { return a.place.file < b.place.file; });
  return list;
}

Result<AtomicFile> AtomicFile::Create(const std::string& path) {
  if (path == "-") return AtomicFile(path, "", stdout);
  std::error_code ignored;
  const fs::path resolved = fs::is_symlink(path, ignored) ? fs::weakly_canonical(path, ignored) : fs::path(path);
  const fs::file_status existing = fs::status(resolved, ignored);
  if (fs::is_directory(existing)) return Fail(ErrorCode::kIo, "is a folder, not a file", {path});
  if (fs::exists(existing) && !fs::is_regular_file(existing)) {
    std::FILE* file = std::fopen(resolved.c_str(), "wb");
    if (file == nullptr) return Fail(ErrorCode::kIo, "cannot write here: " + Reason(errno), {path});
    return AtomicFile(path, "", file);
  }
  std::string temporary = resolved.string() + ".XXXXXX.tmp";
  const int descriptor = ::mkostemps(temporary.data(), 4, O_CLOEXEC);
  if (descriptor < 0) {
    return Fail(errno == ENOENT ? ErrorCode::kNotFound : ErrorCode::kIo, "cannot write here: " + Reason(errno), {path});
  }
  // mkstemp gives 0600; a new file gets what the user's umask says.
  const mode_t mask = ::umask(0);
  ::umask(mask);
  ::fchmod(descriptor, 0666 & ~mask);
  return AtomicFile(resolved.string(), temporary, ::fdopen(descriptor, "wb"));
}

AtomicFile::AtomicFile(std::string path, std::string temporary, std::FILE* file)
    : path_(std::move(path)), temporary_(std::move(temporary)), file_(file) {}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept { *this = std::move(other); }

AtomicFile& AtomicFile::operator=(AtomicFile&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(temporary_, other.temporary_);
  std::swap(file_, other.file_);
  std::swap(status_, other.status_);
  return *this;
}

AtomicFile::~AtomicFile() {
  if (file_ == nullptr || file_ == stdout) return;
  std::fclose(file_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

Status AtomicFile::Write(std::string_view bytes) {
  if (!status_) return status_;
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_) != bytes.size()) {
    status_ = Fail(ErrorCode::kIo, "writing failed: " + Reason(errno), {path_ == "-" ? "standard output" : path_});
  }
  return status_;
}

Status AtomicFile::Commit() {
  if (!status_) return status_;
  const auto fail = [&](const char* what) {
    status_ = Fail(ErrorCode::kIo, fmt::format("{} failed: {}", what, Reason(errno)),
                   {path_ == "-" ? "standard output" : path_});
    return status_;
  };
  if (std::fflush(file_) != 0) return fail("writing");
  std::FILE* file = std::exchange(file_, nullptr);
  if (file == stdout) return {};
  if (temporary_.empty()) return std::fclose(file) == 0 ? Status() : fail("writing");
  if (::fsync(::fileno(file)) != 0) {
    Status failed = fail("syncing");
    std::fclose(file);
    ::unlink(temporary_.c_str());
    return failed;
  }
  if (std::fclose(file) != 0 || std::rename(temporary_.c_str(), path_.c_str()) != 0) {
    Status failed = fail("writing");
    ::unlink(temporary_.c_str());
    return failed;
  }
  return {};
}

}  // namespace sitgraph::base
