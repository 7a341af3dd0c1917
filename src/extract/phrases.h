// Noun phrases, verb groups and what stands between them: the cascade's first stage.
#pragma once

#include <vector>

#include "src/extract/sentence.h"

namespace sitgraph::extract {

enum class ChunkKind : uint8_t {
  kNounPhrase,
  kVerbGroup,
  kPreposition,
  kConjunction,
  kComma,
  kSubordinator,
  kRelative,
  kTime,
  kAdverb,
  kOpen,
  kClose,
  kQuote,
  kBreak,  // colon, dash, semicolon, stop
};

using ChunkIndex = uint32_t;

struct Chunk {
  ChunkKind kind = ChunkKind::kBreak;
  WordRange words;
  WordIndex head = 0;  // noun phrase: its head noun or name; verb group: its main verb; else the first word

  // Noun phrases.
  int32_t possessor = -1;  // chunk of the noun phrase whose genitive stands before
  bool negated = false;    // "no casualties"
  bool definite = false;   // "the", "this"
  bool pronoun = false;
  bool possessed = false;  // is itself a genitive: fills no slot of a verb

  // Verb groups.
  std::string lemma;      // with particle: "hand over"
  codebook::CueSet cues;  // of the lemma, and negation and modality found in the group
  bool passive = false;   // "was seized"; false for a bare "seized"
  bool infinitive = false;
  bool gerund = false;
  bool participle = false;  // "seized" without an auxiliary: past tense or reduced passive
  bool perfect_or_past = false;
};

// Chunks of a sentence, in order, covering all its words. Linear time.
std::vector<Chunk> FindChunks(const Sentence& sentence, const codebook::Codebook& codebook);

}  // namespace sitgraph::extract
