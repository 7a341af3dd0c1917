// Work on many threads, results in the order of the input.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace sitgraph::cli {

// Calls `work` on each item of `next` on `threads` threads and `take` with the results, on the calling thread, in the
// order in which `next` gave the items. At most `window` items are between the two, so memory does not grow with the
// input. `next` is called by one thread at a time and not again after it gave nullopt. `take` returns false to stop:
// what is under way is dropped. An exception of any of the three stops all and comes out of the call.
template <typename Item, typename Outcome>
class OrderedMap {
 public:
  OrderedMap(std::function<std::optional<Item>()> next, std::function<Outcome(Item)> work,
             std::function<bool(Outcome)> take)
      : next_(std::move(next)), work_(std::move(work)), take_(std::move(take)) {}

  void Run(size_t threads, size_t window) {
    slots_.resize(window);
    std::vector<std::thread> workers;
    for (size_t i = 0; i < threads; ++i) workers.emplace_back([this] { Work(); });
    try {
      Take();
    } catch (...) {
      Fail(std::current_exception());
    }
    Stop();
    for (std::thread& worker : workers) worker.join();
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  void Work() {
    try {
      for (;;) {
        size_t number = 0;
        std::optional<Item> item = Draw(number);
        if (!item) return;
        Outcome outcome = work_(std::move(*item));
        const std::lock_guard lock(mutex_);
        slots_[number % slots_.size()] = std::move(outcome);
        arrived_.notify_one();
      }
    } catch (...) {
      Fail(std::current_exception());
    }
  }

  // The next item and its number, once there is room for its outcome. Reading has a lock of its own, so that outcomes
  // are handed over while one thread waits for the disk.
  std::optional<Item> Draw(size_t& number) {
    const std::lock_guard drawing(drawing_);
    {
      std::unique_lock lock(mutex_);
      room_.wait(lock, [this] { return stopped_ || drawn_ < taken_ + slots_.size(); });
      if (stopped_ || ended_) return std::nullopt;
      number = drawn_;
    }
    std::optional<Item> item = next_();
    const std::lock_guard lock(mutex_);
    if (item) {
      ++drawn_;
    } else {
      ended_ = true;
      arrived_.notify_one();
    }
    return item;
  }

  void Take() {
    for (;;) {
      std::optional<Outcome> outcome;
      {
        std::unique_lock lock(mutex_);
        std::optional<Outcome>& slot = slots_[taken_ % slots_.size()];
        arrived_.wait(lock, [&] { return slot.has_value() || stopped_ || (ended_ && taken_ == drawn_); });
        if (stopped_ || !slot.has_value()) return;
        outcome.swap(slot);
        ++taken_;
      }
      room_.notify_one();
      if (!take_(std::move(*outcome))) return;
    }
  }

  void Fail(std::exception_ptr failure) {
    {
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = std::move(failure);
    }
    Stop();
  }

  void Stop() {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    arrived_.notify_all();
    room_.notify_all();
  }

  std::function<std::optional<Item>()> next_;
  std::function<Outcome(Item)> work_;
  std::function<bool(Outcome)> take_;

  std::mutex drawing_;                         // one thread reads
  std::mutex mutex_;                           // for all below
  std::condition_variable arrived_;            // an outcome, the end of the input, or a stop
  std::condition_variable room_;               // for one more outcome, or a stop
  std::vector<std::optional<Outcome>> slots_;  // outcome `n` in slot n % window
  size_t drawn_ = 0, taken_ = 0;
  bool ended_ = false, stopped_ = false;
  std::exception_ptr failure_;
};

}  // namespace sitgraph::cli
