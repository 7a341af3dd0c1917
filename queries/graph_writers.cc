// Turtle and N-Triples for the graphs that CONSTRUCT and DESCRIBE give.
#include "queries/graph_writers.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "graph/vocabulary.h"

namespace sitgraph::queries {
namespace {

using graph::Term;
namespace vocabulary = graph::vocabulary;

class GraphWriter : public ResultSink {
 public:
  base::Status Begin(const std::vector<std::string>&, const Prefixes&) override { return Refuse(); }
  base::Status Row(std::span<const std::optional<Term>>) override { return Refuse(); }
  base::Status Boolean(bool) override { return Refuse(); }

 private:
  static base::Status Refuse() {
    return base::Fail(base::ErrorCode::kUsage, "Turtle and N-Triples hold graphs, not rows", {},
                      "use table, json, xml, csv or tsv for SELECT and ASK");
  }
};

class NTriplesWriter : public GraphWriter {
 public:
  explicit NTriplesWriter(ByteSink out) : out_(std::move(out)) {}
  base::Status BeginGraph(const Prefixes&) override { return {}; }
  base::Status Triple(const graph::Triple& triple) override {
    return out_(fmt::format("{} {} {} .\n", ToNTriples(triple.subject), ToNTriples(triple.predicate),
                            ToNTriples(triple.object)));
  }
  base::Status End() override { return {}; }

 private:
  ByteSink out_;
};

// The part of PN_LOCAL that needs no escapes.
bool IsPlainLocal(std::string_view name) {
  auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  return !name.empty() && is_letter(name.front()) && std::all_of(name.begin(), name.end(), [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '-';
  });
}

bool AreDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Whether Turtle reads the bare form back as the same literal.
bool IsBare(const Term& term) {
  std::string_view type = term.datatype(), text = term.value();
  if (!type.starts_with(vocabulary::kXsd)) return false;
  type.remove_prefix(vocabulary::kXsd.size());
  if (type == "boolean") return text == "true" || text == "false";
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  if (type == "integer") return AreDigits(text);
  size_t point = text.find('.');
  return type == "decimal" && point != std::string_view::npos && AreDigits(text.substr(point + 1)) &&
         (point == 0 || AreDigits(text.substr(0, point)));
}

// Subject by subject, in the order given. A prefix is declared before the first statement that needs it.
class TurtleWriter : public GraphWriter {
 public:
  explicit TurtleWriter(ByteSink out) : out_(std::move(out)) {}

  base::Status BeginGraph(const Prefixes& prefixes) override {
    for (const auto& [name, iri] : vocabulary::kPrefixes) prefixes_[std::string(name)] = iri;
    for (const auto& [name, iri] : prefixes) prefixes_[name] = iri;
    return {};
  }

  base::Status Triple(const graph::Triple& triple) override {
    bool same_subject = subject_ && *subject_ == triple.subject;
    bool same_predicate = same_subject && predicate_ == triple.predicate;
    if (!same_subject) {
      if (base::Status status = Flush(); !status) return status;
      statement_ = Write(triple.subject);
      statement_ += ' ';
    } else if (!same_predicate) {
      statement_ += " ;\n    ";
    } else {
      statement_ += ", ";
    }
    if (!same_predicate) {
      bool is_type = triple.predicate.value() == vocabulary::Iri(vocabulary::kRdf, "type");
      statement_ += is_type ? std::string(1, 'a') : Write(triple.predicate);
      statement_ += ' ';
    }
    statement_ += Write(triple.object);
    subject_ = triple.subject;
    predicate_ = triple.predicate;
    return {};
  }

  base::Status End() override { return Flush(); }

 private:
  base::Status Flush() {
    if (!subject_) return {};
    subject_.reset();
    std::string out;
    if (!declarations_.empty()) out = fmt::format("{}{}\n", has_written_ ? "\n" : "", declarations_);
    declarations_.clear();
    has_written_ = true;
    return out_(fmt::format("{}{} .\n", out, statement_));
  }

  std::string Iri(const std::string& iri) {
    for (const auto& [name, start] : prefixes_) {
      if (start.empty() || !iri.starts_with(start) || !IsPlainLocal(std::string_view(iri).substr(start.size()))) {
        continue;
      }
      if (declared_.insert({name, start}).second) {
        declarations_ += fmt::format("@prefix {}: {} .\n", name, ToNTriples(Term::Iri(start)));
      }
      return name + ":" + iri.substr(start.size());
    }
    return ToNTriples(Term::Iri(iri));
  }

  std::string Write(const Term& term) {
    if (term.is_iri()) return Iri(term.value());
    if (term.is_blank() || !term.language().empty()) return ToNTriples(term);
    if (IsBare(term)) return term.value();
    std::string text = ToNTriples(Term::String(term.value()));
    if (term.datatype() == vocabulary::Iri(vocabulary::kXsd, "string")) return text;
    return text + "^^" + Iri(term.datatype());
  }

  ByteSink out_;
  std::map<std::string, std::string> prefixes_, declared_;
  std::string declarations_, statement_;
  std::optional<Term> subject_;
  Term predicate_;
  bool has_written_ = false;
};

}  // namespace

std::unique_ptr<ResultSink> MakeTurtleWriter(ByteSink out) { return std::make_unique<TurtleWriter>(std::move(out)); }
std::unique_ptr<ResultSink> MakeNTriplesWriter(ByteSink out) {
  return std::make_unique<NTriplesWriter>(std::move(out));
}

}  // namespace sitgraph::queries
