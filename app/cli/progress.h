// One line on the terminal that tells how far long work is; nothing in a pipe or a file.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace sitgraph::cli {

// For one thread. The line is wiped when the object goes.
class Progress {
 public:
  // `unit`: what is counted, in the plural: "reports".
  explicit Progress(std::string unit);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // Cheap: the line is drawn at most five times a second. `part` and `whole` measure the same work where it is known
  // how much there is (files read of files found); whole 0: unknown, and no time left is told.
  void Update(uint64_t done, uint64_t part = 0, uint64_t whole = 0);

 private:
  using Clock = std::chrono::steady_clock;
  std::string unit_;
  bool on_;
  bool drawn_ = false;
  Clock::time_point start_, next_;
};

}  // namespace sitgraph::cli
