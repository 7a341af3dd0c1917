// The relation verbs: questions about how entities, places, times and numbers hang together, each answered by a table
// whose rows name the events that they rest on. docs/relations.md shows them at work.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "base/error.h"
#include "graph/store.h"
#include "queries/relations/answer.h"
#include "queries/relations/event_network.h"

namespace sitgraph::queries {

// Entities are given by their IRIs (see FindEntities). All read the snapshot and change nothing; one that holds nothing
// to answer from gives an answer without rows and a note.

struct PathOptions {
  size_t paths = 3;
  size_t max_steps = 6;
};
// The ways from one entity to another, shortest first: over common events, relations, and places within places. A step
// over an event's parties is shorter than one over its place or its source; hubs are a little farther.
base::Result<Answer> FindPaths(const graph::Snapshot& snapshot, const std::string& from, const std::string& to,
                               const EventFilter& filter, const PathOptions& options);

// Who and what takes part in events with an entity, most events first; incidents count once.
base::Result<Answer> Neighbours(const graph::Snapshot& snapshot, const std::string& entity, const EventFilter& filter);

// What happened with or at an entity (places: within them too) by time, incidents as one row.
base::Result<Answer> Timeline(const graph::Snapshot& snapshot, const std::string& entity, const EventFilter& filter);

// All events of two entities, by time, with the role of each.
base::Result<Answer> Between(const graph::Snapshot& snapshot, const std::string& a, const std::string& b,
                             const EventFilter& filter);

// Where an entity's events (all, without one) took place, most first.
base::Result<Answer> Where(const graph::Snapshot& snapshot, const std::optional<std::string>& entity,
                           const EventFilter& filter);

enum class TotalsBy : uint8_t { kType, kWhat, kPlace, kMonth, kAgent };
// "type", "what", "place", "month", "agent".
std::optional<TotalsBy> TotalsByOf(std::string_view name);
// Sums of what is counted, by type, harm and unit, and by what is asked for besides. An incident that several reports
// count goes into a sum once: its lowest number into `low`, its highest into `high`, the middle one into `best`.
base::Result<Answer> Totals(const graph::Snapshot& snapshot, const std::optional<std::string>& entity,
                            const EventFilter& filter, TotalsBy by);

enum class RankBy : uint8_t { kDegree, kPageRank, kBetweenness };
std::optional<RankBy> RankByOf(std::string_view name);  // "degree", "pagerank", "betweenness"
struct RankOptions {
  RankBy by = RankBy::kDegree;
  std::string kind;  // "Force", ...; empty: all but people and materiel
  size_t most = 20;
};
// Entities by their place in the network of common events.
base::Result<Answer> Rank(const graph::Snapshot& snapshot, const EventFilter& filter, const RankOptions& options);

// Groups of entities that have more events with each other than with others, largest first.
base::Result<Answer> FindCommunities(const graph::Snapshot& snapshot, const EventFilter& filter, size_t most);

// Who held a place, or a part of it, from when to when: captures, sieges and withdrawals by time.
base::Result<Answer> Control(const graph::Snapshot& snapshot, const std::string& place, const EventFilter& filter);

// Who says what of an incident: one row for each of its reports, and one for all together.
base::Result<Answer> CompareIncident(const graph::Snapshot& snapshot, const std::string& incident);
// The same for every incident that both reports tell, and how many events only one of them has.
base::Result<Answer> CompareReports(const graph::Snapshot& snapshot, const std::string& a, const std::string& b);
// The IRI of the incident or report that `name` means: an IRI, one relative to the base of ids, or a report's id.
// kNotFound, with a near id as hint.
base::Result<std::string> FindIncidentOrReport(const graph::Snapshot& snapshot, const std::string& base_iri,
                                               std::string_view name);

}  // namespace sitgraph::queries
