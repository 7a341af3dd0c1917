// The store's tables as RocksDB holds them in one state.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "graph/quad_view.h"
#include "graph/rocksdb_engine.h"

namespace sitgraph::graph {

// Walks a table up to `end` (empty: its end). Not yet placed.
class Walker final : public SeekableCursor {
 public:
  Walker(const Engine& engine, rocksdb::ReadOptions options, Table table, std::string_view end)
      : end_(end), upper_(end_), folder_(engine.folder()) {
    if (!end_.empty()) options.iterate_upper_bound = &upper_;
    iterator_.reset(engine.db()->NewIterator(options, engine.handle(table)));
  }
  Walker(const Engine& engine, const rocksdb::ReadOptions& options, Table table, std::string_view begin,
         std::string_view end)
      : Walker(engine, options, table, end) {
    iterator_->Seek(ToSlice(begin));
  }
  Walker(const Walker&) = delete;  // upper_ points into end_
  Walker& operator=(const Walker&) = delete;

  bool Valid() const override { return iterator_->Valid(); }
  void Next() override { iterator_->Next(); }
  void Seek(std::string_view key) override { iterator_->Seek(ToSlice(key)); }
  std::string_view key() const override { return ToView(iterator_->key()); }
  std::string_view value() const override { return ToView(iterator_->value()); }
  base::Status status() const override { return Convert(iterator_->status(), folder_); }

 private:
  std::string end_;
  rocksdb::Slice upper_;
  const std::string& folder_;
  std::unique_ptr<rocksdb::Iterator> iterator_;
};

// The tables as `options` let them be seen. The engine must outlive it.
class EngineTables final : public RawTables {
 public:
  EngineTables(const Engine& engine, const rocksdb::ReadOptions& options) : engine_(engine), options_(options) {}
  std::unique_ptr<TableCursor> Walk(Table table, std::string_view begin, std::string_view end) const override {
    return std::make_unique<Walker>(engine_, options_, table, begin, end);
  }
  std::unique_ptr<SeekableCursor> WalkRaw(Table table, std::string_view, std::string_view end) const override {
    return std::make_unique<Walker>(engine_, options_, table, end);
  }
  base::Result<std::optional<std::string>> Get(Table table, std::string_view key) const override {
    return engine_.Get(table, key, options_);
  }

 private:
  const Engine& engine_;
  rocksdb::ReadOptions options_;
};

// For reading whole tables once, past the cache.
inline rocksdb::ReadOptions InBulk(rocksdb::ReadOptions options = {}) {
  options.fill_cache = false;
  options.readahead_size = 2 * kMegabyte;
  return options;
}

// The graph's quads as `options` let them be seen. kCorrupt.
inline base::Result<std::unique_ptr<QuadView>> ViewOf(Engine& engine, const rocksdb::ReadOptions& options) {
  auto base = engine.BaseOf(EngineTables(engine, options));
  if (!base) return base::Fail(base.error());
  return std::make_unique<QuadView>(std::make_unique<EngineTables>(engine, options), std::move(*base));
}

}  // namespace sitgraph::graph
