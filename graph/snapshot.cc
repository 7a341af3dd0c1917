// What a snapshot does for many terms or subjects where it knows no better than one by one.
#include <utility>

#include "graph/store.h"

namespace sitgraph::graph {
namespace {

class ChainedCursor final : public QuadCursor {
 public:
  ChainedCursor(const Snapshot& snapshot, std::span<const TermId> subjects, std::optional<TermId> graph)
      : snapshot_(snapshot), subjects_(subjects), graph_(graph) {
    SkipEnds();
  }
  bool Valid() const override { return cursor_ != nullptr && cursor_->Valid(); }
  void Next() override {
    cursor_->Next();
    SkipEnds();
  }
  const QuadIds& quad() const override { return cursor_->quad(); }
  base::Status status() const override { return cursor_ == nullptr ? base::Status() : cursor_->status(); }

 private:
  void SkipEnds() {
    while (!Valid() && status() && next_ < subjects_.size()) {
      cursor_ = snapshot_.Match({.subject = subjects_[next_++], .predicate = {}, .object = {}, .graph = graph_});
    }
  }

  const Snapshot& snapshot_;
  std::span<const TermId> subjects_;
  std::optional<TermId> graph_;
  size_t next_ = 0;
  std::unique_ptr<QuadCursor> cursor_;
};

}  // namespace

base::Status Snapshot::ResolveEach(std::span<const TermId> ids, const std::function<bool(size_t, Term)>& visit) const {
  for (size_t i = 0; i < ids.size(); ++i) {
    auto term = Resolve(ids[i]);
    if (!term) return base::Fail(term.error());
    if (!visit(i, std::move(*term))) break;
  }
  return {};
}

std::unique_ptr<QuadCursor> Snapshot::MatchEach(std::span<const TermId> subjects, std::optional<TermId> graph) const {
  return std::make_unique<ChainedCursor>(*this, subjects, graph);
}

}  // namespace sitgraph::graph
