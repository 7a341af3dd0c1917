// Keeps one query within its limits of time and memory, and lets another thread cancel it.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "base/error.h"

namespace sitgraph::queries::sparql {

struct Limits {
  std::chrono::milliseconds time{0};             // 0: none
  uint64_t rows = 0;                             // of the result; 0: none
  size_t bytes = size_t{2} << 30;                // held by the evaluation at once; 0: none
  size_t text_bytes = size_t{16} << 20;          // of one string that an expression makes
  const std::atomic<bool>* cancelled = nullptr;  // may be set by any thread, a signal handler too
};

// The first failure stays; afterwards every call returns false, so that loops end.
class Governor {
 public:
  explicit Governor(const Limits& limits) : limits_(limits), start_(std::chrono::steady_clock::now()) {}

  // To be called once for each step of work; looks at the clock now and then.
  bool Tick() {
    if ((++ticks_ & 0x3FF) == 0) Look();
    return !failure_;
  }
  bool Charge(size_t bytes) {
    held_ += bytes;
    if (limits_.bytes != 0 && held_ > limits_.bytes) {
      Fail({base::ErrorCode::kTooLarge,
            "the query needs more memory than its limit of " + Mebibytes(limits_.bytes),
            {},
            "narrow the patterns, add a LIMIT, or raise the memory limit"});
    }
    return !failure_;
  }
  void Release(size_t bytes) { held_ -= bytes < held_ ? bytes : held_; }

  bool CheckText(size_t bytes) {
    if (bytes > limits_.text_bytes) {
      Fail({base::ErrorCode::kTooLarge,
            "an expression makes a string over the limit of " + Mebibytes(limits_.text_bytes),
            {},
            {}});
    }
    return !failure_;
  }

  void Fail(base::Error error) {
    if (!failure_) failure_ = std::move(error);
  }
  // Hands on a failed result's error.
  template <typename R>
  bool Check(const R& result) {
    if (!result) Fail(result.error());
    return !failure_;
  }
  bool failed() const { return failure_.has_value(); }
  base::Error TakeFailure() { return std::move(*failure_); }
  const Limits& limits() const { return limits_; }

 private:
  static std::string Mebibytes(size_t bytes) { return std::to_string(bytes >> 20) + " MiB"; }

  void Look() {
    if (limits_.cancelled != nullptr && limits_.cancelled->load(std::memory_order_relaxed)) {
      Fail({base::ErrorCode::kTooLarge, "the query was cancelled", {}, {}});
    }
    if (limits_.time.count() > 0 && std::chrono::steady_clock::now() - start_ > limits_.time) {
      Fail({base::ErrorCode::kTooLarge,
            "the query ran longer than its time limit of " + std::to_string(limits_.time.count()) + " ms",
            {},
            "narrow the patterns, add a LIMIT, or raise the time limit"});
    }
  }

  Limits limits_;
  std::chrono::steady_clock::time_point start_;
  uint32_t ticks_ = 0;
  size_t held_ = 0;
  std::optional<base::Error> failure_;
};

}  // namespace sitgraph::queries::sparql
