// sitgraph backup: copies a graph into a folder of backups.
#include "graph/backup.h"

#include <fmt/format.h>

#include <memory>

#include "app/cli/command.h"
#include "app/cli/console.h"

namespace sitgraph::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  sitgraph backup /backups/syria --graph syria.graph             only what earlier backups lack is copied
  sitgraph backup /backups/syria --graph syria.graph --keep 7    the newest seven stay
  sitgraph restore /backups/syria --list                         which there are

Each backup is read back and its checksums compared before older ones go. Readers may use the graph meanwhile; another
writer must have ended.)";

struct Options {
  std::string graph, folder;
  uint32_t keep = 0;
};

Exit Backup(const Options& options) {
  const auto made = graph::MakeBackup(options.graph, options.folder, options.keep);
  if (!made) return Report(made.error());
  fmt::print(stderr, "backup {} in {}: {:.1f} MB, verified\n", made->number, options.folder,
             static_cast<double>(made->bytes) / 1e6);
  return Exit::kDone;
}

}  // namespace

void AddBackup(CLI::App& app, Exit& exit) {
  CLI::App* command = app.add_subcommand("backup", "Copy a graph into a folder of backups");
  const auto options = std::make_shared<Options>();
  command->add_option("FOLDER", options->folder, "Where the backups are, or will be")->required();
  AddGraphOption(*command, options->graph);
  command->add_option("--keep", options->keep, "How many to keep, this one among them; 0: all")->capture_default_str();
  command->footer(kExamples);
  command->callback([options, &exit] { exit = Backup(*options); });
}

}  // namespace sitgraph::cli
