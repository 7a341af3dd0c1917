// Where: the place of an event whose own words name none.
#pragma once

#include <vector>

#include "src/extract/events.h"

namespace sitgraph::extract {

// Fighting without a named place of its own happens at the named place of its sentence that stands nearest; what is
// aimed at on the ground is where it happens, too. Linear in the number of phrases and events of a sentence.
void AddPlaces(const std::vector<Reading>& readings, EntityBook& book, std::vector<EventDraft>& drafts);

}  // namespace sitgraph::extract
