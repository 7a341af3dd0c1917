// Irregular verbs and nouns of English.
#pragma once

#include <span>
#include <string_view>

#include "src/language/inflection.h"

namespace sitgraph::language {

struct IrregularForm {
  std::string_view form;
  std::string_view lemma;
  Upos upos;
  WordForm kind;
};

// All entries for a lower-case word, in the order to give them out; empty where it has none. O(log of the table).
std::span<const IrregularForm> IrregularForms(std::string_view word);

}  // namespace sitgraph::language
