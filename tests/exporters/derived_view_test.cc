// The derived views, filters, layouts.
#include "exporters/derived_view.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <set>
#include <sstream>

#include "exporters/component_layout.h"
#include "exporters/constructed_view.h"
#include "exporters/force_layout.h"
#include "exporters/looks.h"
#include "exporters/views.h"
#include "tests/exporters/test_graph.h"

namespace sitgraph::exporters {
namespace {

using namespace test;

// Three events of two reports: twice an attack of rebels on the army in Homs, once a denied one; a move of the rebels.
Quads War() {
  Quads g;
  const Term rebels = g.Entity("force/rebels", "Force", "Rebels");
  const Term army = g.Entity("force/army", "Force", "Army");
  const Term ministry = g.Entity("organization/ministry", "Organization", "Ministry");
  const Term homs = g.Place("place/homs", "Homs", "34.73", "36.71");
  const Term hama = g.Place("place/hama", "Hama", "35.13", "36.75");
  const Term syria = g.Entity("place/syria", "Place", "Syria");
  g.Add(homs, Sg("within"), syria);
  g.Add(hama, Sg("within"), syria);
  const Term r1 = g.Report("report/r1", "One");
  const Term r2 = g.Report("report/r2", "Two");
  g.Add(rebels, Term::Iri(v::Iri(v::kSgr, "opposes")), army, r1);
  const auto attack = [&](const Term& report, std::string_view id, std::string day, std::string_view factuality) {
    const Term event = g.Event(report, id, "attack", "attack");
    g.Add(event, Sg("agent"), rebels, report);
    g.Add(event, Sg("target"), army, report);
    g.Add(event, Sg("place"), homs, report);
    g.Add(event, Sg("begin"), XsdDate(day), report);
    g.Add(event, Sg("end"), XsdDate(day), report);
    g.Add(event, Sg("factuality"), Sg(factuality), report);
    return event;
  };
  attack(r1, "report/r1/attack-1", "2018-05-01", "actual");
  attack(r2, "report/r2/attack-1", "2018-05-09", "actual");
  g.Add(attack(r2, "report/r2/attack-2", "2018-06-01", "negated"), Sg("source"), ministry, r2);
  const Term move = g.Event(r1, "report/r1/withdrawal-9", "withdrawal", "withdrawal");
  g.Add(move, Sg("agent"), rebels, r1);
  g.Add(move, Sg("origin"), homs, r1);
  g.Add(move, Sg("destination"), hama, r1);
  return g;
}

std::string Dump(const graph::Snapshot& snapshot, ViewKind kind, const Filter& filter = {}, bool reports = false) {
  auto view = MakeView(snapshot, kind, {.reports = reports, .filter = filter});
  INFO((view ? "" : base::ToString(view.error())));
  REQUIRE(view);
  std::ostringstream out;
  const auto id = [](const std::string& iri) { return NodeId(iri, v::kDefaultBase); };
  REQUIRE((*view)->ForEachNode([&](const Node& node) -> base::Status {
    out << id(node.iri) << " events=" << node.events << " sources=" << node.sources << " degree=" << node.degree
        << '\n';
    return {};
  }));
  REQUIRE((*view)->ForEachEdge([&](const Edge& edge) -> base::Status {
    out << id(edge.source) << " -" << edge.kind << "-> " << id(edge.target) << ' ' << edge.weight << '/' << edge.reports
        << ' ' << base::ToIso(edge.days.first) << ".." << base::ToIso(edge.days.last) << '\n';
    return {};
  }));
  return out.str();
}

TEST_CASE("actors: an edge is what one did to another, with its events, reports and days") {
  const TestStore store(War().quads());
  CHECK(Dump(store.snapshot(), ViewKind::kActors) ==
        "force:army events=2 sources=2 degree=2\n"
        "force:rebels events=2 sources=2 degree=2\n"
        "force:rebels -attack-> force:army 2/2 2018-05-01..2018-05-09\n"
        "force:rebels -opposes-> force:army 1/1 ..\n");
}

TEST_CASE("places: who acted where, and who went from where to where") {
  const TestStore store(War().quads());
  CHECK(Dump(store.snapshot(), ViewKind::kPlaces) ==
        "force:rebels events=3 sources=2 degree=3\n"
        "place:hama events=1 sources=1 degree=3\n"
        "place:homs events=3 sources=2 degree=4\n"
        "place:syria events=0 sources=0 degree=2\n"
        "force:rebels -withdrawal-> place:hama 1/1 ..\n"
        "force:rebels -attack-> place:homs 2/2 2018-05-01..2018-05-09\n"
        "force:rebels -withdrawal-> place:homs 1/1 ..\n"
        "place:hama -within-> place:syria 1/0 ..\n"
        "place:homs -withdrawal-> place:hama 1/1 ..\n"
        "place:homs -within-> place:syria 1/0 ..\n");
}

TEST_CASE("claims: who says and who denies; the report where nobody is named") {
  const TestStore store(War().quads());
  const std::string dump = Dump(store.snapshot(), ViewKind::kClaims, {}, true);
  CHECK(dump.find("organization:ministry -denies-> report:r2:attack-2 1/1 2018-06-01..2018-06-01\n") != dump.npos);
  CHECK(dump.find("report:r1 -says-> report:r1:attack-1 1/1") != dump.npos);
  CHECK(dump.find("report:r2 -says-> report:r2:attack-2") == dump.npos);
  CHECK(dump.find("report:r2:attack-2 -target-> force:army") != dump.npos);
}

TEST_CASE("what a query constructs are edges, and RDF") {
  const TestStore store(ExampleGraph().quads());
  const auto triple = [](Term s, std::string_view p, Term o) {
    return graph::Triple{std::move(s), Term::Iri("http://example.org/" + std::string(p)), std::move(o)};
  };
  const Term army = Id("force/syrian-army"), rastan = Id("place/rastan"), other = Term::Iri("http://example.org/x");
  std::vector<graph::Triple> triples = {triple(army, "near", rastan),
                                        triple(army, "a/near", rastan),
                                        triple(other, "like", Term::Blank("b")),
                                        triple(army, "size", Term::Integer(5)),
                                        {other, Term::Iri(v::Iri(v::kRdfs, "label")), Term::String("the other")}};
  auto view = ConstructedView::Create(store.snapshot(), triples);
  REQUIRE(view);
  std::vector<std::string> found;
  REQUIRE((*view)->ForEachNode([&](const Node& node) -> base::Status {
    found.push_back(node.label + " " + std::string(Name(node.kind)));
    return {};
  }));
  REQUIRE((*view)->ForEachEdge([&](const Edge& edge) -> base::Status {
    found.push_back(edge.source + " " + edge.kind + " " + edge.target + " " + std::to_string(edge.weight));
    return {};
  }));
  CHECK(found == std::vector<std::string>{"b thing", "the other thing", "Syrian Arab Army force", "Al-Rastan place",
                                          "http://example.org/x like _:b 1",
                                          army.value() + " near " + rastan.value() + " 2"});
  CHECK((*view)->edges_left_out() == 1);
  const std::string rdf = store.Export("out.nt", {.format = exporters::Format::kNTriples, .constructed = triples});
  CHECK(std::count(rdf.begin(), rdf.end(), '\n') == 5);
  CHECK(rdf.find("<" + army.value() + "> <http://example.org/near> <" + rastan.value() + "> .\n") != rdf.npos);
  const auto refused = Export(
      store.snapshot(), {.path = store.folder().File("no"), .filter = {.types = {"capture"}}, .constructed = triples});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == base::ErrorCode::kUsage);
}

TEST_CASE("filters choose events and what they name") {
  const TestStore store(War().quads());
  const auto events = [&](const Filter& filter) {
    std::set<std::string> shown;
    std::istringstream lines(Dump(store.snapshot(), ViewKind::kEvents, filter));
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with("report:") && line.find(" events=") != line.npos)
        shown.insert(line.substr(7, line.find(' ') - 7));
    }
    return shown;
  };
  using Names = std::set<std::string>;
  const auto date = [](const char* text) { return base::ParseIso(text).value(); };
  CHECK(events({.since = date("2018-05-02")}) == Names{"r2:attack-1", "r2:attack-2"});
  CHECK(events({.until = date("2018-05")}) == Names{"r1:attack-1", "r2:attack-1"});
  CHECK(events({.since = date("2019")}).empty());
  CHECK(events({.types = {"Withdrawal"}}) == Names{"r1:withdrawal-9"});
  CHECK(events({.places = {Id("place/hama").value()}}) == Names{"r1:withdrawal-9"});
  CHECK(events({.places = {Id("place/syria").value()}}).size() == 4);
  CHECK(events({.types = {"attack"}, .places = {Id("place/hama").value()}}).empty());
  CHECK(events({.bound = {Id("report/r1/attack-1").value(), Id("force/army").value()}, .has_bound = true}) ==
        Names{"r1:attack-1"});
  CHECK(events({.bound = {Id("force/army").value()}, .has_bound = true}).size() == 3);
  CHECK(events({.has_bound = true}).empty());
  CHECK(Dump(store.snapshot(), ViewKind::kActors, {.until = date("2018-05-05")}) ==
        "force:army events=1 sources=1 degree=2\n"
        "force:rebels events=1 sources=1 degree=2\n"
        "force:rebels -attack-> force:army 1/1 2018-05-01..2018-05-01\n"
        "force:rebels -opposes-> force:army 1/1 ..\n");

  const auto unknown = MakeView(store.snapshot(), ViewKind::kEvents, {.filter = {.types = {"atack"}}});
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().hint == "did you mean attack? the graph has: attack withdrawal");
}

TEST_CASE("nodes that are not chosen are no loss") {
  const TestStore store(War().quads());
  auto view = MakeView(store.snapshot(), ViewKind::kEvents, {.filter = {.types = {"withdrawal"}}});
  REQUIRE(view);
  uint64_t edges = 0;
  REQUIRE((*view)->ForEachEdge([&](const Edge&) -> base::Status {
    ++edges;
    return {};
  }));
  CHECK(edges == 3);
  CHECK((*view)->edges_left_out() == 0);
}

double Distance(Position a, Position b) { return std::hypot(a.x - b.x, a.y - b.y); }

TEST_CASE("ForceAtlas2 draws together what is tied, and gives the same positions each time") {
  // Two cliques of ten, joined by one edge.
  std::vector<Position> start;
  std::vector<LayoutEdge> edges;
  for (uint32_t i = 0; i < 20; ++i) {
    start.push_back({std::cos(7.0 * i) * 100, std::sin(3.0 * i) * 100});
    for (uint32_t j = i + 1; j < 20; ++j) {
      if (i / 10 == j / 10) edges.push_back({i, j, 1});
    }
  }
  edges.push_back({0, 10, 1});
  const auto at = ForceAtlas2(start, edges, 300);
  REQUIRE(at.size() == 20);
  double within = 0, between = 0;
  for (size_t i = 0; i < 20; ++i) {
    REQUIRE(std::isfinite(at[i].x));
    for (size_t j = 0; j < 20; ++j) (i / 10 == j / 10 ? within : between) += Distance(at[i], at[j]);
  }
  CHECK(between > 2 * within);
  const auto again = ForceAtlas2(start, edges, 300);
  for (size_t i = 0; i < 20; ++i) CHECK(Distance(at[i], again[i]) == 0);
  CHECK(ForceAtlas2({}, {}, 10).empty());
  CHECK(ForceAtlas2({{0, 0}, {0, 0}}, {{0, 1, 1}}, 10).size() == 2);  // on one point: no forces, no division by zero
}

TEST_CASE("parts that nothing ties lie around the largest, within what Gephi leaves as it is") {
  std::vector<Position> start(20'000);
  for (size_t i = 0; i < start.size(); ++i) start[i].x = static_cast<double>(i);
  const auto at = LayOutComponents(start, {{0, 1, 1}, {1, 2, 1}});
  REQUIRE(at.size() == start.size());
  double farthest = 0;
  std::set<std::pair<double, double>> points;
  for (const Position& each : at) {
    farthest = std::max({farthest, std::abs(each.x), std::abs(each.y)});
    points.emplace(each.x, each.y);
  }
  CHECK(farthest <= 4000);
  CHECK(farthest > 3900);
  CHECK(points.size() == at.size());
  for (size_t i = 0; i < 3; ++i) CHECK(Distance(at[i], {}) < Distance(at.back(), {}));
}

TEST_CASE("layouts and sizes by name") {
  const TestStore store(War().quads());
  const auto positions = [&](Layout layout) {
    auto view = LooksView::Create(MakeView(store.snapshot(), ViewKind::kEvents, {}).value(), {.layout = layout});
    REQUIRE(view);
    size_t count = 0;
    REQUIRE((*view)->ForEachNode([&](const Node& node) -> base::Status {
      count += node.position ? 1 : 0;
      return {};
    }));
    return std::pair((*view)->layout(), count);
  };
  CHECK(positions(ParseLayout("auto").value()) == std::pair(Layout::kForceAtlas2, size_t{10}));
  CHECK(positions(ParseLayout("geo").value()) == std::pair(Layout::kGeo, size_t{10}));
  CHECK(positions(ParseLayout("none").value()) == std::pair(Layout::kNone, size_t{0}));
  CHECK_FALSE(ParseLayout("circle"));
  CHECK_FALSE(ParseSizeBy("weight"));
  CHECK_FALSE(ParseView("actor").error().hint.empty());
}

}  // namespace
}  // namespace sitgraph::exporters
