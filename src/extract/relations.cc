#include "src/extract/relations.h"

#include <algorithm>

#include "src/extract/coordination.h"
#include "src/extract/kinds.h"

namespace sitgraph::extract {
namespace {

using codebook::EntityKind;

class RelationFinder {
 public:
  RelationFinder(const std::vector<Reading>& readings, std::string_view text, EntityBook& book,
                 const std::vector<Mention>& sentences)
      : readings_(readings), text_(text), book_(book), sentences_(sentences), code_points_(text) {}

  std::vector<Relation> Run() {
    for (uint32_t s = 0; s < readings_.size(); ++s) {
      sentence_ = s;
      reading_ = &readings_[s];
      for (ChunkIndex c = 0; c < reading_->chunks.size(); ++c) {
        const Nominal* nominal = reading_->nominals.At(c);
        if (nominal == nullptr) continue;
        ReadTitle(c, *nominal);
        ReadOffice(c, *nominal);
        ReadPlaces(c, *nominal);
        ReadQuarters(c, *nominal);
        ReadBelonging(c, *nominal);
        ReadMembers(c, *nominal);
        ReadKnownAs(c, *nominal);
        ReadBacked(c, *nominal);
      }
      for (const Clause& clause : reading_->clauses) {
        ReadOpponents(clause);
        ReadBackers(clause);
      }
      ReadKnownWholes();
    }
    ReadAcronyms();
    for (const EntityBook::Alias& alias : book_.aliases()) {
      sentence_ = alias.sentence;
      Add(alias.entity, "alias", alias.name, alias.span);
    }
    return std::move(relations_);
  }

 private:
  PhraseRef Ref(ChunkIndex c) const { return {sentence_, c}; }
  bool Is(ChunkIndex c, ChunkKind kind) const {
    return c < reading_->chunks.size() && reading_->chunks[c].kind == kind;
  }
  std::string_view Lower(ChunkIndex c) const { return reading_->sentence.words[reading_->chunks[c].head].lower; }

  void Add(EntityId subject, std::string_view predicate, std::variant<EntityId, std::string> object, base::Span span) {
    if (const EntityId* id = std::get_if<EntityId>(&object)) {
      if (*id == subject) return;
      const bool country = book_.At(subject).place_type == codebook::ToWord(codebook::PlaceType::kCountry);
      if (predicate == "located-in" && country) return;
    }
    for (const Relation& known : relations_) {
      if (known.subject == subject && known.predicate == predicate && known.object == object) return;
    }
    Relation relation;
    relation.subject = subject;
    relation.predicate = predicate;
    relation.object = std::move(object);
    relation.mention = {code_points_.ToCodePoints(span), base::CollapseSpace(span.In(text_))};
    relation.sentence = sentences_[sentence_];
    relations_.push_back(std::move(relation));
  }

  // "Colonel General Sergey Rudskoy"
  void ReadTitle(ChunkIndex c, const Nominal& nominal) {
    if (nominal.title.empty() || !nominal.named) return;
    if (const auto person = book_.Find(Ref(c), false)) {
      Add(*person, "has-role", nominal.title, {nominal.title_span.begin, nominal.name_span.end});
    }
  }

  bool IsPerson(ChunkIndex c) const {
    const Nominal* nominal = reading_->nominals.At(c);
    return nominal != nullptr && nominal->named && nominal->kind == EntityKind::kPerson &&
           nominal->what == NominalKind::kEntity;
  }
  // An office that is not itself a name: "the head of the relief department".
  bool IsOffice(const Nominal& nominal) const {
    return !nominal.named && nominal.what == NominalKind::kEntity && nominal.kind == EntityKind::kPerson &&
           nominal.title.empty() && !nominal.plural;
  }

  // Behind the "of", "for" and "in" phrases of an office.
  ChunkIndex OfficeEnd(ChunkIndex c) const {
    ChunkIndex j = c + 1;
    while (Is(j, ChunkKind::kPreposition) && Is(j + 1, ChunkKind::kNounPhrase) &&
           OneOf(Lower(j), {"of", "for", "in", "to", "at"})) {
      ++j;
      while (Is(j, ChunkKind::kNounPhrase) && reading_->chunks[j].possessed && Is(j + 1, ChunkKind::kNounPhrase)) ++j;
      if (IsPerson(j)) return j - 1;
      ++j;
    }
    return j;
  }

  base::Span SpanOf(ChunkIndex begin, ChunkIndex end) const {
    const auto& words = reading_->sentence.words;
    WordIndex first = reading_->chunks[begin].words.begin;
    while (first + 1 < reading_->chunks[begin].words.end && words[first].cls == WordClass::kDeterminer) ++first;
    return {words[first].span.begin, words[reading_->chunks[end - 1].words.end - 1].span.end};
  }

  // "X, the chief of Y" and "the chief of Y[,] X".
  void ReadOffice(ChunkIndex c, const Nominal& nominal) {
    if (!IsOffice(nominal)) return;
    const ChunkIndex end = OfficeEnd(c);
    ChunkIndex start = c;
    if (reading_->chunks[c].possessor >= 0) start = static_cast<ChunkIndex>(reading_->chunks[c].possessor);
    const base::Span span = SpanOf(start, std::max(end, c + 1));
    int32_t person = -1;
    if (start >= 2 && Is(start - 1, ChunkKind::kComma) && IsPerson(start - 2)) {
      person = static_cast<int32_t>(start - 2);
    } else if (start >= 1 && IsPerson(start - 1)) {
      person = static_cast<int32_t>(start - 1);
    } else if (IsPerson(end)) {
      person = static_cast<int32_t>(end);
    } else if (Is(end, ChunkKind::kComma) && IsPerson(end + 1)) {
      person = static_cast<int32_t>(end + 1);
    }
    if (person < 0) return;
    if (const auto id = book_.Find(Ref(static_cast<ChunkIndex>(person)), false)) {
      Add(*id, "has-role", base::CollapseSpace(span.In(text_)), span);
    }
  }

  std::optional<EntityId> PlaceAt(ChunkIndex c) {
    if (reading_->nominals.At(c) == nullptr) return std::nullopt;
    const auto id = book_.Find(Ref(c), true);
    return id && IsGround(book_.At(*id).kind) ? id : std::nullopt;
  }

  // "western part", "southern provinces", "outskirts": which part of the whole is meant; "key parts" tells nothing.
  static bool TellsWhich(const Nominal& nominal) {
    constexpr std::string_view kSides[] = {"north",   "south",    "east",   "west",
                                           "central", "outskirt", "suburb", "occupied"};
    const std::string lower = base::Lower(nominal.text);
    return lower.find(' ') != std::string::npos &&
           std::any_of(std::begin(kSides), std::end(kSides),
                       [&](std::string_view side) { return lower.find(side) != std::string::npos; });
  }

  void ReadPlaces(ChunkIndex c, const Nominal& nominal) {
    auto place = PlaceAt(c);
    if (!place) return;
    // "Qadam, part of the city of Damascus"
    if (nominal.head == "part" && nominal.of >= 0 && c > 0) {
      const ChunkIndex before = Is(c - 1, ChunkKind::kComma) && c > 1 ? c - 2 : c - 1;
      const auto named = PlaceAt(before);
      if (named && book_.At(*named).named) place = named;
    }
    const auto& words = reading_->sentence.words;
    const Chunk& chunk = reading_->chunks[c];
    // "western part of the camp": the part lies in the whole.
    if (nominal.of >= 0 && !nominal.transparent && !nominal.named) {
      const auto whole = PlaceAt(static_cast<ChunkIndex>(nominal.of));
      if (whole && book_.At(*whole).named && TellsWhich(nominal)) Add(*place, "located-in", *whole, nominal.span);
    }
    // "Syria's Homs"
    if (chunk.possessor >= 0 && book_.At(*place).kind == EntityKind::kPlace) {
      const auto whole = PlaceAt(static_cast<ChunkIndex>(chunk.possessor));
      if (whole && book_.At(*whole).named && (nominal.named || TellsWhich(nominal))) {
        Add(*place, "located-in", *whole,
            {book_.SpanOf(Ref(static_cast<ChunkIndex>(chunk.possessor))).begin, nominal.span.end});
      }
    }
    // "the Iraqi town of Rawa"
    if (book_.At(*place).named && nominal.head != "camp") {  // a Palestinian camp need not lie in Palestine
      for (WordIndex i = chunk.words.begin; i < chunk.head; ++i) {
        const codebook::Entry* country = book_.codebook().FindDemonym(words[i].span.In(text_));
        if (country == nullptr || !words[i].entries.empty()) continue;
        const std::vector<const codebook::Entry*> entries{country};
        const EntityId whole = book_.AddWords(EntityKind::kPlace, entries, std::string(words[i].span.In(text_)),
                                              words[i].span, true, true);
        Add(*place, "located-in", whole, nominal.span);
      }
    }
    // "Azaz in the province of Aleppo", "X, a town in Y"
    if (!book_.At(*place).named && book_.At(*place).kind != EntityKind::kFacility) return;
    ChunkIndex j = nominal.of >= 0 ? static_cast<ChunkIndex>(nominal.of) + 1 : c + 1;
    if (Is(j, ChunkKind::kComma)) ++j;
    const Nominal* apposition = reading_->nominals.At(j);
    if (apposition != nullptr && IsPlaceDesignator(apposition->head) && !apposition->named) ++j;
    if (!Is(j, ChunkKind::kPreposition) || Lower(j) != "in") return;
    ChunkIndex object = j + 1;
    while (Is(object, ChunkKind::kNounPhrase) && reading_->chunks[object].possessed &&
           Is(object + 1, ChunkKind::kNounPhrase)) {
      ++object;
    }
    const auto whole = PlaceAt(object);
    if (!whole || !book_.At(*whole).named) return;
    Add(*place, "located-in", *whole, {nominal.span.begin, book_.SpanOf(Ref(object)).end});
    // "A, B and C in X": each of them.
    for (ChunkIndex one = c; one >= 2 && (Is(one - 1, ChunkKind::kConjunction) || Is(one - 1, ChunkKind::kComma)) &&
                             Is(one - 2, ChunkKind::kNounPhrase);
         one -= 2) {
      const auto listed = PlaceAt(one - 2);
      if (!listed || !book_.At(*listed).named) break;
      Add(*listed, "located-in", *whole, {book_.SpanOf(Ref(one - 2)).begin, book_.SpanOf(Ref(object)).end});
    }
  }

  // "the Salihiya neighborhood of Hasakah" against "the Damascus suburb of Douma": whether the first lies in the
  // second.
  bool IsQuarterOf(EntityId first, EntityId second) const {
    const codebook::Codebook& codebook = book_.codebook();
    const std::string& one = book_.At(first).iri;
    const std::string& two = book_.At(second).iri;
    if (codebook.LiesWithin(two, one)) return false;
    return codebook.LiesWithin(one, two) || codebook.FindEntry(two) != nullptr;
  }

  // "the Aleppo neighborhoods of A, B and C", "the Damascus suburb of A".
  void ReadQuarters(ChunkIndex c, const Nominal& nominal) {
    if (nominal.of < 0 || !IsPlaceDesignator(nominal.head)) return;
    const Chunk& chunk = reading_->chunks[c];
    for (WordIndex i = chunk.words.begin; i < chunk.head; ++i) {
      const Word& word = reading_->sentence.words[i];
      const bool place = std::any_of(word.entries.begin(), word.entries.end(),
                                     [](const codebook::Entry* e) { return e->kind == EntityKind::kPlace; });
      if (!place) continue;
      const EntityId whole =
          book_.AddWords(EntityKind::kPlace, word.entries, std::string(word.span.In(text_)), word.span, true, true);
      ChunkIndex end = 0;
      for (const ChunkIndex part : Conjuncts(reading_->sentence, reading_->chunks, c + 2, end)) {
        const auto named = PlaceAt(part);
        if (!named || !book_.At(*named).named) continue;
        const base::Span span{nominal.span.begin, book_.SpanOf(Ref(part)).end};
        if (nominal.plural || nominal.head == "suburb" || !IsQuarterOf(whole, *named)) {
          Add(*named, "located-in", whole, span);
        } else {
          Add(whole, "located-in", *named, span);
        }
      }
    }
  }

  // "in the Hamdaniyah district, Aleppo": places of one sentence of which the codebook knows that one lies in the
  // other.
  void ReadKnownWholes() {
    std::vector<std::pair<EntityId, ChunkIndex>> places;
    for (ChunkIndex c = 0; c < reading_->chunks.size() && places.size() < 40; ++c) {
      const auto place = PlaceAt(c);
      if (place && book_.At(*place).named) places.push_back({*place, c});
    }
    for (const auto& [part, at] : places) {
      for (const auto& [whole, other] : places) {
        // "Idlib" and its province tell nothing.
        if (book_.At(whole).name.starts_with(book_.At(part).name)) continue;
        if (part == whole || !book_.codebook().LiesWithin(book_.At(part).iri, book_.At(whole).iri)) continue;
        const base::Span one = book_.SpanOf(Ref(at));
        const base::Span two = book_.SpanOf(Ref(other));
        Add(part, "located-in", whole, {std::min(one.begin, two.begin), std::max(one.end, two.end)});
      }
    }
  }

  // "units of Faylaq al-Sham", "fighters from the Ahrar group", "office of the Red Crescent".
  void ReadBelonging(ChunkIndex c, const Nominal& nominal) {
    const auto part = book_.Find(Ref(c), false);
    if (!part || nominal.what != NominalKind::kEntity) return;
    ChunkIndex object = 0;
    if (nominal.of >= 0 && !nominal.transparent) {
      object = static_cast<ChunkIndex>(nominal.of);
    } else if (Is(c + 1, ChunkKind::kPreposition) && Lower(c + 1) == "from" && Is(c + 2, ChunkKind::kNounPhrase)) {
      object = c + 2;
    } else {
      return;
    }
    const auto whole = book_.Find(Ref(object), false);
    if (!whole || !IsBody(book_.At(*whole).kind)) return;
    const EntityKind kind = book_.At(*part).kind;
    if (kind == EntityKind::kOrganization && nominal.of >= 0) {
      Add(*part, "part-of", *whole, nominal.span);
    } else if (kind == EntityKind::kForce && book_.At(*whole).kind == EntityKind::kForce) {
      Add(*part, "member-of", *whole, {nominal.span.begin, book_.SpanOf(Ref(object)).end});
    }
  }

  // "YPG militants" are members, "ISIL units" a part of the body whose name stands before.
  void ReadMembers(ChunkIndex c, const Nominal& nominal) {
    if (nominal.named || nominal.what != NominalKind::kEntity) return;
    const bool members = OneOf(nominal.head, {"militant", "fighter", "terrorist", "gunman", "soldier", "jihadist",
                                              "rebel", "insurgent", "commander", "member"});
    if (!members && !OneOf(nominal.head, {"unit", "brigade", "battalion", "detachment", "faction"})) return;
    const auto part = book_.Find(Ref(c), false);
    const Chunk& chunk = reading_->chunks[c];
    if (!part || book_.At(*part).named) return;
    for (WordIndex i = chunk.words.begin; i < chunk.head; ++i) {
      const Word& word = reading_->sentence.words[i];
      if (word.entries.empty() || word.genitive) continue;
      const codebook::Entry& entry = *word.entries[0];
      if (word.entries.size() != 1 || !IsBody(entry.kind)) continue;
      const EntityId whole =
          book_.AddWords(entry.kind, word.entries, std::string(word.span.In(text_)), word.span, true, false);
      Add(*part, members ? "member-of" : "part-of", whole, nominal.span);
    }
  }

  // "Islamic State ... ISIL": an acronym of a body that the report names otherwise, too.
  void ReadAcronyms() {
    std::vector<std::pair<size_t, std::string>> found;
    const std::vector<Entity>& entities = book_.entities();
    for (size_t i = 0; i < entities.size(); ++i) {
      const Entity& entity = entities[i];
      if (!IsBody(entity.kind) || !entity.named || book_.codebook().FindEntry(entity.iri) == nullptr) continue;
      const bool long_name = std::any_of(entity.mentions.begin(), entity.mentions.end(), [](const Mention& mention) {
        return mention.text.find(' ') != std::string::npos;
      });
      for (const Mention& mention : entity.mentions) {
        const bool acronym = mention.text.size() >= 2 && std::all_of(mention.text.begin(), mention.text.end(),
                                                                     [](char ch) { return ch >= 'A' && ch <= 'Z'; });
        if (long_name && acronym) AddAcronym(EntityId{static_cast<uint32_t>(i)}, mention);
      }
    }
  }
  void AddAcronym(EntityId entity, const Mention& mention) {
    while (sentence_ > 0 && sentences_[sentence_].span.begin > mention.span.begin) --sentence_;
    while (sentence_ + 1 < sentences_.size() && sentences_[sentence_].span.end <= mention.span.begin) ++sentence_;
    for (const Relation& known : relations_) {
      if (known.subject == entity && known.predicate == "alias" &&
          known.object == std::variant<EntityId, std::string>(mention.text)) {
        return;
      }
    }
    relations_.push_back({entity, "alias", mention.text, mention, sentences_[sentence_]});
  }

  // "the YPG, a US-backed militia"; "Iran-backed militias"
  void ReadBacked(ChunkIndex c, const Nominal& nominal) {
    const Chunk& chunk = reading_->chunks[c];
    if (nominal.what != NominalKind::kEntity || !book_.IsActor(Ref(c))) return;
    for (WordIndex i = chunk.words.begin; i < chunk.head; ++i) {
      const Word& word = reading_->sentence.words[i];
      const std::string_view written = word.span.In(text_);
      const size_t hyphen = written.rfind('-');
      if (hyphen == std::string_view::npos ||
          !OneOf(written.substr(hyphen + 1), {"backed", "supported", "allied", "aligned"})) {
        continue;
      }
      std::string name(written.substr(0, hyphen));
      if (const codebook::Entry* country = book_.codebook().FindDemonym(name)) name = country->name;
      const std::string_view tokens[] = {name};
      const auto match = book_.codebook().MatchName(tokens);
      if (!match) continue;
      ChunkIndex subject = c;
      const bool apposed = !nominal.named && c > 0;
      if (apposed && IsNamedActor(c - 1)) {
        subject = c - 1;
      } else if (apposed && c > 1 && Is(c - 1, ChunkKind::kComma) && IsNamedActor(c - 2)) {
        subject = c - 2;
      }
      const auto one = book_.Find(Ref(subject), false);
      const EntityId two =
          book_.AddWords(EntityKind::kOrganization, match->entries, std::string(written), word.span, true, false);
      if (one) Add(*one, "allied-with", two, nominal.span);
    }
  }
  bool IsNamedActor(ChunkIndex c) const {
    const Nominal* nominal = reading_->nominals.At(c);
    return nominal != nullptr && nominal->named && book_.IsActor(Ref(c));
  }

  // "the coalition fighting Daesh": said of a party in passing, a lasting opposition.
  void ReadOpponents(const Clause& clause) {
    const Chunk& verb = reading_->chunks[clause.verb];
    if (clause.link != Link::kRelative || !verb.gerund || clause.passive) return;
    if (!OneOf(verb.lemma, {"fight", "battle", "oppose", "combat"})) return;
    for (const Argument& subject : clause.arguments) {
      const auto one = book_.Find(Ref(subject.phrase), false);
      if (subject.slot != "subject" || !one || !IsBody(book_.At(*one).kind)) continue;
      for (const Argument& object : clause.arguments) {
        const auto two = book_.Find(Ref(object.phrase), false);
        if ((object.slot != "object" && object.slot != "against") || !two || !IsBody(book_.At(*two).kind)) continue;
        Add(*one, "opposes", *two, {book_.SpanOf(Ref(subject.phrase)).begin, book_.SpanOf(Ref(object.phrase)).end});
      }
    }
  }

  // "rebels backed by Turkey": the same in a clause.
  void ReadBackers(const Clause& clause) {
    const Chunk& verb = reading_->chunks[clause.verb];
    if (clause.link != Link::kRelative || !clause.passive) return;
    if (!OneOf(verb.lemma, {"back", "support", "ally", "align", "sponsor", "associate", "affiliate", "link"})) return;
    for (const Argument& subject : clause.arguments) {
      const auto one = book_.Find(Ref(subject.phrase), false);
      if (subject.slot != "subject" || !one || !IsBody(book_.At(*one).kind)) continue;
      for (const Argument& other : clause.arguments) {
        const auto two = book_.Find(Ref(other.phrase), false);
        if (!OneOf(other.slot, {"by", "with", "to"}) || !two || !IsBody(book_.At(*two).kind)) continue;
        Add(*one, "allied-with", *two, {book_.SpanOf(Ref(subject.phrase)).begin, book_.SpanOf(Ref(other.phrase)).end});
      }
    }
  }

  // "X, known as Y"
  void ReadKnownAs(ChunkIndex c, const Nominal& nominal) {
    ChunkIndex j = c + 1;
    if (Is(j, ChunkKind::kComma)) ++j;
    if (!Is(j, ChunkKind::kVerbGroup) || !OneOf(reading_->chunks[j].lemma, {"know", "call", "dub", "name"})) return;
    ++j;
    if ((Is(j, ChunkKind::kPreposition) || Is(j, ChunkKind::kSubordinator)) && Lower(j) == "as") ++j;
    const Nominal* other = reading_->nominals.At(j);
    const auto one = book_.Find(Ref(c), false);
    if (other == nullptr || !other->named || !one || nominal.what != NominalKind::kEntity) return;
    if (const auto two = book_.Find(Ref(j), false)) Add(*one, "alias", *two, {nominal.span.begin, other->span.end});
  }

  const std::vector<Reading>& readings_;
  std::string_view text_;
  EntityBook& book_;
  const std::vector<Mention>& sentences_;
  base::CodePointMap code_points_;
  uint32_t sentence_ = 0;
  const Reading* reading_ = nullptr;
  std::vector<Relation> relations_;
};

}  // namespace

std::vector<Relation> FindRelations(const std::vector<Reading>& readings, std::string_view text, EntityBook& book,
                                    const std::vector<Mention>& sentences) {
  return RelationFinder(readings, text, book, sentences).Run();
}

}  // namespace sitgraph::extract
