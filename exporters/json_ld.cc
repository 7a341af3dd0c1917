// JSON-LD 1.1: node objects of the default graph, then one object for each named graph.
#include <algorithm>

#include "exporters/json_ld_context.h"
#include "exporters/json_text.h"
#include "exporters/rdf_terms.h"
#include "exporters/rdf_writer.h"

namespace sitgraph::exporters {
namespace {

using base::Status;
using graph::Term;

// Whether a JSON number says this xsd:integer, within what JavaScript counts exactly.
bool IsJsonInteger(std::string_view text) {
  std::string_view digits = text;
  if (digits.starts_with('-')) digits.remove_prefix(1);
  if (digits.empty() || digits.size() > 15 || (digits[0] == '0' && text.size() > 1)) return false;
  return std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
}

class JsonLdWriter : public RdfWriter {
 public:
  JsonLdWriter(const RdfWriterOptions& options, base::AtomicFile& out)
      : base_(UsableBase(options.base_iri)), out_(&out) {}

  Status Begin() override {
    buffer_ = "{\n\"@context\": " + JsonLdContext(base_) + ",\n\"@graph\": [";
    return Flush();
  }

  Status Write(const Term& subject, const Term& predicate, const Term& object, const Term& graph) override {
    if (graph != graph_) {
      EndGraph();
      BeginGraph(graph);
    }
    if (!open_ || subject != subject_) {
      EndSubject();
      BeginSubject(subject);
    }
    const bool is_type = predicate.value() == kRdfType && !object.is_literal();
    if (is_type != in_types_ || predicate != predicate_) {
      if (in_property_) buffer_ += ']';
      buffer_ += ",\n   ";
      AppendJsonString(buffer_, is_type ? "@type" : JsonLdTermOf(predicate.value()));
      buffer_ += ": [";
      predicate_ = predicate;
      in_types_ = is_type;
      in_property_ = true;
    } else {
      buffer_ += ", ";
    }
    if (is_type) {
      AppendReference(object, true);
    } else {
      AppendObject(object);
    }
    return buffer_.size() > (size_t{1} << 16) ? Flush() : Status();
  }

  Status Finish() override {
    EndGraph();
    buffer_ += "\n]}\n";
    return Flush();
  }

 private:
  void BeginGraph(const Term& graph) {
    graph_ = graph;
    if (graph.is_iri() && graph.value().empty()) return;
    Separate();
    buffer_ += "{\"@id\": ";
    AppendReference(graph, false);
    buffer_ += ", \"@graph\": [";
    in_graph_ = true;
    first_ = true;
  }
  void EndGraph() {
    EndSubject();
    if (in_graph_) {
      buffer_ += "]}";
      first_ = false;
    }
    in_graph_ = false;
  }
  void Separate() {
    buffer_ += first_ ? "\n" : ",\n";
    first_ = false;
  }
  void BeginSubject(const Term& subject) {
    subject_ = subject;
    open_ = true;
    in_property_ = in_types_ = false;
    predicate_ = Term();
    Separate();
    buffer_ += "  {\"@id\": ";
    AppendReference(subject, false);
  }
  void EndSubject() {
    if (open_) buffer_ += in_property_ ? "]}" : "}";
    open_ = false;
  }

  // `vocabulary`: in "@type", where IRIs are not relative to the base.
  void AppendReference(const Term& term, bool vocabulary) {
    if (term.is_blank()) {
      AppendJsonString(buffer_, "_:" + BlankLabel(term.value()));
      return;
    }
    std::string text(vocabulary ? std::string_view(term.value()) : RelativeTo(base_, term.value()));
    if (text.starts_with('@')) text = term.value();  // would be taken for a keyword
    if (text.size() == term.value().size()) text = JsonLdCompact(term.value());
    AppendJsonString(buffer_, text);
  }

  void AppendObject(const Term& object) {
    if (!object.is_literal()) {
      // A term whose values are known to be IRIs needs no object around them.
      const bool bare = JsonLdHoldsIris(predicate_.value());
      if (!bare) buffer_ += "{\"@id\": ";
      AppendReference(object, false);
      if (!bare) buffer_ += '}';
      return;
    }
    const bool holds_iris = JsonLdHoldsIris(predicate_.value());
    if (!object.language().empty()) {
      buffer_ += "{\"@language\": ";
      AppendJsonString(buffer_, object.language());
    } else if (object.datatype() == kXsdString && !holds_iris) {
      AppendJsonString(buffer_, object.value());
      return;
    } else if (!holds_iris &&
               ((object.datatype() == kXsdInteger && IsJsonInteger(object.value())) ||
                (object.datatype() == kXsdBoolean && (object.value() == "true" || object.value() == "false")))) {
      buffer_ += object.value();
      return;
    } else {
      buffer_ += "{\"@type\": ";
      AppendJsonString(buffer_, JsonLdCompact(object.datatype()));
    }
    buffer_ += ", \"@value\": ";
    AppendJsonString(buffer_, object.value());
    buffer_ += '}';
  }

  Status Flush() {
    const Status status = out_->Write(buffer_);
    buffer_.clear();
    return status;
  }

  std::string base_;
  base::AtomicFile* out_;
  std::string buffer_;
  Term graph_, subject_, predicate_;
  bool open_ = false, in_graph_ = false, in_property_ = false, in_types_ = false, first_ = true;
};

}  // namespace

std::unique_ptr<RdfWriter> MakeJsonLdWriter(const RdfWriterOptions& options, base::AtomicFile& out) {
  return std::make_unique<JsonLdWriter>(options, out);
}

}  // namespace sitgraph::exporters
