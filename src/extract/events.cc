#include "src/extract/events.h"

#include <fmt/format.h>

#include <algorithm>

#include "src/extract/kinds.h"
#include "src/extract/roles.h"
#include "src/extract/slots.h"

namespace sitgraph::extract {
namespace {

using codebook::Cue;
using codebook::EntityKind;
using codebook::Role;
using codebook::Trigger;
using codebook::TriggerPart;

class SentenceEvents {
 public:
  SentenceEvents(const std::vector<Reading>& readings, uint32_t sentence, EntityBook& book,
                 std::vector<EventDraft>& drafts)
      : reading_(readings[sentence]),
        sentence_(sentence),
        words_(reading_.sentence.words),
        book_(book),
        triggers_(book.codebook().triggers()),
        drafts_(drafts),
        slots_(reading_, sentence, book),
        roles_(reading_, sentence, book) {}

  void Run() {
    verb_event_.assign(reading_.clauses.size(), -1);
    noun_event_.assign(reading_.chunks.size(), -1);
    for (size_t k = 0; k < reading_.clauses.size(); ++k) ReadVerb(k);
    for (ChunkIndex c = 0; c < reading_.chunks.size(); ++c) {
      if (reading_.nominals.IsEvent(c)) ReadNoun(c);
    }
    ReadPredicates();
    AddIncluded();
    Absorb();
    LinkCauses();
    LinkResults();
    MoveDisplaced();
    SharePlaces();
  }

 private:
  PhraseRef Ref(ChunkIndex c) const { return {sentence_, c}; }
  const Nominal* NominalAt(ChunkIndex c) const { return reading_.nominals.At(c); }
  bool IsEvent(ChunkIndex c) const { return reading_.nominals.IsEvent(c); }

  int32_t Emit(EventDraft draft) {
    draft.sentence = sentence_;
    draft.event.type = draft.trigger->type;
    drafts_.push_back(std::move(draft));
    return static_cast<int32_t>(drafts_.size() - 1);
  }

  // --- Verbs -------------------------------------------------------------------------------------------------------

  // Whether all words of a verb trigger stand in the clause: "take ... captive", "siege ... broken".
  // `end` is set behind the last of them; words that stand before count for nothing there.
  bool MatchesVerb(const Trigger& trigger, size_t k, const std::vector<Slot>& slots, WordIndex& trigger_end) const {
    const Clause& clause = reading_.clauses[k];
    const Chunk& verb = reading_.chunks[clause.verb];
    const auto lemma = base::Split(verb.lemma, ' ');
    if (lemma.size() > trigger.words.size()) return false;
    for (size_t i = 0; i < lemma.size(); ++i) {
      if (lemma[i] != trigger.words[i]) return false;
    }
    WordIndex at = verb.words.end;
    ChunkIndex last = std::max<ChunkIndex>(clause.end, clause.verb + 1);
    // "left three people wounded": what they became stands as a verb of its own.
    if (last < reading_.chunks.size() && reading_.chunks[last].kind == ChunkKind::kVerbGroup &&
        reading_.chunks[last].participle) {
      ++last;
    }
    const WordIndex end =
        last < reading_.chunks.size() ? reading_.chunks[last].words.begin : static_cast<WordIndex>(words_.size());
    for (size_t i = lemma.size(); i < trigger.words.size(); ++i) {
      const std::string& wanted = trigger.words[i];
      WordIndex j = at;
      // A particle stands right behind; a noun or adjective may stand behind the object.
      if (ClosedClass(wanted) != WordClass::kNominal && wanted != "home") {
        if (at >= end || words_[at].lower != wanted) return false;
        trigger_end = ++at;
        continue;
      }
      const bool last_noun = i + 1 == trigger.words.size() || ClosedClass(trigger.words[i + 1]) != WordClass::kNominal;
      const auto is_it = [&](WordIndex w) {
        return (words_[w].lower == wanted || words_[w].noun == wanted || words_[w].verb == wanted) &&
               (!last_noun || IsHead(w));
      };
      while (j < end && !is_it(j)) ++j;
      if (j < end) {
        at = j + 1;
        trigger_end = at;
        continue;
      }
      // A passive's object stands before: "the siege was broken".
      const bool before = std::any_of(slots.begin(), slots.end(), [&](const Slot& slot) {
        const Nominal* nominal = slot.name == "object" ? NominalAt(slot.phrase) : nullptr;
        return nominal != nullptr && nominal->head == wanted;
      });
      if (!before) return false;
    }
    return true;
  }

  // Not "light" of "light weapons".
  bool IsHead(WordIndex i) const {
    const Chunk& chunk = reading_.chunks[ChunkOf(i)];
    return chunk.kind != ChunkKind::kNounPhrase || chunk.head == i || i + 1 == chunk.words.end;
  }

  // "with the support of X": X is a partner.
  void AddHelpers(EventDraft& draft, const std::vector<Slot>& slots) {
    for (const Slot& slot : slots) {
      const Nominal* nominal = slot.is_phrase && slot.name == "with" ? NominalAt(slot.phrase) : nullptr;
      if (nominal == nullptr) continue;
      if (!OneOf(nominal->head, {"support", "assistance", "help", "backing", "participation", "aid", "cooperation"}))
        continue;
      const ChunkIndex of = slot.phrase + 1;
      if (of + 1 >= reading_.chunks.size() || reading_.chunks[of].kind != ChunkKind::kPreposition ||
          !OneOf(words_[reading_.chunks[of].head].lower, {"of", "from"})) {
        continue;
      }
      ChunkIndex helper = of + 1;
      while (helper + 1 < reading_.chunks.size() && reading_.chunks[helper].possessed) ++helper;
      if (!book_.IsActor(Ref(helper))) continue;
      if (const auto id = book_.Find(Ref(helper), false)) AddFiller(draft.event.partner, *id);
    }
  }

  // "to support the troops' offensive": those who are supported are the troops.
  void MeanActors(std::vector<Slot>& slots) const {
    for (Slot& slot : slots) {
      if (!slot.is_phrase || slot.name != "object" || !IsEvent(slot.phrase)) continue;
      const int32_t possessor = reading_.chunks[slot.phrase].possessor;
      if (possessor >= 0) slot.phrase = static_cast<ChunkIndex>(possessor);
    }
  }

  void ReadVerb(size_t k) {
    const Clause& clause = reading_.clauses[k];
    const Chunk& verb = reading_.chunks[clause.verb];
    const std::string first = verb.lemma.substr(0, verb.lemma.find(' '));
    const std::vector<Slot> slots = slots_.OfVerb(k);
    for (const uint32_t id : triggers_.Find(TriggerPart::kVerb, first)) {
      const Trigger& trigger = triggers_.triggers()[id];
      WordIndex end = verb.words.end;
      if (!MatchesVerb(trigger, k, slots, end)) continue;
      // An object that is one of the trigger's own words fills no role ("seek refuge").
      std::vector<Slot> own_slots = slots;
      if (trigger.type == "support") MeanActors(own_slots);
      for (const Slot& slot : slots) {
        // "broke the siege of Homs": what belongs to the noun belongs to the event.
        const Nominal* nominal = trigger.words.size() > 1 ? NominalAt(slot.phrase) : nullptr;
        if (slot.name != "object" || nominal == nullptr || nominal->head != trigger.words.back()) continue;
        for (const Slot& more : slots_.OfNoun(slot.phrase, reading_.chunks[slot.phrase].head)) {
          if (more.is_phrase) AddOnce(own_slots, more);
        }
      }
      std::erase_if(own_slots, [&](const Slot& slot) {
        const Nominal* nominal = NominalAt(slot.phrase);
        // "seek refuge" against "recovered 100 bodies", "give up weapons": persons and things stay.
        const bool thing = nominal != nullptr && nominal->what == NominalKind::kEntity && slot.name == "object" &&
                           (nominal->kind == EntityKind::kMateriel || nominal->kind == EntityKind::kPeople ||
                            nominal->kind == EntityKind::kForce || nominal->kind == EntityKind::kPerson);
        return nominal != nullptr && trigger.words.size() > 1 && !thing &&
               std::find(trigger.words.begin() + 1, trigger.words.end(), nominal->head) != trigger.words.end();
      });
      const auto has_object = [](const std::vector<Slot>& list) {
        return std::any_of(list.begin(), list.end(), [](const Slot& slot) { return slot.name == "object"; });
      };
      const bool own_object = has_object(slots) && !has_object(own_slots);
      if (!roles_.LimitsHold(trigger, own_slots, verb.words.begin, verb.words.end, clause.passive, own_object))
        continue;
      EventDraft draft;
      draft.trigger = &trigger;
      draft.event.type = trigger.type;
      draft.chunk = clause.verb;
      draft.clause = static_cast<int32_t>(k);
      draft.span = {words_[verb.head].span.begin, words_[end - 1].span.end};
      roles_.Fill(draft, own_slots);
      AddHelpers(draft, own_slots);
      const bool filled = RoleFiller::HasFiller(draft.event) || !draft.phrases.empty();
      if (!filled && !IsSaidOfThose(k) && !IsSaidOfSpeakers(reading_, draft)) return;
      draft.dropped = !filled;  // until it is told who they were
      draft.definite = !filled;
      const bool own =
          std::any_of(clause.arguments.begin(), clause.arguments.end(), [](const Argument& a) { return !a.shared; });
      draft.rule = own ? EventRule::kVerb : EventRule::kSharedVerb;
      verb_event_[k] = Emit(std::move(draft));
      return;
    }
  }

  // --- Nouns -------------------------------------------------------------------------------------------------------

  // The type of the event that a clause's verb tells, or nothing.
  std::string_view TypeOfVerb(size_t k) const {
    return verb_event_[k] < 0 ? std::string_view()
                              : std::string_view(drafts_[static_cast<size_t>(verb_event_[k])].event.type);
  }

  struct Governor {
    int32_t clause = -1;
    std::string slot;
  };
  // The clause in whose slot the phrase stands, itself or the phrase that it continues ("a series of strikes").
  Governor GovernorOf(ChunkIndex c) const {
    for (int depth = 0; depth < 4; ++depth) {
      Governor best;
      for (size_t k = 0; k < reading_.clauses.size(); ++k) {
        for (const Argument& argument : reading_.clauses[k].arguments) {
          if (argument.phrase != c || (best.clause >= 0 && argument.shared)) continue;
          best = {static_cast<int32_t>(k), argument.slot};
          if (!argument.shared) return best;
        }
      }
      if (best.clause >= 0) return best;
      const int32_t outer = reading_.nominals.attached_to[c];
      if (outer < 0) return {};
      c = static_cast<ChunkIndex>(outer);
    }
    return {};
  }

  // What the verb that governs an event noun tells of it. Returns true where the verb makes it an event.
  bool AddGovernorSlots(const Governor& governor, std::vector<Slot>& slots) const {
    if (governor.clause < 0) return false;
    const auto k = static_cast<size_t>(governor.clause);
    const Clause& clause = reading_.clauses[k];
    const codebook::CueSet cues = reading_.chunks[clause.verb].cues;
    const std::string slot = clause.passive && governor.slot == "subject" ? "object" : governor.slot;
    const bool object = slot == "object" || slot == "object2";
    if (object && (cues.Has(Cue::kLight) || cues.Has(Cue::kReceiving))) {
      const bool receiving = cues.Has(Cue::kReceiving) && !cues.Has(Cue::kLight);
      for (const Slot& own : slots_.OfVerb(k)) {
        if (own.name == "object" || own.name == "object2") {
          if (!IsEvent(own.phrase) && own.name == "object" && cues.Has(Cue::kLight)) {
            // "gave people passage": the other object is who gets it.
            if (clause.passive || governor.slot == "object2") slots.push_back({"object", own.phrase, own.shared});
          }
          continue;
        }
        if (own.name == "subject") {
          slots.push_back({receiving ? "object" : "subject", own.phrase, own.shared});
        } else {
          AddOnce(slots, own);
        }
      }
      return true;
    }
    // "responded with air strikes": who does so carries them out.
    if (slot == "with" && !clause.passive &&
        (IsViolence(TypeOfVerb(k)) ||
         OneOf(reading_.chunks[clause.verb].lemma, {"respond", "retaliate", "reply", "react", "answer", "hit back"}))) {
      for (const Slot& own : slots_.OfVerb(k)) {
        if (own.name == "subject" && !IsEvent(own.phrase)) AddOnce(slots, own);
      }
      return true;
    }
    // "were hit by an airstrike": whom it hit.
    if (slot == "by" && clause.passive && IsViolence(TypeOfVerb(k))) {
      for (const Slot& own : slots_.OfVerb(k)) {
        if (own.name == "object") AddOnce(slots, own);
      }
      return true;
    }
    // "claimed responsibility for the attack": who does so did it.
    if (slot == "for" && reading_.chunks[clause.verb].lemma == "claim") {
      for (const Slot& own : slots_.OfVerb(k)) {
        if (own.name == "subject") slots.push_back({"subject", own.phrase, own.shared});
      }
      return true;
    }
    // "retook the town after an assault": who wins by it carried it out.
    if (OneOf(slot, {"after", "following", "in", "during"}) && !clause.passive && TypeOfVerb(k) == "capture") {
      AddSubject(governor, "subject", slots);
    }
    if (slot == "subject") {
      const bool includes = IsInclude(k);
      for (const Slot& own : slots_.OfVerb(k)) {
        if (own.name == "subject") continue;
        // "the victims include five children"
        if (includes && own.name == "object") slots.push_back({"of", own.phrase, own.shared});
        if (own.name == "object") {
          if (cues.Has(Cue::kHappening) && !IsEvent(own.phrase)) AddOnce(slots, own);
        } else if (own.name != "by") {
          AddOnce(slots, own);
        }
      }
      return cues.Has(Cue::kHappening) || cues.Has(Cue::kLight);
    }
    return false;
  }

  // Whoever acts in the governing clause stands in the slot `as` of the noun too.
  void AddSubject(const Governor& governor, std::string_view as, std::vector<Slot>& slots) const {
    for (const Slot& own : slots_.OfVerb(static_cast<size_t>(governor.clause))) {
      if (own.name == "subject" && !IsEvent(own.phrase)) slots.push_back({std::string(as), own.phrase, true});
    }
  }

  bool GivesNumber(const Governor& governor) const {
    const Clause& clause = reading_.clauses[static_cast<size_t>(governor.clause)];
    return OneOf(reading_.chunks[clause.verb].lemma,
                 {"give", "provide", "report", "raise", "put", "have", "update", "release", "set", "announce"});
  }

  bool IsInclude(size_t k) const {
    return OneOf(reading_.chunks[reading_.clauses[k].verb].lemma, {"include", "comprise", "number"});
  }

  // "Those killed": nobody is named yet.
  bool IsSaidOfThose(size_t k) const {
    const auto& arguments = reading_.clauses[k].arguments;
    return std::any_of(arguments.begin(), arguments.end(), [&](const Argument& a) {
      return a.slot == "subject" && words_[reading_.chunks[a.phrase].head].lower == "those";
    });
  }

  // Victims whom a sentence tells of the event that it was about: "Those killed included five children", "Two drivers
  // were among the nine killed", "The dead were two nurses and a driver".
  void AddIncluded() {
    for (size_t k = 0; k < reading_.clauses.size(); ++k) {
      const bool be = reading_.chunks[reading_.clauses[k].verb].lemma == "be";
      if (!be && !IsInclude(k)) continue;
      for (const Argument& whole : reading_.clauses[k].arguments) {
        const bool among = be && whole.slot == "among";
        if (!among && whole.slot != "subject") continue;
        std::vector<int32_t> told = be && !among ? std::vector<int32_t>{} : CasualtiesOf(whole.phrase, k);
        if (IsOfVictims(whole.phrase)) told.push_back(noun_event_[whole.phrase]);
        for (const int32_t event : told) {
          EventDraft& draft = drafts_[static_cast<size_t>(event)];
          for (const Argument& victim : reading_.clauses[k].arguments) {
            if (victim.phrase != whole.phrase && (victim.slot == "object" || (among && victim.slot == "subject")))
              AddVictim(victim.phrase, draft);
          }
        }
      }
    }
  }

  // "the dead" that tell an event.
  bool IsOfVictims(ChunkIndex phrase) const {
    return IsEvent(phrase) && noun_event_[phrase] >= 0 && NominalAt(phrase)->head == "dead";
  }

  // Drafts of casualties whose verb has the phrase as an argument, in a clause other than `but`.
  std::vector<int32_t> CasualtiesOf(ChunkIndex phrase, size_t but) const {
    std::vector<int32_t> told;
    for (size_t k = 0; k < reading_.clauses.size(); ++k) {
      if (k == but || TypeOfVerb(k) != "casualties") continue;
      const auto& arguments = reading_.clauses[k].arguments;
      const auto is_it = [&](const Argument& argument) { return argument.phrase == phrase; };
      if (std::any_of(arguments.begin(), arguments.end(), is_it)) told.push_back(verb_event_[k]);
    }
    return told;
  }

  void AddVictim(ChunkIndex phrase, EventDraft& draft) {
    draft.phrases.push_back(Ref(phrase));
    draft.dropped = draft.bare = false;
    if (const auto id = book_.Find(Ref(phrase), false)) AddFiller(draft.event.target, *id);
  }

  // Clauses that explain the noun: "operation to liberate X", "strikes carried out by Y", "battle raging in Z".
  void AddExplainingClauses(ChunkIndex c, std::vector<Slot>& slots) {
    for (size_t k = 0; k < reading_.clauses.size(); ++k) {
      const Clause& clause = reading_.clauses[k];
      if (clause.noun_governor != static_cast<int32_t>(c)) continue;
      const bool infinitive = reading_.chunks[clause.verb].infinitive;
      for (const Slot& own : slots_.OfVerb(k)) {
        if (own.is_phrase && own.phrase == c) continue;
        if (infinitive) {
          AddOnce(slots, own);
        } else if (clause.passive ? own.name == "subject" || own.name != "object" : own.name != "subject") {
          if (!clause.passive && own.name == "object" && !reading_.chunks[clause.verb].cues.Has(Cue::kHappening))
            continue;
          AddOnce(slots, own);
        }
      }
      if (infinitive) explained_.push_back({c, static_cast<int32_t>(k)});
    }
  }

  void ReadNoun(ChunkIndex c) {
    const Chunk& chunk = reading_.chunks[c];
    const Word& head = words_[chunk.head];
    for (const uint32_t id : triggers_.Find(TriggerPart::kNoun, head.noun)) {
      const Trigger& trigger = triggers_.triggers()[id];
      const size_t length = trigger.words.size();
      const bool spans_of = std::find(trigger.words.begin(), trigger.words.end(), "of") != trigger.words.end();
      if (length > chunk.head - (spans_of ? 0 : chunk.words.begin) + 1) continue;
      const auto begin = static_cast<WordIndex>(chunk.head + 1 - length);
      bool match = true;
      for (size_t i = 0; i < length && match; ++i) {
        const Word& word = words_[begin + i];
        match = word.noun == trigger.words[i] || word.lower == trigger.words[i];
      }
      if (!match) continue;
      std::vector<Slot> slots = slots_.OfNoun(c, begin);
      const Governor governor = GovernorOf(c);
      const bool governed = AddGovernorSlots(governor, slots);
      // Whoever gives a toll has killed nobody.
      if (trigger.type == "casualties" && governor.clause >= 0 && GivesNumber(governor)) {
        std::erase_if(slots, [](const Slot& slot) { return slot.name == "subject"; });
      }
      AddExplainingClauses(c, slots);
      if (IsMunitionWord(head.noun))
        slots_.AddMeans(chunk.head, begin, slots);  // a car bomb is the means of its attack
      // "The army advanced with the support of jets": the army is supported. "Jets struck in support of the army":
      // whoever struck supports.
      if (trigger.type == "support" && governor.slot == "with") AddSubject(governor, "for", slots);
      if (trigger.type == "support" && governor.slot == "in") AddSubject(governor, "subject", slots);
      if (!roles_.LimitsHold(trigger, slots, begin, chunk.head + 1, false)) continue;
      EventDraft draft;
      draft.trigger = &trigger;
      draft.event.type = trigger.type;
      draft.chunk = c;
      draft.clause = governor.clause;
      draft.span = {words_[begin].span.begin, words_[chunk.head].span.end};
      draft.definite = chunk.definite;
      draft.rule = governed ? EventRule::kLightNoun : EventRule::kNoun;
      draft.phrases.push_back(Ref(c));
      roles_.Fill(draft, slots);
      AddHelpers(draft, slots);
      draft.bare = !RoleFiller::HasFiller(draft.event) && !governed && draft.phrases.size() == 1;
      noun_event_[c] = Emit(std::move(draft));
      return;
    }
  }

  // --- Predicates --------------------------------------------------------------------------------------------------

  void ReadPredicates() {
    for (WordIndex i = 0; i < words_.size(); ++i) {
      for (const uint32_t id : triggers_.Find(TriggerPart::kPredicate, words_[i].lower)) {
        const Trigger& trigger = triggers_.triggers()[id];
        WordIndex end = i + 1;
        bool match = true;
        for (size_t w = 1; w < trigger.words.size() && match; ++w) {
          while (end < words_.size() && words_[end].lower != trigger.words[w] &&
                 (words_[end].cls == WordClass::kDeterminer ||
                  OneOf(words_[end].lower, {"full", "complete", "total", "firm"}))) {
            ++end;
          }
          match =
              end < words_.size() && (words_[end].lower == trigger.words[w] || words_[end].noun == trigger.words[w]);
          ++end;
        }
        if (!match || !ReadPredicate(trigger, i, end)) continue;
        break;
      }
    }
  }

  ChunkIndex ChunkOf(WordIndex i) const {
    const auto after = std::upper_bound(reading_.chunks.begin(), reading_.chunks.end(), i,
                                        [](WordIndex w, const Chunk& chunk) { return w < chunk.words.begin; });
    return static_cast<ChunkIndex>(after - reading_.chunks.begin()) - 1;
  }

  bool ReadPredicate(const Trigger& trigger, WordIndex begin, WordIndex end) {
    const ChunkIndex at = ChunkOf(begin);
    int32_t k = -1;
    for (size_t i = 0; i < reading_.clauses.size(); ++i) {
      if (reading_.clauses[i].verb < at && reading_.clauses[i].end > at) k = static_cast<int32_t>(i);
    }
    if (k < 0) return false;
    // "is dead", but not "counted eight dead", "left six dead", "evacuated the wounded".
    const Chunk& verb = reading_.chunks[reading_.clauses[static_cast<size_t>(k)].verb];
    if (trigger.words.size() == 1 &&
        (!OneOf(verb.lemma, {"be", "remain", "lie", "stay", "feel", "go", "seem", "find", "report", "declare"}) ||
         reading_.chunks[at].head != begin)) {
      return false;
    }
    std::vector<Slot> slots;
    for (const Argument& argument : reading_.clauses[static_cast<size_t>(k)].arguments) {
      const bool behind = reading_.chunks[argument.phrase].words.begin >= end;
      if (argument.slot == "subject" || behind) {
        slots.push_back({argument.slot, argument.phrase, argument.shared});
      }
    }
    const ChunkIndex last = ChunkOf(end - 1);
    const Nominal* nominal = NominalAt(last);
    if (nominal != nullptr && nominal->of >= 0) {
      slots.push_back({"of", static_cast<ChunkIndex>(nominal->of)});
    }
    if (!roles_.LimitsHold(trigger, slots, begin, end, false)) return false;
    EventDraft draft;
    draft.trigger = &trigger;
    draft.event.type = trigger.type;
    draft.rule = EventRule::kPredicate;
    draft.chunk = at;
    draft.clause = k;
    draft.span = {words_[begin].span.begin, words_[end - 1].span.end};
    roles_.Fill(draft, slots);
    if (draft.phrases.empty()) return false;
    Emit(std::move(draft));
    return true;
  }

  // --- Between events ----------------------------------------------------------------------------------------------

  // "air raids hit the town": the verb tells no second event. "operation to liberate X": neither does the infinitive.
  void Absorb() {
    for (size_t k = 0; k < reading_.clauses.size(); ++k) {
      if (verb_event_[k] < 0) continue;
      EventDraft& verb = drafts_[static_cast<size_t>(verb_event_[k])];
      if (!IsViolence(verb.event.type) && verb.event.type != "battle") continue;
      for (const Slot& slot : slots_.OfVerb(k)) {
        if (!slot.is_phrase || !IsEvent(slot.phrase) || noun_event_[slot.phrase] < 0) continue;
        const EventDraft& noun = drafts_[static_cast<size_t>(noun_event_[slot.phrase])];
        if (OneOf(slot.name, {"subject", "by"}) && (IsViolence(noun.event.type) || noun.event.type == "offensive"))
          verb.dropped = true;
      }
    }
    for (const auto& [noun, k] : explained_) {
      if (noun_event_[noun] < 0 || verb_event_[static_cast<size_t>(k)] < 0) continue;
      if (drafts_[static_cast<size_t>(noun_event_[noun])].event.type == "offensive") {
        drafts_[static_cast<size_t>(verb_event_[static_cast<size_t>(k)])].dropped = true;
      }
    }
  }

  // "killed in airstrikes", "the blast wounded": cause and result share agent, place and, the cause, its victims.
  void LinkCauses() {
    for (size_t k = 0; k < reading_.clauses.size(); ++k) {
      if (verb_event_[k] < 0) continue;
      EventDraft& result = drafts_[static_cast<size_t>(verb_event_[k])];
      if (result.dropped || !(result.event.type == "casualties" || result.event.type == "destruction" ||
                              result.event.type == "displacement")) {
        continue;
      }
      for (const Slot& slot : slots_.OfVerb(k)) {
        if (!slot.is_phrase || !IsEvent(slot.phrase) || noun_event_[slot.phrase] < 0) continue;
        if (!OneOf(slot.name, {"subject", "in", "by", "during", "with", "from", "when", "after"})) continue;
        EventDraft& cause = drafts_[static_cast<size_t>(noun_event_[slot.phrase])];
        if (!IsViolence(cause.event.type)) continue;
        // "Farmers hurt in spreading fire": those who are hit escalate nothing.
        std::erase_if(cause.event.agent, [&](EntityId id) { return HasTarget(result.event, id); });
        if (result.event.agent.empty()) result.event.agent = cause.event.agent;
        if (result.event.place.empty()) result.event.place = cause.event.place;
        if (cause.event.place.empty()) cause.event.place = result.event.place;
        if (cause.event.target.empty() && result.event.type == "casualties") cause.event.target = result.event.target;
        if (cause.event.agent.empty()) cause.event.agent = result.event.agent;
        break;
      }
    }
  }

  // "the army's push led to the death of a mayor", "the raid ended with destroying two tanks".
  void LinkResults() {
    for (size_t k = 0; k < reading_.clauses.size(); ++k) {
      const std::vector<Slot> slots = slots_.OfVerb(k);
      const auto cause = std::find_if(slots.begin(), slots.end(), [&](const Slot& slot) {
        return slot.name == "subject" && IsEvent(slot.phrase) && noun_event_[slot.phrase] >= 0;
      });
      if (cause == slots.end()) continue;
      const Event& from = drafts_[static_cast<size_t>(noun_event_[cause->phrase])].event;
      if (!IsCause(from.type)) continue;
      for (const Slot& slot : slots) {
        if (IsEvent(slot.phrase) && IsCausing(k, slot.name)) ShareCause(from, noun_event_[slot.phrase]);
      }
      for (size_t j = 0; j < reading_.clauses.size(); ++j) {
        const ChunkIndex verb = reading_.clauses[j].verb;
        const std::string before = verb == 0 ? "" : words_[reading_.chunks[verb - 1].head].lower;
        if (reading_.clauses[j].governor == static_cast<int32_t>(k) && IsCausing(k, before))
          ShareCause(from, verb_event_[j]);
      }
    }
  }

  // "forced residents to leave", "were forced to flee": who leaves is moved by whoever forces them.
  void MoveDisplaced() {
    for (size_t k = 0; k < reading_.clauses.size(); ++k) {
      if (TypeOfVerb(k) != "displacement") continue;
      EventDraft& draft = drafts_[static_cast<size_t>(verb_event_[k])];
      if (draft.event.origin.empty()) AddHome(draft);
      if (reading_.clauses[k].link != Link::kInfinitive || reading_.clauses[k].governor < 0) continue;
      const auto g = static_cast<size_t>(reading_.clauses[k].governor);
      if (!OneOf(reading_.chunks[reading_.clauses[g].verb].lemma, {"force", "compel", "drive", "oblige"})) continue;
      for (const EntityId id : draft.event.agent) AddFiller(draft.event.target, id);
      draft.event.agent.clear();
      for (const Slot& slot : slots_.OfVerb(g)) {
        const auto id = slot.name == "subject" && book_.IsActor(Ref(slot.phrase)) ? book_.Find(Ref(slot.phrase), false)
                                                                                  : std::nullopt;
        if (id && !HasTarget(draft.event, *id)) AddFiller(draft.event.agent, *id);
      }
    }
  }
  static bool HasTarget(const Event& event, EntityId id) {
    return std::find(event.target.begin(), event.target.end(), id) != event.target.end();
  }

  // "residents of Homs fled": from there.
  void AddHome(EventDraft& draft) const {
    for (const PhraseRef& phrase : draft.phrases) {
      const Nominal* nominal = NominalAt(phrase.chunk);
      if (nominal == nullptr || nominal->of < 0 ||
          !OneOf(nominal->head, {"resident", "inhabitant", "people", "population"}))
        continue;
      const auto home = book_.Find(Ref(static_cast<ChunkIndex>(nominal->of)), true);
      if (home && IsGround(book_.At(*home).kind)) AddFiller(draft.event.origin, *home);
    }
  }

  // "cause", "lead to": what stands in the slot came of the subject.
  bool IsCausing(size_t k, const std::string& slot) const {
    const std::string& lemma = reading_.chunks[reading_.clauses[k].verb].lemma;
    return slot != "subject" && (triggers_.Cues(lemma).Has(Cue::kCausing) ||
                                 triggers_.Cues(fmt::format("{} {}", lemma, slot)).Has(Cue::kCausing));
  }

  void ShareCause(const Event& cause, int32_t draft) {
    if (draft < 0) return;
    Event& result = drafts_[static_cast<size_t>(draft)].event;
    if (!IsResult(result.type)) return;
    if (result.agent.empty()) result.agent = cause.agent;
    if (result.place.empty()) result.place = cause.place;
  }

  // "attacked the town and killed ten": a clause without a place of its own happens where the one it hangs on does.
  void SharePlaces() {
    for (size_t k = 0; k < reading_.clauses.size(); ++k) {
      const Clause& clause = reading_.clauses[k];
      if (verb_event_[k] < 0 || clause.governor < 0) continue;
      if (clause.link != Link::kCoordinated && clause.link != Link::kGerund && clause.link != Link::kInfinitive)
        continue;
      const int32_t governor = verb_event_[static_cast<size_t>(clause.governor)];
      if (governor < 0) continue;
      Event& event = drafts_[static_cast<size_t>(verb_event_[k])].event;
      const Event& from = drafts_[static_cast<size_t>(governor)].event;
      if (event.place.empty() && event.origin.empty() && event.destination.empty()) event.place = from.place;
    }
  }

  const Reading& reading_;
  uint32_t sentence_;
  const std::vector<Word>& words_;
  EntityBook& book_;
  const codebook::TriggerTable& triggers_;
  std::vector<EventDraft>& drafts_;
  SlotReader slots_;
  RoleFiller roles_;
  std::vector<int32_t> verb_event_;  // clause -> draft
  std::vector<int32_t> noun_event_;  // chunk -> draft
  std::vector<std::pair<ChunkIndex, int32_t>> explained_;
};

}  // namespace

bool IsSaidOfSpeakers(const Reading& reading, const EventDraft& draft) {
  if (draft.clause < 0) return false;
  const Clause& clause = reading.clauses[static_cast<size_t>(draft.clause)];
  if (clause.passive || clause.verb != draft.chunk) return false;
  return std::any_of(clause.arguments.begin(), clause.arguments.end(), [&](const Argument& argument) {
    return argument.slot == "subject" &&
           OneOf(reading.sentence.words[reading.chunks[argument.phrase].head].lower, {"we", "i"});
  });
}

std::vector<EntityId>* RoleOf(Event& event, Role role) {
  switch (role) {
    case Role::kNone:
      return nullptr;
    case Role::kAgent:
      return &event.agent;
    case Role::kTarget:
      return &event.target;
    case Role::kPartner:
      return &event.partner;
    case Role::kInstrument:
      return &event.instrument;
    case Role::kPlace:
      return &event.place;
    case Role::kOrigin:
      return &event.origin;
    case Role::kDestination:
      return &event.destination;
  }
  return nullptr;
}

void AddFiller(std::vector<EntityId>& role, EntityId id) {
  if (std::find(role.begin(), role.end(), id) == role.end()) role.push_back(id);
}

namespace {

constexpr uint32_t kMaxItems = 100;  // lines of one list

bool IsItem(const Sentence& sentence, std::string_view text) {
  return !sentence.words.empty() && OneOf(sentence.words[0].span.In(text), {"-", "–", "—", "•", "*", "·", "--"});
}

// "surrendered the following weapons:" and a line for each of them: what the lines list fills the role of the last
// phrase before the colon. Lines of prose end the list.
void AddListItems(const std::vector<Reading>& readings, uint32_t s, EntityBook& book, std::vector<EventDraft>& drafts) {
  const Reading& head = readings[s];
  if (head.sentence.words.empty() || head.sentence.words.back().lower != ":") return;
  int32_t last_phrase = -1;
  for (ChunkIndex c = 0; c < head.chunks.size(); ++c) {
    if (head.nominals.At(c) != nullptr) last_phrase = static_cast<int32_t>(c);
  }
  EventDraft* draft = nullptr;
  for (EventDraft& other : drafts) {
    if (other.sentence == s && !other.dropped) draft = &other;
  }
  if (draft == nullptr || last_phrase < 0) return;
  const auto named = book.Find({s, static_cast<ChunkIndex>(last_phrase)}, false);
  std::vector<EntityId>* role = &draft->event.target;
  for (auto* list : {&draft->event.place, &draft->event.agent, &draft->event.instrument}) {
    if (named && std::find(list->begin(), list->end(), *named) != list->end()) role = list;
  }
  for (uint32_t item = s + 1; item < readings.size() && item - s <= kMaxItems; ++item) {
    const Reading& line = readings[item];
    const bool bullet = IsItem(line.sentence, book.text());
    if (!bullet && (!line.clauses.empty() || line.sentence.words.empty())) return;
    for (ChunkIndex c = 0; c < line.chunks.size(); ++c) {
      if (line.nominals.At(c) == nullptr || line.chunks[c].possessed) continue;
      if (c > 0 && line.chunks[c - 1].kind == ChunkKind::kPreposition) continue;
      if (!line.clauses.empty() && c >= line.clauses[0].verb) break;
      draft->phrases.push_back({item, c});
      if (const auto id = book.Find({item, c}, role == &draft->event.place)) AddFiller(*role, *id);
    }
  }
}

}  // namespace

std::vector<EventDraft> FindEvents(const std::vector<Reading>& readings, EntityBook& book) {
  std::vector<EventDraft> drafts;
  for (uint32_t s = 0; s < readings.size(); ++s) {
    SentenceEvents(readings, s, book, drafts).Run();
    AddListItems(readings, s, book, drafts);
  }
  return drafts;
}

}  // namespace sitgraph::extract
