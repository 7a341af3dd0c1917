// Copies of a graph in a folder of backups, each with only what those before it lack.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"

namespace sitgraph::graph {

struct BackupInfo {
  uint32_t number = 0;       // from 1, ascending with time
  int64_t unix_seconds = 0;  // when it was made
  uint64_t bytes = 0;        // of the graph in it, parts shared with other backups too
};

// Makes a backup, in a new folder or beside those that are in it, reads it back and compares checksums; then removes
// all but the newest `keep` (0: keeps all). The graph stays open for readers; kConflict where another process writes to
// it. One that was cut short is not there, and the next clears it away.
base::Result<BackupInfo> MakeBackup(const std::string& graph_folder, const std::string& backup_folder,
                                    uint32_t keep = 0);

// The oldest first. kNotFound where the folder holds no backups.
base::Result<std::vector<BackupInfo>> ListBackups(const std::string& backup_folder);

// Verifies a backup (the newest without `number`) and makes a graph of it, whole or not at all. kConflict where there
// is something in the graph's folder already, kCorrupt where the backup is damaged, kNotFound where there is none.
base::Result<BackupInfo> RestoreBackup(const std::string& backup_folder, std::optional<uint32_t> number,
                                       const std::string& graph_folder);

}  // namespace sitgraph::graph
