// What Check and Open say of damaged graphs, and the layout as docs/format.md shows it. Writes past the store, straight
// into RocksDB.
#include <fmt/format.h>
#include <rocksdb/db.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "graph/keys.h"
#include "graph/store.h"
#include "graph/tables.h"
#include "tests/graph/graph_testing.h"

namespace sitgraph::graph {
namespace {

using testing::CheckIsClean;
using testing::Ex;
using testing::Ok;
using testing::OpenNew;
using testing::Q;
using testing::ScratchFolder;
using testing::T;
using testing::Value;

// The database under a closed graph.
class RawDatabase {
 public:
  explicit RawDatabase(const std::string& folder, const std::vector<std::string>& more_tables = {}) {
    std::vector<std::string> names;
    rocksdb::Options options;
    options.create_missing_column_families = true;
    Do(rocksdb::DB::ListColumnFamilies(options, folder, &names));
    names.insert(names.end(), more_tables.begin(), more_tables.end());
    std::vector<rocksdb::ColumnFamilyDescriptor> tables;
    for (const std::string& name : names) tables.emplace_back(name, rocksdb::ColumnFamilyOptions());
    rocksdb::DB* db = nullptr;
    Do(rocksdb::DB::Open(options, folder, tables, &handles_, &db));
    db_.reset(db);
  }
  ~RawDatabase() {
    for (auto* handle : handles_) db_->DestroyColumnFamilyHandle(handle);
  }
  RawDatabase(const RawDatabase&) = delete;
  RawDatabase& operator=(const RawDatabase&) = delete;

  void Put(Table table, const std::string& key, const std::string& value) {
    Do(db_->Put({}, Handle(table), key, value));
  }
  void Delete(Table table, const std::string& key) { Do(db_->Delete({}, Handle(table), key)); }
  void Put(QuadOrder order, const QuadIds& quad) {
    Put(TableOf(order), std::string(View(EncodeQuad(order, quad))), {});
  }
  void Delete(QuadOrder order, const QuadIds& quad) {
    Delete(TableOf(order), std::string(View(EncodeQuad(order, quad))));
  }
  std::vector<std::pair<std::string, std::string>> Dump(Table table) {
    std::vector<std::pair<std::string, std::string>> rows;
    const std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator({}, Handle(table)));
    for (it->SeekToFirst(); it->Valid(); it->Next()) rows.emplace_back(it->key().ToString(), it->value().ToString());
    return rows;
  }

 private:
  static void Do(const rocksdb::Status& status) {
    if (!status.ok()) FAIL(status.ToString());
  }
  rocksdb::ColumnFamilyHandle* Handle(Table table) {
    for (auto* handle : handles_) {
      if (handle->GetName() == kTableNames[static_cast<size_t>(table)]) return handle;
    }
    FAIL("no such table");
    return nullptr;
  }

  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> handles_;
};

TermId Id(const Term& term) { return PreferredId(EncodeTerm(term)); }
QuadIds Ids(const Quad& quad) {
  return {Id(quad.subject), Id(quad.predicate), Id(quad.object),
          quad.in_default_graph() ? kDefaultGraphId : Id(quad.graph)};
}

// A graph of one quad in a named graph, a direct one and a shared one.
void MakeGraph(const std::string& folder) {
  const auto store = OpenNew(folder);
  const auto transaction = store->Begin();
  Ok(transaction->Add(Q("s", "p", "o", "g")));
  Ok(transaction->Add(Q("s", "p", "direct")));
  Ok(transaction->Share(Ex("owner"), T("s", "p", "shared")));
  Ok(transaction->Commit());
  CheckIsClean(*store);
}

TEST_CASE("Check names each kind of damage") {
  const QuadIds named = Ids(Q("s", "p", "o", "g"));
  const QuadIds shared = Ids(Q("s", "p", "shared"));
  const QuadIds share = {shared.subject, shared.predicate, shared.object, Id(Ex("owner"))};
  const std::string by_owner(View(EncodeQuad(kOwnerFirst, share)));
  const std::string by_triple(View(EncodeQuad(kTripleFirst, share)));
  const std::string o_id = EncodeId(Id(Ex("o")));
  const QuadIds literal_subject = {Id(Term::String("x")), named.predicate, named.object, named.graph};

  const struct {
    const char* what;
    std::function<void(RawDatabase&)> damage;
    std::vector<std::string> parts;  // each in some line
  } cases[] = {
      {"a quad missing from one index",
       [&](RawDatabase& db) { db.Delete(QuadOrder::kPosg, named); },
       {"spog holds <http://example.org/s> <http://example.org/p> <http://example.org/o> in <http://example.org/g>, "
        "but "
        "posg does not"}},
      {"a quad in one index only",
       [&](RawDatabase& db) {
         db.Put(QuadOrder::kGosp, {named.subject, named.predicate, named.subject, named.graph});
       },
       {"gosp holds <http://example.org/s> <http://example.org/p> <http://example.org/s> in <http://example.org/g>, "
        "but "
        "spog does not"}},
      {"a short key", [&](RawDatabase& db) { db.Put(Table::kOspg, "short", ""); }, {"ospg holds a key of 5 bytes"}},
      {"a value where none belongs",
       [&](RawDatabase& db) { db.Put(Table::kGspo, std::string(View(EncodeQuad(QuadOrder::kGspo, named))), "d"); },
       {"gspo holds an unknown value for <http://example.org/s>"}},
      {"a missing term",
       [&](RawDatabase& db) { db.Delete(Table::kDictionary, o_id); },
       {"the dictionary lacks " + fmt::format("{:016x}", static_cast<uint64_t>(Id(Ex("o")))) + ", which is the object",
        "the list of IRIs holds <http://example.org/o>"}},
      {"a term at a wrong id",
       [&](RawDatabase& db) { db.Put(Table::kDictionary, o_id, EncodeTerm(Ex("other"))); },
       {"<http://example.org/other> is not where a look-up finds it",
        "the list of IRIs lacks <http://example.org/other>"}},
      {"a malformed term",
       [&](RawDatabase& db) { db.Put(Table::kDictionary, o_id, "?"); },
       {"the dictionary holds a malformed term at"}},
      {"an IRI missing from the list",
       [&](RawDatabase& db) { db.Delete(Table::kIris, "http://example.org/o"); },
       {"the list of IRIs lacks <http://example.org/o>"}},
      {"an IRI in the list only",
       [&](RawDatabase& db) { db.Put(Table::kIris, "http://example.org/x", o_id); },
       {"the list of IRIs holds <http://example.org/x>, but the dictionary does not"}},
      {"a literal as subject",
       [&](RawDatabase& db) {
         db.Put(Table::kDictionary, EncodeId(literal_subject.subject), EncodeTerm(Term::String("x")));
         for (const QuadOrder order : kQuadOrders) db.Put(order, literal_subject);
       },
       {"\"x\" cannot be a subject"}},
      {"half a share",
       [&](RawDatabase& db) { db.Delete(Table::kSharesByOwner, by_owner); },
       {"shares_by_triple holds <http://example.org/s> <http://example.org/p> <http://example.org/shared> in "
        "<http://example.org/owner>, but shares_by_owner does not"}},
      {"a default-graph triple without reason",
       [&](RawDatabase& db) {
         db.Delete(Table::kSharesByOwner, by_owner);
         db.Delete(Table::kSharesByTriple, by_triple);
       },
       {"nobody added or shares <http://example.org/s> <http://example.org/p> <http://example.org/shared>"}},
      {"a share without its triple",
       [&](RawDatabase& db) {
         for (const QuadOrder order : kQuadOrders) db.Delete(order, shared);
       },
       {"the default graph lacks <http://example.org/s> <http://example.org/p> <http://example.org/shared>"}},
  };
  const ScratchFolder scratch;
  MakeGraph(scratch / "whole");
  for (const auto& c : cases) {
    INFO(c.what);
    const std::string folder = scratch / "damaged";
    std::filesystem::remove_all(folder);
    std::filesystem::copy(scratch / "whole", folder);
    {
      RawDatabase db(folder);
      c.damage(db);
    }
    const std::vector<std::string> lines = Value(Value(Store::Open(folder))->Check());
    std::string all;
    for (const std::string& line : lines) all += line + "\n";
    INFO(all);
    for (const std::string& part : c.parts) {
      INFO(part);
      CHECK(all.find(part) != std::string::npos);
    }
  }
}

TEST_CASE("a flipped bit in a file is found") {
  const ScratchFolder scratch;
  MakeGraph(scratch / "graph");
  Ok(OpenNew(scratch / "graph")->Compact());
  size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(scratch / "graph")) {
    if (entry.path().extension() != ".sst") continue;
    ++files;
    const std::string folder = scratch / "damaged";
    std::filesystem::remove_all(folder);
    std::filesystem::copy(scratch / "graph", folder);
    std::fstream file(std::filesystem::path(folder) / entry.path().filename(),
                      std::ios::binary | std::ios::in | std::ios::out);
    file.seekg(3);
    const auto byte = static_cast<char>(file.get() ^ 1);
    file.seekp(3);
    file.put(byte);
    file.close();
    const auto store = Store::Open(folder);
    if (!store) {  // the table with the format
      CHECK(store.error().code == base::ErrorCode::kCorrupt);
      continue;
    }
    CHECK(!Value((*store)->Check()).empty());
  }
  CHECK(files > 5);
}

TEST_CASE("a missing file is damage") {
  const ScratchFolder scratch;
  MakeGraph(scratch / "graph");
  Ok(OpenNew(scratch / "graph")->Compact());
  for (const auto& entry : std::filesystem::directory_iterator(scratch / "graph")) {
    if (entry.path().extension() != ".sst") continue;
    std::filesystem::remove(entry.path());
    break;
  }
  const auto store = Store::Open(scratch / "graph");
  REQUIRE(!store);
  CHECK(store.error().code == base::ErrorCode::kCorrupt);
}

TEST_CASE("other formats and other databases are refused") {
  const struct {
    const char* what;
    std::function<void(const std::string&)> change;
    std::string message;
  } cases[] = {
      {"a newer format", [](const std::string& folder) { RawDatabase(folder).Put(Table::kMeta, "format", "3"); },
       "the graph has format 3, and this program reads format 2"},
      {"a newer format with a new table",
       [](const std::string& folder) { RawDatabase(folder, {"blocks"}).Put(Table::kMeta, "format", "3"); },
       "the graph has format 3, and this program reads format 2"},
      {"somebody else's database",
       [](const std::string& folder) {
         std::filesystem::remove_all(folder);
         rocksdb::Options options;
         options.create_if_missing = true;
         rocksdb::DB* db = nullptr;
         CHECK(rocksdb::DB::Open(options, folder, &db).ok());
         CHECK(db->Put({}, "key", "of theirs").ok());
         delete db;
       },
       "not a graph of sitgraph"},
  };
  for (const auto& c : cases) {
    INFO(c.what);
    const ScratchFolder scratch;
    const std::string folder = scratch / "graph";
    MakeGraph(folder);
    c.change(folder);
    for (const bool read_only : {false, true}) {
      OpenOptions options;
      options.read_only = read_only;
      const auto store = Store::Open(folder, options);
      REQUIRE(!store);
      INFO(base::ToString(store.error()));
      CHECK(store.error().code == base::ErrorCode::kUnsupported);
      CHECK(store.error().message.find(c.message) != std::string::npos);
    }
  }
}

std::string Hex(const std::string& bytes) {
  std::string out;
  for (size_t i = 0; i < bytes.size(); ++i) {
    if (i > 0 && i % 8 == 0) out += ' ';
    out += fmt::format("{:02x}", static_cast<unsigned char>(bytes[i]));
  }
  return out;
}

// Text as it is, a zero byte as \0.
std::string Text(const std::string& bytes) {
  std::string out;
  for (const char c : bytes) {
    if (c == '\0') {
      out += "\\0";
    } else {
      out += c;
    }
  }
  return out;
}

// The example of docs/format.md, as it is on disk.
std::string DumpExample(RawDatabase& db) {
  std::string dump;
  const auto add = [&](Table table, const std::function<std::string(const std::string&, const std::string&)>& show) {
    dump += fmt::format("{}\n", kTableNames[static_cast<size_t>(table)]);
    for (const auto& [key, value] : db.Dump(table)) dump += "  " + show(key, value) + "\n";
  };
  const auto quad = [](const std::string& key, const std::string& value) {
    return Hex(key) + (value.empty() ? "" : " -> " + value);
  };
  add(Table::kMeta, [](const auto& key, const auto& value) { return key + " -> " + value; });
  add(Table::kDictionary, [](const auto& key, const auto& value) { return Hex(key) + " -> " + Text(value); });
  add(Table::kIris, [](const auto& key, const auto& value) { return key + " -> " + Hex(value); });
  for (const QuadOrder order : kQuadOrders) add(TableOf(order), quad);
  add(Table::kSharesByOwner, quad);
  add(Table::kSharesByTriple, quad);
  add(Table::kRecords, [](const auto& key, const auto& value) { return key + " -> " + value; });
  return dump;
}

TEST_CASE("docs/format.md shows the keys as they are") {
  const ScratchFolder scratch;
  {
    const auto store = OpenNew(scratch / "graph");
    const auto transaction = store->Begin();
    const Term capture = Term::Iri("http://example.org/capture");
    const Term label = Term::Iri("http://example.org/label");
    const Term army = Term::Iri("http://example.org/army");
    const Term raqqa = Term::Iri("http://example.org/raqqa");
    const Term report = Term::Iri("http://example.org/report");
    Ok(transaction->Add({army, capture, raqqa, report}));
    Ok(transaction->Share(report, {raqqa, label, Term::LangString("Raqqa", "en")}));
    Ok(transaction->Add({army, label, Term::String("Army"), Term()}));
    Ok(transaction->PutRecord("report/1", "built"));
    Ok(transaction->Commit());
    CheckIsClean(*store);
  }
  RawDatabase db(scratch / "graph");
  const std::string dump = DumpExample(db);
  std::ostringstream document;
  document << std::ifstream(std::string(SITGRAPH_SOURCE_DIR) + "/docs/format.md").rdbuf();
  INFO(dump);
  CHECK(document.str().find("```\n" + dump + "```\n") != std::string::npos);
}

}  // namespace
}  // namespace sitgraph::graph
