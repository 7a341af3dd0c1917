// Terms as the RDF formats write them: escapes, abbreviations, labels of blank nodes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph/term.h"
#include "graph/vocabulary.h"

namespace sitgraph::exporters {

inline constexpr std::string_view kRdfType = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
inline constexpr std::string_view kXsdString = "http://www.w3.org/2001/XMLSchema#string";
inline constexpr std::string_view kXsdBoolean = "http://www.w3.org/2001/XMLSchema#boolean";
inline constexpr std::string_view kXsdInteger = "http://www.w3.org/2001/XMLSchema#integer";
inline constexpr std::string_view kXsdDecimal = "http://www.w3.org/2001/XMLSchema#decimal";

// A label that every reader takes and that differs where labels differ: as it is where it is plain ASCII, else "x_" and
// hexadecimal digits; so are labels that look so already.
std::string BlankLabel(std::string_view label);

// N-Triples; U+0000 as an escape.
void AppendNTriplesTerm(std::string& out, const graph::Term& term);

// Writes terms as Turtle and TriG abbreviate them.
class TurtleTerms {
 public:
  // `prefixes` are declared by the caller, as is the base, where has_base().
  TurtleTerms(std::string base_iri, std::vector<graph::vocabulary::Prefix> prefixes);

  bool has_base() const { return !base_.empty(); }
  const std::string& base() const { return base_; }
  void Append(std::string& out, const graph::Term& term) const;
  void AppendIri(std::string& out, std::string_view iri) const;

 private:
  std::string base_;  // empty where it cannot be used
  std::vector<graph::vocabulary::Prefix> prefixes_;
};

// What is left of an IRI under the base where RFC 3986 resolves it back to the IRI, else the IRI.
std::string_view RelativeTo(std::string_view base, std::string_view iri);
// A base that references can be put behind: it ends with '/'. Else "".
std::string_view UsableBase(std::string_view base);
// The part of Turtle's PN_LOCAL that needs no escapes, and an XML NCName.
bool IsPlainLocalName(std::string_view name);

}  // namespace sitgraph::exporters
