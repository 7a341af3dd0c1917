#include "src/resolve/graph_writer.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "graph/vocabulary.h"
#include "tests/resolve/frames.h"
#include "tests/temporary_folder.h"

using namespace sitgraph;
using namespace sitgraph::graph;
using resolve::GraphWriter;
using resolve::PutOutcome;
using test::CaptureFrame;

namespace {

Term In(std::string_view prefix, std::string_view local) { return Term::Iri(vocabulary::Iri(prefix, local)); }
Term Id(const std::string& local) { return Term::Iri(std::string(vocabulary::kDefaultBase) + local); }

struct Graph {
  test::TemporaryFolder folder;
  std::unique_ptr<Store> store = std::move(*Store::Open(folder.File("graph"), {.create = true}));
  GraphWriter writer = *GraphWriter::Open(*store, nullptr, "");

  std::set<std::string> Quads() const {
    std::set<std::string> out;
    const auto snapshot = store->TakeSnapshot();
    const auto text = [&](TermId id) { return ToNTriples(*snapshot->Resolve(id)); };
    const auto cursor = snapshot->Match({});
    for (; cursor->Valid(); cursor->Next()) {
      const QuadIds& q = cursor->quad();
      out.insert(text(q.subject) + " " + text(q.predicate) + " " + text(q.object) +
                 (q.graph == kDefaultGraphId ? "" : " " + text(q.graph)));
    }
    REQUIRE(cursor->status());
    return out;
  }

  std::vector<std::string> Labels(const std::string& entity) const {
    std::vector<std::string> out;
    const std::string stem = ToNTriples(Id(entity)) + " " + ToNTriples(In(vocabulary::kSkos, "prefLabel")) + " ";
    for (const std::string& quad : Quads()) {
      if (quad.compare(0, stem.size(), stem) == 0) out.push_back(quad.substr(stem.size()));
    }
    return out;
  }

  void CheckSound() const {
    const auto problems = store->Check();
    REQUIRE(problems);
    CHECK(*problems == std::vector<std::string>{});
  }
};

}  // namespace

TEST_CASE("a report put twice changes nothing; a changed one replaces what it said") {
  Graph graph;
  CHECK(*graph.writer.Put(CaptureFrame("r1"), "d1") == PutOutcome::kAdded);
  const auto first = graph.Quads();
  CHECK(*graph.writer.IsCurrent("r1", "d1"));
  CHECK_FALSE(*graph.writer.IsCurrent("r1", "d2"));
  CHECK_FALSE(*graph.writer.IsCurrent("r2", "d1"));
  CHECK(*graph.writer.Put(CaptureFrame("r1"), "d1") == PutOutcome::kUnchanged);
  CHECK(graph.Quads() == first);

  extract::Frame changed = CaptureFrame("r1");
  changed.report.sha256[0] = 'f';  // another text
  changed.entities[0].name = "River Guards";
  changed.entities[0].iri = "force/river-guards";
  CHECK(*graph.writer.Put(changed, "d2") == PutOutcome::kReplaced);
  Graph fresh;
  CHECK(*fresh.writer.Put(changed, "d2") == PutOutcome::kAdded);
  CHECK(graph.Quads() == fresh.Quads());
  graph.CheckSound();
}

TEST_CASE("removing a report leaves what others say, and nothing of its own") {
  Graph graph;
  REQUIRE(graph.writer.Put(CaptureFrame("r1"), "d"));
  const auto alone = graph.Quads();
  REQUIRE(graph.writer.Put(CaptureFrame("r2"), "d"));
  CHECK(*graph.writer.Remove("r2"));
  CHECK(graph.Quads() == alone);
  CHECK(*graph.writer.Remove("r1"));
  CHECK(graph.Quads().empty());
  CHECK_FALSE(*graph.writer.Remove("r1"));
  graph.CheckSound();
}

TEST_CASE("the graph does not depend on the order of the reports") {
  // Three reports that name one place differently: it gets one label, the same in every order.
  const std::vector<extract::Frame> frames = {CaptureFrame("r1", "Rasafa"), CaptureFrame("r2", "al-Rasafa"),
                                              CaptureFrame("r3", "Ar-Rasafa")};
  std::vector<size_t> order = {0, 1, 2};
  std::optional<std::set<std::string>> expected;
  do {
    Graph graph;
    for (const size_t i : order) REQUIRE(graph.writer.Put(frames[i], "d"));
    CHECK(graph.Labels("place/rasafa").size() == 1);
    if (!expected) expected = graph.Quads();
    CHECK(graph.Quads() == *expected);
    graph.CheckSound();
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_CASE("a label goes with the last report that uses it") {
  Graph graph;
  REQUIRE(graph.writer.Put(CaptureFrame("r1", "al-Rasafa"), "d"));
  CHECK(graph.Labels("place/rasafa") == std::vector<std::string>{"\"al-Rasafa\""});
  REQUIRE(graph.writer.Put(CaptureFrame("r2", "Rasafa"), "d"));
  CHECK(graph.Labels("place/rasafa") == std::vector<std::string>{"\"Rasafa\""});
  REQUIRE(graph.writer.Remove("r2"));
  CHECK(graph.Labels("place/rasafa") == std::vector<std::string>{"\"al-Rasafa\""});
}

TEST_CASE("the base IRI is set once") {
  Graph graph;
  CHECK(*resolve::BaseIriOf(*graph.store->TakeSnapshot()) == vocabulary::kDefaultBase);
  CHECK(GraphWriter::Open(*graph.store, nullptr, "https://example.org/x/").error().code == base::ErrorCode::kConflict);
  CHECK(GraphWriter::Open(*graph.store, nullptr, vocabulary::kDefaultBase));
  test::TemporaryFolder folder;
  auto other = Store::Open(folder.File("graph"), {.create = true});
  REQUIRE(other);
  CHECK(GraphWriter::Open(**other, nullptr, "no iri").error().code == base::ErrorCode::kUsage);
  auto writer = GraphWriter::Open(**other, nullptr, "https://example.org/x/");
  REQUIRE(writer);
  REQUIRE(writer->Put(CaptureFrame("r1"), "d"));
  CHECK(*resolve::BaseIriOf(*(*other)->TakeSnapshot()) == "https://example.org/x/");
}

TEST_CASE("a frame without an id is refused") {
  Graph graph;
  CHECK(graph.writer.Put(CaptureFrame(""), "d").error().code == base::ErrorCode::kBadInput);
  CHECK(graph.writer.Put(CaptureFrame("a\nb"), "d").error().code == base::ErrorCode::kBadInput);
}

TEST_CASE("the reports of a graph are listed in order of their ids") {
  Graph graph;
  for (const char* id : {"b", "a", "c"}) REQUIRE(graph.writer.Put(CaptureFrame(id), "d"));
  std::vector<std::string> ids;
  REQUIRE(resolve::VisitReports(*graph.store->TakeSnapshot(), [&](const resolve::StoredReport& report) {
    ids.emplace_back(report.id);
    return true;
  }));
  CHECK(ids == std::vector<std::string>{"a", "b", "c"});
}
