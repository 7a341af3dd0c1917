// totals: sums of what reports count, each happening once.
#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/date.h"
#include "queries/relations/verb_tools.h"
#include "queries/relations/verbs.h"

namespace sitgraph::queries {
namespace {

using base::Fail;
using base::Result;
using graph::TermId;

constexpr int kLongSpan = 31;  // days

// A sum's row: what it is a sum of.
struct Group {
  std::string by, type, harm, unit;
  AnswerCell by_cell;
  friend bool operator<(const Group& a, const Group& b) {
    return std::tie(a.type, a.harm, a.unit, a.by) < std::tie(b.type, b.harm, b.unit, b.by);
  }
};

struct Sum {
  double low = 0, best = 0, high = 0;
  size_t happenings = 0, told_often = 0;
  bool open = false;
  std::vector<std::string> events;
};

// A total that runs over a long time may hold what other counts tell too.
bool IsRunningTotal(const EntityEvent& event) {
  if (event.begin.empty()) return false;
  if (event.end.empty()) return true;
  const auto begin = base::ParseIso(event.begin), end = base::ParseIso(event.end);
  return begin && end && begin->complete() && end->complete() && base::ToDays(*end) - base::ToDays(*begin) > kLongSpan;
}

class Adder {
 public:
  Adder(FactReader& facts, TotalsBy by) : facts_(facts), by_(by) {}

  void Add(const HappeningRow& happening) {
    // What each report tells of it, parts added up.
    std::map<Group, std::map<std::string, Range>> by_report;
    std::map<Group, std::vector<std::string>> events;
    std::set<Group> open;
    for (const EntityEvent& event : happening.events) {
      if (IsRunningTotal(event) && !event.counts.empty()) ++running_;
      for (const ReportedCount& count : event.counts) {
        if (IsPartOfTold(count, event) || !IsNew(event, count)) continue;
        const Group group = GroupOf(event, count);
        const Range told = RangeOf(count);
        Range& range = by_report[group][event.report.iri];
        range.low += told.low;
        range.high += told.high;
        if (count.most.empty() || count.qualifier == "more-than") open.insert(group);
        if (events[group].empty() || events[group].back() != event.iri) events[group].push_back(event.iri);
      }
    }
    for (const auto& [group, ranges] : by_report) {
      Sum& sum = sums_[group];
      std::vector<double> values;
      double low = std::numeric_limits<double>::max(), high = 0;
      for (const auto& [report, range] : ranges) {
        low = std::min(low, range.low);
        high = std::max(high, range.high);
        values.push_back((range.low + range.high) / 2);
      }
      std::sort(values.begin(), values.end());
      sum.low += low;
      sum.high += high;
      sum.best += values[(values.size() - 1) / 2];
      sum.open = sum.open || open.contains(group);
      ++sum.happenings;
      if (ranges.size() > 1) ++sum.told_often;
      sum.events.insert(sum.events.end(), events[group].begin(), events[group].end());
    }
  }

  Answer Finish() {
    static constexpr std::string_view kNames[] = {"", "what", "place", "month", "agent"};
    Answer answer;
    const bool by = by_ != TotalsBy::kType;
    answer.columns = {"type", "harm", "unit", "low", "best", "high", "happenings", "told by several"};
    if (by) answer.columns.insert(answer.columns.begin(), std::string(kNames[static_cast<size_t>(by_)]));
    bool open = false;
    for (const auto& [group, sum] : sums_) {
      AnswerRow row;
      if (by) row.cells.push_back(group.by_cell);
      for (const std::string& text : {group.type, group.harm, group.unit}) row.cells.push_back(TextCell(text));
      for (const double number : {sum.low, sum.best, sum.high}) row.cells.push_back(NumberCell(number));
      row.cells.push_back(NumberCell(static_cast<double>(sum.happenings)));
      row.cells.push_back(NumberCell(static_cast<double>(sum.told_often)));
      row.events = sum.events;
      open = open || sum.open;
      answer.rows.push_back(std::move(row));
    }
    if (open)
      answer.notes.push_back("some reports give a lower bound only (\"at least\", \"more than\"): sums may be higher");
    if (running_ > 0) {
      answer.notes.push_back(
          fmt::format("{} of the events run over a long time; their totals may hold what others count too", running_));
    }
    if (answer.rows.empty()) answer.notes.push_back("no event that passes the filter is counted");
    return answer;
  }

 private:
  // A report that gives one number of one thing twice means it once.
  bool IsNew(const EntityEvent& event, const ReportedCount& count) {
    return told_
        .insert(fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n{}", event.report.iri, event.type, count.harm, count.unit,
                            count.least, count.most, count.entities.empty() ? count.of : count.entities.front().iri))
        .second;
  }

  Group GroupOf(const EntityEvent& event, const ReportedCount& count) {
    Group group{"", event.type, count.harm, count.unit, {}};
    const auto first_of = [&](std::string_view role) {
      for (const EntityEvent::Party& party : event.parties) {
        if (party.role == role) return NameCell(party.entity);
      }
      return TextCell("");
    };
    switch (by_) {
      case TotalsBy::kType:
        break;
      case TotalsBy::kWhat:
        group.by_cell = count.entities.empty() ? TextCell(count.of) : NameCell(count.entities.front());
        break;
      case TotalsBy::kPlace:
        group.by_cell = first_of("place");
        break;
      case TotalsBy::kMonth:
        group.by_cell = TextCell(event.begin.size() >= 7 && event.begin[0] != '-' ? event.begin.substr(0, 7) : "");
        break;
      case TotalsBy::kAgent:
        group.by_cell = first_of("agent");
        break;
    }
    group.by = group.by_cell.text + "\n" + group.by_cell.iri;
    return group;
  }

  FactReader& facts_;
  TotalsBy by_;
  std::map<Group, Sum> sums_;
  std::set<std::string> told_;
  size_t running_ = 0;
};

}  // namespace

std::optional<TotalsBy> TotalsByOf(std::string_view name) {
  static constexpr std::pair<std::string_view, TotalsBy> kNames[] = {{"type", TotalsBy::kType},
                                                                     {"what", TotalsBy::kWhat},
                                                                     {"place", TotalsBy::kPlace},
                                                                     {"month", TotalsBy::kMonth},
                                                                     {"agent", TotalsBy::kAgent}};
  for (const auto& [known, by] : kNames) {
    if (known == name) return by;
  }
  return std::nullopt;
}

Result<Answer> Totals(const graph::Snapshot& snapshot, const std::optional<std::string>& entity,
                      const EventFilter& filter, TotalsBy by) {
  EventFilter facts_only = filter;
  if (facts_only.factualities.empty()) facts_only.factualities = {"actual"};
  const auto network = EventNetwork::Load(snapshot, facts_only);
  if (!network) return Fail(network.error());
  FactReader facts(snapshot);
  std::vector<TermId> events;
  if (entity) {
    auto around = EventsAround(snapshot, *network, *entity, EventNetwork::kNoSourceRoles);
    if (!around) return Fail(around.error());
    events = std::move(*around);
  } else {
    // Those without any party too, which the network does not hold.
    const auto chosen = ChooseEvents(snapshot, facts_only);
    if (!chosen) return Fail(chosen.error());
    events.assign((*chosen)->begin(), (*chosen)->end());
    std::sort(events.begin(), events.end());
  }
  Adder adder(facts, by);
  for (const HappeningRow& happening : GatherByIncident(facts, *network, events)) adder.Add(happening);
  if (facts.reader().error()) return Fail(*facts.reader().error());
  return adder.Finish();
}

}  // namespace sitgraph::queries
