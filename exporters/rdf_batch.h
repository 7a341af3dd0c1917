// Statements of a snapshot in the order of writing, read many at a time: terms are looked up at much less cost
// together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/error.h"
#include "exporters/rdf_selection.h"
#include "graph/store.h"
#include "graph/term.h"

namespace sitgraph::exporters {

// Each term is there once. No statement comes twice, and none is divided among batches.
struct RdfBatch {
  struct Statement {
    uint32_t subject, predicate, object, graph;  // places in `terms`
  };
  std::vector<graph::Term> terms;  // the default graph's is the empty IRI
  std::vector<Statement> statements;
  // An object with this bit is a triple term of RDF 1.2, at this place in `triples` (whose graphs mean nothing).
  static constexpr uint32_t kTripleTerm = uint32_t{1} << 31;
  std::vector<Statement> triples;
};

// Numbers ids from 0 in the order of their coming.
class IdNumbers {
 public:
  IdNumbers() { Clear(); }
  uint32_t Number(graph::TermId id);
  const std::vector<graph::TermId>& ids() const { return ids_; }
  void Clear();

 private:
  void Grow();
  size_t SlotOf(graph::TermId id) const;

  std::vector<uint32_t> slots_;  // numbers + 1 by hash, open addressing; 0 where nothing is
  std::vector<graph::TermId> ids_;
};

// Reads a snapshot in batches of some hundred thousand statements or 32 MB of terms, whichever comes first, but never
// less than a subject. By graph, those of less than kSmallGraph statements are read together. For one thread; holds the
// snapshot by reference.
inline constexpr size_t kSmallGraph = 100'000;
class RdfBatchReader {
 public:
  // Gets the batches in order; false ends the reading.
  using Sink = std::function<bool(RdfBatch)>;
  // `selection` may be null: everything; else it is held by reference too.
  RdfBatchReader(const graph::Snapshot& snapshot, const RdfSelection* selection, Sink sink)
      : snapshot_(&snapshot), selection_(selection), sink_(std::move(sink)) {}

  // All three: of a subject, predicates as a person reads them, then by object and graph. Without graphs all are the
  // default graph.
  // Subject after subject as the store has them: costs least, for it walks the store once.
  base::Status ReadInStoreOrder(bool with_graphs);
  // IRIs in byte order, then blank nodes.
  base::Status ReadBySubject(bool with_graphs);
  // The default graph, then the others in byte order, each by subject.
  base::Status ReadByGraph();

 private:
  using OptionalId = std::optional<graph::TermId>;
  using Subjects = std::span<const std::pair<graph::Term, graph::TermId>>;
  enum class SubjectOrder : uint8_t { kByTerm, kByNumber, kAsRead };
  // By number of the term.
  struct Ranks {
    std::vector<uint32_t> predicates;
    std::vector<uint32_t> subjects;  // of the graph that is being sorted
    SubjectOrder order;
  };
  enum class Outcome : uint8_t { kDone, kStopped, kTooMuch };

  bool IsChosen(graph::TermId subject) const { return selection_ == nullptr || selection_->HasSubject(subject); }
  bool IsChosen(const graph::QuadIds& quad) const {
    return selection_ == nullptr || (selection_->HasSubject(quad.subject) && selection_->Has(quad));
  }
  base::Status RankPredicates();
  base::Result<Outcome> EmitInStoreOrder(std::vector<graph::QuadIds> quads);
  base::Result<Outcome> ReadSubjectsOf(OptionalId graph);
  base::Result<Outcome> ReadBlankSubjects(OptionalId graph, uint64_t quads_read);
  base::Result<Outcome> ReadSubjects(Subjects subjects, OptionalId graph);
  base::Result<Outcome> TrySubjects(Subjects subjects, OptionalId graph);
  base::Result<Outcome> ReadNamedGraphs();
  base::Result<Outcome> AddSmallGraph(graph::TermId graph, bool& is_small);
  base::Result<Outcome> FlushGraphs();
  base::Result<Outcome> Emit(SubjectOrder order, Subjects subjects, bool may_refuse);
  base::Result<bool> ResolveTerms(Subjects subjects, bool may_refuse, RdfBatch& batch);
  void SortGraph(size_t begin, size_t end, Ranks& ranks, RdfBatch& batch) const;
  std::vector<uint32_t> RanksOfPredicates(const RdfBatch& batch) const;

  const graph::Snapshot* snapshot_;
  const RdfSelection* selection_;
  Sink sink_;
  bool with_graphs_ = true;
  std::unordered_map<graph::TermId, uint32_t> reading_order_;
  size_t step_ = 1024;  // subjects to ask for at once
  uint64_t quads_read_ = 0;
  // Of the batch that is being made.
  std::vector<graph::QuadIds> quads_;
  std::vector<size_t> graph_ends_;  // in quads_; statements are ordered within each part
  IdNumbers numbers_;
};

}  // namespace sitgraph::exporters
