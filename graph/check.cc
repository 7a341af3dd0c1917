// Holds the store's tables against each other: contradictions for Check, terms without use for Compact.
#include <fmt/format.h>

#include <algorithm>

#include "base/hash.h"
#include "graph/tables.h"

namespace sitgraph::graph {
namespace {

class Report {
 public:
  void Add(std::string line) {
    if (lines_.size() < kMaxContradictions) lines_.push_back(std::move(line));
    ++total_;
  }
  std::vector<std::string> Take() && {
    if (total_ > lines_.size()) lines_.push_back(fmt::format("and {} more", total_ - lines_.size()));
    return std::move(lines_);
  }

 private:
  std::vector<std::string> lines_;
  uint64_t total_ = 0;
};

const char* NameOf(Table table) { return kTableNames[static_cast<size_t>(table)]; }

std::string Hex(TermId id) { return fmt::format("{:016x}", static_cast<uint64_t>(id)); }

// An id as its term where there is one, cut to a readable length.
std::string Describe(const Tables& tables, TermId id) {
  const auto key = tables.Get(Table::kDictionary, EncodeId(id));
  if (!key || !*key) return Hex(id);
  const auto term = DecodeTerm(**key);
  if (!term) return Hex(id);
  constexpr size_t kShownBytes = 120;
  std::string text = ToNTriples(*term);
  if (text.size() > kShownBytes) {
    size_t end = kShownBytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    text = text.substr(0, end) + "...";
  }
  return text;
}

std::string DescribeTriple(const Tables& tables, const QuadIds& quad) {
  return fmt::format("{} {} {}", Describe(tables, quad.subject), Describe(tables, quad.predicate),
                     Describe(tables, quad.object));
}

std::string DescribeQuad(const Tables& tables, const QuadIds& quad) {
  const std::string triple = DescribeTriple(tables, quad);
  return quad.graph == kDefaultGraphId ? triple : triple + " in " + Describe(tables, quad.graph);
}

// ---- The same quads in tables of different order
// -------------------------------------------------------------------------

// Two sets of quads with one fingerprint are the same, but for a chance of 2^-128 that nobody can arrange: a damaged
// disk does not know the digests.
struct Fingerprint {
  uint64_t count = 0, sum = 0, other_sum = 0;
  friend bool operator==(const Fingerprint&, const Fingerprint&) = default;
};

struct OrderedTable {
  Table table;
  QuadOrder order;
};

base::Result<Fingerprint> Scan(const Tables& tables, const OrderedTable& place, Report& report) {
  Fingerprint fingerprint;
  const auto cursor = tables.Walk(place.table, {}, {});
  for (; cursor->Valid(); cursor->Next()) {
    if (cursor->key().size() != kQuadKeySize) {
      report.Add(fmt::format("{} holds a key of {} bytes", NameOf(place.table), cursor->key().size()));
      continue;
    }
    const QuadIds quad = DecodeQuad(place.order, cursor->key());
    const bool may_be_direct = place.table == Table::kGspo && quad.graph == kDefaultGraphId;
    if (!cursor->value().empty() && !(may_be_direct && cursor->value() == kDirect)) {
      report.Add(fmt::format("{} holds an unknown value for {}", NameOf(place.table), DescribeQuad(tables, quad)));
    }
    std::array<char, kQuadKeySize + 1> bytes{};
    const QuadKey canonical = EncodeQuad(QuadOrder::kSpog, quad);
    std::copy(canonical.begin(), canonical.end(), bytes.begin());
    ++fingerprint.count;
    fingerprint.sum += base::Hash64({bytes.data(), kQuadKeySize});
    fingerprint.other_sum += base::Hash64({bytes.data(), bytes.size()});
  }
  if (const base::Status status = cursor->status(); !status) return base::Fail(status.error());
  return fingerprint;
}

// Names the quads of `from` that `to` lacks.
base::Status NameMissing(const Tables& tables, const OrderedTable& from, const OrderedTable& to, Report& report) {
  const auto cursor = tables.Walk(from.table, {}, {});
  for (; cursor->Valid(); cursor->Next()) {
    if (cursor->key().size() != kQuadKeySize) continue;
    const QuadIds quad = DecodeQuad(from.order, cursor->key());
    const auto other = tables.Get(to.table, View(EncodeQuad(to.order, quad)));
    if (!other) return base::Fail(other.error());
    if (!*other) {
      report.Add(fmt::format("{} holds {}, but {} does not", NameOf(from.table), DescribeQuad(tables, quad),
                             NameOf(to.table)));
    }
  }
  return cursor->status();
}

base::Status CompareOrders(const Tables& tables, const std::vector<OrderedTable>& places, Report& report) {
  const auto first = Scan(tables, places[0], report);
  if (!first) return base::Fail(first.error());
  for (size_t i = 1; i < places.size(); ++i) {
    const auto other = Scan(tables, places[i], report);
    if (!other) return base::Fail(other.error());
    if (*other == *first) continue;
    if (base::Status status = NameMissing(tables, places[0], places[i], report); !status) return status;
    if (base::Status status = NameMissing(tables, places[i], places[0], report); !status) return status;
  }
  return {};
}

// ---- Ids in use and the dictionary
// -----------------------------------------------------------------------------------------

// The different ids that a table's keys begin with, ascending.
class LeadingIds {
 public:
  LeadingIds(const Tables& tables, Table table) : cursor_(tables.Walk(table, {}, {})) { Read(); }
  bool Valid() const { return valid_; }
  TermId id() const { return id_; }
  void Next() {
    const TermId previous = id_;
    do {
      cursor_->Next();
      Read();
    } while (valid_ && id_ == previous);
  }
  base::Status status() const { return cursor_->status(); }

 private:
  void Read() {
    while (cursor_->Valid() && cursor_->key().size() < 8) cursor_->Next();  // damage that Scan reports
    valid_ = cursor_->Valid();
    if (valid_) id_ = DecodeId(cursor_->key());
  }

  std::unique_ptr<TableCursor> cursor_;
  TermId id_{};
  bool valid_ = false;
};

// Where an id may be used; each role's table has its ids in front.
struct Role {
  const char* name;
  Table table;
};
constexpr std::array<Role, 5> kRoles = {{{"subject", Table::kSpog},
                                         {"predicate", Table::kPosg},
                                         {"object", Table::kOspg},
                                         {"graph", Table::kGspo},
                                         {"owner", Table::kSharesByOwner}}};
using Use = std::array<bool, kRoles.size()>;  // in the order of kRoles

bool IsUsed(const Use& use) { return std::find(use.begin(), use.end(), true) != use.end(); }

// Calls `visit(id, use, key)` for every id that is used or in the dictionary, ascending; `key` is nullptr where the
// dictionary lacks it. Merges the tables, which are all in the order of ids.
base::Status WalkIds(const Tables& tables,
                     const std::function<base::Status(TermId, const Use&, const std::string_view*)>& visit) {
  std::vector<LeadingIds> used;
  for (const Role& role : kRoles) used.emplace_back(tables, role.table);
  const auto terms = tables.Walk(Table::kDictionary, {}, {});
  while (true) {
    while (terms->Valid() && terms->key().size() != 8) terms->Next();
    std::optional<TermId> least;
    if (terms->Valid()) least = DecodeId(terms->key());
    for (const LeadingIds& ids : used) {
      if (ids.Valid() && (!least || ids.id() < *least)) least = ids.id();
    }
    if (!least) break;

    Use use{};
    for (size_t i = 0; i < used.size(); ++i) {
      if (!used[i].Valid() || used[i].id() != *least) continue;
      use[i] = true;
      used[i].Next();
    }
    const bool known = terms->Valid() && DecodeId(terms->key()) == *least;
    const std::string_view key = known ? terms->value() : std::string_view();
    const bool is_default_graph = *least == kDefaultGraphId && !known;
    if (is_default_graph) use[3] = false;
    if (!is_default_graph || IsUsed(use)) {
      if (base::Status status = visit(*least, use, known ? &key : nullptr); !status) return status;
    }
    if (known) terms->Next();
  }
  for (const LeadingIds& ids : used) {
    if (base::Status status = ids.status(); !status) return status;
  }
  return terms->status();
}

bool MayStand(const Term& term, size_t role) {
  const std::string_view name = kRoles[role].name;
  if (name == "object") return true;
  return name == "predicate" ? term.is_iri() : !term.is_literal();
}

// Whether probing for the key, as Find does it, ends at this id.
base::Result<bool> IsFoundAt(const Tables& tables, std::string_view key, TermId id) {
  const auto probe = ProbeTerm(key, [&](TermId at) -> base::Result<Slot> {
    if (at == id) return Slot::kSame;
    const auto stored = tables.Get(Table::kDictionary, EncodeId(at));
    if (!stored) return base::Fail(stored.error());
    if (!*stored) return Slot::kFree;
    return **stored == key ? Slot::kSame : Slot::kOther;
  });
  if (!probe) return base::Fail(probe.error());
  return probe->found && probe->id == id;
}

base::Status CheckTerm(const Tables& tables, TermId id, const Use& use, const std::string_view* key, Report& report) {
  for (size_t i = 0; key == nullptr && i < kRoles.size(); ++i) {
    if (use[i]) report.Add(fmt::format("the dictionary lacks {}, which is the {} of a key", Hex(id), kRoles[i].name));
  }
  if (key == nullptr) return {};

  const auto term = DecodeTerm(*key);
  if (!term || EncodeTerm(*term) != *key) {
    report.Add(fmt::format("the dictionary holds a malformed term at {}", Hex(id)));
    return {};
  }
  for (size_t i = 0; i < kRoles.size(); ++i) {
    if (use[i] && !MayStand(*term, i)) {
      report.Add(fmt::format("{} cannot be a {}", Describe(tables, id), kRoles[i].name));
    }
  }
  const auto found = IsFoundAt(tables, *key, id);
  if (!found) return base::Fail(found.error());
  if (!*found) report.Add(fmt::format("{} is not where a look-up finds it, but at {}", Describe(tables, id), Hex(id)));
  if (const auto iri = IriOf(*key)) {
    const auto listed = tables.Get(Table::kIris, *iri);
    if (!listed) return base::Fail(listed.error());
    if (*listed != std::optional(EncodeId(id))) {
      report.Add(fmt::format("the list of IRIs lacks {} or gives it another id", Describe(tables, id)));
    }
  }
  return {};
}

base::Status CheckDictionary(const Tables& tables, Report& report) {
  uint64_t known_iris = 0;
  base::Status status = WalkIds(tables, [&](TermId id, const Use& use, const std::string_view* key) {
    if (key != nullptr && IriOf(*key)) ++known_iris;
    return CheckTerm(tables, id, use, key, report);
  });
  if (!status) return status;

  // Each IRI of the dictionary is listed; if the list has no more than those, it is the same set.
  uint64_t listed_iris = 0;
  const auto count = tables.Walk(Table::kIris, {}, {});
  for (; count->Valid(); count->Next()) ++listed_iris;
  if (!count->status() || listed_iris == known_iris) return count->status();
  const auto list = tables.Walk(Table::kIris, {}, {});
  for (; list->Valid(); list->Next()) {
    const auto key = tables.Get(Table::kDictionary, list->value());
    if (!key) return base::Fail(key.error());
    if (*key != std::optional(EncodeTerm(Term::Iri(std::string(list->key()))))) {
      report.Add(fmt::format("the list of IRIs holds <{}>, but the dictionary does not", list->key()));
    }
  }
  return list->status();
}

// ---- Shares and the default graph
// ------------------------------------------------------------------------------------------

// A triple is in the default graph exactly when it was added directly or somebody shares it. Both tables have the
// triples in the same order.
base::Status CheckShares(const Tables& tables, Report& report) {
  const std::string graph = EncodeId(kDefaultGraphId);
  const auto quads = tables.Walk(Table::kGspo, graph, AfterPrefix(graph));
  const auto shares = tables.Walk(Table::kSharesByTriple, {}, {});
  constexpr size_t kTripleSize = 24;
  std::string triple;
  while (true) {
    while (quads->Valid() && quads->key().size() != kQuadKeySize) quads->Next();
    while (shares->Valid() && shares->key().size() != kQuadKeySize) shares->Next();
    if (!quads->Valid() && !shares->Valid()) break;
    const std::string_view in_graph = quads->Valid() ? quads->key().substr(8, kTripleSize) : std::string_view();
    const std::string_view shared = shares->Valid() ? shares->key().substr(0, kTripleSize) : std::string_view();
    if (shares->Valid() && (!quads->Valid() || shared < in_graph)) {
      report.Add("the default graph lacks " + DescribeTriple(tables, DecodeQuad(kTripleFirst, shares->key())) +
                 ", which is shared");
      triple = shared;
    } else {
      const bool is_shared = shares->Valid() && shared == in_graph;
      if (!is_shared && quads->value() != kDirect) {
        report.Add("nobody added or shares " + DescribeTriple(tables, DecodeQuad(QuadOrder::kGspo, quads->key())));
      }
      triple = in_graph;
      quads->Next();
    }
    while (shares->Valid() && shares->key().substr(0, kTripleSize) == triple) shares->Next();
  }
  if (base::Status status = quads->status(); !status) return status;
  return shares->status();
}

}  // namespace

base::Result<std::vector<std::string>> FindContradictions(const Tables& tables) {
  Report report;
  std::vector<OrderedTable> indexes;
  for (const QuadOrder order : kQuadOrders) indexes.push_back({TableOf(order), order});
  base::Status status = CompareOrders(tables, indexes, report);
  if (status) {
    status =
        CompareOrders(tables, {{Table::kSharesByOwner, kOwnerFirst}, {Table::kSharesByTriple, kTripleFirst}}, report);
  }
  if (status) status = CheckDictionary(tables, report);
  if (status) status = CheckShares(tables, report);
  if (!status) return base::Fail(status.error());
  return std::move(report).Take();
}

base::Status FindUnusedTerms(const Tables& tables, const std::function<base::Status(TermId, std::string_view)>& visit) {
  return WalkIds(tables, [&](TermId id, const Use& use, const std::string_view* key) -> base::Status {
    if (key == nullptr || IsUsed(use)) return {};
    const auto next = tables.Get(Table::kDictionary, EncodeId(NextId(id)));
    if (!next) return base::Fail(next.error());
    return *next ? base::Status() : visit(id, *key);
  });
}

}  // namespace sitgraph::graph
