// What is in a graph, at a glance: reports, events by type, entities by class and which are met most often.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.h"
#include "graph/store.h"

namespace sitgraph::queries {

struct Tally {
  std::string name;
  uint64_t number = 0;
};

struct EntityClass {
  std::string name;  // "Place", "Force", ...
  uint64_t entities = 0;
  std::vector<Tally> foremost;  // those that take part in most events, with how many
};

struct GraphSummary {
  uint64_t reports = 0, events = 0, counts = 0;
  std::string first_date, last_date;  // of the reports, as written; empty where none tells its date
  std::vector<Tally> events_by_type;  // most frequent first
  std::vector<Tally> events_by_factuality;
  std::vector<EntityClass> classes;
};

// Reads the statements that give classes, types, factuality and roles once: O(events). Memory: 16 bytes an entity and
// an event.
base::Result<GraphSummary> Summarise(const graph::Snapshot& snapshot, size_t foremost = 5);

std::string ToText(const GraphSummary& summary);
// One JSON object with the fields above, in their order.
std::string ToJson(const GraphSummary& summary);

}  // namespace sitgraph::queries
