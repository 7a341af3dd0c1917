// Bulk loading: the sorters it stands on, and that it does what transactions do, whatever the memory.
#include <rocksdb/db.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "graph/id_ranks.h"
#include "graph/keys.h"
#include "graph/record_sorter.h"
#include "graph/store.h"
#include "graph/tables.h"
#include "graph/tuple_sorter.h"
#include "tests/graph/graph_testing.h"

namespace sitgraph::graph {
namespace {

using testing::All;
using testing::CheckIsClean;
using testing::Ex;
using testing::Ok;
using testing::OpenNew;
using testing::OpenReadOnly;
using testing::Q;
using testing::ScratchFolder;
using testing::T;
using testing::Value;

TEST_CASE("pairs come out sorted and once, through memory or a file") {
  const ScratchFolder scratch;
  for (const size_t memory : {size_t{1} << 10, size_t{20} << 10, size_t{1} << 24}) {
    CAPTURE(memory);
    std::mt19937 random(7);
    std::set<std::pair<std::string, std::string>> expected;
    RecordSorter sorter(memory, scratch / "");
    for (int i = 0; i < 5000; ++i) {
      std::string key(random() % 12, 'a');
      for (char& c : key) c = static_cast<char>(random() % 3 == 0 ? 0xFF : random() % 3);
      const std::string value(random() % 2, 'v');
      expected.emplace(key, value);
      Ok(sorter.Add(key, value));
    }
    const std::string huge(100'000, 'h');  // more than the smaller memories
    expected.emplace(huge, "");
    Ok(sorter.Add(huge, ""));
    std::vector<std::pair<std::string, std::string>> sorted;
    Ok(sorter.Sort());
    for (; sorter.Valid(); Ok(sorter.Next())) sorted.emplace_back(sorter.key(), sorter.value());
    CHECK(sorted == std::vector<std::pair<std::string, std::string>>(expected.begin(), expected.end()));
  }
}

TEST_CASE("tuples come out sorted and once, through memory or a file") {
  const ScratchFolder scratch;
  for (const size_t memory : {size_t{64}, size_t{4} << 10, size_t{1} << 24}) {
    CAPTURE(memory);
    std::mt19937 random(8);
    std::set<Tuple> expected;
    TupleSorter sorter(memory, scratch / "");
    for (uint32_t i = 0; i < 3000; ++i) {
      const auto number = [&] { return static_cast<uint32_t>(random() % 6 == 0 ? random() : random() % 5); };
      const Tuple tuple{{number(), number(), number(), number()}};
      expected.insert(tuple);
      Ok(sorter.Add(tuple));
    }
    std::vector<Tuple> sorted;
    Ok(sorter.ForEach([&](const Tuple& tuple) -> base::Status {
      sorted.push_back(tuple);
      return {};
    }));
    CHECK(sorted == std::vector<Tuple>(expected.begin(), expected.end()));
  }
}

TEST_CASE("ids are ranked in their order, however they are spread") {
  std::mt19937_64 random(9);
  for (const uint64_t spread : {UINT64_MAX, UINT64_C(1000)}) {
    std::set<uint64_t> numbers = {0, UINT64_MAX};
    for (int i = 0; i < 2000; ++i) numbers.insert(spread == UINT64_MAX ? random() : random() % spread);
    std::vector<TermId> ids;
    for (const uint64_t number : numbers) ids.push_back(TermId{number});
    const IdRanks ranks(ids);
    for (uint32_t rank = 0; rank < ids.size(); ++rank) {
      REQUIRE(ranks.LowerBound(ids[rank]) == rank);
      REQUIRE(ranks.id(rank) == ids[rank]);
      const uint64_t next = static_cast<uint64_t>(ids[rank]) + 1;
      if (next != 0 && numbers.count(next) == 0) REQUIRE(ranks.LowerBound(TermId{next}) == rank + 1);
    }
  }
  CHECK(IdRanks(std::vector<TermId>()).LowerBound(TermId{5}) == 0);
}

Quad RandomQuad(std::mt19937& random, uint32_t terms) {
  const auto name = [&](const char* kind, uint32_t most) { return kind + std::to_string(random() % most); };
  Quad quad = Q(name("s", terms), name("p", 12), name("o", terms));
  if (random() % 4 == 0) quad.object = Term::LangString(name("text ", terms), "en");
  if (random() % 4 == 0) quad.object = Term::Integer(static_cast<int64_t>(random() % terms));
  if (random() % 8 == 0) quad.subject = Term::Blank(name("b", terms));
  if (random() % 2 == 0) quad.graph = Ex(name("g", 20));
  return quad;
}

TEST_CASE("bulk loading does what a transaction does, in an empty graph and beside what is there") {
  for (const bool beside : {false, true}) {
    CAPTURE(beside);
    const ScratchFolder scratch;
    std::mt19937 random(10);
    const auto bulk_store = OpenNew(scratch / "bulk");
    const auto store = OpenNew(scratch / "transaction");
    for (Store* each : {bulk_store.get(), store.get()}) {
      if (!beside) break;
      std::mt19937 same(11);
      const auto transaction = each->Begin();
      for (int i = 0; i < 500; ++i) Ok(transaction->Add(RandomQuad(same, 100)));
      Ok(transaction->Share(Ex("owner"), T("s1", "p1", "o1")));
      Ok(transaction->Share(Ex("owner"), T("s2", "p2", "o2")));
      Ok(transaction->Commit());
    }
    const auto bulk = bulk_store->BeginBulkLoad();
    const auto transaction = store->Begin();
    std::vector<Quad> quads;
    for (int i = 0; i < 5000; ++i) quads.push_back(RandomQuad(random, 100 + static_cast<uint32_t>(i)));
    quads.push_back(Q("s1", "p1", "o1"));  // shared before
    quads.push_back(quads.front());
    for (const Quad& quad : quads) {
      Ok(bulk->Add(quad));
      Ok(transaction->Add(quad));
    }
    const auto before = bulk_store->TakeSnapshot();
    const size_t quads_before = testing::Matches(*before, {}).size();
    Ok(bulk->Commit());
    Ok(transaction->Commit());
    CHECK(testing::Matches(*before, {}).size() == quads_before);
    CHECK(All(*bulk_store) == All(*store));
    CHECK(All(*OpenReadOnly(scratch / "bulk")) == All(*store));
    CheckIsClean(*bulk_store);
    // Loaded for itself, a triple stays when its owners go.
    for (Store* each : {bulk_store.get(), store.get()}) {
      const auto unshare = each->Begin();
      Ok(unshare->Unshare(Ex("owner")));
      Ok(unshare->Commit());
    }
    CHECK(All(*bulk_store) == All(*store));
    CheckIsClean(*bulk_store);
  }
}

// The answer to everything, in its order, as bytes.
std::string Bytes(const Store& store) {
  std::string out;
  const auto snapshot = store.TakeSnapshot();
  for (auto cursor = snapshot->Match({}); cursor->Valid(); cursor->Next()) {
    out += View(EncodeQuad(QuadOrder::kSpog, cursor->quad()));
  }
  for (auto iris = snapshot->Iris(""); iris->Valid(); iris->Next()) out += iris->term().value();
  return out;
}

TEST_CASE("the memory limit changes nothing but the files in between") {
  const ScratchFolder scratch;
  std::string first;
  for (const size_t memory : {kLeastBulkMemory, kUsualBulkMemory}) {
    CAPTURE(memory);
    const auto store = OpenNew(scratch / std::to_string(memory));
    const auto bulk = store->BeginBulkLoad(memory);
    std::mt19937 random(12);
    for (int i = 0; i < 200'000; ++i) Ok(bulk->Add(RandomQuad(random, 60'000)));
    Ok(bulk->Commit());
    if (first.empty()) {
      first = Bytes(*store);
    } else {
      CHECK(Bytes(*store) == first);
    }
    CheckIsClean(*store);
  }
}

TEST_CASE("a bulk load that is dropped leaves nothing, and one that was cut short is cleared away") {
  const ScratchFolder scratch;
  const std::string folder = scratch / "graph";
  auto store = OpenNew(folder);
  {
    const auto bulk = store->BeginBulkLoad();
    Ok(bulk->Add(Q("s", "p", "o")));
    CHECK(std::filesystem::exists(folder + "/load.tmp"));
    const auto transaction = store->Begin();
    const auto refused = transaction->Add(Q("s", "p", "o"));
    REQUIRE(!refused);
    CHECK(refused.error().code == base::ErrorCode::kConflict);
  }
  CHECK(!std::filesystem::exists(folder + "/load.tmp"));
  CHECK(All(*store).empty());
  store.reset();
  std::filesystem::create_directory(folder + "/load.tmp");
  store = OpenNew(folder);
  CHECK(!std::filesystem::exists(folder + "/load.tmp"));
}

TEST_CASE("a bulk load goes on after a quad that it refuses") {
  const ScratchFolder scratch;
  const auto store = OpenNew(scratch / "graph");
  const auto bulk = store->BeginBulkLoad();
  Ok(bulk->Add(Q("s", "p", "o1", "g")));
  CHECK(!bulk->Add({Ex("other"), Ex("p"), Term::Iri("no good"), Term()}));
  CHECK(!bulk->Add({Term::String("s"), Ex("p"), Ex("o"), Term()}));
  Ok(bulk->Add(Q("s", "p", "o2")));
  Ok(bulk->Add(Q("s", "p", "o3", "g")));
  Ok(bulk->Commit());
  CHECK(All(*store) == std::set<Quad>{Q("s", "p", "o1", "g"), Q("s", "p", "o2"), Q("s", "p", "o3", "g")});
  CheckIsClean(*store);
}

TEST_CASE("terms whose digests collide are left to transactions") {
  const ScratchFolder scratch;
  const std::string folder = scratch / "graph";
  OpenNew(folder).reset();
  {
    std::vector<rocksdb::ColumnFamilyDescriptor> tables;
    for (const char* name : kTableNames) tables.emplace_back(name, rocksdb::ColumnFamilyOptions());
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    rocksdb::DB* db = nullptr;
    REQUIRE(rocksdb::DB::Open({}, folder, tables, &handles, &db).ok());
    const std::string id = EncodeId(PreferredId(EncodeTerm(Ex("o"))));
    CHECK(db->Put({}, handles[static_cast<size_t>(Table::kDictionary)], id, EncodeTerm(Ex("other"))).ok());
    for (auto* handle : handles) db->DestroyColumnFamilyHandle(handle);
    delete db;
  }
  const auto store = OpenNew(folder);
  const auto bulk = store->BeginBulkLoad();
  Ok(bulk->Add(Q("s", "p", "o")));
  const auto refused = bulk->Commit();
  REQUIRE(!refused);
  CHECK(refused.error().code == base::ErrorCode::kUnsupported);
  CHECK(All(*store).empty());
}

}  // namespace
}  // namespace sitgraph::graph
