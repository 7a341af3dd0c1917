#include "exporters/selection.h"

#include <algorithm>

#include "base/text.h"
#include "exporters/event_text.h"
#include "graph/vocabulary.h"

namespace sitgraph::exporters {
namespace {

namespace v = graph::vocabulary;
using base::Fail;
using base::Result;
using base::Status;
using graph::Term;
using graph::TermId;
using Ids = std::unordered_set<TermId>;

constexpr Property kPlaceRoles[] = {Property::kPlace, Property::kTarget, Property::kOrigin, Property::kDestination};

Status AddIds(const graph::Snapshot& snapshot, const std::vector<std::string>& iris, Ids& ids) {
  for (const std::string& iri : iris) {
    const auto id = snapshot.Find(Term::Iri(iri));
    if (!id) return Fail(id.error());
    if (*id) ids.insert(**id);
  }
  return {};
}

Result<Ids> TypeIds(const graph::Snapshot& snapshot, const std::vector<std::string>& types) {
  Ids ids;
  for (const std::string& type : types) {
    const auto id = snapshot.Find(Term::Iri(v::Iri(v::kSgt, base::Lower(type))));
    if (!id) return Fail(id.error());
    if (*id) {
      ids.insert(**id);
      continue;
    }
    std::vector<std::string> known;
    for (auto c = snapshot.Iris(v::kSgt); c->Valid(); c->Next()) {
      known.emplace_back(c->term().value().substr(v::kSgt.size()));
    }
    const auto nearest = base::Nearest(base::Lower(type), known);
    std::string hint = nearest ? "did you mean " + *nearest + "? " : "";
    hint += "the graph has:";
    for (const std::string& name : known) hint += " " + name;
    return Fail(base::ErrorCode::kNotFound, "no event of the graph has the type \"" + type + "\"", {}, hint);
  }
  return ids;
}

// The places and all that lies within them.
Status AddInner(const GraphReader& reader, Ids& places) {
  const auto within = reader.IdOf(Property::kWithin);
  if (!within) return {};
  std::vector<TermId> open(places.begin(), places.end());
  while (!open.empty()) {
    const TermId outer = open.back();
    open.pop_back();
    const auto inner = reader.snapshot().Match({.subject = {}, .predicate = within, .object = outer, .graph = {}});
    for (; inner->Valid(); inner->Next()) {
      if (places.insert(inner->quad().subject).second) open.push_back(inner->quad().subject);
    }
    if (Status status = inner->status(); !status) return status;
  }
  return {};
}

template <typename Range>
bool Meets(const Range& statements, const Ids& ids) {
  return std::any_of(statements.begin(), statements.end(), [&](const Statement& s) { return ids.count(s.object) > 0; });
}

Result<bool> MeetsDays(const GraphReader& reader, const Description& event, const Days& wanted) {
  if (wanted.first.empty() && wanted.last.empty()) return true;
  const auto begin = reader.First(event.Of(Property::kBegin));
  if (!begin) return Fail(begin.error());
  const auto end = reader.First(event.Of(Property::kEnd));
  if (!end) return Fail(end.error());
  const Days days = WholeDays(DateOfLexical(*begin), DateOfLexical(*end));
  if (days.first.empty() && days.last.empty()) return false;
  return (days.last.empty() || wanted.first.empty() || days.last >= wanted.first) &&
         (days.first.empty() || wanted.last.empty() || days.first <= wanted.last);
}

}  // namespace

Result<Selection> Selection::Create(const GraphReader& reader, const Filter& filter) {
  Selection selection;
  if (filter.empty()) return selection;
  selection.everything_ = false;
  if (Status status = selection.AddEvents(reader, filter); !status) return Fail(status.error());
  return selection;
}

Status Selection::AddEvents(const GraphReader& reader, const Filter& filter) {
  const auto types = TypeIds(reader.snapshot(), filter.types);
  if (!types) return Fail(types.error());
  Ids places, bound;
  if (Status status = AddIds(reader.snapshot(), filter.places, places); !status) return status;
  if (Status status = AddInner(reader, places); !status) return status;
  if (Status status = AddIds(reader.snapshot(), filter.bound, bound); !status) return status;
  bool binds_events = false;
  for (const TermId id : bound) {
    const auto kind = reader.KindOf(id);
    if (!kind) return Fail(kind.error());
    binds_events = binds_events || *kind == NodeKind::kEvent;
  }
  const Days days = WholeDays(filter.since, filter.until);

  const auto passes = [&](TermId id, const Description& event) -> Result<bool> {
    if (!types->empty() && !Meets(event.Of(Property::kEventType), *types)) return false;
    if (!filter.places.empty() && std::none_of(std::begin(kPlaceRoles), std::end(kPlaceRoles),
                                               [&](Property role) { return Meets(event.Of(role), places); })) {
      return false;
    }
    if (filter.has_bound && (binds_events ? bound.count(id) == 0 : !Meets(event.all(), bound))) return false;
    return MeetsDays(reader, event, days);
  };
  Description event;
  const Status walked = reader.ForEachOfKind(NodeKind::kEvent, [&](TermId id) -> Status {
    if (Status status = reader.Describe(id, event); !status) return status;
    const auto chosen = passes(id, event);
    if (!chosen) return Fail(chosen.error());
    if (!*chosen) return {};
    nodes_.insert(id);
    for (const Statement& statement : event.all()) {
      if (LeadsToNode(statement.property)) nodes_.insert(statement.object);
    }
    return {};
  });
  nodes_.insert(bound.begin(), bound.end());
  return walked;
}

}  // namespace sitgraph::exporters
