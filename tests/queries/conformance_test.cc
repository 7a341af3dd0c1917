// The W3C's own tests of SPARQL 1.0 and 1.1 queries, counted; they lie beside the repository and are skipped where not.
#include <catch2/catch.hpp>
#include <filesystem>
#include <iostream>
#include <map>
#include <set>

#include "base/file.h"
#include "base/text.h"
#include "graph/rdf_reader.h"
#include "graph/vocabulary.h"
#include "queries/sparql/parser.h"
#include "tests/queries/query_fixture.h"
#include "tests/queries/w3c_results.h"

namespace sitgraph::queries {
namespace {

using graph::Term;
using testing::ResultSet;

const std::string kMf = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#";
const std::string kQt = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#";
const std::string kHost = "http://w3c.test/";

std::string Root() { return std::string(SITGRAPH_SHARED_DIR) + "/w3c/sparql/"; }
std::string PathOf(const std::string& iri) { return Root() + iri.substr(kHost.size()); }
std::string IriOf(const std::string& path) { return kHost + path.substr(Root().size()); }

struct Entry {
  std::string name, kind, query, result;
  std::vector<std::string> data, named;
};

class Manifest {
 public:
  // Each entry of the file, in the order of their IRIs.
  static std::vector<Entry> Read(const std::string& path) {
    Manifest manifest;
    manifest.Load(path);
    std::vector<Entry> entries;
    for (const auto& [subject, properties] : manifest.nodes_) {
      for (const Term& type : manifest.All(subject, std::string(graph::vocabulary::kRdf) + "type")) {
        if (type.value().starts_with(kMf) && type.value() != kMf + "Manifest") {
          entries.push_back(manifest.EntryOf(subject, type.value().substr(kMf.size())));
        }
      }
    }
    return entries;
  }

 private:
  void Load(const std::string& path) {
    graph::RdfReadOptions options;
    options.syntax = graph::RdfSyntax::kTurtle;
    options.base_iri = IriOf(path);
    auto read = graph::ReadRdf(path, options, [&](const graph::Quad& quad) {
      nodes_[quad.subject].emplace(quad.predicate.value(), quad.object);
      return base::Status();
    });
    INFO(path);
    REQUIRE(read.has_value());
  }

  std::vector<Term> All(const Term& subject, const std::string& property) const {
    std::vector<Term> out;
    auto node = nodes_.find(subject);
    if (node == nodes_.end()) return out;
    auto range = node->second.equal_range(property);
    for (auto it = range.first; it != range.second; ++it) out.push_back(it->second);
    return out;
  }
  std::string One(const Term& subject, const std::string& property) const {
    auto all = All(subject, property);
    return all.empty() ? "" : all.front().value();
  }

  Entry EntryOf(const Term& subject, std::string kind) const {
    Entry entry;
    entry.name = subject.value().substr(kHost.size() < subject.value().size() ? subject.value().rfind('/') + 1 : 0);
    entry.kind = std::move(kind);
    entry.result = One(subject, kMf + "result");
    for (const Term& action : All(subject, kMf + "action")) {
      entry.query = action.is_iri() ? action.value() : One(action, kQt + "query");
      for (const Term& data : All(action, kQt + "data")) entry.data.push_back(data.value());
      for (const Term& data : All(action, kQt + "graphData")) entry.named.push_back(data.value());
    }
    return entry;
  }

  std::map<Term, std::multimap<std::string, Term>> nodes_;
};

std::vector<std::string> Manifests() {
  std::vector<std::string> paths;
  for (const char* version : {"sparql10", "sparql11"}) {
    for (const auto& folder : std::filesystem::directory_iterator(Root() + version)) {
      std::string path = folder.path().string() + "/manifest.ttl";
      if (std::filesystem::exists(path)) paths.push_back(path);
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

bool IsMissing() {
  if (std::filesystem::exists(Root())) return false;
  WARN("skipped: no W3C tests at " << Root());
  return true;
}

base::Result<std::string> ReadQuery(const std::string& iri) { return base::ReadFile(PathOf(iri)); }

TEST_CASE("W3C syntax tests") {
  if (IsMissing()) return;
  int passed = 0, total = 0;
  for (const std::string& path : Manifests()) {
    for (const Entry& entry : Manifest::Read(path)) {
      bool positive = entry.kind.starts_with("PositiveSyntaxTest");
      if (!positive && !entry.kind.starts_with("NegativeSyntaxTest")) continue;
      INFO(path << " " << entry.name);
      auto text = ReadQuery(entry.query);
      REQUIRE(text.has_value());
      sparql::ParseOptions options;
      options.base_iri = entry.query;
      options.known_prefixes = false;
      auto query = sparql::Parse(*text, options);
      ++total;
      passed += query.has_value() == positive ? 1 : 0;
      CHECK(query.has_value() == positive);
    }
  }
  std::cout << "W3C syntax tests: " << passed << " of " << total << " passed\n";
  CHECK(passed == 313);
  CHECK(total == 313);
}

class RowsAsResultSet : public ResultSink {
 public:
  base::Status Begin(const std::vector<std::string>& variables, const Prefixes&) override {
    result.variables = variables;
    return {};
  }
  base::Status Row(std::span<const std::optional<Term>> cells) override {
    auto& row = result.rows.emplace_back();
    for (size_t i = 0; i < cells.size(); ++i) {
      if (cells[i]) row[result.variables[i]] = *cells[i];
    }
    return {};
  }
  base::Status Boolean(bool answer) override {
    result.boolean = answer;
    return {};
  }
  base::Status End() override { return {}; }
  ResultSet result;
};

// Adds a file's triples for the time of one test.
class Loaded {
 public:
  explicit Loaded(graph::Store& store) : store_(store) {}
  ~Loaded() {
    auto transaction = store_.Begin();
    for (const graph::Quad& quad : quads_) (void)transaction->Remove(quad);
    (void)transaction->Commit();
  }
  Loaded(const Loaded&) = delete;
  Loaded& operator=(const Loaded&) = delete;

  bool Add(const std::string& iri, const Term& graph) {
    if (!done_.insert({iri, graph}).second) return true;
    graph::RdfReadOptions options;
    options.base_iri = iri;
    auto syntax = graph::SyntaxOf(PathOf(iri));
    if (!syntax) return false;
    options.syntax = *syntax;
    auto read = graph::ReadRdf(PathOf(iri), options, [&](const graph::Quad& quad) {
      quads_.push_back({quad.subject, quad.predicate, quad.object, graph});
      return base::Status();
    });
    return read.has_value();
  }
  bool Commit() {
    auto transaction = store_.Begin();
    for (const graph::Quad& quad : quads_) {
      if (!transaction->Add(quad)) return false;
    }
    return transaction->Commit().has_value();
  }

 private:
  graph::Store& store_;
  std::set<std::pair<std::string, Term>> done_;
  std::vector<graph::Quad> quads_;
};

enum class Outcome { kPassed, kFailed, kNotEvaluated, kUnreadable };

Outcome RunEntry(graph::Store& store, const Entry& entry) {
  auto expected = testing::ReadResultSet(PathOf(entry.result));
  if (!expected) return Outcome::kUnreadable;
  auto text = ReadQuery(entry.query);
  REQUIRE(text.has_value());
  sparql::ParseOptions parse;
  parse.base_iri = entry.query;
  auto query = sparql::Parse(*text, parse);
  if (!query) return Outcome::kFailed;
  Loaded loaded(store);
  bool readable = true;
  for (const std::string& data : entry.data) readable = readable && loaded.Add(data, Term());
  std::vector<std::string> named = entry.named;
  named.insert(named.end(), (*query)->from.begin(), (*query)->from.end());
  named.insert(named.end(), (*query)->from_named.begin(), (*query)->from_named.end());
  for (const std::string& data : named) readable = readable && loaded.Add(data, Term::Iri(data));
  if (!readable) return Outcome::kUnreadable;
  REQUIRE(loaded.Commit());
  QueryOptions options;
  options.default_graph = DefaultGraph::kStored;
  options.base_iri = entry.query;
  RowsAsResultSet rows;
  auto summary = RunQuery(*store.TakeSnapshot(), *text, options, rows);
  if (!summary) {
    UNSCOPED_INFO(base::ToString(summary.error()));
    return summary.error().code == base::ErrorCode::kUnsupported ? Outcome::kNotEvaluated : Outcome::kFailed;
  }
  if (testing::SameResults(*expected, rows.result)) return Outcome::kPassed;
  for (const auto& row : rows.result.rows) {
    std::string line = "found:";
    for (const auto& [name, term] : row) line += " " + name + "=" + graph::ToNTriples(term);
    UNSCOPED_INFO(line);
  }
  for (const auto& row : expected->rows) {
    std::string line = "expected:";
    for (const auto& [name, term] : row) line += " " + name + "=" + graph::ToNTriples(term);
    UNSCOPED_INFO(line);
  }
  return Outcome::kFailed;
}

// Wants the answer of a simplification that the approved ...-005-not-simplified, with the same query, forbids.
constexpr const char* kContradicted = "manifest#dawg-optional-filter-005-simplified";

TEST_CASE("W3C evaluation tests") {
  if (IsMissing()) return;
  testing::TemporaryGraph graph;
  std::map<Outcome, int> counts;
  for (const std::string& path : Manifests()) {
    std::string group = path.substr(Root().size(), path.rfind('/') - Root().size());
    if (group == "sparql11/entailment" || group == "sparql11/service") continue;  // other regimes, other servers
    std::map<Outcome, int> here;
    for (const Entry& entry : Manifest::Read(path)) {
      if (entry.kind != "QueryEvaluationTest" || entry.name == kContradicted) continue;
      INFO(path << " " << entry.name);
      Outcome outcome = RunEntry(graph.store(), entry);
      CHECK(outcome != Outcome::kFailed);
      ++counts[outcome];
      ++here[outcome];
    }
    if (here.empty()) continue;
    std::cout << group << ": " << here[Outcome::kPassed] << " passed, " << here[Outcome::kFailed] << " failed, "
              << here[Outcome::kNotEvaluated] << " not evaluated yet, " << here[Outcome::kUnreadable]
              << " with results in a format the test does not read\n";
  }
  std::cout << "W3C evaluation tests: " << counts[Outcome::kPassed] << " passed, " << counts[Outcome::kFailed]
            << " failed, " << counts[Outcome::kNotEvaluated] << " not evaluated yet, " << counts[Outcome::kUnreadable]
            << " not read\n";
  CHECK(counts[Outcome::kPassed] == 480);
  CHECK(counts[Outcome::kNotEvaluated] == 12);
}

}  // namespace
}  // namespace sitgraph::queries
