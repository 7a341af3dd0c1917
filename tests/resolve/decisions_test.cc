// Decisions on who is who: their file, what they do to frames, and that the graph keeps them.
#include "src/resolve/decisions.h"

#include <catch2/catch.hpp>
#include <set>

#include "src/resolve/graph_writer.h"
#include "tests/resolve/frames.h"
#include "tests/temporary_folder.h"

using namespace sitgraph;
using resolve::ParseDecisions;

namespace {

const std::string kDecisions =
    "# who is who\n"
    "same,force/desert-guards,force/guards\n"
    "same,force/guards,force/guards-corps\n"
    "different,place/rasafa,r2,place/rasafa-2\n"
    "rename,force/guards-corps,Corps of Guards\n";

std::set<std::string> Subjects(const graph::Store& store, const std::string& label) {
  std::set<std::string> out;
  const auto snapshot = store.TakeSnapshot();
  const auto object = *snapshot->Find(graph::Term::String(label));
  if (!object) return out;
  for (auto cursor = snapshot->Match({.object = *object}); cursor->Valid(); cursor->Next()) {
    out.insert(
        snapshot->Resolve(cursor->quad().subject)->value().substr(std::string("https://w3id.org/sitgraph/id/").size()));
  }
  return out;
}

}  // namespace

TEST_CASE("a decisions file is read whole, and every wrong row is told") {
  const auto decisions = ParseDecisions(kDecisions, "d.csv");
  REQUIRE(decisions);
  CHECK(decisions->same.at("force/desert-guards") == "force/guards-corps");
  CHECK(decisions->names.size() == 1);

  struct {
    const char* text;
    const char* message;
  } const cases[] = {
      {"sane,place/a,place/b\n", "d.csv:1:1: unknown decision 'sane'\n  hint: did you mean 'same'?"},
      {"same,place/a\n", "d.csv:1:1: 'same' takes 3 fields, this row has 2"},
      {"same,place/a,force/b\n", "d.csv:1:14: 'place/a' and 'force/b' are of different kinds"},
      {"same,place/a,place/b\nsame,place/b,place/a\n", "d.csv:1:1: 'place/a' leads back to itself"},
      {"rename,Palmyra,Tadmur\n",
       "d.csv:1:8: 'Palmyra' is no id\n  hint: ids are as sitgraph show gives them, from the kind on: place/palmyra"},
      {"rename,place/a,\n", "d.csv:1:16: the new name is empty"},
  };
  for (const auto& one : cases) {
    CAPTURE(one.text);
    const auto wrong = ParseDecisions(one.text, "d.csv");
    REQUIRE(!wrong);
    CHECK(base::ToString(wrong.error().front()) == one.message);
  }
  CHECK(ParseDecisions("", "d.csv")->empty());
}

TEST_CASE("entities that are decided to be one become one in all that refers to them") {
  extract::Frame frame = test::CaptureFrame("r1");
  const auto other = test::AddEntity(frame, codebook::EntityKind::kForce, "Guards", "force/guards");
  frame.events[0].agent.push_back(other);
  frame.counts[0].entity = other;
  const extract::Frame out = resolve::Apply(*ParseDecisions(kDecisions, "d.csv"), frame);
  REQUIRE(out.entities.size() == 3);
  CHECK(out.entities[0].iri == "force/guards-corps");
  CHECK(out.entities[0].aliases == std::vector<std::string>{"Guards"});
  CHECK(out.events[0].agent == std::vector<extract::EntityId>{extract::EntityId{0}});
  CHECK(out.counts[0].entity == extract::EntityId{0});
}

TEST_CASE("a graph keeps its decisions, and reports put under others are put again") {
  const test::TemporaryFolder folder;
  auto store = std::move(*graph::Store::Open(folder.File("graph"), {.create = true}));
  {
    auto writer = *resolve::GraphWriter::Open(*store, nullptr, "");
    REQUIRE(writer.Put(test::CaptureFrame("r1"), "d"));
    CHECK(*writer.IsCurrent("r1", "d"));
    CHECK(!writer.SetDecisions("same,place/a\n", "d.csv"));
    REQUIRE(writer.SetDecisions(kDecisions, "d.csv"));
    CHECK_FALSE(*writer.IsCurrent("r1", "d"));
  }
  auto writer = *resolve::GraphWriter::Open(*store, nullptr, "");
  CHECK(*writer.Put(test::CaptureFrame("r1"), "d") == resolve::PutOutcome::kReplaced);
  REQUIRE(writer.Put(test::CaptureFrame("r2"), "d"));
  CHECK(*writer.IsCurrent("r1", "d"));
  CHECK(Subjects(*store, "Corps of Guards") == std::set<std::string>{"force/guards-corps"});
  CHECK(Subjects(*store, "Desert Guards") == std::set<std::string>{"force/guards-corps"});
  CHECK(Subjects(*store, "Rasafa") == std::set<std::string>{"place/rasafa", "place/rasafa-2"});
}
