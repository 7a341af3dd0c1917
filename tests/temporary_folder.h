// A folder of its own for one test, gone afterwards.
#pragma once

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace sitgraph::test {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "sitgraph-test-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  const std::string& path() const { return path_; }
  std::string File(const std::string& name) const { return path_ + "/" + name; }

  // Writes `content` to a file of that name (folders are made) and returns its path.
  std::string Write(const std::string& name, std::string_view content) const {
    const std::filesystem::path file = std::filesystem::path(path_) / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << content;
    return file.string();
  }

 private:
  std::string path_;
};

// Makes folders in folders under `path`, down to one whose path is too long to be opened, even by root; its path.
inline std::string MakeUnreadableFolder(std::string path) {
  constexpr size_t kMostBytes = 4096;  // PATH_MAX on Linux
  const std::string name(200, 'd');
  ::mkdir(path.c_str(), 0700);
  int parent = ::open(path.c_str(), O_RDONLY | O_DIRECTORY);
  while (path.size() < kMostBytes) {
    ::mkdirat(parent, name.c_str(), 0700);
    const int child = ::openat(parent, name.c_str(), O_RDONLY | O_DIRECTORY);
    ::close(parent);
    parent = child;
    path += "/" + name;
  }
  ::close(parent);
  return path;
}

}  // namespace sitgraph::test
