#include "exporters/rdf.h"

#include <serd/serd.h>

#include <algorithm>
#include <memory>
#include <string_view>
#include <tuple>
#include <vector>

#include "graph/term.h"
#include "graph/vocabulary.h"

namespace sitgraph::exporters {
namespace {

namespace v = graph::vocabulary;
using base::ErrorCode;
using base::Fail;
using base::Result;
using base::Status;
using graph::Term;
using graph::TermId;

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// The part of Turtle's PN_LOCAL that needs no escapes.
bool IsPlainLocalName(std::string_view name) {
  return !name.empty() && (IsLetter(name[0]) || name[0] == '_') && std::all_of(name.begin(), name.end(), [](char c) {
    return IsLetter(c) || IsDigit(c) || c == '_' || c == '-';
  });
}

// A relative reference that RFC 3986 resolves to base + reference: no scheme, authority, query, fragment or dot
// segment.
bool IsPlainReference(std::string_view reference) {
  if (reference.empty() || reference.front() == '/' || reference.find_first_of(":?#") != reference.npos) return false;
  for (size_t begin = 0; begin <= reference.size();) {
    const size_t end = std::min(reference.find('/', begin), reference.size());
    const std::string_view segment = reference.substr(begin, end - begin);
    if (segment == "." || segment == "..") return false;
    begin = end + 1;
  }
  return true;
}

// References resolve against the base's last '/', so a base must end there to be put before them.
bool IsUsableBase(std::string_view base) {
  return base.find(':') != base.npos && base.ends_with('/') && base.find_first_of("?#<>\"{}|^`\\ ") == base.npos;
}

std::string_view SkipSign(std::string_view text) {
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) text.remove_prefix(1);
  return text;
}

bool AreDigits(std::string_view text) { return std::all_of(text.begin(), text.end(), IsDigit); }

// Whether Turtle reads the bare lexical form back as a literal of this datatype. serd writes every xsd:integer and
// xsd:boolean bare, whatever its lexical form, if it recognises the datatype.
bool ReadsBackBare(const Term& literal) {
  const std::string_view text = SkipSign(literal.value());
  if (literal.datatype() == v::Iri(v::kXsd, "boolean")) return literal.value() == "true" || literal.value() == "false";
  if (literal.datatype() == v::Iri(v::kXsd, "integer")) return !text.empty() && AreDigits(text);
  if (literal.datatype() == v::Iri(v::kXsd, "decimal")) {
    const size_t dot = text.find('.');
    return dot != text.npos && dot + 1 < text.size() && AreDigits(text.substr(0, dot)) &&
           AreDigits(text.substr(dot + 1));
  }
  return true;
}

// Labels beyond plain ASCII, which not every reader takes, become "x_" and hexadecimal digits; so do labels that look
// so already.
std::string BlankLabel(const std::string& label) {
  const bool plain =
      !label.empty() && (IsLetter(label[0]) || IsDigit(label[0]) || label[0] == '_') &&
      std::all_of(label.begin(), label.end(), [](char c) { return IsLetter(c) || IsDigit(c) || c == '_' || c == '-'; });
  if (plain && !label.starts_with("x_")) return label;
  static constexpr char kHex[] = "0123456789abcdef";
  std::string encoded = "x_";
  for (const char c : label) {
    encoded += kHex[static_cast<unsigned char>(c) >> 4];
    encoded += kHex[static_cast<unsigned char>(c) & 15];
  }
  return encoded;
}

struct FreeEnvironment {
  void operator()(SerdEnv* environment) const { serd_env_free(environment); }
};
struct FreeWriter {
  void operator()(SerdWriter* writer) const { serd_writer_free(writer); }
};

// A term as serd takes it; keeps its text.
struct SerdTerm {
  std::string text, datatype, language;
  SerdType type = SERD_NOTHING;
  SerdType datatype_type = SERD_NOTHING;

  static SerdNode NodeOf(const std::string& text, SerdType type) {
    // No flags: serd would write texts with line ends as long literals, in which a carriage return does not survive.
    return {reinterpret_cast<const uint8_t*>(text.c_str()), text.size(), text.size(), 0, type};
  }
  SerdNode node() const { return NodeOf(text, type); }
  SerdNode datatype_node() const { return NodeOf(datatype, datatype_type); }
  SerdNode language_node() const { return NodeOf(language, SERD_LITERAL); }
};

// serd's writer over an AtomicFile.
class Writer {
 public:
  Writer(const RdfOptions& options, base::AtomicFile& out)
      : form_(options.form), base_(IsUsableBase(options.base_iri) ? options.base_iri : ""), out_(&out) {}
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  // The prefixes and the base, in Turtle.
  Status Begin();
  // `graph` is used in N-Quads only. The same subject as before is compared by its text.
  Status Write(const Term& subject, const Term& predicate, const Term& object, const Term& graph);
  Status Finish();

 private:
  static size_t Sink(const void* bytes, size_t size, void* self);
  static SerdStatus IgnoreError(void*, const SerdError*) { return SERD_SUCCESS; }
  SerdTerm Iri(const std::string& iri) const;
  SerdTerm Convert(const Term& term) const;
  Status Check(SerdStatus status) const;

  RdfForm form_;
  std::string base_;
  base::AtomicFile* out_;
  Status written_;  // the first failure of the file
  std::unique_ptr<SerdEnv, FreeEnvironment> environment_;
  std::unique_ptr<SerdWriter, FreeWriter> writer_;
};

Status Writer::Begin() {
  const bool turtle = form_ == RdfForm::kTurtle;
  const SerdSyntax syntax = turtle ? SERD_TURTLE : form_ == RdfForm::kNTriples ? SERD_NTRIPLES : SERD_NQUADS;
  const auto style = static_cast<SerdStyle>(turtle ? SERD_STYLE_ABBREVIATED | SERD_STYLE_BULK : SERD_STYLE_BULK);
  environment_.reset(serd_env_new(nullptr));
  writer_.reset(serd_writer_new(syntax, style, environment_.get(), nullptr, &Writer::Sink, this));
  serd_writer_set_error_sink(writer_.get(), &Writer::IgnoreError, nullptr);
  if (!turtle) return {};
  if (!base_.empty()) {
    const SerdNode base = SerdTerm::NodeOf(base_, SERD_URI);
    if (Status status = Check(serd_writer_set_base_uri(writer_.get(), &base)); !status) return status;
  }
  for (const v::Prefix& prefix : v::kPrefixes) {
    const std::string name(prefix.name), iri(prefix.iri);
    const SerdNode name_node = SerdTerm::NodeOf(name, SERD_LITERAL);
    const SerdNode iri_node = SerdTerm::NodeOf(iri, SERD_URI);
    if (Status status = Check(serd_writer_set_prefix(writer_.get(), &name_node, &iri_node)); !status) return status;
  }
  return {};
}

size_t Writer::Sink(const void* bytes, size_t size, void* self) {
  auto* const writer = static_cast<Writer*>(self);
  if (!writer->written_) return 0;
  writer->written_ = writer->out_->Write({static_cast<const char*>(bytes), size});
  return writer->written_ ? size : 0;
}

Status Writer::Check(SerdStatus status) const {
  if (!written_) return written_;
  if (status == SERD_SUCCESS) return {};
  return Fail(ErrorCode::kCorrupt, std::string("a term of the graph cannot be written as RDF: ") +
                                       reinterpret_cast<const char*>(serd_strerror(status)));
}

SerdTerm Writer::Iri(const std::string& iri) const {
  SerdTerm out;
  out.text = iri;
  out.type = SERD_URI;
  if (form_ != RdfForm::kTurtle || iri == v::Iri(v::kRdf, "type")) return out;  // serd writes rdf:type as "a"
  const std::string_view view = iri;
  if (!base_.empty() && view.starts_with(base_) && IsPlainReference(view.substr(base_.size()))) {
    out.text = view.substr(base_.size());
    return out;
  }
  for (const v::Prefix& prefix : v::kPrefixes) {
    if (!view.starts_with(prefix.iri) || !IsPlainLocalName(view.substr(prefix.iri.size()))) continue;
    out.text = prefix.name;
    out.text += ':';
    out.text += view.substr(prefix.iri.size());
    out.type = SERD_CURIE;
    return out;
  }
  return out;
}

SerdTerm Writer::Convert(const Term& term) const {
  if (term.is_iri()) return Iri(term.value());
  SerdTerm out;
  if (term.is_blank()) {
    out.text = BlankLabel(term.value());
    out.type = SERD_BLANK;
    return out;
  }
  out.text = term.value();
  out.type = SERD_LITERAL;
  if (!term.language().empty()) {
    out.language = term.language();
  } else if (term.datatype() != v::Iri(v::kXsd, "string") && !term.datatype().empty()) {
    if (form_ == RdfForm::kTurtle && term.datatype().starts_with(v::kXsd) && ReadsBackBare(term)) {
      // In full, so that serd knows it and writes numbers and booleans bare; it shortens nothing else by itself.
      const bool bare = term.datatype().ends_with("#boolean") || term.datatype().ends_with("#integer") ||
                        term.datatype().ends_with("#decimal");
      if (bare) {
        out.datatype = term.datatype();
        out.datatype_type = SERD_URI;
        return out;
      }
    }
    SerdTerm datatype = Iri(term.datatype());
    out.datatype = std::move(datatype.text);
    out.datatype_type = datatype.type;
  }
  return out;
}

Status Writer::Write(const Term& subject, const Term& predicate, const Term& object, const Term& graph) {
  const SerdTerm s = Convert(subject);
  const SerdTerm p = Convert(predicate);
  const SerdTerm o = Convert(object);
  const SerdNode s_node = s.node(), p_node = p.node(), o_node = o.node();
  const SerdNode datatype = o.datatype_node(), language = o.language_node();
  const bool has_graph = form_ == RdfForm::kNQuads && !(graph.is_iri() && graph.value().empty());
  const SerdTerm g = has_graph ? Convert(graph) : SerdTerm{};
  const SerdNode g_node = g.node();
  return Check(serd_writer_write_statement(writer_.get(), 0, has_graph ? &g_node : nullptr, &s_node, &p_node, &o_node,
                                           o.datatype.empty() ? nullptr : &datatype,
                                           o.language.empty() ? nullptr : &language));
}

Status Writer::Finish() {
  const Status status = Check(serd_writer_finish(writer_.get()));
  writer_.reset();  // hands on the last page
  return written_ ? status : written_;
}

// Looks terms up through a direct-mapped cache, for predicates, classes and graphs come again and again.
class TermCache {
 public:
  explicit TermCache(const graph::Snapshot& snapshot) : snapshot_(&snapshot), entries_(kSize) {}

  Result<Term> Resolve(TermId id) {
    if (id == graph::kDefaultGraphId) return Term();
    Entry& entry = entries_[static_cast<uint64_t>(id) % kSize];
    if (entry.used && entry.id == id) return entry.term;
    Result<Term> term = snapshot_->Resolve(id);
    if (term && term->value().size() <= kLongestKept) entry = {id, true, *term};
    return term;
  }

 private:
  static constexpr size_t kSize = 4096;
  static constexpr size_t kLongestKept = 256;
  struct Entry {
    TermId id{};
    bool used = false;
    Term term;
  };
  const graph::Snapshot* snapshot_;
  std::vector<Entry> entries_;
};

class Exporter {
 public:
  Exporter(const graph::Snapshot& snapshot, const RdfOptions& options, base::AtomicFile& out,
           const std::function<void()>& written)
      : snapshot_(&snapshot),
        with_graphs_(options.form == RdfForm::kNQuads),
        cache_(snapshot),
        writer_(options, out),
        written_(&written) {}

  Status Run();

 private:
  struct Row {
    bool is_type;  // comes first
    Term predicate, object, graph;
  };
  Status WriteSubject(TermId id, const Term& subject);
  Result<std::vector<std::pair<Term, TermId>>> BlankSubjects();

  const graph::Snapshot* snapshot_;
  bool with_graphs_;
  TermCache cache_;
  Writer writer_;
  const std::function<void()>* written_;
  uint64_t quads_ = 0;  // read so far
  std::vector<Row> rows_;
};

Status Exporter::Run() {
  if (Status status = writer_.Begin(); !status) return status;
  const auto iris = snapshot_->Iris("");
  for (; iris->Valid(); iris->Next()) {
    if (Status status = WriteSubject(iris->id(), iris->term()); !status) return status;
  }
  if (Status status = iris->status(); !status) return status;
  const auto blanks = BlankSubjects();
  if (!blanks) return Fail(blanks.error());
  for (const auto& [term, id] : *blanks) {
    if (Status status = WriteSubject(id, term); !status) return status;
  }
  return writer_.Finish();
}

Status Exporter::WriteSubject(TermId id, const Term& subject) {
  static const std::string kTypeIri = v::Iri(v::kRdf, "type");
  rows_.clear();
  const auto cursor = snapshot_->Match({.subject = id, .predicate = {}, .object = {}, .graph = {}});
  for (; cursor->Valid(); cursor->Next()) {
    const graph::QuadIds& quad = cursor->quad();
    ++quads_;
    auto predicate = cache_.Resolve(quad.predicate);
    if (!predicate) return Fail(predicate.error());
    auto object = cache_.Resolve(quad.object);
    if (!object) return Fail(object.error());
    auto graph = with_graphs_ ? cache_.Resolve(quad.graph) : Term();
    if (!graph) return Fail(graph.error());
    const bool is_type = predicate->value() == kTypeIri;
    rows_.push_back({is_type, std::move(*predicate), std::move(*object), std::move(*graph)});
  }
  if (Status status = cursor->status(); !status) return status;
  const auto key = [](const Row& row) { return std::tie(row.predicate, row.object, row.graph); };
  std::sort(rows_.begin(), rows_.end(),
            [&key](const Row& a, const Row& b) { return a.is_type != b.is_type ? a.is_type : key(a) < key(b); });
  const Row* previous = nullptr;
  for (const Row& row : rows_) {
    if (previous != nullptr && key(*previous) == key(row)) continue;  // said in several graphs
    previous = &row;
    if (Status status = writer_.Write(subject, row.predicate, row.object, row.graph); !status) return status;
    (*written_)();
  }
  return {};
}

// The dictionary lists IRIs only. Where all quads are already read there are no others; counting is cheap, for nothing
// is looked up.
Result<std::vector<std::pair<Term, TermId>>> Exporter::BlankSubjects() {
  std::vector<std::pair<Term, TermId>> blanks;
  uint64_t all = 0;
  for (const bool counting : {true, false}) {
    if (!counting && all == quads_) break;
    TermId previous{};
    const auto cursor = snapshot_->Match({});
    for (; cursor->Valid(); cursor->Next()) {
      const TermId subject = cursor->quad().subject;
      if (counting || subject == previous) {
        all += counting ? 1 : 0;
        continue;
      }
      previous = subject;
      auto term = snapshot_->Resolve(subject);
      if (!term) return Fail(term.error());
      if (term->is_blank()) blanks.emplace_back(std::move(*term), subject);
    }
    if (Status status = cursor->status(); !status) return Fail(status.error());
  }
  std::sort(blanks.begin(), blanks.end());
  blanks.erase(std::unique(blanks.begin(), blanks.end()), blanks.end());
  return blanks;
}

}  // namespace

Status WriteRdf(const graph::Snapshot& snapshot, const RdfOptions& options, base::AtomicFile& out,
                const std::function<void()>& written) {
  return Exporter(snapshot, options, out, written).Run();
}

}  // namespace sitgraph::exporters
