// The order in which the triples of a pattern are looked up: greedy, by counted matches and by what is bound already.
#include <algorithm>
#include <cmath>

#include "queries/sparql/planner.h"

namespace sitgraph::queries::sparql {
namespace {

std::optional<graph::TermId> Bound(const PlannedTerm& term) {
  return term.slot ? std::nullopt : std::optional(graph::TermId{term.constant});
}

// Roughly the logarithm of how many matches one look-up finds. A bound subject leaves few, a bound object some.
double Cost(const PlannedTriple& triple, double log_matches, const Slots& bound) {
  auto is_bound = [&](const PlannedTerm& term) { return !term.slot || bound.contains(*term.slot); };
  if (triple.path != nullptr) {
    int ends = (is_bound(triple.subject) ? 1 : 0) + (is_bound(triple.object) ? 1 : 0);
    return ends == 2 ? 2 : ends == 1 ? 6 : 30;
  }
  double cost = log_matches;
  if (triple.subject.slot && is_bound(triple.subject)) cost *= 0.1;
  if (triple.object.slot && is_bound(triple.object)) cost *= 0.3;
  if (triple.predicate.slot && is_bound(triple.predicate)) cost *= 0.7;
  return cost;
}

bool IsConnected(const PlannedTriple& triple, const Slots& bound) {
  bool has_slot = false;
  for (const PlannedTerm* term : {&triple.subject, &triple.predicate, &triple.object}) {
    if (!term->slot) continue;
    has_slot = true;
    if (bound.contains(*term->slot)) return true;
  }
  return !has_slot;
}

void AddSlots(const PlannedTriple& triple, Slots& bound) {
  for (const PlannedTerm* term : {&triple.subject, &triple.predicate, &triple.object}) {
    if (term->slot) bound.insert(*term->slot);
  }
}

void OrderBgp(PlanNode& bgp, Slots bound, const graph::Snapshot& snapshot, Governor& governor) {
  if (bgp.impossible) return;
  struct Candidate {
    PlannedTriple triple;
    double log_matches;
  };
  std::vector<Candidate> left;
  auto count = [&](const PlannedTriple& triple) {
    graph::QuadPattern pattern{Bound(triple.subject), Bound(triple.predicate), Bound(triple.object), std::nullopt};
    if (bgp.graph.kind == GraphScope::Kind::kFixed) pattern.graph = graph::TermId{bgp.graph.constant};
    auto matches = snapshot.Estimate(pattern, 1000);
    return governor.Check(matches) ? *matches : 0;
  };
  for (PlannedTriple& triple : bgp.triples) {
    uint64_t matches = triple.is_alternative || triple.path != nullptr ? 0 : count(triple);
    for (const PlannedTriple& alternative : triple.alternatives) matches += count(alternative);
    if (governor.failed()) return;
    left.push_back({std::move(triple), std::log1p(static_cast<double>(matches))});
  }
  Slots nodes;
  bool graph_is_open = bgp.graph.kind == GraphScope::Kind::kSlot && !bound.contains(bgp.graph.slot);
  bgp.triples.clear();
  bool is_first = std::none_of(bgp.certain.begin(), bgp.certain.end(), [&](Slot slot) { return bound.contains(slot); });
  while (!left.empty()) {
    auto worse = [&](const Candidate& a, const Candidate& b) {
      // A path is searched within one graph, which a triple has to find first.
      bool a_waits = graph_is_open && a.triple.path != nullptr, b_waits = graph_is_open && b.triple.path != nullptr;
      if (a_waits != b_waits) return b_waits;
      bool a_apart = !is_first && !IsConnected(a.triple, bound), b_apart = !is_first && !IsConnected(b.triple, bound);
      if (a_apart != b_apart) return b_apart;
      return Cost(a.triple, a.log_matches, bound) < Cost(b.triple, b.log_matches, bound);
    };
    auto best = std::min_element(left.begin(), left.end(), worse);
    // Which ends are bound by a triple of this pattern, and so are nodes of the same graph.
    auto is_node = [&](const PlannedTerm& end) { return end.slot && nodes.contains(*end.slot); };
    best->triple.ends_are_nodes = is_node(best->triple.subject) || is_node(best->triple.object);
    for (const PlannedTerm* end : {&best->triple.subject, &best->triple.object}) {
      if (end->slot) nodes.insert(*end->slot);
    }
    AddSlots(best->triple, bound);
    graph_is_open = false;
    bgp.triples.push_back(std::move(best->triple));
    left.erase(best);
    is_first = false;
  }
}

void PlaceBgpFilters(PlanNode& bgp, Slots bound) {
  if (bgp.triples.empty()) return;
  for (PlannedTriple& triple : bgp.triples) {
    AddSlots(triple, bound);
    if (bgp.graph.kind == GraphScope::Kind::kSlot) bound.insert(bgp.graph.slot);
    auto later =
        std::stable_partition(bgp.expressions.begin(), bgp.expressions.end(), [&](const PlannedExpression& filter) {
          return std::includes(bound.begin(), bound.end(), filter.variables.begin(), filter.variables.end());
        });
    std::move(bgp.expressions.begin(), later, std::back_inserter(triple.filters));
    bgp.expressions.erase(bgp.expressions.begin(), later);
  }
}

void OrderInside(PlannedExpression& expression, const Slots& bound, const graph::Snapshot& snapshot,
                 Governor& governor) {
  if (expression.exists != nullptr) OrderTriples(*expression.exists, bound, snapshot, governor);
  for (PlannedExpression& argument : expression.arguments) OrderInside(argument, bound, snapshot, governor);
}

}  // namespace

void OrderTriples(PlanNode& node, const Slots& bound, const graph::Snapshot& snapshot, Governor& governor) {
  if (governor.failed()) return;
  Slots inside = bound;
  if (node.kind == PlanNode::Kind::kBgp) {
    inside.insert(node.certain.begin(), node.certain.end());
    for (PlannedExpression& filter : node.expressions) OrderInside(filter, inside, snapshot, governor);
    OrderBgp(node, bound, snapshot, governor);
    PlaceBgpFilters(node, bound);
    return;
  }
  if (node.kind == PlanNode::Kind::kMaterialized) inside.clear();
  if (node.kind == PlanNode::Kind::kGraphs && node.every_graph) inside.insert(node.graph.slot);
  for (PlanNode& child : node.children) {
    OrderTriples(child, inside, snapshot, governor);
    if (node.kind == PlanNode::Kind::kSequence) inside.insert(child.certain.begin(), child.certain.end());
  }
  if (node.kind == PlanNode::Kind::kOptional) {
    const Slots& right = node.children.front().maybe;
    inside.insert(right.begin(), right.end());
  }
  for (PlannedExpression& expression : node.expressions) OrderInside(expression, inside, snapshot, governor);
}

}  // namespace sitgraph::queries::sparql
