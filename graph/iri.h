// Resolving relative IRI references, as RFC 3986 and 3987 say.
#pragma once

#include <string>
#include <string_view>

namespace sitgraph::graph {

// Whether a reference begins with a scheme: "http://a" and "urn:x", not "a/b" or "#f".
bool IsAbsoluteIri(std::string_view reference);

// The IRI that `reference` stands for where `base` (absolute) is in force: RFC 3986, section 5.2, strict. An absolute
// reference is given back as it is, dot segments and all: as Turtle has it, only relative ones are resolved.
std::string ResolveIri(std::string_view base, std::string_view reference);

}  // namespace sitgraph::graph
