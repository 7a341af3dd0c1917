// neighbours, timeline, between, where: what an entity's events tell of it.
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
namespace vocabulary = graph::vocabulary;

std::string NumbersOf(const std::vector<EntityEvent>& events) {
  std::vector<std::string> told;
  for (const EntityEvent& event : events) {
    for (const ReportedCount& count : event.counts) {
      const std::string words = Describe(count);
      if (std::find(told.begin(), told.end(), words) == told.end()) told.push_back(words);
    }
  }
  return fmt::format("{}", fmt::join(told, "; "));
}

// Who says so within the reports, or else who published them.
std::string VoicesOf(const std::vector<EntityEvent>& events) {
  std::vector<std::string> voices;
  const auto add = [&](const std::string& voice) {
    if (!voice.empty() && std::find(voices.begin(), voices.end(), voice) == voices.end()) voices.push_back(voice);
  };
  for (const EntityEvent& event : events) {
    for (const EntityName& source : event.sources) add(source.name);
    if (event.sources.empty()) add(event.report.publisher.empty() ? event.report.id : event.report.publisher);
  }
  return fmt::format("{}", fmt::join(voices, "; "));
}

AnswerRow RowOf(const HappeningRow& happening) {
  const EntityEvent& face = happening.events.front();
  return {{TextCell(TimeOf(face)), TextCell(face.type), TextCell(PartiesOf(face)),
           TextCell(NumbersOf(happening.events)), TextCell(FactualitiesOf(happening.events)),
           TextCell(VoicesOf(happening.events)), NumberCell(static_cast<double>(happening.reports.size()))},
          IrisOf(happening.events)};
}

const std::vector<std::string> kEventColumns = {"time",       "type",    "parties", "numbers",
                                                "factuality", "told by", "reports"};

}  // namespace

Result<Answer> Neighbours(const graph::Snapshot& snapshot, const std::string& entity, const EventFilter& filter) {
  const auto network = EventNetwork::Load(snapshot, filter);
  if (!network) return Fail(network.error());
  FactReader facts(snapshot);
  Answer answer{{"neighbour", "kind", "events", "types", "first", "last"}, {}, {}};
  const auto around = EventsAround(snapshot, *network, entity);
  if (!around) return Fail(around.error());
  const auto self = facts.reader().Find(Term::Iri(entity));
  std::map<TermId, std::vector<TermId>> common;
  for (const TermId event : *around) {
    const auto [first, last] = network->RangeOf(event);
    for (size_t i = first; i < last; ++i) {
      if (network->links()[i].entity == self) continue;
      auto& events = common[network->links()[i].entity];
      if (events.empty() || events.back() != event) events.push_back(event);
    }
  }
  for (const auto& [other, events] : common) {
    const auto happenings = GatherByIncident(facts, *network, events);
    AnswerRow row;
    std::string first, last;
    for (const HappeningRow& happening : happenings) {
      for (const EntityEvent& event : happening.events) {
        row.events.push_back(event.iri);
        if (event.begin.empty() || event.begin.front() == '-') continue;
        if (first.empty() || event.begin < first) first = event.begin;
        last = std::max(last, event.begin);
      }
    }
    const EntityName name = facts.NameOf(facts.reader().Resolve(other));
    row.cells = {NameCell(name),
                 TextCell(name.kind),
                 NumberCell(static_cast<double>(happenings.size())),
                 TextCell(TypesOf(happenings)),
                 TextCell(first),
                 TextCell(last)};
    answer.rows.push_back(std::move(row));
  }
  SortByNumber(answer.rows);
  if (answer.rows.empty()) answer.notes.push_back("no event that passes the filter ties it to another entity");
  if (facts.reader().error()) return Fail(*facts.reader().error());
  return answer;
}

Result<Answer> Timeline(const graph::Snapshot& snapshot, const std::string& entity, const EventFilter& filter) {
  const auto network = EventNetwork::Load(snapshot, filter);
  if (!network) return Fail(network.error());
  FactReader facts(snapshot);
  Answer answer{kEventColumns, {}, {}};
  const auto events = EventsAround(snapshot, *network, entity, EventNetwork::kNoSourceRoles);
  if (!events) return Fail(events.error());
  for (const HappeningRow& happening : GatherByIncident(facts, *network, *events)) {
    answer.rows.push_back(RowOf(happening));
  }
  if (answer.rows.empty()) answer.notes.push_back("no event that passes the filter involves it");
  if (facts.reader().error()) return Fail(*facts.reader().error());
  return answer;
}

Result<Answer> Between(const graph::Snapshot& snapshot, const std::string& a, const std::string& b,
                       const EventFilter& filter) {
  const auto network = EventNetwork::Load(snapshot, filter);
  if (!network) return Fail(network.error());
  FactReader facts(snapshot);
  Answer answer{kEventColumns, {}, {}};
  const auto of_a = EventsAround(snapshot, *network, a), of_b = EventsAround(snapshot, *network, b);
  if (!of_a) return Fail(of_a.error());
  if (!of_b) return Fail(of_b.error());
  std::vector<TermId> both;
  std::set_intersection(of_a->begin(), of_a->end(), of_b->begin(), of_b->end(), std::back_inserter(both));
  for (const HappeningRow& happening : GatherByIncident(facts, *network, both)) {
    answer.rows.push_back(RowOf(happening));
  }
  if (answer.rows.empty()) answer.notes.push_back("no event that passes the filter has both; `path` looks farther");
  if (facts.reader().error()) return Fail(*facts.reader().error());
  return answer;
}

Result<Answer> Where(const graph::Snapshot& snapshot, const std::optional<std::string>& entity,
                     const EventFilter& filter) {
  const auto network = EventNetwork::Load(snapshot, filter);
  if (!network) return Fail(network.error());
  FactReader facts(snapshot);
  std::vector<TermId> of_entity;
  if (entity) {
    auto around = EventsAround(snapshot, *network, *entity, EventNetwork::kNoSourceRoles);
    if (!around) return Fail(around.error());
    of_entity = std::move(*around);
  }
  std::map<TermId, std::vector<TermId>> at;
  for (const EventLink& link : network->links()) {
    if (((EventNetwork::kPlaceRoles >> link.role) & 1U) == 0) continue;
    if (entity && !std::binary_search(of_entity.begin(), of_entity.end(), link.event)) continue;
    auto& events = at[link.entity];
    if (events.empty() || events.back() != link.event) events.push_back(link.event);
  }
  Answer answer{{"place", "within", "events", "types", "latitude", "longitude"}, {}, {}};
  for (const auto& [place, events] : at) {
    const Term term = facts.reader().Resolve(place);
    const auto properties = facts.reader().PropertiesOf(term);
    const auto& around = AllValues(properties, vocabulary::Iri(vocabulary::kSg, "within"));
    const auto happenings = GatherByIncident(facts, *network, events);
    AnswerRow row;
    for (const HappeningRow& happening : happenings) {
      for (const EntityEvent& event : happening.events) row.events.push_back(event.iri);
    }
    const auto degrees = [&](std::string_view which) {
      AnswerCell cell = TextCell(FirstValue(properties, vocabulary::Iri(vocabulary::kWgs, which)));
      cell.number = !cell.text.empty();
      return cell;
    };
    row.cells = {NameCell(facts.NameOf(term)),
                 around.empty() ? TextCell("") : NameCell(facts.NameOf(around.front())),
                 NumberCell(static_cast<double>(happenings.size())),
                 TextCell(TypesOf(happenings)),
                 degrees("lat"),
                 degrees("long")};
    answer.rows.push_back(std::move(row));
  }
  SortByNumber(answer.rows);
  if (answer.rows.empty()) answer.notes.push_back("no event that passes the filter tells a place");
  if (facts.reader().error()) return Fail(*facts.reader().error());
  return answer;
}

}  // namespace sitgraph::queries
