#include "src/extract/roles.h"

#include <algorithm>

#include "src/extract/coordination.h"
#include "src/extract/kinds.h"

namespace sitgraph::extract {

using codebook::EntityKind;
using codebook::Limit;
using codebook::LimitKind;
using codebook::Role;
using codebook::SlotRole;
using codebook::Trigger;

bool RoleFiller::Fills(const Slot& slot, const codebook::KindSet& kinds) const {
  if (!slot.is_phrase) {
    return (slot.actor && kinds.Accepts(book_.At(*slot.actor).kind)) ||
           (slot.place && kinds.Accepts(book_.At(*slot.place).kind));
  }
  return book_.MayBe(Ref(slot.phrase), kinds);
}
bool RoleFiller::Filled(const std::vector<Slot>& slots, const Limit& limit) const {
  return std::any_of(slots.begin(), slots.end(), [&](const Slot& slot) {
    if (slot.name != limit.slot) return false;
    return limit.words.empty() ? Fills(slot, limit.kinds) : slot.is_phrase && HasHead(slot.phrase, limit.words);
  });
}

// Whether the phrase, or what is meant by it, has one of these heads ("jets", "Su-24 fighter jets", "MiG-23").
bool RoleFiller::HasHead(ChunkIndex c, const std::vector<std::string>& heads) const {
  const auto any = [&](const Nominal* nominal) {
    if (nominal == nullptr) return false;
    const std::string& cls = nominal->entries.empty() ? nominal->head : nominal->entries[0]->materiel_class;
    for (const std::string& head : heads) {
      if (nominal->head == head || cls == head || cls.ends_with(" " + head)) return true;
      const std::string lower = base::Lower(nominal->text);
      if (head.find(' ') != std::string::npos && (lower.ends_with(head) || lower.ends_with(head + "s"))) return true;
    }
    return false;
  };
  return any(NominalAt(c)) || any(book_.Meant(Ref(c)));
}

bool RoleFiller::Neighbour(WordIndex i, const std::vector<std::string>& list) const {
  if (i >= words_.size()) return false;
  const Word& word = words_[i];
  return std::find(list.begin(), list.end(), word.lower) != list.end() ||
         std::find(list.begin(), list.end(), word.noun) != list.end();
}

bool RoleFiller::LimitsHold(const Trigger& trigger, const std::vector<Slot>& slots, WordIndex begin, WordIndex end,
                            bool passive, bool own_object) const {
  for (const Limit& limit : trigger.limits) {
    if (own_object && limit.kind == LimitKind::kNeeds && limit.slot == "object" && limit.words.empty()) continue;
    bool holds = true;
    switch (limit.kind) {
      case LimitKind::kNeeds:
        holds = Filled(slots, limit);
        break;
      case LimitKind::kWithout:
        holds = !Filled(slots, limit);
        break;
      case LimitKind::kAfter:
        holds = begin > 0 && Neighbour(begin - 1, limit.words);
        break;
      case LimitKind::kNotAfter:
        holds = begin == 0 || !Neighbour(begin - 1, limit.words);
        break;
      case LimitKind::kBefore:
        holds = Neighbour(end, limit.words);
        break;
      case LimitKind::kNotBefore:
        holds = !Neighbour(end, limit.words);
        break;
      case LimitKind::kPassive:
        holds = passive;
        break;
      case LimitKind::kActive:
        holds = !passive;
        break;
    }
    if (!holds) return false;
  }
  return true;
}

// The role that the frame's first entry for the slot gives its phrase, mended by what the phrase is.
Role RoleFiller::RoleFor(const EventDraft& draft, const Slot& slot) const {
  if (slot.is_phrase && reading_.nominals.IsEvent(slot.phrase)) return Role::kNone;
  const auto& frame = draft.trigger->frame;
  const auto entry = std::find_if(frame.begin(), frame.end(),
                                  [&](const SlotRole& one) { return one.slot == slot.name && Fills(slot, one.kinds); });
  if (entry == frame.end()) return Role::kNone;
  Role role = entry->role;
  const bool violence = IsViolence(draft.trigger->type);
  // "gunmen on motorcycles stormed", "demand the withdrawal from Iraq": what only stands behind another phrase is not
  // what it is done to.
  if (role == Role::kTarget && slot.shared && slot.is_phrase && slot.name != "object" && slot.name != "subject") {
    return Role::kNone;
  }
  // An attack on Homs happens there; an attack on a market is aimed at it.
  if (role == Role::kPlace && violence && slot.is_phrase && !IsNamed(slot.phrase) &&
      OneOf(slot.name, {"on", "against", "object"})) {
    role = Role::kTarget;
  }
  // What explodes is a means, whoever sent it; crews of aircraft and ships act.
  const bool sent = role == Role::kAgent || (role == Role::kTarget && slot.name == "object" && violence);
  if (sent && slot.is_phrase && IsMunition(slot.phrase)) return Role::kInstrument;
  // "doctors from a hospital treated": what only stands behind another phrase does not act.
  if (role == Role::kAgent && slot.shared && slot.name != "subject" && slot.name != "by") return Role::kNone;
  return role;
}

void RoleFiller::Fill(EventDraft& draft, const std::vector<Slot>& slots) {
  const Slot* last_place = nullptr;
  bool named_place = false;
  for (const Slot& slot : slots) {
    // "kills 15": a bare number is counted, though nobody is named.
    if (slot.is_phrase && IsBareNumber(slot.phrase) && OneOf(slot.name, {"object", "to", "of", "at", "as"})) {
      draft.phrases.push_back(Ref(slot.phrase));
      continue;
    }
    const Role role = RoleFor(draft, slot);
    std::vector<EntityId>* fillers = RoleOf(draft.event, role);
    if (fillers == nullptr) continue;
    const bool ground = role == Role::kPlace || role == Role::kOrigin || role == Role::kDestination;
    if (role == Role::kPlace) {
      // Of nested places ("in the market in Atareb in the north") the first named one is the last that counts.
      const bool core = slot.name == "object" || slot.name == "subject" || slot.name == "of";
      if (!core && named_place && !IsListed(*last_place, slot)) continue;
      if (slot.shared && !draft.event.place.empty()) continue;
    }
    std::optional<EntityId> id = ground ? slot.place : slot.actor;
    if (slot.is_phrase) {
      id = book_.Find(Ref(role == Role::kAgent ? WhoseMeans(slot.phrase) : slot.phrase), ground);
      if (id && role == Role::kPlace && !IsGround(book_.At(*id).kind)) id.reset();
    }
    if (!id) continue;
    if (role == Role::kPlace) {
      named_place = named_place || book_.At(*id).named;
      last_place = &slot;
    }
    AddFiller(*fillers, *id);
    draft.reasons.push_back({role, *id, slot.name, slot.shared, false});
    if (!slot.is_phrase) continue;
    if (ground) AddListedPlaces(slot.phrase, *fillers);
    draft.phrases.push_back(Ref(slot.phrase));
  }
  // One who does it to himself is a misreading.
  if (draft.event.type != "battle") {
    std::erase_if(draft.event.target, [&](EntityId id) {
      return std::find(draft.event.agent.begin(), draft.event.agent.end(), id) != draft.event.agent.end();
    });
  }
}

// "in the towns of A, B and C": all of them.
void RoleFiller::AddListedPlaces(ChunkIndex c, std::vector<EntityId>& fillers) {
  const Nominal* nominal = NominalAt(c);
  if (nominal == nullptr || !nominal->plural || nominal->of < 0 || !IsPlaceDesignator(nominal->head)) return;
  ChunkIndex end = 0;
  for (const ChunkIndex one : Conjuncts(reading_.sentence, reading_.chunks, c + 2, end)) {
    const auto id = book_.Find(Ref(one), true);
    if (id && IsGround(book_.At(*id).kind)) AddFiller(fillers, *id);
  }
}

// "the air force's aircraft": who has them acts.
ChunkIndex RoleFiller::WhoseMeans(ChunkIndex c) const {
  const Nominal* nominal = NominalAt(c);
  const int32_t possessor = reading_.chunks[c].possessor;
  if (nominal == nullptr || nominal->kind != EntityKind::kMateriel || possessor < 0) return c;
  const auto owner = static_cast<ChunkIndex>(possessor);
  return book_.IsActor(Ref(owner)) ? owner : c;
}

bool RoleFiller::IsMunition(ChunkIndex c) const {
  const Nominal* nominal = NominalAt(c);
  return nominal != nullptr && nominal->kind == EntityKind::kMateriel && HasHead(c, Munitions());
}

bool RoleFiller::IsNamed(ChunkIndex c) const {
  const auto id = book_.Find(Ref(c), true);
  return id && book_.At(*id).named;
}

// Whether the slot is a further member of the list that the last place stands in ("in A, B and C").
bool RoleFiller::IsListed(const Slot& last, const Slot& slot) const {
  if (slot.phrase <= last.phrase) return false;
  if (slot.name != last.name) {
    // "in A, near B and in C": another preposition behind "and" or a comma.
    ChunkIndex start = slot.phrase;
    while (start > 0 && reading_.chunks[start].possessor >= 0) --start;
    if (start < 2 || reading_.chunks[start - 1].kind != ChunkKind::kPreposition) return false;
    return reading_.chunks[start - 2].kind == ChunkKind::kConjunction ||
           reading_.chunks[start - 2].kind == ChunkKind::kComma;
  }
  for (ChunkIndex c = last.phrase + 1; c < slot.phrase; ++c) {
    const ChunkKind kind = reading_.chunks[c].kind;
    if (kind == ChunkKind::kPreposition && words_[reading_.chunks[c].head].lower != "of") return false;
  }
  return true;
}

// "15", "the wounded", but not "15 of them".
bool RoleFiller::IsBareNumber(ChunkIndex c) const {
  const Nominal* nominal = NominalAt(c);
  if (nominal == nullptr || nominal->number < 0 || nominal->of >= 0) return false;
  const Word& head = words_[reading_.chunks[c].head];
  return (nominal->what == NominalKind::kOther && head.cls == WordClass::kNumber) ||
         OneOf(head.lower, {"others", "dead", "wounded", "injured"});
}

bool RoleFiller::HasFiller(const Event& event) {
  return !event.agent.empty() || !event.target.empty() || !event.partner.empty() || !event.place.empty() ||
         !event.origin.empty() || !event.destination.empty() || !event.instrument.empty();
}

}  // namespace sitgraph::extract
