// Backups by RocksDB's own engine for them.
#include <fmt/format.h>
#include <rocksdb/utilities/backup_engine.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <system_error>

#include "graph/backup.h"
#include "graph/rocksdb_engine.h"

namespace sitgraph::graph {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;
using rocksdb::BackupEngine;

rocksdb::BackupEngineOptions OptionsFor(const std::string& folder) {
  rocksdb::BackupEngineOptions options(folder);
  options.max_background_operations = 2;
  return options;
}

base::Status FailBackup(const rocksdb::Status& status, const std::string& folder) {
  if (status.IsCorruption()) {
    return base::Fail(ErrorCode::kCorrupt, "the backup is damaged: " + status.ToString(), {folder},
                      "take an earlier one (--number), or make a new one of the graph");
  }
  return Convert(status, folder);
}

BackupInfo InfoOf(const rocksdb::BackupInfo& info) { return {info.backup_id, info.timestamp, info.size}; }

base::Result<std::unique_ptr<rocksdb::BackupEngineReadOnly>> OpenToRead(const std::string& folder) {
  std::error_code error;
  rocksdb::BackupEngineReadOnly* raw = nullptr;
  if (fs::is_directory(fs::path(folder) / "meta", error)) {
    const rocksdb::Status opened =
        rocksdb::BackupEngineReadOnly::Open(rocksdb::Env::Default(), OptionsFor(folder), &raw);
    if (!opened.ok()) return base::Fail(FailBackup(opened, folder).error());
  }
  std::unique_ptr<rocksdb::BackupEngineReadOnly> engine(raw);
  std::vector<rocksdb::BackupInfo> infos;
  if (engine) engine->GetBackupInfo(&infos);
  if (infos.empty())
    return base::Fail(ErrorCode::kNotFound, "no backups there", {folder}, "'sitgraph backup' makes one");
  return engine;
}

// A folder of backups, or one that can become one.
base::Status CheckTarget(const std::string& folder) {
  std::error_code error;
  if (!fs::exists(folder, error)) {
    fs::create_directories(folder, error);
    if (error) return base::Fail(ErrorCode::kUnreadable, "cannot make the folder: " + error.message(), {folder});
    return {};
  }
  if (fs::is_directory(fs::path(folder) / "meta", error) || fs::is_empty(folder, error)) return {};
  return base::Fail(ErrorCode::kConflict, "the folder holds other files and no backups", {folder},
                    "name an empty or a new folder");
}

}  // namespace

base::Result<BackupInfo> MakeBackup(const std::string& graph_folder, const std::string& backup_folder, uint32_t keep) {
  const auto graph = Engine::Open(graph_folder, {});
  if (!graph) return base::Fail(graph.error());
  if (const base::Status usable = CheckTarget(backup_folder); !usable) return base::Fail(usable.error());
  BackupEngine* raw = nullptr;
  rocksdb::Status status = BackupEngine::Open(rocksdb::Env::Default(), OptionsFor(backup_folder), &raw);
  const std::unique_ptr<BackupEngine> backups(raw);
  if (!status.ok()) return base::Fail(FailBackup(status, backup_folder).error());

  rocksdb::CreateBackupOptions options;
  options.flush_before_backup = true;
  rocksdb::BackupID number = 0;
  status = backups->CreateNewBackup(options, (*graph)->db(), &number);
  if (status.ok()) status = backups->VerifyBackup(number, true);
  if (!status.ok()) return base::Fail(FailBackup(status, backup_folder).error());
  // Only now that the new one is known to be good.
  if (keep > 0) status = backups->PurgeOldBackups(keep);
  rocksdb::BackupInfo info;
  if (status.ok()) status = backups->GetBackupInfo(number, &info);
  if (!status.ok()) return base::Fail(FailBackup(status, backup_folder).error());
  return InfoOf(info);
}

base::Result<std::vector<BackupInfo>> ListBackups(const std::string& backup_folder) {
  const auto backups = OpenToRead(backup_folder);
  if (!backups) return base::Fail(backups.error());
  std::vector<rocksdb::BackupInfo> infos;
  (*backups)->GetBackupInfo(&infos);
  std::vector<BackupInfo> out;
  for (const rocksdb::BackupInfo& info : infos) out.push_back(InfoOf(info));
  std::sort(out.begin(), out.end(), [](const BackupInfo& a, const BackupInfo& b) { return a.number < b.number; });
  return out;
}

base::Result<BackupInfo> RestoreBackup(const std::string& backup_folder, std::optional<uint32_t> number,
                                       const std::string& graph_folder) {
  const auto all = ListBackups(backup_folder);
  if (!all) return base::Fail(all.error());
  const auto chosen = number
                          ? std::find_if(all->begin(), all->end(), [&](const auto& b) { return b.number == *number; })
                          : all->end() - 1;
  if (chosen == all->end()) {
    return base::Fail(
        ErrorCode::kNotFound, fmt::format("no backup has the number {}", *number), {backup_folder},
        fmt::format("there are those from {} to {}; --list shows them", all->front().number, all->back().number));
  }
  std::error_code error;
  if (fs::exists(graph_folder, error) && !fs::is_empty(graph_folder, error)) {
    return base::Fail(ErrorCode::kConflict, "the folder is not empty", {graph_folder},
                      "restore into a new folder, and rename it when it is good");
  }
  const auto backups = OpenToRead(backup_folder);
  if (!backups) return base::Fail(backups.error());
  rocksdb::Status status = (*backups)->VerifyBackup(chosen->number, true);
  if (!status.ok()) return base::Fail(FailBackup(status, backup_folder).error());

  // Aside, so that nobody takes a part for the graph.
  std::string name = graph_folder;
  while (name.size() > 1 && name.back() == '/') name.pop_back();
  const std::string aside = name + ".restore";
  fs::remove_all(aside, error);
  if (const fs::path parent = fs::path(aside).parent_path(); !parent.empty()) fs::create_directories(parent, error);
  status = (*backups)->RestoreDBFromBackup(rocksdb::RestoreOptions(), chosen->number, aside, aside);
  if (!status.ok()) {
    fs::remove_all(aside, error);
    return base::Fail(FailBackup(status, backup_folder).error());
  }
  fs::remove(name, error);  // an empty folder
  fs::rename(aside, name, error);
  if (error) return base::Fail(ErrorCode::kIo, "cannot rename the restored graph: " + error.message(), {aside});
  return *chosen;
}

}  // namespace sitgraph::graph
