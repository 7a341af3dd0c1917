// The words around a number that bound or blur it: "more than", "some", "or so".
#pragma once

#include <optional>

#include "src/language/numbers.h"
#include "src/language/sentence_words.h"

namespace sitgraph::language {

// Looks for qualifiers that end before `n`, over articles and "another", and moves `full_begin` to their start. Bounds
// win over approximations ("at least some 20"). nullopt where there is none.
std::optional<NumberQualifier> QualifierBefore(const SentenceWords& words, Number& n);

// Reads the qualifiers on both sides of a quantity into `qualifier`, the bounds, and `full_begin`, `full_end`, which
// must hold the number's own span.
void Qualify(const SentenceWords& words, Number& n);

}  // namespace sitgraph::language
