// A graph on disk for one test, filled quad by quad, and a small example in the form that src/resolve writes.
#pragma once

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "exporters/export.h"
#include "graph/store.h"
#include "graph/vocabulary.h"
#include "tests/temporary_folder.h"

namespace sitgraph::test {

namespace v = graph::vocabulary;
using graph::Quad;
using graph::Term;

inline Term Sg(std::string_view local) { return Term::Iri(v::Iri(v::kSg, local)); }
inline Term Id(std::string_view local) { return Term::Iri(v::Iri(v::kDefaultBase, local)); }
inline Term RdfType() { return Term::Iri(v::Iri(v::kRdf, "type")); }
inline Term PrefLabel() { return Term::Iri(v::Iri(v::kSkos, "prefLabel")); }
inline Term XsdDate(std::string date) { return Term::Typed(std::move(date), v::Iri(v::kXsd, "date")); }

// Collects quads; Store() writes them into a RocksDB of its own.
class Quads {
 public:
  void Add(Term subject, Term predicate, Term object, Term graph = Term()) {
    quads_.push_back({std::move(subject), std::move(predicate), std::move(object), std::move(graph)});
  }
  // An entity of the default graph: class and preferred label.
  Term Entity(std::string_view id, std::string_view class_name, std::string label) {
    Add(Id(id), RdfType(), Sg(class_name));
    Add(Id(id), PrefLabel(), Term::String(std::move(label)));
    return Id(id);
  }
  Term Place(std::string_view id, std::string label, std::string latitude, std::string longitude) {
    const Term place = Entity(id, "Place", std::move(label));
    const std::string decimal = v::Iri(v::kXsd, "decimal");
    Add(place, Term::Iri(v::Iri(v::kWgs, "lat")), Term::Typed(std::move(latitude), decimal));
    Add(place, Term::Iri(v::Iri(v::kWgs, "long")), Term::Typed(std::move(longitude), decimal));
    return place;
  }
  // A report, in its own graph.
  Term Report(std::string_view id, std::string title) {
    const Term report = Id(id);
    Add(report, RdfType(), Sg("Report"), report);
    Add(report, Term::Iri(v::Iri(v::kDct, "identifier")), Term::String(std::string(id)), report);
    Add(report, Term::Iri(v::Iri(v::kDct, "title")), Term::String(std::move(title)), report);
    Add(report, Term::Iri(v::Iri(v::kDct, "date")), XsdDate("2018-05-08"), report);
    return report;
  }
  Term Event(const Term& report, std::string_view id, std::string_view type, std::string label) {
    const Term event = Id(id);
    Add(event, RdfType(), Sg("Event"), report);
    Add(event, Term::Iri(v::Iri(v::kSem, "eventType")), Term::Iri(v::Iri(v::kSgt, type)), report);
    Add(event, Term::Iri(v::Iri(v::kRdfs, "label")), Term::String(std::move(label)), report);
    Add(event, Term::Iri(v::Iri(v::kProv, "hadPrimarySource")), report, report);
    return event;
  }
  // Evidence of a subject at a code point offset.
  void Evidence(const Term& subject, const Term& report, std::string_view id, int64_t start, std::string sentence) {
    Add(subject, Sg("evidence"), Id(id), report);
    Add(Id(id), RdfType(), Term::Iri(v::Iri(v::kOa, "TextPositionSelector")), report);
    Add(Id(id), Term::Iri(v::Iri(v::kOa, "start")), Term::Integer(start), report);
    Add(Id(id), Sg("sentence"), Term::String(std::move(sentence)), report);
  }

  const std::vector<Quad>& quads() const { return quads_; }
  std::vector<Quad>& quads() { return quads_; }

 private:
  std::vector<Quad> quads_;
};

// A store in a folder of its own.
class TestStore {
 public:
  explicit TestStore(const std::vector<Quad>& quads) {
    auto store = graph::Store::Open(folder_.File("graph"), {.create = true});
    REQUIRE(store);
    store_ = std::move(*store);
    auto transaction = store_->Begin();
    for (const Quad& quad : quads) REQUIRE(transaction->Add(quad));
    REQUIRE(transaction->Commit());
    snapshot_ = store_->TakeSnapshot();
  }
  const graph::Snapshot& snapshot() const { return *snapshot_; }
  const TemporaryFolder& folder() const { return folder_; }

  // Exports into a file of the folder and returns its content.
  std::string Export(const std::string& name, exporters::ExportOptions options) const {
    options.path = folder_.File(name);
    const auto summary = exporters::Export(snapshot(), options);
    INFO((summary ? "" : base::ToString(summary.error())));
    REQUIRE(summary);
    return Content(options.path);
  }
  static std::string Content(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

 private:
  TemporaryFolder folder_;
  std::unique_ptr<graph::Store> store_;
  std::unique_ptr<const graph::Snapshot> snapshot_;
};

// Two reports that tell of one town: a capture, a departure with counts, a denied shelling; relations of their actors.
inline Quads ExampleGraph() {
  Quads g;
  const Term tigers = g.Entity("force/tiger-forces", "Force", "Tiger Forces");
  const Term army = g.Entity("force/syrian-army", "Force", "Syrian Arab Army");
  const Term observatory = g.Entity("organization/observatory", "Organization", "Observatory");
  const Term hassan = g.Entity("person/suheil-hassan", "Person", "Suheil al-Hassan");
  const Term residents = g.Entity("people/residents", "People", "residents");
  const Term homs = g.Place("place/homs", "Homs Governorate", "34.73", "36.71");
  const Term rastan = g.Place("place/rastan", "Al-Rastan", "34.92", "36.73");
  g.Add(rastan, Sg("within"), homs);
  g.Add(rastan, Term::Iri(v::Iri(v::kSkos, "altLabel")), Term::String("Rastan"));
  const Term r1 = g.Report("report/r1", "Northern Homs & the <corridor>");
  const Term r2 = g.Report("report/r2", "Observatory daily");
  const auto sgr = [](std::string_view local) { return Term::Iri(v::Iri(v::kSgr, local)); };
  for (const Term& report : {r1, r2}) g.Add(tigers, sgr("part-of"), army, report);
  g.Add(hassan, sgr("has-role"), Term::String("commander"), r1);
  g.Add(hassan, sgr("member-of"), tigers, r1);

  const Term capture = g.Event(r1, "report/r1/event/10-capture", "capture", "capture: Al-Rastan");
  g.Add(capture, Sg("agent"), tigers, r1);
  g.Add(capture, Sg("target"), rastan, r1);
  g.Add(capture, Sg("place"), rastan, r1);
  g.Add(capture, Sg("begin"), Term::Typed("2018-05", v::Iri(v::kXsd, "gYearMonth")), r1);
  g.Add(capture, Sg("end"), Term::Typed("2018-05", v::Iri(v::kXsd, "gYearMonth")), r1);
  g.Add(capture, Sg("timeText"), Term::String("in May"), r1);
  g.Add(capture, Sg("factuality"), Sg("actual"), r1);
  g.Add(capture, Sg("confidence"), Term::Decimal(0.75), r1);
  g.Evidence(capture, r1, "report/r1/evidence/90", 90, "Later they held it.");
  g.Evidence(capture, r1, "report/r1/evidence/9", 9, "The Tiger Forces took Al-Rastan in May.");
  g.Add(tigers, sgr("capture"), rastan, r1);

  const Term departure = g.Event(r1, "report/r1/event/50-depart", "depart", "depart: residents");
  g.Add(departure, Sg("agent"), residents, r1);
  g.Add(departure, Sg("origin"), rastan, r1);
  g.Add(departure, Sg("begin"), XsdDate("2018-05-07"), r1);
  g.Add(departure, Sg("factuality"), Sg("actual"), r1);
  const auto count = [&](std::string_view id, int64_t at, int64_t low, int64_t high, std::string of) {
    g.Add(departure, Sg("count"), Id(id), r1);
    g.Add(Id(id), RdfType(), Sg("Count"), r1);
    if (low > 0) g.Add(Id(id), Term::Iri(v::Iri(v::kSchema, "minValue")), Term::Integer(low), r1);
    if (high > 0) g.Add(Id(id), Term::Iri(v::Iri(v::kSchema, "maxValue")), Term::Integer(high), r1);
    g.Add(Id(id), Sg("of"), Term::String(std::move(of)), r1);
    g.Add(Id(id), Sg("qualifier"), Term::String(low == high ? "exact" : "more-than"), r1);
    g.Evidence(Id(id), r1, std::string(id) + "/evidence", at, "…");
  };
  count("report/r1/count/2", 60, 13407, 13407, "persons");
  count("report/r1/count/1", 70, 160, 0, "vehicles");

  const Term shelling = g.Event(r2, "report/r2/event/5-attack", "attack", "attack: Syrian Arab Army");
  g.Add(shelling, Sg("agent"), army, r2);
  g.Add(shelling, Sg("source"), observatory, r2);
  g.Add(shelling, Sg("begin"), Term::Typed("--05-07", v::Iri(v::kXsd, "gMonthDay")), r2);
  g.Add(shelling, Sg("factuality"), Sg("negated"), r2);
  return g;
}

}  // namespace sitgraph::test
