// Glushkov's construction: V. M. Glushkov, The abstract theory of automata, 1961.
#include "queries/sparql/path.h"

#include <algorithm>
#include <map>
#include <utility>

namespace sitgraph::queries::sparql {
namespace {

using Positions = std::vector<uint32_t>;

Positions Union(const Positions& a, const Positions& b) {
  Positions out;
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  return out;
}

// States with the same way on become one, until no two are alike: a+ has two states, a* one.
void MergeAlike(PathAutomaton& automaton) {
  while (true) {
    std::vector<PathAutomaton::State> kept;
    std::vector<uint32_t> renamed;
    std::map<std::pair<bool, std::vector<std::pair<uint32_t, uint32_t>>>, uint32_t> known;
    for (PathAutomaton::State& state : automaton.states) {
      std::vector<std::pair<uint32_t, uint32_t>> edges;
      for (const auto& edge : state.edges) edges.emplace_back(edge.step, edge.to);
      auto [entry, is_new] = known.try_emplace({state.accepts, std::move(edges)}, static_cast<uint32_t>(kept.size()));
      if (is_new) kept.push_back(std::move(state));
      renamed.push_back(entry->second);
    }
    bool done = kept.size() == automaton.states.size();
    automaton.states = std::move(kept);
    if (done) return;
    for (PathAutomaton::State& state : automaton.states) {
      for (auto& edge : state.edges) edge.to = renamed[edge.to];
      std::sort(state.edges.begin(), state.edges.end(),
                [](const auto& a, const auto& b) { return std::pair(a.step, a.to) < std::pair(b.step, b.to); });
      state.edges.erase(std::unique(state.edges.begin(), state.edges.end()), state.edges.end());
    }
  }
}

PathAutomaton Build(const std::vector<PathStep>& positions, const Positions& first, const Positions& last,
                    const std::vector<Positions>& follow, bool may_be_empty) {
  PathAutomaton out;
  std::vector<uint32_t> step_of;  // equal steps share one number
  for (const PathStep& step : positions) {
    auto known = std::find(out.steps.begin(), out.steps.end(), step);
    step_of.push_back(static_cast<uint32_t>(known - out.steps.begin()));
    if (known == out.steps.end()) out.steps.push_back(step);
  }
  out.states.resize(positions.size() + 1);
  auto add_edges = [&](PathAutomaton::State& state, const Positions& targets) {
    for (uint32_t target : targets) state.edges.push_back({step_of[target], target + 1});
  };
  add_edges(out.states[0], first);
  out.states[0].accepts = may_be_empty;
  for (uint32_t i = 0; i < positions.size(); ++i) add_edges(out.states[i + 1], follow[i]);
  for (uint32_t i : last) out.states[i + 1].accepts = true;
  MergeAlike(out);
  return out;
}

}  // namespace

PathBuilder::Part PathBuilder::Step(PathStep step) {
  auto position = static_cast<uint32_t>(steps_.size());
  steps_.push_back(std::move(step));
  follow_.emplace_back();
  return {{position}, {position}, false};
}

PathBuilder::Part PathBuilder::Sequence(Part a, Part b) {
  for (uint32_t i : a.last) follow_[i] = Union(follow_[i], b.first);
  Part out;
  out.first = a.may_be_empty ? Union(a.first, b.first) : std::move(a.first);
  out.last = b.may_be_empty ? Union(a.last, b.last) : std::move(b.last);
  out.may_be_empty = a.may_be_empty && b.may_be_empty;
  return out;
}

PathBuilder::Part PathBuilder::Alternative(Part a, Part b) {
  return {Union(a.first, b.first), Union(a.last, b.last), a.may_be_empty || b.may_be_empty};
}

PathBuilder::Part PathBuilder::Optional(Part part) {
  part.may_be_empty = true;
  return part;
}

PathBuilder::Part PathBuilder::Repeat(Part part) {
  for (uint32_t i : part.last) follow_[i] = Union(follow_[i], part.first);
  return part;
}

PlannedPath PathBuilder::Finish(const Part& whole) const {
  PlannedPath path;
  path.forward = Build(steps_, whole.first, whole.last, follow_, whole.may_be_empty);
  std::vector<PathStep> turned = steps_;
  for (PathStep& step : turned) step.inverse = !step.inverse;
  std::vector<Positions> before(steps_.size());
  for (uint32_t i = 0; i < steps_.size(); ++i) {
    for (uint32_t next : follow_[i]) before[next].push_back(i);
  }
  path.backward = Build(turned, whole.last, whole.first, before, whole.may_be_empty);
  return path;
}

}  // namespace sitgraph::queries::sparql
