// The slots of a trigger: which phrases stand as its subject, its object, behind which preposition, or inside it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/extract/entities.h"

namespace sitgraph::extract {

// What stands in a slot of a trigger: a phrase or, for a modifier inside a noun phrase, an entity that is no phrase.
struct Slot {
  std::string name;  // "subject", "object", "object2", "modifier", "possessive", or a preposition
  ChunkIndex phrase = 0;
  bool shared = false;  // the phrase stands with another verb or noun too
  bool is_phrase = true;
  std::optional<EntityId> actor = std::nullopt;  // of a modifier: as who acts
  std::optional<EntityId> place = std::nullopt;  // and as where it happens
};

// Adds a slot whose phrase none of the others has.
void AddOnce(std::vector<Slot>& slots, const Slot& slot);

// What is fired, dropped or laid, and explodes: nouns in their base form.
const std::vector<std::string>& Munitions();
bool IsMunitionWord(std::string_view noun);

// The slots of one sentence's verbs and nouns. Reading them adds the modifiers' entities to the book.
class SlotReader {
 public:
  SlotReader(const Reading& reading, uint32_t sentence, EntityBook& book)
      : reading_(reading), sentence_(sentence), words_(reading.sentence.words), book_(book) {}

  // Of clause k, as the active voice has them. Linear in its arguments.
  std::vector<Slot> OfVerb(size_t k) const;
  // What stands in and behind a noun phrase that tells an event; its trigger begins at the word `trigger_begin`.
  std::vector<Slot> OfNoun(ChunkIndex c, WordIndex trigger_begin) const;
  // "barrel bomb attack", "rocket fire": adds the weapon that the word at i ends.
  void AddMeans(WordIndex i, WordIndex begin, std::vector<Slot>& slots) const;

 private:
  void AddOfList(ChunkIndex c, std::vector<Slot>& slots) const;
  std::optional<ChunkIndex> NextOfList(ChunkIndex c) const;
  void AddOfGerund(ChunkIndex second, std::vector<Slot>& slots) const;
  void AddJoinedModifier(ChunkIndex c, std::vector<Slot>& slots) const;
  void AddModifiers(WordIndex begin, WordIndex end, std::vector<Slot>& slots) const;

  PhraseRef Ref(ChunkIndex c) const { return {sentence_, c}; }

  const Reading& reading_;
  uint32_t sentence_;
  const std::vector<Word>& words_;
  EntityBook& book_;
};

}  // namespace sitgraph::extract
