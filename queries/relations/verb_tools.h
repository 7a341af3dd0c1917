// What several relation verbs share: events in the order of time, incidents, the network of entities.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "graph/measures.h"
#include "queries/fact_reader.h"
#include "queries/relations/event_network.h"

namespace sitgraph::queries {

// Reads events, sorted by time, report and place in its text; those without a time last.
std::vector<EntityEvent> ReadByTime(FactReader& facts, const std::vector<graph::TermId>& events);

// Events that tell one happening, the first of them as its face.
struct HappeningRow {
  std::vector<EntityEvent> events;
  std::set<std::string> reports;
};
// In the order of their first events.
std::vector<HappeningRow> GatherByIncident(FactReader& facts, const EventNetwork& network,
                                           const std::vector<graph::TermId>& events);
std::vector<std::string> IrisOf(const std::vector<EntityEvent>& events);

// "actual" alone is not worth a word.
std::string FactualityWord(const std::set<std::string>& factualities);

// Entities as nodes, in the order of their IRIs; an edge where two have events in common.
struct EntityNetwork {
  std::vector<graph::TermId> entities;
  std::map<graph::TermId, uint32_t> node_of;
  graph::Network network;                                                         // weight: incidents in common
  std::map<std::pair<uint32_t, uint32_t>, std::vector<graph::TermId>> events_of;  // by edge, a < b
};
// `roles`: bits of kEventRoles that tie. Of an event with many parties each is tied to its first only.
EntityNetwork TieEntities(FactReader& facts, const EventNetwork& events, uint32_t roles);

}  // namespace sitgraph::queries
