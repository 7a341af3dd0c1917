// Graph patterns to steps over slots; recursion is bounded by the parser's depth limit.
#include "queries/sparql/planner.h"

#include <fmt/format.h>

#include <algorithm>

#include "queries/sparql/scope.h"

namespace sitgraph::queries::sparql {
namespace {

using Kind = PlanNode::Kind;

// Planning compares patterns with each other; no query written for a purpose comes near this.
constexpr uint32_t kMaxElements = 1000;

bool Subset(const Slots& part, const Slots& whole) {
  return std::includes(whole.begin(), whole.end(), part.begin(), part.end());
}
Slots Intersection(const Slots& a, const Slots& b) {
  Slots out;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::inserter(out, out.end()));
  return out;
}
void Insert(Slots& into, const Slots& from) { into.insert(from.begin(), from.end()); }

// What is seen of a node from outside and could be bound there too early.
Slots Mentioned(const PlanNode& node) {
  Slots out = node.maybe;
  for (const PlannedExpression& expression : node.expressions) Insert(out, expression.variables);
  for (const PlanNode& child : node.children) Insert(out, Mentioned(child));
  return out;
}

// Whether running the node from a solution that leaves the graph's slot unbound binds it before anything reads it.
bool BindsGraphFirst(const PlanNode& node, Slot slot) {
  switch (node.kind) {
    case Kind::kBgp:
      return node.graph.kind == GraphScope::Kind::kSlot && node.graph.slot == slot &&
             std::any_of(node.triples.begin(), node.triples.end(),
                         [](const PlannedTriple& triple) { return triple.path == nullptr; });
    case Kind::kSequence:
      return !node.children.empty() && BindsGraphFirst(node.children.front(), slot);
    case Kind::kUnion:
      return std::all_of(node.children.begin(), node.children.end(),
                         [&](const PlanNode& child) { return BindsGraphFirst(child, slot); });
    default:
      return false;
  }
}

}  // namespace

Slot Planner::SlotOf(const std::string& name) {
  auto [entry, is_new] = slots_.try_emplace(name, slot_count_);
  if (is_new) ++slot_count_;
  return entry->second;
}

void Planner::FailUnsupported(Position at, std::string_view what) {
  shared_.governor.Fail(
      {base::ErrorCode::kUnsupported, fmt::format("{} not evaluated yet", what), {"", at.line, at.column}, {}});
}

bool Planner::CountElement(Position at) {
  if (++shared_.elements <= kMaxElements) return true;
  shared_.governor.Fail({base::ErrorCode::kTooLarge,
                         fmt::format("the query has more than {} patterns", kMaxElements),
                         {"", at.line, at.column},
                         {}});
  return false;
}

PlanNode Planner::NewNode(Kind kind) {
  PlanNode node;
  node.kind = kind;
  node.id = shared_.nodes++;
  return node;
}

QueryPlan Planner::Plan(const Query& query, const GraphScope* outer_graph) {
  QueryPlan plan;
  GraphScope graph;
  if (outer_graph != nullptr) {
    graph = *outer_graph;
    // The graph of the outside is handed in through slot 0.
    if (graph.kind == GraphScope::Kind::kSlot) graph.slot = HiddenSlot();
  }
  Slots outer;
  if (graph.kind == GraphScope::Kind::kSlot) outer.insert(graph.slot);
  plan.where = query.where != nullptr ? PlanGroup(*query.where, graph, outer) : NewNode(Kind::kSequence);
  if (query.values) {  // joined with the pattern's solutions, before grouping
    PlanNode both = NewNode(Kind::kSequence);
    PlanNode values = PlanValues(*query.values);
    both.maybe = plan.where.maybe;
    both.certain = plan.where.certain;
    Insert(both.maybe, values.maybe);
    Insert(both.certain, values.certain);
    both.children.push_back(std::move(plan.where));
    both.children.push_back(std::move(values));
    plan.where = std::move(both);
  }
  if (shared_.governor.failed()) return plan;
  OrderTriples(plan.where, outer, {shared_.terms.snapshot(), shared_.governor, shared_.optimise});
  PlanModifiers(query, plan, graph);
  if (shared_.optimise) CountWhereEnough(plan);
  plan.slot_count = slot_count_;
  plan.names.resize(slot_count_);
  for (const auto& [name, slot] : slots_) plan.names[slot] = name;
  return plan;
}

PlanNode Planner::PlanGroup(const Pattern& group, const GraphScope& graph, const Slots& outer,
                            std::vector<PlannedExpression>* conditions) {
  PlanNode sequence = NewNode(Kind::kSequence);
  std::vector<PlannedExpression> filters;
  // Steps that only join may change places until the next OPTIONAL, MINUS or BIND: few solutions first.
  std::vector<const Pattern*> steps;
  auto rank = [](const Pattern* step) {
    return step->kind == Pattern::Kind::kValues      ? 0
           : step->kind == Pattern::Kind::kSubselect ? 1
           : step->kind == Pattern::Kind::kTriples   ? 2
                                                     : 3;
  };
  auto is_barrier = [](const Pattern* step) {
    return step->kind == Pattern::Kind::kOptional || step->kind == Pattern::Kind::kMinus ||
           step->kind == Pattern::Kind::kBind;
  };
  size_t segment = 0;
  auto close_segment = [&] {
    std::stable_sort(steps.begin() + static_cast<ptrdiff_t>(segment), steps.end(),
                     [&](const Pattern* a, const Pattern* b) { return rank(a) < rank(b); });
    segment = steps.size();
  };
  for (const auto& child : group.children) {
    if (!CountElement(child->at)) return sequence;
    if (child->kind == Pattern::Kind::kFilter) {
      filters.push_back(PlanExpression(*child->expression, graph));
      continue;
    }
    if (is_barrier(child.get())) close_segment();
    steps.push_back(child.get());
    if (is_barrier(child.get())) segment = steps.size();
  }
  close_segment();

  Slots before = outer;
  for (const Pattern* step : steps) {
    if (shared_.governor.failed()) return sequence;
    PlanNode node;
    if (step->kind == Pattern::Kind::kOptional) {
      node = PlanOptional(*step, graph, before);
    } else if (step->kind == Pattern::Kind::kMinus) {
      // Slots from outside take part in a MINUS only where they belong to this group too.
      node = PlanMinus(*step, graph, sequence.maybe, sequence.certain);
    } else {
      node = PlanPattern(*step, graph, before);
    }
    Insert(before, node.maybe);
    Insert(sequence.maybe, node.maybe);
    Insert(sequence.certain, node.certain);
    bool merges = node.kind == Kind::kBgp && !sequence.children.empty() && sequence.children.back().kind == Kind::kBgp;
    if (merges) {
      PlanNode& bgp = sequence.children.back();
      std::move(node.triples.begin(), node.triples.end(), std::back_inserter(bgp.triples));
      bgp.impossible = bgp.impossible || node.impossible;
      Insert(bgp.maybe, node.maybe);
      Insert(bgp.certain, node.certain);
    } else {
      sequence.children.push_back(std::move(node));
    }
  }
  if (conditions != nullptr) {
    auto own = std::stable_partition(filters.begin(), filters.end(), [&](const PlannedExpression& filter) {
      return Subset(filter.variables, sequence.certain);
    });
    std::move(own, filters.end(), std::back_inserter(*conditions));
    filters.erase(own, filters.end());
  }
  PlaceFilters(sequence, std::move(filters));
  return sequence;
}

// A filter holds over the whole group, but can be tested as soon as what it reads cannot change any more: after the
// first step from which on each of its variables is bound for certain or not mentioned again.
void Planner::PlaceFilters(PlanNode& sequence, std::vector<PlannedExpression> filters) {
  if (filters.empty()) return;
  const std::vector<PlanNode>& steps = sequence.children;
  std::vector<Slots> certain(steps.size() + 1), later(steps.size() + 1);
  for (size_t i = 0; i < steps.size(); ++i) {
    certain[i + 1] = certain[i];
    Insert(certain[i + 1], steps[i].certain);
  }
  for (size_t i = steps.size(); i > 0; --i) {
    later[i - 1] = later[i];
    Insert(later[i - 1], steps[i - 1].maybe);
  }
  std::vector<std::vector<PlannedExpression>> after(steps.size() + 1);
  for (PlannedExpression& filter : filters) {
    size_t place = 0;
    auto settled = [&](Slot slot) { return certain[place].contains(slot) || !later[place].contains(slot); };
    while (!std::all_of(filter.variables.begin(), filter.variables.end(), settled)) ++place;
    after[place].push_back(std::move(filter));
  }
  std::vector<PlanNode> placed;
  auto add_filters = [&](size_t place) {
    for (PlannedExpression& filter : after[place]) {
      bool in_bgp = !placed.empty() && placed.back().kind == Kind::kBgp && !placed.back().triples.empty() &&
                    Subset(filter.variables, placed.back().certain);
      if (in_bgp) {
        placed.back().expressions.push_back(std::move(filter));
        continue;
      }
      PlanNode node = NewNode(Kind::kFilter);
      node.expressions.push_back(std::move(filter));
      placed.push_back(std::move(node));
    }
  };
  add_filters(0);
  for (size_t i = 0; i < steps.size(); ++i) {
    placed.push_back(std::move(sequence.children[i]));
    add_filters(i + 1);
  }
  sequence.children = std::move(placed);
}

PlanNode Planner::PlanPattern(const Pattern& pattern, const GraphScope& graph, const Slots& outer) {
  switch (pattern.kind) {
    case Pattern::Kind::kTriples:
      return PlanTriples(pattern, graph);
    case Pattern::Kind::kGroup:
      return LeakFree(PlanGroup(pattern, graph, outer), outer, graph);
    case Pattern::Kind::kUnion:
      return PlanUnion(pattern, graph, outer);
    case Pattern::Kind::kGraph:
      return PlanGraph(pattern, outer);
    case Pattern::Kind::kValues:
      return PlanValues(pattern.data);
    case Pattern::Kind::kSubselect:
      return PlanSubselect(pattern, graph);
    case Pattern::Kind::kBind:
      return PlanBind(pattern, graph);
    case Pattern::Kind::kService:
      FailUnsupported(pattern.at, "SERVICE is");
      break;
    case Pattern::Kind::kOptional:
    case Pattern::Kind::kMinus:
    case Pattern::Kind::kFilter:
      break;  // handled by PlanGroup
  }
  return NewNode(Kind::kSequence);
}

PlannedTerm Planner::PlanPosition(const Node& node, PlanNode& bgp) {
  if (node.is_variable) {
    Slot slot = SlotOf(node.name);
    bgp.maybe.insert(slot);
    bgp.certain.insert(slot);
    return {.slot = slot};
  }
  auto id = shared_.terms.snapshot().Find(node.term);
  if (!shared_.governor.Check(id)) return {};
  if (!*id) bgp.impossible = true;
  return {.slot = std::nullopt, .constant = *id ? static_cast<Cell>(**id) : kUnbound};
}

PlanNode Planner::PlanTriples(const Pattern& pattern, const GraphScope& graph) {
  PlanNode bgp = NewNode(Kind::kBgp);
  bgp.graph = graph;
  std::vector<PlanNode> unions;
  for (const TriplePattern& triple : pattern.triples) {
    if (!CountElement(triple.subject.at)) return bgp;
    if (triple.path != nullptr) {
      PlanPathTriple(triple, bgp, unions);
      continue;
    }
    PlannedTriple planned;
    planned.subject = PlanPosition(triple.subject, bgp);
    planned.predicate = PlanPosition(triple.predicate, bgp);
    planned.object = PlanPosition(triple.object, bgp);
    bgp.triples.push_back(std::move(planned));
  }
  if (graph.kind == GraphScope::Kind::kSlot && !bgp.triples.empty()) {
    bgp.maybe.insert(graph.slot);
    bgp.certain.insert(graph.slot);
  }
  if (unions.empty()) return bgp;
  PlanNode sequence = NewNode(Kind::kSequence);
  if (!bgp.triples.empty()) sequence.children.push_back(std::move(bgp));
  std::move(unions.begin(), unions.end(), std::back_inserter(sequence.children));
  for (const PlanNode& child : sequence.children) {
    Insert(sequence.maybe, child.maybe);
    Insert(sequence.certain, child.certain);
  }
  return sequence;
}

PlanNode Planner::PlanUnion(const Pattern& pattern, const GraphScope& graph, const Slots& outer) {
  PlanNode united = NewNode(Kind::kUnion);
  for (const auto& child : pattern.children) {
    PlanNode branch = PlanPattern(*child, graph, outer);
    Insert(united.maybe, branch.maybe);
    united.certain = united.children.empty() ? branch.certain : Intersection(united.certain, branch.certain);
    united.children.push_back(std::move(branch));
  }
  return united;
}

// The node as it is where it may see the outside's solution, else to be evaluated on its own and joined. What was
// planned for a solution from outside is right without one too.
PlanNode Planner::LeakFree(PlanNode node, const Slots& outer, const GraphScope& graph) {
  return IsLeakFree(node, outer) ? std::move(node) : Materialized(std::move(node), graph);
}

PlanNode Planner::Materialized(PlanNode node, const GraphScope& graph) {
  PlanNode outer = NewNode(Kind::kMaterialized);
  outer.graph = graph;
  outer.maybe = node.maybe;
  outer.certain = node.certain;
  outer.children.push_back(std::move(node));
  return outer;
}

PlanNode Planner::PlanOptional(const Pattern& pattern, const GraphScope& graph, const Slots& before) {
  PlanNode optional = NewNode(Kind::kOptional);
  // The filters of the optional group itself see both sides (LeftJoin's expression, 18.2.2.6).
  PlanNode right = LeakFree(PlanGroup(*pattern.children.front(), graph, before, &optional.expressions), before, graph);
  optional.maybe = right.maybe;
  optional.children.push_back(std::move(right));
  return optional;
}

PlanNode Planner::PlanMinus(const Pattern& pattern, const GraphScope& graph, const Slots& before,
                            const Slots& certain) {
  PlanNode right = PlanGroup(*pattern.children.front(), graph, before);
  Slots shared = Intersection(right.maybe, before);
  if (graph.kind == GraphScope::Kind::kSlot) shared.erase(graph.slot);
  if (shared.empty()) return NewNode(Kind::kSequence);  // nothing in common: nothing is taken away
  if (Subset(shared, certain) && Subset(shared, right.certain) && IsLeakFree(right, before)) {
    PlanNode node = NewNode(Kind::kNotExists);
    node.slots.assign(shared.begin(), shared.end());
    node.children.push_back(std::move(right));
    return node;
  }
  PlanNode node = NewNode(Kind::kMinus);
  node.slots.assign(shared.begin(), shared.end());
  node.children.push_back(Materialized(std::move(right), graph));
  return node;
}

PlanNode Planner::PlanGraph(const Pattern& pattern, const Slots& outer) {
  const Pattern& group = *pattern.children.front();
  GraphScope graph;
  if (!pattern.name.is_variable) {
    graph.kind = GraphScope::Kind::kFixed;
    graph.constant = FindNamedGraph(pattern.name.term);
    PlanNode node = PlanGroup(group, graph, outer);
    node.impossible = node.impossible || graph.constant == kUnbound;
    return LeakFree(std::move(node), outer, graph);
  }
  // Inside, the variable itself is not bound by GRAPH yet (18.6, evaluation of Graph): the active graph has a slot of
  // its own, joined with the variable's at the end.
  graph.kind = GraphScope::Kind::kSlot;
  graph.slot = HiddenSlot();
  PlanNode inner = LeakFree(PlanGroup(group, graph, outer), outer, graph);
  PlanNode sequence = NewNode(Kind::kSequence);
  sequence.maybe = inner.maybe;
  sequence.certain = inner.certain;
  Slot variable = SlotOf(pattern.name.name);
  for (Slot slot : {variable, graph.slot}) {
    sequence.maybe.insert(slot);
    sequence.certain.insert(slot);
  }
  PlanNode graphs = NewNode(Kind::kGraphs);
  graphs.graph = graph;
  graphs.slot = variable;
  graphs.every_graph = !BindsGraphFirst(inner, graph.slot);
  graphs.maybe = inner.maybe;
  graphs.certain = inner.certain;
  graphs.maybe.insert(graph.slot);
  graphs.certain.insert(graph.slot);
  graphs.children.push_back(std::move(inner));
  PlanNode bind = NewNode(Kind::kBindGraph);
  bind.graph = graph;
  bind.slot = variable;
  bind.maybe = bind.certain = {variable};
  sequence.children.push_back(std::move(graphs));
  sequence.children.push_back(std::move(bind));
  return sequence;
}

// kUnbound where the dataset has no such named graph.
Cell Planner::FindNamedGraph(const graph::Term& name) {
  auto id = shared_.terms.snapshot().Find(name);
  if (!shared_.governor.Check(id) || !*id) return kUnbound;
  auto cell = static_cast<Cell>(**id);
  const auto& named = shared_.dataset.named;
  if (named && !std::binary_search(named->begin(), named->end(), cell)) return kUnbound;
  auto quads = shared_.terms.snapshot().Estimate({{}, {}, {}, **id}, 1);
  return shared_.governor.Check(quads) && *quads > 0 ? cell : kUnbound;
}

PlanNode Planner::PlanValues(const InlineData& data) {
  PlanNode node = NewNode(Kind::kValues);
  for (const std::string& name : data.variables) node.slots.push_back(SlotOf(name));
  node.maybe.insert(node.slots.begin(), node.slots.end());
  node.certain = node.maybe;
  for (const auto& row : data.rows) {
    if (!shared_.governor.Charge(row.size() * sizeof(Cell) + 32)) return node;
    std::vector<Cell>& cells = node.rows.emplace_back();
    for (size_t i = 0; i < row.size(); ++i) {
      cells.push_back(row[i] ? shared_.terms.Intern(*row[i]) : kUnbound);
      if (!row[i]) node.certain.erase(node.slots[i]);
    }
  }
  return node;
}

PlanNode Planner::PlanSubselect(const Pattern& pattern, const GraphScope& graph) {
  PlanNode node = NewNode(Kind::kSubselect);
  node.graph = graph;
  Planner inner(shared_);
  node.query = std::make_shared<QueryPlan>(inner.Plan(*pattern.query, &graph));
  for (const QueryPlan::Column& column : node.query->columns) {
    Slot slot = SlotOf(column.name);
    node.slots.push_back(slot);
    node.maybe.insert(slot);
    bool is_certain = !column.expression && !node.query->aggregated && node.query->where.certain.contains(column.slot);
    if (is_certain) node.certain.insert(slot);
  }
  return node;
}

PlanNode Planner::PlanBind(const Pattern& pattern, const GraphScope& graph) {
  PlanNode node = NewNode(Kind::kBind);
  node.expressions.push_back(PlanExpression(*pattern.expression, graph));
  node.slot = SlotOf(pattern.variable);
  node.maybe.insert(node.slot);
  return node;
}

bool IsLeakFree(const PlanNode& node, const Slots& outer) {
  // Walks a chain of steps with what the node itself has bound so far; `whole` is bound at the end of the group.
  auto reads_only = [&](const Slots& read, const Slots& bound) { return Subset(Intersection(read, outer), bound); };
  switch (node.kind) {
    case Kind::kSequence: {
      Slots bound;
      for (const PlanNode& step : node.children) {
        switch (step.kind) {
          case Kind::kFilter:
            if (!reads_only(step.expressions.front().variables, node.certain)) return false;
            break;
          case Kind::kBind:
            if (!reads_only(step.expressions.front().variables, bound)) return false;
            break;
          case Kind::kOptional:
          case Kind::kMinus:
          case Kind::kNotExists:
            if (!reads_only(Mentioned(step), bound)) return false;
            break;
          default:
            if (!IsLeakFree(step, outer)) return false;
        }
        Insert(bound, step.certain);
      }
      return true;
    }
    case Kind::kUnion:
    case Kind::kGraphs:
      return std::all_of(node.children.begin(), node.children.end(),
                         [&](const PlanNode& child) { return IsLeakFree(child, outer); });
    case Kind::kBgp:  // its filters read what it binds
    case Kind::kValues:
    case Kind::kBindGraph:
    case Kind::kSubselect:
    case Kind::kMaterialized:
      return true;
    default:
      return false;
  }
}

namespace {

// The basic graph pattern whose matches are the last thing that a solution gets; null where something else is.
PlanNode* LastBgp(PlanNode& node) {
  if (node.kind == Kind::kBgp) return node.triples.empty() ? nullptr : &node;
  if (node.kind != Kind::kSequence || node.children.empty()) return nullptr;
  return LastBgp(node.children.back());
}

}  // namespace

// Where solutions are only grouped and counted, matches of the last triple that differ in nothing that is asked for are
// counted instead of being visited.
void CountWhereEnough(QueryPlan& plan) {
  PlanNode* bgp = LastBgp(plan.where);
  if (!plan.aggregated || bgp == nullptr || !bgp->triples.back().filters.empty() || !bgp->expressions.empty()) return;
  for (PlannedAggregate& aggregate : plan.aggregates) {
    bool counts_rows = aggregate.function == Builtin::kCount && !aggregate.distinct && aggregate.argument &&
                       aggregate.argument->kind == Expression::Kind::kVariable &&
                       plan.where.certain.contains(aggregate.argument->slot);
    if (counts_rows) aggregate.argument.reset();
  }
  Slots needed;
  for (const QueryPlan::Group& group : plan.groups) Insert(needed, group.expression.variables);
  for (const PlannedAggregate& aggregate : plan.aggregates) {
    bool adds_up = aggregate.function == Builtin::kSum || aggregate.function == Builtin::kAvg ||
                   aggregate.function == Builtin::kGroupConcat;
    if (!aggregate.distinct && adds_up) return;
    if (aggregate.distinct && !aggregate.argument) return;  // COUNT(DISTINCT *)
    if (aggregate.argument) Insert(needed, aggregate.argument->variables);
  }
  Slots elsewhere;  // bound before the last triple
  const PlannedTriple& last = bgp->triples.back();
  for (const PlannedTerm* term : {&last.subject, &last.predicate, &last.object}) {
    if (term->slot && needed.contains(*term->slot)) elsewhere.insert(*term->slot);
  }
  for (size_t i = 0; i + 1 < bgp->triples.size(); ++i) {
    for (const PlannedTerm* term : {&bgp->triples[i].subject, &bgp->triples[i].predicate, &bgp->triples[i].object}) {
      if (term->slot) elsewhere.erase(*term->slot);
    }
  }
  bool binds_graph = bgp->graph.kind == GraphScope::Kind::kSlot && needed.contains(bgp->graph.slot);
  bgp->counts_last = elsewhere.empty() && !binds_graph && bgp->graph.kind != GraphScope::Kind::kSlot;
}

base::Result<QueryPlan> MakePlan(const Query& query, TermTable& terms, const Dataset& dataset, Governor& governor,
                                 bool optimise) {
  Planner::Shared shared{terms, dataset, governor, optimise};
  QueryPlan plan = Planner(shared).Plan(query, nullptr);
  if (governor.failed()) return base::Fail(governor.TakeFailure());
  return plan;
}

}  // namespace sitgraph::queries::sparql
