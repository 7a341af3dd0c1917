// The IRIs that the graph is written in; docs/vocabulary.md explains them.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace sitgraph::graph::vocabulary {

struct Prefix {
  std::string_view name;
  std::string_view iri;
};

inline constexpr std::string_view kSg = "https://w3id.org/sitgraph/ns#";
inline constexpr std::string_view kSgt = "https://w3id.org/sitgraph/type/";
inline constexpr std::string_view kSgr = "https://w3id.org/sitgraph/rel/";
inline constexpr std::string_view kRdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
inline constexpr std::string_view kRdfs = "http://www.w3.org/2000/01/rdf-schema#";
inline constexpr std::string_view kXsd = "http://www.w3.org/2001/XMLSchema#";
inline constexpr std::string_view kSem = "http://semanticweb.cs.vu.nl/2009/11/sem/";
inline constexpr std::string_view kProv = "http://www.w3.org/ns/prov#";
inline constexpr std::string_view kGeo = "http://www.opengis.net/ont/geosparql#";
inline constexpr std::string_view kWgs = "http://www.w3.org/2003/01/geo/wgs84_pos#";
inline constexpr std::string_view kSkos = "http://www.w3.org/2004/02/skos/core#";
inline constexpr std::string_view kOrg = "http://www.w3.org/ns/org#";
inline constexpr std::string_view kSchema = "http://schema.org/";
inline constexpr std::string_view kOa = "http://www.w3.org/ns/oa#";
inline constexpr std::string_view kDct = "http://purl.org/dc/terms/";

// Known without declaration in queries, and used for abbreviating in exports.
inline constexpr std::array<Prefix, 15> kPrefixes = {{{"sg", kSg},
                                                      {"sgt", kSgt},
                                                      {"sgr", kSgr},
                                                      {"rdf", kRdf},
                                                      {"rdfs", kRdfs},
                                                      {"xsd", kXsd},
                                                      {"sem", kSem},
                                                      {"prov", kProv},
                                                      {"geo", kGeo},
                                                      {"wgs", kWgs},
                                                      {"skos", kSkos},
                                                      {"org", kOrg},
                                                      {"schema", kSchema},
                                                      {"oa", kOa},
                                                      {"dct", kDct}}};

// Where ids live unless --base says otherwise: reports, events, entities.
inline constexpr std::string_view kDefaultBase = "https://w3id.org/sitgraph/id/";

// Iri(kSg, "Event") == "https://w3id.org/sitgraph/ns#Event".
inline std::string Iri(std::string_view prefix, std::string_view local) {
  std::string out(prefix);
  out += local;
  return out;
}

}  // namespace sitgraph::graph::vocabulary
