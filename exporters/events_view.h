// The view of entities and events: each event a node, tied to those who took part in it, to places, and to its sources.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "exporters/graph_reader.h"
#include "exporters/placement.h"
#include "exporters/view.h"

namespace sitgraph::exporters {

// Nodes are the IRIs of a known class; edges the roles of events, the relations of entities and places within places.
// The short triples (force captured place) are left out: they say again what event nodes say. Degrees for sizes are
// counted on the indexes, node by node, so that nothing is kept between nodes.
class EventsView final : public View {
 public:
  static base::Result<std::unique_ptr<EventsView>> Create(const graph::Snapshot& snapshot, bool reports_as_nodes);

  base::Status ForEachNode(const std::function<base::Status(const Node&)>& visit) override;
  base::Status ForEachEdge(const std::function<base::Status(const Edge&)>& visit) override;
  uint64_t edges_left_out() const override { return edges_left_out_; }

 private:
  // What an event's node says of its reports; kept for the next event, which mostly is of the same reports.
  struct ReportTexts {
    std::vector<graph::TermId> of;
    std::string identifier, title, date, publisher;
  };

  EventsView(GraphReader reader, Placement placement, bool reports_as_nodes);

  bool Shows(NodeKind kind) const { return reports_as_nodes_ || kind != NodeKind::kReport; }
  base::Status FillNode(graph::TermId id, const Description& about, Node& node);
  base::Status FillEvent(const Description& about, Node& node);
  base::Status FillEntity(const Description& about, Node& node);
  base::Status FillReport(const Description& about, Node& node);
  base::Status FillDays(const Description& about, Node& node) const;
  base::Status FillReportTexts(const Description& about, Node& node);
  base::Status ReadReportTexts(std::vector<graph::TermId> reports);
  base::Result<std::string> PreferredLabel(const std::string& iri, const Description& about) const;
  base::Result<std::string> Evidence(const Description& about) const;
  base::Result<std::string> Counts(const Description& about) const;
  base::Result<uint64_t> FirstOffset(const Description& about) const;
  base::Result<std::optional<Coordinates>> CoordinatesOf(const Description& about) const;
  base::Result<std::optional<Coordinates>> CoordinatesOfEvent(const Description& about) const;
  base::Status VisitEdgesOf(const std::string& iri, NodeKind kind, const Description& about,
                            const std::function<base::Status(const Edge&)>& visit);

  GraphReader reader_;
  Placement placement_;
  bool reports_as_nodes_;
  uint64_t edges_left_out_ = 0;
  ReportTexts report_texts_;
};

}  // namespace sitgraph::exporters
