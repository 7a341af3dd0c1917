// Times queries over a graph within one process: bench_queries GRAPH QUERY.rq... Prints name, milliseconds of wall and
// of processor time (each the least of three runs), rows, first cell.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <filesystem>

#include "base/file.h"
#include "graph/store.h"
#include "queries/query.h"

namespace {

using namespace sitgraph;

// Counts an answer's rows; keeps the first cell of the first.
class Counter : public queries::ResultSink {
 public:
  base::Status Begin(const std::vector<std::string>&, const queries::Prefixes&) override { return {}; }
  base::Status Row(std::span<const std::optional<graph::Term>> cells) override {
    if (rows++ == 0 && !cells.empty() && cells[0]) first = cells[0]->value();
    return {};
  }
  base::Status Boolean(bool) override { return {}; }
  base::Status End() override { return {}; }
  uint64_t rows = 0;
  std::string first;
};

int Tell(const base::Error& error) {
  fmt::print(stderr, "{}\n", base::ToString(error));
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    fmt::print(stderr, "usage: bench_queries GRAPH QUERY.rq...\n");
    return 2;
  }
  auto store = graph::Store::Open(argv[1], {.read_only = true});
  if (!store) return Tell(store.error());
  for (int i = 2; i < argc; ++i) {
    auto text = base::ReadFile(argv[i]);
    if (!text) return Tell(text.error());
    double best = 1e300, best_cpu = 1e300;
    Counter counter;
    for (int run = 0; run < 3; ++run) {
      counter = Counter();
      auto start = std::chrono::steady_clock::now();
      std::clock_t cpu = std::clock();
      auto summary = queries::RunQuery(*(*store)->TakeSnapshot(), *text, {}, counter);
      if (!summary) return Tell(summary.error());
      best_cpu = std::min(best_cpu, 1e3 * static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC);
      best =
          std::min(best, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }
    fmt::print("{}\t{:.2f}\t{:.2f}\t{}\t{}\n", std::filesystem::path(argv[i]).stem().string(), best, best_cpu,
               counter.rows, counter.first);
    std::fflush(stdout);
  }
  return 0;
}
