// The events of a graph as links between entities, filtered, in memory: what all relation verbs work on.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/date.h"
#include "base/error.h"
#include "graph/store.h"

namespace sitgraph::queries {

// Empty parts let everything through; an event must pass all others.
struct EventFilter {
  base::PartialDate since = {}, until = {};  // that the event's interval must meet; 2018-05 is its first, its last day
  std::vector<std::string> types;            // local names: "capture"
  std::vector<std::string> places;           // IRIs; what lies within them counts too
  std::vector<std::string> sources;          // IRIs of who says so, or of reports; or publishers' names as written
  std::vector<std::string> factualities;     // "actual", ...

  bool empty() const {
    return since.empty() && until.empty() && types.empty() && places.empty() && sources.empty() && factualities.empty();
  }
};

struct EventLink {
  graph::TermId event{}, entity{};
  uint8_t role = 0;  // index into kEventRoles
  friend auto operator<=>(const EventLink&, const EventLink&) = default;
};

// Memory: some 60 bytes a link. Cost of Load: all role statements of the graph once.
class EventNetwork {
 public:
  // kNotFound for a type, with a near one as hint, where no event has it.
  static base::Result<EventNetwork> Load(const graph::Snapshot& snapshot, const EventFilter& filter);

  // By event, then entity, then role.
  const std::vector<EventLink>& links() const { return links_; }
  // Links of one entity, as positions in links(), ascending; and of one event, as a range of links().
  const std::vector<uint32_t>& LinksOf(graph::TermId entity) const;
  std::pair<size_t, size_t> RangeOf(graph::TermId event) const;
  // All chosen events in which the entity has one of the roles (bits of kEventRoles), each once, by id.
  std::vector<graph::TermId> EventsOf(graph::TermId entity, uint32_t roles = kAllRoles) const;

  // The incident that an event belongs to, or the event itself.
  graph::TermId IncidentOf(graph::TermId event) const;

  static constexpr uint32_t kAllRoles = 0xFF, kTargetRole = 0x02, kPartyRoles = 0x0F, kPlaceRoles = 0x70,
                            kSourceRole = 0x80, kNoSourceRoles = kAllRoles & ~kSourceRole;

 private:
  std::vector<EventLink> links_;
  std::unordered_map<graph::TermId, std::vector<uint32_t>> by_entity_;  // never walked
  std::unordered_map<graph::TermId, graph::TermId> incidents_;          // event -> incident; never walked
};

// The events that pass a filter; nullopt where the filter is empty: all do.
base::Result<std::optional<std::unordered_set<graph::TermId>>> ChooseEvents(const graph::Snapshot& snapshot,
                                                                            const EventFilter& filter);

// The entity and all that `sg:within` puts inside it, over any number of steps.
base::Result<std::vector<graph::TermId>> PlaceAndWithin(const graph::Snapshot& snapshot, graph::TermId place);

}  // namespace sitgraph::queries
