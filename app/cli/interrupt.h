// Ctrl-C: the first asks the running work to stop cleanly, the second ends the program at once.
#pragma once

#include <atomic>

namespace sitgraph::cli {

// For SIGINT and SIGTERM, from the start of the program.
void CatchInterrupts();

// From here on the first signal ends the program at once: for work that only reads, and has no steps to look between.
void EndOnInterrupt();

// Set by the first signal; to be looked at between steps of work.
const std::atomic<bool>& Interrupted();

}  // namespace sitgraph::cli
