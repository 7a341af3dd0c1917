// Merges the base's cursors with the changes.
#include "queries/pending_graph.h"

#include <algorithm>

namespace sitgraph::queries {

using graph::Quad;
using graph::QuadIds;
using graph::QuadPattern;
using graph::Term;
using graph::TermId;

namespace {

constexpr size_t kBytesPerQuad = 320;
// Ids for new terms count down from here; those that the base uses are passed over.
constexpr uint64_t kFirstNewId = UINT64_MAX - (uint64_t{1} << 40);

bool Matches(const QuadIds& quad, const QuadPattern& pattern) {
  auto fits = [](const std::optional<TermId>& wanted, TermId id) { return !wanted || *wanted == id; };
  return fits(pattern.subject, quad.subject) && fits(pattern.predicate, quad.predicate) &&
         fits(pattern.object, quad.object) && fits(pattern.graph, quad.graph);
}

bool SameTriple(const QuadIds& a, const QuadIds& b) {
  return a.subject == b.subject && a.predicate == b.predicate && a.object == b.object;
}

}  // namespace

// The base's quads without the removed ones; after those of each triple the added quads of that triple, and at the end
// those of triples that the base does not have, so that the quads of a triple stay together.
class PendingCursor : public graph::QuadCursor {
 public:
  PendingCursor(const PendingGraph& graph, const QuadPattern& pattern)
      : graph_(graph), pattern_(pattern), base_(graph.base_->Match(pattern)), added_(graph.Added(pattern)) {
    std::sort(added_.begin(), added_.end());
    used_.resize(added_.size());
    Settle();
  }

  bool Valid() const override { return valid_; }
  const QuadIds& quad() const override { return quad_; }
  base::Status status() const override { return base_->status(); }
  void Next() override {
    if (from_base_) base_->Next();
    Settle();
  }

 private:
  // Finds the next quad.
  void Settle() {
    from_base_ = false;
    valid_ = true;
    while (true) {
      if (Flush()) return;
      if (!base_->Valid()) break;
      const QuadIds quad = base_->quad();
      if (last_ && !SameTriple(*last_, quad)) {
        // The group of the last triple has ended: its added quads come first.
        StartFlush(*last_);
        last_.reset();
        continue;
      }
      last_ = quad;
      if (!graph_.removed_.contains(quad)) {
        quad_ = quad;
        from_base_ = true;
        return;
      }
      base_->Next();
    }
    if (last_) {
      StartFlush(*last_);
      last_.reset();
      if (Flush()) return;
    }
    while (next_left_ < added_.size()) {
      size_t i = next_left_++;
      if (used_[i]) continue;
      used_[i] = true;
      quad_ = added_[i];
      return;
    }
    valid_ = false;
  }

  void StartFlush(const QuadIds& triple) {
    QuadIds low = triple;
    low.graph = TermId{0};
    flush_ = static_cast<size_t>(std::lower_bound(added_.begin(), added_.end(), low) - added_.begin());
    flush_triple_ = triple;
  }
  bool Flush() {
    if (!flush_triple_) return false;
    while (flush_ < added_.size() && SameTriple(added_[flush_], *flush_triple_)) {
      size_t i = flush_++;
      if (used_[i]) continue;
      used_[i] = true;
      quad_ = added_[i];
      return true;
    }
    flush_triple_.reset();
    return false;
  }

  const PendingGraph& graph_;
  QuadPattern pattern_;
  std::unique_ptr<graph::QuadCursor> base_;
  std::vector<QuadIds> added_;
  std::vector<bool> used_;
  std::optional<QuadIds> last_, flush_triple_;
  size_t flush_ = 0, next_left_ = 0;
  bool from_base_ = false, valid_ = false;
  QuadIds quad_{};
};

base::Result<TermId> PendingGraph::Intern(const Term& term) {
  auto known = Find(term);
  if (!known) return base::Fail(known.error());
  if (*known) return **known;
  uint64_t id = terms_.empty() ? kFirstNewId : static_cast<uint64_t>(terms_.begin()->first) - 1;
  while (base_->Resolve(TermId{id})) --id;
  std::string key = graph::ToNTriples(term);
  bytes_ += 2 * key.size() + 256;
  ids_.emplace(std::move(key), TermId{id});
  terms_.emplace(TermId{id}, term);
  return TermId{id};
}

base::Result<std::optional<TermId>> PendingGraph::Find(const Term& term) const {
  auto known = base_->Find(term);
  if (!known || *known) return known;
  auto own = ids_.find(graph::ToNTriples(term));
  return own == ids_.end() ? std::nullopt : std::optional(own->second);
}

base::Result<Term> PendingGraph::Resolve(TermId id) const {
  auto own = terms_.find(id);
  if (own != terms_.end()) return own->second;
  return base_->Resolve(id);
}

base::Result<std::optional<QuadIds>> PendingGraph::Known(const Quad& quad) const {
  QuadIds ids{};
  for (auto [term, part] :
       {std::pair(&quad.subject, &QuadIds::subject), std::pair(&quad.predicate, &QuadIds::predicate),
        std::pair(&quad.object, &QuadIds::object), std::pair(&quad.graph, &QuadIds::graph)}) {
    if (part == &QuadIds::graph && quad.in_default_graph()) {
      ids.graph = graph::kDefaultGraphId;
      continue;
    }
    auto id = Find(*term);
    if (!id) return base::Fail(id.error());
    if (!*id) return std::nullopt;
    ids.*part = **id;
  }
  return ids;
}

bool PendingGraph::IsInBase(const QuadPattern& pattern) const { return base_->Match(pattern)->Valid(); }

base::Status PendingGraph::Add(const Quad& quad) {
  for (const Term* term : {&quad.subject, &quad.predicate, &quad.object}) {
    if (auto id = Intern(*term); !id) return base::Fail(id.error());
  }
  if (!quad.in_default_graph()) {
    if (auto id = Intern(quad.graph); !id) return base::Fail(id.error());
  }
  auto ids = Known(quad);
  if (!ids) return base::Fail(ids.error());
  const QuadIds& found = **ids;
  if (removed_.erase(found) > 0) return {};
  if (IsInBase({found.subject, found.predicate, found.object, found.graph})) return {};
  if (!added_.insert(found).second) return {};
  by_predicate_[found.predicate].insert(found);
  by_object_[found.object].insert(found);
  by_graph_[found.graph].insert(found);
  bytes_ += kBytesPerQuad;
  return {};
}

base::Status PendingGraph::Remove(const Quad& quad) {
  auto ids = Known(quad);
  if (!ids) return base::Fail(ids.error());
  if (!*ids) return {};
  const QuadIds& found = **ids;
  if (added_.erase(found) > 0) {
    by_predicate_[found.predicate].erase(found);
    by_object_[found.object].erase(found);
    by_graph_[found.graph].erase(found);
    return {};
  }
  bool was_there = IsInBase({found.subject, found.predicate, found.object, found.graph});
  if (was_there && removed_.insert(found).second) bytes_ += kBytesPerQuad / 4;
  return {};
}

std::vector<QuadIds> PendingGraph::Added(const QuadPattern& pattern) const {
  std::vector<QuadIds> out;
  auto collect = [&](auto begin, auto end) {
    std::copy_if(begin, end, std::back_inserter(out), [&](const QuadIds& quad) { return Matches(quad, pattern); });
  };
  auto collect_from = [&](const auto& index, TermId id) {
    if (auto found = index.find(id); found != index.end()) collect(found->second.begin(), found->second.end());
  };
  if (pattern.subject) {
    collect(added_.lower_bound({*pattern.subject, TermId{0}, TermId{0}, TermId{0}}),
            added_.upper_bound({*pattern.subject, TermId{UINT64_MAX}, TermId{UINT64_MAX}, TermId{UINT64_MAX}}));
  } else if (pattern.object) {
    collect_from(by_object_, *pattern.object);
  } else if (pattern.predicate) {
    collect_from(by_predicate_, *pattern.predicate);
  } else if (pattern.graph) {
    collect_from(by_graph_, *pattern.graph);
  } else {
    collect(added_.begin(), added_.end());
  }
  return out;
}

std::unique_ptr<graph::QuadCursor> PendingGraph::Match(const QuadPattern& pattern) const {
  return std::make_unique<PendingCursor>(*this, pattern);
}

base::Result<uint64_t> PendingGraph::Estimate(const QuadPattern& pattern, uint64_t limit) const {
  auto estimate = base_->Estimate(pattern, limit);
  if (!estimate) return estimate;
  return *estimate + Added(pattern).size();
}

base::Result<std::vector<TermId>> PendingGraph::Graphs() const {
  auto graphs = base_->Graphs();
  if (!graphs) return graphs;
  for (const auto& [graph, quads] : by_graph_) {
    if (graph != graph::kDefaultGraphId && !quads.empty()) graphs->push_back(graph);
  }
  std::sort(graphs->begin(), graphs->end());
  graphs->erase(std::unique(graphs->begin(), graphs->end()), graphs->end());
  if (!removed_.empty()) {
    std::erase_if(*graphs, [&](TermId graph) { return !Match({.graph = graph})->Valid(); });
  }
  return graphs;
}

}  // namespace sitgraph::queries
