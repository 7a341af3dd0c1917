// What stands beside the events of an answer in their reports: denials, accusations, numbers without an event.
#pragma once

#include <string>
#include <vector>

#include "queries/fact_reader.h"
#include "queries/relations/verb_tools.h"

namespace sitgraph::queries {

// Who denies something within a sentence or two after one of the events; where `agents` (IRIs) are given, only they,
// wherever in the events' reports.
base::Result<std::vector<std::string>> DeniersOf(const graph::Snapshot& snapshot, FactReader& facts,
                                                 const std::vector<HappeningRow>& happenings,
                                                 const std::vector<std::string>& agents);

// Accusations of somebody within a sentence or two after one of the events.
base::Result<std::vector<EntityEvent>> AccusationsOver(const graph::Snapshot& snapshot, FactReader& facts,
                                                       const std::vector<HappeningRow>& happenings);
// The parties of an event in one role: "soldiers, Palmyra".
std::string NamesIn(const EntityEvent& event, std::string_view role);

struct LooseCount {
  std::string words, sentence;  // "more than 900 mines"
  SourceReport report;
};
LooseCount ReadLooseCount(FactReader& facts, const std::string& iri);

}  // namespace sitgraph::queries
