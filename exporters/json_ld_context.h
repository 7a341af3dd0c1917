// The JSON-LD context: short names for the vocabulary.
#pragma once

#include <string>
#include <string_view>

namespace sitgraph::exporters {

// The value of "@context", with "@base" where `base_iri` is not empty.
std::string JsonLdContext(std::string_view base_iri);
// "agent" for sg:agent and other terms of the context, else the compact or whole IRI.
std::string JsonLdTermOf(std::string_view predicate_iri);
// "sg:Event" where the context's prefixes allow it and it reads back as the IRI, else the IRI.
std::string JsonLdCompact(std::string_view iri);
// Whether the context says that the predicate's values are IRIs.
bool JsonLdHoldsIris(std::string_view predicate_iri);

}  // namespace sitgraph::exporters
