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

// Types of the codebook after which a place may be in other hands.
const std::vector<std::string> kTypes = {"capture", "siege", "siege-end", "withdrawal", "handover"};

bool IsPlace(const EntityName& entity) { return entity.kind == "Place" || entity.kind == "Facility"; }

// The place that changes hands, as the event's place or target.
EntityName PlaceOf(const EntityEvent& event) {
  for (const EntityEvent::Party& party : event.parties) {
    if (party.role == "place" || (party.role == "target" && IsPlace(party.entity))) return party.entity;
  }
  return {};
}

std::string NamesIn(const EntityEvent& event, std::string_view role) {
  std::string out;
  for (const EntityEvent::Party& party : event.parties) {
    if (party.role != role || (role == "target" && IsPlace(party.entity))) continue;
    out += (out.empty() ? "" : ", ") + party.entity.name;
  }
  return out;
}

// What the members say, each once.
std::string AllNamesIn(const HappeningRow& happening, std::string_view role) {
  std::vector<std::string> told;
  for (const EntityEvent& event : happening.events) {
    const std::string names = NamesIn(event, role);
    if (!names.empty() && std::find(told.begin(), told.end(), names) == told.end()) told.push_back(names);
  }
  return fmt::format("{}", fmt::join(told, " / "));
}

// The begin of the next dated capture of the same place; empty for other changes and where there is none.
std::string EndOf(const std::vector<HappeningRow>& happenings, size_t at) {
  const EntityEvent& face = happenings[at].events.front();
  if (face.type != "capture" || face.begin.empty()) return "";
  const std::string here = PlaceOf(face).iri;
  for (size_t next = at + 1; next < happenings.size(); ++next) {
    const EntityEvent& later = happenings[next].events.front();
    if (later.type != "capture" || later.factuality != "actual" || later.begin.empty()) continue;
    if (PlaceOf(later).iri == here && later.begin > face.begin) return later.begin;
  }
  return "";
}

AnswerRow RowOf(const std::vector<HappeningRow>& happenings, size_t at) {
  const HappeningRow& happening = happenings[at];
  const EntityEvent& face = happening.events.front();
  return {
      {TextCell(TimeOf(face)), NameCell(PlaceOf(face)), TextCell(face.type), TextCell(AllNamesIn(happening, "agent")),
       TextCell(AllNamesIn(happening, "target")), TextCell(EndOf(happenings, at)),
       TextCell(FactualitiesOf(happening.events)), NumberCell(static_cast<double>(happening.reports.size()))},
      IrisOf(happening.events)};
}

}  // namespace

Result<Answer> Control(const graph::Snapshot& snapshot, const std::string& place, const EventFilter& filter) {
  FactReader facts(snapshot);
  EventFilter control = filter;
  if (control.types.empty()) {
    for (const std::string& type : kTypes) {
      if (facts.reader().Find(Term::Iri(graph::vocabulary::Iri(graph::vocabulary::kSgt, type)))) {
        control.types.push_back(type);
      }
    }
  }
  if (control.factualities.empty()) control.factualities = {"actual", "possible", "negated"};
  Answer answer{{"since", "place", "what", "by", "from", "until", "factuality", "reports"}, {}, {}};
  if (!control.types.empty()) {
    const auto network = EventNetwork::Load(snapshot, control);
    if (!network) return Fail(network.error());
    const auto events = EventsAround(snapshot, *network, place, EventNetwork::kPlaceRoles | EventNetwork::kTargetRole);
    if (!events) return Fail(events.error());
    const auto happenings = GatherByIncident(facts, *network, *events);
    for (size_t i = 0; i < happenings.size(); ++i) answer.rows.push_back(RowOf(happenings, i));
  }
  if (answer.rows.empty()) answer.notes.push_back("no report tells of a change of control there");
  if (facts.reader().error()) return Fail(*facts.reader().error());
  return answer;
}

}  // namespace sitgraph::queries
