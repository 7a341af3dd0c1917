#include "exporters/graph_reader.h"

#include <algorithm>
#include <tuple>

#include "exporters/selection.h"
#include "graph/vocabulary.h"

namespace sitgraph::exporters {
namespace {

namespace v = graph::vocabulary;
using base::Result;
using base::Status;
using graph::Term;
using graph::TermId;

struct PropertyRow {
  Property property;
  std::string_view prefix;
  std::string_view local;
  std::string_view edge_kind;  // only where it leads to a node
};

// In the order of Property.
constexpr PropertyRow kProperties[] = {
    {Property::kType, v::kRdf, "type", ""},
    {Property::kEventType, v::kSem, "eventType", ""},
    {Property::kLabel, v::kRdfs, "label", ""},
    {Property::kPrefLabel, v::kSkos, "prefLabel", ""},
    {Property::kAltLabel, v::kSkos, "altLabel", ""},
    {Property::kLatitude, v::kWgs, "lat", ""},
    {Property::kLongitude, v::kWgs, "long", ""},
    {Property::kBegin, v::kSg, "begin", ""},
    {Property::kEnd, v::kSg, "end", ""},
    {Property::kTimeText, v::kSg, "timeText", ""},
    {Property::kFactuality, v::kSg, "factuality", ""},
    {Property::kConfidence, v::kSg, "confidence", ""},
    {Property::kCount, v::kSg, "count", ""},
    {Property::kEvidence, v::kSg, "evidence", ""},
    {Property::kSentence, v::kSg, "sentence", ""},
    {Property::kExact, v::kOa, "exact", ""},
    {Property::kStart, v::kOa, "start", ""},
    {Property::kMinValue, v::kSchema, "minValue", ""},
    {Property::kMaxValue, v::kSchema, "maxValue", ""},
    {Property::kQualifier, v::kSg, "qualifier", ""},
    {Property::kUnit, v::kSg, "unit", ""},
    {Property::kOf, v::kSg, "of", ""},
    {Property::kHarm, v::kSg, "harm", ""},
    {Property::kOutcome, v::kSg, "outcome", ""},
    {Property::kCountPartOf, v::kSg, "partOf", ""},
    {Property::kIdentifier, v::kDct, "identifier", ""},
    {Property::kTitle, v::kDct, "title", ""},
    {Property::kPublisher, v::kDct, "publisher", ""},
    {Property::kDate, v::kDct, "date", ""},
    {Property::kAgent, v::kSg, "agent", "agent"},
    {Property::kTarget, v::kSg, "target", "target"},
    {Property::kPartner, v::kSg, "partner", "partner"},
    {Property::kInstrument, v::kSg, "instrument", "instrument"},
    {Property::kPlace, v::kSg, "place", "place"},
    {Property::kOrigin, v::kSg, "origin", "origin"},
    {Property::kDestination, v::kSg, "destination", "destination"},
    {Property::kSource, v::kSg, "source", "source"},
    {Property::kWithin, v::kSg, "within", "within"},
    {Property::kHasRole, v::kSgr, "has-role", "has-role"},
    {Property::kMemberOf, v::kSgr, "member-of", "member-of"},
    {Property::kLocatedIn, v::kSgr, "located-in", "located-in"},
    {Property::kPartOf, v::kSgr, "part-of", "part-of"},
    {Property::kAlliedWith, v::kSgr, "allied-with", "allied-with"},
    {Property::kOpposes, v::kSgr, "opposes", "opposes"},
    {Property::kAlias, v::kSgr, "alias", "alias"},
    {Property::kHadPrimarySource, v::kProv, "hadPrimarySource", "reported-in"},
};

constexpr std::pair<std::string_view, NodeKind> kClasses[] = {
    {"Event", NodeKind::kEvent},   {"Force", NodeKind::kForce},       {"Organization", NodeKind::kOrganization},
    {"Person", NodeKind::kPerson}, {"Place", NodeKind::kPlace},       {"Facility", NodeKind::kFacility},
    {"People", NodeKind::kPeople}, {"Materiel", NodeKind::kMateriel}, {"Report", NodeKind::kReport},
};

const PropertyRow& RowOf(Property property) { return kProperties[static_cast<size_t>(property)]; }

template <typename Value>
std::optional<Value> Lookup(const std::vector<std::pair<TermId, Value>>& sorted, TermId id) {
  const auto at = std::lower_bound(sorted.begin(), sorted.end(), id,
                                   [](const auto& entry, TermId wanted) { return entry.first < wanted; });
  if (at == sorted.end() || at->first != id) return std::nullopt;
  return at->second;
}

std::optional<NodeKind> Earlier(std::optional<NodeKind> a, std::optional<NodeKind> b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

}  // namespace

std::string_view EdgeKind(Property property) { return RowOf(property).edge_kind; }

std::string PredicateIri(Property property) { return v::Iri(RowOf(property).prefix, RowOf(property).local); }

Description::Range Description::Of(Property property) const {
  const auto [first, last] =
      std::equal_range(statements_.begin(), statements_.end(), Statement{property, {}, {}},
                       [](const Statement& a, const Statement& b) { return a.property < b.property; });
  return {statements_.data() + (first - statements_.begin()), statements_.data() + (last - statements_.begin())};
}

GraphReader::GraphReader(const graph::Snapshot& snapshot)
    : snapshot_(&snapshot), terms_(kCacheSize), kinds_(kKindCacheSize) {}

Result<GraphReader> GraphReader::Create(const graph::Snapshot& snapshot) {
  GraphReader reader(snapshot);
  for (const PropertyRow& row : kProperties) {
    const auto id = snapshot.Find(Term::Iri(PredicateIri(row.property)));
    if (!id) return base::Fail(id.error());
    if (*id) reader.properties_.emplace_back(**id, row.property);
  }
  for (const auto& [local, kind] : kClasses) {
    const auto id = snapshot.Find(Term::Iri(v::Iri(v::kSg, local)));
    if (!id) return base::Fail(id.error());
    if (*id) reader.classes_.emplace_back(**id, kind);
  }
  std::sort(reader.properties_.begin(), reader.properties_.end());
  std::sort(reader.classes_.begin(), reader.classes_.end());
  return reader;
}

Status GraphReader::ForEachIri(const std::function<Status(TermId, const std::string&)>& visit) const {
  const auto cursor = snapshot_->Iris("");
  for (; cursor->Valid(); cursor->Next()) {
    if (Status status = visit(cursor->id(), cursor->term().value()); !status) return status;
  }
  return cursor->status();
}

Status GraphReader::Describe(TermId subject, Description& description) const {
  auto& statements = description.statements_;
  statements.clear();
  const auto cursor = snapshot_->Match({.subject = subject, .predicate = {}, .object = {}, .graph = {}});
  for (; cursor->Valid(); cursor->Next()) {
    const graph::QuadIds& quad = cursor->quad();
    if (const auto property = PropertyOf(quad.predicate)) {
      statements.push_back({*property, quad.object, quad.graph});
    }
  }
  std::sort(statements.begin(), statements.end(), [](const Statement& a, const Statement& b) {
    return std::tie(a.property, a.object, a.graph) < std::tie(b.property, b.object, b.graph);
  });
  return cursor->status();
}

Result<Incoming> GraphReader::ReadIncoming(TermId object, bool with_reports_as_nodes,
                                           const Selection& selection) const {
  Incoming incoming;
  auto& reports = incoming.reports;
  size_t sorted_up_to = 0;
  const auto drop_repeated = [&] {
    std::sort(reports.begin(), reports.end());
    reports.erase(std::unique(reports.begin(), reports.end()), reports.end());
    sorted_up_to = reports.size();
  };
  const auto cursor = snapshot_->Match({.subject = {}, .predicate = {}, .object = object, .graph = {}});
  for (; cursor->Valid(); cursor->Next()) {
    const graph::QuadIds& quad = cursor->quad();
    if (!selection.Has(quad.subject)) continue;
    const auto property = PropertyOf(quad.predicate);
    if (property && LeadsToNode(*property) && (with_reports_as_nodes || *property != Property::kHadPrimarySource)) {
      ++incoming.relations;
    }
    if (quad.graph != graph::kDefaultGraphId && (reports.empty() || reports.back() != quad.graph)) {
      reports.push_back(quad.graph);
      // Keeps memory within twice the number of reports.
      if (reports.size() >= 2 * sorted_up_to + 1024) drop_repeated();
    }
  }
  if (Status status = cursor->status(); !status) return base::Fail(status.error());
  drop_repeated();
  return incoming;
}

Status GraphReader::ForEachOfKind(NodeKind kind, const std::function<Status(TermId)>& visit) const {
  const std::optional<TermId> type = IdOf(Property::kType);
  for (const auto& [class_id, known] : classes_) {
    if (known != kind || !type) continue;
    std::optional<TermId> previous;
    const auto cursor = snapshot_->Match({.subject = {}, .predicate = type, .object = class_id, .graph = {}});
    for (; cursor->Valid(); cursor->Next()) {
      if (previous == cursor->quad().subject) continue;  // in another graph
      previous = cursor->quad().subject;
      if (Status status = visit(*previous); !status) return status;
    }
    if (Status status = cursor->status(); !status) return status;
  }
  return {};
}

Result<std::vector<TermId>> GraphReader::SubjectsOf(TermId object, std::span<const Property> roles) const {
  std::vector<TermId> subjects;
  for (const Property role : roles) {
    const std::optional<TermId> predicate = IdOf(role);
    if (!predicate) continue;
    const auto cursor = snapshot_->Match({.subject = {}, .predicate = predicate, .object = object, .graph = {}});
    for (; cursor->Valid(); cursor->Next()) subjects.push_back(cursor->quad().subject);
    if (Status status = cursor->status(); !status) return base::Fail(status.error());
  }
  std::sort(subjects.begin(), subjects.end());
  subjects.erase(std::unique(subjects.begin(), subjects.end()), subjects.end());
  return subjects;
}

std::optional<NodeKind> GraphReader::KindOf(const Description& description) const {
  std::optional<NodeKind> kind;
  for (const Statement& statement : description.Of(Property::kType)) {
    kind = Earlier(kind, KindOfClass(statement.object));
  }
  return kind;
}

Result<std::optional<NodeKind>> GraphReader::KindOf(TermId subject) const {
  const std::optional<TermId> type = IdOf(Property::kType);
  if (!type) return std::nullopt;
  CachedKind& cached = kinds_[static_cast<uint64_t>(subject) % kKindCacheSize];
  if (cached.used && cached.id == subject) return cached.kind;
  std::optional<NodeKind> kind;
  const auto cursor = snapshot_->Match({.subject = subject, .predicate = type, .object = {}, .graph = {}});
  for (; cursor->Valid(); cursor->Next()) kind = Earlier(kind, KindOfClass(cursor->quad().object));
  if (Status status = cursor->status(); !status) return base::Fail(status.error());
  cached = {subject, true, kind};
  return kind;
}

Result<Term> GraphReader::Resolve(TermId id) const {
  CachedTerm& cached = terms_[static_cast<uint64_t>(id) % kCacheSize];
  if (cached.used && cached.id == id) return cached.term;
  Result<Term> term = snapshot_->Resolve(id);
  // Long texts are met once; keeping them would only hold memory.
  if (term && term->value().size() <= 256) cached = {id, true, *term};
  return term;
}

Result<std::vector<Term>> GraphReader::Terms(Description::Range range) const {
  std::vector<Term> terms;
  const Statement* previous = nullptr;
  for (const Statement& statement : range) {
    if (previous != nullptr && previous->object == statement.object) continue;  // in another graph
    previous = &statement;
    Result<Term> term = Resolve(statement.object);
    if (!term) return base::Fail(term.error());
    terms.push_back(std::move(*term));
  }
  std::sort(terms.begin(), terms.end());
  return terms;
}

Result<std::string> GraphReader::First(Description::Range range) const {
  const auto terms = Terms(range);
  if (!terms) return base::Fail(terms.error());
  return terms->empty() ? std::string() : terms->front().value();
}

std::optional<TermId> GraphReader::IdOf(Property property) const {
  for (const auto& [id, known] : properties_) {
    if (known == property) return id;
  }
  return std::nullopt;
}

std::optional<Property> GraphReader::PropertyOf(TermId predicate) const { return Lookup(properties_, predicate); }

std::optional<NodeKind> GraphReader::KindOfClass(TermId class_id) const { return Lookup(classes_, class_id); }

}  // namespace sitgraph::exporters
