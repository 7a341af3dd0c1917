// How many: numbers with what they count, the event it belongs to, and the total it is part of.
#pragma once

#include <vector>

#include "src/extract/events.h"
#include "src/extract/language_facts.h"

namespace sitgraph::extract {

// A count on its way into the frame; `draft` is an index into the drafts, or -1.
struct CountDraft {
  Count count;
  int32_t draft = -1;
  uint32_t sentence = 0;
  int32_t part_of = -1;  // index into the count drafts
};

std::vector<CountDraft> FindCounts(const std::vector<Reading>& readings, const SentenceFacts& facts,
                                   std::string_view text, EntityBook& book, const std::vector<EventDraft>& drafts);

}  // namespace sitgraph::extract
