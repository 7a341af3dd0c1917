// control: who held a place when.
#include <fmt/format.h>

#include <algorithm>

#include "graph/vocabulary.h"
#include "queries/relations/verb_tools.h"
#include "queries/relations/verbs.h"

namespace sitgraph::queries {
namespace {

using base::Fail;
using base::Result;
using graph::Term;
using graph::TermId;

// Types of the codebook after which a place may be in other hands.
const std::vector<std::string> kTypes = {"capture", "siege", "siege-end", "withdrawal", "handover"};

std::string NamesIn(const EntityEvent& event, std::string_view role) {
  std::string out;
  for (const EntityEvent::Party& party : event.parties) {
    const bool place = party.entity.kind == "Place" || party.entity.kind == "Facility";
    if (party.role == role && !(place && role == "target")) out += (out.empty() ? "" : ", ") + party.entity.name;
  }
  return out;
}

// The longest of what the members say, since one that names more says more.
std::string FullestIn(const HappeningRow& happening, std::string_view role) {
  std::vector<std::string> told;
  for (const EntityEvent& event : happening.events) {
    const std::string names = NamesIn(event, role);
    if (!names.empty() && std::find(told.begin(), told.end(), names) == told.end()) told.push_back(names);
  }
  return fmt::format("{}", fmt::join(told, " / "));
}

}  // namespace

Result<Answer> Control(const graph::Snapshot& snapshot, const std::string& place, const EventFilter& filter) {
  FactReader facts(snapshot);
  EventFilter control = filter;
  control.places = {place};
  if (control.types.empty()) {
    for (const std::string& type : kTypes) {
      if (facts.reader().Find(Term::Iri(graph::vocabulary::Iri(graph::vocabulary::kSgt, type))))
        control.types.push_back(type);
    }
  }
  if (control.factualities.empty()) control.factualities = {"actual", "possible", "negated"};
  Answer answer{{"since", "place", "what", "by", "from", "until", "factuality", "reports"}, {}, {}};
  if (!control.types.empty()) {
    const auto network = EventNetwork::Load(snapshot, control);
    if (!network) return Fail(network.error());
    std::set<TermId> events;
    for (const EventLink& link : network->links()) events.insert(link.event);
    const auto happenings = GatherByIncident(facts, *network, {events.begin(), events.end()});
    for (size_t i = 0; i < happenings.size(); ++i) {
      const HappeningRow& happening = happenings[i];
      const EntityEvent& face = happening.events.front();
      const auto place_of = [](const EntityEvent& event) {
        for (const EntityEvent::Party& party : event.parties) {
          const bool is_place = party.entity.kind == "Place" || party.entity.kind == "Facility";
          if (party.role == "place" || (party.role == "target" && is_place)) return party.entity;
        }
        return EntityName{};
      };
      const EntityName here = place_of(face);
      // Until the next dated capture of the same place.
      std::string until;
      for (size_t next = i + 1; next < happenings.size() && face.type == "capture" && !face.begin.empty(); ++next) {
        const EntityEvent& later = happenings[next].events.front();
        if (later.type != "capture" || later.factuality != "actual" || later.begin.empty()) continue;
        if (place_of(later).iri == here.iri && later.begin > face.begin) {
          until = later.begin;
          break;
        }
      }
      std::set<std::string> factualities;
      for (const EntityEvent& event : happening.events) factualities.insert(event.factuality);
      answer.rows.push_back(
          {{TextCell(TimeOf(face)), NameCell(here), TextCell(face.type), TextCell(FullestIn(happening, "agent")),
            TextCell(FullestIn(happening, "target")), TextCell(until), TextCell(FactualityWord(factualities)),
            NumberCell(static_cast<double>(happening.reports.size()))},
           IrisOf(happening.events)});
    }
  }
  if (answer.rows.empty()) answer.notes.push_back("no report tells of a change of control there");
  if (facts.reader().error()) return Fail(*facts.reader().error());
  return answer;
}

}  // namespace sitgraph::queries
