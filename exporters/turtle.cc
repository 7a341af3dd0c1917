// Turtle and TriG, prefixed, grouped and indented.
#include "exporters/rdf_terms.h"
#include "exporters/rdf_writer.h"

namespace sitgraph::exporters {
namespace {

namespace v = graph::vocabulary;
using base::Status;
using graph::Term;

// A subject on a line of its own, its predicates below it, the objects of one predicate beside or below each other:
//   <place/rastan>
//       a sg:Place ;
//       skos:altLabel "Rastan", "Al-Rastan" .
class TurtleWriter : public RdfWriter {
 public:
  TurtleWriter(const RdfWriterOptions& options, bool with_graphs, base::AtomicFile& out)
      : prefixes_(options.prefixes),
        terms_(options.base_iri, options.prefixes),
        with_graphs_(with_graphs),
        out_(&out) {}

  Status Begin() override {
    if (terms_.has_base()) buffer_ += "@base <" + terms_.base() + "> .\n";
    for (const v::Prefix& prefix : prefixes_) {
      ((buffer_ += "@prefix ") += prefix.name) += ": <";
      (buffer_ += prefix.iri) += "> .\n";
    }
    return Flush();
  }

  Status Write(const Term& subject, const Term& predicate, const Term& object, const Term& graph) override {
    const bool one_line = object.value().find('\n') == std::string::npos;
    BeginObject(subject, predicate, one_line ? object.value().size() : kWidth, graph);
    terms_.Append(buffer_, object);
    return buffer_.size() >= kFlushAt ? FlushLines() : Status();
  }

  Status WriteTripleTerm(const RdfBatch& batch, const RdfBatch::Statement& s) override {
    const RdfBatch::Statement& triple = batch.triples[s.object & ~RdfBatch::kTripleTerm];
    BeginObject(batch.terms[s.subject], batch.terms[s.predicate], kWidth, batch.terms[s.graph]);
    buffer_ += "<<(";
    for (const uint32_t part : {triple.subject, triple.predicate, triple.object}) {
      buffer_ += ' ';
      terms_.Append(buffer_, batch.terms[part]);
    }
    buffer_ += " )>>";
    return buffer_.size() >= kFlushAt ? FlushLines() : Status();
  }

  Status Finish() override {
    EndGraph();
    return Flush();
  }

 private:
  static constexpr size_t kWidth = 100;
  static constexpr size_t kFlushAt = size_t{1} << 16;

  // All that stands before an object, which is `width` long.
  void BeginObject(const Term& subject, const Term& predicate, size_t width, const Term& graph) {
    if (with_graphs_ && graph != graph_) {
      EndGraph();
      BeginGraph(graph);
    }
    if (!open_ || subject != subject_) {
      EndSubject();
      BeginSubject(subject);
      BeginPredicate(predicate);
    } else if (predicate != predicate_) {
      buffer_ += " ;\n";
      BeginPredicate(predicate);
    } else {
      // Short objects stand beside each other.
      buffer_ += ',';
      const size_t line = buffer_.size() - line_begin_;
      if (line + width < kWidth) {
        buffer_ += ' ';
      } else {
        NewLine(3);
      }
    }
  }

  void Indent(int steps) { buffer_.append(static_cast<size_t>(4 * (steps + (in_graph_ ? 1 : 0))), ' '); }
  void NewLine(int steps) {
    buffer_ += '\n';
    line_begin_ = buffer_.size();
    Indent(steps - 1);
  }

  void BeginGraph(const Term& graph) {
    graph_ = graph;
    if (graph.is_iri() && graph.value().empty()) return;
    buffer_ += '\n';
    terms_.Append(buffer_, graph);
    buffer_ += " {";
    in_graph_ = true;
  }
  void EndGraph() {
    EndSubject();
    if (in_graph_) buffer_ += "}\n";
    in_graph_ = false;
  }
  void BeginSubject(const Term& subject) {
    subject_ = subject;
    open_ = true;
    buffer_ += '\n';
    Indent(0);
    terms_.Append(buffer_, subject);
    buffer_ += '\n';
  }
  void EndSubject() {
    if (open_) buffer_ += " .\n";
    open_ = false;
  }
  void BeginPredicate(const Term& predicate) {
    predicate_ = predicate;
    line_begin_ = buffer_.size();
    Indent(1);
    if (predicate.value() == kRdfType) {
      buffer_ += 'a';
    } else {
      terms_.Append(buffer_, predicate);
    }
    buffer_ += ' ';
  }

  // Keeps the line that is being written, whose length is still asked for.
  Status FlushLines() {
    if (line_begin_ == 0) return {};
    const Status status = out_->Write(std::string_view(buffer_).substr(0, line_begin_));
    buffer_.erase(0, line_begin_);
    line_begin_ = 0;
    return status;
  }
  Status Flush() {
    const Status status = out_->Write(buffer_);
    buffer_.clear();
    line_begin_ = 0;
    return status;
  }

  std::vector<v::Prefix> prefixes_;
  TurtleTerms terms_;
  bool with_graphs_;
  base::AtomicFile* out_;
  std::string buffer_;
  size_t line_begin_ = 0;  // in buffer_
  bool open_ = false, in_graph_ = false;
  Term graph_, subject_, predicate_;
};

}  // namespace

std::unique_ptr<RdfWriter> MakeTurtleWriter(const RdfWriterOptions& options, base::AtomicFile& out) {
  return std::make_unique<TurtleWriter>(options, false, out);
}
std::unique_ptr<RdfWriter> MakeTriGWriter(const RdfWriterOptions& options, base::AtomicFile& out) {
  return std::make_unique<TurtleWriter>(options, true, out);
}

}  // namespace sitgraph::exporters
