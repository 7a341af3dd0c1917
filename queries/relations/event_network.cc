#include "queries/relations/event_network.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "graph/vocabulary.h"
#include "queries/fact_reader.h"

namespace sitgraph::queries {
namespace {

using base::ErrorCode;
using base::Fail;
using base::Result;
using graph::Term;
using graph::TermId;
namespace vocabulary = graph::vocabulary;

using Events = std::unordered_set<TermId>;

Term Sg(std::string_view local) { return Term::Iri(vocabulary::Iri(vocabulary::kSg, local)); }

base::PartialDate FirstDay(base::PartialDate date) {
  if (date.month == 0) date.month = 1;
  if (date.day == 0) date.day = 1;
  return date;
}

base::PartialDate LastDay(base::PartialDate date) {
  if (date.month == 0) date.month = 12;
  if (date.day == 0) date.day = static_cast<uint8_t>(base::DaysInMonth(date.year, date.month));
  return date;
}

// Narrows a set of events by one condition after the other.
class Chooser {
 public:
  explicit Chooser(const graph::Snapshot& snapshot) : snapshot_(snapshot), reader_(snapshot) {}

  Result<std::optional<Events>> Choose(const EventFilter& filter) {
    if (!filter.types.empty()) {
      if (auto typed = ByTypes(filter.types); !typed) return Fail(typed.error());
    }
    if (!filter.factualities.empty()) {
      Events events;
      for (const std::string& one : filter.factualities) AddSubjects(Sg("factuality"), Sg(one), events);
      Narrow(std::move(events));
    }
    if (!filter.places.empty()) {
      if (auto placed = ByPlaces(filter.places); !placed) return Fail(placed.error());
    }
    if (!filter.sources.empty()) BySources(filter.sources);
    if (!filter.since.empty() || !filter.until.empty()) ByTime(filter);
    if (reader_.error()) return Fail(*reader_.error());
    return std::move(chosen_);
  }

 private:
  void Narrow(Events events) {
    if (!chosen_) {
      chosen_ = std::move(events);
      return;
    }
    std::erase_if(*chosen_, [&](TermId event) { return !events.contains(event); });
  }

  void AddSubjects(const Term& predicate, const Term& object, Events& out) {
    const auto p = reader_.Find(predicate), o = reader_.Find(object);
    if (!p || !o) return;
    reader_.ForEach({{}, *p, *o, {}}, [&](const graph::QuadIds& quad) { out.insert(quad.subject); });
  }

  base::Status ByTypes(const std::vector<std::string>& types) {
    Events events;
    for (const std::string& type : types) {
      const size_t before = events.size();
      AddSubjects(Term::Iri(vocabulary::Iri(vocabulary::kSem, "eventType")),
                  Term::Iri(vocabulary::Iri(vocabulary::kSgt, type)), events);
      if (events.size() > before || reader_.error()) continue;
      std::vector<std::string> known;
      for (auto cursor = snapshot_.Iris(vocabulary::kSgt); cursor->Valid(); cursor->Next()) {
        known.push_back(cursor->term().value().substr(vocabulary::kSgt.size()));
      }
      const auto near = base::Nearest(type, known);
      return Fail(ErrorCode::kNotFound, "the graph has no event of type '" + type + "'", {},
                  near ? "did you mean '" + *near + "'?" : "sitgraph stats lists the types");
    }
    Narrow(std::move(events));
    return {};
  }

  base::Status ByPlaces(const std::vector<std::string>& places) {
    Events events;
    for (const std::string& place : places) {
      const auto id = reader_.Find(Term::Iri(place));
      if (!id) continue;
      const auto all = PlaceAndWithin(snapshot_, *id);
      if (!all) return Fail(all.error());
      for (const TermId one : *all) {
        for (const std::string_view role : {"place", "origin", "destination", "target"}) {
          const auto predicate = reader_.Find(Sg(role));
          if (!predicate) continue;
          reader_.ForEach({{}, *predicate, one, {}}, [&](const graph::QuadIds& quad) { events.insert(quad.subject); });
        }
      }
    }
    Narrow(std::move(events));
    return {};
  }

  void BySources(const std::vector<std::string>& sources) {
    Events events;
    const Term primary = Term::Iri(vocabulary::Iri(vocabulary::kProv, "hadPrimarySource"));
    for (const std::string& source : sources) {
      AddSubjects(Sg("source"), Term::Iri(source), events);
      AddSubjects(primary, Term::Iri(source), events);
      Events reports;
      AddSubjects(Term::Iri(vocabulary::Iri(vocabulary::kDct, "publisher")), Term::String(source), reports);
      for (const TermId report : reports) AddSubjects(primary, reader_.Resolve(report), events);
    }
    Narrow(std::move(events));
  }

  // Dates of literals, each parsed once.
  std::optional<base::PartialDate> DateOf(TermId literal) {
    const auto known = dates_.find(literal);
    if (known != dates_.end()) return known->second;
    const auto date = base::ParseIso(reader_.Resolve(literal).value());
    const auto usable = date && date->year != 0 ? date : std::nullopt;
    dates_.emplace(literal, usable);
    return usable;
  }

  void ByTime(const EventFilter& filter) {
    struct Interval {
      std::optional<base::PartialDate> begin, end;
      bool told_end = false;
    };
    std::unordered_map<TermId, Interval> intervals;
    if (const auto begin = reader_.Find(Sg("begin"))) {
      reader_.ForEach({{}, *begin, {}, {}},
                      [&](const graph::QuadIds& quad) { intervals[quad.subject].begin = DateOf(quad.object); });
    }
    if (const auto end = reader_.Find(Sg("end"))) {
      reader_.ForEach({{}, *end, {}, {}},
                      [&](const graph::QuadIds& quad) { intervals[quad.subject].end = DateOf(quad.object); });
    }
    Events events;
    for (const auto& [event, interval] : intervals) {
      if (!interval.begin && !interval.end) continue;
      const bool late_enough =
          filter.since.empty() || !interval.end || LastDay(*interval.end) >= FirstDay(filter.since);
      const bool early_enough =
          filter.until.empty() || !interval.begin || FirstDay(*interval.begin) <= LastDay(filter.until);
      if (late_enough && early_enough) events.insert(event);
    }
    Narrow(std::move(events));
  }

  const graph::Snapshot& snapshot_;
  GraphReader reader_;
  std::optional<Events> chosen_;
  std::unordered_map<TermId, std::optional<base::PartialDate>> dates_;
};

}  // namespace

Result<std::optional<Events>> ChooseEvents(const graph::Snapshot& snapshot, const EventFilter& filter) {
  return Chooser(snapshot).Choose(filter);
}

Result<std::vector<TermId>> PlaceAndWithin(const graph::Snapshot& snapshot, TermId place) {
  GraphReader reader(snapshot);
  std::vector<TermId> out = {place};
  std::set<TermId> seen = {place};
  const auto within = reader.Find(Sg("within"));
  for (size_t i = 0; within && i < out.size(); ++i) {
    reader.ForEach({{}, *within, out[i], {}}, [&](const graph::QuadIds& quad) {
      if (seen.insert(quad.subject).second) out.push_back(quad.subject);
    });
  }
  if (reader.error()) return Fail(*reader.error());
  return out;
}

Result<EventNetwork> EventNetwork::Load(const graph::Snapshot& snapshot, const EventFilter& filter) {
  const auto chosen = ChooseEvents(snapshot, filter);
  if (!chosen) return Fail(chosen.error());
  GraphReader reader(snapshot);
  EventNetwork network;
  for (uint8_t role = 0; role < kEventRoles.size(); ++role) {
    const auto predicate = reader.Find(Sg(kEventRoles[role]));
    if (!predicate) continue;
    reader.ForEach({{}, *predicate, {}, {}}, [&](const graph::QuadIds& quad) {
      if (!*chosen || (*chosen)->contains(quad.subject)) network.links_.push_back({quad.subject, quad.object, role});
    });
  }
  std::sort(network.links_.begin(), network.links_.end());
  network.links_.erase(std::unique(network.links_.begin(), network.links_.end()), network.links_.end());
  for (uint32_t i = 0; i < network.links_.size(); ++i) network.by_entity_[network.links_[i].entity].push_back(i);
  if (const auto member = reader.Find(Sg("member"))) {
    reader.ForEach({{}, *member, {}, {}},
                   [&](const graph::QuadIds& quad) { network.incidents_.emplace(quad.object, quad.subject); });
  }
  if (reader.error()) return Fail(*reader.error());
  return network;
}

const std::vector<uint32_t>& EventNetwork::LinksOf(TermId entity) const {
  static const std::vector<uint32_t> kNone;
  const auto found = by_entity_.find(entity);
  return found == by_entity_.end() ? kNone : found->second;
}

std::pair<size_t, size_t> EventNetwork::RangeOf(TermId event) const {
  const auto first = std::lower_bound(links_.begin(), links_.end(), EventLink{event, TermId{}, 0});
  auto last = first;
  while (last != links_.end() && last->event == event) ++last;
  return {static_cast<size_t>(first - links_.begin()), static_cast<size_t>(last - links_.begin())};
}

std::vector<TermId> EventNetwork::EventsOf(TermId entity, uint32_t roles) const {
  std::vector<TermId> out;
  for (const uint32_t position : LinksOf(entity)) {
    const EventLink& link = links_[position];
    if (((roles >> link.role) & 1U) != 0 && (out.empty() || out.back() != link.event)) out.push_back(link.event);
  }
  return out;
}

TermId EventNetwork::IncidentOf(TermId event) const {
  const auto found = incidents_.find(event);
  return found == incidents_.end() ? event : found->second;
}

}  // namespace sitgraph::queries
