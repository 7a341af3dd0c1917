// From slots to roles: whether a trigger's limits hold, and who its frame makes agent, target, place ...
#pragma once

#include <string>
#include <vector>

#include "src/extract/events.h"
#include "src/extract/slots.h"

namespace sitgraph::extract {

// Lays the frames of triggers (docs/codebook.md) over the slots of one sentence.
class RoleFiller {
 public:
  RoleFiller(const Reading& reading, uint32_t sentence, EntityBook& book)
      : reading_(reading), sentence_(sentence), words_(reading.sentence.words), book_(book) {}

  // Whether all limits of the trigger hold, which stands in the words [begin, end). `own_object`: its object is one of
  // its own words ("ensure compliance"), so it needs no other.
  bool LimitsHold(const codebook::Trigger& trigger, const std::vector<Slot>& slots, WordIndex begin, WordIndex end,
                  bool passive, bool own_object = false) const;

  // Gives the draft what stands in the slots, in their order, by the frame of its trigger. Quadratic in the slots.
  void Fill(EventDraft& draft, const std::vector<Slot>& slots);

  static bool HasFiller(const Event& event);

 private:
  bool Fills(const Slot& slot, const codebook::KindSet& kinds) const;
  bool Filled(const std::vector<Slot>& slots, const codebook::Limit& limit) const;
  bool HasHead(ChunkIndex c, const std::vector<std::string>& heads) const;
  bool Neighbour(WordIndex i, const std::vector<std::string>& list) const;
  codebook::Role RoleFor(const EventDraft& draft, const Slot& slot) const;
  void AddListedPlaces(ChunkIndex c, std::vector<EntityId>& fillers);
  ChunkIndex WhoseMeans(ChunkIndex c) const;
  bool IsMunition(ChunkIndex c) const;
  bool IsNamed(ChunkIndex c) const;
  bool IsListed(const Slot& last, const Slot& slot) const;
  bool IsBareNumber(ChunkIndex c) const;

  PhraseRef Ref(ChunkIndex c) const { return {sentence_, c}; }
  const Nominal* NominalAt(ChunkIndex c) const { return reading_.nominals.At(c); }

  const Reading& reading_;
  uint32_t sentence_;
  const std::vector<Word>& words_;
  EntityBook& book_;
};

}  // namespace sitgraph::extract
