// rank and communities: the network of entities that have events in common, measured.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "queries/relations/verb_tools.h"
#include "queries/relations/verbs.h"

namespace sitgraph::queries {
namespace {

using base::Fail;
using base::Result;

constexpr size_t kMostNamed = 12;  // members of a community
constexpr uint32_t kTies = EventNetwork::kNoSourceRoles;

bool IsWanted(const EntityName& name, const std::string& kind) {
  if (kind.empty()) return name.kind != "People" && name.kind != "Materiel";
  return base::EqualsIgnoringAsciiCase(name.kind, kind);
}

std::vector<std::string> EventsAt(FactReader& facts, const EventNetwork& events, graph::TermId entity) {
  std::vector<std::string> out;
  for (const auto event : events.EventsOf(entity, kTies)) out.push_back(facts.reader().Resolve(event).value());
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

std::optional<RankBy> RankByOf(std::string_view name) {
  if (name == "degree") return RankBy::kDegree;
  if (name == "pagerank") return RankBy::kPageRank;
  if (name == "betweenness") return RankBy::kBetweenness;
  return std::nullopt;
}

Result<Answer> Rank(const graph::Snapshot& snapshot, const EventFilter& filter, const RankOptions& options) {
  const auto events = EventNetwork::Load(snapshot, filter);
  if (!events) return Fail(events.error());
  FactReader facts(snapshot);
  const EntityNetwork tied = TieEntities(facts, *events, kTies);
  std::vector<double> scores;
  if (options.by == RankBy::kBetweenness) {
    auto betweenness = graph::Betweenness(tied.network);
    if (!betweenness) return Fail(betweenness.error());
    scores = std::move(*betweenness);
  } else {
    scores = options.by == RankBy::kDegree ? graph::Degrees(tied.network) : graph::PageRanks(tied.network);
  }
  std::vector<uint32_t> order;
  for (uint32_t node = 0; node < tied.entities.size(); ++node) {
    if (IsWanted(facts.NameOf(facts.reader().Resolve(tied.entities[node])), options.kind)) order.push_back(node);
  }
  // Sums of one value differ in their last bits with the order of adding; nodes stand in the order of their IRIs.
  for (double& score : scores) score = std::round(score * 1e12) / 1e12;
  std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return scores[a] > scores[b]; });
  if (order.size() > options.most) order.resize(options.most);
  static constexpr std::string_view kNames[] = {"degree", "pagerank", "betweenness"};
  Answer answer{{"rank", "entity", "kind", std::string(kNames[static_cast<size_t>(options.by)]), "events"}, {}, {}};
  for (size_t i = 0; i < order.size(); ++i) {
    const graph::TermId id = tied.entities[order[i]];
    const EntityName name = facts.NameOf(facts.reader().Resolve(id));
    std::vector<std::string> at = EventsAt(facts, *events, id);
    const auto number = static_cast<double>(at.size());
    answer.rows.push_back({{NumberCell(static_cast<double>(i + 1)), NameCell(name), TextCell(name.kind),
                            NumberCell(scores[order[i]]), NumberCell(number)},
                           std::move(at)});
  }
  if (answer.rows.empty()) answer.notes.push_back("no entity takes part in an event that passes the filter");
  if (facts.reader().error()) return Fail(*facts.reader().error());
  return answer;
}

Result<Answer> FindCommunities(const graph::Snapshot& snapshot, const EventFilter& filter, size_t most) {
  const auto events = EventNetwork::Load(snapshot, filter);
  if (!events) return Fail(events.error());
  FactReader facts(snapshot);
  const EntityNetwork tied = TieEntities(facts, *events, kTies);
  const auto communities = graph::Communities(tied.network);
  const auto degrees = graph::Degrees(tied.network);
  std::map<uint32_t, std::vector<uint32_t>> members;
  for (uint32_t node = 0; node < communities.size(); ++node) {
    if (degrees[node] > 0) members[communities[node]].push_back(node);
  }
  Answer answer{{"community", "members", "foremost"}, {}, {}};
  for (auto& [number, nodes] : members) {
    if (answer.rows.size() == most) {
      answer.notes.push_back(fmt::format("{} smaller ones are left out", members.size() - most));
      break;
    }
    std::stable_sort(nodes.begin(), nodes.end(), [&](uint32_t a, uint32_t b) { return degrees[a] > degrees[b]; });
    std::vector<std::string> named;
    for (const uint32_t node : nodes) {
      if (named.size() < kMostNamed) named.push_back(facts.NameOf(facts.reader().Resolve(tied.entities[node])).name);
    }
    std::set<std::string> inside;
    for (const auto& [pair, common] : tied.events_of) {
      if (communities[pair.first] != number || communities[pair.second] != number) continue;
      for (const auto event : common) inside.insert(facts.reader().Resolve(event).value());
    }
    AnswerRow row;
    row.cells = {NumberCell(static_cast<double>(number + 1)), NumberCell(static_cast<double>(nodes.size())),
                 TextCell(fmt::format("{}{}", fmt::join(named, ", "), nodes.size() > named.size() ? ", ..." : ""))};
    row.events.assign(inside.begin(), inside.end());
    answer.rows.push_back(std::move(row));
  }
  if (answer.rows.empty()) answer.notes.push_back("no two entities have an event in common that passes the filter");
  if (facts.reader().error()) return Fail(*facts.reader().error());
  return answer;
}

}  // namespace sitgraph::queries
