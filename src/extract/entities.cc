#include "src/extract/entities.h"

#include <algorithm>
#include <set>

#include "src/codebook/identity.h"
#include "src/extract/kinds.h"
#include "src/extract/names.h"
#include "src/extract/same_bodies.h"

namespace sitgraph::extract {
namespace {

using codebook::EntityKind;
using codebook::Entry;

constexpr size_t kMaxHistory = 40;  // mentions looked back for "the group", "the city"

bool IsSubset(const std::vector<std::string>& part, const std::vector<std::string>& whole) {
  return std::all_of(part.begin(), part.end(), [&](const std::string& word) {
    return std::find(whole.begin(), whole.end(), word) != whole.end();
  });
}

// Those whom reports leave without a name.
bool IsUnnamedSpeaker(std::string_view head) {
  return OneOf(head, {"source", "reporter", "correspondent", "witness", "eyewitness", "activist", "resident"});
}

// Of names that speak and are not known: "the Clarion", "KDK News", "SNHR" are bodies, "Darwish" is somebody.
bool IsBodyName(const Nominal& nominal, const Chunk& chunk) {
  const std::vector<std::string> words = FoldedWords(nominal.name);
  const bool capitals =
      std::none_of(nominal.name.begin(), nominal.name.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  return chunk.definite || capitals || words.size() != 1 ||
         OneOf(words.back(), {"news", "agency", "media", "network", "tv", "radio", "press", "times", "post", "today"});
}

std::string Join(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

}  // namespace

EntityBook::EntityBook(const std::vector<Reading>& readings, std::string_view text, const codebook::Codebook& codebook)
    : readings_(readings), text_(text), codebook_(codebook), code_points_(text) {
  ResolveAll();
  UniteSameBodies();
}

void EntityBook::UniteSameBodies() {
  const std::vector<uint32_t> same = FindSameBodies(entities_, entry_, codebook_);
  const auto follow = [&](int32_t& id) {
    if (id >= 0) id = static_cast<int32_t>(same[static_cast<size_t>(id)]);
  };
  for (size_t i = 0; i < same.size(); ++i) {
    if (same[i] == i) continue;
    Entity& from = entities_[i];
    Entity& to = entities_[same[i]];
    to.mentions.insert(to.mentions.end(), from.mentions.begin(), from.mentions.end());
    from.mentions.clear();
  }
  for (auto& [key, id] : by_key_) follow(id);
  for (Alias& alias : aliases_) alias.entity = EntityId{same[static_cast<size_t>(alias.entity)]};
  for (std::vector<Resolved>& sentence : resolved_) {
    for (Resolved& resolved : sentence) {
      for (int32_t* id : {&resolved.actor, &resolved.place, &resolved.owner}) follow(*id);
    }
  }
}

void EntityBook::ResolveAll() {
  resolved_.resize(readings_.size());
  for (uint32_t s = 0; s < readings_.size(); ++s) {
    const Reading& reading = readings_[s];
    resolved_[s].resize(reading.chunks.size());
    // Phrases after "of" come first: the phrase before needs to know what it contains.
    for (ChunkIndex c = 0; c < reading.chunks.size(); ++c) {
      if (reading.nominals.At(c) != nullptr) ResolvePhrase({s, c});
      if (reading.chunks[c].kind == ChunkKind::kClose && c > 0) {
        ChunkIndex open = c;
        while (open > 0 && reading.chunks[open].kind != ChunkKind::kOpen && c - open < 12) --open;
        if (reading.chunks[open].kind == ChunkKind::kOpen) ReadBracket(s, open);
      }
      // The subject of a verb of saying is who "he" and "the official" are later.
      if (reading.chunks[c].kind == ChunkKind::kVerbGroup && reading.chunks[c].cues.Has(codebook::Cue::kSaying)) {
        for (const Clause& clause : reading.clauses) {
          if (clause.verb != c) continue;
          for (const Argument& argument : clause.arguments) {
            if (argument.slot != "subject") continue;
            const int32_t id = resolved_[s][argument.phrase].actor;
            if (id >= 0 && entities_[static_cast<size_t>(id)].kind == EntityKind::kPerson &&
                entities_[static_cast<size_t>(id)].named) {
              speaker_ = id;
            }
          }
        }
      }
    }
  }
}

const Nominal* EntityBook::Meant(PhraseRef phrase) const {
  const Nominals& nominals = readings_[phrase.sentence].nominals;
  const Nominal* nominal = nominals.At(phrase.chunk);
  for (int depth = 0; nominal != nullptr && nominal->transparent && nominal->of >= 0 && depth < 4; ++depth) {
    const Nominal* inner = nominals.At(static_cast<ChunkIndex>(nominal->of));
    if (inner == nullptr) break;
    if (!nominal->measure && !(IsPlaceDesignator(nominal->head) && inner->named)) break;
    nominal = inner;
  }
  return nominal;
}

base::Span EntityBook::SpanOf(PhraseRef phrase) const {
  const Nominal* nominal = readings_[phrase.sentence].nominals.At(phrase.chunk);
  return nominal == nullptr ? base::Span{} : nominal->span;
}

bool EntityBook::MayBe(PhraseRef phrase, const codebook::KindSet& kinds) const {
  const Resolved& resolved = resolved_[phrase.sentence][phrase.chunk];
  bool any = false;
  for (const int32_t id : {resolved.actor, resolved.place}) {
    if (id >= 0) any = any || kinds.Accepts(entities_[static_cast<size_t>(id)].kind);
  }
  return any || (kinds.empty() && readings_[phrase.sentence].nominals.At(phrase.chunk) != nullptr);
}

bool EntityBook::IsActor(PhraseRef phrase) const {
  const int32_t id = resolved_[phrase.sentence][phrase.chunk].actor;
  if (id < 0) return false;
  const EntityKind kind = entities_[static_cast<size_t>(id)].kind;
  return IsBody(kind) || kind == EntityKind::kPerson || kind == EntityKind::kPeople;
}

bool EntityBook::IsPlace(PhraseRef phrase) const {
  const int32_t id = resolved_[phrase.sentence][phrase.chunk].place;
  return id >= 0 && IsGround(entities_[static_cast<size_t>(id)].kind);
}

void EntityBook::MakeSpeaker(PhraseRef phrase) {
  const Nominal* nominal = readings_[phrase.sentence].nominals.At(phrase.chunk);
  const int32_t id = resolved_[phrase.sentence][phrase.chunk].actor;
  if (nominal == nullptr || nominal->sure || !nominal->named || id < 0) return;
  Entity& entity = entities_[static_cast<size_t>(id)];
  if (entry_[static_cast<size_t>(id)] != nullptr || !IsGround(entity.kind)) return;
  entity.kind = IsBodyName(*nominal, readings_[phrase.sentence].chunks[phrase.chunk]) ? EntityKind::kOrganization
                                                                                      : EntityKind::kPerson;
  entity.iri = codebook::EntityIri(entity.kind, entity.name);
  if (entity.kind == EntityKind::kPerson) AddSurname(entity.name);
}

std::optional<EntityId> EntityBook::Find(PhraseRef phrase, bool as_place) {
  const Resolved& resolved = resolved_[phrase.sentence][phrase.chunk];
  const int32_t id = as_place ? resolved.place : resolved.actor;
  if (id >= 0) return EntityId{static_cast<uint32_t>(id)};
  return std::nullopt;
}

std::optional<EntityId> EntityBook::OwnerOf(PhraseRef phrase) const {
  const int32_t id = resolved_[phrase.sentence][phrase.chunk].owner;
  if (id >= 0) return EntityId{static_cast<uint32_t>(id)};
  return std::nullopt;
}

void EntityBook::AddSurname(std::string_view name) {
  const std::vector<std::string> words = FoldedWords(name);
  if (!words.empty()) surnames_.insert(words.back());
}

int32_t EntityBook::Create(EntityKind kind, const std::string& name, bool named, const Entry* entry) {
  Entity entity;
  entity.kind = kind;
  entity.name = entry != nullptr ? entry->name : name;
  entity.named = named;
  entity.iri = entry != nullptr ? entry->id : codebook::EntityIri(kind, name);
  if (entry != nullptr) {
    entity.latitude = entry->latitude;
    entity.longitude = entry->longitude;
    if (entry->place_type != codebook::PlaceType::kNone) {
      entity.place_type = codebook::ToWord(entry->place_type);
      entity.country = entry->country;
      entity.within = entry->within;
    }
  }
  if (kind == EntityKind::kPerson && named) AddSurname(entity.name);
  entities_.push_back(std::move(entity));
  entry_.push_back(entry);
  heads_.emplace_back();
  return static_cast<int32_t>(entities_.size() - 1);
}

void EntityBook::AddMention(int32_t id, base::Span span, const std::string& text, bool name) {
  Entity& entity = entities_[static_cast<size_t>(id)];
  const base::CodePointSpan at = code_points_.ToCodePoints(span);
  for (const Mention& mention : entity.mentions) {
    if (mention.span == at) return;
  }
  entity.mentions.push_back({at, base::CollapseSpace(span.In(text_))});
  if (name && text != entity.name &&
      std::find(entity.aliases.begin(), entity.aliases.end(), text) == entity.aliases.end()) {
    entity.aliases.push_back(text);
  }
}

int32_t EntityBook::InternNamed(const Nominal& nominal, EntityKind kind) {
  const std::vector<std::string> words = FoldedWords(nominal.name);
  const std::string key = "n:" + Join(words);
  const auto known = by_key_.find(key);
  if (known != by_key_.end()) return known->second;
  // "Rudskoy" after "Sergey Rudskoy"; "the Observatory" after "Syrian Observatory for Human Rights".
  for (size_t i = entities_.size(); i-- > 0;) {
    Entity& entity = entities_[i];
    if (!entity.named) continue;
    const std::vector<std::string> other = FoldedWords(entity.name);
    const bool persons = entity.kind == EntityKind::kPerson && (kind == EntityKind::kPerson || !nominal.sure);
    const bool same_end = EndsWith(other, words) || EndsWith(words, other);
    if (persons && same_end && entity.kind == EntityKind::kPerson) {
      if (words.size() > other.size() && entry_[i] == nullptr) {
        entity.name = nominal.name;
        entity.iri = codebook::EntityIri(EntityKind::kPerson, nominal.name);
      }
      by_key_.emplace(key, static_cast<int32_t>(i));
      return static_cast<int32_t>(i);
    }
    if (IsBody(entity.kind) && !nominal.sure && words.size() == 1 &&
        std::find(other.begin(), other.end(), words[0]) != other.end()) {
      by_key_.emplace(key, static_cast<int32_t>(i));
      return static_cast<int32_t>(i);
    }
    if (IsBody(entity.kind) && IsBody(kind) && words.size() < other.size() &&
        (EndsWith(other, words) || IsSubset(words, other))) {
      by_key_.emplace(key, static_cast<int32_t>(i));
      return static_cast<int32_t>(i);
    }
  }
  const int32_t id = Create(kind, nominal.name, true, nullptr);
  by_key_.emplace(key, id);
  return id;
}

int32_t EntityBook::InternGeneric(const Nominal& nominal, EntityKind kind) {
  std::vector<std::string> words = FoldedWords(nominal.text);
  const std::string key = "g:" + std::string(codebook::ToWord(kind)) + ":" + Join(words);
  const auto known = by_key_.find(key);
  if (known != by_key_.end()) return known->second;
  // "terrorist shelling" is that of the "terrorists".
  if (kind == EntityKind::kForce && words.size() == 1) {
    if (const auto plural = by_key_.find(key + "s"); plural != by_key_.end()) return plural->second;
  }
  // "government troops" are the "Syrian government troops" told of before.
  if (IsBody(kind) && nominal.of < 0) {
    for (size_t i = entities_.size(); i-- > 0;) {
      if (entities_[i].kind != kind || entities_[i].named || heads_[i] != nominal.head) continue;
      const std::vector<std::string> other = FoldedWords(entities_[i].name);
      if (other.size() < 2 || words.size() < 2 || !(IsSubset(words, other) || IsSubset(other, words))) continue;
      by_key_.emplace(key, static_cast<int32_t>(i));
      return static_cast<int32_t>(i);
    }
  }
  const int32_t id = Create(kind, nominal.text, false, nullptr);
  by_key_.emplace(key, id);
  return id;
}

int32_t EntityBook::Intern(EntityKind kind, const Nominal& nominal, const Entry* entry) {
  int32_t id = -1;
  if (entry != nullptr) {
    const std::string key = "e:" + entry->id;
    const auto known = by_key_.find(key);
    id = known != by_key_.end() ? known->second : Create(entry->kind, entry->name, true, entry);
    by_key_.emplace(key, id);
    // Its names lead to it from now on, also in parts: "Rudskoy".
    by_key_.emplace("n:" + Join(FoldedWords(entry->name)), id);
  } else {
    id = nominal.named ? InternNamed(nominal, kind) : InternGeneric(nominal, kind);
  }
  if (heads_[static_cast<size_t>(id)].empty()) heads_[static_cast<size_t>(id)] = nominal.head;
  return id;
}

EntityId EntityBook::AddWords(EntityKind kind, const std::vector<const Entry*>& entries, std::string text,
                              base::Span span, bool named, bool as_place) {
  Nominal nominal;
  nominal.text = nominal.name = std::move(text);
  nominal.span = nominal.name_span = span;
  nominal.named = named;
  nominal.sure = true;
  const Entry* entry = nullptr;
  for (const Entry* candidate : entries) {
    if (entry == nullptr || (IsGround(candidate->kind) == as_place && IsGround(entry->kind) != as_place))
      entry = candidate;
  }
  const int32_t id = Intern(kind, nominal, entry);
  AddMention(id, span, nominal.name);
  return EntityId{static_cast<uint32_t>(id)};
}

int32_t EntityBook::ResolvePronoun(PhraseRef phrase) const {
  const Reading& reading = readings_[phrase.sentence];
  const Chunk& chunk = reading.chunks[phrase.chunk];
  const std::string& word = reading.sentence.words[chunk.head].lower;
  if (OneOf(word, {"he", "she", "him"})) return speaker_;
  if (OneOf(word, {"they", "them", "themselves"})) {
    return last_actor_ >= 0 && (IsBody(entities_[static_cast<size_t>(last_actor_)].kind) ||
                                entities_[static_cast<size_t>(last_actor_)].kind == EntityKind::kPeople)
               ? last_actor_
               : -1;
  }
  if (word == "there") return last_place_;
  // "It urges Turkey ...": who acts; elsewhere a place.
  if (word == "it") {
    ChunkIndex next = phrase.chunk + 1;
    while (next < reading.chunks.size() && reading.chunks[next].kind == ChunkKind::kAdverb) ++next;
    const bool acts = next < reading.chunks.size() && reading.chunks[next].kind == ChunkKind::kVerbGroup &&
                      !reading.chunks[next].passive && reading.chunks[next].lemma != "be";
    return acts ? last_body_ : last_place_;
  }
  return -1;
}

// "a customs source told ... The source added": not the person who was named between.
int32_t EntityBook::SourceBefore(const Nominal& nominal) const {
  size_t looked = 0;
  for (size_t i = history_.size(); i-- > 0 && looked++ < kMaxHistory;) {
    const auto id = static_cast<size_t>(history_[i]);
    if (entities_[id].kind == EntityKind::kPerson && !entities_[id].named && heads_[id] == nominal.head)
      return history_[i];
  }
  return -1;
}

// "the group", "the city", "the official": the last entity that can be called so.
int32_t EntityBook::ResolveDefinite(const Nominal& nominal, const Chunk& chunk) const {
  if (nominal.plural || nominal.named || !chunk.definite || nominal.of >= 0) return -1;
  const std::vector<std::string> words = FoldedWords(nominal.text);
  if (words.size() > 3) return -1;
  // "the Kurdish militia" is one of its own.
  const bool plain = std::all_of(words.begin(), words.end(), [&](const std::string& word) {
    return word == nominal.head ||
           OneOf(word, {"terrorist", "terror", "militant", "jihadist", "extremist", "rebel", "armed", "islamist",
                        "monitoring", "rights", "human", "watchdog", "based"});
  });
  if (nominal.kind == EntityKind::kPerson) return IsUnnamedSpeaker(nominal.head) ? SourceBefore(nominal) : speaker_;
  size_t looked = 0;
  for (size_t i = history_.size(); i-- > 0 && looked++ < kMaxHistory;) {
    const auto id = static_cast<size_t>(history_[i]);
    const Entity& entity = entities_[id];
    if (!entity.named) continue;
    const std::vector<std::string> other = FoldedWords(entity.name);
    const bool same_head =
        std::find(other.begin(), other.end(), nominal.head) != other.end() || heads_[id] == nominal.head;
    if (IsBody(nominal.kind) && IsBody(entity.kind)) {
      if (same_head ||
          (plain && OneOf(nominal.head, {"group", "organization", "organisation", "movement", "militia", "faction"}))) {
        return history_[i];
      }
    }
    if (nominal.kind == EntityKind::kPlace && entity.kind == EntityKind::kPlace && words.size() == 1) {
      const codebook::PlaceType type = entry_[id] == nullptr ? codebook::PlaceType::kNone : entry_[id]->place_type;
      const bool settlement = type == codebook::PlaceType::kSettlement || type == codebook::PlaceType::kNone;
      if (OneOf(nominal.head, {"city", "town", "village"}) && settlement) return MoreSalient(history_[i], i);
      if (nominal.head == "camp" && (type == codebook::PlaceType::kCamp || same_head)) return history_[i];
      if (nominal.head == "country" && type == codebook::PlaceType::kCountry) return history_[i];
      if (OneOf(nominal.head, {"province", "governorate"}) && type == codebook::PlaceType::kGovernorate)
        return history_[i];
    }
  }
  return -1;
}

// "the observatory" after "Syrian Observatory for Human Rights".
int32_t EntityBook::ResolveByHead(const Nominal& nominal, const Chunk& chunk) const {
  if (!chunk.definite || nominal.plural || nominal.of >= 0 || FoldedWords(nominal.text).size() != 1) return -1;
  size_t looked = 0;
  for (size_t i = history_.size(); i-- > 0 && looked++ < kMaxHistory;) {
    const Entity& entity = entities_[static_cast<size_t>(history_[i])];
    if (!entity.named || !IsBody(entity.kind)) continue;
    const std::vector<std::string> words = FoldedWords(entity.name);
    if (words.size() > 1 && std::find(words.begin(), words.end(), nominal.head) != words.end()) return history_[i];
  }
  return -1;
}

// "its forces", "their fighters": who has them acts.
int32_t EntityBook::ResolvePossessed(const Nominal& nominal, std::string_view first_word) const {
  if (nominal.kind != EntityKind::kForce || nominal.named || nominal.what != NominalKind::kEntity) return -1;
  if (!OneOf(nominal.head, {"force", "troop", "fighter", "soldier", "militant", "army"})) return -1;
  const int32_t whose = first_word == "its" ? last_body_ : first_word == "their" ? last_actor_ : -1;
  return whose >= 0 && IsBody(entities_[static_cast<size_t>(whose)].kind) ? whose : -1;
}

// Of the settlements named shortly before `at`, the one that the report has named twice as often as `id`, or `id`.
int32_t EntityBook::MoreSalient(int32_t id, size_t at) const {
  const auto named = [&](int32_t other) { return std::count(history_.begin(), history_.end(), other); };
  int32_t best = id;
  for (size_t looked = 0; at-- > 0 && looked < kMaxHistory; ++looked) {
    const auto other = static_cast<size_t>(history_[at]);
    const bool settlement = entry_[other] != nullptr && entry_[other]->place_type == codebook::PlaceType::kSettlement;
    if (settlement && named(history_[at]) >= 2 * named(best) && named(history_[at]) > 2) best = history_[at];
  }
  return best;
}

void EntityBook::ResolvePhrase(PhraseRef phrase) {
  const Reading& reading = readings_[phrase.sentence];
  const Chunk& chunk = reading.chunks[phrase.chunk];
  const Nominal* nominal = reading.nominals.At(phrase.chunk);
  Resolved& out = resolved_[phrase.sentence][phrase.chunk];
  const std::string& first_word = reading.sentence.words[chunk.words.begin].lower;
  out.owner = first_word == "its" ? last_body_ : first_word == "their" ? last_actor_ : -1;
  if (nominal->what == NominalKind::kPronoun && !nominal->transparent) {
    out.actor = out.place = ResolvePronoun(phrase);
    return;
  }
  const Nominal* meant = Meant(phrase);
  if (meant == nullptr || meant->what == NominalKind::kEvent) return;
  if (meant->what == NominalKind::kPronoun || (meant->what == NominalKind::kOther && meant != nominal)) {
    if (meant->what == NominalKind::kPronoun) return;
  }
  if (meant->what == NominalKind::kOther) {
    out.actor = out.place = ResolveByHead(*meant, chunk);  // others are known by their words only ("reports")
    if (out.actor >= 0) AddMention(out.actor, meant->span, meant->text, false);
    return;
  }
  if (const int32_t body = ResolvePossessed(*meant, reading.sentence.words[chunk.words.begin].lower); body >= 0) {
    out.actor = out.place = body;
    AddMention(body, meant->span, meant->text, false);
    return;
  }
  const Entry* actor = nullptr;
  const Entry* place = nullptr;
  for (const Entry* entry : meant->entries) {
    // "Jundi" after "Mohammad Jundi": the person, though the world has a place of that name.
    if (entry->gazetteer && surnames_.contains(base::FoldName(meant->name))) continue;
    if (IsGround(entry->kind)) {
      if (place == nullptr) place = entry;
    } else if (actor == nullptr) {
      actor = entry;
    }
  }
  if (actor != nullptr || place != nullptr) {
    // Back over a list: "in Hodeidah and Sanaa".
    ChunkIndex before = phrase.chunk;
    while (before >= 2 &&
           (reading.chunks[before - 1].kind == ChunkKind::kConjunction ||
            reading.chunks[before - 1].kind == ChunkKind::kComma) &&
           reading.chunks[before - 2].kind == ChunkKind::kNounPhrase) {
      before -= 2;
    }
    const bool locative =
        before > 0 && reading.chunks[before - 1].kind == ChunkKind::kPreposition &&
        OneOf(reading.sentence.words[reading.chunks[before - 1].head].lower,
              {"in", "near", "at", "from", "to", "into", "across", "throughout", "of", "inside", "outside"});
    out.actor = actor != nullptr ? Intern(actor->kind, *meant, actor) : -1;
    out.place = place != nullptr ? Intern(place->kind, *meant, place) : -1;
    if (out.actor < 0) out.actor = out.place;
    if (out.place < 0) out.place = out.actor;
    const int32_t main = locative ? out.place : out.actor;
    AddMention(main, meant->described ? meant->span : meant->name_span, meant->name, !meant->described);
    if (!IsWhereItWasSaid(phrase)) history_.push_back(main);
  } else {
    int32_t id = ResolveDefinite(*meant, chunk);
    if (id < 0) id = Intern(meant->kind, *meant, nullptr);
    out.actor = out.place = id;
    AddMention(id, meant->named ? meant->name_span : meant->span, meant->named ? meant->name : meant->text,
               meant->named || !At(EntityId{static_cast<uint32_t>(id)}).named);
    history_.push_back(id);
  }
  if (meant != nominal && nominal->what == NominalKind::kEntity && IsPlaceDesignator(nominal->head)) {
    AddMention(out.place, nominal->span, nominal->text);
  }
  const Entity& entity = entities_[static_cast<size_t>(out.actor)];
  if (IsGround(entities_[static_cast<size_t>(out.place)].kind) && entities_[static_cast<size_t>(out.place)].named) {
    const Entry* entry = entry_[static_cast<size_t>(out.place)];
    const bool country = entry != nullptr && entry->place_type == codebook::PlaceType::kCountry;
    if (!country && !IsWhereItWasSaid(phrase)) last_place_ = out.place;
  }
  ChunkIndex list = phrase.chunk;  // "with Jordan and Iraq"
  while (list >= 2 && reading.chunks[list - 1].kind == ChunkKind::kConjunction &&
         reading.chunks[list - 2].kind == ChunkKind::kNounPhrase) {
    list -= 2;
  }
  const bool aside = list > 0 && reading.chunks[list - 1].kind == ChunkKind::kPreposition;
  if ((IsBody(entity.kind) || entity.kind == EntityKind::kPeople) && !aside) {
    last_actor_ = out.actor;
  }
  if (IsBody(entity.kind) && !meant->plural && !aside) {
    last_body_ = out.actor;
  }
  if (entity.kind == EntityKind::kPerson && entity.named && speaker_ < 0) speaker_ = out.actor;
}

// "the general staff in Moscow said", "told journalists in Moscow": no place of what is told.
bool EntityBook::IsWhereItWasSaid(PhraseRef phrase) const {
  const Reading& reading = readings_[phrase.sentence];
  for (const Clause& clause : reading.clauses) {
    if (!reading.chunks[clause.verb].cues.Has(codebook::Cue::kSaying)) continue;
    for (const Argument& argument : clause.arguments) {
      if (argument.phrase == phrase.chunk && argument.slot == "in") return true;
    }
  }
  return false;
}

// "NAME (SHORT, formerly OTHER)".
void EntityBook::ReadBracket(uint32_t s, ChunkIndex open) {
  const Reading& reading = readings_[s];
  if (open == 0 || reading.nominals.At(open - 1) == nullptr) return;
  const int32_t outer = resolved_[s][open - 1].actor;
  if (outer < 0 || entities_[static_cast<size_t>(outer)].kind == EntityKind::kPerson) return;
  for (ChunkIndex c = open + 1; c < reading.chunks.size() && reading.chunks[c].kind != ChunkKind::kClose; ++c) {
    const Nominal* inner = reading.nominals.At(c);
    if (inner == nullptr || !inner->named) continue;
    const bool after_preposition = reading.chunks[c - 1].kind == ChunkKind::kPreposition;
    const bool short_name = inner->name.size() <= 8 && inner->name.find(' ') == std::string::npos;
    if (after_preposition || !short_name) continue;
    const int32_t id = resolved_[s][c].actor;
    if (id != outer && id >= 0 && entry_[static_cast<size_t>(id)] != nullptr) continue;
    by_key_["n:" + Join(FoldedWords(inner->name))] = outer;
    resolved_[s][c] = {outer, outer};
    if (id != outer && id >= 0) entities_[static_cast<size_t>(id)].mentions.clear();
    AddMention(outer, inner->name_span, inner->name);
    aliases_.push_back({EntityId{static_cast<uint32_t>(outer)}, inner->name, inner->name_span, s});
  }
}

}  // namespace sitgraph::extract
