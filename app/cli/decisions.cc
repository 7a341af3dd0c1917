#include "app/cli/decisions.h"

#include "base/file.h"

namespace sitgraph::cli {
namespace {

constexpr uint64_t kMaxBytes = uint64_t{64} << 20;

}  // namespace

void AddDecisionsOption(CLI::App& command, std::string& file) {
  command
      .add_option("--decisions", file,
                  "Decisions on who is who (same, different, rename); the graph keeps them for later builds")
      ->type_name("FILE");
}

Exit TakeDecisions(resolve::GraphWriter& writer, const std::string& file) {
  if (file.empty()) return Exit::kDone;
  const auto text = base::ReadFile(file, kMaxBytes);
  if (!text) return Report(text.error());
  const auto taken = writer.SetDecisions(*text, file);
  if (taken) return Exit::kDone;
  for (const base::Error& error : taken.error()) Report(error);
  return Exit::kFailed;
}

}  // namespace sitgraph::cli
