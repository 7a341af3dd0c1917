#include "app/cli/command.h"

#include <fmt/format.h>

namespace sitgraph::cli {

Exit Report(const base::Error& error) {
  fmt::print(stderr, "sitgraph: {}\n", base::ToString(error));
  return error.code == base::ErrorCode::kUsage ? Exit::kUsage : Exit::kFailed;
}

void AddGraphOption(CLI::App& command, std::string& folder) {
  command.add_option("-g,--graph", folder, "The graph's folder")
      ->required()
      ->type_name("DIR")
      ->envname("SITGRAPH_GRAPH");
}

}  // namespace sitgraph::cli
