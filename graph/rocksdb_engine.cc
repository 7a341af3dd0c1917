#include "graph/rocksdb_engine.h"

#include <fmt/format.h>
#include <rocksdb/cache.h>
#include <rocksdb/file_system.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <mutex>
#include <set>
#include <utility>

#include "graph/folder_lock.h"

namespace sitgraph::graph {
namespace {

using base::ErrorCode;
using rocksdb::Slice;

constexpr std::string_view kFormatKey = "format";
// Format 1 was this one without a packed base and its table.
constexpr std::string_view kFormatWithoutBase = "1";
// How long opening waits for others: they hold the folder for milliseconds, unless they hang.
constexpr std::chrono::seconds kPatience(30);

// RocksDB's own log tells users nothing; a graph that is only read must not be written to for its sake.
class NoLog final : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char*, va_list) override {}
};

// The file system of a writer. RocksDB removes files as soon as the writer needs them no more, but a reader that is
// just opening the graph in another process goes by a list of files that it read a moment ago, and RocksDB does not
// notice that a log has gone from under it: the data would be in no file that it reads. So no file goes while a reader
// holds the folder; its removal is made up for at a later one, at the end, or by RocksDB when a writer opens the graph
// again.
class WriterFiles final : public rocksdb::FileSystemWrapper {
 public:
  explicit WriterFiles(const std::string& folder) : FileSystemWrapper(rocksdb::FileSystem::Default()), lock_(folder) {}
  ~WriterFiles() override {
    if (!waiting_.empty() && lock_.TryAcquire(FolderLock::Mode::kExclusive)) RemoveWaiting();
  }
  const char* Name() const override { return "sitgraph.WriterFiles"; }

  rocksdb::IOStatus DeleteFile(const std::string& path, const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override {
    const std::lock_guard guard(mutex_);
    if (!lock_.TryAcquire(FolderLock::Mode::kExclusive)) {
      waiting_.insert(path);
      return rocksdb::IOStatus::OK();
    }
    waiting_.erase(path);
    rocksdb::IOStatus status = target()->DeleteFile(path, options, debug);
    RemoveWaiting();
    lock_.Release();
    return status;
  }

 private:
  // What cannot be removed costs space only.
  void RemoveWaiting() {
    for (const std::string& path : waiting_) (void)target()->DeleteFile(path, {}, nullptr);
    waiting_.clear();
  }

  std::mutex mutex_;  // of all below: RocksDB removes files in several threads
  FolderLock lock_;
  std::set<std::string> waiting_;
};

rocksdb::DBOptions DatabaseOptions(const OpenOptions& open) {
  rocksdb::DBOptions options;
  options.create_if_missing = open.create;
  options.create_missing_column_families = !open.read_only;
  // All tables reach the disk together, so that a log cut short by a power loss leaves them at one state.
  options.atomic_flush = true;
  options.max_background_jobs = 2;
  options.max_subcompactions = 2;
  options.db_write_buffer_size = 256 * kMegabyte;
  options.max_total_wal_size = 512 * kMegabyte;
  // All files stay open, so that a reader keeps those that a writer in another process replaces.
  options.max_open_files = -1;
  options.info_log = std::make_shared<NoLog>();
  return options;
}

std::vector<rocksdb::ColumnFamilyDescriptor> TableOptions(const OpenOptions& open) {
  rocksdb::BlockBasedTableOptions blocks;
  blocks.block_cache = rocksdb::NewLRUCache(open.cache_bytes);
  blocks.block_size = 16 << 10;
  blocks.format_version = 5;
  blocks.cache_index_and_filter_blocks = true;
  blocks.cache_index_and_filter_blocks_with_high_priority = true;
  blocks.pin_l0_filter_and_index_blocks_in_cache = true;

  rocksdb::ColumnFamilyOptions ordered;
  ordered.write_buffer_size = 64 * kMegabyte;
  ordered.compression = rocksdb::kLZ4Compression;
  ordered.bottommost_compression = rocksdb::kZSTD;
  ordered.level_compaction_dynamic_level_bytes = true;
  // Each transaction brings a table's keys in order: look for a key's place from where the last one went.
  ordered.memtable_insert_with_hint_prefix_extractor.reset(rocksdb::NewCappedPrefixTransform(0));
  ordered.table_factory.reset(rocksdb::NewBlockBasedTableFactory(blocks));

  // Tables that are asked for single keys, most of which are absent while loading.
  rocksdb::ColumnFamilyOptions pointed = ordered;
  blocks.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  pointed.table_factory.reset(rocksdb::NewBlockBasedTableFactory(blocks));

  std::vector<rocksdb::ColumnFamilyDescriptor> tables;
  for (size_t i = 0; i < kTableNames.size(); ++i) {
    const auto table = static_cast<Table>(i);
    const bool point = table == Table::kDictionary || table == Table::kIris || table == Table::kGspo;
    tables.emplace_back(kTableNames[i], point ? pointed : ordered);
  }
  return tables;
}

// Names that RocksDB leaves behind where making a database was cut short.
bool IsEngineFile(const std::string& name) {
  for (const char* prefix : {"LOCK", "LOG", "IDENTITY", "MANIFEST-", "OPTIONS-", "CURRENT", "0"}) {
    if (name.rfind(prefix, 0) == 0) return true;
  }
  return false;
}

// Whether there is a graph in the folder; fails where there is something else.
base::Result<bool> FindGraph(const std::string& folder, bool create) {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::file_status status = fs::status(folder, error);
  if (fs::exists(status) && !fs::is_directory(status)) {
    return base::Fail(ErrorCode::kConflict, "a graph is a folder, but this is a file", {folder});
  }
  if (fs::exists(fs::path(folder) / "CURRENT", error)) return true;
  if (!create) {
    return base::Fail(ErrorCode::kNotFound, "no graph there", {folder},
                      "'sitgraph build' and 'sitgraph load' make one; check the spelling of the path");
  }
  if (fs::exists(status)) {
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
      if (!IsEngineFile(it->path().filename().string())) {
        return base::Fail(ErrorCode::kConflict, "the folder holds other files and no graph", {folder},
                          "name an empty or a new folder");
      }
    }
  } else {
    fs::create_directories(folder, error);
  }
  if (error) return base::Fail(ErrorCode::kUnreadable, "cannot make the graph: " + error.message(), {folder});
  return false;
}

base::Status FailOpen(const rocksdb::Status& status, const std::string& folder) {
  const std::string text = status.ToString();
  if (status.IsIOError() && text.find("lock") != std::string::npos) {
    return base::Fail(ErrorCode::kConflict, "another process writes to this graph", {folder},
                      "wait until it ends; queries and exports can read the graph meanwhile");
  }
  if (status.IsCorruption() || text.find("No such file") != std::string::npos) {
    return base::Fail(ErrorCode::kCorrupt, "the graph is damaged: " + text, {folder},
                      "restore it from a copy, or build it again");
  }
  return base::Fail(ErrorCode::kUnreadable, "cannot open the graph: " + text, {folder});
}

base::Status FailVersion(const std::string& found, const std::string& folder) {
  return base::Fail(
      ErrorCode::kUnsupported,
      fmt::format("the graph has format {}, and this program reads format {}", found, kFormatVersion), {folder},
      found == kFormatWithoutBase ? "'sitgraph compact' brings it up to date, and so does whatever writes to it"
                                  : "use the version of sitgraph that wrote it, or build the graph again");
}

// The format of a graph whose tables are not those of this version: only what every version has can be opened.
base::Status FailForeignTables(const std::string& folder) {
  rocksdb::DB* raw = nullptr;
  rocksdb::Options options;
  options.info_log = std::make_shared<NoLog>();
  const rocksdb::Status status = rocksdb::DB::OpenForReadOnly(options, folder, &raw);
  const std::unique_ptr<rocksdb::DB> db(raw);
  if (!status.ok()) return FailOpen(status, folder);
  std::string format;
  if (!db->Get({}, ToSlice(kFormatKey), &format).ok()) {
    const std::unique_ptr<rocksdb::Iterator> content(db->NewIterator({}));
    content->SeekToFirst();
    if (!content->Valid()) {
      return base::Fail(ErrorCode::kNotFound, "the graph there is still empty: its making was cut short", {folder},
                        "'sitgraph build' and 'sitgraph load' finish it");
    }
    return base::Fail(ErrorCode::kUnsupported, "a RocksDB database, but not a graph of sitgraph", {folder});
  }
  return FailVersion(format, folder);
}

// Whether the graph in the folder has all tables; fails where it has others.
base::Result<bool> HasAllTables(const rocksdb::DBOptions& options, const std::string& folder, bool write) {
  std::vector<std::string> names;
  const rocksdb::Status listed = rocksdb::DB::ListColumnFamilies(options, folder, &names);
  if (!listed.ok()) return base::Fail(FailOpen(listed, folder).error());
  const bool known = std::all_of(names.begin(), names.end(), [](const std::string& name) {
    return std::find(kTableNames.begin(), kTableNames.end(), name) != kTableNames.end();
  });
  const bool complete = names.size() == kTableNames.size();
  if (!known || (!complete && !write)) return base::Fail(FailForeignTables(folder).error());
  return complete;
}

}  // namespace

base::Status Convert(const rocksdb::Status& status, const std::string& folder) {
  if (status.ok()) return {};
  return base::Fail(status.IsCorruption() ? ErrorCode::kCorrupt : ErrorCode::kIo,
                    "the graph's storage: " + status.ToString(), {folder});
}

rocksdb::Status Engine::OpenDatabase(rocksdb::DBOptions options,
                                     const std::vector<rocksdb::ColumnFamilyDescriptor>& tables) {
  rocksdb::DB* raw = nullptr;
  rocksdb::Status status;
  if (read_only_) {
    status = rocksdb::DB::OpenForReadOnly(options, folder_, tables, &handles_, &raw);
  } else {
    writer_env_ = rocksdb::NewCompositeEnv(std::make_shared<WriterFiles>(folder_));
    options.env = writer_env_.get();
    status = rocksdb::DB::Open(options, folder_, tables, &handles_, &raw);
  }
  db_.reset(raw);
  return status;
}

void Engine::CloseDatabase() {
  // Readers of a closed graph need not go through the log. An error would lose nothing: what was committed is in it.
  if (db_ != nullptr && !read_only_) (void)db_->Flush(rocksdb::FlushOptions(), handles_);
  for (rocksdb::ColumnFamilyHandle* handle : handles_) db_->DestroyColumnFamilyHandle(handle);
  handles_.clear();
  if (db_ != nullptr) (void)db_->Close();
  db_.reset();
}

base::Result<std::shared_ptr<Engine>> Engine::Open(const std::string& folder, const OpenOptions& open) {
  const bool create = open.create && !open.read_only;
  const base::Result<bool> exists = FindGraph(folder, create);
  if (!exists) return base::Fail(exists.error());

  // Nobody sees a graph half made, and no file goes while someone reads the list of files.
  FolderLock lock(folder);
  const auto mode = *exists ? FolderLock::Mode::kShared : FolderLock::Mode::kExclusive;
  if (const base::Status held = lock.Acquire(mode, kPatience); !held) return base::Fail(held.error());

  const rocksdb::DBOptions options = DatabaseOptions(open);
  if (*exists) {
    const base::Result<bool> complete = HasAllTables(options, folder, !open.read_only);
    if (!complete) return base::Fail(complete.error());
    // What a writer removes while it opens a graph must not wait for its own lock.
    if (!open.read_only) lock.Release();
  }
  std::shared_ptr<Engine> engine(new Engine(folder, open.read_only));
  const rocksdb::Status opened = engine->OpenDatabase(options, TableOptions(open));
  if (!opened.ok()) return base::Fail(FailOpen(opened, folder).error());
  if (const base::Status format = engine->CheckFormat(create); !format) return base::Fail(format.error());
  return engine;
}

base::Status Engine::CheckFormat(bool create) {
  const auto format = Get(Table::kMeta, kFormatKey);
  if (!format) return base::Fail(format.error());
  const std::string expected = std::to_string(kFormatVersion);
  if (*format == expected) return {};
  const bool earlier = *format == std::optional<std::string>(kFormatWithoutBase) && !read_only_;
  if (*format && !earlier) return FailVersion(**format, folder_);
  // Made just now, or by a process that died before it came here.
  if (!*format && !create) return FailForeignTables(folder_);
  rocksdb::WriteOptions write;
  write.sync = true;
  return Convert(db_->Put(write, handle(Table::kMeta), ToSlice(kFormatKey), expected), folder_);
}

base::Result<std::shared_ptr<const Base>> Engine::BaseOf(const Tables& tables) {
  const auto bytes = tables.Get(Table::kMeta, kBaseKey);
  if (!bytes) return base::Fail(bytes.error());
  if (!*bytes) return nullptr;
  const std::optional<BaseHead> head = DecodeHead(**bytes);
  if (!head) return base::Fail(ErrorCode::kCorrupt, "the head of the packed quads is damaged", {folder_});
  const std::lock_guard guard(base_mutex_);
  if (base_ != nullptr && base_->head().generation == head->generation) return base_;
  auto base = Base::Read(tables, *head);
  if (!base) return base::Fail(base.error());
  if (base_ == nullptr || base_->head().generation < head->generation) base_ = *base;
  return base;
}

}  // namespace sitgraph::graph
