// The W3C's own tests of SPARQL 1.0 and 1.1 queries, counted; they lie beside the repository and are skipped where not.
#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "base/file.h"
#include "queries/sparql/parser.h"
#include "tests/queries/query_fixture.h"
#include "tests/queries/w3c_manifest.h"
#include "tests/queries/w3c_results.h"

namespace sitgraph::queries {
namespace {

using graph::Term;
using testing::Entry;
using testing::ResultSet;

base::Result<std::string> ReadQuery(const Entry& entry) { return base::ReadFile(testing::W3cPathOf(entry.query)); }

TEST_CASE("W3C syntax tests") {
  if (testing::W3cIsMissing()) return;
  testing::Tally tally("syntax of queries");
  for (const Entry& entry : testing::W3cEntries("SyntaxTest")) {
    if (entry.kind.find("Update") != std::string::npos) continue;
    INFO(entry.group << " " << entry.name);
    auto text = ReadQuery(entry);
    REQUIRE(text.has_value());
    sparql::ParseOptions options;
    options.base_iri = entry.query;
    options.known_prefixes = false;
    bool passed = sparql::Parse(*text, options).has_value() == entry.kind.starts_with("Positive");
    CHECK(passed);
    tally.Count(entry.group, passed);
  }
  CHECK(tally.total() == 313);
}

// Keeps an answer; a graph as rows of subject, predicate and object.
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
  base::Status BeginGraph(const Prefixes&) override { return {}; }
  base::Status Triple(const graph::Triple& triple) override {
    result.rows.push_back({{"s", triple.subject}, {"p", triple.predicate}, {"o", triple.object}});
    return {};
  }
  base::Status End() override { return {}; }
  ResultSet result;
};

std::string ToText(const ResultSet& result) {
  std::ostringstream out;
  if (result.boolean) out << (*result.boolean ? "yes" : "no");
  for (const auto& row : result.rows) {
    for (const auto& [name, term] : row) out << " " << name << "=" << graph::ToNTriples(term);
    out << "\n";
  }
  return out.str();
}

base::Result<ResultSet> ReadExpected(const Entry& entry, bool is_graph) {
  if (!is_graph) return testing::ReadResultSet(testing::W3cPathOf(entry.result));
  auto quads = testing::ReadW3cData(entry.result, Term());
  if (!quads) return base::Fail(quads.error());
  return testing::AsResultSet(*quads);
}

bool RunEntry(graph::Store& store, const Entry& entry) {
  auto text = ReadQuery(entry);
  REQUIRE(text.has_value());
  sparql::ParseOptions parse;
  parse.base_iri = entry.query;
  auto query = sparql::Parse(*text, parse);
  REQUIRE(query.has_value());
  auto form = (*query)->form;
  auto expected = ReadExpected(entry, form == sparql::Query::Form::kConstruct);
  INFO((expected ? "" : base::ToString(expected.error())));
  if (!expected) return false;
  testing::Files files = entry.before;
  for (const std::string& iri : (*query)->from) files.named.emplace_back(iri, iri);
  for (const std::string& iri : (*query)->from_named) files.named.emplace_back(iri, iri);
  auto data = testing::ReadW3cFiles(files);
  UNSCOPED_INFO((data ? "" : base::ToString(data.error())));
  if (!data) return false;
  testing::Refill(store, *data);
  QueryOptions options;
  options.default_graph = DefaultGraph::kStored;
  options.base_iri = entry.query;
  RowsAsResultSet rows;
  auto summary = RunQuery(*store.TakeSnapshot(), *text, options, rows);
  if (!summary) {
    UNSCOPED_INFO(base::ToString(summary.error()));
    return false;
  }
  if (testing::SameResults(*expected, rows.result)) return true;
  UNSCOPED_INFO("found:\n" << ToText(rows.result) << "expected:\n" << ToText(*expected));
  return false;
}

// CSV says less than the answer, so the text that the writer makes is compared, line by line in any order.
bool RunCsvEntry(graph::Store& store, const Entry& entry) {
  auto data = testing::ReadW3cFiles(entry.before);
  auto text = ReadQuery(entry);
  auto expected = base::ReadFile(testing::W3cPathOf(entry.result));
  REQUIRE(data.has_value());
  REQUIRE(text.has_value());
  REQUIRE(expected.has_value());
  testing::Refill(store, *data);
  QueryOptions options;
  options.default_graph = DefaultGraph::kStored;
  std::string written;
  auto writer = MakeResultWriter(ResultFormat::kCsv, [&](std::string_view bytes) {
    written += bytes;
    return base::Status();
  });
  auto summary = RunQuery(*store.TakeSnapshot(), *text, options, *writer);
  INFO(written);
  INFO(*expected);
  return summary.has_value() && testing::SameCsv(*expected, written);
}

// Wants the answer of a simplification that the approved ...-005-not-simplified, with the same query, forbids.
constexpr const char* kContradicted = "manifest#dawg-optional-filter-005-simplified";

TEST_CASE("W3C evaluation tests") {
  if (testing::W3cIsMissing()) return;
  testing::TemporaryGraph graph;
  testing::Tally tally("answers of queries");
  for (const char* kind : {"QueryEvaluationTest", "CSVResultFormatTest"}) {
    for (const Entry& entry : testing::W3cEntries(kind)) {
      // Other regimes and other servers.
      if (entry.group == "sparql11/entailment" || entry.group == "sparql11/service" || entry.name == kContradicted) {
        continue;
      }
      INFO(entry.group << " " << entry.name);
      bool passed = entry.result.ends_with(".csv") ? RunCsvEntry(graph.store(), entry) : RunEntry(graph.store(), entry);
      CHECK(passed);
      tally.Count(entry.group, passed);
    }
  }
  CHECK(tally.total() == 518);
}

}  // namespace
}  // namespace sitgraph::queries
