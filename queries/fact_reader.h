// Reads events, entities and reports from the graph into the structures of entity_report.h; docs/vocabulary.md says
// what is written where.
#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "graph/store.h"
#include "queries/entity_report.h"

namespace sitgraph::queries {

// The roles of an event, in the order in which people read them.
inline constexpr std::array<std::string_view, 8> kEventRoles = {"agent", "target", "partner",     "instrument",
                                                                "place", "origin", "destination", "source"};

// The part of an IRI behind its last / or #.
std::string LocalName(std::string_view iri);

// Look-ups by terms. The first failure of the store stays and empties all later answers.
class GraphReader {
 public:
  explicit GraphReader(const graph::Snapshot& snapshot) : snapshot_(snapshot) {}

  using Properties = std::map<std::string, std::vector<graph::Term>>;  // values sorted, each once

  std::optional<graph::TermId> Find(const graph::Term& term) {
    auto id = snapshot_.Find(term);
    return Check(id) ? *id : std::nullopt;
  }
  graph::Term Resolve(graph::TermId id) {
    auto term = snapshot_.Resolve(id);
    return Check(term) ? std::move(*term) : graph::Term();
  }

  template <typename Visit>
  void ForEach(const graph::QuadPattern& pattern, const Visit& visit) {
    auto cursor = snapshot_.Match(pattern);
    for (; cursor->Valid() && !error_; cursor->Next()) visit(cursor->quad());
    if (base::Status status = cursor->status(); !status && !error_) error_ = status.error();
  }

  Properties PropertiesOf(const graph::Term& subject) {
    Properties out;
    std::optional<graph::TermId> id = Find(subject);
    if (!id) return out;
    ForEach({*id, {}, {}, {}},
            [&](const graph::QuadIds& quad) { out[Resolve(quad.predicate).value()].push_back(Resolve(quad.object)); });
    for (auto& [predicate, values] : out) {
      std::sort(values.begin(), values.end());
      values.erase(std::unique(values.begin(), values.end()), values.end());
    }
    return out;
  }

  uint64_t CountMentions(const graph::Term& term) {
    std::optional<graph::TermId> id = Find(term);
    if (!id) return 0;
    auto count = snapshot_.Estimate({{}, {}, *id, {}}, 1000);
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

// The first value of a predicate, or empty.
std::string FirstValue(const GraphReader::Properties& properties, const std::string& predicate);
const std::vector<graph::Term>& AllValues(const GraphReader::Properties& properties, const std::string& predicate);

// Remembers entities and reports that it read. For one thread; the snapshot must outlive it. Failures of the store are
// in reader().error().
class FactReader {
 public:
  explicit FactReader(const graph::Snapshot& snapshot) : reader_(snapshot) {}

  EntityName NameOf(const graph::Term& entity);
  const SourceReport& ReportOf(const graph::Term& iri);
  // All but `roles`; the parties are all entities in roles but the sources.
  EntityEvent ReadEvent(const graph::Term& iri);
  // Every event that names the entity in a role or counts it ("counted"), with these roles.
  std::map<std::string, std::set<std::string>> EventsOf(const graph::Term& entity);
  // Whether a predicate is a relation of docs/vocabulary.md, and no event's short triple; sets its local name.
  bool IsRelation(graph::TermId predicate, std::string& relation);

  GraphReader& reader() { return reader_; }

 private:
  ReportedCount ReadCount(const graph::Term& node);
  Evidence ReadEvidence(const graph::Term& node);

  GraphReader reader_;
  std::map<std::string, EntityName> names_;
  std::map<std::string, SourceReport> reports_;
  std::map<graph::TermId, std::string> relations_;  // predicate -> name; empty: none of ours
};

}  // namespace sitgraph::queries
