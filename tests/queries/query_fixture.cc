// The sentences and events here are made up; places and forces are real ones.
#include "tests/queries/query_fixture.h"

#include <catch2/catch.hpp>

#include "base/text.h"
#include "graph/vocabulary.h"

namespace sitgraph::queries::testing {
namespace {

using graph::Term;
namespace vocabulary = graph::vocabulary;

std::string Expand(std::string_view name) {
  size_t colon = name.find(':');
  REQUIRE(colon != std::string_view::npos);
  std::string_view prefix = name.substr(0, colon), local = name.substr(colon + 1);
  if (prefix == "id") return vocabulary::Iri(vocabulary::kDefaultBase, local);
  for (const auto& [known, iri] : vocabulary::kPrefixes) {
    if (known == prefix) return vocabulary::Iri(iri, local);
  }
  FAIL("unknown prefix in the test's data: " << name);
  return {};
}

Term ReadTerm(std::string_view text) {
  if (text.starts_with("_:")) return Term::Blank(std::string(text.substr(2)));
  if (!text.starts_with('"')) return Term::Iri(Expand(text));
  size_t end = text.rfind('"');
  std::string value(text.substr(1, end - 1));
  std::string_view rest = text.substr(end + 1);
  if (rest.starts_with('@')) return Term::LangString(value, std::string(rest.substr(1)));
  if (rest.starts_with("^^")) return Term::Typed(value, Expand(rest.substr(2)));
  return Term::String(value);
}

}  // namespace

base::Status KeptRows::Begin(const std::vector<std::string>& names, const Prefixes& used) {
  variables = names;
  prefixes = used;
  return {};
}

base::Status KeptRows::Row(std::span<const std::optional<Term>> cells) {
  std::string row;
  for (const auto& cell : cells) {
    if (&cell != &cells.front()) row += " | ";
    row += cell ? ToReadable(*cell, prefixes) : "-";
  }
  rows.push_back(row);
  return {};
}

base::Status KeptRows::Boolean(bool answer) {
  rows.push_back(answer ? "yes" : "no");
  return {};
}

base::Status KeptRows::End() {
  ended = true;
  return {};
}

TemporaryGraph::TemporaryGraph() {
  auto opened =
      graph::Store::Open(folder_.path() + "/graph", {.create = true, .read_only = false, .cache_bytes = 1 << 20});
  REQUIRE(opened.has_value());
  store_ = std::move(*opened);
}

void TemporaryGraph::Add(const std::string& graph_name, std::string_view lines) {
  Term graph = graph_name.empty() ? Term() : Term::Iri(Expand("id:" + graph_name));
  auto transaction = store_->Begin();
  for (std::string_view line : base::Split(lines, '\n')) {
    line = base::Trim(line);
    if (line.empty()) continue;
    INFO(line);
    size_t first = line.find(' '), second = line.find(' ', first + 1);
    REQUIRE(second != std::string_view::npos);
    REQUIRE(transaction->Add({ReadTerm(line.substr(0, first)), ReadTerm(line.substr(first + 1, second - first - 1)),
                              ReadTerm(line.substr(second + 1)), graph}));
  }
  REQUIRE(transaction->Commit());
}

std::vector<std::string> TemporaryGraph::Ask(std::string_view query, const QueryOptions& options) {
  KeptRows kept;
  auto snapshot = Snapshot();
  auto summary = RunQuery(*snapshot, query, options, kept);
  if (!summary) return {base::ToString(summary.error())};
  return kept.rows;
}

void TemporaryGraph::AddReports() {
  Add("", R"(
    id:place/raqqa rdf:type sg:Place
    id:place/raqqa skos:prefLabel "Raqqa"
    id:place/raqqa skos:altLabel "Ar-Raqqah"
    id:place/raqqa wgs:lat "35.95"^^xsd:decimal
    id:place/raqqa wgs:long "39.01"^^xsd:decimal
    id:place/raqqa sg:within id:place/raqqa-governorate
    id:place/raqqa-governorate rdf:type sg:Place
    id:place/raqqa-governorate skos:prefLabel "Raqqa Governorate"
    id:place/palmyra rdf:type sg:Place
    id:place/palmyra skos:prefLabel "Palmyra"
    id:place/palmyra skos:altLabel "Tadmur"
    id:force/syrian-army rdf:type sg:Force
    id:force/syrian-army skos:prefLabel "Syrian Army"
    id:force/syrian-army skos:altLabel "SAA"
    id:force/sdf rdf:type sg:Force
    id:force/sdf skos:prefLabel "Syrian Democratic Forces"
    id:force/isis rdf:type sg:Force
    id:force/isis skos:prefLabel "Islamic State"
    id:organization/observatory rdf:type sg:Organization
    id:organization/observatory skos:prefLabel "The Observatory"
    id:people/civilians rdf:type sg:People
    id:people/civilians skos:prefLabel "civilians"
  )");
  Add("report/r1", R"(
    id:report/r1 rdf:type sg:Report
    id:report/r1 dct:identifier "r1"
    id:report/r1 dct:title "Army retakes the ancient city"
    id:report/r1 dct:publisher "Desert Post"
    id:report/r1 dct:date "2017-03-03"^^xsd:date
    id:event/r1/1 rdf:type sg:Event
    id:event/r1/1 sem:eventType sgt:capture
    id:event/r1/1 rdfs:label "capture"
    id:event/r1/1 sg:agent id:force/syrian-army
    id:event/r1/1 sg:target id:force/isis
    id:event/r1/1 sg:place id:place/palmyra
    id:event/r1/1 sg:begin "2017-03-02"^^xsd:date
    id:event/r1/1 sg:end "2017-03-02"^^xsd:date
    id:event/r1/1 sg:timeText "on Thursday"
    id:event/r1/1 sg:factuality sg:actual
    id:event/r1/1 sg:confidence "0.9"^^xsd:decimal
    id:event/r1/1 prov:hadPrimarySource id:report/r1
    id:event/r1/1 sg:evidence id:evidence/r1/1
    id:evidence/r1/1 rdf:type oa:TextPositionSelector
    id:evidence/r1/1 oa:start "10"^^xsd:integer
    id:evidence/r1/1 oa:end "17"^^xsd:integer
    id:evidence/r1/1 oa:exact "retook"
    id:evidence/r1/1 sg:sentence "The army retook Palmyra from Islamic State on Thursday."
    id:event/r1/2 rdf:type sg:Event
    id:event/r1/2 sem:eventType sgt:casualties
    id:event/r1/2 sg:agent id:force/isis
    id:event/r1/2 sg:target id:people/civilians
    id:event/r1/2 sg:place id:place/palmyra
    id:event/r1/2 sg:begin "2017-02"^^xsd:gYearMonth
    id:event/r1/2 sg:factuality sg:actual
    id:event/r1/2 sg:source id:organization/observatory
    id:event/r1/2 prov:hadPrimarySource id:report/r1
    id:event/r1/2 sg:count id:count/r1/1
    id:event/r1/2 sg:evidence id:evidence/r1/2
    id:evidence/r1/2 rdf:type oa:TextPositionSelector
    id:evidence/r1/2 oa:start "90"^^xsd:integer
    id:evidence/r1/2 oa:end "96"^^xsd:integer
    id:evidence/r1/2 oa:exact "killed"
    id:evidence/r1/2 sg:sentence "The Observatory says more than 40 civilians were killed there in February."
    id:count/r1/1 rdf:type sg:Count
    id:count/r1/1 schema:minValue "40"^^xsd:integer
    id:count/r1/1 sg:qualifier "more-than"
    id:count/r1/1 sg:unit "person"
    id:count/r1/1 sg:of "civilians"
    id:count/r1/1 sg:counts id:people/civilians
    id:count/r1/1 sg:harm "killed"
    id:count/r1/1 prov:hadPrimarySource id:report/r1
    id:force/syrian-army sgr:capture id:place/palmyra
    id:force/syrian-army sgr:opposes id:force/isis
  )");
  Add("report/r2", R"(
    id:report/r2 rdf:type sg:Report
    id:report/r2 dct:identifier "r2"
    id:report/r2 dct:title "Two cities change hands"
    id:report/r2 dct:publisher "Northern Wire"
    id:report/r2 dct:date "2017-10-18"^^xsd:date
    id:event/r2/1 rdf:type sg:Event
    id:event/r2/1 sem:eventType sgt:capture
    id:event/r2/1 sg:agent id:force/sdf
    id:event/r2/1 sg:place id:place/raqqa
    id:event/r2/1 sg:begin "2017-10-17"^^xsd:date
    id:event/r2/1 sg:factuality sg:actual
    id:event/r2/1 sg:source id:organization/observatory
    id:event/r2/1 prov:hadPrimarySource id:report/r2
    id:event/r2/1 sg:evidence id:evidence/r2/1
    id:evidence/r2/1 rdf:type oa:TextPositionSelector
    id:evidence/r2/1 oa:exact "took"
    id:evidence/r2/1 sg:sentence "The Observatory reports that the SDF took Raqqa on 17 October."
    id:event/r2/2 rdf:type sg:Event
    id:event/r2/2 sem:eventType sgt:capture
    id:event/r2/2 sg:agent id:force/syrian-army
    id:event/r2/2 sg:place id:place/palmyra
    id:event/r2/2 sg:factuality sg:negated
    id:event/r2/2 prov:hadPrimarySource id:report/r2
    id:force/sdf sgr:capture id:place/raqqa
    id:force/syrian-army sgr:opposes id:force/isis
  )");
}

}  // namespace sitgraph::queries::testing
