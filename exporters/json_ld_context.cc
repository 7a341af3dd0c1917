#include "exporters/json_ld_context.h"

#include <unordered_map>

#include "exporters/json_text.h"
#include "exporters/rdf_terms.h"
#include "graph/vocabulary.h"

namespace sitgraph::exporters {
namespace {

namespace v = graph::vocabulary;

struct ContextTerm {
  std::string_view name, prefix_name, prefix, local;
  bool holds_iris;
};

constexpr ContextTerm kTerms[] = {
    {"agent", "sg", v::kSg, "agent", true},
    {"target", "sg", v::kSg, "target", true},
    {"partner", "sg", v::kSg, "partner", true},
    {"instrument", "sg", v::kSg, "instrument", true},
    {"place", "sg", v::kSg, "place", true},
    {"origin", "sg", v::kSg, "origin", true},
    {"destination", "sg", v::kSg, "destination", true},
    {"source", "sg", v::kSg, "source", true},
    {"within", "sg", v::kSg, "within", true},
    {"evidence", "sg", v::kSg, "evidence", true},
    {"count", "sg", v::kSg, "count", true},
    {"factuality", "sg", v::kSg, "factuality", true},
    {"eventType", "sem", v::kSem, "eventType", true},
    {"primarySource", "prov", v::kProv, "hadPrimarySource", true},
    {"begin", "sg", v::kSg, "begin", false},
    {"end", "sg", v::kSg, "end", false},
    {"timeText", "sg", v::kSg, "timeText", false},
    {"confidence", "sg", v::kSg, "confidence", false},
    {"sentence", "sg", v::kSg, "sentence", false},
    {"exact", "oa", v::kOa, "exact", false},
    {"start", "oa", v::kOa, "start", false},
    {"label", "rdfs", v::kRdfs, "label", false},
    {"name", "skos", v::kSkos, "prefLabel", false},
    {"altName", "skos", v::kSkos, "altLabel", false},
    {"lat", "wgs", v::kWgs, "lat", false},
    {"long", "wgs", v::kWgs, "long", false},
};

// "geo" is a scheme of IRIs too ("geo:34.9,36.7"), so the context calls GeoSPARQL otherwise.
std::string_view PrefixName(const v::Prefix& prefix) { return prefix.name == "geo" ? "geosparql" : prefix.name; }

const std::unordered_map<std::string, const ContextTerm*>& TermsByIri() {
  static const auto* const kByIri = [] {
    auto* terms = new std::unordered_map<std::string, const ContextTerm*>;
    for (const ContextTerm& term : kTerms) terms->emplace(v::Iri(term.prefix, term.local), &term);
    return terms;
  }();
  return *kByIri;
}

const ContextTerm* Find(std::string_view iri) {
  const auto at = TermsByIri().find(std::string(iri));
  return at == TermsByIri().end() ? nullptr : at->second;
}

}  // namespace

std::string JsonLdContext(std::string_view base_iri) {
  std::string out = "{\n  \"@version\": 1.1";
  const auto entry = [&out](std::string_view name) {
    out += ",\n  ";
    AppendJsonString(out, name);
    out += ": ";
  };
  if (!base_iri.empty()) {
    entry("@base");
    AppendJsonString(out, base_iri);
  }
  for (const v::Prefix& prefix : v::kPrefixes) {
    entry(PrefixName(prefix));
    AppendJsonString(out, prefix.iri);
  }
  for (const ContextTerm& term : kTerms) {
    entry(term.name);
    const std::string iri = std::string(term.prefix_name) + ":" + std::string(term.local);
    if (term.holds_iris) out += "{\"@id\": ";
    AppendJsonString(out, iri);
    if (term.holds_iris) out += ", \"@type\": \"@id\"}";
  }
  return out + "\n}";
}

std::string JsonLdTermOf(std::string_view predicate_iri) {
  const ContextTerm* term = Find(predicate_iri);
  return term != nullptr ? std::string(term->name) : JsonLdCompact(predicate_iri);
}

std::string JsonLdCompact(std::string_view iri) {
  for (const v::Prefix& prefix : v::kPrefixes) {
    if (!iri.starts_with(prefix.iri) || !IsPlainLocalName(iri.substr(prefix.iri.size()))) continue;
    return std::string(PrefixName(prefix)) + ":" + std::string(iri.substr(prefix.iri.size()));
  }
  return std::string(iri);
}

bool JsonLdHoldsIris(std::string_view predicate_iri) {
  const ContextTerm* term = Find(predicate_iri);
  return term != nullptr && term->holds_iris;
}

}  // namespace sitgraph::exporters
