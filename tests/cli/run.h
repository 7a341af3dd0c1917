// Runs the program as its users do.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "tests/temporary_folder.h"

namespace sitgraph::cli::test {

struct Ran {
  int status = -1;  // 128 + the signal where it was killed
  std::string out, err;
};

// Runs `sitgraph ARGUMENTS` with `input` as its standard input and waits for it.
Ran Run(const std::vector<std::string>& arguments, const std::string& input = "");
// The same; fails the test where the status is not 0, and gives standard output.
std::string Output(const std::vector<std::string>& arguments, const std::string& input = "");
// Starts it and goes on; its output is thrown away.
pid_t Start(const std::vector<std::string>& arguments);

// The whole graph as sorted N-Quads.
std::string Quads(const std::string& graph);

inline const std::string kExamples = std::string(SITGRAPH_SOURCE_DIR) + "/examples/reports";

// JSON Lines of `number` reports that differ in places, forces, numbers and dates.
std::string ManyReports(size_t number);

}  // namespace sitgraph::cli::test
