// When: which time expression belongs to which event.
#pragma once

#include <vector>

#include "src/extract/claims.h"
#include "src/extract/events.h"

namespace sitgraph::extract {

void AddTimes(const std::vector<Reading>& readings, const SentenceFacts& facts, const std::vector<Claim>& claims,
              std::vector<EventDraft>& drafts);

// A report that tells of one day only tells of all its attacks and what they did on that day, where nothing else is
// said. Runs behind the merging of retellings, which it must not decide.
void AddNewsDay(std::vector<EventDraft>& drafts);

}  // namespace sitgraph::extract
