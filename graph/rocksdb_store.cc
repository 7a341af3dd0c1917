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
#include "graph/rocksdb_tables.h"
#include "graph/store.h"
#include "graph/tables.h"

namespace sitgraph::graph {
namespace {

using base::ErrorCode;
using rocksdb::Slice;

// ---- Reading
// ---------------------------------------------------------------------------------------------------------

class MatchCursor final : public QuadCursor {
 public:
  MatchCursor(const QuadView& view, const KeyRange& range) : walk_(view.WalkQuads(range)) {}
  bool Valid() const override { return walk_.Valid(); }
  void Next() override { walk_.Next(); }
  const QuadIds& quad() const override { return walk_.quad(); }
  base::Status status() const override { return walk_.status(); }

 private:
  QuadWalk walk_;
};

// In the place of a cursor where the graph cannot be read.
class FailedCursor final : public QuadCursor {
 public:
  explicit FailedCursor(base::Status status) : status_(std::move(status)) {}
  bool Valid() const override { return false; }
  void Next() override {}
  const QuadIds& quad() const override { return quad_; }
  base::Status status() const override { return status_; }

 private:
  base::Status status_;
  QuadIds quad_{};
};

// The quads of many subjects in one walk over an index, which leaps from subject to subject.
class SubjectsCursor final : public QuadCursor {
 public:
  SubjectsCursor(const Engine& engine, const rocksdb::ReadOptions& options, std::span<const TermId> subjects,
                 std::optional<TermId> graph)
      : subjects_(subjects),
        prefix_(graph ? EncodeId(*graph) : std::string()),
        order_(graph ? QuadOrder::kGspo : QuadOrder::kSpog),
        walker_(engine, options, TableOf(order_), Begin(0), AfterPrefix(prefix_)) {
    Find();
  }
  bool Valid() const override { return valid_; }
  void Next() override {
    walker_.Next();
    Find();
  }
  const QuadIds& quad() const override { return quad_; }
  base::Status status() const override {
    if (malformed_) return base::Fail(ErrorCode::kCorrupt, "an index holds a malformed key");
    return walker_.status();
  }

 private:
  std::string Begin(size_t at) const { return prefix_ + (at < subjects_.size() ? EncodeId(subjects_[at]) : ""); }

  // From where the walker stands to the next quad of a subject that is asked for.
  void Find() {
    for (valid_ = false; walker_.Valid() && at_ < subjects_.size();) {
      malformed_ = walker_.key().size() != kQuadKeySize;
      if (malformed_) return;
      const TermId found = DecodeId(walker_.key().substr(prefix_.size()));
      while (at_ < subjects_.size() && subjects_[at_] < found) ++at_;
      if (at_ == subjects_.size()) return;
      if (subjects_[at_] == found) {
        quad_ = DecodeQuad(order_, walker_.key());
        valid_ = true;
        return;
      }
      walker_.Seek(Begin(at_));
    }
  }

  std::span<const TermId> subjects_;
  std::string prefix_;
  QuadOrder order_;
  Walker walker_;
  size_t at_ = 0;  // in subjects_
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

class RocksSnapshot final : public Snapshot {
 public:
  explicit RocksSnapshot(std::shared_ptr<Engine> engine)
      : engine_(std::move(engine)), snapshot_(engine_->db()->GetSnapshot()) {
    read_.snapshot = snapshot_;
    view_ = ViewOf(*engine_, read_);
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
    if (status.IsNotFound()) return base::Fail(Unknown(id).error());
    if (!status.ok()) return base::Fail(Convert(status, engine_->folder()).error());
    return DecodeTerm(ToView(key));
  }

  base::Status ResolveEach(std::span<const TermId> ids, const std::function<bool(size_t, Term)>& visit) const override {
    Walker walker(*engine_, read_, Table::kDictionary, ids.empty() ? std::string() : EncodeId(ids[0]), {});
    for (size_t i = 0; i < ids.size(); ++i) {
      const std::string key = EncodeId(ids[i]);
      // A few steps cost less than a leap.
      for (int steps = 0; steps < kStepsOfALeap && walker.Valid() && walker.key() < key; ++steps) walker.Next();
      if (walker.Valid() && walker.key() < key) walker.Seek(key);
      if (const base::Status status = walker.status(); !status) return status;
      if (!walker.Valid() || walker.key() != key) return Unknown(ids[i]);
      base::Result<Term> term = DecodeTerm(walker.value());
      if (!term) return base::Fail(term.error());
      if (!visit(i, std::move(*term))) break;
    }
    return {};
  }

  std::unique_ptr<QuadCursor> MatchEach(std::span<const TermId> subjects, std::optional<TermId> graph) const override {
    // The indexes are all there is where nothing is packed.
    if (!view_ || (*view_)->base() != nullptr) return Snapshot::MatchEach(subjects, graph);
    return std::make_unique<SubjectsCursor>(*engine_, read_, subjects, graph);
  }

  std::unique_ptr<QuadCursor> Match(const QuadPattern& pattern) const override {
    if (!view_) return std::make_unique<FailedCursor>(base::Fail(view_.error()));
    return std::make_unique<MatchCursor>(**view_, RangeOf(pattern));
  }

  base::Result<uint64_t> Estimate(const QuadPattern& pattern, uint64_t limit) const override {
    if (!view_) return base::Fail(view_.error());
    const KeyRange range = RangeOf(pattern);
    const auto packed = (*view_)->CountPacked(range);
    if (!packed || !(*view_)->has_fresh()) return packed;
    if (*packed > 0 && !Walker(*engine_, read_, TableOf(range.order), range.begin, range.end).Valid()) return packed;
    uint64_t count = 0;
    QuadWalk walk = (*view_)->WalkQuads(range);
    for (; count < limit && walk.Valid(); walk.Next()) ++count;
    if (const base::Status status = walk.status(); !status) return base::Fail(status.error());
    return walk.Valid() ? std::max(limit, *packed + EstimateFromSize(range)) : count;
  }

  std::unique_ptr<TermCursor> Iris(std::string_view iri_prefix) const override {
    return std::make_unique<IriCursor>(*engine_, read_, iri_prefix);
  }

  base::Result<std::vector<TermId>> Graphs() const override {
    std::vector<TermId> graphs;
    if (!view_) return base::Fail(view_.error());
    std::string from = AfterPrefix(EncodeId(kDefaultGraphId));
    while (!from.empty()) {
      const QuadWalk walk = (*view_)->WalkQuads({QuadOrder::kGspo, from, {}});
      if (const base::Status status = walk.status(); !status) return base::Fail(status.error());
      if (!walk.Valid()) break;
      graphs.push_back(walk.quad().graph);
      from = AfterPrefix(EncodeId(graphs.back()));
    }
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

  base::Result<std::unique_ptr<QuadView>> InBulk() const { return ViewOf(*engine_, graph::InBulk(read_)); }

 private:
  static constexpr int kStepsOfALeap = 8;

  base::Status Unknown(TermId id) const {
    return base::Fail(ErrorCode::kCorrupt, fmt::format("no term has the id {:016x}", static_cast<uint64_t>(id)),
                      {engine_->folder()});
  }

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

  std::shared_ptr<Engine> engine_;
  const rocksdb::Snapshot* snapshot_;
  rocksdb::ReadOptions read_;
  base::Result<std::unique_ptr<QuadView>> view_;  // fails where the packed base is damaged
};

// ---- Writing
// ---------------------------------------------------------------------------------------------------------
class RocksTransaction final : public Transaction {
 public:
  explicit RocksTransaction(std::shared_ptr<Engine> engine) : engine_(std::move(engine)) {
    if (engine_->read_only()) {
      usable_ = base::Fail(ErrorCode::kUsage, "the graph is open for reading only", {engine_->folder()});
    } else if (!engine_->Acquire()) {
      usable_ = base::Fail(ErrorCode::kConflict, "another transaction is open", {engine_->folder()});
    } else {
      acquired_ = true;
      Begin();
    }
  }
  ~RocksTransaction() override { End(); }
  RocksTransaction(const RocksTransaction&) = delete;
  RocksTransaction& operator=(const RocksTransaction&) = delete;

  base::Status Add(const Quad& quad) override { return usable_ ? changes_->Add(quad) : usable_; }
  base::Status Remove(const Quad& quad) override { return usable_ ? changes_->Remove(quad) : usable_; }
  base::Status RemoveGraph(const Term& graph) override { return usable_ ? changes_->RemoveGraph(graph) : usable_; }
  base::Status Share(const Term& owner, const Triple& triple) override {
    return usable_ ? changes_->Share(owner, triple) : usable_;
  }
  base::Status Unshare(const Term& owner) override { return usable_ ? changes_->Unshare(owner) : usable_; }
  base::Result<bool> IsShared(const Triple& triple) override {
    if (!usable_) return base::Fail(usable_.error());
    return changes_->IsShared(triple);
  }
  base::Status PutRecord(std::string_view key, std::string_view value) override {
    if (usable_) changes_->PutRecord(key, value);
    return usable_;
  }
  base::Status RemoveRecord(std::string_view key) override {
    if (usable_) changes_->RemoveRecord(key);
    return usable_;
  }
  base::Status Commit(bool sync) override {
    if (!usable_) return usable_;
    BatchWriter writer(*engine_, committed_->base() != nullptr);
    base::Status status = changes_->Write(writer);
    if (status) status = writer.Apply(sync);
    End();
    return status;
  }
  size_t ApproximateSize() const override { return changes_ ? changes_->ApproximateSize() : 0; }

 private:
  void Begin() {
    auto view = ViewOf(*engine_, {});
    if (!view) {
      usable_ = base::Fail(view.error());
      return;
    }
    committed_ = std::move(*view);
    changes_.emplace(*committed_);
  }
  void End() {
    if (acquired_) engine_->Release();
    acquired_ = false;
    usable_ = base::Fail(ErrorCode::kUsage, "the transaction has ended");
  }

  std::shared_ptr<Engine> engine_;
  std::unique_ptr<const QuadView> committed_;
  std::optional<Changes> changes_;
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
    const auto view = snapshot.InBulk();
    if (!view) return base::Fail(view.error());
    const QuadView& tables = **view;
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
    const auto view = snapshot.InBulk();
    auto lines = view ? (*view)->CheckPacked() : base::Fail(view.error());
    if (lines && lines->empty()) lines = FindContradictions(**view);
    // What cannot be read is a contradiction too.
    if (!lines && lines.error().code == ErrorCode::kCorrupt) return std::vector<std::string>{lines.error().message};
    return lines;
  }

  base::Status Compact() override {
    if (engine_->read_only()) {
      return base::Fail(ErrorCode::kUsage, "the graph is open for reading only", {engine_->folder()});
    }
    if (!engine_->Acquire()) return base::Fail(ErrorCode::kConflict, "a transaction is open", {engine_->folder()});
    base::Status status = RemoveUnusedTerms();
    if (status && HasUnfolded()) status = FoldQuads(*engine_, kUsualBulkMemory);
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
  bool HasUnfolded() const {
    const Walker fresh(*engine_, {}, Table::kSpog, {}, {});
    return fresh.Valid();
  }

  // In several batches: a term that nothing uses contradicts nothing, whenever the process dies.
  base::Status RemoveUnusedTerms() {
    const RocksSnapshot snapshot(engine_);
    const auto view = snapshot.InBulk();
    if (!view) return base::Fail(view.error());
    BatchWriter writer(*engine_, false);
    base::Status status = FindUnusedTerms(**view, [&](TermId id, std::string_view key) {
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
