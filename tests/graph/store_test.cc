// The store against a naive model, and what its header promises one by one.
#include "graph/store.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "tests/graph/graph_testing.h"

namespace sitgraph::graph {
namespace {

using testing::All;
using testing::CheckIsClean;
using testing::Ex;
using testing::Matches;
using testing::Ok;
using testing::OpenNew;
using testing::OpenReadOnly;
using testing::Q;
using testing::ScratchFolder;
using testing::T;
using testing::Value;

// What the store should hold, as sets.
struct Model {
  std::set<Quad> named;
  std::set<Triple> direct;
  std::map<Triple, std::set<Term>> owners;
  std::map<std::string, std::string> records;

  std::set<Quad> Quads() const {
    std::set<Quad> all = named;
    for (const Triple& t : direct) all.insert({t.subject, t.predicate, t.object, Term()});
    for (const auto& [t, sharing] : owners) {
      if (!sharing.empty()) all.insert({t.subject, t.predicate, t.object, Term()});
    }
    return all;
  }
};

// Terms of each kind, few, so that the same quads come again and again.
class RandomDataset {
 public:
  explicit RandomDataset(uint64_t seed) : random_(seed) {}
  size_t Below(size_t n) { return random_() % n; }
  Term Subject() {
    return Below(4) == 0 ? Term::Blank("b" + std::to_string(Below(3))) : Ex("s" + std::to_string(Below(4)));
  }
  Term Predicate() { return Ex("p" + std::to_string(Below(3))); }
  Term Object() {
    switch (Below(4)) {
      case 0:
        return Term::String("text " + std::to_string(Below(3)));
      case 1:
        return Term::LangString("text", Below(2) == 0 ? "en" : "ar");
      case 2:
        return Term::Integer(static_cast<int64_t>(Below(3)));
      default:
        return Subject();
    }
  }
  Term Graph() { return Below(3) == 0 ? Term::Blank("g") : Ex("g" + std::to_string(Below(3))); }
  Term Owner() { return Ex("report" + std::to_string(Below(4))); }
  Triple AnyTriple() { return {Subject(), Predicate(), Object()}; }

 private:
  std::mt19937_64 random_;
};

// One random call, made on both.
void Step(RandomDataset& random, Transaction& transaction, Model& model) {
  const Triple t = random.AnyTriple();
  switch (random.Below(12)) {
    case 0:
    case 1:
    case 2:
    case 3: {
      const Quad quad = {t.subject, t.predicate, t.object, random.Graph()};
      Ok(transaction.Add(quad));
      model.named.insert(quad);
      break;
    }
    case 4:
      Ok(transaction.Add({t.subject, t.predicate, t.object, Term()}));
      model.direct.insert(t);
      break;
    case 5: {
      const Quad quad = {t.subject, t.predicate, t.object, random.Graph()};
      Ok(transaction.Remove(quad));
      model.named.erase(quad);
      break;
    }
    case 6:
      Ok(transaction.Remove({t.subject, t.predicate, t.object, Term()}));
      model.direct.erase(t);
      model.owners.erase(t);
      break;
    case 7: {
      if (random.Below(3) != 0) break;
      const Term graph = random.Graph();
      Ok(transaction.RemoveGraph(graph));
      std::erase_if(model.named, [&](const Quad& q) { return q.graph == graph; });
      break;
    }
    case 8:
    case 9: {
      const Term owner = random.Owner();
      Ok(transaction.Share(owner, t));
      model.owners[t].insert(owner);
      break;
    }
    case 10: {
      const Term owner = random.Owner();
      Ok(transaction.Unshare(owner));
      for (auto& [triple, sharing] : model.owners) sharing.erase(owner);
      break;
    }
    default: {
      const std::string key = "k" + std::to_string(random.Below(4));
      if (random.Below(3) == 0) {
        Ok(transaction.RemoveRecord(key));
        model.records.erase(key);
      } else {
        const std::string value = std::to_string(random.Below(1000));
        Ok(transaction.PutRecord(key, value));
        model.records[key] = value;
      }
    }
  }
}

std::optional<TermId> IdOrNothing(const Snapshot& snapshot, const Term& term) { return Value(snapshot.Find(term)); }

// Every combination of bound positions, for quads that are there and for such that may not be.
void CheckPatterns(const Snapshot& snapshot, const std::set<Quad>& expected, RandomDataset& random) {
  for (unsigned bound = 0; bound < 16; ++bound) {
    for (int i = 0; i < 3; ++i) {
      const Triple t = random.AnyTriple();
      const Term graph = random.Below(3) == 0 ? Term() : random.Graph();
      const auto s = IdOrNothing(snapshot, t.subject);
      const auto p = IdOrNothing(snapshot, t.predicate);
      const auto o = IdOrNothing(snapshot, t.object);
      const auto g = graph == Term() ? std::optional(kDefaultGraphId) : IdOrNothing(snapshot, graph);
      QuadPattern pattern;
      if (((bound & 1) && !s) || ((bound & 2) && !p) || ((bound & 4) && !o) || ((bound & 8) && !g)) continue;
      if (bound & 1) pattern.subject = s;
      if (bound & 2) pattern.predicate = p;
      if (bound & 4) pattern.object = o;
      if (bound & 8) pattern.graph = g;

      std::set<Quad> matching;
      for (const Quad& quad : expected) {
        if ((bound & 1) && quad.subject != t.subject) continue;
        if ((bound & 2) && quad.predicate != t.predicate) continue;
        if ((bound & 4) && quad.object != t.object) continue;
        if ((bound & 8) && quad.graph != graph) continue;
        matching.insert(quad);
      }
      INFO("bound positions " << bound);
      CHECK(Matches(snapshot, pattern) == matching);
      CHECK(Value(snapshot.Estimate(pattern)) == matching.size());
    }
  }
}

void CheckAgainstModel(const Store& store, const Model& model, RandomDataset& random) {
  const auto snapshot = store.TakeSnapshot();
  const std::set<Quad> expected = model.Quads();
  REQUIRE(Matches(*snapshot, {}) == expected);
  CheckPatterns(*snapshot, expected, random);
  for (const auto& [triple, sharing] : model.owners) CHECK(Value(snapshot->CountOwners(triple)) == sharing.size());

  std::map<std::string, std::string> records;
  Ok(snapshot->ScanRecords("", [&](std::string_view key, std::string_view value) {
    records.emplace(key, value);
    return true;
  }));
  CHECK(records == model.records);

  std::set<Term> graphs, expected_graphs;
  for (const TermId id : Value(snapshot->Graphs())) graphs.insert(Value(snapshot->Resolve(id)));
  for (const Quad& quad : expected) {
    if (!quad.in_default_graph()) expected_graphs.insert(quad.graph);
  }
  CHECK(graphs == expected_graphs);
  CheckIsClean(store);
}

TEST_CASE("the store agrees with a naive model under random changes") {
  for (const uint64_t seed : {1, 2, 3, 4}) {
    INFO("seed " << seed);
    const ScratchFolder scratch;
    const std::string folder = scratch / "graph";
    RandomDataset random(seed);
    Model model;
    auto store = OpenNew(folder);
    for (int round = 0; round < 25; ++round) {
      INFO("round " << round);
      Model changed = model;
      {
        const auto transaction = store->Begin();
        const size_t steps = 1 + random.Below(60);
        for (size_t i = 0; i < steps; ++i) Step(random, *transaction, changed);
        if (random.Below(4) != 0) {
          Ok(transaction->Commit());
          model = changed;
        }  // else dropped: nothing may stay
      }
      if (round % 5 == 0) {
        CheckAgainstModel(*store, model, random);
      }
      if (round % 8 == 7) {
        store.reset();
        store = OpenNew(folder);
      }
      if (round % 10 == 9 || random.Below(6) == 0) Ok(store->Compact());
      if (random.Below(4) == 0) {
        const auto bulk = store->BeginBulkLoad();
        for (size_t i = 0, quads = random.Below(80); i < quads; ++i) {
          const Triple t = random.AnyTriple();
          const Term graph = random.Below(2) == 0 ? Term() : random.Graph();
          Ok(bulk->Add({t.subject, t.predicate, t.object, graph}));
          if (graph == Term()) {
            model.direct.insert(t);
          } else {
            model.named.insert({t.subject, t.predicate, t.object, graph});
          }
        }
        Ok(bulk->Commit());
      }
    }
    CheckAgainstModel(*store, model, random);
  }
}

TEST_CASE("ids and matches do not depend on the order and the batches of writing") {
  RandomDataset random(11);
  std::vector<Quad> quads;
  for (int i = 0; i < 300; ++i) {
    const Triple t = random.AnyTriple();
    quads.push_back({t.subject, t.predicate, t.object, random.Below(3) == 0 ? Term() : random.Graph()});
  }
  const auto ids_of = [](const Store& store) {
    const auto snapshot = store.TakeSnapshot();
    std::vector<QuadIds> ids;
    for (auto cursor = snapshot->Match({}); cursor->Valid(); cursor->Next()) ids.push_back(cursor->quad());
    return ids;
  };
  std::vector<QuadIds> first;
  std::mt19937_64 shuffle(5);
  for (const size_t batch : {1, 7, 1000}) {
    INFO("batches of " << batch);
    const ScratchFolder scratch;
    const auto store = OpenNew(scratch / "graph");
    std::shuffle(quads.begin(), quads.end(), shuffle);
    for (size_t i = 0; i < quads.size(); i += batch) {
      const auto transaction = store->Begin();
      for (size_t j = i; j < std::min(i + batch, quads.size()); ++j) Ok(transaction->Add(quads[j]));
      Ok(transaction->Commit());
    }
    if (first.empty()) first = ids_of(*store);
    CHECK(ids_of(*store) == first);
    CHECK(All(*store) == std::set<Quad>(quads.begin(), quads.end()));
  }
}

TEST_CASE("a snapshot does not see what is committed later") {
  const ScratchFolder scratch;
  const auto store = OpenNew(scratch / "graph");
  auto transaction = store->Begin();
  Ok(transaction->Add(Q("s", "p", "o", "g")));
  Ok(transaction->PutRecord("k", "old"));
  Ok(transaction->Share(Ex("owner"), T("s", "p", "o")));
  Ok(transaction->Commit());

  const auto before = store->TakeSnapshot();
  auto open_cursor = before->Match({});
  transaction = store->Begin();
  Ok(transaction->RemoveGraph(Ex("g")));
  Ok(transaction->Unshare(Ex("owner")));
  Ok(transaction->Add(Q("s2", "p", "o")));
  Ok(transaction->PutRecord("k", "new"));
  CHECK(All(*store).size() == 2);  // not committed yet
  Ok(transaction->Commit());
  Ok(store->Compact());

  CHECK(Matches(*before, {}) == std::set<Quad>{Q("s", "p", "o", "g"), Q("s", "p", "o")});
  CHECK(Value(before->GetRecord("k")) == std::optional<std::string>("old"));
  CHECK(Value(before->CountOwners(T("s", "p", "o"))) == 1);
  CHECK(Value(before->Graphs()).size() == 1);
  CHECK(!Value(before->Find(Ex("s2"))));
  size_t count = 0;
  for (; open_cursor->Valid(); open_cursor->Next()) ++count;
  CHECK(count == 2);
  CHECK(All(*store) == std::set<Quad>{Q("s2", "p", "o")});
}

TEST_CASE("a snapshot and a transaction may outlive their store") {
  const ScratchFolder scratch;
  auto store = OpenNew(scratch / "graph");
  auto transaction = store->Begin();
  Ok(transaction->Add(Q("s", "p", "o")));
  const auto snapshot = store->TakeSnapshot();
  store.reset();
  Ok(transaction->Commit());
  CHECK(Matches(*snapshot, {}).empty());
}

TEST_CASE("removing a graph and adding to it again leaves what was added") {
  const ScratchFolder scratch;
  const auto store = OpenNew(scratch / "graph");
  auto transaction = store->Begin();
  for (const char* o : {"1", "2", "3"}) Ok(transaction->Add(Q("s", "p", o, "g")));
  Ok(transaction->Add(Q("s", "p", "1", "other")));
  Ok(transaction->Commit());
  transaction = store->Begin();
  Ok(transaction->Add(Q("s", "p", "4", "g")));
  Ok(transaction->RemoveGraph(Ex("g")));
  Ok(transaction->Add(Q("s", "p", "2", "g")));
  Ok(transaction->Add(Q("s", "p", "5", "g")));
  Ok(transaction->Remove(Q("s", "p", "5", "g")));
  Ok(transaction->Commit());
  CHECK(All(*store) == std::set<Quad>{Q("s", "p", "2", "g"), Q("s", "p", "1", "other")});
  CheckIsClean(*store);
}

TEST_CASE("a shared triple stays as long as somebody says it") {
  const ScratchFolder scratch;
  const auto store = OpenNew(scratch / "graph");
  const Triple triple = T("s", "p", "o");
  const auto change = [&](const std::function<void(Transaction&)>& calls) {
    const auto transaction = store->Begin();
    calls(*transaction);
    Ok(transaction->Commit());
    CheckIsClean(*store);
    return All(*store).size();
  };
  const auto owners = [&] { return Value(store->TakeSnapshot()->CountOwners(triple)); };

  CHECK(change([&](Transaction& t) {
          Ok(t.Share(Ex("a"), triple));
          Ok(t.Share(Ex("a"), triple));
          Ok(t.Share(Ex("b"), triple));
        }) == 1);
  CHECK(owners() == 2);
  CHECK(change([&](Transaction& t) { Ok(t.Unshare(Ex("a"))); }) == 1);
  CHECK(change([&](Transaction& t) { Ok(t.Unshare(Ex("nobody"))); }) == 1);
  CHECK(owners() == 1);
  // A report is replaced: what it says again stays.
  CHECK(change([&](Transaction& t) {
          Ok(t.Unshare(Ex("b")));
          Ok(t.Share(Ex("b"), triple));
        }) == 1);
  CHECK(change([&](Transaction& t) { Ok(t.Unshare(Ex("b"))); }) == 0);
  CHECK(owners() == 0);

  // Added for itself, it outlives its owners...
  change([&](Transaction& t) {
    Ok(t.Share(Ex("a"), triple));
    Ok(t.Add(Q("s", "p", "o")));
  });
  CHECK(change([&](Transaction& t) { Ok(t.Unshare(Ex("a"))); }) == 1);
  // ...also where the owners come later...
  change([&](Transaction& t) { Ok(t.Share(Ex("a"), triple)); });
  CHECK(change([&](Transaction& t) { Ok(t.Unshare(Ex("a"))); }) == 1);
  // ...until Remove, which takes the owners' word too.
  change([&](Transaction& t) { Ok(t.Share(Ex("a"), triple)); });
  CHECK(change([&](Transaction& t) { Ok(t.Remove(Q("s", "p", "o"))); }) == 0);
  CHECK(owners() == 0);
  CHECK(change([&](Transaction& t) {
          Ok(t.Remove(Q("s", "p", "o")));
          Ok(t.Share(Ex("c"), triple));
        }) == 1);
  CHECK(change([&](Transaction& t) { Ok(t.Unshare(Ex("c"))); }) == 0);
}

TEST_CASE("what is committed is there after reopening") {
  const ScratchFolder scratch;
  const std::string folder = scratch / "deep/er/graph";
  {
    const auto store = OpenNew(folder);
    const auto transaction = store->Begin();
    Ok(transaction->Add({Ex("s"), Ex("p"), Term::String(std::string("a\0b\n", 4)), Term::Blank("g")}));
    Ok(transaction->PutRecord(std::string("\0key", 4), "value"));
    Ok(transaction->Commit(true));
  }
  const auto store = Value(Store::Open(folder));
  const std::set<Quad> expected = {{Ex("s"), Ex("p"), Term::String(std::string("a\0b\n", 4)), Term::Blank("g")}};
  CHECK(All(*store) == expected);
  CHECK(Value(store->TakeSnapshot()->GetRecord(std::string("\0key", 4))) == std::optional<std::string>("value"));
  CHECK(Value(store->TakeSnapshot()->GetRecord("key")) == std::nullopt);
}

TEST_CASE("readers open a graph that a writer has open, and see the state at that moment") {
  const ScratchFolder scratch;
  const std::string folder = scratch / "graph";
  const auto writer = OpenNew(folder);
  auto transaction = writer->Begin();
  Ok(transaction->Add(Q("s", "p", "o")));
  Ok(transaction->Commit());
  const auto reader = OpenReadOnly(folder);
  const auto second_reader = OpenReadOnly(folder);
  transaction = writer->Begin();
  Ok(transaction->Remove(Q("s", "p", "o")));
  Ok(transaction->Add(Q("s2", "p", "o")));
  Ok(transaction->Commit());
  Ok(writer->Compact());
  CHECK(All(*reader) == std::set<Quad>{Q("s", "p", "o")});
  CHECK(All(*second_reader) == std::set<Quad>{Q("s", "p", "o")});
  CheckIsClean(*reader);
  CHECK(All(*OpenReadOnly(folder)) == std::set<Quad>{Q("s2", "p", "o")});

  const base::Status add = reader->Begin()->Add(Q("s", "p", "o"));
  REQUIRE(!add);
  CHECK(add.error().code == base::ErrorCode::kUsage);
  CHECK(!reader->Compact());
}

TEST_CASE("one writer at a time") {
  const ScratchFolder scratch;
  const auto store = OpenNew(scratch / "graph");
  const auto second_store = Store::Open(scratch / "graph");
  REQUIRE(!second_store);
  CHECK(second_store.error().code == base::ErrorCode::kConflict);
  CHECK(!second_store.error().hint.empty());

  auto transaction = store->Begin();
  const auto second = store->Begin();
  const base::Status add = second->Add(Q("s", "p", "o"));
  REQUIRE(!add);
  CHECK(add.error().code == base::ErrorCode::kConflict);
  CHECK(!second->Commit());
  const base::Status compact = store->Compact();
  REQUIRE(!compact);
  CHECK(compact.error().code == base::ErrorCode::kConflict);
  Ok(transaction->Add(Q("s", "p", "o")));
  Ok(transaction->Commit());
  CHECK(!transaction->Add(Q("s", "p", "o")));  // it has ended
  CHECK(!transaction->Commit());
  transaction = store->Begin();
  Ok(transaction->Commit());
}

TEST_CASE("what cannot be opened is named") {
  const ScratchFolder scratch;
  std::ofstream(scratch / "file") << "text";
  std::filesystem::create_directory(scratch / "other");
  std::ofstream((scratch / "other") + "/letter.txt") << "text";
  std::filesystem::create_directory(scratch / "empty");
  const struct {
    std::string folder;
    bool create;
    std::optional<base::ErrorCode> code;
  } cases[] = {
      {"absent", false, base::ErrorCode::kNotFound}, {"empty", false, base::ErrorCode::kNotFound},
      {"other", true, base::ErrorCode::kConflict},   {"other", false, base::ErrorCode::kNotFound},
      {"file", true, base::ErrorCode::kConflict},    {"empty", true, std::nullopt},
  };
  for (const auto& c : cases) {
    INFO(c.folder << (c.create ? ", to be made" : ""));
    OpenOptions options;
    options.create = c.create;
    const auto store = Store::Open(scratch / c.folder, options);
    CHECK(store.has_value() == !c.code);
    if (!store && c.code) {
      CHECK(store.error().code == *c.code);
      CHECK(!store.error().place.file.empty());
    }
  }
  CHECK(!std::filesystem::exists(scratch / "absent"));
}

TEST_CASE("what is not RDF is refused and leaves the transaction usable") {
  const ScratchFolder scratch;
  const auto store = OpenNew(scratch / "graph");
  const auto transaction = store->Begin();
  const Quad bad[] = {
      {Term::String("s"), Ex("p"), Ex("o"), Term()},
      {Ex("s"), Term::Blank("p"), Ex("o"), Term()},
      {Ex("s"), Term::String("p"), Ex("o"), Term()},
      {Ex("s"), Ex("p"), Ex("o"), Term::String("g")},
      {Ex("a b"), Ex("p"), Ex("o"), Term()},
      {Ex("s"), Ex("p"), Term(), Term()},
      {Ex("s"), Ex("p"), Term::String("\xFF"), Term()},
      {Term::Blank("a b"), Ex("p"), Ex("o"), Term()},
      {Ex("s"), Ex("p"), Ex("o"), Term::Iri("not an IRI")},
  };
  for (const Quad& quad : bad) {
    const base::Status status = transaction->Add(quad);
    REQUIRE(!status);
    CHECK(status.error().code == base::ErrorCode::kBadInput);
  }
  CHECK(!transaction->Share(Term::String("owner"), T("s", "p", "o")));
  CHECK(!transaction->RemoveGraph(Term()));
  Ok(transaction->Remove(bad[0]));  // what cannot be there is not there
  Ok(transaction->Add(Q("s", "p", "o")));
  Ok(transaction->Commit());
  CHECK(All(*store) == std::set<Quad>{Q("s", "p", "o")});
  CHECK(Value(store->Statistics()).terms == 3);  // nothing of the refused ones
}

TEST_CASE("statistics count, and compaction drops terms that nothing uses") {
  const ScratchFolder scratch;
  const auto store = OpenNew(scratch / "graph");
  auto transaction = store->Begin();
  Ok(transaction->Add(Q("s", "p", "o")));
  Ok(transaction->Add(Q("s", "p", "o", "g")));
  Ok(transaction->Add(Q("s", "p", "o2", "g2")));
  Ok(transaction->Share(Ex("owner"), T("s", "p", "shared")));
  Ok(transaction->Commit());
  StoreStatistics statistics = Value(store->Statistics());
  CHECK(statistics.quads == 4);
  CHECK(statistics.default_graph_quads == 2);
  CHECK(statistics.named_graphs == 2);
  CHECK(statistics.terms == 8);
  CHECK(statistics.bytes_on_disk > 0);

  transaction = store->Begin();
  Ok(transaction->RemoveGraph(Ex("g2")));
  Ok(transaction->Unshare(Ex("owner")));
  Ok(transaction->Add(Q("never", "p", "committed", "g3")));
  Ok(transaction->RemoveGraph(Ex("g3")));
  Ok(transaction->Commit());
  CHECK(Value(store->Statistics()).terms == 8);
  Ok(store->Compact());
  statistics = Value(store->Statistics());
  CHECK(statistics.quads == 2);
  CHECK(statistics.terms == 4);  // s, p, o, g
  CHECK(!Value(store->TakeSnapshot()->Find(Ex("o2"))));
  CheckIsClean(*store);
  // What was dropped comes back with the id it had.
  transaction = store->Begin();
  Ok(transaction->Add(Q("s", "p", "o2")));
  Ok(transaction->Commit());
  CheckIsClean(*store);
}

TEST_CASE("over all graphs, quads of the same triple follow each other, their graphs in order") {
  const ScratchFolder scratch;
  const auto store = OpenNew(scratch / "graph");
  const auto transaction = store->Begin();
  for (const char* graph : {"", "g1", "g2", "g3"}) {
    for (const char* subject : {"a", "b"}) {
      for (const char* predicate : {"p", "q"}) {
        for (const char* object : {"x", "y"}) Ok(transaction->Add(Q(subject, predicate, object, graph)));
      }
    }
  }
  Ok(transaction->Commit());
  const auto snapshot = store->TakeSnapshot();
  const TermId a = *Value(snapshot->Find(Ex("a"))), p = *Value(snapshot->Find(Ex("p"))),
               x = *Value(snapshot->Find(Ex("x")));
  for (unsigned bound = 0; bound < 8; ++bound) {
    QuadPattern pattern;
    if ((bound & 1) != 0) pattern.subject = a;
    if ((bound & 2) != 0) pattern.predicate = p;
    if ((bound & 4) != 0) pattern.object = x;
    std::set<std::tuple<TermId, TermId, TermId>> triples;
    size_t runs = 0;
    std::optional<QuadIds> last;
    for (auto cursor = snapshot->Match(pattern); cursor->Valid(); cursor->Next()) {
      const QuadIds quad = cursor->quad();
      const bool same =
          last && last->subject == quad.subject && last->predicate == quad.predicate && last->object == quad.object;
      if (same && quad.graph <= last->graph) FAIL("graphs out of order");
      runs += same ? 0 : 1;
      triples.insert({quad.subject, quad.predicate, quad.object});
      last = quad;
    }
    INFO("bound positions " << bound);
    CHECK(runs == triples.size());
  }
}

TEST_CASE("many terms and subjects at once are what they are one by one") {
  const ScratchFolder folder;
  const auto store = OpenNew(folder / "g");
  const auto transaction = store->Begin();
  for (int i = 0; i < 300; ++i) {
    const std::string name = std::to_string(i);
    for (int j = 0; j < i % 4; ++j)
      Ok(transaction->Add(Q("s" + name, "p", "o" + std::to_string(j), j == 2 ? "g" : "")));
    Ok(transaction->Add(Q("other", "q", "s" + name)));
  }
  Ok(transaction->Commit());
  const auto snapshot = store->TakeSnapshot();
  std::vector<TermId> ids;
  for (int i = 0; i < 300; i += 7) ids.push_back(*Value(snapshot->Find(Ex("s" + std::to_string(i)))));
  std::sort(ids.begin(), ids.end());

  std::vector<Term> terms;
  Ok(snapshot->ResolveEach(ids, [&](size_t i, Term term) {
    CHECK(i == terms.size());
    terms.push_back(std::move(term));
    return true;
  }));
  REQUIRE(terms.size() == ids.size());
  for (size_t i = 0; i < ids.size(); ++i) CHECK(terms[i] == Value(snapshot->Resolve(ids[i])));
  int visits = 0;
  Ok(snapshot->ResolveEach(ids, [&](size_t, const Term&) { return ++visits < 3; }));
  CHECK(visits == 3);
  const TermId last{std::numeric_limits<uint64_t>::max()};
  for (const TermId unknown : {TermId{static_cast<uint64_t>(ids[0]) - 1}, last}) {
    const auto missing = snapshot->ResolveEach(std::vector{unknown}, [](size_t, const Term&) { return true; });
    REQUIRE_FALSE(missing);
    CHECK(missing.error().code == base::ErrorCode::kCorrupt);
  }

  ids.push_back(last);  // nothing there
  const std::optional<TermId> graphs[] = {std::nullopt, kDefaultGraphId, *Value(snapshot->Find(Ex("g"))), last};
  for (const std::optional<TermId> graph : graphs) {
    std::vector<QuadIds> expected, found;
    for (const TermId id : ids) {
      QuadPattern pattern;
      pattern.subject = id;
      pattern.graph = graph;
      for (auto c = snapshot->Match(pattern); c->Valid(); c->Next()) expected.push_back(c->quad());
    }
    auto cursor = snapshot->MatchEach(ids, graph);
    for (; cursor->Valid(); cursor->Next()) found.push_back(cursor->quad());
    Ok(cursor->status());
    CHECK(found == expected);
    // As snapshots do that know no better.
    found.clear();
    for (cursor = snapshot->Snapshot::MatchEach(ids, graph); cursor->Valid(); cursor->Next())
      found.push_back(cursor->quad());
    CHECK(found == expected);
  }
  CHECK_FALSE(snapshot->MatchEach({}, std::nullopt)->Valid());
}

TEST_CASE("IRIs are walked by prefix in byte order") {
  const ScratchFolder scratch;
  const auto store = OpenNew(scratch / "graph");
  const auto transaction = store->Begin();
  for (const char* o : {"place/b", "place/a", "place", "placf", "place/a/b", "\xEF\xBF\xBD"}) {
    Ok(transaction->Add(Q("s", "p", o)));
  }
  Ok(transaction->Add({Ex("s"), Ex("p"), Term::String("http://example.org/place/text"), Term()}));
  Ok(transaction->Commit());
  const auto snapshot = store->TakeSnapshot();
  const auto iris = [&](const std::string& prefix) {
    std::vector<std::string> found;
    auto cursor = snapshot->Iris(prefix);
    for (; cursor->Valid(); cursor->Next()) {
      found.push_back(cursor->term().value().substr(std::string("http://example.org/").size()));
      CHECK(Value(snapshot->Find(cursor->term())) == std::optional(cursor->id()));
    }
    Ok(cursor->status());
    return found;
  };
  CHECK(iris("http://example.org/place/") == std::vector<std::string>{"place/a", "place/a/b", "place/b"});
  CHECK(iris("http://example.org/place") == std::vector<std::string>{"place", "place/a", "place/a/b", "place/b"});
  CHECK(iris("http://example.org/x").empty());
  CHECK(iris("").size() == 8);
}

TEST_CASE("estimates are exact below the limit and never under it beyond") {
  const ScratchFolder scratch;
  const auto store = OpenNew(scratch / "graph");
  const auto transaction = store->Begin();
  for (int i = 0; i < 3000; ++i) Ok(transaction->Add(Q("s" + std::to_string(i), i % 10 == 0 ? "rare" : "p", "o")));
  Ok(transaction->Commit());
  const auto snapshot = store->TakeSnapshot();
  const auto rare = Value(snapshot->Find(Ex("rare")));
  const auto p = Value(snapshot->Find(Ex("p")));
  CHECK(Value(snapshot->Estimate({.predicate = rare})) == 300);
  CHECK(Value(snapshot->Estimate({.predicate = rare}, 300)) == 300);
  CHECK(Value(snapshot->Estimate({.predicate = rare}, 0)) <= 3000);
  for (const bool compacted : {false, true}) {
    if (compacted) Ok(store->Compact());
    const auto fresh = store->TakeSnapshot();
    const uint64_t estimate = Value(fresh->Estimate({.predicate = p}, 100));
    INFO(estimate);
    CHECK(estimate >= 100);
    CHECK(estimate < 30'000);
    CHECK(Value(fresh->Estimate({}, 100)) >= 100);
  }
}

TEST_CASE("unknown ids resolve to nothing") {
  const ScratchFolder scratch;
  const auto store = OpenNew(scratch / "graph");
  const auto snapshot = store->TakeSnapshot();
  const auto term = snapshot->Resolve(TermId{42});
  REQUIRE(!term);
  CHECK(term.error().code == base::ErrorCode::kCorrupt);
  CHECK(!snapshot->Match({.subject = TermId{42}})->Valid());
}

TEST_CASE("records are scanned by prefix in byte order") {
  const ScratchFolder scratch;
  const auto store = OpenNew(scratch / "graph");
  auto transaction = store->Begin();
  for (const char* key : {"report/2", "report/1", "report", "reporu", "build"}) Ok(transaction->PutRecord(key, key));
  Ok(transaction->PutRecord("report/3", "gone"));
  Ok(transaction->RemoveRecord("report/3"));
  Ok(transaction->Commit());
  std::vector<std::string> keys;
  const auto snapshot = store->TakeSnapshot();
  Ok(snapshot->ScanRecords("report/", [&](std::string_view key, std::string_view value) {
    CHECK(key == value);
    keys.emplace_back(key);
    return true;
  }));
  CHECK(keys == std::vector<std::string>{"report/1", "report/2"});
  size_t visits = 0;
  Ok(snapshot->ScanRecords("", [&](std::string_view, std::string_view) { return ++visits < 2; }));
  CHECK(visits == 2);
}

TEST_CASE("a transaction says how much it holds") {
  const ScratchFolder scratch;
  const auto store = OpenNew(scratch / "graph");
  const auto transaction = store->Begin();
  CHECK(transaction->ApproximateSize() < 1000);
  const std::string text(100'000, 'x');
  Ok(transaction->Add({Ex("s"), Ex("p"), Term::String(text), Term()}));
  CHECK(transaction->ApproximateSize() > text.size());
  const size_t before = transaction->ApproximateSize();
  Ok(transaction->PutRecord("k", text));
  CHECK(transaction->ApproximateSize() > before + text.size());
}

TEST_CASE("versions are known") {
  CHECK(FormatVersion() == 2);
  CHECK(EngineVersion().rfind("RocksDB ", 0) == 0);
}

}  // namespace
}  // namespace sitgraph::graph
