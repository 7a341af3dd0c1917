// Runs other programs that read what was exported: networkx, xmllint, rapper.
#pragma once

#include <stdio.h>
#include <sys/wait.h>

#include <string>

namespace sitgraph::test {

struct Ran {
  int status = -1;
  std::string output;  // of both streams
};

inline Ran Run(const std::string& command) {
  Ran ran;
  FILE* const pipe = ::popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return ran;
  char buffer[4096];
  for (size_t n = 0; (n = ::fread(buffer, 1, sizeof(buffer), pipe)) > 0;) ran.output.append(buffer, n);
  const int status = ::pclose(pipe);
  ran.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return ran;
}

inline bool IsInstalled(const std::string& program) { return Run("command -v " + program).status == 0; }

}  // namespace sitgraph::test
