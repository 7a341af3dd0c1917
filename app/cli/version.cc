#include "app/cli/version.h"

#include <fmt/format.h>

#include "app/cli/version_generated.h"
#include "graph/store.h"
#include "src/codebook/gazetteer.h"

namespace sitgraph::cli {
namespace {

#if defined(__clang__)
constexpr const char* kCompiler = "clang " __clang_version__;
#else
constexpr const char* kCompiler = "gcc " __VERSION__;
#endif

std::string GazetteerLine() {
  const std::string path = codebook::FindGazetteer("");
  if (path.empty()) return "no gazetteer: the codebook's places serve alone (docs/gazetteer.md)";
  const auto gazetteer = codebook::Gazetteer::Load(path);
  if (!gazetteer) return fmt::format("gazetteer {}: {}", path, gazetteer.error().message);
  return fmt::format("gazetteer of {} places: {}", gazetteer->size(), gazetteer->description());
}

}  // namespace

std::string VersionText() {
  return fmt::format("sitgraph {} (commit {})\ncompiled by {}\n{}\ngraph format {}\n{}", SITGRAPH_VERSION,
                     SITGRAPH_COMMIT, kCompiler, graph::EngineVersion(), graph::FormatVersion(), GazetteerLine());
}

}  // namespace sitgraph::cli
