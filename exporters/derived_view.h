// Views whose edges stand for events: who acts on whom, who acts where, who says what.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "exporters/view.h"
#include "exporters/view_rules.h"
#include "exporters/view_source.h"

namespace sitgraph::exporters {

// Nodes are those of the rule's kinds that an edge ties; an edge's weight is the number of events (statements, for
// relations), with the reports that tell of them and the span of their days. Nodes are read one by one, each with the
// events that it takes part in, so an event is read once for each of its nodes; memory grows with the events of one
// node.
class DerivedView final : public View {
 public:
  DerivedView(const ViewRule& rule, std::unique_ptr<ViewSource> source) : rule_(&rule), source_(std::move(source)) {}

  base::Status ForEachNode(const std::function<base::Status(const Node&)>& visit) override;
  base::Status ForEachEdge(const std::function<base::Status(const Edge&)>& visit) override;
  uint64_t edges_left_out() const override { return 0; }

 private:
  struct Tie {  // what one edge stands for
    uint64_t weight = 0;
    std::vector<graph::TermId> reports;
    Days days;
    bool open_first = false, open_last = false;
  };
  using TieKey = std::pair<std::pair<graph::TermId, graph::TermId>, std::string>;
  struct Neighbourhood {
    std::map<TieKey, Tie> ties;
    uint64_t events = 0;  // that a tie stands for
    std::vector<graph::TermId> reports;
  };

  // The ties of a node; only those that lead away from it where `outgoing`.
  base::Status ReadTies(graph::TermId node, const Description& about, bool outgoing, Neighbourhood& around);
  base::Status ReadEvent(graph::TermId event, graph::TermId node, bool outgoing, Neighbourhood& around);
  base::Status ReadRelations(graph::TermId node, const Description& about, bool outgoing, Neighbourhood& around);
  base::Result<bool> IsEnd(graph::TermId id) const;
  base::Result<bool> Ties(graph::TermId source, graph::TermId target) const;
  bool HasKind(NodeKind kind) const;
  static void AddDays(const Days& days, Tie& tie);
  // Calls back for each IRI of the rule's kinds.
  base::Status ForEachCandidate(
      const std::function<base::Status(graph::TermId, const std::string&, NodeKind, const Description&)>& visit);

  const ViewRule* rule_;
  std::unique_ptr<ViewSource> source_;
};

}  // namespace sitgraph::exporters
