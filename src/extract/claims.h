// Who says so: the source of what a sentence tells, also where a quotation goes on without naming it.
#pragma once

#include <vector>

#include "src/extract/entities.h"
#include "src/extract/events.h"

namespace sitgraph::extract {

struct Claim {
  std::vector<EntityId> sources;
  bool carried = false;  // from an earlier sentence of the same quotation
  int32_t clause = -1;   // the clause of saying, whose own time is when it was said; -1: "according to" and headlines
};

// One claim for each reading.
std::vector<Claim> FindClaims(const std::vector<Reading>& readings, EntityBook& book);

// "We demand ...": whoever speaks acts, where a word is the act ("demand", "deny") or a body speaks.
void LetSpeakersAct(const Reading& reading, const Claim& claim, const EntityBook& book, EventDraft& draft);

}  // namespace sitgraph::extract
