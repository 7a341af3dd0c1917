// An advisory lock on a graph's folder: readers that are opening the graph hold it together, a writer alone.
#pragma once

#include <chrono>
#include <string>

#include "base/error.h"

namespace sitgraph::graph {

// Names one folder; holds nothing until it is asked to. What it holds goes with the object or its process, however that
// ends. Two objects exclude each other within one process too. It writes nothing, so a folder that may only be read
// will do. For one thread at a time. Processes on other machines that share the folder are not seen.
class FolderLock {
 public:
  explicit FolderLock(std::string folder) : folder_(std::move(folder)) {}
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

  enum class Mode { kShared, kExclusive };
  // Waits until it has the lock: kConflict where others keep it longer than `patience`, kUnreadable where the folder
  // cannot be opened or locked.
  base::Status Acquire(Mode mode, std::chrono::milliseconds patience);
  // Whether it has the lock now, without waiting.
  bool TryAcquire(Mode mode);
  void Release();

 private:
  base::Status OpenFolder();

  std::string folder_;
  int descriptor_ = -1;
};

}  // namespace sitgraph::graph
