// Who stands where to which verb: subjects, objects and prepositional phrases of every verb group of a sentence, also
// where they are shared, fronted or left out. A parser's tree can give the same.
#pragma once

#include <vector>

#include "src/extract/mentions.h"
#include "src/extract/phrases.h"

namespace sitgraph::extract {

// A noun phrase in a grammatical slot: "subject", "object", or a preposition as written.
struct Argument {
  std::string slot;
  ChunkIndex phrase = 0;
  bool shared = false;  // taken over from another clause
};

// How a clause hangs on another.
enum class Link : uint8_t {
  kNone,
  kCoordinated,  // "seized X and entered Y"
  kInfinitive,   // "succeeded to ...", "to support the offensive"
  kGerund,       // "succeeded in eliminating", ", destroying"
  kComplement,   // "said that"
  kRelative,     // "militants operating in", "who"
};

struct Clause {
  ChunkIndex verb = 0;
  bool passive = false;  // its grammatical subject is what the verb is done to
  std::vector<Argument> arguments;
  int32_t governor = -1;  // index of the clause that it hangs on
  Link link = Link::kNone;
  int32_t noun_governor =
      -1;  // chunk of the noun that an infinitive or participle clause explains ("operation to liberate")
  ChunkIndex begin = 0, end = 0;  // chunks [begin, end) that belong to it
  std::vector<ChunkIndex> times;  // time chunks in it
};

// Clauses in the order of their verbs. Linear in the number of chunks but for bounded look-around.
std::vector<Clause> ReadClauses(const Sentence& sentence, const std::vector<Chunk>& chunks, const Nominals& nominals,
                                const codebook::Codebook& codebook);

// The same out of the parser's trees. The document must have been analysed. Linear in the number of tokens.
std::vector<Clause> ReadTreeClauses(const language::Document& document, const Sentence& sentence,
                                    const std::vector<Chunk>& chunks, const Nominals& nominals);

// Adds to each clause the arguments that another reading of the same chunks found and it lacks.
void FillClauses(std::vector<Clause>& clauses, const std::vector<Clause>& others, const std::vector<Chunk>& chunks);

}  // namespace sitgraph::extract
