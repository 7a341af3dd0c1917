#include "src/resolve/statements.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "graph/vocabulary.h"
#include "tests/resolve/frames.h"

using namespace sitgraph;
using namespace sitgraph::graph;

namespace {

constexpr std::string_view kBase = "https://example.org/w/";

Term Id(const std::string& local) { return Term::Iri(std::string(kBase) + local); }
Term In(std::string_view prefix, std::string_view local) { return Term::Iri(vocabulary::Iri(prefix, local)); }

bool Has(const std::vector<Triple>& triples, const Triple& triple) {
  return std::find(triples.begin(), triples.end(), triple) != triples.end();
}

}  // namespace

TEST_CASE("an event carries type, roles, time, source and the sentence behind it") {
  const extract::Frame frame = test::CaptureFrame("r1");
  const resolve::Statements out = resolve::ToStatements(frame, kBase, nullptr);
  REQUIRE(out.report == Id("report/r1-00000000"));
  const Term event = Id("report/r1-00000000/capture-8");
  const Term evidence = Id("report/r1-00000000/capture-8/evidence");
  for (const Triple& expected : {
           Triple{event, In(vocabulary::kRdf, "type"), In(vocabulary::kSg, "Event")},
           Triple{event, In(vocabulary::kSem, "eventType"), In(vocabulary::kSgt, "capture")},
           Triple{event, In(vocabulary::kSg, "agent"), Id("force/desert-guards")},
           Triple{event, In(vocabulary::kSg, "place"), Id("place/rasafa")},
           Triple{event, In(vocabulary::kSg, "source"), Id("organization/rasafa-council")},
           Triple{event, In(vocabulary::kSg, "factuality"), In(vocabulary::kSg, "actual")},
           Triple{event, In(vocabulary::kSg, "begin"),
                  Term::Typed("2018-05-07", vocabulary::Iri(vocabulary::kXsd, "date"))},
           Triple{event, In(vocabulary::kProv, "hadPrimarySource"), out.report},
           Triple{event, In(vocabulary::kRdfs, "label"), Term::String("capture: Desert Guards → Rasafa")},
           Triple{event, In(vocabulary::kSg, "evidence"), evidence},
           Triple{evidence, In(vocabulary::kOa, "start"), Term::Integer(8)},
           Triple{evidence, In(vocabulary::kOa, "end"), Term::Integer(12)},
           Triple{evidence, In(vocabulary::kOa, "exact"), Term::String("took")},
           Triple{evidence, In(vocabulary::kSg, "sentence"), Term::String(frame.events[0].sentence.text)},
           Triple{Id("force/desert-guards"), In(vocabulary::kSgr, "capture"), Id("place/rasafa")},
           Triple{event, In(vocabulary::kSg, "count"), Id("report/r1-00000000/count-60")},
           Triple{Id("report/r1-00000000/count-60"), In(vocabulary::kSchema, "minValue"), Term::Integer(40)},
           Triple{Id("report/r1-00000000/count-60"), In(vocabulary::kSg, "qualifier"), Term::String("more-than")},
           Triple{Id("organization/rasafa-council"), In(vocabulary::kSgr, "located-in"), Id("place/rasafa")},
           Triple{out.report, In(vocabulary::kDct, "date"),
                  Term::Typed("2018-05-08", vocabulary::Iri(vocabulary::kXsd, "date"))},
       }) {
    INFO(ToNTriples(expected.subject) << " " << ToNTriples(expected.predicate) << " " << ToNTriples(expected.object));
    CHECK(Has(out.own, expected));
  }
  // An open range says nothing of its other end.
  for (const Triple& triple : out.own) CHECK(triple.predicate != In(vocabulary::kSchema, "maxValue"));
  CHECK(Has(out.shared, {Id("place/rasafa"), In(vocabulary::kRdf, "type"), In(vocabulary::kSg, "Place")}));
  CHECK(Has(out.shared, {Id("place/rasafa"), In(vocabulary::kSkos, "altLabel"), Term::String("Rasafa")}));
}

TEST_CASE("what is not told as done gives no short triple") {
  for (const auto factuality : {extract::Factuality::kNegated, extract::Factuality::kIntended,
                                extract::Factuality::kPossible, extract::Factuality::kDemanded}) {
    extract::Frame frame = test::CaptureFrame("r1");
    frame.events[0].factuality = factuality;
    const resolve::Statements out = resolve::ToStatements(frame, kBase, nullptr);
    for (const Triple& triple : out.own) CHECK(triple.predicate != In(vocabulary::kSgr, "capture"));
  }
}

TEST_CASE("partial dates keep their precision") {
  struct Case {
    base::PartialDate date;
    const char* text;
    const char* type;
  };
  for (const Case& c : {Case{{2018, 5, 0}, "2018-05", "gYearMonth"}, Case{{2018, 0, 0}, "2018", "gYear"},
                        Case{{0, 5, 7}, "--05-07", "gMonthDay"}, Case{{0, 5, 0}, "--05", "gMonth"}}) {
    INFO(c.text);
    extract::Frame frame = test::CaptureFrame("r1");
    frame.events[0].time = extract::TimeValue{c.date, std::nullopt, ""};
    const resolve::Statements out = resolve::ToStatements(frame, kBase, nullptr);
    CHECK(Has(out.own, {Id("report/r1-00000000/capture-8"), In(vocabulary::kSg, "begin"),
                        Term::Typed(c.text, vocabulary::Iri(vocabulary::kXsd, c.type))}));
    for (const Triple& triple : out.own) CHECK(triple.predicate != In(vocabulary::kSg, "end"));
  }
}

TEST_CASE("two events of one type at one place of the text stay two") {
  extract::Frame frame = test::CaptureFrame("r1");
  frame.events.push_back(frame.events[0]);
  const resolve::Statements out = resolve::ToStatements(frame, kBase, nullptr);
  CHECK(
      Has(out.own, {Id("report/r1-00000000/capture-8-2"), In(vocabulary::kRdf, "type"), In(vocabulary::kSg, "Event")}));
}

TEST_CASE("hostile frames give valid IRIs") {
  extract::Frame frame = test::CaptureFrame("a b/<../x>");
  frame.report.uri = "javascript:alert(\"x\") <y>";
  frame.entities[0].iri = "force/<bad iri>";
  frame.entities[1].iri = "http://elsewhere.example/place/7";
  frame.events[0].type = "cap ture>";
  const resolve::Statements out = resolve::ToStatements(frame, kBase, nullptr);
  const auto check = [](const Term& term) {
    INFO(term.value());
    if (term.is_iri()) CHECK(resolve::IsAbsoluteIri(term.value()));
  };
  for (const auto* triples : {&out.own, &out.shared}) {
    for (const Triple& triple : *triples) {
      check(triple.subject);
      check(triple.predicate);
      check(triple.object);
    }
  }
  // An IRI that others gave is kept where it can be.
  CHECK(std::any_of(out.own.begin(), out.own.end(),
                    [](const Triple& t) { return t.object == Term::Iri("http://elsewhere.example/place/7"); }));
}

TEST_CASE("IRIs are told from what only looks like them") {
  for (const char* iri : {"https://example.org/a", "urn:uuid:1-2", "tag:x,2018:y", "https://example.org/حمص"}) {
    INFO(iri);
    CHECK(resolve::IsAbsoluteIri(iri));
  }
  for (const char* iri :
       {"", "place/x", "http//x", "1http://x", "http://a b", "http://a<b", "http://a\nb", ":x", "http://\xff"}) {
    INFO(iri);
    CHECK_FALSE(resolve::IsAbsoluteIri(iri));
  }
}
