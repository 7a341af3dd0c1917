#include <algorithm>

#include "src/extract/kinds.h"
#include "src/extract/mentions.h"
#include "src/extract/phrases.h"

namespace sitgraph::extract {
namespace {

using codebook::Cue;
using codebook::EntityKind;
using codebook::TriggerPart;

bool IsBe(std::string_view lower) {
  return OneOf(lower, {"be", "am", "is", "are", "was", "were", "been", "being", "'re", "'m", "isnt", "arent", "wasnt",
                       "werent", "get", "got", "gets"});
}

class Chunker {
 public:
  Chunker(const Sentence& sentence, const codebook::Codebook& codebook)
      : words_(sentence.words),
        capitals_tell_nothing_(sentence.title_case || sentence.caseless),
        codebook_(codebook),
        triggers_(codebook.triggers()) {}

  std::vector<Chunk> Run() {
    while (at_ < words_.size()) Step();
    return std::move(chunks_);
  }

 private:
  void Step() {
    switch (words_[at_].cls) {
      case WordClass::kNominal:
      case WordClass::kName:
      case WordClass::kDeterminer:
      case WordClass::kNumber:
        return NounPhrase();
      case WordClass::kPronoun:
        return Single(ChunkKind::kNounPhrase, true);
      case WordClass::kPossessive:
        return IsGenitive(at_) ? Single(ChunkKind::kAdverb) : NounPhrase();
      case WordClass::kVerb:
      case WordClass::kAuxiliary:
      case WordClass::kModal:
      case WordClass::kTo:
        return VerbGroup();
      case WordClass::kAdverb:
      case WordClass::kNegation:
        return AdverbOrVerb();
      case WordClass::kPreposition:
        return Single(ChunkKind::kPreposition);
      case WordClass::kConjunction:
        Single(ChunkKind::kConjunction);
        // "as well as" is one conjunction.
        while (at_ < words_.size() && words_[at_].cls == WordClass::kConjunction && words_[at_].lower != "and") {
          chunks_.back().words.end = ++at_;
        }
        return;
      case WordClass::kComma:
        return Single(ChunkKind::kComma);
      case WordClass::kSubordinator:
        return Single(ChunkKind::kSubordinator);
      case WordClass::kRelative:
        return Single(ChunkKind::kRelative);
      case WordClass::kTime:
        return Time();
      case WordClass::kOpen:
        return Single(ChunkKind::kOpen);
      case WordClass::kClose:
        return Single(ChunkKind::kClose);
      case WordClass::kQuote:
        return Single(ChunkKind::kQuote);
      case WordClass::kColon:
      case WordClass::kStop:
      case WordClass::kOther:
        return Single(ChunkKind::kBreak);
    }
  }

  bool IsGenitive(WordIndex i) const {
    return words_[i].lower == "'s" || words_[i].lower == "'" || words_[i].lower == "’";
  }

  void Single(ChunkKind kind, bool pronoun = false) {
    Chunk chunk;
    chunk.kind = kind;
    chunk.words = {at_, at_ + 1};
    chunk.head = at_;
    chunk.pronoun = pronoun;
    chunks_.push_back(std::move(chunk));
    ++at_;
  }

  void Time() {
    const int32_t id = words_[at_].time;
    Chunk chunk;
    chunk.kind = ChunkKind::kTime;
    chunk.head = at_;
    chunk.words.begin = at_;
    while (at_ < words_.size() && words_[at_].cls == WordClass::kTime && words_[at_].time == id) ++at_;
    chunk.words.end = at_;
    chunks_.push_back(std::move(chunk));
  }

  // An adverb before a verb belongs to its group: "completely destroyed".
  void AdverbOrVerb() {
    WordIndex i = at_;
    while (i < words_.size() && (words_[i].cls == WordClass::kAdverb || words_[i].cls == WordClass::kNegation)) ++i;
    const bool verb =
        i < words_.size() && (words_[i].cls == WordClass::kVerb || words_[i].cls == WordClass::kAuxiliary ||
                              words_[i].cls == WordClass::kModal || words_[i].cls == WordClass::kTo);
    if (verb) return VerbGroup();
    Single(ChunkKind::kAdverb);
  }

  bool IsNameLike(const Word& word) const { return word.cls == WordClass::kName || word.capital; }

  // "Center for the Reconciliation", "Ministry of Defence": a name goes on after "of" or "for".
  bool NameGoesOn(WordIndex of) const {
    if (of == 0 || !OneOf(words_[of].lower, {"of", "for"})) return false;
    const Word& head = words_[of - 1];
    if (!head.capital || !head.entries.empty() || of - 1 < at_phrase_) return false;
    const bool goes_on = std::any_of(words_.begin() + at_phrase_, words_.begin() + of,
                                     [](const Word& word) { return word.cls == WordClass::kPreposition; });
    const codebook::Noun* noun = codebook_.FindNoun(head.noun);
    if (!goes_on && (noun == nullptr || noun->kind == EntityKind::kPlace || noun->kind == EntityKind::kPerson))
      return false;
    WordIndex next = of + 1;
    if (next < words_.size() && words_[next].lower == "the") ++next;
    return next < words_.size() && words_[next].capital && words_[next].cls != WordClass::kTime &&
           words_[next].entries.empty() && codebook_.FindDemonym(words_[next].lower) == nullptr;
  }

  void NounPhrase() {
    Chunk chunk;
    chunk.kind = ChunkKind::kNounPhrase;
    chunk.words.begin = at_;
    chunk.possessor = possessor_;
    possessor_ = -1;
    at_phrase_ = at_;
    in_place_list_ = FollowsPlaces(at_);
    bool has_head = false;
    bool in_name = false;  // right behind "of" or "for" inside a name
    while (at_ < words_.size()) {
      const Word& word = words_[at_];
      if (word.lower == "the" && in_name) {
        ++at_;
        continue;
      }
      if (word.cls == WordClass::kDeterminer || (word.cls == WordClass::kPossessive && !IsGenitive(at_))) {
        if (has_head) break;
        // "killing dozens the monitor said": a determiner after a number begins another phrase.
        if (at_ > at_phrase_ && words_[at_ - 1].cls == WordClass::kNumber &&
            OneOf(word.lower, {"the", "a", "an", "this", "that"})) {
          break;
        }
        chunk.negated = chunk.negated || word.lower == "no" || word.lower == "neither";
        chunk.definite = chunk.definite || OneOf(word.lower, {"the", "this", "that", "these", "those"});
      } else if (word.cls == WordClass::kNominal || word.cls == WordClass::kName) {
        if (has_head && BeginsNewPhrase(at_)) break;
        chunk.head = at_;
        has_head = true;
        in_name = false;
        if (word.genitive) {
          ++at_;
          chunk.possessed = true;
          break;
        }
      } else if (word.cls == WordClass::kNumber) {
        if (has_head && !NumberContinues(at_)) break;
        if (!has_head) chunk.head = at_;
      } else if (word.cls == WordClass::kPreposition && has_head && NameGoesOn(at_)) {
        in_name = true;
      } else if (word.cls == WordClass::kAdverb && !has_head && at_ + 1 < words_.size() &&
                 words_[at_ + 1].cls == WordClass::kNominal) {
        // "the strategically important city"
      } else {
        break;
      }
      ++at_;
    }
    // A name that "of" does not continue after all.
    while (at_ > chunk.words.begin + 1 && in_name && words_[at_ - 1].cls != WordClass::kName) --at_;
    chunk.words.end = at_;
    if (!has_head) {
      // "all of them", "this", "1,800": the number or determiner stands for the noun.
      chunk.head = chunk.words.end - 1;
      chunk.pronoun = words_[chunk.head].cls != WordClass::kNumber;
    }
    if (at_ < words_.size() && words_[at_].cls == WordClass::kPossessive && IsGenitive(at_)) {
      chunk.possessed = true;
      ++at_;
    }
    if (chunk.possessed) possessor_ = static_cast<int32_t>(chunks_.size());
    chunks_.push_back(std::move(chunk));
    if (possessor_ >= 0 && (at_ >= words_.size() || !StartsNominal(at_))) {
      chunks_.back().possessed = false;
      possessor_ = -1;
    }
  }

  bool StartsNominal(WordIndex i) const {
    return words_[i].cls == WordClass::kNominal || words_[i].cls == WordClass::kName ||
           words_[i].cls == WordClass::kNumber || words_[i].cls == WordClass::kAdverb;
  }

  // Names side by side that belong to two phrases.
  bool BeginsNewPhrase(WordIndex i) const {
    const Word& word = words_[i];
    const Word& previous = words_[i - 1];
    // "the camp south of Damascus": where it lies, not what it is called.
    if (i + 1 < words_.size() && words_[i + 1].lower == "of" && !word.capital &&
        OneOf(word.lower, {"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"})) {
      return true;
    }
    // "Qadam part of the capital": the comma is missing.
    if (word.lower == "part" && previous.cls == WordClass::kName) return true;
    // "took 20 soldiers captive": what they became is no part of the phrase.
    if (previous.plural && previous.cls == WordClass::kNominal &&
        OneOf(word.lower, {"captive", "hostage", "prisoner", "dead", "wounded", "injured", "homeless", "missing"})) {
      return true;
    }
    // "nine pupils Jordanian radio said", "shops Cairo said": behind a plural noun a name begins anew.
    const bool plural_noun = previous.plural && previous.cls == WordClass::kNominal && !previous.capital;
    if (plural_noun && word.capital && !capitals_tell_nothing_) return true;
    if (plural_noun && SpeaksNext(i)) return true;
    // "died in a night raid local sources said"
    if (previous.cls == WordClass::kNominal && at_phrase_ > 0 &&
        (words_[at_phrase_ - 1].cls == WordClass::kPreposition ||
         words_[at_phrase_ - 1].cls == WordClass::kConjunction) &&
        IsWholeNoun(previous) && SourcesSpeakNext(i)) {
      return true;
    }
    // "clashes around the airport Qasim said"
    const bool person = word.entries.empty() || word.entries[0]->kind == EntityKind::kPerson ||
                        word.entries[0]->kind == EntityKind::kOrganization;
    if (word.capital && word.cls == WordClass::kName && person && previous.cls == WordClass::kNominal &&
        !previous.capital && !previous.lower.ends_with("ern")) {
      WordIndex after = i;
      while (after < words_.size() && words_[after].cls == WordClass::kName) ++after;
      // "a car explosion SANA correspondent reported"
      if (after < words_.size() && words_[after].cls == WordClass::kNominal) {
        const codebook::Noun* speaker = codebook_.FindNoun(words_[after].noun);
        if (speaker != nullptr && (speaker->kind == EntityKind::kPerson || speaker->kind == EntityKind::kOrganization))
          ++after;
      }
      const codebook::Noun* noun = codebook_.FindNoun(previous.noun);
      if (after < words_.size() && words_[after].cls == WordClass::kVerb && words_[after].cues.Has(Cue::kSaying) &&
          (noun == nullptr || noun->kind == EntityKind::kPlace || noun->kind == EntityKind::kFacility)) {
        return true;
      }
    }
    if (TellsAnother(i) || IsOtherNation(i)) return true;
    if (previous.cls != WordClass::kName || previous.genitive) return false;
    if (IsOffice(i)) return true;
    if (SourcesSpeakNext(i) || NamedSpeaksNext(i) || SpeaksBehindPlace(i)) return true;
    if (!in_place_list_ && StartsPlaceName(previous.lower) && previous.entries.empty()) return false;
    if (previous.lower.ends_with("ern") || OneOf(previous.lower, {"rural", "central", "greater"})) return false;
    if (in_place_list_ && word.cls == WordClass::kName) return !StartsPlaceName(previous.lower);
    if (!word.entries.empty()) {
      const EntityKind kind = word.entries[0]->kind;
      // "thanked Jordan Kofi Annan ...": a person is no further part of a country's name.
      const bool country = previous.entries.size() > 1;  // its government and its territory
      if (kind == EntityKind::kPerson && country && codebook_.FindDemonym(previous.lower) == nullptr) return true;
      return kind != EntityKind::kPerson && kind != EntityKind::kMateriel &&
             codebook_.FindDemonym(previous.lower) == nullptr &&
             (!previous.entries.empty() || codebook_.FindNoun(previous.noun) == nullptr);
    }
    // "in Iraq Brigadier General Qasim": a rank begins another phrase where the one before is a place told by "in".
    const bool place = !previous.entries.empty() && previous.entries[0]->kind == EntityKind::kPlace;
    if (!place || at_phrase_ == 0 ||
        !OneOf(words_[at_phrase_ - 1].lower, {"in", "on", "at", "against", "near", "into"})) {
      return false;
    }
    const std::string_view title[] = {word.lower, i + 1 < words_.size() ? std::string_view(words_[i + 1].lower) : ""};
    return codebook_.MatchTitle(title).has_value();
  }

  // "Omar Qasim head of the council": behind a person's full name the comma before the office was lost.
  bool IsOffice(WordIndex i) const {
    const auto names = [&](WordIndex at) { return words_[at].cls == WordClass::kName && words_[at].entries.empty(); };
    const Word& word = words_[i];
    if (word.cls != WordClass::kNominal || word.capital || word.plural || i < at_phrase_ + 2) return false;
    if (!names(i - 1) || !names(i - 2) || capitals_tell_nothing_) return false;
    if (codebook_.FindNoun(words_[i - 1].noun) != nullptr || codebook_.FindNoun(words_[i - 2].noun) != nullptr)
      return false;
    const codebook::Noun* noun = codebook_.FindNoun(word.noun);
    const bool person = noun != nullptr && noun->kind == EntityKind::kPerson && !noun->collective;
    const std::string_view title[] = {word.lower};
    if (!person && !codebook_.MatchTitle(title)) return false;
    return i + 1 >= words_.size() || words_[i + 1].cls != WordClass::kName;
  }

  // "remain in office Turkish officials said": behind a common noun a people's adjective begins a phrase.
  bool IsOtherNation(WordIndex i) const {
    const Word& previous = words_[i - 1];
    if (capitals_tell_nothing_ || !words_[i].capital || previous.capital || previous.cls != WordClass::kNominal)
      return false;
    const codebook::Noun* noun = codebook_.FindNoun(previous.noun);
    const bool whole = noun != nullptr && noun->kind != EntityKind::kForce;
    return whole && codebook_.FindDemonym(words_[i].lower, true) != nullptr;
  }

  // "killings shelling and car bombs": an event noun behind another of its kind in a list that lost its commas.
  bool TellsAnother(WordIndex i) const {
    const auto tells = [&](WordIndex at) {
      return words_[at].cls == WordClass::kNominal &&
             !codebook_.triggers().Find(codebook::TriggerPart::kNoun, words_[at].noun).empty();
    };
    const Word& previous = words_[i - 1];
    const bool whole = previous.plural || (previous.lower.ends_with("ing") && words_[i].lower.ends_with("ing"));
    return whole && i + 1 < words_.size() && words_[i + 1].cls == WordClass::kConjunction && tells(i - 1) && tells(i);
  }

  // One that a phrase can end with, as far as the codebook knows.
  bool IsWholeNoun(const Word& word) const {
    return codebook_.FindNoun(word.noun) != nullptr ||
           !codebook_.triggers().Find(codebook::TriggerPart::kNoun, word.noun).empty();
  }

  // "killing ten civilians activists in the town said": a plural noun for persons whose verb of saying follows.
  bool SpeaksNext(WordIndex i) const {
    constexpr WordIndex kReach = 8;
    const codebook::Noun* noun = words_[i].plural ? codebook_.FindNoun(words_[i].noun) : nullptr;
    if (noun == nullptr || noun->unit != "person" || noun->kind == EntityKind::kForce) return false;
    for (WordIndex j = i + 1; j < words_.size() && j < i + kReach; ++j) {
      if (words_[j].cls == WordClass::kVerb) return words_[j].cues.Has(Cue::kSaying);
      if (words_[j].cls == WordClass::kComma || words_[j].cls == WordClass::kStop) return false;
    }
    return false;
  }

  // "wounded Abu Khalid local sources said": sources with an adjective, whose verb of saying follows,
  // begin anew behind a name.
  bool SourcesSpeakNext(WordIndex i) const {
    if (words_[i].capital || i + 2 >= words_.size() || words_[i].cls != WordClass::kNominal) return false;
    const codebook::Noun* noun = words_[i + 1].plural ? codebook_.FindNoun(words_[i + 1].noun) : nullptr;
    if (noun == nullptr || noun->unit != "person" || words_[i + 1].capital) return false;
    const bool said = words_[i + 2].cls == WordClass::kVerb && words_[i + 2].cues.Has(Cue::kSaying);
    return said && std::any_of(words_.begin(), words_.begin() + at_phrase_,
                               [](const Word& word) { return word.cls == WordClass::kVerb; });
  }

  // "the head of the White Helmets Raed Qasim said": behind a body that the codebook knows, a name of its own
  // whose verb of saying follows.
  bool NamedSpeaksNext(WordIndex i) const {
    const Word& previous = words_[i - 1];
    const bool body = std::any_of(previous.entries.begin(), previous.entries.end(), [](const codebook::Entry* e) {
      return e->kind == EntityKind::kOrganization || e->kind == EntityKind::kForce;
    });
    if (!body || !words_[i].entries.empty()) return false;
    WordIndex after = i;
    while (after < words_.size() && words_[after].cls == WordClass::kName && words_[after].entries.empty() &&
           codebook_.FindNoun(words_[after].noun) == nullptr) {
      ++after;
    }
    return after >= i + 2 && after < words_.size() && words_[after].cls == WordClass::kVerb &&
           words_[after].cues.Has(Cue::kSaying);
  }

  // "near the town of Saraqib Qasim said": what stands in a phrase of place does not speak, so its last name does.
  bool SpeaksBehindPlace(WordIndex i) const {
    if (at_phrase_ == 0 || i + 1 >= words_.size() || words_[i].cls != WordClass::kName) return false;
    if (!OneOf(words_[at_phrase_ - 1].lower, {"in", "on", "of", "at", "near", "into"})) return false;
    const bool person = words_[i].entries.empty() || words_[i].entries[0]->kind == EntityKind::kPerson;
    return person && words_[i + 1].cls == WordClass::kVerb && words_[i + 1].cues.Has(Cue::kSaying) &&
           words_[i + 1].form != VerbForm::kGerund && codebook_.FindNoun(words_[i].noun) == nullptr;
  }

  // "in the towns of A B and C": names that follow each other there are places of their own, where commas were lost.
  bool FollowsPlaces(WordIndex i) const {
    while (i >= 2 && words_[i - 1].cls == WordClass::kName && words_[i].cls == WordClass::kName) --i;
    return i >= 2 && OneOf(words_[i - 1].lower, {"of", "in"}) && words_[i - 2].plural &&
           IsPlaceDesignator(words_[i - 2].noun);
  }

  // "Resolution 2118", "Su 24": a number after a name stays with it.
  bool NumberContinues(WordIndex i) const {
    const bool counts = i + 1 < words_.size() && (words_[i + 1].plural || words_[i + 1].capital);
    if (in_place_list_ && !counts && words_[i - 1].cls == WordClass::kName) return true;  // "Mazzeh 86"
    return words_[i - 1].cls == WordClass::kName && i + 1 < words_.size() && words_[i].number < 0;
  }

  void VerbGroup() {
    Chunk chunk;
    chunk.kind = ChunkKind::kVerbGroup;
    chunk.words.begin = at_;
    bool be = false;
    bool have = false;
    bool finite_auxiliary = false;
    bool verb = false;
    while (at_ < words_.size() && !verb) {
      const Word& word = words_[at_];
      switch (word.cls) {
        case WordClass::kModal:
          chunk.cues.Add(word.cues);
          finite_auxiliary = true;
          break;
        case WordClass::kAuxiliary:
          be = IsBe(word.lower);
          have = have || OneOf(word.lower, {"have", "has", "had", "'ve", "hasnt", "havent", "hadnt"});
          finite_auxiliary = finite_auxiliary || !OneOf(word.lower, {"being", "having", "be"});
          if (word.lower.ends_with("nt")) chunk.cues.Add(Cue::kNegation);
          break;
        case WordClass::kTo:
          chunk.infinitive = true;
          break;
        case WordClass::kNegation:
          chunk.cues.Add(Cue::kNegation);
          break;
        case WordClass::kAdverb:
          if (word.cues.Has(Cue::kPossible)) chunk.cues.Add(Cue::kPossible);
          break;
        case WordClass::kDeterminer:
          break;  // "have all been liberated"
        case WordClass::kVerb:
          verb = true;
          chunk.head = at_;
          break;
        default:
          goto end;
      }
      ++at_;
    }
  end:
    chunk.words.end = at_;
    if (!verb) {
      chunk.kind = ChunkKind::kAdverb;
      chunk.head = chunk.words.begin;
      chunks_.push_back(std::move(chunk));
      if (at_ == chunks_.back().words.begin) {
        chunks_.back().words.end = ++at_;
      }
      return;
    }
    const Word& main = words_[chunk.head];
    const bool participle = main.form == VerbForm::kParticiple;
    chunk.passive = be && participle;
    chunk.gerund = main.form == VerbForm::kGerund && !finite_auxiliary && !chunk.infinitive;
    chunk.participle = participle && !finite_auxiliary && !be && !have && !chunk.infinitive;
    chunk.perfect_or_past = have || main.form == VerbForm::kPast || chunk.participle;
    chunk.lemma = main.verb;
    AbsorbParticle(chunk);
    chunk.cues.Add(triggers_.Cues(chunk.lemma));
    chunks_.push_back(std::move(chunk));
  }

  // "hand over", "carry out": the particle belongs to the verb where the codebook says so.
  void AbsorbParticle(Chunk& chunk) {
    if (at_ >= words_.size()) return;
    const Word& next = words_[at_];
    const std::string phrase = chunk.lemma + " " + next.lower;
    // "took place": the noun is part of the verb.
    if (next.cls == WordClass::kNominal && triggers_.Cues(phrase).Has(Cue::kHappening)) {
      chunk.lemma = phrase;
      chunk.words.end = ++at_;
      return;
    }
    const codebook::CueSet cues = triggers_.Cues(phrase);
    if (next.cls == WordClass::kPreposition && (cues.Has(Cue::kReceiving) || cues.Has(Cue::kHappening))) {
      chunk.lemma = phrase;
      chunk.words.end = ++at_;
      return;
    }
    if (next.cls != WordClass::kPreposition && next.cls != WordClass::kAdverb) return;
    bool known = OneOf(next.lower, {"out", "over", "up", "off", "down", "back", "away", "forward"}) &&
                 !triggers_.Cues(phrase).empty();
    for (const uint32_t id : triggers_.Find(TriggerPart::kVerb, chunk.lemma)) {
      const auto& trigger_words = triggers_.triggers()[id].words;
      known = known || (trigger_words.size() == 2 && trigger_words[1] == next.lower);
    }
    if (!known) return;
    chunk.lemma = phrase;
    chunk.words.end = ++at_;
  }

  const std::vector<Word>& words_;
  bool capitals_tell_nothing_ = false;  // in a title or without case
  const codebook::Codebook& codebook_;
  const codebook::TriggerTable& triggers_;
  std::vector<Chunk> chunks_;
  WordIndex at_ = 0;
  WordIndex at_phrase_ = 0;  // where the noun phrase begins that is being read
  bool in_place_list_ = false;
  int32_t possessor_ = -1;
};

}  // namespace

std::vector<Chunk> FindChunks(const Sentence& sentence, const codebook::Codebook& codebook) {
  return Chunker(sentence, codebook).Run();
}

}  // namespace sitgraph::extract
