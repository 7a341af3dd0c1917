// N-Triples and N-Quads: one statement a line.
#include "exporters/rdf_terms.h"
#include "exporters/rdf_writer.h"

namespace sitgraph::exporters {
namespace {

using base::Status;
using graph::Term;

class LineWriter : public RdfWriter {
 public:
  LineWriter(bool with_graphs, base::AtomicFile& out) : with_graphs_(with_graphs), out_(&out) {}

  Status Begin() override { return {}; }

  Status Write(const Term& subject, const Term& predicate, const Term& object, const Term& graph) override {
    for (const Term* term : {&subject, &predicate, &object}) {
      AppendNTriplesTerm(lines_, *term);
      lines_ += ' ';
    }
    if (with_graphs_ && !IsDefault(graph)) {
      AppendNTriplesTerm(lines_, graph);
      lines_ += ' ';
    }
    lines_ += ".\n";
    return lines_.size() >= kFlushAt ? Flush() : Status();
  }

  // Escapes each term once, with the blank behind it.
  Status WriteBatch(const RdfBatch& batch) override {
    texts_.clear();
    begins_.clear();
    for (const Term& term : batch.terms) {
      begins_.push_back(texts_.size());
      if (IsDefault(term)) continue;
      AppendNTriplesTerm(texts_, term);
      texts_ += ' ';
    }
    begins_.push_back(texts_.size());
    const auto append = [this](uint32_t number) {
      lines_.append(texts_, begins_[number], begins_[number + 1] - begins_[number]);
    };
    for (const RdfBatch::Statement& s : batch.statements) {
      append(s.subject);
      append(s.predicate);
      if ((s.object & RdfBatch::kTripleTerm) == 0) {
        append(s.object);
      } else {
        const RdfBatch::Statement& triple = batch.triples[s.object & ~RdfBatch::kTripleTerm];
        lines_ += "<<( ";
        for (const uint32_t part : {triple.subject, triple.predicate, triple.object}) append(part);
        lines_ += ")>> ";
      }
      if (with_graphs_) append(s.graph);
      lines_ += ".\n";
      if (lines_.size() < kFlushAt) continue;
      if (Status status = Flush(); !status) return status;
    }
    return {};
  }

  Status Finish() override { return Flush(); }

 private:
  static constexpr size_t kFlushAt = size_t{1} << 20;

  static bool IsDefault(const Term& graph) { return graph.is_iri() && graph.value().empty(); }
  Status Flush() {
    const Status status = out_->Write(lines_);
    lines_.clear();
    return status;
  }

  bool with_graphs_;
  base::AtomicFile* out_;
  std::string lines_;
  std::string texts_;           // of a batch's terms
  std::vector<size_t> begins_;  // in texts_, by number of the term
};

}  // namespace

std::unique_ptr<RdfWriter> MakeNTriplesWriter(base::AtomicFile& out) {
  return std::make_unique<LineWriter>(false, out);
}
std::unique_ptr<RdfWriter> MakeNQuadsWriter(base::AtomicFile& out) { return std::make_unique<LineWriter>(true, out); }

}  // namespace sitgraph::exporters
