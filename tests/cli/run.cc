#include "tests/cli/run.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

namespace sitgraph::cli::test {
namespace {

std::string ContentOf(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

pid_t Spawn(const std::vector<std::string>& arguments, const std::string& in, const std::string& out,
            const std::string& err) {
  std::vector<char*> argv;
  static std::string program = SITGRAPH_BINARY;
  argv.push_back(program.data());
  std::vector<std::string> copies = arguments;
  for (std::string& argument : copies) argv.push_back(argument.data());
  argv.push_back(nullptr);
  const pid_t pid = ::fork();
  REQUIRE(pid >= 0);
  if (pid != 0) return pid;
  ::dup2(::open(in.c_str(), O_RDONLY), STDIN_FILENO);
  ::dup2(::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDOUT_FILENO);
  ::dup2(::open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDERR_FILENO);
  ::unsetenv("SITGRAPH_GRAPH");
  ::unsetenv("SITGRAPH_CODEBOOK");
  ::execv(argv[0], argv.data());
  ::_exit(127);
}

}  // namespace

Ran Run(const std::vector<std::string>& arguments, const std::string& input) {
  const sitgraph::test::TemporaryFolder folder;
  const std::string in = folder.Write("in", input);
  const pid_t pid = Spawn(arguments, in, folder.File("out"), folder.File("err"));
  int status = 0;
  REQUIRE(::waitpid(pid, &status, 0) == pid);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), ContentOf(folder.File("out")),
          ContentOf(folder.File("err"))};
}

std::string Output(const std::vector<std::string>& arguments, const std::string& input) {
  Ran ran = Run(arguments, input);
  INFO("sitgraph " << fmt::format("{}", fmt::join(arguments, " ")) << "\n" << ran.err);
  REQUIRE(ran.status == 0);
  return std::move(ran.out);
}

pid_t Start(const std::vector<std::string>& arguments) {
  return Spawn(arguments, "/dev/null", "/dev/null", "/dev/null");
}

std::string Quads(const std::string& graph) {
  std::istringstream lines(Output({"export", "--graph", graph, "--format", "nquads"}));
  std::vector<std::string> sorted;
  for (std::string line; std::getline(lines, line);) sorted.push_back(line);
  std::sort(sorted.begin(), sorted.end());
  return fmt::format("{}", fmt::join(sorted, "\n"));
}

std::string ManyReports(size_t number) {
  const char* const places[] = {"Palmyra", "Raqqa", "Aleppo", "Homs", "Idlib", "Daraa", "Hama"};
  const char* const forces[] = {"Syrian troops", "Rebels", "Islamic State militants", "Kurdish fighters",
                                "Government forces"};
  std::string lines;
  for (size_t i = 0; i < number; ++i) {
    lines += fmt::format(
        "{{\"id\": \"report-{}\", \"date\": \"2017-{:02}-{:02}\", \"source\": \"Nordpress\", \"title\": \"Fighting "
        "near {}\", "
        "\"text\": \"{} captured {} on Monday. At least {} civilians were killed by shelling in {}, a spokesman said. "
        "{} handed over {} rifles.\"}}\n",
        i, 1 + i % 12, 1 + i % 28, places[i % 7], forces[i % 5], places[(i + 3) % 7], 2 + i % 40, places[(i + 1) % 7],
        forces[(i + 2) % 5], 3 + i % 90);
  }
  return lines;
}

}  // namespace sitgraph::cli::test
