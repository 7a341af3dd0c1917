// The packed base: blocks of tuples, and a store whose quads are partly in it.
#include <rocksdb/db.h>

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <functional>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "graph/packed_base.h"
#include "graph/packed_block.h"
#include "graph/store.h"
#include "graph/tables.h"
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

// Ascending tuples whose columns take few, near or far values.
std::vector<Tuple> RandomTuples(std::mt19937& random, size_t count) {
  std::array<uint32_t, 4> spread;
  for (uint32_t& most : spread) {
    constexpr uint32_t kMost[] = {1, 2, 13, 300, 1 << 20, UINT32_MAX};
    most = kMost[random() % std::size(kMost)];
  }
  std::set<Tuple> tuples;
  for (size_t tries = 0; tuples.size() < count && tries < 4 * count; ++tries) {
    Tuple tuple;
    for (size_t i = 0; i < 4; ++i) tuple.values[i] = static_cast<uint32_t>(random()) % spread[i];
    tuples.insert(tuple);
  }
  return {tuples.begin(), tuples.end()};
}

TEST_CASE("blocks give back what was packed, and find it") {
  std::mt19937 random(1);
  for (int round = 0; round < 200; ++round) {
    const std::vector<Tuple> tuples = RandomTuples(random, 1 + random() % kTuplesPerBlock);
    const std::string bytes = PackBlock(tuples, 77 + static_cast<uint64_t>(round));
    const auto block = PackedBlock::Parse(bytes);
    REQUIRE(block);
    REQUIRE(block->size() == tuples.size());
    CHECK(block->ordinal() == 77 + static_cast<uint64_t>(round));
    const size_t begin = random() % tuples.size();
    for (size_t column = 0; column < 4; ++column) {
      std::vector<uint32_t> values(tuples.size());
      block->Read(column, begin, tuples.size(), values.data());
      for (size_t i = begin; i < tuples.size(); ++i) REQUIRE(values[i] == tuples[i].values[column]);
    }
    for (int i = 0; i < 50; ++i) {
      Tuple sought = tuples[random() % tuples.size()];
      sought.values[random() % 4] += static_cast<uint32_t>(random() % 3) - 1;
      const auto expected = std::lower_bound(tuples.begin(), tuples.end(), sought) - tuples.begin();
      REQUIRE(block->LowerBound(sought) == static_cast<size_t>(expected));
    }
  }
}

TEST_CASE("damaged blocks are refused or read within their bounds") {
  std::mt19937 random(2);
  for (int round = 0; round < 300; ++round) {
    std::string bytes = PackBlock(RandomTuples(random, 1 + random() % kTuplesPerBlock), 5);
    if (random() % 2 == 0) bytes.resize(random() % bytes.size());
    for (size_t i = 0, flips = random() % 4; i < flips && !bytes.empty(); ++i) {
      bytes[random() % std::min<size_t>(bytes.size(), 60)] = static_cast<char>(random());
    }
    const std::vector<char> exact(bytes.begin(), bytes.end());  // where a sanitizer sees what is read behind the end
    const auto block = PackedBlock::Parse({exact.data(), exact.size()});
    if (!block) continue;
    std::array<uint32_t, kTuplesPerBlock> values;
    for (size_t column = 0; column < 4; ++column) block->Read(column, 0, block->size(), values.data());
    CHECK(block->LowerBound({{values[0], 1, 2, 3}}) <= block->size());
  }
  CHECK(!PackedBlock::Parse(""));
}

TEST_CASE("the head of a base reads back, and nothing else does") {
  for (const BaseHead& head : {BaseHead{1, 2, std::nullopt}, BaseHead{UINT32_MAX, UINT64_MAX, TermId{0}}}) {
    const auto again = DecodeHead(EncodeHead(head));
    REQUIRE(again);
    CHECK(again->generation == head.generation);
    CHECK(again->quads == head.quads);
    CHECK(again->only_graph == head.only_graph);
  }
  for (const char* bad : {"", "1", "x 2", "1 2 3 4", "1  2", "-1 2", "4294967296 1"}) CHECK(!DecodeHead(bad));
}

std::vector<QuadIds> InOrder(const Snapshot& snapshot, const QuadPattern& pattern) {
  std::vector<QuadIds> ids;
  auto cursor = snapshot.Match(pattern);
  for (; cursor->Valid(); cursor->Next()) ids.push_back(cursor->quad());
  Ok(cursor->status());
  return ids;
}

// Many blocks, in one graph or in several.
void Fill(Store& store, bool several) {
  const auto transaction = store.Begin();
  for (int i = 0; i < 3000; ++i) {
    Ok(transaction->Add(Q("s" + std::to_string(i % 700), "p" + std::to_string(i % 11), "o" + std::to_string(i % 900),
                          several && i % 3 != 0 ? "g" + std::to_string(i % 3) : "")));
  }
  Ok(transaction->Share(Ex("owner"), T("s1", "shared", "o1")));
  Ok(transaction->Commit());
}

TEST_CASE("folding changes no answer, nor its order") {
  for (const bool several : {false, true}) {
    CAPTURE(several);
    const ScratchFolder scratch;
    const auto store = OpenNew(scratch / "graph");
    Fill(*store, several);
    const auto before = store->TakeSnapshot();
    Ok(store->Compact());
    const auto after = store->TakeSnapshot();
    const std::vector<QuadIds> all = InOrder(*before, {});
    CHECK(InOrder(*after, {}) == all);
    for (size_t i = 0; i < all.size(); i += 97) {
      const QuadIds& quad = all[i];
      for (unsigned bound = 0; bound < 16; ++bound) {
        QuadPattern pattern;
        if (bound & 1) pattern.subject = quad.subject;
        if (bound & 2) pattern.predicate = quad.predicate;
        if (bound & 4) pattern.object = quad.object;
        if (bound & 8) pattern.graph = quad.graph;
        const std::vector<QuadIds> expected = InOrder(*before, pattern);
        REQUIRE(InOrder(*after, pattern) == expected);
        CHECK(Value(after->Estimate(pattern, 1)) == expected.size());  // exact, however low the limit
        pattern.graph = TermId{12345};
        CHECK(InOrder(*after, pattern).empty());
        CHECK(Value(after->Estimate(pattern)) == 0);
      }
    }
    CHECK(Value(after->Graphs()) == Value(before->Graphs()));
    CheckIsClean(*store);
    CHECK(InOrder(*OpenReadOnly(scratch / "graph")->TakeSnapshot(), {}) == all);
  }
}

TEST_CASE("what is written after folding stands beside the base, and hides what it removes") {
  for (const bool several : {false, true}) {
    CAPTURE(several);
    const ScratchFolder scratch;
    const auto store = OpenNew(scratch / "graph");
    Fill(*store, several);
    Ok(store->Compact());
    std::set<Quad> expected = All(*store);
    const auto transaction = store->Begin();
    size_t count = 0;
    for (const Quad& quad : All(*store)) {
      if (++count % 5 != 0) continue;
      Ok(transaction->Remove(quad));
      expected.erase(quad);
    }
    for (int i = 0; i < 50; ++i) {
      const Quad quad = Q("new" + std::to_string(i), "p1", "o1", i % 2 == 0 ? "other" : "");
      Ok(transaction->Add(quad));
      expected.insert(quad);
    }
    Ok(transaction->Commit());
    CHECK(All(*store) == expected);
    CheckIsClean(*store);
    Ok(store->Compact());
    CHECK(All(*store) == expected);
    CheckIsClean(*store);
    const auto unshare = store->Begin();
    CHECK(Value(unshare->IsShared(T("s1", "shared", "o1"))) == (expected.count(Q("s1", "shared", "o1")) != 0));
    Ok(unshare->Unshare(Ex("owner")));
    Ok(unshare->Commit());
    expected.erase(Q("s1", "shared", "o1"));
    CHECK(All(*store) == expected);
    CheckIsClean(*store);
  }
}

// The database under a closed graph, to write past the store.
class RawDatabase {
 public:
  explicit RawDatabase(const std::string& folder) {
    std::vector<rocksdb::ColumnFamilyDescriptor> tables;
    for (const char* name : kTableNames) tables.emplace_back(name, rocksdb::ColumnFamilyOptions());
    rocksdb::DB* db = nullptr;
    if (!rocksdb::DB::Open({}, folder, tables, &handles_, &db).ok()) FAIL("cannot open");
    db_.reset(db);
  }
  ~RawDatabase() {
    for (auto* handle : handles_) db_->DestroyColumnFamilyHandle(handle);
  }
  RawDatabase(const RawDatabase&) = delete;
  RawDatabase& operator=(const RawDatabase&) = delete;
  rocksdb::ColumnFamilyHandle* handle(Table table) { return handles_[static_cast<size_t>(table)]; }
  rocksdb::DB* operator->() { return db_.get(); }

 private:
  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> handles_;
};

TEST_CASE("a graph of format 1 is brought up to date by whoever writes to it") {
  const ScratchFolder scratch;
  const std::string folder = scratch / "graph";
  Fill(*OpenNew(folder), true);
  const std::set<Quad> expected = All(*OpenReadOnly(folder));
  {
    RawDatabase db(folder);
    CHECK(db->Put({}, db.handle(Table::kMeta), "format", "1").ok());
    CHECK(db->DropColumnFamily(db.handle(Table::kPacked)).ok());
  }
  OpenOptions reading;
  reading.read_only = true;
  const auto refused = Store::Open(folder, reading);
  REQUIRE(!refused);
  CHECK(refused.error().code == base::ErrorCode::kUnsupported);
  CHECK(refused.error().message == "the graph has format 1, and this program reads format 2");
  CHECK(refused.error().hint.find("sitgraph compact") != std::string::npos);
  {
    const auto store = Value(Store::Open(folder));
    CHECK(All(*store) == expected);
    Ok(store->Compact());
  }
  CHECK(All(*OpenReadOnly(folder)) == expected);
  CheckIsClean(*OpenReadOnly(folder));
}

TEST_CASE("Check names damage of the base") {
  const struct {
    const char* what;
    std::function<void(RawDatabase&)> damage;
    std::string part;
  } cases[] = {
      {"a block that is gone",
       [](RawDatabase& db) {
         std::unique_ptr<rocksdb::Iterator> it(db->NewIterator({}, db.handle(Table::kPacked)));
         it->Seek(PartKey(1, static_cast<uint8_t>(QuadOrder::kPosg)));
         CHECK(db->Delete({}, db.handle(Table::kPacked), it->key()).ok());
       },
       "in posg"},
      {"a block that is none",
       [](RawDatabase& db) {
         std::unique_ptr<rocksdb::Iterator> it(db->NewIterator({}, db.handle(Table::kPacked)));
         it->Seek(PartKey(1, static_cast<uint8_t>(QuadOrder::kGosp)));
         CHECK(db->Put({}, db.handle(Table::kPacked), it->key(), "none").ok());
       },
       "the packed quads are damaged"},
      {"a wrong count", [](RawDatabase& db) { CHECK(db->Put({}, db.handle(Table::kMeta), kBaseKey, "1 5").ok()); },
       "the packed quads are 3001, not 5"},
      {"ids that are gone",
       [](RawDatabase& db) { CHECK(db->Delete({}, db.handle(Table::kPacked), PieceKey(1, 0)).ok()); },
       "the packed quads are damaged"},
  };
  for (const auto& c : cases) {
    INFO(c.what);
    const ScratchFolder scratch;
    const std::string folder = scratch / "graph";
    {
      const auto store = OpenNew(folder);
      Fill(*store, true);
      Ok(store->Compact());
    }
    {
      RawDatabase db(folder);
      c.damage(db);
    }
    std::string all;
    for (const std::string& line : Value(OpenReadOnly(folder)->Check())) all += line + "\n";
    INFO(all);
    CHECK(all.find(c.part) != std::string::npos);
  }
}

}  // namespace
}  // namespace sitgraph::graph
