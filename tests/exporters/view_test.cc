#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <sstream>

#include "exporters/views.h"
#include "tests/exporters/test_graph.h"

namespace sitgraph::exporters {
namespace {

using namespace test;

// One line a node, columns that are set; and one line an edge.
std::string Dump(const graph::Snapshot& snapshot, bool reports = false) {
  auto view = MakeView(snapshot, ViewKind::kEvents, {.reports = reports});
  REQUIRE(view);
  std::ostringstream out;
  const auto id = [](const std::string& iri) { return NodeId(iri, v::kDefaultBase); };
  REQUIRE((*view)->ForEachNode([&](const Node& n) -> base::Status {
    out << Name(n.kind) << ' ' << id(n.iri) << " '" << n.label << "'";
    const std::pair<const char*, std::string> texts[] = {
        {"type", n.event_type},    {"text", n.date_text},    {"factuality", n.factuality},
        {"counts", n.counts},      {"evidence", n.evidence}, {"report", n.report},
        {"title", n.report_title}, {"aliases", n.aliases},   {"roles", n.roles}};
    for (const auto& [name, text] : texts) {
      if (!text.empty()) out << ' ' << name << "='" << text << "'";
    }
    if (n.coordinates) out << " at=" << n.coordinates->latitude << "," << n.coordinates->longitude;
    if (!n.days.first.empty()) out << " days=" << base::ToIso(n.days.first) << ".." << base::ToIso(n.days.last);
    if (n.start_year) out << " year=" << *n.start_year;
    if (n.confidence) out << " confidence=" << *n.confidence;
    out << " sources=" << n.sources << '\n';
    return {};
  }));
  REQUIRE((*view)->ForEachEdge([&](const Edge& e) -> base::Status {
    out << id(e.source) << " -" << e.kind << "-> " << id(e.target) << " weight=" << e.weight
        << " reports=" << e.reports;
    if (!e.days.first.empty()) out << " days=" << base::ToIso(e.days.first) << ".." << base::ToIso(e.days.last);
    out << '\n';
    return {};
  }));
  if ((*view)->edges_left_out() > 0) out << "left out " << (*view)->edges_left_out() << '\n';
  return out.str();
}

TEST_CASE("the view of entities and events") {
  const TestStore store(ExampleGraph().quads());
  CHECK(Dump(store.snapshot()) ==
        "force force:syrian-army 'Syrian Arab Army' sources=2\n"
        "force force:tiger-forces 'Tiger Forces' sources=2\n"
        "organization organization:observatory 'Observatory' sources=1\n"
        "people people:residents 'residents' sources=1\n"
        "person person:suheil-hassan 'Suheil al-Hassan' roles='commander' sources=1\n"
        "place place:homs 'Homs Governorate' at=34.73,36.71 sources=0\n"
        "place place:rastan 'Al-Rastan' aliases='Rastan' at=34.92,36.73 sources=1\n"
        "event report:r1:event:10-capture 'capture: Al-Rastan' type='capture' text='in May' factuality='actual' "
        "evidence='The Tiger Forces took Al-Rastan in May.' report='report/r1' title='Northern Homs & the <corridor>' "
        "at=34.92,36.73 days=2018-05-01..2018-05-31 year=2018 confidence=0.75 sources=1\n"
        "event report:r1:event:50-depart 'depart: residents' type='depart' text='2018-05-07' factuality='actual' "
        "counts='13,407 persons; more than 160 vehicles' report='report/r1' title='Northern Homs & the <corridor>' "
        "at=34.92,36.73 days=2018-05-07.. year=2018 sources=1\n"
        "event report:r2:event:5-attack 'attack: Syrian Arab Army' type='attack' text='--05-07' factuality='negated' "
        "report='report/r2' title='Observatory daily' sources=1\n"
        "force:tiger-forces -part-of-> force:syrian-army weight=2 reports=2\n"
        "person:suheil-hassan -member-of-> force:tiger-forces weight=1 reports=1\n"
        "place:rastan -within-> place:homs weight=1 reports=0\n"
        "report:r1:event:10-capture -agent-> force:tiger-forces weight=1 reports=1 days=2018-05-01..2018-05-31\n"
        "report:r1:event:10-capture -place-> place:rastan weight=1 reports=1 days=2018-05-01..2018-05-31\n"
        "report:r1:event:10-capture -target-> place:rastan weight=1 reports=1 days=2018-05-01..2018-05-31\n"
        "report:r1:event:50-depart -agent-> people:residents weight=1 reports=1 days=2018-05-07..\n"
        "report:r1:event:50-depart -origin-> place:rastan weight=1 reports=1 days=2018-05-07..\n"
        "report:r2:event:5-attack -agent-> force:syrian-army weight=1 reports=1\n"
        "report:r2:event:5-attack -source-> organization:observatory weight=1 reports=1\n");
}

TEST_CASE("reports are nodes where asked for") {
  const TestStore store(ExampleGraph().quads());
  const std::string dump = Dump(store.snapshot(), true);
  CHECK(dump.find("report report:r1 'Northern Homs & the <corridor>'") != dump.npos);
  CHECK(dump.find("report:r1:event:10-capture -reported-in-> report:r1 weight=1 reports=1") != dump.npos);
}

TEST_CASE("a relation to what is no node is counted as left out") {
  Quads g;
  const Term report = g.Report("report/r", "T");
  const Term event = g.Event(report, "report/r/event/1", "attack", "attack");
  g.Add(event, Sg("agent"), Id("force/unknown"), report);
  g.Add(event, Sg("agent"), Term::Blank("b"), report);
  g.Add(event, Sg("target"), Term::String("a bridge"), report);  // a literal is no end of an edge, and no loss of one
  const TestStore store(g.quads());
  CHECK(Dump(store.snapshot()) ==
        "event report:r:event:1 'attack' type='attack' report='report/r' title='T' sources=1\nleft out 2\n");
}

TEST_CASE("of several preferred labels the one of most reports is shown") {
  TemporaryFolder folder;
  auto store = graph::Store::Open(folder.File("graph"), {.create = true});
  REQUIRE(store);
  auto transaction = (*store)->Begin();
  const auto share = [&](std::string_view report, std::string_view label) {
    REQUIRE(transaction->Share(Id(report), {Id("place/x"), RdfType(), Sg("Place")}));
    REQUIRE(transaction->Share(Id(report), {Id("place/x"), PrefLabel(), Term::String(std::string(label))}));
  };
  share("report/1", "Aleppo");
  share("report/2", "Halab");
  share("report/3", "Halab");
  REQUIRE(transaction->Commit());
  CHECK(Dump(*(*store)->TakeSnapshot()) == "place place:x 'Halab' aliases='Aleppo' sources=0\n");
}

TEST_CASE("what has no label is named by its IRI, and bad values are no values") {
  Quads g;
  g.Add(Id("force/nameless"), RdfType(), Sg("Force"));
  const Term place = g.Place("place/p", "P", "91", "20");
  const Term report = g.Report("report/r", "T");
  const Term event = g.Event(report, "report/r/event/1", "attack", "");
  g.Add(event, Sg("place"), place, report);
  g.Add(event, Sg("confidence"), Term::Typed("high", v::Iri(v::kXsd, "decimal")), report);
  g.Add(event, Sg("begin"), XsdDate("2018-13-01"), report);
  const TestStore store(g.quads());
  CHECK(Dump(store.snapshot()) ==
        "force force:nameless 'nameless' sources=0\n"
        "place place:p 'P' sources=1\n"
        "event report:r:event:1 'attack' type='attack' text='2018-13-01' report='report/r' title='T' sources=1\n"
        "report:r:event:1 -place-> place:p weight=1 reports=1\n");
}

TEST_CASE("places lie as on a map, events beside them, the rest around") {
  Quads g = ExampleGraph();
  const TestStore store(g.quads());
  auto view = MakeView(store.snapshot(), ViewKind::kEvents, {});
  REQUIRE(view);
  std::map<std::string, Position> at;
  REQUIRE((*view)->ForEachNode([&](const Node& node) -> base::Status {
    at[NodeId(node.iri, v::kDefaultBase)] = node.position.value();
    return {};
  }));
  CHECK(at["place:rastan"].y > at["place:homs"].y);  // north is up
  CHECK(at["place:rastan"].x > at["place:homs"].x);
  const auto distance = [](Position a, Position b) { return std::hypot(a.x - b.x, a.y - b.y); };
  CHECK(distance(at["place:rastan"], at["report:r1:event:10-capture"]) <= 15.1);
  CHECK(distance(at["report:r1:event:50-depart"], at["report:r1:event:10-capture"]) > 0);
  for (const char* id : {"force:tiger-forces", "person:suheil-hassan", "report:r2:event:5-attack"}) {
    INFO(id);
    CHECK(distance(at[id], {0, 0}) >= 749.9);
    CHECK(distance(at[id], {0, 0}) <= 1000.1);
  }
}

}  // namespace
}  // namespace sitgraph::exporters
