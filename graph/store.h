// The graph on disk: an RDF dataset with a dictionary, indexed for every pattern, written in transactions and read from
// snapshots. The layout behind this interface is described in docs/format.md; nothing outside graph/ depends on it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "graph/term.h"

namespace sitgraph::graph {

// A term's number in one graph's dictionary. Equal terms have equal ids; the order of ids means nothing to callers.
enum class TermId : uint64_t {};
inline constexpr TermId kDefaultGraphId{0};  // stands for the default graph in the graph position

struct QuadIds {
  TermId subject, predicate, object, graph;
  friend bool operator==(const QuadIds&, const QuadIds&) = default;
  friend auto operator<=>(const QuadIds&, const QuadIds&) = default;
};

// Unset positions match anything. `graph`: unset = all graphs, each quad as it stands (the same triple in two graphs
// comes twice).
struct QuadPattern {
  std::optional<TermId> subject = {}, predicate = {}, object = {}, graph = {};
};

// Walks matches of one pattern in the order of the index chosen for it. Valid while its Snapshot lives.
//   for (auto c = snapshot.Match({.predicate = p}); c->Valid(); c->Next()) use(c->quad());
// After the loop, check status(): a read error ends the walk early.
class QuadCursor {
 public:
  virtual ~QuadCursor() = default;
  virtual bool Valid() const = 0;
  virtual void Next() = 0;
  virtual const QuadIds& quad() const = 0;
  virtual base::Status status() const = 0;
};

// Walks terms of the dictionary in the order of their bytes. Valid while its Snapshot lives; status() as above.
class TermCursor {
 public:
  virtual ~TermCursor() = default;
  virtual bool Valid() const = 0;
  virtual void Next() = 0;
  virtual TermId id() const = 0;
  virtual const Term& term() const = 0;
  virtual base::Status status() const = 0;
};

// A consistent view that later writes do not change. Cheap to take, safe to use from many threads; keep it no longer
// than needed, for it holds back the space of replaced data.
class Snapshot {
 public:
  virtual ~Snapshot() = default;
  virtual base::Result<std::optional<TermId>> Find(const Term& term) const = 0;
  // kCorrupt where the id is unknown.
  virtual base::Result<Term> Resolve(TermId id) const = 0;
  // With `graph` unset, quads of one triple follow each other, by their graphs' ids; with nothing set, those of a
  // subject.
  virtual std::unique_ptr<QuadCursor> Match(const QuadPattern& pattern) const = 0;
  // The two above for many at less cost. `ids` is sorted and outlives the call or the cursor.
  // Calls `visit(i, term of ids[i])` in order until it returns false.
  virtual base::Status ResolveEach(std::span<const TermId> ids, const std::function<bool(size_t, Term)>& visit) const;
  // The quads of these subjects, in the graph or in all, subject after subject in their order.
  virtual std::unique_ptr<QuadCursor> MatchEach(std::span<const TermId> subjects, std::optional<TermId> graph) const;
  // How many quads match, exact up to `limit`, then `limit` or an estimate above it. Costs O(limit) at most.
  virtual base::Result<uint64_t> Estimate(const QuadPattern& pattern, uint64_t limit = 1000) const = 0;
  // The IRIs of the dictionary that start with `iri_prefix` (all for ""). A term that nothing uses any more may be
  // among them until Compact.
  virtual std::unique_ptr<TermCursor> Iris(std::string_view iri_prefix) const = 0;
  // The named graphs, ordered by id, each once.
  virtual base::Result<std::vector<TermId>> Graphs() const = 0;

  // Records: small values of the caller's under a key, written in the same transactions as quads (the build's
  // manifest).
  virtual base::Result<std::optional<std::string>> GetRecord(std::string_view key) const = 0;
  // Calls `visit(key, value)` for each record whose key starts with `prefix`, in byte order, until it returns false.
  virtual base::Status ScanRecords(std::string_view prefix,
                                   const std::function<bool(std::string_view, std::string_view)>& visit) const = 0;

  // How many owners contribute this triple to the default graph (see Transaction::Share); 0 where none does.
  virtual base::Result<uint64_t> CountOwners(const Triple& triple) const = 0;
};

// Collects changes and applies them all at once, or not at all where it is dropped or the process dies. One at a time:
// while one is open, calls on a second fail with kConflict (kUsage on a graph that is open for reading, and after
// Commit). Calls count in their order. May outlive its Store. For one thread at a time.
class Transaction {
 public:
  virtual ~Transaction() = default;
  // A quad that is there already stays as it is. kBadInput for what is not RDF or could not be written out again: a
  // literal as subject, an IRI with a blank in it, invalid UTF-8; kTooLarge for IRIs over 64 KiB and literals over 64
  // MiB.
  virtual base::Status Add(const Quad& quad) = 0;
  // A triple in the default graph goes for all who share it and however it came there.
  virtual base::Status Remove(const Quad& quad) = 0;
  // Removes every quad of a named graph. Quads added later in the same transaction stay. kUsage for the default graph.
  virtual base::Status RemoveGraph(const Term& graph) = 0;

  // The default graph holds what several owners (reports) may say alike: a shared triple stays as long as one owner
  // shares it. Unshare takes back all that an owner shared. Sharing twice is sharing once. A triple that was also given
  // to Add stays whatever its owners do, until Remove.
  virtual base::Status Share(const Term& owner, const Triple& triple) = 0;
  virtual base::Status Unshare(const Term& owner) = 0;
  // Whether the triple has an owner once this transaction, as it stands, is applied.
  virtual base::Result<bool> IsShared(const Triple& triple) = 0;

  virtual base::Status PutRecord(std::string_view key, std::string_view value) = 0;
  virtual base::Status RemoveRecord(std::string_view key) = 0;

  // Makes all changes visible and durable against the death of the process; with `sync`, against power loss too.
  virtual base::Status Commit(bool sync = false) = 0;
  // What is in memory so far, bytes; a bulk loader commits when it grows.
  virtual size_t ApproximateSize() const = 0;
};

// Takes many quads and brings them into the graph all at once, or not at all where it is dropped or the process dies:
// what a transaction does that only adds, in bounded memory, several times as fast, and with temporary files in the
// graph's folder. Counts as an open transaction. May outlive its Store. For one thread.
class BulkLoad {
 public:
  virtual ~BulkLoad() = default;
  // Errors as Transaction::Add; a failed disk may be told later, by Commit at the latest.
  virtual base::Status Add(const Quad& quad) = 0;
  // kUnsupported where two terms have the same digest (docs/format.md): load in transactions then. kTooLarge where the
  // memory allowed does not hold the terms' ids, 16 bytes each.
  virtual base::Status Commit() = 0;
};
inline constexpr size_t kLeastBulkMemory = size_t{16} << 20;
inline constexpr size_t kUsualBulkMemory = size_t{2} << 30;

struct OpenOptions {
  bool create = false;     // make the folder and an empty graph where there is none
  bool read_only = false;  // several processes may read while one writes
  size_t cache_bytes = size_t{256} << 20;
};

struct StoreStatistics {
  uint64_t quads = 0;  // counted, not estimated
  uint64_t default_graph_quads = 0;
  uint64_t named_graphs = 0;
  uint64_t terms = 0;  // in the dictionary: after removals more than in use, until Compact
  uint64_t bytes_on_disk = 0;
};

class Store {
 public:
  virtual ~Store() = default;
  // kNotFound: no graph there (the hint says how to make one); kConflict: another process writes to it, or the folder
  // holds other files; kUnsupported: a format version this program does not read; kCorrupt; kUnreadable. Opened for
  // reading, it shows the state at that moment for as long as it is open; it opens however fast another process writes,
  // and fails with kConflict only where one hangs while it makes the graph (30 s).
  static base::Result<std::unique_ptr<Store>> Open(const std::string& folder, const OpenOptions& options = {});

  virtual std::unique_ptr<const Snapshot> TakeSnapshot() const = 0;
  virtual std::unique_ptr<Transaction> Begin() = 0;
  // `memory_bytes`: what it may use besides the store's cache; less than kLeastBulkMemory counts as that.
  virtual std::unique_ptr<BulkLoad> BeginBulkLoad(size_t memory_bytes = kUsualBulkMemory) = 0;
  virtual base::Result<StoreStatistics> Statistics() const = 0;  // O(quads)
  // Holds every index against the others and the dictionary; each contradiction is one line. O(quads).
  virtual base::Result<std::vector<std::string>> Check() const = 0;
  // Folds what was written into its final, smallest form and drops dictionary terms that nothing uses. Optional;
  // reading works without it. kConflict while a transaction is open.
  virtual base::Status Compact() = 0;
};

// Versions for `sitgraph --version` and the format check.
uint32_t FormatVersion();
std::string EngineVersion();  // "RocksDB 7.8.3"

}  // namespace sitgraph::graph
