#include "graph/changes.h"

#include <algorithm>
#include <utility>

namespace sitgraph::graph {
namespace {

using base::ErrorCode;

QuadIds InGraph(const TripleIds& triple, TermId graph) {
  return {triple.subject, triple.predicate, triple.object, graph};
}

}  // namespace

std::optional<TermId> Changes::TermCache::Find(std::string_view key) const {
  const Entry& entry = entries_[SlotOf(key)];
  if (entry.key != key) return std::nullopt;
  return entry.id;
}

void Changes::TermCache::Put(std::string_view key, TermId id) {
  if (key.size() <= kMaxKeyBytes) entries_[SlotOf(key)] = {std::string(key), id};
}

base::Result<ProbeResult> Changes::Locate(std::string_view key) const {
  return ProbeTerm(key, [&](TermId id) -> base::Result<Slot> {
    if (const auto it = new_terms_.find(id); it != new_terms_.end()) {
      return it->second.key == key ? Slot::kSame : Slot::kOther;
    }
    const auto stored = committed_.Get(Table::kDictionary, EncodeId(id));
    if (!stored) return base::Fail(stored.error());
    if (!*stored) return Slot::kFree;
    return **stored == key ? Slot::kSame : Slot::kOther;
  });
}

base::Result<TermId> Changes::Intern(const Term& term) {
  std::string key = EncodeTerm(term);
  if (const auto id = cache_.Find(key)) return *id;
  if (const base::Status valid = ValidateTerm(term); !valid) return base::Fail(valid.error());
  const auto probe = Locate(key);
  if (!probe) return base::Fail(probe.error());
  cache_.Put(key, probe->id);
  if (!probe->found) {
    bytes_ += 3 * key.size() + 100;
    new_terms_.emplace(probe->id, NewTerm{std::move(key)});
  }
  return probe->id;
}

base::Result<std::optional<TermId>> Changes::Known(const Term& term) {
  const std::string key = EncodeTerm(term);
  if (const auto id = cache_.Find(key)) return id;
  const auto probe = Locate(key);
  if (!probe) return base::Fail(probe.error());
  if (!probe->found) return std::nullopt;
  cache_.Put(key, probe->id);
  return probe->id;
}

base::Result<TripleIds> Changes::InternTriple(const Term& subject, const Term& predicate, const Term& object) {
  const auto s = Intern(subject);
  if (!s) return base::Fail(s.error());
  const auto p = Intern(predicate);
  if (!p) return base::Fail(p.error());
  const auto o = Intern(object);
  if (!o) return base::Fail(o.error());
  return TripleIds{*s, *p, *o};
}

base::Result<std::optional<TripleIds>> Changes::KnownTriple(const Term& subject, const Term& predicate,
                                                            const Term& object) {
  const auto s = Known(subject);
  if (!s) return base::Fail(s.error());
  const auto p = Known(predicate);
  if (!p) return base::Fail(p.error());
  const auto o = Known(object);
  if (!o) return base::Fail(o.error());
  if (!*s || !*p || !*o) return std::nullopt;
  return TripleIds{**s, **p, **o};
}

base::Status Changes::Add(const Quad& quad) {
  if (base::Status valid = ValidateRoles(quad); !valid) return valid;
  const auto triple = InternTriple(quad.subject, quad.predicate, quad.object);
  if (!triple) return base::Fail(triple.error());
  TermId graph = kDefaultGraphId;
  if (!quad.in_default_graph()) {
    const auto id = Intern(quad.graph);
    if (!id) return base::Fail(id.error());
    graph = *id;
  }
  quads_[{graph, *triple}] = true;
  return {};
}

base::Status Changes::Remove(const Quad& quad) {
  const auto triple = KnownTriple(quad.subject, quad.predicate, quad.object);
  if (!triple) return base::Fail(triple.error());
  if (!*triple) return {};
  if (quad.in_default_graph()) {
    quads_[{kDefaultGraphId, **triple}] = false;
    ShareChange& change = shares_[**triple];
    change.wiped = true;
    change.owners.clear();
    return {};
  }
  const auto graph = Known(quad.graph);
  if (!graph) return base::Fail(graph.error());
  if (*graph) quads_[{**graph, **triple}] = false;
  return {};
}

base::Status Changes::RemoveGraph(const Term& graph) {
  if (graph == Term()) return base::Fail(ErrorCode::kUsage, "the default graph cannot be removed as a whole");
  const auto id = Known(graph);
  if (!id) return base::Fail(id.error());
  if (!*id) return {};
  constexpr TripleIds kFirst{};
  const auto begin = quads_.lower_bound({**id, kFirst});
  auto end = begin;
  while (end != quads_.end() && end->first.first == **id) ++end;
  quads_.erase(begin, end);
  cleared_graphs_.insert(**id);
  return {};
}

base::Status Changes::Share(const Term& owner, const Triple& triple) {
  if (owner.is_literal()) return base::Fail(ErrorCode::kBadInput, "an owner cannot be a literal");
  if (base::Status valid = ValidateRoles(triple); !valid) return valid;
  const auto ids = InternTriple(triple.subject, triple.predicate, triple.object);
  if (!ids) return base::Fail(ids.error());
  const auto owner_id = Intern(owner);
  if (!owner_id) return base::Fail(owner_id.error());
  shares_[*ids].owners[*owner_id] = true;
  shares_of_owner_[*owner_id].insert(*ids);
  return {};
}

base::Status Changes::Unshare(const Term& owner) {
  const auto owner_id = Known(owner);
  if (!owner_id) return base::Fail(owner_id.error());
  if (!*owner_id) return {};
  if (const auto it = shares_of_owner_.find(**owner_id); it != shares_of_owner_.end()) {
    for (const TripleIds& triple : it->second) shares_[triple].owners[**owner_id] = false;
    shares_of_owner_.erase(it);
  }
  const std::string prefix = EncodeId(**owner_id);
  const auto committed = committed_.Walk(Table::kSharesByOwner, prefix, AfterPrefix(prefix));
  for (; committed->Valid(); committed->Next()) {
    const QuadIds share = DecodeQuad(kOwnerFirst, committed->key());
    shares_[{share.subject, share.predicate, share.object}].owners[**owner_id] = false;
  }
  return committed->status();
}

base::Result<bool> Changes::IsShared(const Triple& triple) {
  const auto ids = KnownTriple(triple.subject, triple.predicate, triple.object);
  if (!ids) return base::Fail(ids.error());
  if (!*ids) return false;
  const auto change = shares_.find(**ids);
  if (change != shares_.end()) {
    for (const auto& [owner, shares] : change->second.owners) {
      if (shares) return true;
    }
    if (change->second.wiped) return false;
  }
  bool shared = false;
  const base::Status walked = VisitCommittedOwners(**ids, [&](TermId owner) {
    shared = change == shares_.end() || change->second.owners.count(owner) == 0;
    return !shared;
  });
  if (!walked) return base::Fail(walked.error());
  return shared;
}

void Changes::PutRecord(std::string_view key, std::string_view value) {
  bytes_ += 2 * (key.size() + value.size()) + 100;
  records_.insert_or_assign(std::string(key), std::string(value));
}

void Changes::RemoveRecord(std::string_view key) { records_.insert_or_assign(std::string(key), std::nullopt); }

size_t Changes::ApproximateSize() const {
  // A map's node, and while writing six keys of 32 bytes, once sorted and once in the batch.
  constexpr size_t kQuadBytes = 100 + 6 * (2 * kQuadKeySize + 6);
  return bytes_ + kQuadBytes * (quads_.size() + shares_.size());
}

base::Status Changes::VisitCommittedOwners(const TripleIds& triple, const std::function<bool(TermId)>& visit) const {
  const KeyRange range = RangeOf({triple.subject, triple.predicate, triple.object, std::nullopt});
  const auto shares = committed_.Walk(Table::kSharesByTriple, range.begin, range.end);
  for (; shares->Valid(); shares->Next()) {
    if (!visit(DecodeQuad(kTripleFirst, shares->key()).graph)) break;
  }
  return shares->status();
}

base::Status Changes::CollectClearedGraphs(IndexChanges& changes) const {
  for (const TermId graph : cleared_graphs_) {
    const std::string prefix = EncodeId(graph);
    const auto quads = committed_.Walk(Table::kGspo, prefix, AfterPrefix(prefix));
    for (; quads->Valid(); quads->Next()) {
      const QuadIds quad = DecodeQuad(QuadOrder::kGspo, quads->key());
      if (quads_.count({graph, {quad.subject, quad.predicate, quad.object}}) == 0) changes.deletes.push_back(quad);
    }
    if (base::Status status = quads->status(); !status) return status;
  }
  return {};
}

void Changes::CollectQuads(IndexChanges& changes) const {
  for (const auto& [place, present] : quads_) {
    const auto& [graph, triple] = place;
    const QuadIds quad = InGraph(triple, graph);
    if (graph == kDefaultGraphId) {
      if (shares_.count(triple) != 0) continue;  // decided with its owners
      changes.direct.insert(quad);               // a Remove would have made an entry in shares_
    }
    (present ? changes.puts : changes.deletes).push_back(quad);
  }
}

// Works out a default-graph triple's new state from its committed one: it is there as long as it was added directly or
// somebody shares it.
base::Status Changes::CollectShare(const TripleIds& triple, const ShareChange& change, IndexChanges& changes,
                                   TableWriter& writer) {
  bool shared = false;
  for (const auto& [owner, shares] : change.owners) {
    if (shares) {
      shared = true;
      Use(owner);
    }
    if (base::Status status = WriteShare(shares, owner, triple, writer); !status) return status;
  }
  if (change.wiped || !shared) {  // a triple may have as many owners as there are reports: no walk without need
    base::Status status;
    base::Status walked = VisitCommittedOwners(triple, [&](TermId owner) {
      if (change.owners.count(owner) != 0) return true;
      if (change.wiped) {
        status = WriteShare(false, owner, triple, writer);
        return status.has_value();
      }
      shared = true;
      return false;
    });
    if (!status) return status;
    if (!walked) return walked;
  }

  const QuadIds quad = InGraph(triple, kDefaultGraphId);
  const auto old_value = committed_.Get(Table::kGspo, View(EncodeQuad(QuadOrder::kGspo, quad)));
  if (!old_value) return base::Fail(old_value.error());
  const bool was_direct = *old_value == std::optional<std::string>(kDirect);
  const auto word = quads_.find({kDefaultGraphId, triple});
  const bool direct = word != quads_.end() ? word->second : was_direct;
  if (direct || shared) {
    if (!*old_value || was_direct != direct) {
      changes.puts.push_back(quad);
      if (direct) changes.direct.insert(quad);
    }
  } else if (*old_value) {
    changes.deletes.push_back(quad);
  }
  return {};
}

base::Status Changes::WriteShare(bool put, TermId owner, const TripleIds& triple, TableWriter& writer) const {
  const QuadIds share = InGraph(triple, owner);
  for (const auto& [table, order] :
       {std::pair(Table::kSharesByOwner, kOwnerFirst), std::pair(Table::kSharesByTriple, kTripleFirst)}) {
    const QuadKey key = EncodeQuad(order, share);
    base::Status status = put ? writer.Put(table, View(key), {}) : writer.Delete(table, View(key));
    if (!status) return status;
  }
  return {};
}

// Each index gets its keys in its own order, which is what the memory tables take fastest.
base::Status Changes::WriteIndexes(const IndexChanges& changes, TableWriter& writer) {
  for (const QuadIds& quad : changes.puts) {
    Use(quad.subject);
    Use(quad.predicate);
    Use(quad.object);
    Use(quad.graph);
  }
  std::vector<QuadKey> keys;
  for (const QuadOrder order : kQuadOrders) {
    const auto sort_keys = [&](const std::vector<QuadIds>& quads) {
      keys.clear();
      for (const QuadIds& quad : quads) keys.push_back(EncodeQuad(order, quad));
      std::sort(keys.begin(), keys.end());
    };
    sort_keys(changes.deletes);
    for (const QuadKey& key : keys) {
      if (base::Status status = writer.Delete(TableOf(order), View(key)); !status) return status;
    }
    sort_keys(changes.puts);
    for (const QuadKey& key : keys) {
      const bool direct = order == QuadOrder::kGspo && changes.direct.count(DecodeQuad(order, View(key))) != 0;
      const std::string_view value = direct ? kDirect : std::string_view();
      if (base::Status status = writer.Put(TableOf(order), View(key), value); !status) return status;
    }
  }
  return {};
}

base::Status Changes::WriteTerms(TableWriter& writer) const {
  std::vector<std::pair<TermId, std::string_view>> terms;
  std::vector<std::pair<std::string_view, TermId>> iris;
  for (const auto& [id, term] : new_terms_) {
    if (!term.used) continue;
    terms.emplace_back(id, term.key);
    if (const auto iri = IriOf(term.key)) iris.emplace_back(*iri, id);
  }
  std::sort(terms.begin(), terms.end());
  std::sort(iris.begin(), iris.end());
  for (const auto& [id, key] : terms) {
    if (base::Status status = writer.Put(Table::kDictionary, EncodeId(id), key); !status) return status;
  }
  for (const auto& [iri, id] : iris) {
    if (base::Status status = writer.Put(Table::kIris, iri, EncodeId(id)); !status) return status;
  }
  return {};
}

base::Status Changes::WriteRecords(TableWriter& writer) const {
  for (const auto& [key, value] : records_) {
    base::Status status = value ? writer.Put(Table::kRecords, key, *value) : writer.Delete(Table::kRecords, key);
    if (!status) return status;
  }
  return {};
}

void Changes::Use(TermId id) {
  if (const auto it = new_terms_.find(id); it != new_terms_.end()) it->second.used = true;
}

base::Status Changes::Write(TableWriter& writer) {
  IndexChanges changes;
  if (base::Status status = CollectClearedGraphs(changes); !status) return status;
  CollectQuads(changes);
  for (const auto& [triple, change] : shares_) {
    if (base::Status status = CollectShare(triple, change, changes, writer); !status) return status;
  }
  if (base::Status status = WriteIndexes(changes, writer); !status) return status;
  if (base::Status status = WriteTerms(writer); !status) return status;
  return WriteRecords(writer);
}

}  // namespace sitgraph::graph
