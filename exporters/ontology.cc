#include "exporters/ontology.h"

#include <fmt/format.h>

#include "exporters/json_ld_context.h"
#include "exporters/rdf_terms.h"
#include "graph/term.h"

namespace sitgraph::exporters {
namespace {

using graph::Term;

void AppendText(std::string& out, std::string_view predicate, const std::string& text, bool english) {
  if (text.empty()) return;
  out += " ;\n    ";
  out += predicate;
  out += ' ';
  AppendNTriplesTerm(out, english ? Term::LangString(text, "en") : Term::String(text));
}

std::string Joined(const std::string& a, std::string_view between, const std::string& b) {
  return a.empty() || b.empty() ? fmt::format("{}{}", a, b) : fmt::format("{}{}{}", a, between, b);
}

}  // namespace

std::string ConceptsText(const std::vector<EventConcept>& concepts) {
  const TurtleTerms terms("", {{"sgt", graph::vocabulary::kSgt}, {"sgr", graph::vocabulary::kSgr}});
  const auto append_iri = [&terms](std::string& out, const std::string& id) {
    terms.AppendIri(out, graph::vocabulary::Iri(graph::vocabulary::kSgt, id));
  };
  std::string out;
  for (const EventConcept& type : concepts) {
    out += '\n';
    append_iri(out, type.id);
    out += "\n    a skos:Concept, sem:EventType ;\n    skos:inScheme <https://w3id.org/sitgraph/type/>";
    AppendText(out, "skos:prefLabel", type.codes.label, true);
    AppendText(out, "skos:definition", type.definition, true);
    if (!type.parent.empty()) {
      out += " ;\n    skos:broader ";
      append_iri(out, type.parent);
    }
    AppendText(out, "sg:plover", Joined(type.codes.plover_event, "/", type.codes.plover_mode), false);
    AppendText(out, "sg:cameo", type.codes.cameo, false);
    AppendText(out, "sg:acled", Joined(type.codes.acled_event, ": ", type.codes.acled_sub_event), false);
    out += " .\n\n";
    // The short triple from agent to target of an event that is told as done.
    terms.AppendIri(out, graph::vocabulary::Iri(graph::vocabulary::kSgr, type.id));
    out += "\n    a owl:ObjectProperty";
    AppendText(out, "rdfs:label", type.codes.label, true);
    out += " ;\n    rdfs:seeAlso ";
    append_iri(out, type.id);
    out += " .\n";
  }
  return out;
}

std::string ContextText() { return "{\"@context\": " + JsonLdContext("") + "}\n"; }

}  // namespace sitgraph::exporters
