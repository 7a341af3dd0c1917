// sitgraph restore: makes a graph of a backup.
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <memory>
#include <optional>

#include "app/cli/command.h"
#include "app/cli/console.h"
#include "graph/backup.h"

namespace sitgraph::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  sitgraph restore /backups/syria --graph restored.graph               the newest backup
  sitgraph restore /backups/syria --graph restored.graph --number 3
  sitgraph restore /backups/syria --list

The graph's folder must be new or empty. The backup's checksums are verified first, and the graph is there whole or not
at all.)";

struct Options {
  std::string graph, folder;
  std::optional<uint32_t> number;
  bool list = false;
};

Exit List(const std::string& folder) {
  const auto backups = graph::ListBackups(folder);
  if (!backups) return Report(backups.error());
  for (const graph::BackupInfo& backup : *backups) {
    const auto printed = Print(fmt::format("{:>4}  {:%Y-%m-%d %H:%M:%S} UTC  {:>10.1f} MB\n", backup.number,
                                           fmt::gmtime(static_cast<std::time_t>(backup.unix_seconds)),
                                           static_cast<double>(backup.bytes) / 1e6));
    if (!printed) return Report(printed.error());
  }
  return Exit::kDone;
}

Exit Restore(const Options& options) {
  if (options.list) return List(options.folder);
  if (options.graph.empty()) {
    return Report({base::ErrorCode::kUsage, "--graph is required: where the graph shall be", {}, {}});
  }
  const auto restored = graph::RestoreBackup(options.folder, options.number, options.graph);
  if (!restored) return Report(restored.error());
  fmt::print(stderr, "restored backup {} to {}\n", restored->number, options.graph);
  return Exit::kDone;
}

}  // namespace

void AddRestore(CLI::App& app, Exit& exit) {
  CLI::App* command = app.add_subcommand("restore", "Make a graph of a backup");
  const auto options = std::make_shared<Options>();
  command->add_option("FOLDER", options->folder, "Where the backups are")->required();
  command->add_option("--graph", options->graph, "Folder of the graph to make")->type_name("DIR");
  command->add_option("--number", options->number, "Which backup; the newest without it");
  command->add_flag("--list", options->list, "Print the backups and do nothing else");
  command->footer(kExamples);
  command->callback([options, &exit] { exit = Restore(*options); });
}

}  // namespace sitgraph::cli
