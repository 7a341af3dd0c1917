// Values from one thread to another, in order, one waiting at most.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>

namespace sitgraph::exporters {

template <typename T>
class Handover {
 public:
  // Waits until there is room; false, and the value dropped, where the other side has closed.
  bool Put(T value) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return closed_ || !waiting_; });
    if (closed_) return false;
    waiting_ = std::move(value);
    changed_.notify_all();
    return true;
  }
  // Waits for a value; nullopt once it is closed and nothing waits.
  std::optional<T> Take() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return closed_ || waiting_; });
    changed_.notify_all();
    return std::exchange(waiting_, std::nullopt);
  }
  // By either side: nothing more comes, or nothing more is wanted.
  void Close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<T> waiting_;
  bool closed_ = false;
};

}  // namespace sitgraph::exporters
