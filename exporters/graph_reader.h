// What the views read of a snapshot: the known properties of one subject, the kind of a node, terms through a cache.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "exporters/view.h"
#include "graph/store.h"
#include "graph/term.h"

namespace sitgraph::exporters {

class Selection;

// The predicates of docs/vocabulary.md that the views use. Those from kAgent to kHadPrimarySource lead from node to
// node.
enum class Property : uint8_t {
  kType,
  kEventType,
  kLabel,
  kPrefLabel,
  kAltLabel,
  kLatitude,
  kLongitude,
  kBegin,
  kEnd,
  kTimeText,
  kFactuality,
  kConfidence,
  kCount,
  kEvidence,
  kSentence,
  kExact,
  kStart,
  kMinValue,
  kMaxValue,
  kQualifier,
  kUnit,
  kOf,
  kHarm,
  kOutcome,
  kCountPartOf,
  kIdentifier,
  kTitle,
  kPublisher,
  kDate,
  kAgent,
  kTarget,
  kPartner,
  kInstrument,
  kPlace,
  kOrigin,
  kDestination,
  kSource,
  kWithin,
  kHasRole,
  kMemberOf,
  kLocatedIn,
  kPartOf,
  kAlliedWith,
  kOpposes,
  kAlias,
  kHadPrimarySource,
};

inline bool LeadsToNode(Property property) { return property >= Property::kAgent; }
// The kind of the edges that a property becomes: "agent", "member-of", "reported-in".
std::string_view EdgeKind(Property property);
// The predicate's IRI.
std::string PredicateIri(Property property);

struct Statement {
  Property property;
  graph::TermId object;
  graph::TermId graph;
};

// All statements about one subject whose predicates are known, in the order of Property.
class Description {
 public:
  // The statements of one property; begin() == end() where there are none. Valid until the next Describe.
  struct Range {
    const Statement* first;
    const Statement* last;
    const Statement* begin() const { return first; }
    const Statement* end() const { return last; }
    bool empty() const { return first == last; }
  };
  Range Of(Property property) const;
  bool Has(Property property) const { return !Of(property).empty(); }
  const std::vector<Statement>& all() const { return statements_; }

 private:
  friend class GraphReader;
  std::vector<Statement> statements_;
};

// How often a node is the object of relations, and which reports say anything of it as an object.
struct Incoming {
  uint64_t relations = 0;
  std::vector<graph::TermId> reports;  // named graphs, sorted, each once
};

// Not for use by several threads at once. Holds the snapshot by reference.
class GraphReader {
 public:
  static base::Result<GraphReader> Create(const graph::Snapshot& snapshot);

  // All IRIs of the dictionary in byte order.
  base::Status ForEachIri(const std::function<base::Status(graph::TermId, const std::string&)>& visit) const;
  // O(quads of the subject) time; memory without those of unknown predicates, so not the short triples of a busy force.
  base::Status Describe(graph::TermId subject, Description& description) const;
  // Counts what subjects of the selection say.
  base::Result<Incoming> ReadIncoming(graph::TermId object, bool with_reports_as_nodes,
                                      const Selection& selection) const;
  // Calls `visit` for the subjects of one class, each once, in the order of ids.
  base::Status ForEachOfKind(NodeKind kind, const std::function<base::Status(graph::TermId)>& visit) const;
  // Distinct subjects that have this object in one of the roles, sorted by id.
  base::Result<std::vector<graph::TermId>> SubjectsOf(graph::TermId object, std::span<const Property> roles) const;

  // The first kind of the description's classes, or nullopt for what is no node.
  std::optional<NodeKind> KindOf(const Description& description) const;
  base::Result<std::optional<NodeKind>> KindOf(graph::TermId subject) const;
  base::Result<graph::Term> Resolve(graph::TermId id) const;

  // Distinct terms of the range in the order of terms.
  base::Result<std::vector<graph::Term>> Terms(Description::Range range) const;
  // The smallest value (lexical form or IRI), or "".
  base::Result<std::string> First(Description::Range range) const;

  const graph::Snapshot& snapshot() const { return *snapshot_; }
  std::optional<graph::TermId> IdOf(Property property) const;

 private:
  static constexpr size_t kCacheSize = 4096;
  static constexpr size_t kKindCacheSize = 65536;  // 1 MiB
  struct CachedTerm {
    graph::TermId id{};
    bool used = false;
    graph::Term term;
  };
  struct CachedKind {
    graph::TermId id{};
    bool used = false;
    std::optional<NodeKind> kind;
  };

  explicit GraphReader(const graph::Snapshot& snapshot);
  std::optional<Property> PropertyOf(graph::TermId predicate) const;
  std::optional<NodeKind> KindOfClass(graph::TermId class_id) const;

  const graph::Snapshot* snapshot_;
  std::vector<std::pair<graph::TermId, Property>> properties_;  // sorted; only those that the graph knows
  std::vector<std::pair<graph::TermId, NodeKind>> classes_;
  mutable std::vector<CachedTerm> terms_;  // direct-mapped by id
  mutable std::vector<CachedKind> kinds_;
};

}  // namespace sitgraph::exporters
