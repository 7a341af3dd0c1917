// An opened RocksDB database with the store's tables as its column families: opening it, the options of its tables, and
// the format of what is in it.
#pragma once

#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/write_batch.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "graph/changes.h"
#include "graph/keys.h"
#include "graph/packed_base.h"
#include "graph/quad_view.h"
#include "graph/store.h"
#include "graph/tables.h"

namespace sitgraph::graph {

inline constexpr uint32_t kFormatVersion = 2;
inline constexpr size_t kMegabyte = size_t{1} << 20;

inline rocksdb::Slice ToSlice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }
inline std::string_view ToView(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

base::Status Convert(const rocksdb::Status& status, const std::string& folder = {});

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

  // The packed base that the tables show, which must be those of this graph in some state; nullptr where there is none.
  // Reads it once for all of that state and later ones until it is replaced. kCorrupt.
  base::Result<std::shared_ptr<const Base>> BaseOf(const Tables& tables);

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
  std::mutex base_mutex_;
  std::shared_ptr<const Base> base_;  // that of the latest state asked for
};

// A transaction's writes on their way into one batch. The engine must outlive it. Where there is a base
// (`mark_removed`), what is deleted from an index may be in it and gets a mark instead.
class BatchWriter final : public TableWriter {
 public:
  BatchWriter(const Engine& engine, bool mark_removed) : engine_(engine), mark_removed_(mark_removed) {}
  base::Status Put(Table table, std::string_view key, std::string_view value) override {
    return Convert(batch_.Put(engine_.handle(table), ToSlice(key), ToSlice(value)), engine_.folder());
  }
  base::Status Delete(Table table, std::string_view key) override {
    if (mark_removed_ && table >= Table::kSpog && table <= Table::kGosp) return Put(table, key, kRemoved);
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
  bool mark_removed_;
  rocksdb::WriteBatch batch_;
};

}  // namespace sitgraph::graph
