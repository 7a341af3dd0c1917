// Triggers and cues: which words tell an event, and which grammatical slot fills which role (triggers.csv, cues.csv).
// Both files are described in docs/extraction.md for those who edit them.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "src/codebook/kinds.h"

namespace sitgraph::codebook {

// A set of entity kinds; empty accepts every kind.
class KindSet {
 public:
  void Add(EntityKind kind) { bits_ = static_cast<uint8_t>(bits_ | (1U << static_cast<unsigned>(kind))); }
  bool empty() const { return bits_ == 0; }
  bool Accepts(EntityKind kind) const { return empty() || ((bits_ >> static_cast<unsigned>(kind)) & 1U) != 0; }

 private:
  uint8_t bits_ = 0;
};

enum class Role : uint8_t { kNone, kAgent, kTarget, kPartner, kInstrument, kPlace, kOrigin, kDestination };

// "subject=agent", "in[place,facility]=place". Slots are "subject", "object", "possessive" ("the army's advance"),
// "modifier" ("Russian airstrikes") or a preposition. Frames are written for the active voice; the extractor derives
// the passive.
struct SlotRole {
  std::string slot;
  KindSet kinds;
  Role role = Role::kNone;  // kNone: this slot fills nothing
};

// Where a trigger is meant and where it is another sense of the word.
enum class LimitKind : uint8_t {
  kNeeds,      // "object", "object[place]", "object:food|water": the slot is filled, by an entity of these kinds, by a
               // phrase with one of these heads
  kWithout,    // "!object": the slot is not filled so
  kAfter,      // "after:under|into": one of these words stands before the trigger
  kNotAfter,   // "!after:hunger|general"
  kBefore,     // "before:on": one of these words follows the trigger
  kNotBefore,  // "!before:off"
  kPassive,    // "passive": the verb is passive or a past participle
  kActive,     // "active"
};
struct Limit {
  LimitKind kind = LimitKind::kNeeds;
  std::string slot;  // of kNeeds, kWithout
  KindSet kinds;
  std::vector<std::string> words;  // neighbours, or heads of the slot's phrase; base forms or as written, lower case
};

enum class TriggerPart : uint8_t {
  kVerb,       // words[0] is the verb; further words may stand after its object ("take captive")
  kNoun,       // the last word is the head ("air strike")
  kPredicate,  // a phrase said of a subject ("under siege", "in control of")
};

struct Trigger {
  std::string type;  // an event type of the codebook
  TriggerPart part = TriggerPart::kVerb;
  std::vector<std::string> words;  // base forms, lower case
  std::vector<SlotRole> frame;  // its own entries, then those of the "*" row of its part of speech; the first fit wins
  std::vector<Limit> limits;    // all must hold
  std::string harm;             // casualties: "killed", "wounded", "missing", "killed-or-wounded"; else empty
  uint32_t line = 0;            // in triggers.csv
};

// What a word tells beside events. A word may be several of these.
enum class Cue : uint8_t {
  kSaying,     // "say", "according to": gives a source
  kNegation,   // "not", "no": what is told did not happen
  kPossible,   // "may", "reportedly": it is not known to have happened
  kIntended,   // "will", "plan": it is meant to happen
  kDemanded,   // "should", "urge": somebody asks for it
  kDenied,     // "deny": somebody says that it did not happen
  kLight,      // "carry out", "launch": the noun after it tells the event, its subject is the agent
  kReceiving,  // "suffer", "come under": the same, its subject is the target
  kHappening,  // "take place", "erupt": its subject tells the event
  kCausing,    // "lead to", "cause": its object is what came of its subject
  kControl,    // "manage to", "continue": the next verb has the same subject
  kVerb,       // a common verb that tells no event: ends a noun phrase
};
inline constexpr int kCueCount = 12;

class CueSet {
 public:
  void Add(Cue cue) { bits_ = static_cast<uint16_t>(bits_ | (1U << static_cast<unsigned>(cue))); }
  void Add(CueSet other) { bits_ = static_cast<uint16_t>(bits_ | other.bits_); }
  bool Has(Cue cue) const { return ((bits_ >> static_cast<unsigned>(cue)) & 1U) != 0; }
  bool empty() const { return bits_ == 0; }

 private:
  uint16_t bits_ = 0;
};

// Immutable once loaded; look-ups are safe from any thread. Copying shares nothing.
class TriggerTable {
 public:
  TriggerTable() = default;

  // Reads FOLDER/triggers.csv and FOLDER/cues.csv. Every error is found, not only the first, each with file, line,
  // column and where possible a suggestion. Types must be among `event_type_ids`.
  static tl::expected<TriggerTable, std::vector<base::Error>> Load(const std::string& folder,
                                                                   std::span<const std::string> event_type_ids);

  const std::vector<Trigger>& triggers() const { return triggers_; }

  // Triggers whose key word this is (a verb's or predicate's first word, a noun's last), longest first, then in the
  // order of the file. Indices into triggers(); empty where there is none.
  std::span<const uint32_t> Find(TriggerPart part, std::string_view key) const;

  // Cues of a word or of a phrase with single blanks ("carry out"), in lower case and base form.
  CueSet Cues(std::string_view words) const;

 private:
  using Index = std::map<std::string, std::vector<uint32_t>, std::less<>>;
  std::vector<Trigger> triggers_;
  Index by_part_[3];
  std::map<std::string, CueSet, std::less<>> cues_;
};

}  // namespace sitgraph::codebook
