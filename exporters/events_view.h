// The view of entities and events: each event a node, tied to those who took part in it, to places, and to its sources.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "base/error.h"
#include "exporters/view.h"
#include "exporters/view_source.h"

namespace sitgraph::exporters {

// Nodes are the IRIs of a known class; edges the roles of events, the relations of entities and places within places.
// With a filter, the chosen events, what they name, and the relations between those. The short triples (force captured
// place) are left out: they say again what event nodes say. Degrees for sizes are counted on the indexes, node by node,
// so that nothing is kept between nodes.
class EventsView final : public View {
 public:
  explicit EventsView(std::unique_ptr<ViewSource> source) : source_(std::move(source)) {}

  base::Status ForEachNode(const std::function<base::Status(const Node&)>& visit) override;
  base::Status ForEachEdge(const std::function<base::Status(const Edge&)>& visit) override;
  uint64_t edges_left_out() const override { return edges_left_out_; }

 private:
  base::Status FillNode(graph::TermId id, const Description& about, Node& node);
  base::Status VisitEdgesOf(const std::string& iri, NodeKind kind, const Description& about,
                            const std::function<base::Status(const Edge&)>& visit);

  std::unique_ptr<ViewSource> source_;
  uint64_t edges_left_out_ = 0;
};

}  // namespace sitgraph::exporters
