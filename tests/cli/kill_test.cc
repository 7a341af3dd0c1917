// `kill -9` at any moment of a build: the graph opens, is sound, and the same command finishes the job.
#include <signal.h>
#include <sys/wait.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <random>
#include <thread>

#include "tests/cli/run.h"

namespace sitgraph::cli::test {
namespace {

using Clock = std::chrono::steady_clock;

TEST_CASE("a build that is killed at twenty random moments is finished by the same command") {
  const sitgraph::test::TemporaryFolder folder;
  const std::string reports = folder.Write("many.jsonl", ManyReports(120));
  const std::string whole = folder.File("whole");
  const auto start = Clock::now();
  Output({"build", reports, "--graph", whole});
  const auto whole_time = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start);
  const std::string expected = Quads(whole);

  std::mt19937 random(20);  // the moments still differ from run to run, by the machine's own noise
  std::uniform_int_distribution<int64_t> moment(0, whole_time.count());
  size_t cut_short = 0;
  for (int round = 0; round < 20; ++round) {
    CAPTURE(round);
    const std::string graph = folder.File("killed-" + std::to_string(round));
    const pid_t pid = Start({"build", reports, "--graph", graph});
    std::this_thread::sleep_for(std::chrono::microseconds(moment(random)));
    ::kill(pid, SIGKILL);
    int status = 0;
    REQUIRE(::waitpid(pid, &status, 0) == pid);
    if (WIFSIGNALED(status)) ++cut_short;
    const Ran checked = Run({"check", "--graph", graph});
    INFO(checked.out << checked.err);
    const bool begun = checked.err.find("no graph there") == std::string::npos &&
                       checked.err.find("its making was cut short") == std::string::npos;
    REQUIRE(checked.status == (begun ? 0 : 1));
    Output({"build", reports, "--graph", graph});
    REQUIRE(Quads(graph) == expected);
    Output({"check", "--graph", graph});
    std::filesystem::remove_all(graph);
  }
  CHECK(cut_short >= 10);
}

TEST_CASE("Ctrl-C ends a build between two reports") {
  const sitgraph::test::TemporaryFolder folder;
  const std::string reports = folder.Write("many.jsonl", ManyReports(20000));
  const std::string graph = folder.File("graph");
  const pid_t pid = Start({"build", reports, "--graph", graph});
  while (!std::filesystem::exists(graph + "/CURRENT")) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  ::kill(pid, SIGINT);
  int status = 0;
  REQUIRE(::waitpid(pid, &status, 0) == pid);
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 1);
  Output({"check", "--graph", graph});
}

}  // namespace
}  // namespace sitgraph::cli::test
