#include "graph/rocksdb_bulk_load.h"

#include <fmt/format.h>
#include <rocksdb/sst_file_writer.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <future>
#include <system_error>
#include <utility>
#include <vector>

#include "graph/bulk_build.h"
#include "graph/rocksdb_tables.h"
#include "graph/term_collector.h"

namespace sitgraph::graph {
namespace {

using base::ErrorCode;

// Within the graph's own folder, so that files need not be copied.
std::string LoadFolder(const std::string& graph_folder) { return graph_folder + "/load.tmp"; }

// The folder for as long as it is needed.
class LoadFolderGuard {
 public:
  explicit LoadFolderGuard(const std::string& graph_folder) : graph_folder_(graph_folder) {}
  ~LoadFolderGuard() { RemoveBulkLoadFiles(graph_folder_); }
  LoadFolderGuard(const LoadFolderGuard&) = delete;
  LoadFolderGuard& operator=(const LoadFolderGuard&) = delete;
  base::Status Make() const {
    RemoveBulkLoadFiles(graph_folder_);
    std::error_code error;
    std::filesystem::create_directories(path(), error);
    if (error) return base::Fail(ErrorCode::kIo, "cannot make a folder: " + error.message(), {path()});
    return {};
  }
  std::string path() const { return LoadFolder(graph_folder_); }

 private:
  std::string graph_folder_;
};

// Sorted files, one after the other for each table and part of kPacked.
class FileWriter final : public SortedWriter {
 public:
  FileWriter(const Engine& engine, std::string folder) : engine_(engine), folder_(std::move(folder)) {
    const Walker terms(engine_, {}, Table::kDictionary, {}, {});
    has_terms_ = terms.Valid();
  }

  base::Status Put(Table table, uint8_t part, std::string_view key, std::string_view value) override {
    const auto writer = WriterOf(table, part);
    if (!writer) return base::Fail(writer.error());
    const rocksdb::Status put = (*writer)->Put(ToSlice(key), ToSlice(value));
    if (!put.ok()) return Convert(put, engine_.folder());
    return (*writer)->FileSize() < kMostFileBytes ? base::Status() : Close(files_[SlotOf(table, part)]);
  }

  base::Result<Slot> Look(TermId id, std::string_view term_key) override {
    if (!has_terms_) return Slot::kFree;
    return engine_.Look(id, term_key);
  }

  // All that the base replaces goes: the indexes' keys and earlier bases.
  base::Status PutBase(const BaseHead& head) {
    base::Status status = Put(Table::kMeta, 0, kBaseKey, EncodeHead(head));
    const std::string last(kQuadKeySize + 1, '\xFF');
    for (const QuadOrder order : kQuadOrders) {
      if (status) status = DeleteRange(TableOf(order), 0, std::string(), last);
    }
    // In a file of its own, for the ranges of one table's files must not meet.
    if (status) status = DeleteRange(Table::kPacked, kEarlierBases, std::string(), PartKey(head.generation, 0));
    return status;
  }

  // All tables at once, or nothing.
  base::Status Ingest() {
    std::vector<rocksdb::IngestExternalFileArg> arguments;
    for (size_t i = 0; i < kTableNames.size(); ++i) {
      const auto table = static_cast<Table>(i);
      rocksdb::IngestExternalFileArg argument;
      for (uint8_t part = 0; part < kParts; ++part) {
        if (part > 0 && table != Table::kPacked) break;
        Files& files = files_[SlotOf(table, part)];
        if (base::Status closed = Close(files); !closed) return closed;
        argument.external_files.insert(argument.external_files.end(), files.names.begin(), files.names.end());
      }
      if (argument.external_files.empty()) continue;
      argument.column_family = engine_.handle(table);
      argument.options.move_files = true;
      arguments.push_back(std::move(argument));
    }
    if (arguments.empty()) return {};
    return Convert(engine_.db()->IngestExternalFiles(arguments), engine_.folder());
  }

 private:
  static constexpr uint64_t kMostFileBytes = 256 * kMegabyte;
  static constexpr uint8_t kEarlierBases = kIdsPart + 1;
  static constexpr uint8_t kParts = kEarlierBases + 1;
  struct Files {
    std::unique_ptr<rocksdb::SstFileWriter> writer;
    std::vector<std::string> names;
  };
  static size_t SlotOf(Table table, uint8_t part) {
    return static_cast<size_t>(table) + (part == 0 ? 0 : kTableNames.size() + part);
  }

  base::Result<rocksdb::SstFileWriter*> WriterOf(Table table, uint8_t part) {
    Files& files = files_[SlotOf(table, part)];
    if (files.writer == nullptr) {
      files.names.push_back(
          fmt::format("{}/{}-{}-{}.sst", folder_, kTableNames[static_cast<size_t>(table)], part, files.names.size()));
      rocksdb::ColumnFamilyHandle* handle = engine_.handle(table);
      files.writer =
          std::make_unique<rocksdb::SstFileWriter>(rocksdb::EnvOptions(), engine_.db()->GetOptions(handle), handle);
      const base::Status opened = Convert(files.writer->Open(files.names.back()), engine_.folder());
      if (!opened) return base::Fail(opened.error());
    }
    return files.writer.get();
  }
  base::Status DeleteRange(Table table, uint8_t part, const std::string& begin, const std::string& end) {
    const auto writer = WriterOf(table, part);
    if (!writer) return base::Fail(writer.error());
    return Convert((*writer)->DeleteRange(begin, end), engine_.folder());
  }
  base::Status Close(Files& files) const {
    if (files.writer == nullptr) return {};
    const rocksdb::Status finished = files.writer->Finish();
    files.writer.reset();
    return Convert(finished, engine_.folder());
  }

  const Engine& engine_;
  std::string folder_;
  bool has_terms_ = false;
  std::array<Files, 2 * kTableNames.size() + kParts> files_;
};

// Gives the space of what a new base replaced back. A failure loses nothing.
void DropReplaced(const Engine& engine) {
  std::vector<Table> tables = {Table::kPacked};
  for (const QuadOrder order : kQuadOrders) tables.push_back(TableOf(order));
  for (const Table table : tables) (void)engine.db()->CompactRange({}, engine.handle(table), nullptr, nullptr);
}

// How many ids may be in memory while quads are sorted.
uint64_t MostIds(size_t memory_bytes) {
  return std::min<uint64_t>(memory_bytes / 8 * 3 / IdRanks::BytesFor(1), kMostRanks);
}

// The ids of the dictionary, ascending, with the default graph's.
base::Result<std::vector<TermId>> IdsOf(const Engine& engine, const std::vector<TermId>& more, size_t memory_bytes) {
  std::vector<TermId> ids;
  size_t next = 0;
  Walker terms(engine, InBulk(), Table::kDictionary, {}, {});
  for (; terms.Valid(); terms.Next()) {
    const TermId id = DecodeId(terms.key());
    while (next < more.size() && more[next] < id) ids.push_back(more[next++]);
    if (next < more.size() && more[next] == id) ++next;
    ids.push_back(id);
    if (ids.size() > MostIds(memory_bytes)) return base::Fail(FailTooManyTerms(MostIds(memory_bytes)).error());
  }
  if (const base::Status status = terms.status(); !status) return base::Fail(status.error());
  ids.insert(ids.end(), more.begin() + static_cast<ptrdiff_t>(next), more.end());
  return ids;
}

base::Status FeedStored(const QuadView& view, const TakeQuad& take) {
  const auto stored = view.Walk(Table::kGspo, {}, {});
  for (; stored->Valid(); stored->Next()) {
    if (base::Status taken = take(DecodeQuad(QuadOrder::kGspo, stored->key()), stored->value() == kDirect); !taken) {
      return taken;
    }
  }
  return stored->status();
}

base::Status WriteNewBase(Engine& engine, const std::vector<TermId>& ids, const QuadFeed& feed,
                          const Workshop& workshop, FileWriter& files) {
  const auto view = ViewOf(engine, InBulk());
  if (!view) return base::Fail(view.error());
  const uint32_t generation = (*view)->base() ? (*view)->base()->head().generation + 1 : 1;
  const auto head = WriteBase(
      IdRanks(ids), generation,
      [&](const TakeQuad& take) {
        base::Status status = FeedStored(**view, take);
        return status ? feed(take) : status;
      },
      workshop, files);
  return head ? files.PutBase(*head) : base::Fail(head.error());
}

class RocksBulkLoad final : public BulkLoad {
 public:
  RocksBulkLoad(std::shared_ptr<Engine> engine, size_t memory_bytes)
      : engine_(std::move(engine)), memory_bytes_(memory_bytes) {
    if (engine_->read_only()) {
      usable_ = base::Fail(ErrorCode::kUsage, "the graph is open for reading only", {engine_->folder()});
      return;
    }
    if (!engine_->Acquire()) {
      usable_ = base::Fail(ErrorCode::kConflict, "another transaction is open", {engine_->folder()});
      return;
    }
    acquired_ = true;
    folder_.emplace(engine_->folder());
    usable_ = folder_->Make();
    if (usable_) collector_ = std::make_unique<TermCollector>(memory_bytes_, folder_->path());
  }
  ~RocksBulkLoad() override { End(); }
  RocksBulkLoad(const RocksBulkLoad&) = delete;
  RocksBulkLoad& operator=(const RocksBulkLoad&) = delete;

  base::Status Add(const Quad& quad) override { return usable_ ? collector_->Add(quad) : usable_; }

  base::Status Commit() override {
    if (!usable_) return usable_;
    base::Status status = Load();
    End();
    return status;
  }

 private:
  base::Status Load() {
    base::Status status = collector_->Finish();
    if (!status) return status;
    const Workshop workshop{memory_bytes_ / 8 * 3, folder_->path()};
    FileWriter files(*engine_, workshop.folder);
    RecordSorter iris(memory_bytes_ / 8, workshop.folder);
    auto ids = WriteTerms(collector_->terms(), iris, MostIds(memory_bytes_), files);
    if (!ids) return base::Fail(ids.error());
    collector_->DropTerms();
    auto iris_written = std::async(std::launch::async, [&] { return WriteIris(iris, files); });
    const base::Result<bool> fold = IsWorthFolding();
    status = fold ? WriteQuads(std::move(*ids), *fold, workshop, files) : base::Fail(fold.error());
    if (base::Status written = iris_written.get(); status && !written) status = written;
    if (status) status = files.Ingest();
    if (status && *fold) DropReplaced(*engine_);
    return status;
  }

  // Folding costs as much as loading all that is there again: not for little beside much.
  base::Result<bool> IsWorthFolding() const {
    constexpr uint64_t kPart = 4;
    const auto view = ViewOf(*engine_, {});
    if (!view) return base::Fail(view.error());
    uint64_t stored = (*view)->base() ? (*view)->base()->head().quads : 0;
    for (Walker fresh(*engine_, {}, Table::kSpog, {}, {}); fresh.Valid(); fresh.Next()) {
      if (++stored > kPart * collector_->quads().size()) return false;
    }
    return stored <= kPart * collector_->quads().size();
  }

  base::Status WriteQuads(std::vector<TermId> ids, bool fold, const Workshop& workshop, FileWriter& files) {
    const auto feed = [&](const TakeQuad& take) {
      base::Status status =
          collector_->quads().ForEach([&](const QuadIds& quad) { return take(quad, quad.graph == kDefaultGraphId); });
      collector_->DropQuads();
      return status;
    };
    if (!fold) return WriteIndexes(IdRanks(std::move(ids)), feed, workshop, files);
    const auto all = IdsOf(*engine_, ids, memory_bytes_);
    return all ? WriteNewBase(*engine_, *all, feed, workshop, files) : base::Fail(all.error());
  }

  void End() {
    collector_.reset();
    folder_.reset();
    if (acquired_) engine_->Release();
    acquired_ = false;
    usable_ = base::Fail(ErrorCode::kUsage, "the bulk load has ended");
  }

  std::shared_ptr<Engine> engine_;
  size_t memory_bytes_;
  std::optional<LoadFolderGuard> folder_;
  std::unique_ptr<TermCollector> collector_;
  base::Status usable_;
  bool acquired_ = false;
};

}  // namespace

std::unique_ptr<BulkLoad> BeginBulkLoad(std::shared_ptr<Engine> engine, size_t memory_bytes) {
  return std::make_unique<RocksBulkLoad>(std::move(engine), memory_bytes);
}

base::Status FoldQuads(Engine& engine, size_t memory_bytes) {
  const LoadFolderGuard folder(engine.folder());
  if (base::Status made = folder.Make(); !made) return made;
  const auto ids = IdsOf(engine, {kDefaultGraphId}, memory_bytes);
  if (!ids) return base::Fail(ids.error());
  FileWriter files(engine, folder.path());
  const auto nothing = [](const TakeQuad&) -> base::Status { return {}; };
  base::Status status = WriteNewBase(engine, *ids, nothing, {memory_bytes / 8 * 3, folder.path()}, files);
  return status ? files.Ingest() : status;
}

void RemoveBulkLoadFiles(const std::string& graph_folder) {
  std::error_code ignored;
  std::filesystem::remove_all(LoadFolder(graph_folder), ignored);
}

}  // namespace sitgraph::graph
