// The store on RocksDB: tables are column families, a transaction is one write batch. The only file that knows RocksDB.
#include <fmt/format.h>
#include <rocksdb/cache.h>
#include <rocksdb/convenience.h>
#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/file_system.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>
#include <rocksdb/version.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <mutex>
#include <set>
#include <utility>

#include "graph/changes.h"
#include "graph/folder_lock.h"
#include "graph/keys.h"
#include "graph/store.h"
#include "graph/tables.h"

namespace sitgraph::graph {
namespace {

using base::ErrorCode;
using rocksdb::Slice;

constexpr uint32_t kFormatVersion = 1;
constexpr std::string_view kFormatKey = "format";
constexpr size_t kMegabyte = size_t{1} << 20;
// How long opening waits for others: they hold the folder for milliseconds, unless they hang.
constexpr std::chrono::seconds kPatience(30);

Slice ToSlice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }
std::string_view ToView(const Slice& slice) { return {slice.data(), slice.size()}; }

base::Status Convert(const rocksdb::Status& status, const std::string& folder = {}) {
  if (status.ok()) return {};
  return base::Fail(status.IsCorruption() ? ErrorCode::kCorrupt : ErrorCode::kIo,
                    "the graph's storage: " + status.ToString(), {folder});
}

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

// One opened database with its tables. Shared by the store and all that was taken from it, so that it closes last.
class Engine {
 public:
  static base::Result<std::shared_ptr<Engine>> Open(const std::string& folder, const OpenOptions& options);
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  ~Engine() { CloseDatabase(); }

  rocksdb::DB* db() const { return db_.get(); }
  rocksdb::ColumnFamilyHandle* handle(Table table) const { return handles_[static_cast<size_t>(table)]; }
  const std::string& folder() const { return folder_; }
  bool read_only() const { return read_only_; }

  base::Result<std::optional<std::string>> Get(Table table, std::string_view key,
                                               const rocksdb::ReadOptions& options = {}) const {
    std::string value;
    const rocksdb::Status status = db_->Get(options, handle(table), ToSlice(key), &value);
    if (status.IsNotFound()) return std::nullopt;
    if (const base::Status converted = Convert(status, folder_); !converted) return base::Fail(converted.error());
    return value;
  }

  // What the dictionary holds at `id`, compared with `key`.
  base::Result<Slot> Look(TermId id, std::string_view key, const rocksdb::ReadOptions& options = {}) const {
    rocksdb::PinnableSlice value;
    const rocksdb::Status status = db_->Get(options, handle(Table::kDictionary), EncodeId(id), &value);
    if (status.IsNotFound()) return Slot::kFree;
    if (const base::Status converted = Convert(status, folder_); !converted) return base::Fail(converted.error());
    return ToView(value) == key ? Slot::kSame : Slot::kOther;
  }

  // One transaction, or one compaction, at a time.
  bool Acquire() { return !busy_.exchange(true); }
  void Release() { busy_ = false; }

 private:
  Engine(std::string folder, bool read_only) : folder_(std::move(folder)), read_only_(read_only) {}
  rocksdb::Status OpenDatabase(rocksdb::DBOptions options, const std::vector<rocksdb::ColumnFamilyDescriptor>& tables);
  base::Status CheckFormat(bool create);
  void CloseDatabase();

  std::string folder_;
  bool read_only_;
  std::unique_ptr<rocksdb::Env> writer_env_;  // outlives the database
  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> handles_;
  std::atomic<bool> busy_ = false;
};

// ---- Opening
// ---------------------------------------------------------------------------------------------------------

rocksdb::DBOptions DatabaseOptions(const OpenOptions& open) {
  rocksdb::DBOptions options;
  options.create_if_missing = open.create;
  options.create_missing_column_families = open.create;
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
  return base::Fail(ErrorCode::kUnsupported,
                    fmt::format("the graph has format {}, and this program reads format {}", found, kFormatVersion),
                    {folder}, "use the version of sitgraph that wrote it, or build the graph again");
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

// Whether the graph in the folder has all tables; fails where it has others.
base::Result<bool> HasAllTables(const rocksdb::DBOptions& options, const std::string& folder, bool create) {
  std::vector<std::string> names;
  const rocksdb::Status listed = rocksdb::DB::ListColumnFamilies(options, folder, &names);
  if (!listed.ok()) return base::Fail(FailOpen(listed, folder).error());
  const bool known = std::all_of(names.begin(), names.end(), [](const std::string& name) {
    return std::find(kTableNames.begin(), kTableNames.end(), name) != kTableNames.end();
  });
  const bool complete = names.size() == kTableNames.size();
  if (!known || (!complete && !create)) return base::Fail(FailForeignTables(folder).error());
  return complete;
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
    const base::Result<bool> complete = HasAllTables(options, folder, create);
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
  if (*format) return **format == expected ? base::Status() : FailVersion(**format, folder_);
  // Made just now, or by a process that died before it came here.
  if (!create) return FailForeignTables(folder_);
  rocksdb::WriteOptions write;
  write.sync = true;
  return Convert(db_->Put(write, handle(Table::kMeta), ToSlice(kFormatKey), expected), folder_);
}

// ---- Reading
// ---------------------------------------------------------------------------------------------------------

class Walker final : public TableCursor {
 public:
  Walker(const Engine& engine, rocksdb::ReadOptions options, Table table, std::string_view begin, std::string_view end)
      : end_(end), upper_(end_), folder_(engine.folder()) {
    if (!end_.empty()) options.iterate_upper_bound = &upper_;
    iterator_.reset(engine.db()->NewIterator(options, engine.handle(table)));
    iterator_->Seek(ToSlice(begin));
  }
  Walker(const Walker&) = delete;  // upper_ points into end_
  Walker& operator=(const Walker&) = delete;

  bool Valid() const override { return iterator_->Valid(); }
  void Next() override { iterator_->Next(); }
  void Seek(std::string_view key) { iterator_->Seek(ToSlice(key)); }
  std::string_view key() const override { return ToView(iterator_->key()); }
  std::string_view value() const override { return ToView(iterator_->value()); }
  base::Status status() const override { return Convert(iterator_->status(), folder_); }

 private:
  std::string end_;
  Slice upper_;
  const std::string& folder_;
  std::unique_ptr<rocksdb::Iterator> iterator_;
};

class MatchCursor final : public QuadCursor {
 public:
  MatchCursor(const Engine& engine, const rocksdb::ReadOptions& options, const KeyRange& range)
      : order_(range.order), walker_(engine, options, TableOf(range.order), range.begin, range.end) {
    Decode();
  }
  bool Valid() const override { return valid_; }
  void Next() override {
    walker_.Next();
    Decode();
  }
  const QuadIds& quad() const override { return quad_; }
  base::Status status() const override {
    if (malformed_) return base::Fail(ErrorCode::kCorrupt, "an index holds a malformed key");
    return walker_.status();
  }

 private:
  void Decode() {
    valid_ = walker_.Valid();
    if (valid_ && walker_.key().size() != kQuadKeySize) {
      malformed_ = true;
      valid_ = false;
    }
    if (valid_) quad_ = DecodeQuad(order_, walker_.key());
  }

  QuadOrder order_;
  Walker walker_;
  QuadIds quad_{};
  bool valid_ = false;
  bool malformed_ = false;
};

class IriCursor final : public TermCursor {
 public:
  IriCursor(const Engine& engine, const rocksdb::ReadOptions& options, std::string_view prefix)
      : walker_(engine, options, Table::kIris, prefix, AfterPrefix(prefix)) {
    Decode();
  }
  bool Valid() const override { return valid_; }
  void Next() override {
    walker_.Next();
    Decode();
  }
  TermId id() const override { return id_; }
  const Term& term() const override { return term_; }
  base::Status status() const override {
    if (malformed_) return base::Fail(ErrorCode::kCorrupt, "the list of IRIs holds a malformed id");
    return walker_.status();
  }

 private:
  void Decode() {
    valid_ = walker_.Valid();
    if (!valid_) return;
    malformed_ = walker_.value().size() != 8;
    valid_ = !malformed_;
    if (!valid_) return;
    id_ = DecodeId(walker_.value());
    term_ = Term::Iri(std::string(walker_.key()));
  }

  Walker walker_;
  TermId id_{};
  Term term_;
  bool valid_ = false;
  bool malformed_ = false;
};

// The tables as `options` let them be seen. The engine must outlive it.
class EngineTables final : public Tables {
 public:
  EngineTables(const Engine& engine, const rocksdb::ReadOptions& options) : engine_(engine), options_(options) {}
  std::unique_ptr<TableCursor> Walk(Table table, std::string_view begin, std::string_view end) const override {
    return std::make_unique<Walker>(engine_, options_, table, begin, end);
  }
  base::Result<std::optional<std::string>> Get(Table table, std::string_view key) const override {
    return engine_.Get(table, key, options_);
  }

 private:
  const Engine& engine_;
  rocksdb::ReadOptions options_;
};

class RocksSnapshot final : public Snapshot {
 public:
  explicit RocksSnapshot(std::shared_ptr<const Engine> engine)
      : engine_(std::move(engine)), snapshot_(engine_->db()->GetSnapshot()) {
    read_.snapshot = snapshot_;
  }
  ~RocksSnapshot() override { engine_->db()->ReleaseSnapshot(snapshot_); }
  RocksSnapshot(const RocksSnapshot&) = delete;
  RocksSnapshot& operator=(const RocksSnapshot&) = delete;

  base::Result<std::optional<TermId>> Find(const Term& term) const override {
    const std::string key = EncodeTerm(term);
    const auto probe = ProbeTerm(key, [&](TermId id) { return engine_->Look(id, key, read_); });
    if (!probe) return base::Fail(probe.error());
    return probe->found ? std::optional(probe->id) : std::nullopt;
  }

  base::Result<Term> Resolve(TermId id) const override {
    rocksdb::PinnableSlice key;
    const rocksdb::Status status = engine_->db()->Get(read_, engine_->handle(Table::kDictionary), EncodeId(id), &key);
    if (status.IsNotFound()) {
      return base::Fail(ErrorCode::kCorrupt, fmt::format("no term has the id {:016x}", static_cast<uint64_t>(id)),
                        {engine_->folder()});
    }
    if (!status.ok()) return base::Fail(Convert(status, engine_->folder()).error());
    return DecodeTerm(ToView(key));
  }

  std::unique_ptr<QuadCursor> Match(const QuadPattern& pattern) const override {
    return std::make_unique<MatchCursor>(*engine_, read_, RangeOf(pattern));
  }

  base::Result<uint64_t> Estimate(const QuadPattern& pattern, uint64_t limit) const override {
    const KeyRange range = RangeOf(pattern);
    Walker walker(*engine_, read_, TableOf(range.order), range.begin, range.end);
    uint64_t count = 0;
    for (; count < limit && walker.Valid(); walker.Next()) ++count;
    if (const base::Status status = walker.status(); !status) return base::Fail(status.error());
    if (!walker.Valid()) return count;
    return std::max(limit, EstimateFromSize(range));
  }

  std::unique_ptr<TermCursor> Iris(std::string_view iri_prefix) const override {
    return std::make_unique<IriCursor>(*engine_, read_, iri_prefix);
  }

  base::Result<std::vector<TermId>> Graphs() const override {
    std::vector<TermId> graphs;
    Walker walker(*engine_, read_, Table::kGspo, AfterPrefix(EncodeId(kDefaultGraphId)), {});
    while (walker.Valid()) {
      graphs.push_back(DecodeId(walker.key()));
      const std::string next = AfterPrefix(EncodeId(graphs.back()));
      if (next.empty()) break;
      walker.Seek(next);
    }
    if (const base::Status status = walker.status(); !status) return base::Fail(status.error());
    return graphs;
  }

  base::Result<std::optional<std::string>> GetRecord(std::string_view key) const override {
    return engine_->Get(Table::kRecords, key, read_);
  }

  base::Status ScanRecords(std::string_view prefix,
                           const std::function<bool(std::string_view, std::string_view)>& visit) const override {
    Walker walker(*engine_, read_, Table::kRecords, prefix, AfterPrefix(prefix));
    for (; walker.Valid(); walker.Next()) {
      if (!visit(walker.key(), walker.value())) return {};
    }
    return walker.status();
  }

  base::Result<uint64_t> CountOwners(const Triple& triple) const override {
    QuadPattern pattern;
    for (const auto& [term, slot] :
         {std::pair(&triple.subject, &pattern.subject), std::pair(&triple.predicate, &pattern.predicate),
          std::pair(&triple.object, &pattern.object)}) {
      const auto id = Find(*term);
      if (!id) return base::Fail(id.error());
      if (!*id) return 0;
      *slot = **id;
    }
    const KeyRange range = RangeOf(pattern);
    Walker walker(*engine_, read_, Table::kSharesByTriple, range.begin, range.end);
    uint64_t count = 0;
    for (; walker.Valid(); walker.Next()) ++count;
    if (const base::Status status = walker.status(); !status) return base::Fail(status.error());
    return count;
  }

  // For reading whole tables once, past the cache.
  EngineTables InBulk() const {
    rocksdb::ReadOptions options = read_;
    options.fill_cache = false;
    options.readahead_size = 2 * kMegabyte;
    return {*engine_, options};
  }

 private:
  // Keys in the range, from its share of the index's bytes.
  uint64_t EstimateFromSize(const KeyRange& range) const {
    rocksdb::ColumnFamilyHandle* index = engine_->handle(TableOf(range.order));
    static const std::string last(kQuadKeySize + 1, '\xFF');
    const std::array<rocksdb::Range, 2> ranges = {
        rocksdb::Range(range.begin, range.end.empty() ? Slice(last) : Slice(range.end)), rocksdb::Range(Slice(), last)};
    std::array<uint64_t, 2> sizes{};
    rocksdb::SizeApproximationOptions options;
    options.include_memtables = true;
    options.include_files = true;
    uint64_t keys = 0;
    if (!engine_->db()->GetApproximateSizes(options, index, ranges.data(), 2, sizes.data()).ok() || sizes[1] == 0 ||
        !engine_->db()->GetIntProperty(index, rocksdb::DB::Properties::kEstimateNumKeys, &keys)) {
      return 0;
    }
    const double share = std::min(1.0, static_cast<double>(sizes[0]) / static_cast<double>(sizes[1]));
    return static_cast<uint64_t>(share * static_cast<double>(keys));
  }

  std::shared_ptr<const Engine> engine_;
  const rocksdb::Snapshot* snapshot_;
  rocksdb::ReadOptions read_;
};

// ---- Writing
// ---------------------------------------------------------------------------------------------------------

class BatchWriter final : public TableWriter {
 public:
  explicit BatchWriter(const Engine& engine) : engine_(engine) {}
  base::Status Put(Table table, std::string_view key, std::string_view value) override {
    return Convert(batch_.Put(engine_.handle(table), ToSlice(key), ToSlice(value)), engine_.folder());
  }
  base::Status Delete(Table table, std::string_view key) override {
    return Convert(batch_.Delete(engine_.handle(table), ToSlice(key)), engine_.folder());
  }
  base::Status Apply(bool sync) {
    rocksdb::WriteOptions options;
    options.sync = sync;
    base::Status status = Convert(engine_.db()->Write(options, &batch_), engine_.folder());
    batch_.Clear();
    return status;
  }
  size_t size() const { return batch_.GetDataSize(); }

 private:
  const Engine& engine_;
  rocksdb::WriteBatch batch_;
};

class RocksTransaction final : public Transaction {
 public:
  explicit RocksTransaction(std::shared_ptr<Engine> engine)
      : engine_(std::move(engine)), committed_(*engine_, {}), changes_(committed_) {
    if (engine_->read_only()) {
      usable_ = base::Fail(ErrorCode::kUsage, "the graph is open for reading only", {engine_->folder()});
    } else if (!engine_->Acquire()) {
      usable_ = base::Fail(ErrorCode::kConflict, "another transaction is open", {engine_->folder()});
    } else {
      acquired_ = true;
    }
  }
  ~RocksTransaction() override { End(); }
  RocksTransaction(const RocksTransaction&) = delete;
  RocksTransaction& operator=(const RocksTransaction&) = delete;

  base::Status Add(const Quad& quad) override { return usable_ ? changes_.Add(quad) : usable_; }
  base::Status Remove(const Quad& quad) override { return usable_ ? changes_.Remove(quad) : usable_; }
  base::Status RemoveGraph(const Term& graph) override { return usable_ ? changes_.RemoveGraph(graph) : usable_; }
  base::Status Share(const Term& owner, const Triple& triple) override {
    return usable_ ? changes_.Share(owner, triple) : usable_;
  }
  base::Status Unshare(const Term& owner) override { return usable_ ? changes_.Unshare(owner) : usable_; }
  base::Result<bool> IsShared(const Triple& triple) override {
    if (!usable_) return base::Fail(usable_.error());
    return changes_.IsShared(triple);
  }
  base::Status PutRecord(std::string_view key, std::string_view value) override {
    if (usable_) changes_.PutRecord(key, value);
    return usable_;
  }
  base::Status RemoveRecord(std::string_view key) override {
    if (usable_) changes_.RemoveRecord(key);
    return usable_;
  }
  base::Status Commit(bool sync) override {
    if (!usable_) return usable_;
    BatchWriter writer(*engine_);
    base::Status status = changes_.Write(writer);
    if (status) status = writer.Apply(sync);
    End();
    return status;
  }
  size_t ApproximateSize() const override { return changes_.ApproximateSize(); }

 private:
  void End() {
    if (acquired_) engine_->Release();
    acquired_ = false;
    usable_ = base::Fail(ErrorCode::kUsage, "the transaction has ended");
  }

  std::shared_ptr<Engine> engine_;
  EngineTables committed_;
  Changes changes_;
  base::Status usable_;
  bool acquired_ = false;
};

// ---- The store
// -------------------------------------------------------------------------------------------------------

class RocksStore final : public Store {
 public:
  explicit RocksStore(std::shared_ptr<Engine> engine) : engine_(std::move(engine)) {}

  std::unique_ptr<const Snapshot> TakeSnapshot() const override { return std::make_unique<RocksSnapshot>(engine_); }
  std::unique_ptr<Transaction> Begin() override { return std::make_unique<RocksTransaction>(engine_); }

  base::Result<StoreStatistics> Statistics() const override {
    const RocksSnapshot snapshot(engine_);
    const EngineTables tables = snapshot.InBulk();
    StoreStatistics statistics;
    const auto quads = tables.Walk(Table::kGspo, {}, {});
    std::optional<TermId> graph;
    for (; quads->Valid(); quads->Next()) {
      const TermId current = DecodeId(quads->key());
      ++statistics.quads;
      if (current == kDefaultGraphId) {
        ++statistics.default_graph_quads;
      } else if (graph != current) {
        ++statistics.named_graphs;
      }
      graph = current;
    }
    if (const base::Status status = quads->status(); !status) return base::Fail(status.error());
    const auto terms = tables.Walk(Table::kDictionary, {}, {});
    for (; terms->Valid(); terms->Next()) ++statistics.terms;
    if (const base::Status status = terms->status(); !status) return base::Fail(status.error());

    std::error_code error;
    for (std::filesystem::directory_iterator it(engine_->folder(), error), end; !error && it != end;
         it.increment(error)) {
      std::error_code gone;  // a file may go while the folder is read
      const uintmax_t size = it->file_size(gone);
      if (!gone) statistics.bytes_on_disk += size;
    }
    return statistics;
  }

  base::Result<std::vector<std::string>> Check() const override {
    const rocksdb::Status sums = engine_->db()->VerifyChecksum();
    if (sums.IsCorruption()) return std::vector<std::string>{"a file is damaged: " + sums.ToString()};
    // A writer may have removed files that a reader still holds open; walking the tables verifies what is read of them.
    if (!sums.ok() && !(engine_->read_only() && sums.IsPathNotFound())) {
      return base::Fail(Convert(sums, engine_->folder()).error());
    }
    const RocksSnapshot snapshot(engine_);
    return FindContradictions(snapshot.InBulk());
  }

  base::Status Compact() override {
    if (engine_->read_only()) {
      return base::Fail(ErrorCode::kUsage, "the graph is open for reading only", {engine_->folder()});
    }
    if (!engine_->Acquire()) return base::Fail(ErrorCode::kConflict, "a transaction is open", {engine_->folder()});
    base::Status status = RemoveUnusedTerms();
    for (size_t i = 0; status && i < kTableNames.size(); ++i) {
      rocksdb::CompactRangeOptions options;
      options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForceOptimized;
      status = Convert(engine_->db()->CompactRange(options, engine_->handle(static_cast<Table>(i)), nullptr, nullptr),
                       engine_->folder());
    }
    engine_->Release();
    return status;
  }

 private:
  // In several batches: a term that nothing uses contradicts nothing, whenever the process dies.
  base::Status RemoveUnusedTerms() {
    const RocksSnapshot snapshot(engine_);
    BatchWriter writer(*engine_);
    base::Status status = FindUnusedTerms(snapshot.InBulk(), [&](TermId id, std::string_view key) {
      base::Status deleted = writer.Delete(Table::kDictionary, EncodeId(id));
      if (const auto iri = IriOf(key); deleted && iri) deleted = writer.Delete(Table::kIris, *iri);
      return deleted && writer.size() > kMegabyte ? writer.Apply(false) : deleted;
    });
    return status ? writer.Apply(false) : status;
  }

  std::shared_ptr<Engine> engine_;
};

}  // namespace

base::Result<std::unique_ptr<Store>> Store::Open(const std::string& folder, const OpenOptions& options) {
  auto engine = Engine::Open(folder, options);
  if (!engine) return base::Fail(std::move(engine.error()));
  return std::make_unique<RocksStore>(std::move(*engine));
}

uint32_t FormatVersion() { return kFormatVersion; }

std::string EngineVersion() { return "RocksDB " + rocksdb::GetRocksVersionAsString(true); }

}  // namespace sitgraph::graph
