#include "exporters/events_view.h"

#include <algorithm>
#include <tuple>
#include <vector>

namespace sitgraph::exporters {
namespace {

using base::Fail;
using base::Status;
using graph::TermId;

}  // namespace

Status EventsView::ForEachNode(const std::function<Status(const Node&)>& visit) {
  Description about;
  return source_->reader().ForEachIri([&](TermId id, const std::string& iri) -> Status {
    if (!source_->selection().Has(id)) return {};
    if (Status status = source_->reader().Describe(id, about); !status) return status;
    const auto kind = source_->reader().KindOf(about);
    if (!kind || !source_->Shows(id, *kind)) return {};
    Node node;
    node.iri = iri;
    node.kind = *kind;
    if (Status status = FillNode(id, about, node); !status) return status;
    return visit(node);
  });
}

Status EventsView::FillNode(TermId id, const Description& about, Node& node) {
  const GraphReader& reader = source_->reader();
  if (Status status = source_->nodes().Fill(about, node); !status) return status;
  const auto incoming = reader.ReadIncoming(id, source_->reports(), source_->selection());
  if (!incoming) return Fail(incoming.error());
  node.degree = incoming->relations;
  std::vector<TermId> reports = incoming->reports;
  for (const Statement& statement : about.all()) {
    if (statement.graph != graph::kDefaultGraphId) reports.push_back(statement.graph);
    if (!LeadsToNode(statement.property)) continue;
    const auto kind = reader.KindOf(statement.object);
    if (!kind) return Fail(kind.error());
    if (*kind && source_->Shows(statement.object, **kind)) ++node.degree;
  }
  if (node.kind != NodeKind::kEvent && node.kind != NodeKind::kReport) {
    std::sort(reports.begin(), reports.end());
    reports.erase(std::unique(reports.begin(), reports.end()), reports.end());
    node.sources = reports.size();
  }
  node.position = source_->placement().Place(node.iri, node.coordinates, node.kind == NodeKind::kEvent);
  return {};
}

Status EventsView::ForEachEdge(const std::function<Status(const Edge&)>& visit) {
  edges_left_out_ = 0;
  Description about;
  return source_->reader().ForEachIri([&](TermId id, const std::string& iri) -> Status {
    if (!source_->selection().Has(id)) return {};
    if (Status status = source_->reader().Describe(id, about); !status) return status;
    const auto kind = source_->reader().KindOf(about);
    if (!kind || !source_->Shows(id, *kind)) return {};
    return VisitEdgesOf(iri, *kind, about, visit);
  });
}

Status EventsView::VisitEdgesOf(const std::string& iri, NodeKind kind, const Description& about,
                                const std::function<Status(const Edge&)>& visit) {
  const GraphReader& reader = source_->reader();
  std::vector<Edge> edges;
  const Statement* previous = nullptr;  // statements of one edge follow each other, their graphs in order
  for (const Statement& statement : about.all()) {
    if (!LeadsToNode(statement.property)) continue;
    if (!source_->reports() && statement.property == Property::kHadPrimarySource) continue;
    const bool in_report = statement.graph != graph::kDefaultGraphId;
    if (previous != nullptr && previous->property == statement.property && previous->object == statement.object) {
      ++edges.back().weight;
      edges.back().reports += in_report ? 1 : 0;
      continue;
    }
    const auto target_kind = reader.KindOf(statement.object);
    if (!target_kind) return Fail(target_kind.error());
    if (*target_kind && !source_->selection().Has(statement.object)) continue;  // not asked for
    auto target = reader.Resolve(statement.object);
    if (!target) return Fail(target.error());
    if (target->is_literal()) continue;  // a column of the node
    if (!target->is_iri() || !*target_kind || !source_->Shows(statement.object, **target_kind)) {
      ++edges_left_out_;
      continue;
    }
    edges.push_back({iri, target->value(), std::string(EdgeKind(statement.property)), 1, in_report ? 1U : 0U, {}});
    previous = &statement;
  }
  std::sort(edges.begin(), edges.end(),
            [](const Edge& a, const Edge& b) { return std::tie(a.target, a.kind) < std::tie(b.target, b.kind); });
  Node times;
  if (kind == NodeKind::kEvent && !edges.empty()) {
    if (Status status = source_->nodes().FillDays(about, times); !status) return status;
  }
  for (Edge& edge : edges) {
    edge.days = times.days;
    if (Status status = visit(edge); !status) return status;
  }
  return {};
}

}  // namespace sitgraph::exporters
