// Incidents: which events of several reports are one happening, and that the graph has them whatever came first.
#include "src/resolve/incidents.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <set>

#include "graph/vocabulary.h"
#include "src/resolve/gather.h"
#include "src/resolve/graph_writer.h"
#include "tests/resolve/frames.h"
#include "tests/temporary_folder.h"

using namespace sitgraph;
using resolve::Gather;
using resolve::Happening;
using resolve::TimeKind;

namespace {

const codebook::Codebook& Shipped() {
  static const auto kCodebook = codebook::Codebook::Load(std::string(SITGRAPH_SOURCE_DIR) + "/codebook");
  REQUIRE(kCodebook.has_value());
  return *kCodebook;
}

// One report with one event, in few words.
struct Told {
  std::string report, type = "capture", place = "place/palmyra";
  base::PartialDate day = {2017, 3, 2};
  std::string agent = "force/syrian-arab-army";
  double number = 0;
  extract::Factuality factuality = extract::Factuality::kActual;
  base::PartialDate published = {2017, 3, 4};
};

extract::Frame FrameOf(const Told& told) {
  extract::Frame frame;
  frame.report.id = told.report;
  frame.report.title = told.report;
  frame.report.sha256 = std::string(64, told.report.back());
  frame.report.published = told.published;
  extract::Event event;
  event.type = told.type;
  event.trigger = test::At(10, told.type);
  event.factuality = told.factuality;
  if (!told.place.empty()) {
    event.place = {test::AddEntity(frame, codebook::EntityKind::kPlace, told.place.substr(6), told.place)};
  }
  if (!told.agent.empty()) {
    event.agent = {test::AddEntity(frame, codebook::EntityKind::kForce, told.agent.substr(6), told.agent)};
  }
  if (!told.day.empty()) event.time = extract::TimeValue{told.day, told.day, "then"};
  frame.events.push_back(event);
  if (told.number > 0) {
    extract::Count count;
    count.event = extract::EventId{0};
    count.min = count.max = told.number;
    count.unit = "person";
    count.harm = extract::Harm::kKilled;
    count.mention = test::At(20, "dead");
    frame.counts.push_back(count);
  }
  return frame;
}

struct Graph {
  test::TemporaryFolder folder;
  std::unique_ptr<graph::Store> store = std::move(*graph::Store::Open(folder.File("graph"), {.create = true}));
  resolve::GraphWriter writer = *resolve::GraphWriter::Open(*store, &Shipped(), "");

  void Put(const Told& told) { REQUIRE(writer.Put(FrameOf(told), told.report)); }
  std::set<std::string> Quads() const {
    std::set<std::string> out;
    const auto snapshot = store->TakeSnapshot();
    const auto text = [&](graph::TermId id) { return graph::ToNTriples(*snapshot->Resolve(id)); };
    for (auto cursor = snapshot->Match({}); cursor->Valid(); cursor->Next()) {
      const auto& q = cursor->quad();
      out.insert(text(q.subject) + " " + text(q.predicate) + " " + text(q.object) +
                 (q.graph == graph::kDefaultGraphId ? "" : " " + text(q.graph)));
    }
    return out;
  }
  size_t Count(std::string_view sg_term) const {
    const auto quads = Quads();
    const std::string iri = "<" + graph::vocabulary::Iri(graph::vocabulary::kSg, sg_term) + ">";
    return static_cast<size_t>(std::count_if(quads.begin(), quads.end(), [&](const std::string& quad) {
      return quad.find(" " + iri) != std::string::npos;
    }));
  }
};

// How many of the events end up in one incident of two reports.
size_t Gathered(const Told& a, const Told& b) {
  Graph graph;
  graph.Put(a);
  graph.Put(b);
  REQUIRE(graph.writer.Settle());
  return graph.Count("member");
}

}  // namespace

TEST_CASE("events that tell one happening are gathered, others stay apart") {
  struct Case {
    std::string what;
    Told a, b;
    bool same;
  };
  const std::vector<Case> cases = {
      {"two voices on one capture", {"r1"}, {"r2"}, true},
      {"another town", {"r1"}, {.report = "r2", .place = "place/raqqa"}, false},
      {"another month", {"r1"}, {.report = "r2", .day = {2017, 4, 2}}, false},
      {"told as on the next day, by the same force", {"r1"}, {.report = "r2", .day = {2017, 3, 3}}, true},
      {"another force, on the next day",
       {"r1"},
       {.report = "r2", .day = {2017, 3, 3}, .agent = "force/hezbollah"},
       false},
      {"another kind of event", {"r1"}, {.report = "r2", .type = "siege"}, false},
      {"a wider type and nobody named", {"r1", "airstrike"}, {.report = "r2", .type = "attack", .agent = ""}, true},
      {"a plan is no happening", {"r1"}, {.report = "r2", .factuality = extract::Factuality::kIntended}, false},
      {"no day, but a report of these days", {"r1"}, {.report = "r2", .day = {}}, true},
      {"no day, and a report of a year later", {"r1"}, {.report = "r2", .day = {}, .published = {2018, 3, 4}}, false},
      {"tolls that differ by little",
       {"r1", "casualties", "place/khan-shaykhun", {2017, 4, 4}, "", 72},
       {"r2", "casualties", "place/khan-shaykhun", {2017, 4, 4}, "", 86},
       true},
      {"tolls of two kinds of deaths on one day",
       {"r1", "casualties", "place/idlib", {2017, 4, 4}, "", 2},
       {"r2", "casualties", "place/khan-shaykhun", {2017, 4, 4}, "", 86},
       false},
  };
  for (const Case& one : cases) {
    CAPTURE(one.what);
    CHECK(Gathered(one.a, one.b) == (one.same ? 2 : 0));
    CHECK(Gathered(one.b, one.a) == (one.same ? 2 : 0));
  }
}

TEST_CASE("a denial is linked to what it denies") {
  Graph graph;
  graph.Put({"r1", "airstrike"});
  graph.Put({.report = "r2", .type = "airstrike", .factuality = extract::Factuality::kNegated});
  REQUIRE(graph.writer.Settle());
  CHECK(graph.Count("denies") == 1);
  REQUIRE(graph.writer.Remove("r2"));
  REQUIRE(graph.writer.Settle());
  CHECK(graph.Count("denies") == 0);
  CHECK(graph.Count("Incident") == 0);
}

TEST_CASE("incidents depend on the reports alone, not on their order, steps or what was there before") {
  std::vector<Told> told;
  const char* places[] = {"place/palmyra", "place/idlib", "place/khan-shaykhun", "place/raqqa"};
  for (uint8_t i = 0; i < 24; ++i) {
    told.push_back(
        {.report = "r" + std::string(1, static_cast<char>('a' + i)),
         .type = i % 3 == 0 ? "attack" : "airstrike",
         .place = places[i % 4],
         .day = i % 5 == 4 ? base::PartialDate{} : base::PartialDate{2017, 3, static_cast<uint8_t>(1 + i % 3)},
         .agent = i % 2 == 0 ? "" : "force/syrian-arab-army",
         .number = static_cast<double>(i % 7 == 0 ? 0 : 10 + i % 3)});
  }
  Graph fresh;
  for (const Told& one : told) fresh.Put(one);
  REQUIRE(fresh.writer.Settle());
  const auto expected = fresh.Quads();
  REQUIRE(fresh.Count("Incident") > 3);

  std::mt19937 random(7);
  for (int round = 0; round < 5; ++round) {
    CAPTURE(round);
    std::shuffle(told.begin(), told.end(), random);
    Graph graph;
    Told other = told.front();
    other.place = "place/raqqa";
    REQUIRE(graph.writer.Put(FrameOf(other), "an earlier version"));
    graph.Put({.report = "gone", .type = "airstrike"});
    for (const Told& one : told) {
      graph.Put(one);
      if (random() % 4 == 0) REQUIRE(graph.writer.Settle());
    }
    REQUIRE(graph.writer.Settle());
    REQUIRE(graph.writer.Remove("gone"));
    REQUIRE(graph.writer.Settle());
    CHECK(graph.Quads() == expected);
    CHECK(*graph.store->Check() == std::vector<std::string>{});
    CHECK(graph.writer.Settle()->blocks == 0);
  }
}

TEST_CASE("a happening survives its record") {
  const auto frame = FrameOf({"r1", "casualties", "place/khan-shaykhun", {2017, 4, 4}, "force/hezbollah", 86});
  const auto statements = resolve::ToStatements(frame, "https://example.org/", &Shipped());
  const auto happenings = resolve::HappeningsOf(frame, statements, "https://example.org/", &Shipped());
  REQUIRE(happenings.size() == 1);
  const std::string bytes = resolve::Encode(happenings[0]);
  const auto back = resolve::DecodeHappening(bytes);
  REQUIRE(back);
  CHECK(resolve::Encode(*back) == bytes);
  CHECK(back->block == "casualties https://example.org/place/idlib-governorate");
  for (size_t cut = 0; cut < bytes.size(); ++cut) resolve::DecodeHappening(bytes.substr(0, cut));
}

TEST_CASE("a block of one day and one town is gathered in n log n") {
  std::vector<Happening> many;
  for (int i = 0; i < 40000; ++i) {
    Happening h;
    h.event = "e" + std::to_string(i);
    h.report = "r" + std::to_string(i);
    h.type = "airstrike";
    h.sites = {"p"};
    h.fine = true;
    h.begin = h.end = 17000 + i % 3;
    h.agents = {{"a" + std::to_string(i % 1000), true, false, {}}};
    many.push_back(std::move(h));
  }
  const auto incidents = Gather(many);
  size_t members = 0;
  for (const auto& incident : incidents) members += incident.size();
  CHECK(members <= many.size());
  CHECK(!incidents.empty());
}
