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

// Statements that differ, large enough to be loaded in bulk.
std::string ManyStatements(size_t number) {
  std::string out;
  for (size_t i = 0; i < number; ++i) {
    const std::string n = std::to_string(i);
    out += "<http://example.org/unit/" + n + "> <http://example.org/seen> \"sighting number " + n +
           "\" <http://example.org/g" + std::to_string(i % 3) + "> .\n";
  }
  return out;
}

TEST_CASE("a bulk load that is killed at any moment leaves all of the file or nothing") {
  const sitgraph::test::TemporaryFolder folder;
  const std::string before = folder.Write("before.nt", "<http://example.org/a> <http://example.org/b> \"c\" .\n");
  const std::string file = folder.Write("many.nq", ManyStatements(60'000));
  const std::string whole = folder.File("whole");
  Output({"load", before, "--graph", whole});
  const std::string little = Quads(whole);
  const auto start = Clock::now();
  Output({"load", file, "--graph", whole});
  const auto whole_time = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start);
  const std::string expected = Quads(whole);

  std::mt19937 random(21);
  std::uniform_int_distribution<int64_t> moment(0, whole_time.count());
  size_t cut_short = 0, undone = 0;
  for (int round = 0; round < 12; ++round) {
    CAPTURE(round);
    const std::string graph = folder.File("loaded-" + std::to_string(round));
    Output({"load", before, "--graph", graph});
    const pid_t pid = Start({"load", file, "--graph", graph});
    std::this_thread::sleep_for(std::chrono::microseconds(moment(random)));
    ::kill(pid, SIGKILL);
    int status = 0;
    REQUIRE(::waitpid(pid, &status, 0) == pid);
    if (WIFSIGNALED(status)) ++cut_short;
    Output({"check", "--graph", graph});
    const std::string left = Quads(graph);
    const bool nothing = left == little;
    if (nothing) ++undone;
    if (!nothing) REQUIRE(left == expected);
    Output({"load", file, "--graph", graph});
    REQUIRE(Quads(graph) == expected);
    Output({"check", "--graph", graph});
    CHECK(!std::filesystem::exists(graph + "/load.tmp"));
    std::filesystem::remove_all(graph);
  }
  CHECK(cut_short >= 6);
  CHECK(undone >= 4);
}

TEST_CASE("a bad statement in a large file is named with line and column, and stops or is passed over") {
  const sitgraph::test::TemporaryFolder folder;
  std::string text = ManyStatements(50'000);
  text += "<http://example.org/x> <http://example.org/y> \"z\" <http://example.org/g\n";
  text += "<http://example.org/last> <http://example.org/y> \"z\" .\n";
  const std::string file = folder.Write("bad.nq", text);
  const std::string graph = folder.File("graph");
  const Ran stopped = Run({"load", file, "--graph", graph});
  CHECK(stopped.status == 1);
  CHECK(stopped.err.find("bad.nq:50001:") != std::string::npos);
  CHECK(stopped.err.find("nothing of this file was loaded") != std::string::npos);
  CHECK(Quads(graph).empty());
  const Ran skipped = Run({"load", file, "--graph", graph, "--on-error", "skip", "--memory", "16MB"});
  CHECK(skipped.status == 1);
  CHECK(skipped.err.find("bad.nq:50001:") != std::string::npos);
  CHECK(skipped.err.find("50,001 RDF statements") != std::string::npos);
  CHECK(Quads(graph).find("example.org/last") != std::string::npos);
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
