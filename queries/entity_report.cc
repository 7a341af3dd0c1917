// Reads an entity and its events from the graph; docs/vocabulary.md says what is written where.
#include "queries/entity_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "graph/vocabulary.h"
#include "queries/fact_reader.h"

namespace sitgraph::queries {
namespace {

using graph::Term;
using graph::TermId;
namespace vocabulary = graph::vocabulary;

constexpr size_t kMostNearNames = 100000;

std::string Sg(std::string_view local) { return vocabulary::Iri(vocabulary::kSg, local); }

class Reporter {
 public:
  Reporter(const graph::Snapshot& snapshot, const EntityReportOptions& options) : facts_(snapshot), options_(options) {}

  base::Result<EntityReport> Run(const std::string& iri) {
    EntityReport report;
    Term entity = Term::Iri(iri);
    auto properties = reader_.PropertiesOf(entity);
    if (properties.empty() && reader_.CountMentions(entity) == 0) {
      if (reader_.error()) return base::Fail(*reader_.error());
      return base::Fail(base::ErrorCode::kNotFound, fmt::format("the graph holds nothing of <{}>", iri));
    }
    report.entity = facts_.NameOf(entity);
    for (std::string_view label : {"prefLabel", "altLabel"}) {
      for (const Term& name : AllValues(properties, vocabulary::Iri(vocabulary::kSkos, label))) {
        if (name.value() != report.entity.name) report.names.push_back(name.value());
      }
    }
    std::sort(report.names.begin(), report.names.end());
    report.names.erase(std::unique(report.names.begin(), report.names.end()), report.names.end());
    report.latitude = FirstValue(properties, vocabulary::Iri(vocabulary::kWgs, "lat"));
    report.longitude = FirstValue(properties, vocabulary::Iri(vocabulary::kWgs, "long"));
    report.within = Within(entity);
    ReadRelations(entity, report);
    ReadEvents(entity, report);
    if (reader_.error()) return base::Fail(*reader_.error());
    return report;
  }

 private:
  std::vector<EntityName> Within(const Term& place) {
    std::vector<EntityName> out;
    std::set<std::string> seen = {place.value()};
    Term current = place;
    while (true) {
      auto properties = reader_.PropertiesOf(current);
      const std::vector<Term>& around = AllValues(properties, Sg("within"));
      if (around.empty() || !seen.insert(around.front().value()).second) return out;
      current = around.front();
      out.push_back(facts_.NameOf(current));
    }
  }

  void ReadRelations(const Term& entity, EntityReport& report) {
    std::optional<TermId> id = reader_.Find(entity);
    if (!id) return;
    auto add = [&](const graph::QuadIds& quad, bool forward) {
      std::string relation;
      if (!facts_.IsRelation(quad.predicate, relation)) return;
      Term other = reader_.Resolve(forward ? quad.object : quad.subject);
      SourceReport said;
      if (quad.graph != graph::kDefaultGraphId) said = facts_.ReportOf(reader_.Resolve(quad.graph));
      report.relations.push_back({std::move(relation), forward, facts_.NameOf(other), std::move(said)});
    };
    reader_.ForEach({*id, {}, {}, {}}, [&](const graph::QuadIds& quad) { add(quad, true); });
    reader_.ForEach({{}, {}, *id, {}}, [&](const graph::QuadIds& quad) { add(quad, false); });
    auto key = [](const EntityRelation& r) {
      return std::tie(r.relation, r.other.name, r.other.iri, r.forward, r.report.date, r.report.iri);
    };
    std::sort(report.relations.begin(), report.relations.end(),
              [&](const EntityRelation& a, const EntityRelation& b) { return key(a) < key(b); });
  }

  void ReadEvents(const Term& entity, EntityReport& report) {
    auto roles_by_event = facts_.EventsOf(entity);
    for (const auto& [iri, roles] : roles_by_event) {
      if (report.events.size() >= options_.max_events) {
        ++report.events_left_out;
        continue;
      }
      report.events.push_back(facts_.ReadEvent(Term::Iri(iri)));
      auto& parties = report.events.back().parties;
      std::erase_if(parties, [&](const EntityEvent::Party& party) { return party.entity.iri == entity.value(); });
      // In the order of the vocabulary, as people read it.
      for (std::string_view role : kEventRoles) {
        if (roles.contains(std::string(role))) report.events.back().roles.emplace_back(role);
      }
      if (roles.contains("counted")) report.events.back().roles.emplace_back("counted");
    }
    auto key = [](const EntityEvent& event) {
      int64_t position = event.evidence.empty() ? 0 : event.evidence.front().begin.value_or(0);
      return std::make_tuple(event.begin.empty(), event.begin, event.report.date, event.report.iri, position,
                             event.iri);
    };
    std::sort(report.events.begin(), report.events.end(),
              [&](const EntityEvent& a, const EntityEvent& b) { return key(a) < key(b); });
  }

  FactReader facts_;
  GraphReader& reader_ = facts_.reader();
  EntityReportOptions options_;
};

// Finds by label; `exact` as written, else folded.
class LabelSearch {
 public:
  LabelSearch(GraphReader& reader, std::string_view name)
      : reader_(reader), name_(name), folded_(base::FoldName(name)) {}

  std::set<std::string> Exact(std::string_view label) {
    std::set<std::string> found;
    std::optional<TermId> predicate = Predicate(label), text = reader_.Find(Term::String(std::string(name_)));
    if (!predicate || !text) return found;
    reader_.ForEach({{}, *predicate, *text, {}},
                    [&](const graph::QuadIds& quad) { found.insert(reader_.Resolve(quad.subject).value()); });
    return found;
  }

  std::set<std::string> Folded() {
    std::set<std::string> found;
    for (std::string_view label : {"prefLabel", "altLabel"}) {
      std::optional<TermId> predicate = Predicate(label);
      if (!predicate) continue;
      reader_.ForEach({{}, *predicate, {}, {}}, [&](const graph::QuadIds& quad) {
        std::string text = reader_.Resolve(quad.object).value();
        std::string folded = base::FoldName(text);
        if (folded == folded_ && !folded_.empty()) found.insert(reader_.Resolve(quad.subject).value());
        if (near_.size() < kMostNearNames) near_.emplace(std::move(folded), std::move(text));
      });
    }
    return found;
  }

  // A name like the one looked for, of those that Folded has seen.
  std::string Suggestion() const {
    std::vector<std::string> candidates;
    for (const auto& [folded, text] : near_) candidates.push_back(folded);
    std::optional<std::string> near = base::Nearest(folded_, candidates);
    return near ? fmt::format("did you mean {}?", near_.at(*near)) : "";
  }

 private:
  std::optional<TermId> Predicate(std::string_view label) {
    return reader_.Find(Term::Iri(vocabulary::Iri(vocabulary::kSkos, label)));
  }

  GraphReader& reader_;
  std::string_view name_;
  std::string folded_;
  std::map<std::string, std::string> near_;
};

// What `name` could be as an IRI.
std::vector<std::string> IrisOf(std::string_view name) {
  std::vector<std::string> out;
  if (name.size() > 2 && name.starts_with('<') && name.ends_with('>')) name = name.substr(1, name.size() - 2);
  out.emplace_back(name);
  for (const auto& [prefix, iri] : vocabulary::kPrefixes) {
    if (name.starts_with(prefix) && name.size() > prefix.size() && name[prefix.size()] == ':') {
      out.push_back(vocabulary::Iri(iri, name.substr(prefix.size() + 1)));
    }
  }
  out.push_back(vocabulary::Iri(vocabulary::kDefaultBase, name));
  return out;
}

}  // namespace

base::Result<std::vector<EntityCandidate>> FindEntities(const graph::Snapshot& snapshot, std::string_view name) {
  FactReader facts(snapshot);
  GraphReader& reader = facts.reader();
  name = base::Trim(name);
  std::set<std::string> found;
  for (const std::string& iri : IrisOf(name)) {
    if (found.empty() && !reader.PropertiesOf(Term::Iri(iri)).empty()) found.insert(iri);
  }
  LabelSearch search(reader, name);
  if (found.empty()) found = search.Exact("prefLabel");
  if (found.empty()) found = search.Exact("altLabel");
  if (found.empty()) found = search.Folded();
  std::vector<EntityCandidate> out;
  for (const std::string& iri : found) {
    out.push_back({facts.NameOf(Term::Iri(iri)), reader.CountMentions(Term::Iri(iri))});
  }
  if (reader.error()) return base::Fail(*reader.error());
  if (out.empty()) {
    return base::Fail(base::ErrorCode::kNotFound, fmt::format("no entity is named \"{}\" in this graph", name), {},
                      search.Suggestion());
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const EntityCandidate& a, const EntityCandidate& b) { return a.mentions > b.mentions; });
  return out;
}

base::Result<EntityReport> ReportEntity(const graph::Snapshot& snapshot, const std::string& iri,
                                        const EntityReportOptions& options) {
  return Reporter(snapshot, options).Run(iri);
}

}  // namespace sitgraph::queries
