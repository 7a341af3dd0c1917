// Noun phrases as an analyst would write them: kind, proper name, title, what is counted, what stands behind "of".
#pragma once

#include <string>
#include <vector>

#include "src/extract/phrases.h"

namespace sitgraph::extract {

enum class NominalKind : uint8_t {
  kEntity,  // a place, force, person ...
  kEvent,   // tells an event: "airstrikes"
  kPronoun,
  kOther,  // "reports", "percent": fills a role only where the trigger leaves no doubt
};

// What one noun phrase says. Offsets are bytes of the report's text.
struct Nominal {
  ChunkIndex chunk = 0;
  NominalKind what = NominalKind::kOther;
  codebook::EntityKind kind = codebook::EntityKind::kPeople;
  bool sure = false;  // the kind comes from the codebook or the head noun, not from a guess
  bool named = false;
  bool described = false;  // means the body whose name stands before its head: "ISIL terrorists"
  bool plural = false;
  bool collective = false;
  std::string text;  // without article and number, with its "of" phrase: "southern edge of the Rukban camp"
  base::Span span;   // of `text`
  std::string name;  // the proper name inside ("Salim Qasim"), else the same as text
  base::Span name_span;
  std::string title;  // "Colonel General", "local activist"
  base::Span title_span;
  std::string head;                             // base form of the head noun, lower case
  std::string unit;                             // "person", "item": what the head noun is counted in
  std::vector<const codebook::Entry*> entries;  // of the codebook, where the phrase is one of its names
  int32_t number = -1;                          // Word::number of the numeral in the phrase
  WordIndex number_word = 0;                    // where it stands
  int32_t of = -1;                              // chunk of the noun phrase after "of" that belongs to this one
  bool measure = false;                         // tells only how much of it: "dozens of", "square kilometres of"
  bool transparent = false;  // "town of X", "dozens of X", "members of X": the phrase after "of" is meant
};

// One nominal for each noun-phrase chunk, in order.
struct Nominals {
  std::vector<Nominal> list;
  std::vector<int32_t> by_chunk;     // chunk -> its index in list, or -1
  std::vector<int32_t> attached_to;  // chunk -> chunk of the noun phrase that it continues after "of", or -1

  const Nominal* At(ChunkIndex chunk) const {
    return chunk < by_chunk.size() && by_chunk[chunk] >= 0 ? &list[static_cast<size_t>(by_chunk[chunk])] : nullptr;
  }
  bool IsEvent(ChunkIndex chunk) const {
    const Nominal* nominal = At(chunk);
    return nominal != nullptr && nominal->what == NominalKind::kEvent;
  }
};

Nominals ReadNominals(const Sentence& sentence, const std::vector<Chunk>& chunks, std::string_view text,
                      const codebook::Codebook& codebook);

// Whether the word begins names of places that another word must follow: "Tariq al-Bab", "Deir Hafir", "New Aleppo".
bool StartsPlaceName(std::string_view lower);

// Whether a phrase "NOUN of NAME" means NAME itself: "town", "province", "village".
bool IsPlaceDesignator(std::string_view noun);

}  // namespace sitgraph::extract
