// path: the ways from one entity to another.
#include <fmt/format.h>

#include <cmath>

#include "graph/vocabulary.h"
#include "queries/relations/verb_tools.h"
#include "queries/relations/verbs.h"

namespace sitgraph::queries {
namespace {

using base::Fail;
using base::Result;
using graph::Term;
using graph::TermId;
namespace vocabulary = graph::vocabulary;

constexpr double kPartyStep = 1.0, kRelationStep = 1.0, kPlaceStep = 1.1, kSourceStep = 1.3, kWithinStep = 1.6,
                 kHubStep = 0.02, kGenericStep = 0.5;
constexpr size_t kMostMeanings = 2;  // told of one step

// What ties two nodes beside events.
struct Tie {
  std::string words;  // "member-of", forwards from the lower node or backwards
  bool forward = true;
};

class PathSearch {
 public:
  PathSearch(const graph::Snapshot& snapshot, const EventNetwork& events)
      : snapshot_(snapshot), facts_(snapshot), events_(events) {
    tied_ = TieEntities(facts_, events, EventNetwork::kAllRoles);
    AddRelations();
    Weigh();
  }

  Result<Answer> Find(const std::string& from, const std::string& to, const PathOptions& options) {
    Answer answer{{"path", "from", "link", "to"}, {}, {}};
    const auto a = NodeOf(from), b = NodeOf(to);
    if (a && b && *a != *b) {
      const auto paths = graph::ShortestPaths(tied_.network, *a, *b, options.paths, options.max_steps);
      for (size_t i = 0; i < paths.size(); ++i) AddRows(paths[i], i + 1, answer);
    }
    if (answer.rows.empty()) {
      answer.notes.push_back(fmt::format("no path of at most {} steps links the two", options.max_steps));
    }
    if (facts_.reader().error()) return Fail(*facts_.reader().error());
    return answer;
  }

 private:
  std::optional<uint32_t> NodeOf(const std::string& iri) {
    const auto id = facts_.reader().Find(Term::Iri(iri));
    const auto node = id ? tied_.node_of.find(*id) : tied_.node_of.end();
    return node == tied_.node_of.end() ? std::nullopt : std::optional(node->second);
  }

  uint32_t NodeFor(TermId entity) {
    const auto [node, is_new] = tied_.node_of.try_emplace(entity, static_cast<uint32_t>(tied_.entities.size()));
    if (is_new) tied_.entities.push_back(entity);
    return node->second;
  }

  void AddTie(const graph::QuadIds& quad, const std::string& words) {
    if (!facts_.reader().Resolve(quad.object).is_iri() || quad.subject == quad.object) return;
    const uint32_t a = NodeFor(quad.subject), b = NodeFor(quad.object);
    ties_[std::minmax(a, b)] = {words, a < b};
  }

  void AddRelations() {
    for (auto cursor = snapshot_.Iris(vocabulary::kSgr); cursor->Valid(); cursor->Next()) {
      std::string relation;
      const TermId predicate = cursor->id();
      if (!facts_.IsRelation(predicate, relation)) continue;
      facts_.reader().ForEach({{}, predicate, {}, {}}, [&](const graph::QuadIds& quad) { AddTie(quad, relation); });
    }
    const auto within = facts_.reader().Find(Term::Iri(vocabulary::Iri(vocabulary::kSg, "within")));
    if (!within) return;
    facts_.reader().ForEach({{}, *within, {}, {}}, [&](const graph::QuadIds& quad) { AddTie(quad, "within"); });
  }

  // The lightest role that the pair has in one of its events.
  double StepOf(const std::pair<uint32_t, uint32_t>& pair, const std::vector<TermId>& events) const {
    double step = kSourceStep;
    for (const TermId event : events) {
      uint8_t a = kEventRoles.size() - 1, b = a;
      const auto [first, last] = events_.RangeOf(event);
      for (size_t i = first; i < last; ++i) {
        const EventLink& link = events_.links()[i];
        if (link.entity == tied_.entities[pair.first]) a = std::min(a, link.role);
        if (link.entity == tied_.entities[pair.second]) b = std::min(b, link.role);
      }
      const uint32_t worse = 1U << std::max(a, b);
      step = std::min(step, (worse & EventNetwork::kPartyRoles) != 0   ? kPartyStep
                            : (worse & EventNetwork::kPlaceRoles) != 0 ? kPlaceStep
                                                                       : kSourceStep);
    }
    return step;
  }

  void Weigh() {
    graph::Network& network = tied_.network;
    network.nodes = static_cast<uint32_t>(tied_.entities.size());
    network.edges.clear();
    std::map<std::pair<uint32_t, uint32_t>, double> steps;
    for (const auto& [pair, events] : tied_.events_of) steps[pair] = StepOf(pair, events);
    for (const auto& [pair, tie] : ties_) {
      const double step = tie.words == "within" ? kWithinStep : kRelationStep;
      const auto [known, is_new] = steps.try_emplace(pair, step);
      if (!is_new) known->second = std::min(known->second, step);
    }
    std::vector<double> degree(network.nodes);
    for (const auto& [pair, step] : steps) ++degree[pair.first], ++degree[pair.second];
    // "The monitor" of two reports need not be one: a way over it means little.
    std::vector<double> generic(network.nodes);
    for (uint32_t node = 0; node < network.nodes; ++node) {
      if (IsGeneric(NameOf(node))) generic[node] = kGenericStep;
    }
    for (const auto& [pair, step] : steps) {
      const double hub = kHubStep * std::log2(std::max(degree[pair.first], degree[pair.second]));
      network.edges.push_back({pair.first, pair.second, step + hub + generic[pair.first] + generic[pair.second]});
    }
  }

  void AddRows(const graph::NetworkPath& path, size_t number, Answer& answer) {
    for (size_t i = 0; i + 1 < path.nodes.size(); ++i) {
      const uint32_t a = path.nodes[i], b = path.nodes[i + 1];
      AnswerRow row;
      row.cells.push_back(NumberCell(static_cast<double>(number)));
      row.cells.push_back(NameCell(NameOf(a)));
      row.cells.push_back(TextCell(Meaning(a, b, row.events)));
      row.cells.push_back(NameCell(NameOf(b)));
      answer.rows.push_back(std::move(row));
    }
  }

  EntityName NameOf(uint32_t node) { return facts_.NameOf(facts_.reader().Resolve(tied_.entities[node])); }

  std::string RoleIn(const EntityEvent& event, const std::string& iri) const {
    for (const EntityEvent::Party& party : event.parties) {
      if (party.entity.iri == iri) return party.role;
    }
    return "source";
  }

  std::string Meaning(uint32_t a, uint32_t b, std::vector<std::string>& iris) {
    std::string out;
    const std::pair<uint32_t, uint32_t> pair = std::minmax(a, b);
    if (const auto tie = ties_.find(pair); tie != ties_.end()) {
      out = (a < b) == tie->second.forward ? tie->second.words : "has it as " + tie->second.words;
    }
    const auto found = tied_.events_of.find(pair);
    if (found == tied_.events_of.end()) return out;
    const auto events = ReadByTime(facts_, found->second);
    const std::string from = NameOf(a).iri, to = NameOf(b).iri;
    for (size_t i = 0; i < std::min(events.size(), kMostMeanings); ++i) {
      const EntityEvent& event = events[i];
      const std::string when = TimeOf(event);
      out += fmt::format("{}{}{} ({} and {}{}{})", out.empty() ? "" : "; ", event.type,
                         event.factuality == "actual" ? "" : " " + event.factuality, RoleIn(event, from),
                         RoleIn(event, to), when.empty() ? "" : ", ", when);
    }
    if (events.size() > kMostMeanings) out += fmt::format(" and {} more", events.size() - kMostMeanings);
    iris = IrisOf(events);
    return out;
  }

  const graph::Snapshot& snapshot_;
  FactReader facts_;
  const EventNetwork& events_;
  EntityNetwork tied_;
  std::map<std::pair<uint32_t, uint32_t>, Tie> ties_;
};

}  // namespace

Result<Answer> FindPaths(const graph::Snapshot& snapshot, const std::string& from, const std::string& to,
                         const EventFilter& filter, const PathOptions& options) {
  const auto events = EventNetwork::Load(snapshot, filter);
  if (!events) return Fail(events.error());
  return PathSearch(snapshot, *events).Find(from, to, options);
}

}  // namespace sitgraph::queries
