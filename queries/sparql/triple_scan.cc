// Index look-ups for one pattern.
#include "queries/sparql/triple_scan.h"

#include <algorithm>

namespace sitgraph::queries::sparql {

using graph::kDefaultGraphId;
using graph::QuadIds;
using graph::QuadPattern;
using graph::TermId;

TripleScan::TripleScan(const PlannedTriple& triple, const GraphScope& graph, const Dataset& dataset,
                       const graph::Snapshot& snapshot, Governor& governor, Frame& frame)
    : governor_(governor), frame_(frame) {
  QuadPattern pattern;
  AddPart(triple.subject, &QuadIds::subject, &QuadPattern::subject, pattern);
  AddPart(triple.predicate, &QuadIds::predicate, &QuadPattern::predicate, pattern);
  AddPart(triple.object, &QuadIds::object, &QuadPattern::object, pattern);
  ChooseGraph(graph, dataset, pattern);
  bool nothing_listed = graphs_ != nullptr && graphs_->empty();
  if (!nothing_listed) cursor_ = snapshot.Match(pattern);
}

void TripleScan::AddPart(const PlannedTerm& term, TermId QuadIds::*part, std::optional<TermId> QuadPattern::*wanted,
                         QuadPattern& pattern) {
  Cell cell = term.slot ? frame_[*term.slot] : term.constant;
  if (cell != kUnbound) {
    pattern.*wanted = TermId{cell};
  } else {
    free_.push_back({*term.slot, part});
  }
}

void TripleScan::ChooseGraph(const GraphScope& graph, const Dataset& dataset, QuadPattern& pattern) {
  switch (graph.kind) {
    case GraphScope::Kind::kFixed:
      pattern.graph = TermId{graph.constant};
      return;
    case GraphScope::Kind::kSlot:
      if (frame_[graph.slot] != kUnbound) {
        pattern.graph = TermId{frame_[graph.slot]};
        return;
      }
      named_only_ = true;
      if (dataset.named) graphs_ = &*dataset.named;
      free_.push_back({graph.slot, &QuadIds::graph});
      return;
    case GraphScope::Kind::kDefault:
      break;
  }
  if (dataset.kind == Dataset::Default::kStored) {
    pattern.graph = kDefaultGraphId;
    return;
  }
  if (dataset.kind == Dataset::Default::kListed) {
    if (dataset.listed.size() == 1) {
      pattern.graph = TermId{dataset.listed.front()};
      return;
    }
    graphs_ = &dataset.listed;
  }
  one_per_triple_ = true;
}

bool TripleScan::SeesGraph(TermId graph) const {
  if (named_only_ && graph == kDefaultGraphId) return false;
  return graphs_ == nullptr || std::binary_search(graphs_->begin(), graphs_->end(), static_cast<Cell>(graph));
}

void TripleScan::Unbind() {
  for (size_t i = 0; i < bound_; ++i) frame_[free_[i].slot] = kUnbound;
  bound_ = 0;
}

// False where a variable that stands twice would have two values.
bool TripleScan::Bind(const QuadIds& quad) {
  for (const Free& each : free_) {
    auto cell = static_cast<Cell>(quad.*each.part);
    bool is_new = frame_[each.slot] == kUnbound;
    if (!is_new && frame_[each.slot] != cell) {
      Unbind();
      return false;
    }
    frame_[each.slot] = cell;
    ++bound_;
  }
  return true;
}

bool TripleScan::Next() {
  Unbind();
  if (cursor_ == nullptr) return false;
  while (governor_.Tick() && cursor_->Valid()) {
    const QuadIds quad = cursor_->quad();
    cursor_->Next();
    if (!SeesGraph(quad.graph)) continue;
    // Over all graphs the indexes keep the graph last, so that the same triple's quads follow one another.
    if (one_per_triple_) {
      bool repeated =
          last_ && last_->subject == quad.subject && last_->predicate == quad.predicate && last_->object == quad.object;
      if (repeated) continue;
      last_ = quad;
    }
    if (Bind(quad)) return true;
  }
  if (!governor_.failed()) governor_.Check(cursor_->status());
  cursor_.reset();
  return false;
}

}  // namespace sitgraph::queries::sparql
