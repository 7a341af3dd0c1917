// Which noun phrases stand in one list, also where its commas were lost, and where a phrase ends with all that belongs
// to it. All take the chunks of one sentence and are linear in those that they pass.
#pragma once

#include <vector>

#include "src/extract/phrases.h"

namespace sitgraph::extract {

constexpr size_t kMaxConjuncts = 40;  // of one list; bounds the work on hostile text

// Behind the noun phrase at c with its genitives and "of" phrases.
ChunkIndex PhraseEnd(const Sentence& sentence, const std::vector<Chunk>& chunks, ChunkIndex c);

// The phrase that a genitive chain starting at c ends in: "parts" of "Homs's northern parts".
ChunkIndex Possessed(const std::vector<Chunk>& chunks, ChunkIndex c);

// Whether two phrases side by side are members of a list that lost its comma: names of one kind, or counted things
// ("two tanks five lorries and").
bool AreListed(const Sentence& sentence, const std::vector<Chunk>& chunks, ChunkIndex one, ChunkIndex two);

// The phrases that are coordinated with `first`, itself included: "leaders, sheikhs and representatives". `end` is set
// behind the last of them. At most kMaxConjuncts.
std::vector<ChunkIndex> Conjuncts(const Sentence& sentence, const std::vector<Chunk>& chunks, ChunkIndex first,
                                  ChunkIndex& end);

}  // namespace sitgraph::extract
