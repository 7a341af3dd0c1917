// The view of what a CONSTRUCT query made: its triples between things are the edges.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "exporters/view.h"
#include "exporters/view_source.h"
#include "graph/term.h"

namespace sitgraph::exporters {

// Nodes are the triples' subjects and those objects that are no literals, with what the graph knows of them; a node of
// no known class is a thing. An edge's kind is the last part of its predicate. rdf:type makes no edge; rdfs:label and
// skos:prefLabel name a node that the graph has no name for. Other literals are left out. Holds the triples.
class ConstructedView final : public View {
 public:
  static base::Result<std::unique_ptr<View>> Create(const graph::Snapshot& snapshot,
                                                    const std::vector<graph::Triple>& triples);

  base::Status ForEachNode(const std::function<base::Status(const Node&)>& visit) override;
  base::Status ForEachEdge(const std::function<base::Status(const Edge&)>& visit) override;
  uint64_t edges_left_out() const override { return left_out_; }

 private:
  struct Known {
    std::string label;
    uint64_t degree = 0;
  };
  ConstructedView(std::unique_ptr<ViewSource> source, const std::vector<graph::Triple>& triples);
  base::Status Fill(const std::string& iri, const Known& known, Node& node);

  std::unique_ptr<ViewSource> source_;
  std::map<std::string, Known> nodes_;  // by IRI, or "_:" and the label
  std::vector<Edge> edges_;
  uint64_t left_out_ = 0;
};

}  // namespace sitgraph::exporters
