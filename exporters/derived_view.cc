#include "exporters/derived_view.h"

#include <algorithm>
#include <span>
#include <tuple>
#include <utility>

#include "exporters/event_text.h"

namespace sitgraph::exporters {
namespace {

using base::Fail;
using base::Result;
using base::Status;
using graph::TermId;

void SortUnique(std::vector<TermId>& ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

bool Contains(std::span<const Property> properties, Property property) {
  return std::find(properties.begin(), properties.end(), property) != properties.end();
}

}  // namespace

bool DerivedView::HasKind(NodeKind kind) const {
  return std::find(rule_->kinds.begin(), rule_->kinds.end(), kind) != rule_->kinds.end();
}

Result<bool> DerivedView::IsEnd(TermId id) const {
  const auto kind = source_->reader().KindOf(id);
  if (!kind) return Fail(kind.error());
  return *kind && HasKind(**kind) && source_->Shows(id, **kind);
}

Result<bool> DerivedView::Ties(TermId source, TermId target) const {
  for (const TermId id : {source, target}) {
    const auto is_end = IsEnd(id);
    if (!is_end || !*is_end) return is_end;
  }
  return rule_->ties(**source_->reader().KindOf(source), **source_->reader().KindOf(target));
}

Status DerivedView::ForEachCandidate(
    const std::function<Status(TermId, const std::string&, NodeKind, const Description&)>& visit) {
  Description about;
  return source_->reader().ForEachIri([&](TermId id, const std::string& iri) -> Status {
    const auto kind = source_->reader().KindOf(id);
    if (!kind) return Fail(kind.error());
    if (!*kind || !HasKind(**kind) || !source_->Shows(id, **kind)) return {};
    if (Status status = source_->reader().Describe(id, about); !status) return status;
    return visit(id, iri, **kind, about);
  });
}

// The span of all; open where one of them is open.
void DerivedView::AddDays(const Days& days, Tie& tie) {
  if (days.first.empty() && days.last.empty()) return;
  tie.open_first = tie.open_first || days.first.empty();
  tie.open_last = tie.open_last || days.last.empty();
  if (!days.first.empty() && (tie.days.first.empty() || days.first < tie.days.first)) tie.days.first = days.first;
  if (!days.last.empty() && (tie.days.last.empty() || days.last > tie.days.last)) tie.days.last = days.last;
}

Status DerivedView::ReadEvent(TermId event, TermId node, bool outgoing, Neighbourhood& around) {
  if (!source_->selection().Has(event)) return {};
  const GraphReader& reader = source_->reader();
  Description about;
  if (Status status = reader.Describe(event, about); !status) return status;
  const auto type = reader.First(about.Of(Property::kEventType));
  if (!type) return Fail(type.error());
  const auto factuality = reader.First(about.Of(Property::kFactuality));
  if (!factuality) return Fail(factuality.error());
  std::vector<Link> links;
  rule_->links({event, LocalName(*type), LocalName(*factuality), &about}, links);

  Node times;
  std::vector<TermId> reports = Objects(about.Of(Property::kHadPrimarySource));
  bool tied = false;
  std::vector<Tie*> seen;  // an event is counted once for each edge
  for (Link& link : links) {
    if (link.source != node && (outgoing || link.target != node)) continue;
    const auto ties = Ties(link.source, link.target);
    if (!ties) return Fail(ties.error());
    if (!*ties) continue;
    Tie& tie = around.ties[{{link.source, link.target}, std::move(link.kind)}];
    if (std::find(seen.begin(), seen.end(), &tie) != seen.end()) continue;
    seen.push_back(&tie);
    if (!std::exchange(tied, true)) {
      if (Status status = source_->nodes().FillDays(about, times); !status) return status;
    }
    ++tie.weight;
    tie.reports.insert(tie.reports.end(), reports.begin(), reports.end());
    AddDays(times.days, tie);
  }
  if (tied) {
    ++around.events;
    around.reports.insert(around.reports.end(), reports.begin(), reports.end());
  }
  return {};
}

Status DerivedView::ReadRelations(TermId node, const Description& about, bool outgoing, Neighbourhood& around) {
  if (rule_->relations.empty()) return {};
  const auto add = [&](TermId source, const Statement& statement) -> Status {
    if (!Contains(rule_->relations, statement.property)) return {};
    const auto ties = Ties(source, statement.object);
    if (!ties) return Fail(ties.error());
    if (!*ties) return {};
    Tie& tie = around.ties[{{source, statement.object}, std::string(EdgeKind(statement.property))}];
    ++tie.weight;
    if (statement.graph != graph::kDefaultGraphId) tie.reports.push_back(statement.graph);
    return {};
  };
  for (const Statement& statement : about.all()) {
    if (Status status = add(node, statement); !status) return status;
  }
  if (outgoing) return {};
  const auto subjects = source_->reader().SubjectsOf(node, rule_->relations);
  if (!subjects) return Fail(subjects.error());
  Description other;
  for (const TermId subject : *subjects) {
    if (subject == node) continue;
    if (Status status = source_->reader().Describe(subject, other); !status) return status;
    for (const Statement& statement : other.all()) {
      if (statement.object != node) continue;
      if (Status status = add(subject, statement); !status) return status;
    }
  }
  return {};
}

Status DerivedView::ReadTies(TermId node, const Description& about, bool outgoing, Neighbourhood& around) {
  around = {};
  if (about.Has(Property::kEventType)) {
    if (Status status = ReadEvent(node, node, outgoing, around); !status) return status;
  }
  const auto events = source_->reader().SubjectsOf(node, rule_->roles);
  if (!events) return Fail(events.error());
  for (const TermId event : *events) {
    if (event == node) continue;
    if (Status status = ReadEvent(event, node, outgoing, around); !status) return status;
  }
  if (Status status = ReadRelations(node, about, outgoing, around); !status) return status;
  SortUnique(around.reports);
  for (auto& [key, tie] : around.ties) {
    SortUnique(tie.reports);
    if (tie.open_first) tie.days.first = {};
    if (tie.open_last) tie.days.last = {};
  }
  return {};
}

Status DerivedView::ForEachNode(const std::function<Status(const Node&)>& visit) {
  Neighbourhood around;
  return ForEachCandidate([&](TermId id, const std::string& iri, NodeKind kind, const Description& about) -> Status {
    if (Status status = ReadTies(id, about, false, around); !status) return status;
    if (around.ties.empty()) return {};
    Node node;
    node.iri = iri;
    node.kind = kind;
    if (Status status = source_->nodes().Fill(about, node); !status) return status;
    node.degree = around.ties.size();
    if (kind != NodeKind::kEvent) {
      node.events = around.events;
      node.sources = around.reports.size();
    }
    node.position = source_->placement().Place(iri, node.coordinates, kind == NodeKind::kEvent);
    return visit(node);
  });
}

Status DerivedView::ForEachEdge(const std::function<Status(const Edge&)>& visit) {
  Neighbourhood around;
  return ForEachCandidate([&](TermId id, const std::string& iri, NodeKind, const Description& about) -> Status {
    if (Status status = ReadTies(id, about, true, around); !status) return status;
    std::vector<Edge> edges;
    for (const auto& [key, tie] : around.ties) {
      auto target = source_->reader().Resolve(key.first.second);
      if (!target) return Fail(target.error());
      edges.push_back({iri, target->value(), key.second, tie.weight, tie.reports.size(), tie.days});
    }
    std::sort(edges.begin(), edges.end(),
              [](const Edge& a, const Edge& b) { return std::tie(a.target, a.kind) < std::tie(b.target, b.kind); });
    for (const Edge& edge : edges) {
      if (Status status = visit(edge); !status) return status;
    }
    return {};
  });
}

}  // namespace sitgraph::exporters
