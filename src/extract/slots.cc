#include "src/extract/slots.h"

#include <algorithm>

#include "src/extract/coordination.h"
#include "src/extract/kinds.h"

namespace sitgraph::extract {

using codebook::EntityKind;

const std::vector<std::string>& Munitions() {
  static const std::vector<std::string> kHeads = {"missile", "rocket",  "bomb",      "shell", "mortar",     "grenade",
                                                  "mine",    "device",  "landmine",  "round", "projectile", "bullet",
                                                  "shot",    "gunfire", "explosive", "gas",   "munition",   "shrapnel"};
  return kHeads;
}

bool IsMunitionWord(std::string_view noun) {
  return std::find(Munitions().begin(), Munitions().end(), noun) != Munitions().end();
}

void AddOnce(std::vector<Slot>& slots, const Slot& slot) {
  const bool known =
      std::any_of(slots.begin(), slots.end(), [&](const Slot& s) { return s.is_phrase && s.phrase == slot.phrase; });
  if (!known) slots.push_back(slot);
}

std::vector<Slot> SlotReader::OfVerb(size_t k) const {
  const Clause& clause = reading_.clauses[k];
  std::vector<Slot> slots;
  for (const Argument& argument : clause.arguments) {
    Slot slot{argument.slot, argument.phrase, argument.shared};
    if (clause.passive) {
      if (slot.name == "subject") {
        slot.name = "object";
      } else if (slot.name == "by" && !reading_.nominals.IsEvent(slot.phrase) && book_.IsActor(Ref(slot.phrase))) {
        slot.name = "subject";
      } else if (slot.name == "object") {
        slot.name = "object2";
      }
    }
    slots.push_back(std::move(slot));
  }
  return slots;
}

std::vector<Slot> SlotReader::OfNoun(ChunkIndex c, WordIndex trigger_begin) const {
  std::vector<Slot> slots;
  const Chunk& chunk = reading_.chunks[c];
  if (chunk.possessor >= 0) slots.push_back({"possessive", static_cast<ChunkIndex>(chunk.possessor)});
  if (const auto owner = book_.OwnerOf(Ref(c)))
    slots.push_back({.name = "possessive", .is_phrase = false, .actor = owner});
  // Also inside the trigger: "terrorist attack", "barrel bomb attack".
  AddJoinedModifier(c, slots);
  AddModifiers(std::min(chunk.words.begin, trigger_begin), std::max(trigger_begin, chunk.head), slots);
  // Prepositional phrases right behind it.
  ChunkIndex j = c + 1;
  const auto& chunks = reading_.chunks;
  while (j < chunks.size()) {
    if (chunks[j].kind == ChunkKind::kTime || chunks[j].kind == ChunkKind::kAdverb ||
        chunks[j].kind == ChunkKind::kQuote) {
      ++j;
    } else if (chunks[j].kind == ChunkKind::kPreposition && j + 1 < chunks.size() &&
               chunks[j + 1].kind == ChunkKind::kNounPhrase) {
      ChunkIndex end = j + 1;
      for (const ChunkIndex phrase : Conjuncts(reading_.sentence, chunks, j + 1, end)) {
        slots.push_back({words_[chunks[j].head].lower, phrase});
      }
      j = std::max(end, j + 2);
    } else {
      break;
    }
  }
  if (j == c + 1 && j + 1 < chunks.size() && chunks[j].kind == ChunkKind::kConjunction) AddOfGerund(j + 1, slots);
  AddOfList(c, slots);
  return slots;
}

// "looting, arson and expulsions by the militia", "the arrest or murder of clerks": what stands
// behind the last of a list of events belongs to all; "Russian airstrikes and shelling": so does whoever stands before
// the first.
void SlotReader::AddOfList(ChunkIndex c, std::vector<Slot>& slots) const {
  const auto& chunks = reading_.chunks;
  ChunkIndex last = c;
  while (const auto next = NextOfList(last)) last = *next;
  for (ChunkIndex j = last + 1; last != c && j + 1 < chunks.size() && chunks[j].kind == ChunkKind::kPreposition &&
                                chunks[j + 1].kind == ChunkKind::kNounPhrase;
       j += 2) {
    const std::string& preposition = words_[chunks[j].head].lower;
    if (OneOf(preposition, {"by", "of", "in", "on", "against"})) slots.push_back({preposition, j + 1, true});
  }
  const bool own = std::any_of(slots.begin(), slots.end(), [](const Slot& slot) {
    return OneOf(slot.name, {"by", "possessive", "modifier"});
  });
  if (own || c < 2 || chunks[c - 1].kind != ChunkKind::kConjunction || NextOfList(c - 2) != c) return;
  const Chunk& first = chunks[c - 2];
  for (WordIndex i = first.words.begin; i < first.head; ++i) {
    if (words_[i].cls != WordClass::kDeterminer) return AddModifiers(i, i + 1, slots);
  }
}

// The event that follows another in a list, with or without its comma.
std::optional<ChunkIndex> SlotReader::NextOfList(ChunkIndex c) const {
  if (!reading_.nominals.IsEvent(c)) return std::nullopt;
  ChunkIndex next = c + 1;
  while (next < reading_.chunks.size() && next < c + 3 &&
         (reading_.chunks[next].kind == ChunkKind::kComma || reading_.chunks[next].kind == ChunkKind::kConjunction)) {
    ++next;
  }
  if (!reading_.nominals.IsEvent(next)) return std::nullopt;
  return next;
}

// "the killing and injuring of ...", "killing and injuring militants": what the verb is done to belongs to both.
void SlotReader::AddOfGerund(ChunkIndex second, std::vector<Slot>& slots) const {
  const auto& chunks = reading_.chunks;
  if (chunks[second].kind != ChunkKind::kVerbGroup || !chunks[second].gerund) return;
  for (const Clause& clause : reading_.clauses) {
    if (clause.verb != second) continue;
    for (const Argument& argument : clause.arguments) {
      if (argument.slot == "object") slots.push_back({"of", argument.phrase});
    }
  }
}

// "Russian and Syrian airstrikes": both flew them.
void SlotReader::AddJoinedModifier(ChunkIndex c, std::vector<Slot>& slots) const {
  const auto& chunks = reading_.chunks;
  if (c < 2 || chunks[c - 1].kind != ChunkKind::kConjunction || chunks[c - 2].kind != ChunkKind::kNounPhrase) return;
  const auto is_party = [&](WordIndex i) {
    return book_.codebook().FindDemonym(words_[i].span.In(book_.text()), reading_.sentence.caseless) != nullptr;
  };
  const bool both =
      is_party(chunks[c - 2].head) && chunks[c].words.begin < chunks[c].head && is_party(chunks[c].words.begin);
  if (both) AddModifiers(chunks[c - 2].head, chunks[c - 2].head + 1, slots);
}

void SlotReader::AddModifiers(WordIndex begin, WordIndex end, std::vector<Slot>& slots) const {
  for (WordIndex i = begin; i < end; ++i) {
    const Word& word = words_[i];
    const std::string_view written = word.span.In(book_.text());
    Slot slot{.name = "modifier", .is_phrase = false};
    if (!word.entries.empty()) {
      base::Span span = word.span;
      if (word.genitive) --span.end;
      slot.actor =
          book_.AddWords(word.entries[0]->kind, word.entries, std::string(span.In(book_.text())), span, true, false);
      slot.place =
          book_.AddWords(word.entries[0]->kind, word.entries, std::string(span.In(book_.text())), span, true, true);
      if (word.genitive) slot.name = "possessive";
    } else if (word.lower.ends_with("-led")) {
      // "US-led air strikes": whoever leads them.
      const std::string_view leader[] = {written.substr(0, written.size() - 4)};
      const auto match = book_.codebook().MatchName(leader);
      if (!match) continue;
      slot.actor =
          book_.AddWords(EntityKind::kOrganization, match->entries, std::string(written), word.span, true, false);
    } else if (const codebook::Entry* country = book_.codebook().FindDemonym(written, reading_.sentence.caseless)) {
      const std::string_view name[] = {country->name};
      const auto match = book_.codebook().MatchName(name);
      const std::vector<const codebook::Entry*> entries =
          match ? match->entries : std::vector<const codebook::Entry*>{country};
      slot.actor = book_.AddWords(EntityKind::kOrganization, entries, std::string(written), word.span, true, false);
    } else if (word.cls == WordClass::kNominal || word.cls == WordClass::kName) {
      const codebook::Noun* noun = book_.codebook().FindNoun(word.noun);
      if (noun != nullptr && noun->kind == EntityKind::kMateriel) {
        const bool goes_on = i + 1 < end && book_.codebook().FindNoun(word.lower + " " + words_[i + 1].noun) != nullptr;
        if (!goes_on && IsMunitionWord(word.noun)) AddMeans(i, begin, slots);  // "explosive" of "explosive device"
        continue;
      }
      if (noun == nullptr || (noun->kind != EntityKind::kForce && noun->kind != EntityKind::kOrganization)) continue;
      // "Syrian government" before "airstrikes": with the words before it.
      WordIndex from = i;
      while (from > begin && words_[from - 1].capital && words_[from - 1].cls != WordClass::kDeterminer) --from;
      const base::Span span{words_[from].span.begin, word.span.end};
      if (from < i) {
        std::erase_if(slots, [](const Slot& s) { return s.name == "modifier"; });
      }
      slot.actor = book_.AddWords(noun->kind, {}, base::CollapseSpace(span.In(book_.text())), span, false, false);
    } else {
      continue;
    }
    slots.push_back(std::move(slot));
  }
}

void SlotReader::AddMeans(WordIndex i, WordIndex begin, std::vector<Slot>& slots) const {
  WordIndex from = i;
  if (i > begin && book_.codebook().FindNoun(words_[i - 1].lower + " " + words_[i].noun) != nullptr) --from;
  const base::Span span{words_[from].span.begin, words_[i].span.end};
  Slot slot{.name = "modifier", .is_phrase = false};
  slot.actor =
      book_.AddWords(EntityKind::kMateriel, {}, base::CollapseSpace(span.In(book_.text())), span, false, false);
  slots.push_back(std::move(slot));
}

}  // namespace sitgraph::extract
