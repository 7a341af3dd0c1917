// Places of the gazetteer in a report: which of its capitalised names mean one, and which one. The codebook's names
// come first, so this is for the world that an analyst did not write down.
#pragma once

#include <string_view>
#include <vector>

#include "src/codebook/codebook.h"
#include "src/extract/language_facts.h"
#include "src/language/document.h"

namespace sitgraph::extract {

// Adds to `facts.places`; nothing where the codebook has no gazetteer. A name is taken for a place only where its words
// say so ("in", "the town of", "X province", "X, Iraq", a list with a known place), or where it is populous, lies in a
// country that the report speaks of and is nobody's family name there; of several places, the one in the country named
// beside it, else in the country most spoken of, else the most populous. Linear in the text.
void FindWorldPlaces(const language::Document& document, std::string_view dateline, const codebook::Codebook& codebook,
                     SentenceFacts& facts);

}  // namespace sitgraph::extract
