#include "graph/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <thread>
#include <utility>

namespace sitgraph::graph {
namespace {

using base::ErrorCode;

base::Status FailLock(const char* what, int number, const std::string& folder) {
  return base::Fail(ErrorCode::kUnreadable, what + std::generic_category().message(number), {folder});
}

}  // namespace

FolderLock::~FolderLock() { Release(); }

base::Status FolderLock::OpenFolder() {
  if (descriptor_ < 0) descriptor_ = open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor_ < 0) return FailLock("cannot open the folder: ", errno, folder_);
  return {};
}

base::Status FolderLock::Acquire(Mode mode, std::chrono::milliseconds patience) {
  if (base::Status opened = OpenFolder(); !opened) return opened;
  const auto deadline = std::chrono::steady_clock::now() + patience;
  const int operation = (mode == Mode::kShared ? LOCK_SH : LOCK_EX) | LOCK_NB;
  std::chrono::milliseconds pause(1);
  while (flock(descriptor_, operation) != 0) {
    if (errno == EINTR) continue;
    if (errno != EWOULDBLOCK) return FailLock("cannot lock the folder: ", errno, folder_);
    if (std::chrono::steady_clock::now() >= deadline) {
      return base::Fail(ErrorCode::kConflict, "another process keeps the graph's folder locked", {folder_},
                        "wait until it ends");
    }
    std::this_thread::sleep_for(pause);
    pause = std::min(2 * pause, std::chrono::milliseconds(20));
  }
  return {};
}

bool FolderLock::TryAcquire(Mode mode) { return Acquire(mode, std::chrono::milliseconds(0)).has_value(); }

void FolderLock::Release() {
  if (descriptor_ >= 0) close(descriptor_);
  descriptor_ = -1;
}

}  // namespace sitgraph::graph
