// RDF 1.1 terms and quads as values.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace sitgraph::graph {

enum class TermKind : uint8_t { kIri, kBlank, kLiteral };

// An RDF term. Literals without language have a datatype (xsd:string where none is written); literals with a language
// tag have rdf:langString and the tag in lower case. Any bytes that are valid UTF-8 are allowed in a literal.
class Term {
 public:
  Term() = default;  // the empty IRI: only a placeholder
  static Term Iri(std::string iri);
  static Term Blank(std::string label);
  static Term String(std::string value);
  static Term LangString(std::string value, std::string language);
  static Term Typed(std::string value, std::string datatype_iri);  // an empty datatype is xsd:string
  static Term Integer(int64_t value);
  // Shortest xsd:decimal that reads back equal, never with an exponent. What no decimal can say (infinities, NaN)
  // becomes the xsd:double.
  static Term Decimal(double value);
  static Term Double(double value);  // canonical form: 1.5E0, INF, NaN
  static Term Boolean(bool value);

  // The same in place, with the memory that is there.
  void SetIri(std::string_view iri);
  void SetTyped(std::string_view value, std::string_view datatype_iri);

  TermKind kind() const { return kind_; }
  bool is_iri() const { return kind_ == TermKind::kIri; }
  bool is_blank() const { return kind_ == TermKind::kBlank; }
  bool is_literal() const { return kind_ == TermKind::kLiteral; }
  const std::string& value() const { return value_; }        // IRI, blank label, or lexical form
  const std::string& datatype() const { return datatype_; }  // IRI; empty for IRIs and blanks
  const std::string& language() const { return language_; }

  friend bool operator==(const Term&, const Term&) = default;
  friend auto operator<=>(const Term&, const Term&) = default;

 private:
  TermKind kind_ = TermKind::kIri;
  std::string value_, datatype_, language_;
};

// N-Triples form of a term: <iri>, _:b1, "text"@en, "5"^^<...integer>. Escapes are the canonical ones of RDF 1.1
// N-Triples, and \u0000 for a zero byte. Characters that an IRI may not hold come out as \u00XX, so that no term can
// break out of its brackets.
std::string ToNTriples(const Term& term);

struct Triple {
  Term subject, predicate, object;
  friend bool operator==(const Triple&, const Triple&) = default;
  friend auto operator<=>(const Triple&, const Triple&) = default;
};

// `graph` is the empty IRI for the default graph.
struct Quad {
  Term subject, predicate, object, graph;
  bool in_default_graph() const { return graph.is_iri() && graph.value().empty(); }
  friend bool operator==(const Quad&, const Quad&) = default;
  friend auto operator<=>(const Quad&, const Quad&) = default;
};

}  // namespace sitgraph::graph
