#include "src/extract/mentions.h"

#include <algorithm>

#include "src/extract/kinds.h"

namespace sitgraph::extract {
namespace {

using codebook::EntityKind;
using codebook::TriggerPart;

// "of them", "pieces of": the phrase itself tells only how much.
bool IsMeasureWord(std::string_view noun) {
  return OneOf(noun, {"piece", "number",  "total",    "item",  "unit", "amount", "quantity",
                      "dozen", "hundred", "thousand", "score", "ten",  "lot",    "half",
                      "third", "quarter", "life",     "type",  "kind", "series", "million"});
}

// "dozens of", "members of": the noun after "of" is what is meant or counted.
bool IsContainer(std::string_view noun) {
  return OneOf(noun, {"piece",   "number",   "majority", "total",  "group",    "rest",      "item",    "unit",
                      "type",    "kind",     "series",   "amount", "quantity", "stockpile", "cache",   "dozen",
                      "hundred", "thousand", "score",    "ten",    "lot",      "member",    "wave",    "string",
                      "pocket",  "life",     "half",     "third",  "quarter",  "convoy",    "instance"});
}

class NominalReader {
 public:
  NominalReader(const Sentence& sentence, const std::vector<Chunk>& chunks, std::string_view text,
                const codebook::Codebook& codebook)
      : sentence_(sentence), words_(sentence.words), chunks_(chunks), text_(text), codebook_(codebook) {}

  Nominals Run() {
    out_.by_chunk.assign(chunks_.size(), -1);
    out_.attached_to.assign(chunks_.size(), -1);
    for (ChunkIndex c = 0; c < chunks_.size(); ++c) {
      if (chunks_[c].kind != ChunkKind::kNounPhrase) continue;
      out_.by_chunk[c] = static_cast<int32_t>(out_.list.size());
      out_.list.push_back(ReadOne(c));
    }
    // From the right, so that chains ("part of the north of X") are whole when they are attached.
    for (ChunkIndex c = static_cast<ChunkIndex>(chunks_.size()); c-- > 0;) AttachOf(c);
    for (ChunkIndex c = static_cast<ChunkIndex>(chunks_.size()); c-- > 0;) Distribute(c);
    return std::move(out_);
  }

 private:
  std::string Text(WordRange range) const {
    if (range.empty()) return {};
    return base::CollapseSpace(SpanOf(range).In(text_));
  }
  base::Span SpanOf(WordRange range) const { return {words_[range.begin].span.begin, words_[range.end - 1].span.end}; }

  bool IsModifierOnly(const Word& word) const {
    return word.cls == WordClass::kDeterminer || word.cls == WordClass::kPossessive || word.cls == WordClass::kNumber ||
           word.cls == WordClass::kAdverb || word.lower == "following";
  }

  Nominal ReadOne(ChunkIndex c) const {
    const Chunk& chunk = chunks_[c];
    Nominal nominal;
    nominal.chunk = c;
    WordRange range = chunk.words;
    // Genitive endings are no part of the phrase; articles and numbers before it neither.
    for (WordIndex i = range.begin; i <= chunk.head; ++i) {
      if (words_[i].cls == WordClass::kNumber && nominal.number < 0) {
        nominal.number = words_[i].number;
        nominal.number_word = i;
      }
    }
    while (range.end > range.begin + 1 && words_[range.end - 1].cls == WordClass::kPossessive) --range.end;
    while (range.begin < chunk.head && IsModifierOnly(words_[range.begin])) ++range.begin;
    const Word& head = words_[chunk.head];
    nominal.head = head.noun.empty() ? head.lower : head.noun;
    nominal.plural = head.plural;
    nominal.span = SpanOf(range);
    nominal.text = Text(range);
    nominal.name = nominal.text;
    nominal.name_span = nominal.span;
    if (head.genitive) TrimGenitive(nominal);
    if (chunk.pronoun) {
      nominal.what = NominalKind::kPronoun;
      return nominal;
    }
    if (IsEventNoun(range, chunk.head) && head.entries.empty()) {
      nominal.what = NominalKind::kEvent;
      return nominal;
    }
    if (ReadPerson(range, nominal) || ReadCodebookName(range, nominal)) return nominal;
    ReadHeadNoun(c, range, nominal);
    if (!nominal.named) LowerFirst(words_[range.begin], nominal);
    if (!nominal.named && nominal.kind == EntityKind::kForce && chunk.possessor >= 0) AddOwner(c, nominal);
    return nominal;
  }

  // "Israel's air force", "the regime's troops": whose they are is a part of what they are called.
  void AddOwner(ChunkIndex c, Nominal& nominal) const {
    if (!OneOf(nominal.head, {"force", "air force", "troop", "army", "military", "navy", "police", "soldier"})) return;
    const Chunk& owner = chunks_[static_cast<size_t>(chunks_[c].possessor)];
    WordIndex first = owner.words.begin;
    while (first < owner.head && IsModifierOnly(words_[first])) ++first;
    if (!words_[first].capital) return;
    nominal.span.begin = words_[first].span.begin;
    nominal.text = nominal.name = base::CollapseSpace(nominal.span.In(text_));
    nominal.name_span = nominal.span;
  }

  // "Militants" at the start of a sentence are "militants".
  static void LowerFirst(const Word& word, Nominal& nominal) {
    if (word.cls != WordClass::kNominal || nominal.text.size() < 2 || word.lower.find('-') != std::string::npos) return;
    // Another capital makes it a name: "Brigade of the Desert Lions".
    const bool capitals =
        std::any_of(nominal.text.begin() + 1, nominal.text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    if (nominal.text[0] < 'A' || nominal.text[0] > 'Z' || capitals) return;
    nominal.text[0] = static_cast<char>(nominal.text[0] - 'A' + 'a');
    nominal.name = nominal.text;
  }

  static void TrimGenitive(Nominal& nominal) {
    nominal.text.pop_back();
    nominal.name.pop_back();
    --nominal.span.end;
    --nominal.name_span.end;
  }

  // Whether a noun trigger ends at the head.
  bool IsEventNoun(WordRange range, WordIndex head) const {
    for (const uint32_t id : codebook_.triggers().Find(TriggerPart::kNoun, words_[head].noun)) {
      const auto& trigger = codebook_.triggers().triggers()[id];
      const bool spans_of = std::find(trigger.words.begin(), trigger.words.end(), "of") != trigger.words.end();
      if (trigger.words.size() > head - (spans_of ? 0 : range.begin) + 1) continue;
      bool match = true;
      for (size_t k = 0; k < trigger.words.size() && match; ++k) {
        const Word& word = words_[head + 1 - trigger.words.size() + k];
        match = word.noun == trigger.words[k] || word.lower == trigger.words[k];
      }
      if (match) return true;
    }
    return false;
  }

  std::optional<size_t> TitleAt(WordIndex begin, WordIndex end) const {
    std::vector<std::string_view> tokens;
    std::vector<size_t> ends;
    for (WordIndex i = begin; i < end && i < begin + 8; ++i) tokens.push_back(words_[i].span.In(text_));
    const auto match = codebook_.MatchTitle(tokens);
    if (!match || match->second == 0) return std::nullopt;
    return match->second;
  }

  // "Brigadier General Salim Qasim", "local doctor Ammar Zuhri", "UNHCR chief Filippo Grandi".
  bool ReadPerson(WordRange range, Nominal& nominal) const {
    WordIndex name_begin = range.end;
    while (name_begin > range.begin && IsNameWord(words_[name_begin - 1]) && words_[name_begin - 1].entries.empty()) {
      --name_begin;
    }
    // A codebook's person may carry the name.
    if (name_begin == range.end && IsPersonEntry(words_[range.end - 1])) name_begin = range.end - 1;
    bool title = false;
    for (WordIndex i = range.begin; i < range.end; ++i) {
      const auto length = TitleAt(i, range.end);
      if (!length) continue;
      const auto after = static_cast<WordIndex>(i + *length);
      if (after >= range.end) {
        // The phrase is a title itself: "the official", "Russian general".
        if (name_begin <= i && name_begin == range.begin && i > range.begin) break;
        nominal.what = NominalKind::kEntity;
        nominal.kind = EntityKind::kPerson;
        nominal.sure = true;
        nominal.unit = "person";
        if (nominal.plural) nominal.kind = EntityKind::kPeople;
        return true;
      }
      if (AllNames({after, range.end}) && codebook_.FindNoun(words_[range.end - 1].noun) == nullptr) {
        name_begin = after;
        title = true;
      }
    }
    if (name_begin >= range.end || name_begin == range.begin) {
      if (title || name_begin != range.begin) return false;
      return false;
    }
    if (!title) {
      const Word& before = words_[name_begin - 1];
      const codebook::Noun* noun = before.cls == WordClass::kNominal ? codebook_.FindNoun(before.noun) : nullptr;
      if (noun == nullptr || before.plural || noun->collective ||
          (noun->kind != EntityKind::kPerson && noun->kind != EntityKind::kPeople &&
           noun->kind != EntityKind::kForce)) {
        return false;
      }
    }
    nominal.what = NominalKind::kEntity;
    nominal.kind = EntityKind::kPerson;
    nominal.named = nominal.sure = true;
    nominal.unit = "person";
    nominal.plural = false;
    const WordRange title_range{range.begin, name_begin};
    nominal.title = Text(title_range);
    nominal.title_span = SpanOf(title_range);
    nominal.name_span = SpanOf({name_begin, range.end});
    if (words_[range.end - 1].genitive) --nominal.name_span.end;
    nominal.name = base::CollapseSpace(nominal.name_span.In(text_));
    // "Ahmed Barzani" is not the Barzani that the codebook knows.
    const bool other_first_name = name_begin + 1 < range.end && words_[range.end - 2].cls == WordClass::kName;
    if (IsPersonEntry(words_[range.end - 1]) && !other_first_name) nominal.entries = words_[range.end - 1].entries;
    return true;
  }

  static bool IsPersonEntry(const Word& word) {
    return !word.entries.empty() && word.entries[0]->kind == EntityKind::kPerson;
  }
  bool IsNameWord(const Word& word) const {
    return word.cls == WordClass::kName && (!sentence_.title_case || codebook_.FindNoun(word.noun) == nullptr);
  }
  bool AllNames(WordRange range) const {
    for (WordIndex i = range.begin; i < range.end; ++i) {
      if (words_[i].cls != WordClass::kName || (!words_[i].entries.empty() && !IsPersonEntry(words_[i]))) return false;
    }
    return !range.empty();
  }

  // The head is a name of the codebook.
  bool ReadCodebookName(WordRange range, Nominal& nominal) const {
    const Word& head = words_[range.end - 1];
    if (head.entries.empty()) return false;
    if (range.end - range.begin > 1 && head.entries[0]->kind == EntityKind::kPlace &&
        StartsPlaceName(words_[range.end - 2].lower) && !IsSide(words_[range.end - 2].lower) &&
        words_[range.end - 2].entries.empty()) {
      // "Tal Qarah" is not the Qarah that the codebook knows.
      nominal.what = NominalKind::kEntity;
      nominal.kind = EntityKind::kPlace;
      nominal.named = nominal.sure = true;
      nominal.name_span = SpanOf({range.end - 2, range.end});
      if (head.genitive) --nominal.name_span.end;
      nominal.name = base::CollapseSpace(nominal.name_span.In(text_));
      nominal.unit = "item";
      return true;
    }
    nominal.what = NominalKind::kEntity;
    nominal.entries = head.entries;
    nominal.kind = head.entries[0]->kind;
    nominal.named = nominal.sure = true;
    nominal.name_span = head.span;
    if (head.genitive) --nominal.name_span.end;
    nominal.name = base::CollapseSpace(nominal.name_span.In(text_));
    const bool persons = nominal.kind == EntityKind::kPerson || nominal.kind == EntityKind::kPeople ||
                         nominal.kind == EntityKind::kForce;
    nominal.unit = persons ? "person" : "item";
    const bool first_name = range.end - range.begin == 2 && words_[range.begin].cls == WordClass::kName &&
                            words_[range.begin].entries.empty() &&
                            codebook_.FindDemonym(words_[range.begin].span.In(text_), sentence_.caseless) == nullptr &&
                            !TitleAt(range.begin, range.end);
    if (nominal.kind == EntityKind::kPerson && first_name) {
      nominal.entries.clear();
      nominal.name_span.begin = words_[range.begin].span.begin;
      nominal.name = base::CollapseSpace(nominal.name_span.In(text_));
    }
    return true;
  }

  void ReadHeadNoun(ChunkIndex c, WordRange range, Nominal& nominal) const {
    const Word& head = words_[range.end - 1];
    // "40 kilometres west": a distance.
    for (WordIndex i = range.begin; nominal.number >= 0 && i + 1 < range.end; ++i) {
      const std::string_view word[] = {words_[i].span.In(text_)};
      if (i > nominal.number_word && codebook_.MatchUnit(word)) return;
    }
    // "Idlib city", "the al-Tanf area": the place before the designator.
    if (range.end - range.begin > 1 && IsPlaceDesignator(head.lower) && !words_[range.end - 2].entries.empty() &&
        words_[range.end - 2].entries[0]->kind == EntityKind::kPlace && !words_[range.end - 2].genitive) {
      nominal.what = NominalKind::kEntity;
      nominal.kind = EntityKind::kPlace;
      nominal.entries = words_[range.end - 2].entries;
      nominal.named = nominal.sure = true;
      nominal.name_span = SpanOf({range.end - 2, range.end});
      nominal.name = Text({range.end - 2, range.end});
      return;
    }
    // A name that goes on after "of" or "for" is what its first part is: "Center for the Reconciliation".
    WordRange core = range;
    for (WordIndex i = range.begin + 1; i < range.end; ++i) {
      if (words_[i].cls == WordClass::kPreposition) {
        core.end = i;
        break;
      }
    }
    const codebook::Noun* noun = FindNounPhrase(core);
    if (noun != nullptr) {
      nominal.what = NominalKind::kEntity;
      nominal.kind = noun->kind;
      nominal.sure = true;
      if (const Word* body = BodyBefore(range)) {
        nominal.entries = body->entries;
        nominal.kind = body->entries[0]->kind;
        nominal.named = nominal.described = true;
        nominal.name = base::CollapseSpace(body->span.In(text_));
        nominal.name_span = body->span;
        nominal.unit = noun->unit;
        return;
      }
      nominal.unit = noun->unit;
      nominal.collective = noun->collective;
      nominal.named = head.capital && head.cls == WordClass::kName && !sentence_.title_case &&
                      (range.end - range.begin > 1 || chunks_[c].definite);
      return;
    }
    // "Russian military police personnel": unknown, but what the name before it is.
    if (head.cls != WordClass::kName && range.end - range.begin > 1 && !words_[range.end - 2].entries.empty()) {
      const EntityKind kind = words_[range.end - 2].entries[0]->kind;
      if (kind == EntityKind::kForce) {
        nominal.what = NominalKind::kEntity;
        nominal.kind = kind;
        return;
      }
    }
    if (head.cls != WordClass::kName) {
      if (codebook_.FindDemonym(head.span.In(text_), sentence_.caseless) != nullptr && head.plural) {
        nominal.what = NominalKind::kEntity;
        nominal.kind = EntityKind::kPeople;
        nominal.sure = true;
        nominal.unit = "person";
      }
      return;
    }
    const std::string_view word = head.span.In(text_);
    if (codebook_.FindDemonym(word, sentence_.caseless) != nullptr) {
      nominal.what = head.plural || range.end - range.begin == 1 ? NominalKind::kEntity : NominalKind::kOther;
      nominal.kind = EntityKind::kPeople;
      nominal.sure = head.plural;
      nominal.unit = "person";
      return;
    }
    ReadUnknownName(c, range, nominal);
  }

  // "ISIL terrorists", "the PKK terrorist organization": the body's name before words that only say what it is.
  const Word* BodyBefore(WordRange range) const {
    const Word& head = words_[range.end - 1];
    const bool armed = OneOf(head.noun, {"militant", "fighter", "terrorist", "gunman", "jihadist", "jihadi", "rebel",
                                         "insurgent", "extremist", "soldier", "troop", "force"});
    const bool whole =
        !head.plural && OneOf(head.noun, {"group", "organization", "organisation", "movement", "militia"});
    if (!armed && !whole && !(head.plural && OneOf(head.noun, {"unit", "element", "member"}))) return nullptr;
    for (WordIndex i = range.end - 1; i-- > range.begin;) {
      const Word& word = words_[i];
      if (!word.entries.empty()) {
        const bool one_body = word.entries.size() == 1 && word.entries[0]->kind == EntityKind::kForce;
        return one_body && !word.genitive ? &word : nullptr;
      }
      if (!OneOf(word.noun,
                 {"terrorist", "terror", "militant", "armed", "jihadist", "extremist", "rebel", "insurgent"}))
        return nullptr;
    }
    return nullptr;
  }

  const codebook::Noun* FindNounPhrase(WordRange range) const {
    for (WordIndex begin = range.end > range.begin + 3 ? range.end - 3 : range.begin; begin < range.end; ++begin) {
      std::string phrase;
      for (WordIndex i = begin; i < range.end; ++i) {
        if (!phrase.empty()) phrase += ' ';
        phrase += i + 1 == range.end ? words_[i].noun : words_[i].lower;
      }
      if (const codebook::Noun* noun = codebook_.FindNoun(phrase)) return noun;
    }
    // "rescue-workers", "ex-fighters": the part after the hyphen decides.
    const std::string& last = words_[range.end - 1].noun;
    const size_t hyphen = last.rfind('-');
    return hyphen == std::string::npos ? nullptr : codebook_.FindNoun(last.substr(hyphen + 1));
  }

  // A capitalised run that no list knows: a common noun before it, the preposition before it, or its length decide.
  void ReadUnknownName(ChunkIndex c, WordRange range, Nominal& nominal) const {
    if (sentence_.title_case && nominal.number >= 0) return;  // "136 Times": capitals tell nothing there
    if (range.end - range.begin == 1 && IsDirection(words_[range.begin].lower))
      return;  // "the Western and Eastern parts"
    WordIndex begin = range.end;
    while (begin > range.begin && words_[begin - 1].capital && words_[begin - 1].cls == WordClass::kName) --begin;
    nominal.what = NominalKind::kEntity;
    nominal.named = true;
    nominal.name_span = SpanOf({begin, range.end});
    if (words_[range.end - 1].genitive) --nominal.name_span.end;
    nominal.name = base::CollapseSpace(nominal.name_span.In(text_));
    if (begin > range.begin) {
      if (const codebook::Noun* noun = codebook_.FindNoun(words_[begin - 1].noun)) {
        nominal.kind = noun->kind;
        nominal.sure = true;
        nominal.unit = noun->unit;
        return;
      }
    }
    const bool locative =
        c > 0 && chunks_[c - 1].kind == ChunkKind::kPreposition && IsLocative(words_[chunks_[c - 1].head].lower);
    // "MoD", "SOHR", "YPG"
    const bool acronym =
        nominal.name.size() <= 6 &&
        std::count_if(nominal.name.begin(), nominal.name.end(), [](char ch) { return ch >= 'A' && ch <= 'Z'; }) >= 2 &&
        nominal.name.find(' ') == std::string::npos && nominal.name.find('-') == std::string::npos;
    if (chunks_[c].definite && words_[range.end - 1].plural && range.end - begin == 1) {
      nominal.kind = EntityKind::kForce;  // "the Takfiris", also in "the city of the Takfiris"
      nominal.named = false;
    } else if (IsOfPlaces(c)) {
      nominal.kind = EntityKind::kPlace;
    } else if (acronym) {
      nominal.kind = EntityKind::kOrganization;
    } else if (locative) {
      nominal.kind = EntityKind::kPlace;
    } else {
      nominal.kind = range.end - begin >= 2 ? EntityKind::kPerson : EntityKind::kPlace;
    }
  }

  static bool IsSide(std::string_view lower) {
    return OneOf(lower, {"east", "west", "north", "south", "upper", "lower", "camp", "port", "mount", "old", "new"});
  }
  static bool IsDirection(std::string_view lower) {
    return OneOf(lower,
                 {"northern", "southern", "eastern", "western", "central", "rural", "northeastern", "northwestern",
                  "southeastern", "southwestern", "north-eastern", "north-western", "south-eastern", "south-western"});
  }

  bool IsLand(const std::string& noun) const {
    return IsPlaceDesignator(noun) || OneOf(noun, {"hill", "mountain", "plain", "desert", "countryside", "crossing",
                                                   "outskirt", "farm", "field", "oilfield", "axis", "road"});
  }

  // "in the towns of A, B and C": whatever they are called.
  bool IsOfPlaces(ChunkIndex c) const {
    while (c >= 1 && (chunks_[c - 1].kind == ChunkKind::kNounPhrase || chunks_[c - 1].kind == ChunkKind::kComma ||
                      chunks_[c - 1].kind == ChunkKind::kConjunction)) {
      --c;
    }
    return c >= 2 && chunks_[c - 1].kind == ChunkKind::kPreposition && words_[chunks_[c - 1].head].lower == "of" &&
           chunks_[c - 2].kind == ChunkKind::kNounPhrase && IsLand(words_[chunks_[c - 2].head].noun);
  }

  // "town of X", "members of X": joins the phrase after "of" to the one before.
  void AttachOf(ChunkIndex c) {
    if (chunks_[c].kind != ChunkKind::kNounPhrase || c + 2 >= chunks_.size()) return;
    if (chunks_[c + 1].kind != ChunkKind::kPreposition || words_[chunks_[c + 1].head].lower != "of") return;
    const ChunkIndex object = FirstUnpossessed(c + 2);
    Nominal* outer = Mutable(c);
    Nominal* inner = Mutable(object);
    if (outer == nullptr || inner == nullptr || outer->what == NominalKind::kEvent || chunks_[c].possessed) return;
    outer->of = static_cast<int32_t>(object);
    out_.attached_to[object] = static_cast<int32_t>(c);
    const base::Span whole{outer->span.begin, std::max(outer->span.end, inner->span.end)};
    const bool bare_number = words_[chunks_[c].head].cls == WordClass::kNumber;
    outer->transparent = bare_number ||
                         (IsPlaceDesignator(outer->head) && inner->named && inner->what == NominalKind::kEntity) ||
                         (IsContainer(outer->head) && inner->what != NominalKind::kPronoun);
    const std::string_view head_word[] = {words_[chunks_[c].head].span.In(text_)};
    outer->measure =
        bare_number || IsMeasureWord(outer->head) || (outer->number >= 0 && codebook_.MatchUnit(head_word).has_value());
    outer->transparent = outer->transparent || (outer->measure && inner->what == NominalKind::kEntity);
    if (outer->what == NominalKind::kPronoun) {
      outer->transparent = inner->what == NominalKind::kEntity;
    }
    // "the rest of them": persons, whoever they are.
    if (outer->what == NominalKind::kOther && IsContainer(outer->head) && inner->what == NominalKind::kPronoun) {
      outer->what = NominalKind::kEntity;
      outer->kind = EntityKind::kPeople;
      outer->unit = "person";
    }
    // "members of armed groups" are a force themselves.
    if (outer->what == NominalKind::kEntity && outer->kind == EntityKind::kPeople && outer->head == "member" &&
        inner->what == NominalKind::kEntity && inner->kind == EntityKind::kForce) {
      outer->kind = EntityKind::kForce;
    }
    if (outer->transparent && inner->what == NominalKind::kEntity) {
      if (outer->what != NominalKind::kEntity || outer->kind != EntityKind::kPlace || IsContainer(outer->head)) {
        if (outer->what == NominalKind::kOther || outer->what == NominalKind::kPronoun || !outer->sure ||
            IsContainer(outer->head)) {
          outer->kind = inner->kind;
          outer->what = NominalKind::kEntity;
        }
        if (outer->unit.empty()) outer->unit = inner->unit;
      }
    }
    outer->span = whole;
    outer->text = base::CollapseSpace(whole.In(text_));
    if (!outer->named) LowerFirst(words_[FirstWordAt(c, whole)], *outer);
    if (!outer->named) {
      outer->name = outer->text;
      outer->name_span = whole;
    }
  }

  // "Syrian", "Kurdish": of a state, people or creed.
  bool NamesPeople(std::string_view word) const {
    return codebook_.FindDemonym(word, sentence_.caseless) != nullptr ||
           OneOf(base::Lower(word), {"kurdish", "arab", "sunni", "shiite", "shia", "alawite", "druze", "turkmen",
                                     "yazidi", "christian", "muslim", "islamist", "jihadist"});
  }

  // "three French, two Dutch and five Belgian ships": the noun belongs to every member of the list.
  void Distribute(ChunkIndex c) {
    Nominal* nominal = Mutable(c);
    if (nominal == nullptr || nominal->plural || words_[chunks_[c].head].cls != WordClass::kName ||
        !NamesPeople(nominal->name)) {
      return;
    }
    const bool counted = nominal->number >= 0;
    ChunkIndex next = c + 1;
    while (next < chunks_.size() &&
           (chunks_[next].kind == ChunkKind::kComma || chunks_[next].kind == ChunkKind::kConjunction)) {
      ++next;
    }
    const Nominal* other = Mutable(next);
    // "Russian and Syrian airstrikes": who they are is read with the event.
    if (next != c + 1 && other != nullptr && other->what == NominalKind::kEvent && !counted) {
      nominal->what = NominalKind::kOther;
      return;
    }
    if (next == c + 1 || other == nullptr || other->unit.empty() || other->what != NominalKind::kEntity) return;
    const size_t blank = other->text.find(' ');
    if (blank == std::string::npos || counted != (other->number >= 0)) return;
    // "Russian and Syrian warplanes": not "Ankara, Russian troops".
    if (!counted && !NamesPeople(other->text.substr(0, blank))) return;
    std::string rest = other->text.substr(blank);
    for (const std::string_view whose : {" regime", " government"}) {
      if (rest.starts_with(whose) && rest.size() > whose.size()) rest = rest.substr(whose.size());
    }
    nominal->text = nominal->text + rest;
    nominal->name = nominal->text;
    nominal->kind = other->kind;
    nominal->what = other->what;
    nominal->sure = other->sure;
    nominal->named = false;
    nominal->plural = true;
    nominal->head = other->head;
    nominal->unit = other->unit;
    nominal->entries.clear();
  }

  // The phrase whose genitive chain starts at c: "of [Iraq]'s [Ministry of Defence]".
  ChunkIndex FirstUnpossessed(ChunkIndex c) const {
    while (c + 1 < chunks_.size() && chunks_[c].kind == ChunkKind::kNounPhrase && chunks_[c].possessed) ++c;
    return c;
  }

  WordIndex FirstWordAt(ChunkIndex c, base::Span span) const {
    WordIndex i = chunks_[c].words.begin;
    while (i + 1 < chunks_[c].words.end && words_[i].span.begin < span.begin) ++i;
    return i;
  }

  Nominal* Mutable(ChunkIndex c) {
    return c < out_.by_chunk.size() && out_.by_chunk[c] >= 0 ? &out_.list[static_cast<size_t>(out_.by_chunk[c])]
                                                             : nullptr;
  }

  const Sentence& sentence_;
  const std::vector<Word>& words_;
  const std::vector<Chunk>& chunks_;
  std::string_view text_;
  const codebook::Codebook& codebook_;
  Nominals out_;
};

}  // namespace

bool StartsPlaceName(std::string_view lower) {
  return OneOf(lower, {"tariq",   "bustan", "bab",     "deir",    "der",    "dayr",    "tal",     "tel",   "tell",
                       "kafr",    "kafar",  "khan",    "jabal",   "jebel",  "ain",     "ayn",     "ein",   "beit",
                       "bayt",    "bani",   "beni",    "abu",     "umm",    "um",      "ras",     "wadi",  "bir",
                       "masaken", "sheikh", "shaykh",  "saif",    "maarat", "maarrat", "ma'arat", "jisr",  "qalaat",
                       "souq",    "suq",    "khirbet", "khirbat", "burj",   "talat",   "harat",   "hay",   "camp",
                       "new",     "old",    "east",    "west",    "north",  "south",   "upper",   "lower", "al",
                       "el",      "mount",  "port",    "saint",   "st",     "san",     "mazraat", "qasr",  "nahr"});
}

bool IsPlaceDesignator(std::string_view noun) {
  return OneOf(noun,
               {"city",         "town",         "village",       "province", "governorate", "district", "region",
                "camp",         "neighborhood", "neighbourhood", "suburb",   "state",       "capital",  "port",
                "municipality", "hamlet",       "island",        "area",     "enclave",     "valley",   "locality",
                "settlement",   "canton",       "county",        "oblast",   "republic",    "kingdom"});
}

Nominals ReadNominals(const Sentence& sentence, const std::vector<Chunk>& chunks, std::string_view text,
                      const codebook::Codebook& codebook) {
  return NominalReader(sentence, chunks, text, codebook).Run();
}

}  // namespace sitgraph::extract
