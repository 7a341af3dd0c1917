// What several relation verbs share: events of an entity, in the order of time, by incident; the network of entities.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "graph/measures.h"
#include "queries/fact_reader.h"
#include "queries/relations/answer.h"
#include "queries/relations/event_network.h"

namespace sitgraph::queries {

// The chosen events in which an entity, or what lies within it, has one of the roles (bits of kEventRoles), by id. None
// where the graph does not know the entity.
base::Result<std::vector<graph::TermId>> EventsAround(const graph::Snapshot& snapshot, const EventNetwork& network,
                                                      const std::string& entity,
                                                      uint32_t roles = EventNetwork::kAllRoles);

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

// "capture (2), siege": the types of happenings, each with how many there are where it is not one.
std::string TypesOf(const std::vector<HappeningRow>& happenings);
// How the events are told, as words; "actual" alone is not worth one.
std::string FactualitiesOf(const std::vector<EntityEvent>& events);
// Sorts rows whose first cell is a name and whose third a number: the highest numbers first, then by name.
void SortByNumber(std::vector<AnswerRow>& rows);

// Whether a name says only of what sort a body is ("militants"): in two reports it need not be the same one.
bool IsGeneric(const EntityName& entity);

struct Range {
  double low = 0, high = 0;
};
// An open end counts like the other one; what lies below a sole upper bound from 0 on.
Range RangeOf(const ReportedCount& count);
// Whether the count is a part of another one of the same event.
bool IsPartOfTold(const ReportedCount& count, const EntityEvent& event);

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
