// The store on RocksDB: tables are column families, a transaction is one write batch.
#include <fmt/format.h>
#include <rocksdb/convenience.h>
#include <rocksdb/version.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "graph/changes.h"
#include "graph/keys.h"
#include "graph/rocksdb_bulk_load.h"
#include "graph/rocksdb_engine.h"
#include "graph/store.h"
#include "graph/tables.h"

namespace sitgraph::graph {
namespace {

using base::ErrorCode;
using rocksdb::Slice;

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
  std::unique_ptr<BulkLoad> BeginBulkLoad(size_t memory_bytes) override {
    return graph::BeginBulkLoad(engine_, std::max(memory_bytes, kLeastBulkMemory));
  }

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
  if (!options.read_only) RemoveBulkLoadFiles(folder);
  return std::make_unique<RocksStore>(std::move(*engine));
}

uint32_t FormatVersion() { return kFormatVersion; }

std::string EngineVersion() { return "RocksDB " + rocksdb::GetRocksVersionAsString(true); }

}  // namespace sitgraph::graph
