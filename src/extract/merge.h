// Headline, lead and body tell one event three times: retellings become one event.
#pragma once

#include <vector>

#include "src/extract/counts.h"
#include "src/extract/events.h"

namespace sitgraph::extract {

// Marks retellings as dropped and moves what they tell to the first telling. Counts of dropped events follow.
void MergeRetellings(const std::vector<Reading>& readings, const EntityBook& book, std::vector<EventDraft>& drafts,
                     std::vector<CountDraft>& counts);

}  // namespace sitgraph::extract
