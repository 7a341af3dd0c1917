// compare: what several reports say of one happening, side by side.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "graph/vocabulary.h"
#include "queries/relations/sources.h"
#include "queries/relations/verb_tools.h"
#include "queries/relations/verbs.h"

namespace sitgraph::queries {
namespace {

using base::Fail;
using base::Result;
using graph::Term;
using graph::TermId;
namespace vocabulary = graph::vocabulary;

Term Sg(std::string_view local) { return Term::Iri(vocabulary::Iri(vocabulary::kSg, local)); }

std::set<std::string> Fillers(const EntityEvent& event, std::initializer_list<std::string_view> roles) {
  std::set<std::string> out;
  for (const EntityEvent::Party& party : event.parties) {
    if (std::find(roles.begin(), roles.end(), party.role) != roles.end()) out.insert(party.entity.name);
  }
  return out;
}

std::string Joined(const std::set<std::string>& names) { return fmt::format("{}", fmt::join(names, ", ")); }

std::string NumbersOf(const EntityEvent& event) {
  std::vector<std::string> told;
  for (const ReportedCount& count : event.counts) told.push_back(Describe(count));
  return fmt::format("{}", fmt::join(told, "; "));
}

// "agree", "differ", or empty where at most one says anything.
std::string Agreement(const std::vector<std::string>& told) {
  std::set<std::string> different;
  size_t number = 0;
  for (const std::string& one : told) {
    if (one.empty()) continue;
    ++number;
    different.insert(one);
  }
  return number < 2 ? "" : different.size() == 1 ? "agree" : "differ";
}

// "72 to 86, best 84" of what several reports count alike, by unit and harm.
std::string RangesOf(const std::vector<EntityEvent>& members) {
  struct Told {
    double low = 0, high = 0;
    std::vector<double> values;
  };
  std::map<std::string, Told> by_what;
  for (const EntityEvent& event : members) {
    std::map<std::string, Range> own;
    for (const ReportedCount& count : event.counts) {
      if (IsPartOfTold(count, event)) continue;
      const Range told = RangeOf(count);
      Range& range = own[count.harm.empty() ? count.unit : count.harm];
      range.low += told.low;
      range.high += told.high;
    }
    for (const auto& [what, range] : own) {
      Told& told = by_what[what];
      told.low = told.values.empty() ? range.low : std::min(told.low, range.low);
      told.high = std::max(told.high, range.high);
      told.values.push_back((range.low + range.high) / 2);
    }
  }
  std::vector<std::string> out;
  for (auto& [what, told] : by_what) {
    if (told.values.size() < 2) continue;
    std::sort(told.values.begin(), told.values.end());
    out.push_back(told.low == told.high ? fmt::format("{} {} in all", told.low, what)
                                        : fmt::format("{} to {} {}, best {}", told.low, told.high, what,
                                                      told.values[(told.values.size() - 1) / 2]));
  }
  return fmt::format("{}", fmt::join(out, "; "));
}

class Comparer {
 public:
  explicit Comparer(const graph::Snapshot& snapshot) : facts_(snapshot) {}

  void Add(const Term& incident, Answer& answer) {
    std::vector<TermId> ids;
    const auto id = facts_.reader().Find(incident), member = facts_.reader().Find(Sg("member"));
    if (id && member) {
      facts_.reader().ForEach({*id, *member, {}, {}}, [&](const graph::QuadIds& quad) { ids.push_back(quad.object); });
    }
    AddMembers(NameOf(incident), ReadByTime(facts_, ids), answer);
  }

  const std::optional<base::Error>& error() { return facts_.reader().error(); }
  FactReader& facts() { return facts_; }

 private:
  std::string NameOf(const Term& incident) {
    return FirstValue(facts_.reader().PropertiesOf(incident), vocabulary::Iri(vocabulary::kRdfs, "label"));
  }

  void AddMembers(const std::string& label, const std::vector<EntityEvent>& members, Answer& answer) {
    std::vector<std::vector<std::string>> columns(7);
    for (const EntityEvent& event : members) {
      const std::string cells[] = {event.type,
                                   Joined(Fillers(event, {"agent"})),
                                   Joined(Fillers(event, {"target", "partner"})),
                                   Joined(Fillers(event, {"place", "origin", "destination"})),
                                   TimeOf(event),
                                   NumbersOf(event),
                                   event.factuality};
      std::vector<std::string> voices;
      for (const EntityName& source : event.sources) voices.push_back(source.name);
      AnswerRow row;
      row.cells = {TextCell(label),
                   {Describe(event.report), event.report.iri, false},
                   TextCell(fmt::format("{}", fmt::join(voices, ", ")))};
      for (size_t i = 0; i < columns.size(); ++i) {
        columns[i].push_back(cells[i]);
        row.cells.push_back(TextCell(cells[i]));
      }
      row.events = {event.iri};
      answer.rows.push_back(std::move(row));
    }
    AnswerRow together;
    const size_t independent = CountIndependent(members);
    together.cells = {TextCell(label), TextCell("together"),
                      TextCell(fmt::format("{} independent of {}", independent, members.size()))};
    for (size_t i = 0; i < columns.size(); ++i) together.cells.push_back(TextCell(Agreement(columns[i])));
    if (const std::string ranges = RangesOf(members); !ranges.empty()) together.cells[8].text = ranges;
    answer.rows.push_back(std::move(together));
    for (const EntityEvent& event : members) {
      if (event.factuality != "negated") continue;
      answer.notes.push_back(fmt::format("{}: denied in {}", label, Describe(event.report)));
    }
  }

  FactReader facts_;
};

Answer EmptyComparison() {
  return {{"incident", "report", "according to", "type", "agents", "targets", "place", "time", "numbers", "factuality"},
          {},
          {}};
}

// The incidents of a report's events, and how many events have none.
std::set<std::string> IncidentsOf(FactReader& facts, const std::string& report, size_t& alone) {
  std::set<std::string> out;
  GraphReader& reader = facts.reader();
  const auto source = reader.Find(Term::Iri(vocabulary::Iri(vocabulary::kProv, "hadPrimarySource"))),
             id = reader.Find(Term::Iri(report)), member = reader.Find(Sg("member")),
             type = reader.Find(Term::Iri(vocabulary::Iri(vocabulary::kSem, "eventType")));
  if (!source || !id || !type) return out;
  reader.ForEach({{}, *source, *id, {}}, [&](const graph::QuadIds& quad) {
    bool is_event = false, has = false;
    reader.ForEach({quad.subject, *type, {}, {}}, [&](const graph::QuadIds&) { is_event = true; });
    if (member) {
      reader.ForEach({{}, *member, quad.subject, {}}, [&](const graph::QuadIds& incident) {
        has = true;
        out.insert(reader.Resolve(incident.subject).value());
      });
    }
    if (is_event && !has) ++alone;
  });
  return out;
}

}  // namespace

Result<Answer> CompareIncident(const graph::Snapshot& snapshot, const std::string& incident) {
  Answer answer = EmptyComparison();
  Comparer comparer(snapshot);
  comparer.Add(Term::Iri(incident), answer);
  if (comparer.error()) return Fail(*comparer.error());
  return answer;
}

Result<Answer> CompareReports(const graph::Snapshot& snapshot, const std::string& a, const std::string& b) {
  Answer answer = EmptyComparison();
  Comparer comparer(snapshot);
  size_t alone_a = 0, alone_b = 0;
  const auto of_a = IncidentsOf(comparer.facts(), a, alone_a), of_b = IncidentsOf(comparer.facts(), b, alone_b);
  size_t common = 0;
  for (const std::string& incident : of_a) {
    if (!of_b.contains(incident)) continue;
    ++common;
    comparer.Add(Term::Iri(incident), answer);
  }
  const auto tell = [&](const std::string& report, size_t alone) {
    answer.notes.push_back(fmt::format("{}: {} told by no other report",
                                       Describe(comparer.facts().ReportOf(Term::Iri(report))),
                                       alone == 1 ? "1 event is" : fmt::format("{} events are", alone)));
  };
  if (common == 0) answer.notes.push_back("the two reports tell no happening in common");
  tell(a, alone_a);
  tell(b, alone_b);
  if (comparer.error()) return Fail(*comparer.error());
  return answer;
}

Result<std::string> FindIncidentOrReport(const graph::Snapshot& snapshot, const std::string& base_iri,
                                         std::string_view name) {
  GraphReader reader(snapshot);
  const auto type = reader.Find(Term::Iri(vocabulary::Iri(vocabulary::kRdf, "type")));
  const auto is_one = [&](const std::string& iri) {
    const auto id = reader.Find(Term::Iri(iri));
    bool found = false;
    for (const std::string_view one : {"Incident", "Report"}) {
      const auto kind = reader.Find(Sg(one));
      if (!id || !type || !kind) continue;
      reader.ForEach({*id, *type, *kind, {}}, [&](const graph::QuadIds&) { found = true; });
    }
    return found;
  };
  if (name.size() > 2 && name.front() == '<' && name.back() == '>') name = name.substr(1, name.size() - 2);
  for (const std::string& iri : {std::string(name), base_iri + std::string(name)}) {
    if (is_one(iri)) return iri;
  }
  std::string found;
  std::vector<std::string> ids;
  if (const auto identifier = reader.Find(Term::Iri(vocabulary::Iri(vocabulary::kDct, "identifier")))) {
    reader.ForEach({{}, *identifier, {}, {}}, [&](const graph::QuadIds& quad) {
      ids.push_back(reader.Resolve(quad.object).value());
      if (ids.back() == name) found = reader.Resolve(quad.subject).value();
    });
  }
  if (reader.error()) return Fail(*reader.error());
  if (!found.empty()) return found;
  const auto near = base::Nearest(name, ids);
  return Fail(base::ErrorCode::kNotFound, fmt::format("the graph has no incident or report '{}'", name), {},
              near ? fmt::format("did you mean '{}'?", *near)
                   : "sitgraph query 'SELECT ?i ?l { ?i a sg:Incident ; rdfs:label ?l }' lists the incidents");
}

}  // namespace sitgraph::queries
