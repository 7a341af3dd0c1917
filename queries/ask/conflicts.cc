#include "queries/ask/conflicts.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "graph/vocabulary.h"
#include "queries/ask/answerer.h"

namespace sitgraph::queries {
namespace {

using base::Fail;
using graph::Term;
using graph::TermId;

// A number that one report gives.
struct Number {
  std::string report, words, event;
  std::string least, most;
};

// What may be compared: the dead, the wounded, ... of one class of parties.
using Measure = std::pair<std::string, std::string>;  // harm, class

bool IsName(const std::string& name) { return !name.empty() && !(name.front() >= 'a' && name.front() <= 'z'); }

// Days of which one may be the other: equal, or equal where one lacks its year.
bool MayBeOneDay(const std::string& a, const std::string& b) {
  if (a.empty() || b.empty()) return false;
  if (a == b) return true;
  const auto behind_year = [](const std::string& day) {
    return day.size() > 6 ? day.substr(day.size() - 6) : std::string();
  };
  return (a.front() == '-') != (b.front() == '-') && !behind_year(a).empty() && behind_year(a) == behind_year(b);
}

class Comparer {
 public:
  Comparer(const graph::Snapshot& snapshot, const Question& question, Asking& out)
      : snapshot_(snapshot), facts_(snapshot), question_(question), out_(out) {}

  base::Status Run() {
    out_.answer.columns = {"on", "report", "says", "according to"};
    if (auto found = FindEvents(); !found) return found;
    FindCluster();
    CompareFactuality();
    if (auto compared = CompareNumbers(); !compared) return compared;
    CompareAgents();
    Word();
    if (facts_.reader().error()) return Fail(*facts_.reader().error());
    return {};
  }

 private:
  base::Status FindEvents() {
    Question any = question_;
    out_.sparql = ToSparql(any, {}, {});
    const auto rows = SelectPairs(snapshot_, out_.sparql);
    if (!rows) return Fail(rows.error());
    const auto network = EventNetwork::Load(snapshot_, {});
    if (!network) return Fail(network.error());
    std::set<TermId> events;
    for (const auto& [event, none] : *rows) {
      if (const auto id = facts_.reader().Find(Term::Iri(event))) events.insert(*id);
    }
    happenings_ = GatherByIncident(facts_, *network, {events.begin(), events.end()});
    return {};
  }

  // Reports of one happening: an incident's, and those that tell the same type of event of the same day, be it without
  // the year.
  void FindCluster() {
    for (size_t i = 0; i < happenings_.size(); ++i) {
      std::set<std::string> reports = happenings_[i].reports;
      const EntityEvent& face = happenings_[i].events.front();
      for (size_t j = 0; j < happenings_.size(); ++j) {
        const EntityEvent& other = happenings_[j].events.front();
        if (j != i && other.type == face.type && MayBeOneDay(face.begin, other.begin)) {
          reports.insert(happenings_[j].reports.begin(), happenings_[j].reports.end());
        }
      }
      if (reports.size() > 1) reports_.insert(reports.begin(), reports.end());
    }
  }

  void Add(const std::string& on, const EntityEvent& event, const std::string& says) {
    std::vector<std::string> voices;
    for (const EntityName& source : event.sources) voices.push_back(source.name);
    out_.answer.rows.push_back({{TextCell(on),
                                 {Describe(event.report), event.report.iri, false},
                                 TextCell(says),
                                 TextCell(fmt::format("{}", fmt::join(voices, ", ")))},
                                {event.iri}});
    named_[on].insert(event.report.id);
  }

  // An event of an incident that another report tells as not done.
  void CompareFactuality() {
    for (const HappeningRow& happening : happenings_) {
      std::set<bool> told;
      for (const EntityEvent& event : happening.events) told.insert(event.factuality == "negated");
      if (told.size() < 2) continue;
      for (const EntityEvent& event : happening.events) Add("whether: " + event.type, event, event.factuality);
    }
  }

  void CompareAgents() {
    for (const HappeningRow& happening : happenings_) {
      std::set<std::string> agents;
      for (const EntityEvent& event : happening.events) {
        for (const auto& party : event.parties) {
          if (party.role == "agent" && IsName(party.entity.name)) agents.insert(party.entity.iri);
        }
      }
      if (happening.reports.size() < 2 || agents.size() < 2) continue;
      for (const EntityEvent& event : happening.events) Add("who: " + event.type, event, PartiesOf(event));
    }
  }

  // Losses by the cluster's reports, of the same harm and class of parties.
  base::Status CompareNumbers() {
    if (reports_.empty()) return {};
    std::string values;
    for (const std::string& report : reports_) values += fmt::format(" <{}>", report);
    const auto rows = SelectPairs(
        snapshot_,
        fmt::format("SELECT DISTINCT ?event {{ VALUES ?report {{{} }} ?event a sg:Event ; prov:hadPrimarySource "
                    "?report ; sg:count/sg:harm ?harm }} ORDER BY ?event",
                    values));
    if (!rows) return Fail(rows.error());
    std::map<Measure, std::map<std::string, std::vector<std::pair<EntityEvent, ReportedCount>>>> told;
    for (const auto& [iri, none] : *rows) {
      const EntityEvent event = facts_.ReadEvent(Term::Iri(iri));
      if (IsElsewhere(event)) continue;
      for (const ReportedCount& count : event.counts) {
        if (count.harm.empty() || count.entities.empty()) continue;
        const std::string harm = count.harm == "killed-or-wounded" ? "killed" : count.harm;
        told[{harm, count.entities.front().kind}][event.report.iri].emplace_back(event, count);
      }
    }
    for (const auto& [measure, by_report] : told) {
      std::set<std::string> numbers;
      for (const auto& [report, counts] : by_report) {
        numbers.insert(counts.front().second.least + "-" + counts.front().second.most);
      }
      if (by_report.size() < 2 || numbers.size() < 2) continue;
      for (const auto& [report, counts] : by_report) {
        for (const auto& [event, count] : counts) Add("number " + measure.first, event, Describe(count));
      }
    }
    return {};
  }

  // Told to be at another named place than the question's.
  bool IsElsewhere(const EntityEvent& event) const {
    bool placed = false, here = false;
    for (const auto& party : event.parties) {
      if (party.role != "place" || !IsName(party.entity.name)) continue;
      placed = true;
      for (const QuestionName& name : question_.names) {
        here |= std::find(name.iris.begin(), name.iris.end(), party.entity.iri) != name.iris.end();
      }
    }
    return placed && !here;
  }

  void Word() {
    if (named_.empty()) {
      out_.direct = "No two reports were found to disagree.";
      out_.warnings.push_back(
          "compared were: who did it, losses, and whether it happened, in reports of one happening");
      return;
    }
    std::vector<std::string> parts;
    for (const auto& [on, reports] : named_) parts.push_back(fmt::format("{} ({})", fmt::join(reports, ", "), on));
    out_.direct = fmt::format("{}", fmt::join(parts, "; "));
    if (std::any_of(named_.begin(), named_.end(), [](const auto& one) { return one.first.starts_with("number"); })) {
      out_.warnings.emplace_back(
          "numbers of reports that tell one happening; they may count different parties or times");
    }
  }

  const graph::Snapshot& snapshot_;
  FactReader facts_;
  const Question& question_;
  Asking& out_;
  std::vector<HappeningRow> happenings_;
  std::set<std::string> reports_;                       // of one happening
  std::map<std::string, std::set<std::string>> named_;  // what is disputed -> ids of reports
};

}  // namespace

base::Status FindConflicts(const graph::Snapshot& snapshot, const Question& question, Asking& out) {
  return Comparer(snapshot, question, out).Run();
}

}  // namespace sitgraph::queries
