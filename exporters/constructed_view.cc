#include "exporters/constructed_view.h"

#include <algorithm>
#include <tuple>

#include "graph/vocabulary.h"

namespace sitgraph::exporters {
namespace {

namespace v = graph::vocabulary;
using base::Fail;
using base::Result;
using base::Status;
using graph::Term;
using graph::Triple;

std::string NameOf(const Term& term) { return term.is_blank() ? "_:" + term.value() : term.value(); }

std::string LastPart(const std::string& iri) {
  const size_t end = iri.find_last_of("/#:");
  return end == std::string::npos || end + 1 == iri.size() ? iri : iri.substr(end + 1);
}

}  // namespace

Result<std::unique_ptr<View>> ConstructedView::Create(const graph::Snapshot& snapshot,
                                                      const std::vector<Triple>& triples) {
  auto source = ViewSource::Create(snapshot, {.reports = true, .filter = {}});
  if (!source) return Fail(source.error());
  return std::unique_ptr<View>(new ConstructedView(std::move(*source), triples));
}

ConstructedView::ConstructedView(std::unique_ptr<ViewSource> source, const std::vector<Triple>& triples)
    : source_(std::move(source)) {
  const std::string type = v::Iri(v::kRdf, "type"), label = v::Iri(v::kRdfs, "label"),
                    name = v::Iri(v::kSkos, "prefLabel");
  for (const Triple& triple : triples) {
    const std::string& predicate = triple.predicate.value();
    Known& subject = nodes_[NameOf(triple.subject)];
    if (triple.object.is_literal()) {
      const bool names = predicate == label || predicate == name;
      if (names && (subject.label.empty() || triple.object.value() < subject.label))
        subject.label = triple.object.value();
      left_out_ += names ? 0 : 1;
    } else if (predicate != type) {
      ++subject.degree;
      ++nodes_[NameOf(triple.object)].degree;
      edges_.push_back({NameOf(triple.subject), NameOf(triple.object), LastPart(predicate), 1, 0, {}});
    }
  }
  const auto key = [](const Edge& edge) { return std::tie(edge.source, edge.target, edge.kind); };
  std::sort(edges_.begin(), edges_.end(), [&](const Edge& a, const Edge& b) { return key(a) < key(b); });
  // Predicates of one last part are one kind.
  size_t kept = 0;
  for (size_t i = 0; i < edges_.size(); ++i) {
    if (kept > 0 && key(edges_[kept - 1]) == key(edges_[i])) {
      ++edges_[kept - 1].weight;
    } else {
      if (kept != i) edges_[kept] = std::move(edges_[i]);
      ++kept;
    }
  }
  edges_.resize(kept);
}

Status ConstructedView::ForEachNode(const std::function<Status(const Node&)>& visit) {
  for (const auto& [iri, known] : nodes_) {
    Node node;
    if (Status status = Fill(iri, known, node); !status) return status;
    if (Status status = visit(node); !status) return status;
  }
  return {};
}

Status ConstructedView::Fill(const std::string& iri, const Known& known, Node& node) {
  node.iri = iri;
  node.kind = NodeKind::kThing;
  const GraphReader& reader = source_->reader();
  const auto id = reader.snapshot().Find(iri.starts_with("_:") ? Term::Blank(iri.substr(2)) : Term::Iri(iri));
  if (!id) return Fail(id.error());
  if (*id) {
    Description about;
    if (Status status = reader.Describe(**id, about); !status) return status;
    node.kind = reader.KindOf(about).value_or(NodeKind::kThing);
    if (Status status = source_->nodes().Fill(about, node); !status) return status;
  }
  if (!known.label.empty() && (node.label.empty() || node.label == LastPart(iri))) node.label = known.label;
  if (node.label.empty()) node.label = LastPart(iri);
  node.degree = known.degree;
  node.position = source_->placement().Place(node.iri, node.coordinates, node.kind == NodeKind::kEvent);
  return {};
}

Status ConstructedView::ForEachEdge(const std::function<Status(const Edge&)>& visit) {
  for (const Edge& edge : edges_) {
    if (Status status = visit(edge); !status) return status;
  }
  return {};
}

}  // namespace sitgraph::exporters
