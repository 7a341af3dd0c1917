// The IRIs of entities, the same in every run and on every machine, so that graphs built apart merge by union.
#pragma once

#include <string>
#include <string_view>

#include "src/codebook/kinds.h"

namespace sitgraph::codebook {

// Relative to the graph's base IRI: the kind and the slug of the normalised name, "place/deir-ez-zor",
// "force/militants". A leading article and, for places, a leading al-, el-, ar-, as-, ... of Arabic names are left out:
// "Al-Rastan" and "Rastan" give "place/rastan". Entities of the codebook carry an id of the same form and keep it.
std::string EntityIri(EntityKind kind, std::string_view name);

}  // namespace sitgraph::codebook
