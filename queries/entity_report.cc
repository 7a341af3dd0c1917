// Reads an entity and its events from the graph; docs/vocabulary.md says what is written where.
#include "queries/entity_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>

#include "base/text.h"
#include "graph/vocabulary.h"

namespace sitgraph::queries {
namespace {

using graph::Term;
using graph::TermId;
namespace vocabulary = graph::vocabulary;

constexpr std::array<std::string_view, 8> kRoles = {"agent", "target", "partner",     "instrument",
                                                    "place", "origin", "destination", "source"};
constexpr uint64_t kMentionLimit = 1000;
constexpr size_t kMostNearNames = 100000;

std::string Sg(std::string_view local) { return vocabulary::Iri(vocabulary::kSg, local); }

std::string LocalName(std::string_view iri) {
  size_t cut = iri.find_last_of("/#");
  return std::string(cut == std::string_view::npos || cut + 1 == iri.size() ? iri : iri.substr(cut + 1));
}

// Look-ups by terms. The first failure of the store stays and empties all later answers.
class GraphReader {
 public:
  explicit GraphReader(const graph::Snapshot& snapshot) : snapshot_(snapshot) {}

  using Properties = std::map<std::string, std::vector<Term>>;  // values sorted, each once

  std::optional<TermId> Find(const Term& term) {
    auto id = snapshot_.Find(term);
    return Check(id) ? *id : std::nullopt;
  }
  Term Resolve(TermId id) {
    auto term = snapshot_.Resolve(id);
    return Check(term) ? std::move(*term) : Term();
  }

  template <typename Visit>
  void ForEach(const graph::QuadPattern& pattern, const Visit& visit) {
    auto cursor = snapshot_.Match(pattern);
    for (; cursor->Valid() && !error_; cursor->Next()) visit(cursor->quad());
    if (base::Status status = cursor->status(); !status && !error_) error_ = status.error();
  }

  Properties PropertiesOf(const Term& subject) {
    Properties out;
    std::optional<TermId> id = Find(subject);
    if (!id) return out;
    ForEach({*id, {}, {}, {}},
            [&](const graph::QuadIds& quad) { out[Resolve(quad.predicate).value()].push_back(Resolve(quad.object)); });
    for (auto& [predicate, values] : out) {
      std::sort(values.begin(), values.end());
      values.erase(std::unique(values.begin(), values.end()), values.end());
    }
    return out;
  }

  uint64_t CountMentions(const Term& term) {
    std::optional<TermId> id = Find(term);
    if (!id) return 0;
    auto count = snapshot_.Estimate({{}, {}, *id, {}}, kMentionLimit);
    return Check(count) ? *count : 0;
  }

  const std::optional<base::Error>& error() const { return error_; }

 private:
  template <typename R>
  bool Check(const R& result) {
    if (!result && !error_) error_ = result.error();
    return result.has_value() && !error_;
  }

  const graph::Snapshot& snapshot_;
  std::optional<base::Error> error_;
};

std::string FirstValue(const GraphReader::Properties& properties, const std::string& predicate) {
  auto found = properties.find(predicate);
  return found == properties.end() || found->second.empty() ? "" : found->second.front().value();
}

const std::vector<Term>& AllValues(const GraphReader::Properties& properties, const std::string& predicate) {
  static const std::vector<Term> kNone;
  auto found = properties.find(predicate);
  return found == properties.end() ? kNone : found->second;
}

class Reporter {
 public:
  Reporter(const graph::Snapshot& snapshot, const EntityReportOptions& options)
      : reader_(snapshot), options_(options) {}

  base::Result<EntityReport> Run(const std::string& iri) {
    EntityReport report;
    Term entity = Term::Iri(iri);
    auto properties = reader_.PropertiesOf(entity);
    if (properties.empty() && reader_.CountMentions(entity) == 0) {
      if (reader_.error()) return base::Fail(*reader_.error());
      return base::Fail(base::ErrorCode::kNotFound, fmt::format("the graph holds nothing of <{}>", iri));
    }
    report.entity = NameOf(entity);
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

  EntityName NameOf(const Term& entity) {
    if (!entity.is_iri()) return {"", entity.value(), ""};
    auto [known, is_new] = names_.try_emplace(entity.value());
    if (!is_new) return known->second;
    auto properties = reader_.PropertiesOf(entity);
    EntityName name{entity.value(), FirstValue(properties, vocabulary::Iri(vocabulary::kSkos, "prefLabel")), ""};
    if (name.name.empty()) name.name = LocalName(entity.value());
    for (const Term& type : AllValues(properties, vocabulary::Iri(vocabulary::kRdf, "type"))) {
      bool ours = type.value().starts_with(vocabulary::kSg);
      if (ours && name.kind.empty()) name.kind = LocalName(type.value());
    }
    known->second = name;
    return name;
  }

  GraphReader& reader() { return reader_; }

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
      out.push_back(NameOf(current));
    }
  }

  const SourceReport& ReportOf(const Term& iri) {
    auto [known, is_new] = reports_.try_emplace(iri.value());
    if (!is_new) return known->second;
    auto properties = reader_.PropertiesOf(iri);
    auto dct = [&](std::string_view local) { return FirstValue(properties, vocabulary::Iri(vocabulary::kDct, local)); };
    known->second = {iri.value(), dct("identifier"), dct("title"), dct("publisher"), dct("date")};
    return known->second;
  }

  // Relations are the sgr: triples that are not the short form of an event.
  bool IsRelation(TermId predicate, std::string& relation) {
    auto [known, is_new] = relations_.try_emplace(predicate);
    if (is_new) {
      std::string iri = reader_.Resolve(predicate).value();
      if (iri.starts_with(vocabulary::kSgr)) {
        std::string local = iri.substr(vocabulary::kSgr.size());
        if (!reader_.Find(Term::Iri(vocabulary::Iri(vocabulary::kSgt, local)))) known->second = local;
      }
    }
    relation = known->second;
    return !relation.empty();
  }

  void ReadRelations(const Term& entity, EntityReport& report) {
    std::optional<TermId> id = reader_.Find(entity);
    if (!id) return;
    auto add = [&](const graph::QuadIds& quad, bool forward) {
      std::string relation;
      if (!IsRelation(quad.predicate, relation)) return;
      Term other = reader_.Resolve(forward ? quad.object : quad.subject);
      SourceReport said;
      if (quad.graph != graph::kDefaultGraphId) said = ReportOf(reader_.Resolve(quad.graph));
      report.relations.push_back({std::move(relation), forward, NameOf(other), std::move(said)});
    };
    reader_.ForEach({*id, {}, {}, {}}, [&](const graph::QuadIds& quad) { add(quad, true); });
    reader_.ForEach({{}, {}, *id, {}}, [&](const graph::QuadIds& quad) { add(quad, false); });
    auto key = [](const EntityRelation& r) {
      return std::tie(r.relation, r.other.name, r.other.iri, r.forward, r.report.date, r.report.iri);
    };
    std::sort(report.relations.begin(), report.relations.end(),
              [&](const EntityRelation& a, const EntityRelation& b) { return key(a) < key(b); });
  }

  // Every event that names the entity in a role or counts it.
  std::map<std::string, std::set<std::string>> EventsOf(const Term& entity) {
    std::map<std::string, std::set<std::string>> roles_by_event;
    std::optional<TermId> id = reader_.Find(entity);
    if (!id) return roles_by_event;
    for (std::string_view role : kRoles) {
      std::optional<TermId> predicate = reader_.Find(Term::Iri(Sg(role)));
      if (!predicate) continue;
      reader_.ForEach({{}, *predicate, *id, {}}, [&](const graph::QuadIds& quad) {
        roles_by_event[reader_.Resolve(quad.subject).value()].emplace(role);
      });
    }
    std::optional<TermId> counts = reader_.Find(Term::Iri(Sg("counts"))), count = reader_.Find(Term::Iri(Sg("count")));
    if (!counts || !count) return roles_by_event;
    reader_.ForEach({{}, *counts, *id, {}}, [&](const graph::QuadIds& counted) {
      reader_.ForEach({{}, *count, counted.subject, {}}, [&](const graph::QuadIds& quad) {
        roles_by_event[reader_.Resolve(quad.subject).value()].emplace("counted");
      });
    });
    return roles_by_event;
  }

  void ReadEvents(const Term& entity, EntityReport& report) {
    auto roles_by_event = EventsOf(entity);
    for (const auto& [iri, roles] : roles_by_event) {
      if (report.events.size() >= options_.max_events) {
        ++report.events_left_out;
        continue;
      }
      report.events.push_back(ReadEvent(Term::Iri(iri), entity));
      // In the order of the vocabulary, as people read it.
      for (std::string_view role : kRoles) {
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

  EntityEvent ReadEvent(const Term& iri, const Term& entity) {
    EntityEvent event;
    auto properties = reader_.PropertiesOf(iri);
    event.iri = iri.value();
    event.type = LocalName(FirstValue(properties, vocabulary::Iri(vocabulary::kSem, "eventType")));
    for (std::string_view role : kRoles) {
      for (const Term& party : AllValues(properties, Sg(role))) {
        if (role == "source") {
          event.sources.push_back(NameOf(party));
        } else if (party != entity) {
          event.parties.push_back({std::string(role), NameOf(party)});
        }
      }
    }
    event.begin = FirstValue(properties, Sg("begin"));
    event.end = FirstValue(properties, Sg("end"));
    event.time_text = FirstValue(properties, Sg("timeText"));
    event.factuality = LocalName(FirstValue(properties, Sg("factuality")));
    event.confidence = FirstValue(properties, Sg("confidence"));
    for (const Term& source : AllValues(properties, vocabulary::Iri(vocabulary::kProv, "hadPrimarySource"))) {
      event.report = ReportOf(source);
    }
    for (const Term& count : AllValues(properties, Sg("count"))) event.counts.push_back(ReadCount(count));
    for (const Term& selector : AllValues(properties, Sg("evidence"))) event.evidence.push_back(ReadEvidence(selector));
    return event;
  }

  ReportedCount ReadCount(const Term& node) {
    auto properties = reader_.PropertiesOf(node);
    ReportedCount count;
    count.least = FirstValue(properties, vocabulary::Iri(vocabulary::kSchema, "minValue"));
    count.most = FirstValue(properties, vocabulary::Iri(vocabulary::kSchema, "maxValue"));
    count.qualifier = LocalName(FirstValue(properties, Sg("qualifier")));
    count.unit = LocalName(FirstValue(properties, Sg("unit")));
    count.of = FirstValue(properties, Sg("of"));
    count.harm = LocalName(FirstValue(properties, Sg("harm")));
    count.outcome = LocalName(FirstValue(properties, Sg("outcome")));
    for (const Term& counted : AllValues(properties, Sg("counts"))) count.entities.push_back(NameOf(counted));
    return count;
  }

  Evidence ReadEvidence(const Term& node) {
    auto properties = reader_.PropertiesOf(node);
    auto number = [&](std::string_view local) -> std::optional<int64_t> {
      std::string text = FirstValue(properties, vocabulary::Iri(vocabulary::kOa, local));
      int64_t value = 0;
      auto result = std::from_chars(text.data(), text.data() + text.size(), value);
      return result.ec == std::errc() && !text.empty() ? std::optional(value) : std::nullopt;
    };
    return {FirstValue(properties, Sg("sentence")), FirstValue(properties, vocabulary::Iri(vocabulary::kOa, "exact")),
            number("start"), number("end")};
  }

  GraphReader reader_;
  EntityReportOptions options_;
  std::map<std::string, EntityName> names_;
  std::map<std::string, SourceReport> reports_;
  std::map<TermId, std::string> relations_;  // predicate -> name; empty: none of ours
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
  Reporter reporter(snapshot, {});
  GraphReader& reader = reporter.reader();
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
    out.push_back({reporter.NameOf(Term::Iri(iri)), reader.CountMentions(Term::Iri(iri))});
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
