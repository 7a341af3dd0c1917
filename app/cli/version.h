// What `sitgraph --version` prints.
#pragma once

#include <string>

namespace sitgraph::cli {

// Several lines: version and commit, compiler, RocksDB, the graph's format.
std::string VersionText();

}  // namespace sitgraph::cli
