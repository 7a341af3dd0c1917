// RDF/XML: one element a subject, typed where its class has a name that XML can write.
#include <fmt/format.h>

#include <iterator>

#include "exporters/rdf_terms.h"
#include "exporters/rdf_writer.h"
#include "exporters/xml.h"

namespace sitgraph::exporters {
namespace {

namespace v = graph::vocabulary;
using base::Status;
using graph::Term;

struct QName {
  std::string name;         // "sg:Place", or "ns:local" with a declaration
  std::string declaration;  // of its own namespace; empty for the document's prefixes
};

class RdfXmlWriter : public RdfWriter {
 public:
  RdfXmlWriter(const RdfWriterOptions& options, base::AtomicFile& out) : prefixes_(options.prefixes), out_(&out) {}

  Status Begin() override {
    std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rdf:RDF xmlns:rdf=\"";
    head += v::kRdf;
    head += '"';
    for (const v::Prefix& prefix : prefixes_) {
      if (prefix.iri != v::kRdf) head += fmt::format("\n    xmlns:{}=\"{}\"", prefix.name, prefix.iri);
    }
    return out_->Write(head + ">\n");
  }

  Status Write(const Term& subject, const Term& predicate, const Term& object, const Term&) override {
    const bool is_type = predicate.value() == kRdfType;
    const bool begins = !open_ || subject != subject_;
    if (begins) {
      EndSubject();
      const auto type = is_type && object.is_iri() ? NameOf(object.value()) : std::nullopt;
      BeginSubject(subject, type);
      if (type) return Flush();
    }
    const auto name = NameOf(predicate.value());
    if (!name) {
      ++left_out_;
      return Flush();
    }
    AppendProperty(*name, object);
    return Flush();
  }

  Status Finish() override {
    EndSubject();
    buffer_ += "</rdf:RDF>\n";
    return Flush();
  }
  uint64_t left_out() const override { return left_out_; }

 private:
  // The longest end of the IRI that is a name, behind one of the document's prefixes or a namespace of its own.
  std::optional<QName> NameOf(std::string_view iri) const {
    for (const v::Prefix& prefix : prefixes_) {
      if (!iri.starts_with(prefix.iri)) continue;
      const std::string_view local = iri.substr(prefix.iri.size());
      // rdf:Description, rdf:li and their like mean something else in element position.
      if (IsPlainLocalName(local) && prefix.iri != v::kRdf) return QName{fmt::format("{}:{}", prefix.name, local), ""};
    }
    size_t begin = iri.size();
    while (begin > 0 && IsNameChar(iri[begin - 1])) --begin;
    while (begin < iri.size() && !IsPlainLocalName(iri.substr(begin))) ++begin;
    if (begin == iri.size() || begin == 0) return std::nullopt;
    if (iri.substr(0, begin) == v::kRdf) {
      const std::string_view local = iri.substr(begin);
      if (!IsSafeRdfName(local)) return std::nullopt;
      return QName{fmt::format("rdf:{}", local), ""};
    }
    std::string declaration = " xmlns:ns=\"";
    AppendXmlAttribute(declaration, iri.substr(0, begin));
    return QName{fmt::format("ns:{}", iri.substr(begin)), declaration + "\""};
  }
  static bool IsNameChar(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  }
  static bool IsSafeRdfName(std::string_view local) {
    for (const std::string_view name : {"type", "subject", "predicate", "object", "Statement", "value", "first", "rest",
                                        "List", "Bag", "Seq", "Alt", "Property"}) {
      if (local == name) return true;
    }
    return false;
  }

  static void AppendAttribute(std::string& out, std::string_view name, std::string_view value) {
    fmt::format_to(std::back_inserter(out), " {}=\"", name);
    AppendXmlAttribute(out, value);
    out += '"';
  }
  // A label of XML's NCName: letters first.
  static std::string NodeLabel(const Term& blank) { return fmt::format("b{}", BlankLabel(blank.value())); }

  void BeginSubject(const Term& subject, const std::optional<QName>& type) {
    subject_ = subject;
    open_ = true;
    element_ = type ? type->name : "rdf:Description";
    buffer_ += "  <" + element_ + (type ? type->declaration : "");
    if (subject.is_blank()) {
      AppendAttribute(buffer_, "rdf:nodeID", NodeLabel(subject));
    } else {
      AppendAttribute(buffer_, "rdf:about", subject.value());
    }
    buffer_ += ">\n";
  }
  void EndSubject() {
    if (open_) buffer_ += "  </" + element_ + ">\n";
    open_ = false;
  }

  void AppendProperty(const QName& name, const Term& object) {
    buffer_ += "    <" + name.name + name.declaration;
    if (object.is_literal()) {
      if (!object.language().empty()) {
        AppendAttribute(buffer_, "xml:lang", object.language());
      } else if (object.datatype() != kXsdString) {
        AppendAttribute(buffer_, "rdf:datatype", object.datatype());
      }
      buffer_ += '>';
      AppendXmlTextWithoutCdata(buffer_, object.value());
      buffer_ += "</" + name.name + ">\n";
      return;
    }
    if (object.is_blank()) {
      AppendAttribute(buffer_, "rdf:nodeID", NodeLabel(object));
    } else {
      AppendAttribute(buffer_, "rdf:resource", object.value());
    }
    buffer_ += "/>\n";
  }

  Status Flush() {
    const Status status = out_->Write(buffer_);
    buffer_.clear();
    return status;
  }

  std::vector<v::Prefix> prefixes_;
  base::AtomicFile* out_;
  std::string buffer_, element_;
  Term subject_;
  bool open_ = false;
  uint64_t left_out_ = 0;
};

}  // namespace

std::unique_ptr<RdfWriter> MakeRdfXmlWriter(const RdfWriterOptions& options, base::AtomicFile& out) {
  return std::make_unique<RdfXmlWriter>(options, out);
}

}  // namespace sitgraph::exporters
