// Backups: incremental, verified, restored whole or not at all.
#include "graph/backup.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include "graph/store.h"
#include "tests/graph/graph_testing.h"

namespace sitgraph::graph {
namespace {

namespace fs = std::filesystem;
using testing::All;
using testing::CheckIsClean;
using testing::Ok;
using testing::OpenNew;
using testing::OpenReadOnly;
using testing::Q;
using testing::ScratchFolder;
using testing::Value;

void AddMany(const std::string& folder, const std::string& name, int count) {
  const auto store = OpenNew(folder);
  const auto transaction = store->Begin();
  for (int i = 0; i < count; ++i) Ok(transaction->Add(Q(name + std::to_string(i), "p", "o" + std::to_string(i % 7))));
  Ok(transaction->Commit());
}

uint64_t BytesIn(const std::string& folder) {
  uint64_t bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) bytes += entry.file_size();
  }
  return bytes;
}

TEST_CASE("each backup restores its state, and copies only what is new") {
  const ScratchFolder scratch;
  const std::string graph = scratch / "graph", backups = scratch / "backups";
  AddMany(graph, "first", 20'000);
  Ok(OpenNew(graph)->Compact());
  const std::set<Quad> first = All(*OpenReadOnly(graph));
  CHECK(Value(MakeBackup(graph, backups)).number == 1);
  const uint64_t bytes = BytesIn(backups);
  AddMany(graph, "second", 3);
  const std::set<Quad> second = All(*OpenReadOnly(graph));
  CHECK(Value(MakeBackup(graph, backups)).number == 2);
  CHECK(BytesIn(backups) < bytes + bytes / 3);

  CHECK(Value(RestoreBackup(backups, 1, scratch / "one")).number == 1);
  CHECK(Value(RestoreBackup(backups, std::nullopt, scratch / "newest")).number == 2);
  CHECK(All(*OpenReadOnly(scratch / "one")) == first);
  CHECK(All(*OpenReadOnly(scratch / "newest")) == second);
  CheckIsClean(*OpenReadOnly(scratch / "newest"));
  AddMany(scratch / "newest", "third", 3);  // one can write to it

  CHECK(Value(MakeBackup(graph, backups, 2)).number == 3);
  const auto left = Value(ListBackups(backups));
  REQUIRE(left.size() == 2);
  CHECK(left[0].number == 2);
  CHECK(left[1].bytes > 0);
}

TEST_CASE("a damaged backup is not restored") {
  const ScratchFolder scratch;
  const std::string graph = scratch / "graph", backups = scratch / "backups";
  AddMany(graph, "s", 1000);
  Value(MakeBackup(graph, backups));
  for (const auto& entry : fs::recursive_directory_iterator(backups)) {
    if (entry.path().extension() != ".sst") continue;
    std::fstream file(entry.path(), std::ios::binary | std::ios::in | std::ios::out);
    file.seekg(3);
    const auto byte = static_cast<char>(file.get() ^ 1);
    file.seekp(3);
    file.put(byte);
    break;
  }
  const auto restored = RestoreBackup(backups, std::nullopt, scratch / "restored");
  REQUIRE(!restored);
  CHECK(restored.error().code == base::ErrorCode::kCorrupt);
  CHECK(!fs::exists(scratch / "restored"));
}

TEST_CASE("backups overwrite nothing and say what is missing") {
  const ScratchFolder scratch;
  const std::string graph = scratch / "graph", backups = scratch / "backups";
  AddMany(graph, "s", 10);
  const auto code = [](const auto& result) {
    REQUIRE(!result);
    return result.error().code;
  };
  CHECK(code(ListBackups(scratch / "none")) == base::ErrorCode::kNotFound);
  CHECK(code(MakeBackup(scratch / "none", backups)) == base::ErrorCode::kNotFound);
  CHECK(!fs::exists(backups));
  Value(MakeBackup(graph, backups));
  CHECK(code(RestoreBackup(backups, 7, scratch / "new")) == base::ErrorCode::kNotFound);
  CHECK(code(RestoreBackup(backups, std::nullopt, graph)) == base::ErrorCode::kConflict);
  fs::create_directory(scratch / "full");
  std::ofstream(scratch / "full/file") << "mine";
  CHECK(code(MakeBackup(graph, scratch / "full")) == base::ErrorCode::kConflict);
  const auto writer = OpenNew(graph);
  CHECK(code(MakeBackup(graph, backups)) == base::ErrorCode::kConflict);
}

}  // namespace
}  // namespace sitgraph::graph
