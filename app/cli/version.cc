#include "app/cli/version.h"

#include <fmt/format.h>

#include "app/cli/version_generated.h"
#include "graph/store.h"

namespace sitgraph::cli {
namespace {

#if defined(__clang__)
constexpr const char* kCompiler = "clang " __clang_version__;
#else
constexpr const char* kCompiler = "gcc " __VERSION__;
#endif

}  // namespace

std::string VersionText() {
  return fmt::format("sitgraph {} (commit {})\ncompiled by {}\n{}\ngraph format {}", SITGRAPH_VERSION, SITGRAPH_COMMIT,
                     kCompiler, graph::EngineVersion(), graph::FormatVersion());
}

}  // namespace sitgraph::cli
