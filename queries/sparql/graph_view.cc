// Graphs of the dataset to patterns over quads.
#include "queries/sparql/graph_view.h"

#include <algorithm>

namespace sitgraph::queries::sparql {

using graph::QuadIds;
using graph::TermId;

GraphView GraphView::Of(const GraphScope& scope, const Dataset& dataset, const Frame& frame) {
  GraphView view;
  switch (scope.kind) {
    case GraphScope::Kind::kFixed:
      view.only = TermId{scope.constant};
      return view;
    case GraphScope::Kind::kSlot:
      if (frame[scope.slot] != kUnbound) {
        view.only = TermId{frame[scope.slot]};
        return view;
      }
      view.named_only = true;
      if (dataset.named) view.among = &*dataset.named;
      return view;
    case GraphScope::Kind::kDefault:
      break;
  }
  if (dataset.kind == Dataset::Default::kStored) {
    view.only = graph::kDefaultGraphId;
    return view;
  }
  if (dataset.kind == Dataset::Default::kListed) {
    if (dataset.listed.size() == 1) {
      view.only = TermId{dataset.listed.front()};
      return view;
    }
    view.among = &dataset.listed;
  }
  view.one_per_triple = true;
  return view;
}

bool GraphView::Sees(TermId graph) const {
  if (named_only && graph == graph::kDefaultGraphId) return false;
  return among == nullptr || std::binary_search(among->begin(), among->end(), static_cast<Cell>(graph));
}

TripleCursor::TripleCursor(const GraphView& view, graph::QuadPattern pattern, const graph::Snapshot& snapshot)
    : view_(view) {
  if (view.among != nullptr && view.among->empty()) return;
  pattern.graph = view.only;
  cursor_ = snapshot.Match(pattern);
}

const QuadIds* TripleCursor::Next() {
  if (cursor_ == nullptr) return nullptr;
  while (true) {
    if (started_) cursor_->Next();
    started_ = true;
    if (!cursor_->Valid()) return nullptr;
    const QuadIds& quad = cursor_->quad();
    if (view_.only) return &quad;
    if (!view_.Sees(quad.graph)) continue;
    if (view_.one_per_triple) {
      // Over all graphs the indexes keep the graph last, so that the same triple's quads follow one another.
      bool repeated = has_last_ && last_.subject == quad.subject && last_.predicate == quad.predicate &&
                      last_.object == quad.object;
      if (repeated) continue;
      has_last_ = true;
      last_ = quad;
    }
    return &quad;
  }
}

}  // namespace sitgraph::queries::sparql
