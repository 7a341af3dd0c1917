// The order in which the triples of a pattern are matched: dynamic programming over counted matches and sampled
// distinct values (Selinger et al., Access path selection in a relational database management system, 1979).
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "queries/sparql/planner.h"

namespace sitgraph::queries::sparql {
namespace {

using graph::QuadPattern;
using graph::TermId;

constexpr size_t kMaxExhaustive = 10;  // triples; more are ordered greedily by the same costs
constexpr double kLookup = 32;         // cost of a look-up, in rows read one after the other
constexpr double kFilterPasses = 0.33;
constexpr uint64_t kCounted = 128;  // matches; more are estimated
constexpr uint64_t kSampledRows = 64;
constexpr uint64_t kSampledSubjects = 4;
// Of a searched path: the nodes that one search is thought to find, and what it costs.
constexpr double kPathFinds = 100, kPathCost = 1000;

// What is known of one triple: how many matches, and how many distinct values each of its variables has among them.
struct Estimate {
  double matches = 0;
  std::map<Slot, double> distinct;
};

class Statistics {
 public:
  Statistics(const GraphScope& graph, const graph::Snapshot& snapshot, Governor& governor)
      : snapshot_(snapshot), governor_(governor) {
    if (graph.kind == GraphScope::Kind::kFixed) graph_ = TermId{graph.constant};
  }

  Estimate Of(const PlannedTriple& triple) {
    Estimate estimate;
    if (triple.path != nullptr) return OfPath(triple);
    if (!triple.is_alternative) return OfTriple(triple);
    for (const PlannedTriple& part : triple.alternatives) {
      Estimate each = OfTriple(part);
      estimate.matches += each.matches;
      for (const auto& [slot, distinct] : each.distinct) estimate.distinct[slot] += distinct;
    }
    return estimate;
  }

 private:
  static std::optional<TermId> Constant(const PlannedTerm& term) {
    return term.slot ? std::nullopt : std::optional(TermId{term.constant});
  }

  double Count(const QuadPattern& pattern, uint64_t limit) {
    auto matches = snapshot_.Estimate(pattern, limit);
    return governor_.Check(matches) ? static_cast<double>(*matches) : 0;
  }

  Estimate OfTriple(const PlannedTriple& triple) {
    QuadPattern pattern{Constant(triple.subject), Constant(triple.predicate), Constant(triple.object), graph_};
    Estimate estimate;
    estimate.matches = Count(pattern, kCounted);
    double subjects = 0, objects = 0;
    bool both_free = triple.subject.slot && triple.object.slot;
    if (both_free) Sample(pattern, estimate.matches, subjects, objects);
    auto set = [&](const PlannedTerm& term, double distinct) {
      if (term.slot) estimate.distinct[*term.slot] = std::clamp(distinct, 1.0, std::max(estimate.matches, 1.0));
    };
    set(triple.predicate, both_free ? 32 : 4);
    set(triple.object, both_free ? objects : estimate.matches);
    set(triple.subject, both_free ? subjects : estimate.matches);
    return estimate;
  }

  // Ids are in no order that means anything, so the first rows of an index are as good as any. Rows of one object
  // follow one another there; subjects that have many rows are met more often, which the harmonic mean makes up for.
  void Sample(const QuadPattern& pattern, double matches, double& subjects, double& objects) {
    std::vector<graph::QuadIds> rows;
    auto cursor = snapshot_.Match(pattern);
    for (; cursor->Valid() && rows.size() < kSampledRows; cursor->Next()) rows.push_back(cursor->quad());
    if (!governor_.Check(cursor->status()) || rows.empty()) return;
    std::vector<TermId> ends;
    for (const auto& row : rows) ends.push_back(row.object);
    std::sort(ends.begin(), ends.end());
    size_t distinct = static_cast<size_t>(std::unique(ends.begin(), ends.end()) - ends.begin());
    objects = matches * static_cast<double>(distinct) / static_cast<double>(rows.size());
    double shares = 0;
    size_t step = std::max<size_t>(1, rows.size() / kSampledSubjects), sampled = 0;
    for (size_t i = 0; i < rows.size() && sampled < kSampledSubjects; i += step, ++sampled) {
      shares += 1 / std::max(1.0, Count({rows[i].subject, pattern.predicate, std::nullopt, pattern.graph}, 100));
    }
    subjects = matches * shares / static_cast<double>(sampled);
  }

  Estimate OfPath(const PlannedTriple& triple) {
    if (nodes_ == 0) nodes_ = std::max(1.0, Count({std::nullopt, std::nullopt, std::nullopt, graph_}, kCounted) / 4);
    Estimate estimate;
    estimate.matches = nodes_ * kPathFinds;
    for (const PlannedTerm* end : {&triple.subject, &triple.object}) {
      if (end->slot) {
        estimate.distinct[*end->slot] = nodes_;
      } else {
        estimate.matches /= nodes_;
      }
    }
    return estimate;
  }

  const graph::Snapshot& snapshot_;
  Governor& governor_;
  std::optional<TermId> graph_;
  double nodes_ = 0;  // of the graph, once asked for
};

void AddSlots(const PlannedTriple& triple, Slots& bound) {
  for (const PlannedTerm* term : {&triple.subject, &triple.predicate, &triple.object}) {
    if (term->slot) bound.insert(*term->slot);
  }
}

// Triples matched so far, in their order, and what it takes.
struct Chain {
  std::vector<size_t> order;
  std::vector<double> rows;  // after each
  double cost = 0;
  double found = 1;
  std::map<Slot, double> distinct;  // of the variables bound
  bool graph_is_open = false;
};

class Orderer {
 public:
  Orderer(PlanNode& bgp, const Slots& bound, Statistics& statistics) : bgp_(bgp) {
    for (const PlannedTriple& triple : bgp.triples) estimates_.push_back(statistics.Of(triple));
    for (Slot slot : bound) start_.distinct[slot] = 1;
    start_.graph_is_open = bgp.graph.kind == GraphScope::Kind::kSlot && !bound.contains(bgp.graph.slot);
    has_triple_ = std::any_of(bgp.triples.begin(), bgp.triples.end(),
                              [](const PlannedTriple& triple) { return triple.path == nullptr; });
  }

  Chain Best() const { return bgp_.triples.size() <= kMaxExhaustive ? Exhaustive() : Greedy(); }

 private:
  // A path is searched within one graph, which a triple has to find first.
  bool Waits(const Chain& chain, size_t next) const {
    return chain.graph_is_open && has_triple_ && bgp_.triples[next].path != nullptr;
  }

  Chain Extend(const Chain& chain, size_t next) const {
    const PlannedTriple& triple = bgp_.triples[next];
    const Estimate& estimate = estimates_[next];
    double per_lookup = estimate.matches;
    bool is_joined = false;
    for (const auto& [slot, distinct] : estimate.distinct) {
      auto bound = chain.distinct.find(slot);
      if (bound == chain.distinct.end()) continue;
      per_lookup /= std::max(distinct, bound->second);
      is_joined = true;
    }
    Chain out = chain;
    out.order.push_back(next);
    double found = chain.found * per_lookup;
    if (triple.path != nullptr) {
      out.cost += chain.found * std::max(kPathCost, per_lookup);
    } else {
      // Look-ups one by one, or all matches read once into a table.
      double by_lookup = chain.found * kLookup, by_table = estimate.matches * 2 + chain.found;
      out.cost += is_joined ? std::min(by_lookup, by_table) : by_lookup;
    }
    out.cost += found;
    for (const auto& [slot, distinct] : estimate.distinct) {
      auto [entry, is_new] = out.distinct.try_emplace(slot, distinct);
      if (!is_new) entry->second = std::min(entry->second, distinct);
    }
    for (const PlannedExpression& filter : bgp_.expressions) {
      auto reads_bound = [&](const std::map<Slot, double>& bound) {
        return std::all_of(filter.variables.begin(), filter.variables.end(),
                           [&](Slot slot) { return bound.contains(slot); });
      };
      if (!reads_bound(chain.distinct) && reads_bound(out.distinct)) found *= kFilterPasses;
    }
    out.found = found;
    for (auto& [slot, distinct] : out.distinct) distinct = std::max(1.0, std::min(distinct, found));
    out.rows.push_back(found);
    out.graph_is_open = false;
    return out;
  }

  Chain Exhaustive() const {
    size_t count = bgp_.triples.size();
    std::vector<std::optional<Chain>> best(size_t{1} << count);
    best[0] = start_;
    for (size_t set = 0; set + 1 < best.size(); ++set) {
      if (!best[set]) continue;
      for (size_t next = 0; next < count; ++next) {
        if ((set >> next & 1) != 0 || Waits(*best[set], next)) continue;
        Chain chain = Extend(*best[set], next);
        std::optional<Chain>& known = best[set | size_t{1} << next];
        if (!known || chain.cost < known->cost) known = std::move(chain);
      }
      if (set != 0) best[set].reset();
    }
    return std::move(*best.back());
  }

  Chain Greedy() const {
    Chain chain = start_;
    std::vector<bool> used(bgp_.triples.size());
    while (chain.order.size() < used.size()) {
      std::optional<Chain> best;
      for (size_t next = 0; next < used.size(); ++next) {
        if (used[next] || Waits(chain, next)) continue;
        Chain extended = Extend(chain, next);
        if (!best || extended.cost < best->cost) best = std::move(extended);
      }
      used[best->order.back()] = true;
      chain = std::move(*best);
    }
    return chain;
  }

  PlanNode& bgp_;
  std::vector<Estimate> estimates_;
  Chain start_;
  bool has_triple_ = false;
};

void OrderBgp(PlanNode& bgp, const Slots& bound, const graph::Snapshot& snapshot, Governor& governor) {
  if (bgp.impossible || bgp.triples.empty()) return;
  Statistics statistics(bgp.graph, snapshot, governor);
  Chain best = Orderer(bgp, bound, statistics).Best();
  std::vector<PlannedTriple> ordered;
  Slots nodes;  // bound by a triple of this pattern, and so nodes of the same graph
  double before = 1;
  for (size_t i = 0; i < best.order.size(); ++i) {
    PlannedTriple& triple = bgp.triples[best.order[i]];
    triple.expected_lookups = before;
    triple.expected_rows = before = best.rows[i];
    auto is_node = [&](const PlannedTerm& end) { return end.slot && nodes.contains(*end.slot); };
    triple.ends_are_nodes = is_node(triple.subject) || is_node(triple.object);
    for (const PlannedTerm* end : {&triple.subject, &triple.object}) {
      if (end->slot) nodes.insert(*end->slot);
    }
    ordered.push_back(std::move(triple));
  }
  bgp.triples = std::move(ordered);
}

// Without an order of our own, paths come after the triples that may have to find their graph.
void KeepOrder(PlanNode& bgp, const Slots& bound) {
  if (bgp.graph.kind != GraphScope::Kind::kSlot || bound.contains(bgp.graph.slot)) return;
  std::stable_partition(bgp.triples.begin(), bgp.triples.end(),
                        [](const PlannedTriple& triple) { return triple.path == nullptr; });
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

void OrderInside(PlannedExpression& expression, const Slots& bound, const OrderOptions& options) {
  if (expression.exists != nullptr) OrderTriples(*expression.exists, bound, options);
  for (PlannedExpression& argument : expression.arguments) OrderInside(argument, bound, options);
}

}  // namespace

void OrderTriples(PlanNode& node, const Slots& bound, const OrderOptions& options) {
  if (options.governor.failed()) return;
  Slots inside = bound;
  if (node.kind == PlanNode::Kind::kBgp) {
    inside.insert(node.certain.begin(), node.certain.end());
    for (PlannedExpression& filter : node.expressions) OrderInside(filter, inside, options);
    if (options.optimise) {
      OrderBgp(node, bound, options.snapshot, options.governor);
    } else {
      KeepOrder(node, bound);
    }
    PlaceBgpFilters(node, bound);
    return;
  }
  if (node.kind == PlanNode::Kind::kMaterialized) inside.clear();
  if (node.kind == PlanNode::Kind::kGraphs && node.every_graph) inside.insert(node.graph.slot);
  for (PlanNode& child : node.children) {
    OrderTriples(child, inside, options);
    if (node.kind == PlanNode::Kind::kSequence) inside.insert(child.certain.begin(), child.certain.end());
  }
  if (node.kind == PlanNode::Kind::kOptional) {
    const Slots& right = node.children.front().maybe;
    inside.insert(right.begin(), right.end());
  }
  for (PlannedExpression& expression : node.expressions) OrderInside(expression, inside, options);
}

}  // namespace sitgraph::queries::sparql
