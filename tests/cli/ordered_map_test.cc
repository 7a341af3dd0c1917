#include "app/cli/ordered_map.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <stdexcept>
#include <string>

namespace sitgraph::cli {
namespace {

std::function<std::optional<int>()> CountTo(int end) {
  return [n = 0, end]() mutable { return n < end ? std::optional<int>(n++) : std::nullopt; };
}

TEST_CASE("results come in the order of the input, whatever takes long") {
  for (const size_t threads : {1u, 2u, 7u}) {
    CAPTURE(threads);
    std::vector<int> taken;
    OrderedMap<int, int>(
        CountTo(500),
        [](int n) {
          if (n % 50 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(3));
          return n * 2;
        },
        [&](int n) {
          taken.push_back(n);
          return true;
        })
        .Run(threads, 16);
    REQUIRE(taken.size() == 500);
    for (int n = 0; n < 500; ++n) REQUIRE(taken[static_cast<size_t>(n)] == 2 * n);
  }
}

TEST_CASE("no more than a window of results waits for a slow taker") {
  std::atomic<int> begun{0};
  int taken = 0, most = 0;
  OrderedMap<int, int>(
      CountTo(100), [&](int n) { return ++begun, n; },
      [&](int) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        most = std::max(most, begun.load() - taken);
        ++taken;
        return true;
      })
      .Run(4, 8);
  CHECK(taken == 100);
  CHECK(most <= 9);
}

TEST_CASE("an empty input ends at once") {
  OrderedMap<int, int>(
      CountTo(0), [](int n) { return n; }, [](int) -> bool { throw std::logic_error("none"); })
      .Run(3, 4);
}

TEST_CASE("a taker stops the reading") {
  std::atomic<int> read{0};
  int taken = 0;
  OrderedMap<int, int>([&]() -> std::optional<int> { return ++read; }, [](int n) { return n; },
                       [&](int) { return ++taken < 10; })
      .Run(3, 8);
  CHECK(taken == 10);
  CHECK(read <= 10 + 8 + 1);
}

TEST_CASE("an exception of any part comes out of the call") {
  const auto run = [](int failing) {
    OrderedMap<int, int>(
        [n = 0, failing]() mutable -> std::optional<int> {
          if (failing == 0 && n == 20) throw std::runtime_error("reading");
          return n++;
        },
        [failing](int n) {
          if (failing == 1 && n == 20) throw std::runtime_error("working");
          return n;
        },
        [failing](int n) {
          if (failing == 2 && n == 20) throw std::runtime_error("taking");
          return true;
        })
        .Run(3, 8);
  };
  CHECK_THROWS_WITH(run(0), "reading");
  CHECK_THROWS_WITH(run(1), "working");
  CHECK_THROWS_WITH(run(2), "taking");
}

}  // namespace
}  // namespace sitgraph::cli
