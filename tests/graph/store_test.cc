// The store against a naive model, and what its header promises one by one.
#include "graph/store.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <string>
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
      if (round % 10 == 9) Ok(store->Compact());
    }
    CheckAgainstModel(*store, model, random);
  }
}

}  // namespace
}  // namespace sitgraph::graph
