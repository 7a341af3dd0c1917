// Which events a view is made of: by time, type and place, and by what a query bound.
#pragma once

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/date.h"
#include "base/error.h"
#include "exporters/graph_reader.h"

namespace sitgraph::exporters {

// Empty parts let everything through; an event must pass all others.
struct Filter {
  base::PartialDate since = {},
                    until = {};          // days that the event's interval must meet; 2018-05 is its first, its last day
  std::vector<std::string> types = {};   // local names: "capture"
  std::vector<std::string> places = {};  // IRIs; what lies within them counts too
  // IRIs of a query's answer: the events among them, or, where there is none, the events of the entities among them.
  std::vector<std::string> bound = {};
  bool has_bound = false;  // an answer without IRIs selects nothing

  bool empty() const { return since.empty() && until.empty() && types.empty() && places.empty() && !has_bound; }
};

// The chosen events, and the nodes that they name. Without a filter everything is chosen and nothing is held; else
// memory grows with what is chosen, some 50 bytes a node.
class Selection {
 public:
  // kNotFound for a type that the graph does not have, with a near one as hint.
  static base::Result<Selection> Create(const GraphReader& reader, const Filter& filter);

  bool everything() const { return everything_; }
  const std::unordered_set<graph::TermId>& nodes() const { return nodes_; }  // empty where everything is chosen
  bool Has(graph::TermId node) const { return everything_ || nodes_.count(node) > 0; }

 private:
  base::Status AddEvents(const GraphReader& reader, const Filter& filter);

  bool everything_ = true;
  std::unordered_set<graph::TermId> nodes_;  // never iterated
};

}  // namespace sitgraph::exporters
