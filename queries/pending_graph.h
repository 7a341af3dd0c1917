// A snapshot with changes that are not committed yet: what the later operations of an update request see.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "graph/store.h"

namespace sitgraph::queries {

// Holds its changes in memory, some 300 bytes a quad. Cursors are valid until the next change.
class PendingGraph : public graph::Snapshot {
 public:
  explicit PendingGraph(std::unique_ptr<const graph::Snapshot> base) : base_(std::move(base)) {}

  base::Status Add(const graph::Quad& quad);
  base::Status Remove(const graph::Quad& quad);
  size_t ApproximateSize() const { return bytes_; }

  base::Result<std::optional<graph::TermId>> Find(const graph::Term& term) const override;
  base::Result<graph::Term> Resolve(graph::TermId id) const override;
  std::unique_ptr<graph::QuadCursor> Match(const graph::QuadPattern& pattern) const override;
  base::Result<uint64_t> Estimate(const graph::QuadPattern& pattern, uint64_t limit) const override;
  std::unique_ptr<graph::TermCursor> Iris(std::string_view iri_prefix) const override {
    return base_->Iris(iri_prefix);  // of the committed graph
  }
  base::Result<std::vector<graph::TermId>> Graphs() const override;
  base::Result<std::optional<std::string>> GetRecord(std::string_view key) const override {
    return base_->GetRecord(key);
  }
  base::Status ScanRecords(std::string_view prefix,
                           const std::function<bool(std::string_view, std::string_view)>& visit) const override {
    return base_->ScanRecords(prefix, visit);
  }
  base::Result<uint64_t> CountOwners(const graph::Triple& triple) const override { return base_->CountOwners(triple); }

 private:
  friend class PendingCursor;

  base::Result<graph::TermId> Intern(const graph::Term& term);
  base::Result<std::optional<graph::QuadIds>> Known(const graph::Quad& quad) const;
  std::vector<graph::QuadIds> Added(const graph::QuadPattern& pattern) const;
  bool IsInBase(const graph::QuadPattern& pattern) const;

  std::unique_ptr<const graph::Snapshot> base_;
  std::map<std::string, graph::TermId> ids_;  // of terms that the base lacks, by N-Triples form
  std::map<graph::TermId, graph::Term> terms_;
  std::set<graph::QuadIds> added_;  // by subject; none is in the base
  std::map<graph::TermId, std::set<graph::QuadIds>> by_predicate_, by_object_, by_graph_;  // the same
  std::set<graph::QuadIds> removed_;                                                       // all are in the base
  size_t bytes_ = 0;
};

}  // namespace sitgraph::queries
