#include "queries/ask/beside.h"

#include <fmt/format.h>

#include <algorithm>

#include "graph/vocabulary.h"
#include "queries/ask/answerer.h"

namespace sitgraph::queries {
namespace {

using base::Fail;
using base::Result;
using graph::Term;
namespace vocabulary = graph::vocabulary;

constexpr int64_t kNear = 240;  // code points between two triggers: a sentence or two
constexpr int64_t kAnywhere = int64_t{1} << 40;
constexpr size_t kMostReports = 200;  // that are looked into

int64_t PositionOf(const EntityEvent& event) {
  return event.evidence.empty() ? -1 : event.evidence.front().begin.value_or(-1);
}

// Events of a type that stand shortly after one of the happenings' in the same report, each once.
Result<std::vector<EntityEvent>> EventsBeside(const graph::Snapshot& snapshot, FactReader& facts, std::string_view type,
                                              const std::vector<HappeningRow>& happenings, int64_t near_by) {
  std::map<std::string, std::vector<int64_t>> positions;
  std::set<std::string> own;
  for (const HappeningRow& happening : happenings) {
    for (const EntityEvent& event : happening.events) {
      own.insert(event.iri);
      if (positions.size() < kMostReports) positions[event.report.iri].push_back(PositionOf(event));
    }
  }
  std::string reports;
  for (const auto& [report, at] : positions) reports += fmt::format(" <{}>", report);
  const auto rows = SelectPairs(
      snapshot, fmt::format("SELECT ?event ?report {{ VALUES ?report {{{} }} ?event prov:hadPrimarySource ?report ; "
                            "sem:eventType sgt:{} }} ORDER BY ?event",
                            reports, type));
  if (!rows) return Fail(rows.error());
  std::vector<EntityEvent> out;
  for (const auto& [iri, report] : *rows) {
    if (own.contains(iri)) continue;
    EntityEvent event = facts.ReadEvent(Term::Iri(iri));
    const int64_t at = PositionOf(event);
    const auto& near = positions[report];
    if (at >= 0 && std::any_of(near.begin(), near.end(), [&](int64_t p) {
          return p >= 0 && (p <= at || near_by == kAnywhere) && at - p <= near_by;
        })) {
      out.push_back(std::move(event));
    }
  }
  return out;
}

}  // namespace

std::string NamesIn(const EntityEvent& event, std::string_view role) {
  std::vector<std::string> names;
  for (const EntityEvent::Party& party : event.parties) {
    if (party.role == role) names.push_back(party.entity.name);
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

Result<std::vector<std::string>> DeniersOf(const graph::Snapshot& snapshot, FactReader& facts,
                                           const std::vector<HappeningRow>& happenings,
                                           const std::vector<std::string>& agents) {
  const auto denials = EventsBeside(snapshot, facts, "denial", happenings, agents.empty() ? kNear : kAnywhere);
  if (!denials) return Fail(denials.error());
  std::vector<std::string> out;
  for (const EntityEvent& denial : *denials) {
    const bool theirs = std::any_of(denial.parties.begin(), denial.parties.end(), [&](const auto& party) {
      return party.role == "agent" && std::find(agents.begin(), agents.end(), party.entity.iri) != agents.end();
    });
    if (!agents.empty() && !theirs) continue;
    const std::string who = NamesIn(denial, "agent");
    if (!who.empty() && std::find(out.begin(), out.end(), who) == out.end()) out.push_back(who);
  }
  return out;
}

Result<std::vector<EntityEvent>> AccusationsOver(const graph::Snapshot& snapshot, FactReader& facts,
                                                 const std::vector<HappeningRow>& happenings) {
  auto accusations = EventsBeside(snapshot, facts, "accusation", happenings, kNear);
  if (!accusations) return Fail(accusations.error());
  std::erase_if(*accusations, [](const EntityEvent& accusation) { return NamesIn(accusation, "target").empty(); });
  return accusations;
}

LooseCount ReadLooseCount(FactReader& facts, const std::string& iri) {
  LooseCount out;
  const auto properties = facts.reader().PropertiesOf(Term::Iri(iri));
  out.words = FirstValue(properties, vocabulary::Iri(vocabulary::kRdfs, "label"));
  for (const Term& evidence : AllValues(properties, vocabulary::Iri(vocabulary::kSg, "evidence"))) {
    out.sentence = FirstValue(facts.reader().PropertiesOf(evidence), vocabulary::Iri(vocabulary::kSg, "sentence"));
  }
  for (const Term& report : AllValues(properties, vocabulary::Iri(vocabulary::kProv, "hadPrimarySource"))) {
    out.report = facts.ReportOf(report);
  }
  return out;
}

}  // namespace sitgraph::queries
