// All that the graph knows of one entity: its names, where it lies, its relations, and the events it takes part in,
// with who says so and in which words.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "graph/store.h"
#include "queries/results.h"

namespace sitgraph::queries {

struct EntityName {
  std::string iri;
  std::string name;  // the preferred label, or the IRI's last part where there is none
  std::string kind;  // "Place", "Force", ... or empty
};

struct SourceReport {
  std::string iri, id, title, publisher, date;  // what is unknown is empty
};

struct ReportedCount {
  std::string least, most;  // as written in the graph; empty: open
  std::string qualifier, unit, of, harm, outcome;
  std::vector<EntityName> entities;
  std::string iri, part_of;  // of the count, and of the total that it is a part of
};

struct Evidence {
  std::string sentence, words;        // the sentence and the quoted words in it
  std::optional<int64_t> begin, end;  // of the words, in code points of the report's text
};

struct EntityEvent {
  std::string iri, type;
  std::vector<std::string> roles;  // of the entity asked for: "agent", "place", ..., "counted"
  struct Party {
    std::string role;
    EntityName entity;
  };
  std::vector<Party> parties;  // the others
  std::string begin, end, time_text;
  std::string factuality;  // "actual", ...
  std::string confidence;
  std::vector<EntityName> sources;  // who says so within the report
  SourceReport report;
  std::vector<ReportedCount> counts;
  std::vector<Evidence> evidence;
};

struct EntityRelation {
  std::string relation;  // "opposes", ...
  bool forward = true;   // from the entity asked for to the other
  EntityName other;      // only a name where the graph has a string
  SourceReport report;   // empty where it holds across reports
};

struct EntityReport {
  EntityName entity;
  std::vector<std::string> names;  // the other ones, sorted
  std::string latitude, longitude;
  std::vector<EntityName> within;  // from the nearest outwards
  std::vector<EntityRelation> relations;
  std::vector<EntityEvent> events;  // by time, then report, then place in its text
  size_t events_left_out = 0;
};

struct EntityCandidate {
  EntityName entity;
  uint64_t mentions = 0;  // quads that point to it; exact up to 1,000
};

// The entities that `name` may mean, those most written of first: an IRI (with or without <>), an IRI relative to the
// base of ids ("place/raqqa"), a label as it is, or, where no label is so, a label that folds alike (base::FoldName).
// kNotFound, with a near name as hint. Reads all labels unless an IRI or label matches as it is.
base::Result<std::vector<EntityCandidate>> FindEntities(const graph::Snapshot& snapshot, std::string_view name);

struct EntityReportOptions {
  size_t max_events = 1000;  // the first by id are kept, and what is left out is counted
};

// kNotFound where the graph holds nothing of that IRI. Cost: what is said of the entity and of its events.
base::Result<EntityReport> ReportEntity(const graph::Snapshot& snapshot, const std::string& iri,
                                        const EntityReportOptions& options = {});

// For people: lines of at most `width` columns, 0 for any.
std::string ToText(const EntityReport& report, size_t width = 0);
std::string ToText(const std::vector<EntityCandidate>& candidates);
// One JSON object with the fields above, in their order; empty ones are left out.
std::string ToJson(const EntityReport& report);

}  // namespace sitgraph::queries
