// Runs tasks that share nothing, on at most two threads: what training takes stays within two cores.
#pragma once

#include <atomic>
#include <cstddef>
#include <thread>

namespace sitgraph::language::train {

// Calls task(0) to task(count - 1), each once; returns when all are done.
template <typename Task>
void InParallel(size_t count, const Task& task) {
  std::atomic<size_t> next{0};
  const auto work = [&] {
    for (size_t i = next++; i < count; i = next++) task(i);
  };
  std::thread helper(work);
  work();
  helper.join();
}

}  // namespace sitgraph::language::train
