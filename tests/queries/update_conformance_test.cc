// The W3C's own tests of SPARQL 1.1 Update, counted; they lie beside the repository and are skipped where not.
#include <catch2/catch.hpp>

#include "base/file.h"
#include "queries/sparql/parser.h"
#include "queries/update.h"
#include "tests/queries/query_fixture.h"
#include "tests/queries/w3c_manifest.h"
#include "tests/queries/w3c_results.h"

namespace sitgraph::queries {
namespace {

using testing::Entry;

TEST_CASE("W3C syntax tests of updates") {
  if (testing::W3cIsMissing()) return;
  testing::Tally tally("syntax of updates");
  for (const Entry& entry : testing::W3cEntries("UpdateSyntaxTest")) {
    INFO(entry.group << " " << entry.name);
    auto text = base::ReadFile(testing::W3cPathOf(entry.query));
    REQUIRE(text.has_value());
    sparql::ParseOptions options;
    options.base_iri = entry.query;
    options.known_prefixes = false;
    auto update = sparql::ParseUpdate(*text, options);
    INFO((update ? "" : base::ToString(update.error())));
    bool passed = update.has_value() == entry.kind.starts_with("Positive");
    CHECK(passed);
    tally.Count(entry.group, passed);
  }
  CHECK(tally.total() > 50);
}

bool RunEntry(graph::Store& store, const Entry& entry) {
  auto text = base::ReadFile(testing::W3cPathOf(entry.query));
  auto before = testing::ReadW3cFiles(entry.before);
  auto after = testing::ReadW3cFiles(entry.after);
  REQUIRE(text.has_value());
  REQUIRE(before.has_value());
  REQUIRE(after.has_value());
  testing::Refill(store, *before);
  UpdateOptions options;
  options.default_graph = DefaultGraph::kStored;
  options.base_iri = entry.query;
  options.load_files = true;
  auto summary = RunUpdate(store, *text, options);
  UNSCOPED_INFO((summary ? "" : base::ToString(summary.error())));
  if (!summary) return false;
  return testing::SameResults(testing::AsResultSet(*after),
                              testing::AsResultSet(testing::AllQuads(*store.TakeSnapshot())));
}

TEST_CASE("W3C evaluation tests of updates") {
  if (testing::W3cIsMissing()) return;
  testing::TemporaryGraph graph;
  testing::Tally tally("effects of updates");
  for (const Entry& entry : testing::W3cEntries("UpdateEvaluationTest")) {
    INFO(entry.group << " " << entry.name);
    bool passed = RunEntry(graph.store(), entry);
    CHECK(passed);
    tally.Count(entry.group, passed);
  }
  CHECK(tally.total() > 90);
}

}  // namespace
}  // namespace sitgraph::queries
