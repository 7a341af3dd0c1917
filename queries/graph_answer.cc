// Collects triples; descriptions walk blank nodes with a list of their own, so that no chain of them is too long.
#include "queries/graph_answer.h"

#include <fmt/format.h>

namespace sitgraph::queries {

using sparql::Cell;
using sparql::QuadCells;

bool GraphAnswer::Add(const QuadCells& quad) {
  QuadCells triple{quad[0], quad[1], quad[2], sparql::kUnbound};
  if (!seen_.insert(triple).second) return !governor_.failed();
  constexpr size_t kBytes = 3 * sizeof(QuadCells) + 64;
  charged_ += kBytes;
  auto [subject, is_new] = subjects_.try_emplace(quad[0], triples_.size());
  if (is_new) triples_.emplace_back();
  triples_[subject->second].push_back(triple);
  return governor_.Charge(kBytes);
}

bool GraphAnswer::Describe(Cell resource, const sparql::Dataset& dataset) {
  std::vector<Cell> open{resource};
  const sparql::GraphView view = sparql::GraphView::Of({}, dataset, {});
  while (!open.empty()) {
    Cell subject = open.back();
    open.pop_back();
    if (!described_.insert(subject).second) continue;
    sparql::TripleCursor cursor(view, {.subject = graph::TermId{subject}}, terms_.snapshot());
    while (const graph::QuadIds* quad = cursor.Next()) {
      auto object = static_cast<Cell>(quad->object);
      if (!governor_.Tick() || !Add({subject, static_cast<Cell>(quad->predicate), object, sparql::kUnbound})) {
        return false;
      }
      if (terms_.Resolve(object).is_blank()) open.push_back(object);
    }
    if (!governor_.Check(cursor.status())) return false;
  }
  return true;
}

base::Result<uint64_t> GraphAnswer::Deliver(ResultSink& sink, const Prefixes& prefixes) {
  if (base::Status status = sink.BeginGraph(prefixes); !status) return base::Fail(status.error());
  uint64_t delivered = 0;
  for (const auto& of_subject : triples_) {
    for (const QuadCells& triple : of_subject) {
      uint64_t most = governor_.limits().rows;
      if (most != 0 && delivered == most) {
        return base::Fail(base::ErrorCode::kTooLarge,
                          fmt::format("the answer has more than {} triples, the limit of results", most), {},
                          "add a LIMIT, or raise the limit of results");
      }
      ++delivered;
      graph::Triple terms{terms_.Resolve(triple[0]), terms_.Resolve(triple[1]), terms_.Resolve(triple[2])};
      if (!governor_.Tick() || governor_.failed()) return base::Fail(governor_.TakeFailure());
      if (base::Status status = sink.Triple(terms); !status) return base::Fail(status.error());
    }
  }
  if (base::Status status = sink.End(); !status) return base::Fail(status.error());
  return delivered;
}

}  // namespace sitgraph::queries
