// When: which time expression belongs to which event.
#pragma once

#include <vector>

#include "src/extract/claims.h"
#include "src/extract/events.h"
#include "src/extract/language_facts.h"

namespace sitgraph::extract {

void AddTimes(const std::vector<Reading>& readings, const SentenceFacts& facts, const std::vector<Claim>& claims,
              std::vector<EventDraft>& drafts);

}  // namespace sitgraph::extract
