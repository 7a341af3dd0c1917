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
    if (subject != subject_) {
      subject_ = subject;
      subject_text_.clear();
      AppendNTriplesTerm(subject_text_, subject);
      subject_text_ += ' ';
    }
    line_ = subject_text_;
    AppendNTriplesTerm(line_, predicate);
    line_ += ' ';
    AppendNTriplesTerm(line_, object);
    if (with_graphs_ && !(graph.is_iri() && graph.value().empty())) {
      line_ += ' ';
      AppendNTriplesTerm(line_, graph);
    }
    line_ += " .\n";
    return out_->Write(line_);
  }

  Status Finish() override { return {}; }

 private:
  bool with_graphs_;
  base::AtomicFile* out_;
  Term subject_;
  std::string subject_text_, line_;
};

}  // namespace

std::unique_ptr<RdfWriter> MakeNTriplesWriter(base::AtomicFile& out) {
  return std::make_unique<LineWriter>(false, out);
}
std::unique_ptr<RdfWriter> MakeNQuadsWriter(base::AtomicFile& out) { return std::make_unique<LineWriter>(true, out); }

}  // namespace sitgraph::exporters
