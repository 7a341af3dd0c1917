// Events from verbs, nouns and phrases, with their roles: the triggers' frames laid over the clauses.
#pragma once

#include <vector>

#include "src/extract/entities.h"
#include "src/extract/frame.h"

namespace sitgraph::extract {

// Why an event is believed; each has a confidence of its own.
enum class EventRule : uint8_t {
  kVerb,        // a verb with its own subject or object
  kSharedVerb,  // a verb whose arguments all come from another clause
  kLightNoun,   // "carried out airstrikes"
  kNoun,        // a noun with arguments of its own
  kPredicate,   // "under the control of"
};

// Which slot of the trigger gave a filler, for `sitgraph explain`.
struct SlotFiller {
  codebook::Role role = codebook::Role::kNone;
  EntityId entity{};
  std::string slot;
  bool shared = false;
  bool retold = false;  // by another telling of the event
};

// An event on its way into the frame.
struct EventDraft {
  Event event;
  const codebook::Trigger* trigger = nullptr;
  EventRule rule = EventRule::kVerb;
  uint32_t sentence = 0;
  ChunkIndex chunk = 0;            // the verb group or noun phrase that tells it
  int32_t clause = -1;             // index into Reading::clauses, or -1
  base::Span span;                 // of the trigger, bytes
  std::vector<PhraseRef> phrases;  // that fill its roles: what is counted in them belongs to it
  bool definite = false;           // "the attack": told before
  bool bare = false;               // a noun that nothing is told of: an event only where a time is
  bool dropped = false;            // merged into another
  std::vector<SlotFiller> reasons;
  std::vector<const codebook::Trigger*> retold_by;  // triggers of what was merged into this
};

// Events of all sentences in the order of the text.
std::vector<EventDraft> FindEvents(const std::vector<Reading>& readings, EntityBook& book);

// "We demand ...": whoever speaks is the subject of the verb that tells the event.
bool IsSaidOfSpeakers(const Reading& reading, const EventDraft& draft);

// The role's list in an event; nullptr for kNone.
std::vector<EntityId>* RoleOf(Event& event, codebook::Role role);
// Adds a filler once.
void AddFiller(std::vector<EntityId>& role, EntityId id);

}  // namespace sitgraph::extract
