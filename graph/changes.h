// What one transaction changes, worked out into writes to the tables; knows nothing of the engine that does them.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/error.h"
#include "graph/keys.h"
#include "graph/store.h"
#include "graph/tables.h"

namespace sitgraph::graph {

struct TripleIds {
  TermId subject, predicate, object;
  friend auto operator<=>(const TripleIds&, const TripleIds&) = default;
};

// Takes the writes of one transaction; applies them later, all or none.
class TableWriter {
 public:
  virtual ~TableWriter() = default;
  virtual base::Status Put(Table table, std::string_view key, std::string_view value) = 0;
  virtual base::Status Delete(Table table, std::string_view key) = 0;
};

// Collects a transaction's calls (see Transaction for their meaning). Nobody else may write to `committed`, which must
// outlive this object.
class Changes {
 public:
  explicit Changes(const Tables& committed) : committed_(committed) {}

  base::Status Add(const Quad& quad);
  base::Status Remove(const Quad& quad);
  base::Status RemoveGraph(const Term& graph);
  base::Status Share(const Term& owner, const Triple& triple);
  base::Status Unshare(const Term& owner);
  base::Result<bool> IsShared(const Triple& triple);
  void PutRecord(std::string_view key, std::string_view value);
  void RemoveRecord(std::string_view key);

  // Bytes in memory now and while the changes are written.
  size_t ApproximateSize() const;

  // Compares with the committed state and hands on what differs. Call once, as the last.
  base::Status Write(TableWriter& writer);

 private:
  struct NewTerm {
    std::string key;
    bool used = false;  // by something that is written; others are not
  };
  // A triple's owners as this transaction changes them.
  struct ShareChange {
    bool wiped = false;             // Remove took all earlier owners away
    std::map<TermId, bool> owners;  // true: shares; false: shares no longer
  };
  // What goes into the six indexes.
  struct IndexChanges {
    std::vector<QuadIds> puts, deletes;
    std::set<QuadIds> direct;  // puts in the default graph that were added directly
  };

  // Ids of terms met lately: one slot for some bits of the preferred id, where the newest term wins.
  class TermCache {
   public:
    std::optional<TermId> Find(std::string_view key) const;
    void Put(std::string_view key, TermId id);

   private:
    static constexpr size_t kSlots = size_t{1} << 14;
    static constexpr size_t kMaxKeyBytes = 256;
    struct Entry {
      std::string key;
      TermId id{};
    };
    static size_t SlotOf(std::string_view key) { return static_cast<size_t>(PreferredId(key)) % kSlots; }
    std::vector<Entry> entries_{kSlots};
  };

  base::Result<ProbeResult> Locate(std::string_view key) const;
  base::Result<TermId> Intern(const Term& term);                // makes an id where there is none
  base::Result<std::optional<TermId>> Known(const Term& term);  // committed, or made by this transaction
  base::Result<TripleIds> InternTriple(const Term& subject, const Term& predicate, const Term& object);
  base::Result<std::optional<TripleIds>> KnownTriple(const Term& subject, const Term& predicate, const Term& object);
  // Until `visit` returns false.
  base::Status VisitCommittedOwners(const TripleIds& triple, const std::function<bool(TermId)>& visit) const;

  base::Status CollectClearedGraphs(IndexChanges& changes) const;
  void CollectQuads(IndexChanges& changes) const;
  base::Status CollectShare(const TripleIds& triple, const ShareChange& change, IndexChanges& changes,
                            TableWriter& writer);
  base::Status WriteShare(bool put, TermId owner, const TripleIds& triple, TableWriter& writer) const;
  base::Status WriteIndexes(const IndexChanges& changes, TableWriter& writer);
  base::Status WriteTerms(TableWriter& writer) const;
  base::Status WriteRecords(TableWriter& writer) const;
  void Use(TermId id);

  const Tables& committed_;
  std::unordered_map<TermId, NewTerm> new_terms_;
  TermCache cache_;
  size_t bytes_ = 0;  // of terms and records

  // The last word on each quad, ordered by graph first, and graphs whose other committed quads go.
  std::map<std::pair<TermId, TripleIds>, bool> quads_;
  std::set<TermId> cleared_graphs_;
  std::map<TripleIds, ShareChange> shares_;
  std::map<TermId, std::set<TripleIds>> shares_of_owner_;
  std::map<std::string, std::optional<std::string>, std::less<>> records_;
};

}  // namespace sitgraph::graph
