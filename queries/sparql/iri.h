// Resolves relative IRI references against a base (RFC 3986, section 5.2).
#pragma once

#include <string>
#include <string_view>

namespace sitgraph::queries::sparql {

// `reference` resolved against the absolute IRI `base`; `reference` itself where `base` is empty. Bytes outside ASCII
// pass through.
std::string ResolveIri(std::string_view base, std::string_view reference);

}  // namespace sitgraph::queries::sparql
