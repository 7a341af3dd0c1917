#include "queries/relations/verb_tools.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <tuple>

namespace sitgraph::queries {
namespace {

using graph::TermId;

constexpr size_t kMostTied = 12;  // parties of one event that are all tied to each other

auto TimeKey(const EntityEvent& event) {
  const std::string& when = event.begin.empty() ? event.end : event.begin;
  const int64_t position = event.evidence.empty() ? 0 : event.evidence.front().begin.value_or(0);
  return std::make_tuple(when.empty() || when.front() == '-', when, event.report.date, event.report.iri, position,
                         event.iri);
}

std::optional<double> NumberOf(const std::string& text) {
  double value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  return text.empty() || read.ec != std::errc() ? std::nullopt : std::optional(value);
}

}  // namespace

base::Result<std::vector<TermId>> EventsAround(const graph::Snapshot& snapshot, const EventNetwork& network,
                                               const std::string& entity, uint32_t roles) {
  const auto id = snapshot.Find(graph::Term::Iri(entity));
  if (!id) return base::Fail(id.error());
  std::set<TermId> events;
  if (*id) {
    const auto all = PlaceAndWithin(snapshot, **id);
    if (!all) return base::Fail(all.error());
    for (const TermId one : *all) {
      const auto some = network.EventsOf(one, roles);
      events.insert(some.begin(), some.end());
    }
  }
  return std::vector<TermId>(events.begin(), events.end());
}

std::vector<EntityEvent> ReadByTime(FactReader& facts, const std::vector<TermId>& events) {
  std::vector<EntityEvent> out;
  out.reserve(events.size());
  for (const TermId event : events) out.push_back(facts.ReadEvent(facts.reader().Resolve(event)));
  std::sort(out.begin(), out.end(), [](const EntityEvent& a, const EntityEvent& b) { return TimeKey(a) < TimeKey(b); });
  return out;
}

std::vector<HappeningRow> GatherByIncident(FactReader& facts, const EventNetwork& network,
                                           const std::vector<TermId>& events) {
  std::map<std::string, TermId> incident_of;
  for (const TermId event : events) incident_of[facts.reader().Resolve(event).value()] = network.IncidentOf(event);
  std::vector<HappeningRow> out;
  std::map<TermId, size_t> row_of;
  for (EntityEvent& event : ReadByTime(facts, events)) {
    const auto [known, is_new] = row_of.try_emplace(incident_of[event.iri], out.size());
    if (is_new) out.emplace_back();
    HappeningRow& row = out[known->second];
    row.reports.insert(event.report.iri);
    row.events.push_back(std::move(event));
  }
  return out;
}

std::vector<std::string> IrisOf(const std::vector<EntityEvent>& events) {
  std::vector<std::string> out;
  for (const EntityEvent& event : events) out.push_back(event.iri);
  return out;
}

std::string TypesOf(const std::vector<HappeningRow>& happenings) {
  std::map<std::string, size_t> types;
  for (const HappeningRow& happening : happenings) ++types[happening.events.front().type];
  std::vector<std::string> told;
  for (const auto& [type, number] : types) told.push_back(number == 1 ? type : fmt::format("{} ({})", type, number));
  return fmt::format("{}", fmt::join(told, ", "));
}

std::string FactualitiesOf(const std::vector<EntityEvent>& events) {
  std::set<std::string> all;
  for (const EntityEvent& event : events) all.insert(event.factuality);
  return all == std::set<std::string>{"actual"} ? "" : fmt::format("{}", fmt::join(all, ", "));
}

void SortByNumber(std::vector<AnswerRow>& rows) {
  std::sort(rows.begin(), rows.end(), [](const AnswerRow& a, const AnswerRow& b) {
    const double x = std::stod(a.cells[2].text), y = std::stod(b.cells[2].text);
    return x != y ? x > y : std::tie(a.cells[0].text, a.cells[0].iri) < std::tie(b.cells[0].text, b.cells[0].iri);
  });
}

bool IsGeneric(const EntityName& entity) {
  return !entity.name.empty() && entity.name.front() >= 'a' && entity.name.front() <= 'z';
}

Range RangeOf(const ReportedCount& count) {
  const auto least = NumberOf(count.least), most = NumberOf(count.most);
  return {least.value_or(0), most.value_or(least.value_or(0))};
}

bool IsPartOfTold(const ReportedCount& count, const EntityEvent& event) {
  return std::any_of(event.counts.begin(), event.counts.end(),
                     [&](const ReportedCount& other) { return !count.part_of.empty() && other.iri == count.part_of; });
}

EntityNetwork TieEntities(FactReader& facts, const EventNetwork& events, uint32_t roles) {
  EntityNetwork out;
  std::map<std::string, TermId> by_iri;
  std::set<TermId> seen;
  for (const EventLink& link : events.links()) {
    if (((roles >> link.role) & 1U) == 0 || !seen.insert(link.entity).second) continue;
    const graph::Term term = facts.reader().Resolve(link.entity);
    if (term.is_iri()) by_iri.emplace(term.value(), link.entity);
  }
  for (const auto& [iri, id] : by_iri) {
    out.node_of.emplace(id, static_cast<uint32_t>(out.entities.size()));
    out.entities.push_back(id);
  }
  const auto& links = events.links();
  for (size_t i = 0; i < links.size();) {
    std::set<uint32_t> nodes;
    const TermId event = links[i].event;
    for (; i < links.size() && links[i].event == event; ++i) {
      const auto node = out.node_of.find(links[i].entity);
      if (((roles >> links[i].role) & 1U) != 0 && node != out.node_of.end()) nodes.insert(node->second);
    }
    for (auto a = nodes.begin(); a != nodes.end(); ++a) {
      for (auto b = std::next(a); b != nodes.end(); ++b) out.events_of[{*a, *b}].push_back(event);
      if (nodes.size() > kMostTied) break;
    }
  }
  out.network.nodes = static_cast<uint32_t>(out.entities.size());
  for (const auto& [pair, common] : out.events_of) {
    std::set<TermId> incidents;
    for (const TermId event : common) incidents.insert(events.IncidentOf(event));
    out.network.edges.push_back({pair.first, pair.second, static_cast<double>(incidents.size())});
  }
  return out;
}

}  // namespace sitgraph::queries
