// The vocabulary as files for other programs: the ontology, SHACL shapes, the JSON-LD context.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "exporters/event_codes.h"

namespace sitgraph::exporters {

// exporters/ontology/*.ttl, as the binary carries them.
std::string_view OntologyText();
std::string_view ShapesText();

struct EventConcept {
  std::string id, parent, definition;
  EventCodes codes;
};
// The types of events as a SKOS scheme in Turtle, and for each the property of its short triples; to follow
// OntologyText().
std::string ConceptsText(const std::vector<EventConcept>& concepts);

// A JSON-LD document of the context alone.
std::string ContextText();

}  // namespace sitgraph::exporters
