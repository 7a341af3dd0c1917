#include "graph/rocksdb_bulk_load.h"

#include <fmt/format.h>
#include <rocksdb/sst_file_writer.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "graph/bulk_build.h"
#include "graph/term_collector.h"

namespace sitgraph::graph {
namespace {

using base::ErrorCode;

// Within the graph's own folder, so that files need not be copied.
std::string LoadFolder(const std::string& graph_folder) { return graph_folder + "/load.tmp"; }

// One sorted file after the other for each table.
class FileWriter final : public SortedWriter {
 public:
  FileWriter(const Engine& engine, std::string folder) : engine_(engine), folder_(std::move(folder)) {
    std::string first;
    const std::unique_ptr<rocksdb::Iterator> terms(engine_.db()->NewIterator({}, engine_.handle(Table::kDictionary)));
    terms->SeekToFirst();
    has_terms_ = terms->Valid();
  }

  base::Status Put(Table table, std::string_view key, std::string_view value) override {
    Files& files = files_[static_cast<size_t>(table)];
    if (files.writer == nullptr) {
      if (base::Status opened = Open(table); !opened) return opened;
    }
    const rocksdb::Status put = files.writer->Put(ToSlice(key), ToSlice(value));
    if (!put.ok()) return Convert(put, engine_.folder());
    return files.writer->FileSize() < kMostFileBytes ? base::Status() : Close(table);
  }

  base::Result<Slot> Look(TermId id, std::string_view term_key) override {
    if (!has_terms_) return Slot::kFree;
    return engine_.Look(id, term_key);
  }

  // All tables at once, or nothing.
  base::Status Ingest() {
    std::vector<rocksdb::IngestExternalFileArg> arguments;
    for (size_t i = 0; i < kTableNames.size(); ++i) {
      const auto table = static_cast<Table>(i);
      if (base::Status closed = Close(table); !closed) return closed;
      if (files_[i].names.empty()) continue;
      rocksdb::IngestExternalFileArg& argument = arguments.emplace_back();
      argument.column_family = engine_.handle(table);
      argument.external_files = files_[i].names;
      argument.options.move_files = true;
    }
    if (arguments.empty()) return {};
    return Convert(engine_.db()->IngestExternalFiles(arguments), engine_.folder());
  }

 private:
  static constexpr uint64_t kMostFileBytes = 256 * kMegabyte;
  struct Files {
    std::unique_ptr<rocksdb::SstFileWriter> writer;
    std::vector<std::string> names;
  };

  base::Status Open(Table table) {
    Files& files = files_[static_cast<size_t>(table)];
    files.names.push_back(
        fmt::format("{}/{}-{}.sst", folder_, kTableNames[static_cast<size_t>(table)], files.names.size()));
    rocksdb::ColumnFamilyHandle* handle = engine_.handle(table);
    files.writer =
        std::make_unique<rocksdb::SstFileWriter>(rocksdb::EnvOptions(), engine_.db()->GetOptions(handle), handle);
    return Convert(files.writer->Open(files.names.back()), engine_.folder());
  }
  base::Status Close(Table table) {
    Files& files = files_[static_cast<size_t>(table)];
    if (files.writer == nullptr) return {};
    const rocksdb::Status finished = files.writer->Finish();
    files.writer.reset();
    return Convert(finished, engine_.folder());
  }

  const Engine& engine_;
  std::string folder_;
  bool has_terms_ = false;
  std::array<Files, kTableNames.size()> files_;
};

class RocksBulkLoad final : public BulkLoad {
 public:
  RocksBulkLoad(std::shared_ptr<Engine> engine, size_t memory_bytes)
      : engine_(std::move(engine)), folder_(LoadFolder(engine_->folder())), memory_bytes_(memory_bytes) {
    if (engine_->read_only()) {
      usable_ = base::Fail(ErrorCode::kUsage, "the graph is open for reading only", {engine_->folder()});
      return;
    }
    if (!engine_->Acquire()) {
      usable_ = base::Fail(ErrorCode::kConflict, "another transaction is open", {engine_->folder()});
      return;
    }
    acquired_ = true;
    RemoveBulkLoadFiles(engine_->folder());
    std::error_code error;
    std::filesystem::create_directories(folder_, error);
    if (error) usable_ = base::Fail(ErrorCode::kIo, "cannot make a folder: " + error.message(), {folder_});
    if (usable_) collector_ = std::make_unique<TermCollector>(memory_bytes_, folder_);
  }
  ~RocksBulkLoad() override { End(); }
  RocksBulkLoad(const RocksBulkLoad&) = delete;
  RocksBulkLoad& operator=(const RocksBulkLoad&) = delete;

  base::Status Add(const Quad& quad) override { return usable_ ? collector_->Add(quad) : usable_; }

  base::Status Commit() override {
    if (!usable_) return usable_;
    base::Status status = collector_->Finish();
    if (status) {
      FileWriter files(*engine_, folder_);
      status = WriteSorted(*collector_, memory_bytes_, folder_, files);
      if (status) status = files.Ingest();
    }
    End();
    return status;
  }

 private:
  void End() {
    collector_.reset();
    if (acquired_) {
      RemoveBulkLoadFiles(engine_->folder());
      engine_->Release();
    }
    acquired_ = false;
    usable_ = base::Fail(ErrorCode::kUsage, "the bulk load has ended");
  }

  std::shared_ptr<Engine> engine_;
  std::string folder_;
  size_t memory_bytes_;
  std::unique_ptr<TermCollector> collector_;
  base::Status usable_;
  bool acquired_ = false;
};

}  // namespace

std::unique_ptr<BulkLoad> BeginBulkLoad(std::shared_ptr<Engine> engine, size_t memory_bytes) {
  return std::make_unique<RocksBulkLoad>(std::move(engine), memory_bytes);
}

void RemoveBulkLoadFiles(const std::string& graph_folder) {
  std::error_code ignored;
  std::filesystem::remove_all(LoadFolder(graph_folder), ignored);
}

}  // namespace sitgraph::graph
