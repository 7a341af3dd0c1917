// The relation verbs over a few reports that tell, copy, contradict and deny each other.
#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "queries/relations/sources.h"
#include "queries/relations/verbs.h"
#include "tests/queries/query_fixture.h"

namespace sitgraph::queries {
namespace {

using testing::TemporaryGraph;

const std::string kBase = "https://w3id.org/sitgraph/id/";

// Keeps the events of a small war.
class War {
 public:
  War() {
    Entity("place/rasafa", "Place", "Rasafa");
    Entity("place/harda", "Place", "Harda");
    Entity("place/river-province", "Place", "River Province");
    Entity("force/guards", "Force", "Desert Guards");
    Entity("force/league", "Force", "River League");
    Entity("force/scouts", "Force", "Hill Scouts");
    Entity("person/orhan", "Person", "Orhan Demir");
    graph_.Add("", "id:place/rasafa sg:within id:place/river-province");
    graph_.Add("", "id:place/harda sg:within id:place/river-province");
  }

  void Report(const std::string& id, const std::string& publisher, const std::string& date) {
    graph_.Add("report/" + id, fmt::format("id:report/{0} rdf:type sg:Report\n"
                                           "id:report/{0} dct:identifier \"{0}\"\n"
                                           "id:report/{0} dct:publisher \"{1}\"\n"
                                           "id:report/{0} dct:date \"{2}\"^^xsd:date\n",
                                           id, publisher, date));
  }

  // "agent=force/guards place=place/rasafa begin=2018-05-07"
  void Event(const std::string& report, const std::string& type, const std::string& day, const std::string& roles,
             const std::string& sentence, const std::string& factuality = "actual") {
    const std::string node = fmt::format("id:report/{}/{}", report, type);
    std::string lines = fmt::format(
        "{0} rdf:type sg:Event\n{0} sem:eventType sgt:{1}\n{0} sg:factuality sg:{2}\n"
        "{0} prov:hadPrimarySource id:report/{3}\n{0} sg:evidence {0}/evidence\n"
        "{0}/evidence sg:sentence \"{4}\"\n",
        node, type, factuality, report, sentence);
    if (!day.empty()) lines += fmt::format("{0} sg:begin \"{1}\"^^xsd:date\n{0} sg:end \"{1}\"^^xsd:date\n", node, day);
    for (size_t at = 0; at < roles.size();) {
      const size_t equals = roles.find('=', at), end = std::min(roles.find(' ', at), roles.size());
      lines += fmt::format("{} sg:{} id:{}\n", node, roles.substr(at, equals - at),
                           roles.substr(equals + 1, end - equals - 1));
      at = end + 1;
    }
    graph_.Add("report/" + report, lines);
  }

  void Count(const std::string& report, const std::string& type, int least, int most, const std::string& of,
             const std::string& more = "") {
    const std::string node = fmt::format("id:report/{}/{}", report, type),
                      count = fmt::format("{}/{}-{}", node, of, least);
    graph_.Add("report/" + report,
               fmt::format("{0} sg:count {1}\n{1} schema:minValue \"{2}\"^^xsd:integer\n"
                           "{1} schema:maxValue \"{3}\"^^xsd:integer\n{1} sg:unit \"person\"\n{1} sg:of \"{4}\"\n"
                           "{1} sg:harm \"killed\"\n{5}",
                           node, count, least, most, of, more.empty() ? "" : fmt::format("{} {}\n", count, more)));
  }

  void Incident(const std::string& id, const std::vector<std::string>& members) {
    graph_.Add("", fmt::format("id:incident/{0} rdf:type sg:Incident\nid:incident/{0} rdfs:label \"{0}\"\n", id));
    for (const std::string& member : members) {
      graph_.Add("", fmt::format("id:incident/{} sg:member id:report/{}", id, member));
    }
  }

  std::unique_ptr<const graph::Snapshot> Snapshot() { return graph_.Snapshot(); }
  TemporaryGraph& graph() { return graph_; }

 private:
  void Entity(const std::string& id, const std::string& kind, const std::string& name) {
    graph_.Add("", fmt::format("id:{0} rdf:type sg:{1}\nid:{0} skos:prefLabel \"{2}\"", id, kind, name));
  }
  TemporaryGraph graph_;
};

// Each row's cells, joined.
std::vector<std::string> Rows(const base::Result<Answer>& answer) {
  REQUIRE(answer);
  std::vector<std::string> out;
  for (const AnswerRow& row : answer->rows) {
    REQUIRE(row.cells.size() == answer->columns.size());
    out.emplace_back();
    for (const AnswerCell& cell : row.cells) out.back() += (out.back().empty() ? "" : " | ") + cell.text;
  }
  return out;
}

void TellOfRasafa(War& war) {
  war.Report("a", "Desert Post", "2018-05-08");
  war.Report("b", "River News", "2018-05-08");
  war.Report("c", "League Radio", "2018-05-09");
  war.Event("a", "casualties", "2018-05-07", "agent=force/guards place=place/rasafa",
            "The shelling of Rasafa by the Desert Guards killed 40 people on Monday.");
  war.Count("a", "casualties", 40, 40, "people");
  war.Count("a", "casualties", 12, 12, "children", "sg:partOf id:report/a/casualties/people-40");
  war.Event("b", "casualties", "2018-05-07", "agent=force/guards place=place/rasafa",
            "The shelling of Rasafa by the Desert Guards killed 40 people on Monday, residents said.");
  war.Count("b", "casualties", 44, 50, "people");
  war.Event("c", "casualties", "2018-05-07", "agent=force/scouts place=place/rasafa",
            "It was the Hill Scouts who fired, the radio said.", "negated");
  war.Incident("rasafa", {"a/casualties", "b/casualties", "c/casualties"});
}

TEST_CASE("totals count an incident once, with its range, and no part beside its whole") {
  War war;
  TellOfRasafa(war);
  war.Event("c", "battle", "2018-06-01", "agent=force/league place=place/harda", "Five died at Harda.");
  war.Count("c", "battle", 5, 5, "people");
  const auto snapshot = war.Snapshot();
  CHECK(Rows(Totals(*snapshot, {}, {}, TotalsBy::kType)) ==
        std::vector<std::string>{"battle | killed | person | 5 | 5 | 5 | 1 | 0",
                                 "casualties | killed | person | 40 | 40 | 50 | 1 | 1"});
  CHECK(Rows(Totals(*snapshot, kBase + "place/harda", {}, TotalsBy::kType)).size() == 1);
  CHECK(Rows(Totals(*snapshot, kBase + "place/river-province", {}, TotalsBy::kType)).size() == 2);
  const auto by_month = Rows(Totals(*snapshot, {}, {.until = {2018, 5, 0}}, TotalsBy::kMonth));
  REQUIRE(by_month.size() == 1);
  CHECK(by_month[0].starts_with("2018-05 | casualties"));
}

TEST_CASE("compare sets voices side by side, counts copies once and names the denial") {
  War war;
  TellOfRasafa(war);
  const auto answer = CompareIncident(*war.Snapshot(), kBase + "incident/rasafa");
  const auto rows = Rows(answer);
  REQUIRE(rows.size() == 4);
  CHECK(rows[0].find("Desert Post, 2018-05-08 [a]") != std::string::npos);
  CHECK(rows[3].find("together | 2 independent of 3 | agree | differ") != std::string::npos);
  CHECK(rows[3].find("40 to 50 killed, best 40") != std::string::npos);
  CHECK(answer->notes == std::vector<std::string>{"rasafa: denied in League Radio, 2018-05-09 [c]"});

  const auto both = CompareReports(*war.Snapshot(), kBase + "report/a", kBase + "report/b");
  CHECK(Rows(both).size() == 4);
  CHECK(both->notes.size() == 3);
  CHECK(*FindIncidentOrReport(*war.Snapshot(), kBase, "a") == kBase + "report/a");
  CHECK(*FindIncidentOrReport(*war.Snapshot(), kBase, "incident/rasafa") == kBase + "incident/rasafa");
  CHECK(FindIncidentOrReport(*war.Snapshot(), kBase, "d").error().code == base::ErrorCode::kNotFound);
}

TEST_CASE("sentences are copies by their runs of words") {
  CHECK(Resemblance("The army took the town on Monday.", "The army took the town on Monday") == Approx(1));
  CHECK(Resemblance("The army took the town on Monday morning.", "the ARMY took the town on Monday") >= kCopied);
  CHECK(Resemblance("The army took the town on Monday.", "Rebels say they hold the town still.") < kCopied);
  CHECK(Resemblance("", "") == 0);
}

TEST_CASE("paths run over events and relations, shortest first, and tell what each step means") {
  War war;
  war.Report("a", "Desert Post", "2018-05-08");
  war.Event("a", "capture", "2018-05-07", "agent=force/guards place=place/rasafa source=person/orhan",
            "Guards took Rasafa.");
  war.Event("a", "battle", "2018-05-06", "agent=force/guards target=force/league", "Guards fought the League.");
  war.graph().Add("report/a", "id:force/scouts sgr:member-of id:force/league");
  const auto snapshot = war.Snapshot();
  const auto rows = Rows(FindPaths(*snapshot, kBase + "force/scouts", kBase + "place/rasafa", {}, {.paths = 1}));
  REQUIRE(rows.size() == 3);
  CHECK(rows[0] == "1 | Hill Scouts | member-of | River League");
  CHECK(rows[1] == "1 | River League | battle (target and agent, 2018-05-06) | Desert Guards");
  CHECK(rows[2] == "1 | Desert Guards | capture (agent and place, 2018-05-07) | Rasafa");
  const auto backwards = Rows(FindPaths(*snapshot, kBase + "place/rasafa", kBase + "force/scouts", {}, {.paths = 1}));
  CHECK(backwards.back() == "1 | River League | has it as member-of | Hill Scouts");
  CHECK(Rows(FindPaths(*snapshot, kBase + "force/scouts", kBase + "place/rasafa", {.types = {"battle"}}, {})).empty());
  CHECK(Rows(FindPaths(*snapshot, kBase + "force/scouts", kBase + "place/rasafa", {}, {.max_steps = 2})).empty());
  // Two ways, the one over parties before the one over who says so.
  const auto two = FindPaths(*snapshot, kBase + "person/orhan", kBase + "force/guards", {}, {.paths = 2});
  REQUIRE(two);
  CHECK(two->rows.size() == 3);
  CHECK(two->rows[0].cells[2].text == "capture (source and agent, 2018-05-07)");
}

TEST_CASE("timeline, between, neighbours, where and control show incidents once") {
  War war;
  TellOfRasafa(war);
  war.Event("a", "capture", "2018-05-08", "agent=force/guards target=force/league place=place/rasafa",
            "Guards took Rasafa from the League.");
  war.Event("b", "capture", "2018-06-08", "agent=force/league place=place/rasafa", "The League took it back.");
  const auto snapshot = war.Snapshot();
  const auto timeline = Rows(Timeline(*snapshot, kBase + "place/rasafa", {}));
  REQUIRE(timeline.size() == 3);
  CHECK(timeline[0].starts_with("2018-05-07 | casualties | Desert Guards at Rasafa | "));
  CHECK(timeline[0].find("44 to 50 people killed | actual, negated | Desert Post") != std::string::npos);
  CHECK(timeline[0].ends_with(" | 3"));
  CHECK(Rows(Timeline(*snapshot, kBase + "place/river-province", {})).size() == 3);
  CHECK(Rows(Timeline(*snapshot, kBase + "place/rasafa", {.since = {2018, 6, 0}})).size() == 1);
  CHECK(Rows(Between(*snapshot, kBase + "force/guards", kBase + "force/league", {})).size() == 1);
  CHECK(Rows(Between(*snapshot, kBase + "force/scouts", kBase + "force/league", {})).empty());
  const auto neighbours = Rows(Neighbours(*snapshot, kBase + "force/guards", {}));
  REQUIRE(neighbours.size() == 2);
  CHECK(neighbours[0] == "Rasafa | Place | 2 | capture, casualties | 2018-05-07 | 2018-05-08");
  CHECK(Rows(Where(*snapshot, {}, {}))[0] == "Rasafa | River Province | 3 | capture (2), casualties |  | ");
  CHECK(Rows(Where(*snapshot, kBase + "force/scouts", {})).size() == 1);
  // A place stands for what lies within it too.
  CHECK(Rows(Neighbours(*snapshot, kBase + "place/river-province", {})).size() == 4);
  CHECK(Rows(Where(*snapshot, kBase + "place/river-province", {})).size() == 1);
  const auto control = Rows(Control(*snapshot, kBase + "place/rasafa", {}));
  REQUIRE(control.size() == 2);
  CHECK(control[0] == "2018-05-08 | Rasafa | capture | Desert Guards | River League | 2018-06-08 |  | 1");
  CHECK(Rows(Control(*snapshot, kBase + "place/harda", {})).empty());
  CHECK(Rows(Control(*snapshot, kBase + "place/river-province", {.places = {kBase + "place/rasafa"}})).size() == 2);
  CHECK(Rows(Control(*snapshot, kBase + "place/river-province", {.places = {kBase + "place/harda"}})).empty());
}

TEST_CASE("filters narrow by type, source, publisher and factuality; an unknown type is named") {
  War war;
  TellOfRasafa(war);
  const auto snapshot = war.Snapshot();
  const auto number = [&](const EventFilter& filter) {
    return Rows(Timeline(*snapshot, kBase + "place/rasafa", filter)).size();
  };
  CHECK(number({.factualities = {"negated"}}) == 1);
  CHECK(number({.factualities = {"intended"}}) == 0);
  CHECK(number({.sources = {"League Radio"}}) == 1);
  CHECK(number({.sources = {kBase + "report/a"}}) == 1);
  CHECK(number({.sources = {"Nobody"}}) == 0);
  const auto wrong = Timeline(*snapshot, kBase + "place/rasafa", {.types = {"casualtys"}});
  REQUIRE(!wrong);
  CHECK(wrong.error().hint == "did you mean 'casualties'?");
}

TEST_CASE("rank and communities measure the network of events") {
  War war;
  TellOfRasafa(war);
  war.Event("a", "battle", "2018-05-06", "agent=force/guards target=force/league", "Guards fought the League.");
  const auto snapshot = war.Snapshot();
  const auto rows = Rows(Rank(*snapshot, {}, {}));
  REQUIRE(rows.size() == 4);
  CHECK(rows[0] == "1 | Desert Guards | Force | 2 | 3");
  CHECK(Rows(Rank(*snapshot, {}, {.kind = "place"})).size() == 1);
  CHECK(Rows(Rank(*snapshot, {}, {.by = RankBy::kBetweenness, .most = 1}))[0].starts_with("1 | Desert Guards"));
  CHECK(!Rows(FindCommunities(*snapshot, {}, 5)).empty());
}

TEST_CASE("an answer is text for people and JSON for programs, with the sentences") {
  War war;
  TellOfRasafa(war);
  const auto snapshot = war.Snapshot();
  const auto answer = Where(*snapshot, {}, {});
  REQUIRE(answer);
  CHECK(*ToText(*answer, *snapshot, {.evidence = true, .max_evidence = 1}) ==
        "place   within          events  types       latitude  longitude\n"
        "------  --------------  ------  ----------  --------  ---------\n"
        "Rasafa  River Province  1       casualties\n"
        "    \"The shelling of Rasafa by the Desert Guards killed 40 people on Monday.\" Desert Post, 2018-05-08 [a]\n"
        "    ... and 2 more\n");
  const std::string json = *ToJson(*answer, *snapshot, {});
  CHECK(json.find("\"events\": 1") != std::string::npos);
  CHECK(json.find("\"sentence\": \"It was the Hill Scouts") != std::string::npos);
}

}  // namespace
}  // namespace sitgraph::queries
