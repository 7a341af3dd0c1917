// Property paths (SPARQL 1.1, section 18.2.2.3): sequences and inverses become joins, alternatives unions, and only
// what repeats is left to a search.
#include <algorithm>

#include "queries/sparql/planner.h"

namespace sitgraph::queries::sparql {
namespace {

using Kind = Path::Kind;

void AddPosition(const PlannedTerm& term, PlanNode& bgp) {
  if (!term.slot) return;
  bgp.maybe.insert(*term.slot);
  bgp.certain.insert(*term.slot);
}

}  // namespace

void Planner::PlanPathTriple(const TriplePattern& triple, PlanNode& bgp, std::vector<PlanNode>& unions) {
  // A term that the graph does not have is its own end of an empty path, so it does not rule out every solution.
  auto plan_end = [&](const Node& node) {
    return node.is_variable ? PlannedTerm{.slot = SlotOf(node.name)}
                            : PlannedTerm{.slot = std::nullopt, .constant = shared_.terms.Intern(node.term)};
  };
  PlannedTerm subject = plan_end(triple.subject);
  PlanPath(subject, *triple.path, plan_end(triple.object), bgp, unions);
}

void Planner::PlanPath(const PlannedTerm& from, const Path& path, const PlannedTerm& to, PlanNode& bgp,
                       std::vector<PlanNode>& unions) {
  if (!CountElement(path.at)) return;
  if (path.kind == Kind::kInverse) return PlanPath(to, path.parts.front(), from, bgp, unions);
  if (path.kind == Kind::kSequence) {
    PlannedTerm here = from;
    for (const Path& part : path.parts) {
      PlannedTerm next = &part == &path.parts.back() ? to : PlannedTerm{.slot = HiddenSlot()};
      PlanPath(here, part, next, bgp, unions);
      here = next;
    }
    return;
  }
  if (auto steps = SingleSteps(path, false)) return PlanSteps(from, *steps, to, bgp);
  if (path.kind == Kind::kAlternative) {
    PlanNode united = NewNode(PlanNode::Kind::kUnion);
    for (const Path& part : path.parts) {
      PlanNode branch = NewNode(PlanNode::Kind::kSequence);
      PlanNode own = NewNode(PlanNode::Kind::kBgp);
      own.graph = bgp.graph;
      std::vector<PlanNode> nested;
      PlanPath(from, part, to, own, nested);
      if (!own.triples.empty()) nested.insert(nested.begin(), std::move(own));
      branch.children = std::move(nested);
      for (PlanNode& child : branch.children) {
        if (child.kind == PlanNode::Kind::kBgp && bgp.graph.kind == GraphScope::Kind::kSlot) {
          child.maybe.insert(bgp.graph.slot);
          child.certain.insert(bgp.graph.slot);
        }
        branch.maybe.insert(child.maybe.begin(), child.maybe.end());
        branch.certain.insert(child.certain.begin(), child.certain.end());
      }
      united.maybe.insert(branch.maybe.begin(), branch.maybe.end());
      united.children.push_back(std::move(branch));
    }
    for (Slot slot : united.children.front().certain) {
      bool in_all = std::all_of(united.children.begin(), united.children.end(),
                                [&](const PlanNode& child) { return child.certain.contains(slot); });
      if (in_all) united.certain.insert(slot);
    }
    unions.push_back(std::move(united));
    return;
  }
  PathBuilder builder;
  PathBuilder::Part whole = BuildPath(path, false, builder);
  PlannedTriple planned;
  planned.subject = from;
  planned.object = to;
  planned.path = std::make_shared<PlannedPath>(builder.Finish(whole));
  AddPosition(from, bgp);
  AddPosition(to, bgp);
  bgp.triples.push_back(std::move(planned));
}

// A path of one step is matched like a triple, with as many solutions as there are edges.
void Planner::PlanSteps(const PlannedTerm& from, const std::vector<PathStep>& steps, const PlannedTerm& to,
                        PlanNode& bgp) {
  PlannedTriple planned;
  for (const PathStep& step : steps) {
    PlannedTriple each;
    each.subject = step.inverse ? to : from;
    each.object = step.inverse ? from : to;
    if (step.negated) {
      each.predicate = {.slot = HiddenSlot()};
      each.excluded = step.properties;
      planned.alternatives.push_back(each);
    }
    for (Cell property : step.negated ? std::vector<Cell>() : step.properties) {
      each.predicate = {.slot = std::nullopt, .constant = property};
      planned.alternatives.push_back(each);
    }
  }
  if (planned.alternatives.size() == 1) {
    planned = PlannedTriple(planned.alternatives.front());
  } else {
    planned.is_alternative = true;
    planned.subject = from;
    planned.object = to;
  }
  AddPosition(from, bgp);
  AddPosition(to, bgp);
  bgp.triples.push_back(std::move(planned));
}

// The steps, in the order written, where the path is one step long; nullopt where it may be longer or empty.
std::optional<std::vector<PathStep>> Planner::SingleSteps(const Path& path, bool inverse) {
  switch (path.kind) {
    case Kind::kIri:
      return std::vector<PathStep>{{inverse, false, FindProperties({&path})}};
    case Kind::kInverse:
      return SingleSteps(path.parts.front(), !inverse);
    case Kind::kNegated:
      return NegatedSteps(path, inverse);
    case Kind::kAlternative: {
      std::vector<PathStep> all;
      for (const Path& part : path.parts) {
        auto steps = SingleSteps(part, inverse);
        if (!steps) return std::nullopt;
        all.insert(all.end(), steps->begin(), steps->end());
      }
      return all;
    }
    default:
      return std::nullopt;
  }
}

// At most one step along and one against the edges. A set of inverses only does not lead along them at all.
std::vector<PathStep> Planner::NegatedSteps(const Path& path, bool inverse) {
  std::vector<const Path*> along, against;
  for (const Path& part : path.parts) {
    if (part.kind == Kind::kInverse) {
      against.push_back(&part.parts.front());
    } else {
      along.push_back(&part);
    }
  }
  std::vector<PathStep> steps;
  if (!along.empty() || against.empty()) steps.push_back({inverse, true, FindProperties(along)});
  if (!against.empty()) steps.push_back({!inverse, true, FindProperties(against)});
  return steps;
}

std::vector<Cell> Planner::FindProperties(const std::vector<const Path*>& iris) {
  std::vector<Cell> found;
  for (const Path* each : iris) {
    auto id = shared_.terms.snapshot().Find(graph::Term::Iri(each->iri));
    if (shared_.governor.Check(id) && *id) found.push_back(static_cast<Cell>(**id));
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

PathBuilder::Part Planner::BuildPath(const Path& path, bool inverse, PathBuilder& builder) {
  if (!CountElement(path.at)) return {};
  auto join = [&](auto combine) {
    // What stands last comes first against the edges.
    std::vector<const Path*> parts;
    for (const Path& part : path.parts) parts.push_back(&part);
    if (inverse) std::reverse(parts.begin(), parts.end());
    PathBuilder::Part whole = BuildPath(*parts.front(), inverse, builder);
    for (size_t i = 1; i < parts.size(); ++i) whole = combine(std::move(whole), BuildPath(*parts[i], inverse, builder));
    return whole;
  };
  switch (path.kind) {
    case Kind::kInverse:
      return BuildPath(path.parts.front(), !inverse, builder);
    case Kind::kSequence:
      return join([&](auto a, auto b) { return builder.Sequence(std::move(a), std::move(b)); });
    case Kind::kAlternative:
      return join([&](auto a, auto b) { return builder.Alternative(std::move(a), std::move(b)); });
    case Kind::kZeroOrMore:
      return builder.Optional(builder.Repeat(BuildPath(path.parts.front(), inverse, builder)));
    case Kind::kOneOrMore:
      return builder.Repeat(BuildPath(path.parts.front(), inverse, builder));
    case Kind::kZeroOrOne:
      return builder.Optional(BuildPath(path.parts.front(), inverse, builder));
    case Kind::kIri:
    case Kind::kNegated:
      break;
  }
  std::vector<PathStep> steps = path.kind == Kind::kNegated ? NegatedSteps(path, inverse) : *SingleSteps(path, inverse);
  PathBuilder::Part whole = builder.Step(std::move(steps.front()));
  for (size_t i = 1; i < steps.size(); ++i) {
    whole = builder.Alternative(std::move(whole), builder.Step(std::move(steps[i])));
  }
  return whole;
}

}  // namespace sitgraph::queries::sparql
