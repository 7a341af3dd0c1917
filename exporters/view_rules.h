// How the derived views read events: which links between nodes one event stands for.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "exporters/graph_reader.h"

namespace sitgraph::exporters {

// Two nodes that an event ties, and how: "attack", "says".
struct Link {
  graph::TermId source, target;
  std::string kind;
};

// An event as a rule sees it.
struct EventFacts {
  graph::TermId id{};
  std::string_view type;        // local name
  std::string_view factuality;  // local name, or empty
  const Description* about = nullptr;
};

struct ViewRule {
  std::string_view name;
  std::span<const NodeKind> kinds;      // of the nodes
  std::span<const Property> roles;      // by which an event is found from a node that it ties
  std::span<const Property> relations;  // between two nodes that are edges too
  // Appends the links of an event. Those whose ends are not of `kinds`, or that `ties` refuses, are dropped.
  void (*links)(const EventFacts& event, std::vector<Link>& links);
  bool (*ties)(NodeKind source, NodeKind target);
};

// actors: agent -> target, agent -> partner by type of event; relations of actors.
// places: agent -> place, origin -> destination by type of event; places within places.
// claims: source -> event by what the source says ("says", "denies", …), event -> those it is about.
// The first two read only what is told as done.
const ViewRule& ActorsRule();
const ViewRule& PlacesRule();
const ViewRule& ClaimsRule();

}  // namespace sitgraph::exporters
