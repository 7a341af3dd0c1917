#include "src/extract/clauses.h"

#include <algorithm>

#include "src/extract/coordination.h"
#include "src/extract/kinds.h"

namespace sitgraph::extract {
namespace {

using codebook::Cue;
using codebook::EntityKind;
using codebook::TriggerPart;

constexpr ChunkIndex kReach = 60;  // chunks that a clause looks to either side

class ClauseReader {
 public:
  ClauseReader(const Sentence& sentence, const std::vector<Chunk>& chunks, const Nominals& nominals,
               const codebook::Codebook& codebook)
      : sentence_(sentence), words_(sentence.words), chunks_(chunks), nominals_(nominals), codebook_(codebook) {}

  std::vector<Clause> Run() {
    for (ChunkIndex c = 0; c < chunks_.size(); ++c) {
      if (chunks_[c].kind != ChunkKind::kVerbGroup) continue;
      Clause clause;
      clause.verb = c;
      clause.passive = chunks_[c].passive;
      clauses_.push_back(clause);
      clause_of_.push_back(c);
    }
    for (size_t k = 0; k < clauses_.size(); ++k) ReadRight(k);
    for (size_t k = 0; k < clauses_.size(); ++k) ReadLeft(k);
    for (size_t k = clauses_.size(); k-- > 1;) ShareBack(k);
    AssignTimes();
    return std::move(clauses_);
  }

 private:
  const Chunk& VerbOf(size_t k) const { return chunks_[clauses_[k].verb]; }
  std::string_view Lower(ChunkIndex c) const { return words_[chunks_[c].head].lower; }
  bool Is(ChunkIndex c, ChunkKind kind) const { return c < chunks_.size() && chunks_[c].kind == kind; }

  bool IsFinite(const Chunk& verb) const { return !verb.infinitive && !verb.gerund && !verb.participle; }

  // Whether the noun phrase at c is the subject of a finite verb that follows: "[said] terrorists attacked".
  bool OpensClause(ChunkIndex c) const {
    ChunkIndex j = PhraseEnd(sentence_, chunks_, c);
    for (ChunkIndex steps = 0; j < chunks_.size() && steps < kReach; ++steps) {
      if (Is(j, ChunkKind::kAdverb) || Is(j, ChunkKind::kTime)) {
        ++j;
        continue;
      }
      if (Is(j, ChunkKind::kPreposition) && Is(j + 1, ChunkKind::kNounPhrase)) {
        j = PhraseEnd(sentence_, chunks_, j + 1);
        continue;
      }
      if (Is(j, ChunkKind::kOpen)) {
        while (j < chunks_.size() && !Is(j, ChunkKind::kClose)) ++j;
        ++j;
        continue;
      }
      break;
    }
    if (j >= chunks_.size() || chunks_[j].kind != ChunkKind::kVerbGroup) return false;
    // "the monitor said", "troops attacked the town": a bare past tense with a verb of saying or an object.
    const bool past =
        chunks_[j].participle &&
        (chunks_[j].cues.Has(Cue::kSaying) || Is(j + 1, ChunkKind::kNounPhrase) || Is(j + 1, ChunkKind::kSubordinator));
    // "[said] the raid on Homs killed ten": what has an object is no passive, wherever it stands.
    return IsFinite(chunks_[j]) ||
           (past && (j == PhraseEnd(sentence_, chunks_, c) || Is(j + 1, ChunkKind::kNounPhrase)));
  }

  void Add(size_t k, std::string slot, ChunkIndex phrase) {
    clauses_[k].arguments.push_back({std::move(slot), phrase, false});
  }

  // Objects and prepositional phrases after the verb.
  void ReadRight(size_t k) {
    Clause& clause = clauses_[k];
    ChunkIndex j = clause.verb + 1;
    bool object = false;
    clause.begin = clause.verb;
    const ChunkIndex limit = std::min<ChunkIndex>(static_cast<ChunkIndex>(chunks_.size()), clause.verb + 4 * kReach);
    while (j < limit) {
      const Chunk& chunk = chunks_[j];
      if (chunk.kind == ChunkKind::kAdverb || chunk.kind == ChunkKind::kTime || chunk.kind == ChunkKind::kQuote) {
        ++j;
      } else if (chunk.kind == ChunkKind::kNounPhrase) {
        // "troops who seized Homs are waiting": the phrase right behind a relative clause's verb is its object.
        const ChunkIndex before = SkipAdverbsLeft(clause.verb);
        const bool relative = !object && j == clause.verb + 1 && before > 0 && Is(before - 1, ChunkKind::kRelative);
        const ChunkIndex next = PhraseEnd(sentence_, chunks_, j);
        const bool harms_on = j == clause.verb + 1 && !clause.passive && Harms(clause.verb) && Harms(next) &&
                              chunks_[next].participle && Is(next + 1, ChunkKind::kNounPhrase);
        // "leaving eight people injured": what they became is no clause of its own.
        const bool left = chunks_[clause.verb].lemma == "leave" && Harms(next);
        if (!relative && !harms_on && !left && (OpensClause(j) || IsHarmedNext(clause.verb, j))) break;
        ChunkIndex end = j;
        if (object && !Is(j - 1, ChunkKind::kNounPhrase) && !Is(j - 1, ChunkKind::kAdverb)) break;
        for (const ChunkIndex phrase : Conjuncts(sentence_, chunks_, j, end)) {
          Add(k, object ? "object2" : "object", phrase);
        }
        object = true;
        j = std::max(end, j + 1);
      } else if (chunk.kind == ChunkKind::kPreposition) {
        if (!Is(j + 1, ChunkKind::kNounPhrase)) {
          if (Is(j + 1, ChunkKind::kPreposition) || Is(j + 1, ChunkKind::kTime) || Is(j + 1, ChunkKind::kAdverb)) {
            ++j;
            continue;
          }
          break;
        }
        ChunkIndex end = j + 1;
        const std::string slot(Lower(j));
        const auto list = Conjuncts(sentence_, chunks_, j + 1, end);
        for (const ChunkIndex phrase : list) Add(k, SlotOfConjunct(k, slot, list[0], phrase), phrase);
        j = std::max(end, j + 2);
      } else if (chunk.kind == ChunkKind::kOpen) {
        while (j < limit && !Is(j, ChunkKind::kClose)) ++j;
        ++j;
      } else if (chunk.kind == ChunkKind::kBreak && Is(j + 1, ChunkKind::kPreposition) &&
                 OneOf(Lower(j), {"-", "–", "—", "--"})) {
        ++j;
      } else if (chunk.kind == ChunkKind::kComma &&
                 (Is(j + 1, ChunkKind::kPreposition) || Is(j + 1, ChunkKind::kTime)) &&
                 !PrepositionalClauseFollows(j + 1)) {
        ++j;
      } else if (chunk.kind == ChunkKind::kComma && SkipsApposition(j)) {
        j = AppositionEnd(j);
      } else {
        break;
      }
    }
    clause.end = std::min<ChunkIndex>(j, static_cast<ChunkIndex>(chunks_.size()));
  }

  // "by officers from the centre and representatives of the opposition": a conjunct that is no such thing as the first
  // belongs to the phrase before.
  std::string SlotOfConjunct(size_t k, const std::string& slot, ChunkIndex first, ChunkIndex phrase) const {
    const auto& arguments = clauses_[k].arguments;
    const Nominal* one = nominals_.At(first);
    const Nominal* two = nominals_.At(phrase);
    if (phrase == first || arguments.empty() || one == nullptr || two == nullptr || one->kind == two->kind) return slot;
    for (size_t i = arguments.size(); i-- > 0;) {
      if (arguments[i].slot == slot) continue;
      const Nominal* before = nominals_.At(arguments[i].phrase);
      const bool same = before != nullptr && before->what == NominalKind::kEntity && before->kind == two->kind &&
                        before->plural == two->plural;
      return same ? arguments[i].slot : slot;
    }
    return slot;
  }

  // ", in Homs the army attacked": the fronted phrase belongs to the next clause.
  bool PrepositionalClauseFollows(ChunkIndex c) const {
    ChunkIndex j = c;
    while (Is(j, ChunkKind::kPreposition) && Is(j + 1, ChunkKind::kNounPhrase))
      j = PhraseEnd(sentence_, chunks_, j + 1);
    if (Is(j, ChunkKind::kComma)) ++j;
    return Is(j, ChunkKind::kNounPhrase) && OpensClause(j);
  }

  // ", a town in the north," between a phrase and what follows.
  bool SkipsApposition(ChunkIndex comma) const {
    const ChunkIndex end = AppositionEnd(comma);
    return end < chunks_.size() && (Is(end, ChunkKind::kPreposition) || Is(end, ChunkKind::kTime));
  }
  ChunkIndex AppositionEnd(ChunkIndex comma) const {
    if (!Is(comma + 1, ChunkKind::kNounPhrase)) return static_cast<ChunkIndex>(chunks_.size());
    ChunkIndex j = PhraseEnd(sentence_, chunks_, comma + 1);
    while (Is(j, ChunkKind::kPreposition) && Is(j + 1, ChunkKind::kNounPhrase))
      j = PhraseEnd(sentence_, chunks_, j + 1);
    return Is(j, ChunkKind::kComma) ? j + 1 : static_cast<ChunkIndex>(chunks_.size());
  }

  // The start of the noun phrase whose last part is chunk c: back over "of" phrases and genitives.
  ChunkIndex PhraseStart(ChunkIndex c) const {
    while (true) {
      if (c > 0 && chunks_[c].possessor >= 0) {
        c = static_cast<ChunkIndex>(chunks_[c].possessor);
      } else if (nominals_.attached_to[c] >= 0) {
        c = static_cast<ChunkIndex>(nominals_.attached_to[c]);
      } else {
        return c;
      }
    }
  }

  // The noun phrase outside prepositional phrases nearest before `c`, or -1. Stops where the clause begins.
  struct Found {
    int32_t phrase = -1;
    int32_t crossed_verb = -1;  // index of a clause that stands between
    bool relative = false;      // a relative pronoun stands between
    bool comma = false;
    bool boundary_seen = false;
  };
  Found FindLeft(ChunkIndex c) const {
    Found found;
    ChunkIndex steps = 0;
    while (c-- > 0 && steps++ < kReach) {
      const Chunk& chunk = chunks_[c];
      switch (chunk.kind) {
        case ChunkKind::kNounPhrase: {
          if (chunk.possessed) continue;
          const ChunkIndex start = PhraseStart(c);
          if (start > 0 && Is(start - 1, ChunkKind::kClose)) {
            // "Islamic State (IS) terrorist group": the phrase goes on behind the bracket.
            c = start;
            continue;
          }
          // "clashes between rebels and troops erupted": the second party is no subject either.
          if (const ChunkIndex between = BetweenBefore(start); between < start) {
            c = between;
            continue;
          }
          // "nine villagers including three girls and their teacher died": the whole is meant, not its parts.
          if (const ChunkIndex list = ListStart(start);
              list < start && list > 0 && Is(list - 1, ChunkKind::kPreposition) && Lower(list - 1) == "including") {
            c = list - 1;
            continue;
          }
          // "fighters from Homs and Hama attacked", "the council, helped by A and B, has": a list after a preposition
          // is no subject.
          if (const ChunkIndex list = ListStart(start); list < start && list > 0 &&
                                                        (found.comma || (IsPlace(start) && IsPlace(start - 2))) &&
                                                        Is(list - 1, ChunkKind::kPreposition)) {
            c = list - 1;
            continue;
          }
          const bool prepositional = start > 0 && Is(start - 1, ChunkKind::kPreposition);
          if (prepositional) {
            c = start - 1;
            continue;
          }
          // The object of a participle in between ("militants, holding the town, fled") is no subject.
          if (start > 0 && Is(start - 1, ChunkKind::kVerbGroup) && !IsFinite(chunks_[start - 1]) &&
              !chunks_[start - 1].participle) {
            c = start - 1;
            if (found.crossed_verb < 0) found.crossed_verb = ClauseIndex(c);
            continue;
          }
          // Appositions without a comma, and "pupils mostly girls of one village".
          if (start >= 1 && Is(start - 1, ChunkKind::kNounPhrase) && IsAppositionHead(start) && IsNamed(start - 1) &&
              IsActor(start - 1)) {
            c = start;
            continue;
          }
          if (const ChunkIndex first = ListStart(start);
              first >= 2 && Is(first - 1, ChunkKind::kAdverb) && Is(first - 2, ChunkKind::kNounPhrase) &&
              OneOf(Lower(first - 1), {"mostly", "mainly", "largely", "many", "most", "all"})) {
            c = first - 1;
            continue;
          }
          // What an earlier verb has for its object is nobody's subject.
          if (start > 0 && Is(start - 1, ChunkKind::kVerbGroup) && IsObjectOf(start - 1, Possessed(chunks_, start))) {
            found.crossed_verb = ClauseIndex(start - 1);
            if (IsFinite(chunks_[start - 1])) return found;
            c = start - 1;
            continue;
          }
          // An apposition: "X, a town in the north, was seized": the phrase before the comma is meant.
          if (start >= 2 && Is(start - 1, ChunkKind::kComma) && Is(start - 2, ChunkKind::kNounPhrase) && found.comma &&
              IsAppositionHead(start)) {
            c = start - 1;
            continue;
          }
          found.phrase = static_cast<int32_t>(start);
          return found;
        }
        case ChunkKind::kVerbGroup:
          if (found.crossed_verb < 0) found.crossed_verb = ClauseIndex(c);
          if (IsFinite(chunk) && !(c > 0 && (Is(c - 1, ChunkKind::kRelative)))) return found;
          continue;
        case ChunkKind::kRelative:
          found.relative = true;
          continue;
        case ChunkKind::kSubordinator:
          return found;
        case ChunkKind::kBreak: {
          // "the three towns – Douma, Harasta and Arbin – were": what stands between dashes is left out.
          const ChunkIndex open = OpeningDash(c);
          if (open == c) return found;
          c = open;
          continue;
        }
        case ChunkKind::kComma:
          found.comma = true;
          continue;
        case ChunkKind::kConjunction:
          continue;
        case ChunkKind::kClose:
          while (c > 0 && !Is(c, ChunkKind::kOpen)) --c;
          continue;
        default:
          continue;
      }
    }
    return found;
  }

  bool IsPlace(ChunkIndex phrase) const {
    const Nominal* nominal = nominals_.At(phrase);
    return nominal != nullptr && nominal->what == NominalKind::kEntity && nominal->kind == EntityKind::kPlace;
  }

  // The first of the phrases that are joined by "and" up to the one at `start`.
  ChunkIndex ListStart(ChunkIndex start) const {
    while (start >= 2 && Is(start - 1, ChunkKind::kConjunction) && Is(start - 2, ChunkKind::kNounPhrase)) {
      start = PhraseStart(start - 2);
    }
    return start;
  }

  // Whether the verb tells that its object comes to harm ("kill", "injure"; not "die").
  bool Harms(ChunkIndex verb) const {
    if (!Is(verb, ChunkKind::kVerbGroup)) return false;
    const auto& table = codebook_.triggers();
    const auto ids = table.Find(TriggerPart::kVerb, chunks_[verb].lemma);
    return std::any_of(ids.begin(), ids.end(), [&](uint32_t id) {
      const codebook::Trigger& trigger = table.triggers()[id];
      return trigger.words.size() == 1 && trigger.type == "casualties" &&
             std::any_of(trigger.frame.begin(), trigger.frame.end(), [](const codebook::SlotRole& entry) {
               return entry.slot == "object" && entry.role == codebook::Role::kTarget;
             });
    });
  }

  // "Five killed four injured": behind the verb at `verb`, the phrase at c is told to be harmed by a verb of its own.
  bool IsHarmedNext(ChunkIndex verb, ChunkIndex c) const {
    const ChunkIndex next = PhraseEnd(sentence_, chunks_, c);
    return Harms(verb) && Harms(next) && !Is(next + 1, ChunkKind::kNounPhrase) &&
           (chunks_[next].participle || chunks_[next].passive);
  }

  // The "between" whose second party starts at `start`, or `start` itself.
  ChunkIndex BetweenBefore(ChunkIndex start) const {
    if (start < 3 || !Is(start - 1, ChunkKind::kConjunction) || !Is(start - 2, ChunkKind::kNounPhrase)) return start;
    const ChunkIndex first = PhraseStart(start - 2);
    const bool between = first > 0 && Is(first - 1, ChunkKind::kPreposition) && Lower(first - 1) == "between";
    return between ? first - 1 : start;
  }

  bool IsObjectOf(ChunkIndex verb, ChunkIndex phrase) const {
    const int32_t k = ClauseIndex(verb);
    if (k < 0) return false;
    const auto& arguments = clauses_[static_cast<size_t>(k)].arguments;
    return std::any_of(arguments.begin(), arguments.end(),
                       [&](const Argument& a) { return a.phrase == phrase && a.slot == "object"; });
  }

  bool IsNamed(ChunkIndex c) const {
    const Nominal* nominal = nominals_.At(c);
    return nominal != nullptr && nominal->named;
  }

  // The dash that the dash at `c` closes, or `c` itself.
  ChunkIndex OpeningDash(ChunkIndex c) const {
    const auto is_dash = [&](ChunkIndex i) { return OneOf(Lower(i), {"–", "—", "--", "-"}); };
    if (!is_dash(c)) return c;
    for (ChunkIndex i = c; i-- > 0 && c - i < 12;) {
      if (Is(i, ChunkKind::kVerbGroup)) return c;
      if (Is(i, ChunkKind::kBreak)) return is_dash(i) ? i : c;
    }
    return c;
  }

  bool IsAppositionHead(ChunkIndex c) const {
    const ChunkIndex head = Possessed(chunks_, c);
    const Nominal* nominal = nominals_.At(head);
    const Chunk& chunk = chunks_[c];
    return nominal != nullptr && !nominal->named &&
           (chunk.definite || OneOf(words_[chunk.words.begin].lower, {"a", "an"}));
  }

  int32_t ClauseIndex(ChunkIndex verb) const {
    const auto found = std::lower_bound(clause_of_.begin(), clause_of_.end(), verb);
    return found != clause_of_.end() && *found == verb ? static_cast<int32_t>(found - clause_of_.begin()) : -1;
  }

  bool HasSlot(size_t k, std::string_view slot) const {
    return std::any_of(clauses_[k].arguments.begin(), clauses_[k].arguments.end(),
                       [&](const Argument& a) { return a.slot == slot; });
  }

  // Takes over the subject (the one who acts or undergoes) of another clause.
  void ShareSubject(size_t k, size_t from) {
    for (const Argument& argument : std::vector<Argument>(clauses_[from].arguments)) {
      // With the subject go the phrases that stand before the verb ("members in Homs were able to").
      const bool before = argument.shared && argument.phrase < clauses_[from].verb && argument.slot != "by";
      if (argument.slot == "subject" || before) clauses_[k].arguments.push_back({argument.slot, argument.phrase, true});
    }
  }

  void AddSubjects(size_t k, ChunkIndex first) {
    const ChunkIndex head = Possessed(chunks_, first);
    // The first of a coordination stands further left: "A, B and C were liberated".
    std::vector<ChunkIndex> heads{head};
    ChunkIndex c = first;
    bool conjunction = false;
    while (c >= 2 && heads.size() < kMaxConjuncts) {
      ChunkIndex before = c - 1;
      if (Is(before, ChunkKind::kConjunction)) {
        conjunction = true;
        --before;
        if (Is(before, ChunkKind::kComma)) --before;
        if (Is(before, ChunkKind::kAdverb) && before > 0) --before;
      } else if (Is(before, ChunkKind::kComma) && conjunction) {
        --before;
      } else if (!conjunction || !Is(before, ChunkKind::kNounPhrase) || !AreListed(sentence_, chunks_, before, c)) {
        break;
      }
      if (!Is(before, ChunkKind::kNounPhrase)) break;
      const ChunkIndex start = PhraseStart(before);
      if (start > 0 && (Is(start - 1, ChunkKind::kPreposition) || Is(start - 1, ChunkKind::kVerbGroup))) break;
      heads.push_back(Possessed(chunks_, start));
      c = start;
    }
    std::reverse(heads.begin(), heads.end());
    for (const ChunkIndex phrase : heads) clauses_[k].arguments.push_back({"subject", phrase, false});
    // "Crews of the local council in Homs managed": phrases between subject and verb tell where, less surely.
    for (ChunkIndex j = PhraseEnd(sentence_, chunks_, first); j < clauses_[k].verb;) {
      if (Is(j, ChunkKind::kPreposition) && Is(j + 1, ChunkKind::kNounPhrase)) {
        const ChunkIndex phrase = Possessed(chunks_, j + 1);
        clauses_[k].arguments.push_back({std::string(Lower(j)), phrase, true});
        j = PhraseEnd(sentence_, chunks_, j + 1);
      } else if (Is(j, ChunkKind::kVerbGroup) || Is(j, ChunkKind::kRelative)) {
        break;
      } else {
        ++j;
      }
    }
    // Fronted phrases: "In Homs, the army ...".
    for (ChunkIndex j = first; j-- > 0;) {
      if (Is(j, ChunkKind::kComma) || Is(j, ChunkKind::kTime) || Is(j, ChunkKind::kAdverb)) continue;
      if (!Is(j, ChunkKind::kNounPhrase)) break;
      const ChunkIndex start = PhraseStart(j);
      if (start == 0 || !Is(start - 1, ChunkKind::kPreposition)) break;
      if (start >= 2 && (Is(start - 2, ChunkKind::kVerbGroup) || Is(start - 2, ChunkKind::kNounPhrase))) break;
      clauses_[k].arguments.push_back({std::string(Lower(start - 1)), Possessed(chunks_, start), true});
      j = start - 1;
    }
    clauses_[k].begin = std::min(clauses_[k].begin, c);
  }

  bool IsActor(ChunkIndex phrase) const {
    const Nominal* nominal = nominals_.At(phrase);
    if (nominal == nullptr) return false;
    if (nominal->what == NominalKind::kPronoun) return true;
    return nominal->what == NominalKind::kEntity &&
           (nominal->kind == EntityKind::kForce || nominal->kind == EntityKind::kPeople ||
            nominal->kind == EntityKind::kPerson || nominal->kind == EntityKind::kOrganization ||
            std::any_of(nominal->entries.begin(), nominal->entries.end(), [](const codebook::Entry* e) {
              return e->kind == EntityKind::kOrganization || e->kind == EntityKind::kForce;
            }));
  }

  // The clause that k hangs on: the nearest verb before it.
  int32_t PreviousClause(size_t k) const { return k == 0 ? -1 : static_cast<int32_t>(k) - 1; }

  void ReadLeft(size_t k) {
    const Chunk& verb = VerbOf(k);
    const ChunkIndex at = clauses_[k].verb;
    if (verb.cues.Has(Cue::kSaying) && (ReadInvertedSaying(k) || ReadAdjacentSpeaker(k))) return;
    if (ReadThroughSaying(k)) return;
    if (verb.infinitive) {
      ReadInfinitive(k);
    } else if (verb.gerund) {
      ReadGerund(k);
    } else if (verb.participle) {
      ReadParticiple(k);
    } else {
      ReadFinite(k, at);
    }
  }

  // "...", said X: the phrase behind the verb of saying is its subject.
  bool ReadInvertedSaying(size_t k) {
    Clause& clause = clauses_[k];
    const ChunkIndex at = clause.verb;
    if (VerbOf(k).infinitive || VerbOf(k).gerund || at == 0) return false;
    // "told Reuters": the one behind the verb hears it.
    if (OneOf(VerbOf(k).lemma, {"tell", "inform"})) return false;
    // What is said is never a person: "..., said the monitor" needs no quotation mark.
    const bool say = VerbOf(k).lemma == "say";
    if (!say && !Is(at - 1, ChunkKind::kQuote) && !Is(at - 1, ChunkKind::kComma)) return false;
    const auto object = std::find_if(clause.arguments.begin(), clause.arguments.end(),
                                     [](const Argument& a) { return a.slot == "object"; });
    if (object == clause.arguments.end()) return false;
    // "said the Observatory": a part of a name that was told before.
    const Chunk& phrase = chunks_[object->phrase];
    if (!IsActor(object->phrase) && !(phrase.definite && words_[phrase.head].capital)) return false;
    if (nominals_.At(object->phrase)->what == NominalKind::kPronoun) return false;
    object->slot = "subject";
    clause.passive = false;
    return true;
  }

  ChunkIndex SkipAdverbsLeft(ChunkIndex c) const {
    while (c > 0 && (Is(c - 1, ChunkKind::kAdverb) || Is(c - 1, ChunkKind::kTime) || Is(c - 1, ChunkKind::kQuote))) --c;
    return c;
  }

  // Whether the phrase right before a verb of saying is a person, whatever stands before it ("south of the town X
  // said").
  bool ReadAdjacentSpeaker(size_t k) {
    const ChunkIndex at = SkipAdverbsLeft(clauses_[k].verb);
    if (at == 0 || !Is(at - 1, ChunkKind::kNounPhrase) || VerbOf(k).infinitive || VerbOf(k).gerund) return false;
    const Nominal* nominal = nominals_.At(at - 1);
    if (nominal == nullptr || nominal->what != NominalKind::kEntity) return false;
    const ChunkIndex start = PhraseStart(at - 1);
    // "near the old bridge a witness said": one who speaks, right behind another phrase.
    const std::string& article = words_[chunks_[at - 1].words.begin].lower;
    const bool speaker = (nominal->kind == EntityKind::kPerson || nominal->kind == EntityKind::kOrganization) &&
                         OneOf(article, {"a", "an"}) && start + 1 == at && start > 0 &&
                         Is(start - 1, ChunkKind::kNounPhrase);
    if (!speaker) {
      if (!nominal->named || nominal->kind != EntityKind::kPerson) return false;
      if (start + 1 == at && !(start > 0 && Is(start - 1, ChunkKind::kPreposition))) return false;
    }
    clauses_[k].arguments.push_back({"subject", at - 1, false});
    clauses_[k].passive = false;
    return true;
  }

  // "fighters, which the monitor said were killed": the verb's subject is what "which" stands for.
  bool ReadThroughSaying(size_t k) {
    if (k == 0 || !VerbOf(k - 1).cues.Has(Cue::kSaying)) return false;
    ChunkIndex c = clauses_[k].verb;
    while (c > 0 && Is(c - 1, ChunkKind::kAdverb)) --c;
    if (c != clauses_[k - 1].verb + 1) return false;
    for (const Argument& argument : clauses_[k - 1].arguments) {
      const ChunkIndex start = PhraseStart(argument.phrase);
      if (argument.slot != "subject" || start == 0 || !Is(start - 1, ChunkKind::kRelative)) continue;
      ReadRelative(k, start - 1);
      return true;
    }
    return false;
  }

  void ReadFinite(size_t k, ChunkIndex at) {
    const ChunkIndex left = SkipAdverbsLeft(at);
    if (left > 0 && Is(left - 1, ChunkKind::kRelative)) return ReadRelative(k, left - 1);
    if (k > 0 && left > 0 && Is(left - 1, ChunkKind::kConjunction)) {
      clauses_[k].governor = static_cast<int32_t>(CoordinationHead(k));
      clauses_[k].link = Link::kCoordinated;
      ShareSubject(k, CoordinationHead(k));
      return;
    }
    const Found found = FindLeft(at);
    if (found.phrase >= 0) {
      AddSubjects(k, static_cast<ChunkIndex>(found.phrase));
      LinkComplement(k, static_cast<ChunkIndex>(found.phrase));
      // "the town that militants hold", "which the army seized": the phrase before the relative is the object.
      const auto phrase = static_cast<ChunkIndex>(found.phrase);
      if (phrase > 0 && Is(phrase - 1, ChunkKind::kRelative) && phrase > 1) {
        const std::string_view relative = Lower(phrase - 1);
        const ChunkIndex before = Is(phrase - 2, ChunkKind::kComma) && phrase > 2 ? phrase - 3 : phrase - 2;
        if (Is(before, ChunkKind::kNounPhrase)) {
          clauses_[k].link = Link::kRelative;
          clauses_[k].noun_governor = static_cast<int32_t>(PhraseStart(before));
          Add(k, relative == "where" ? "in" : "object", Possessed(chunks_, PhraseStart(before)));
        }
      }
      return;
    }
    if (k > 0 && (found.comma || found.crossed_verb >= 0)) {
      clauses_[k].governor = PreviousClause(k);
      clauses_[k].link = Link::kCoordinated;
      ShareSubject(k, CoordinationHead(k));
    }
  }

  // The clause whose subject a coordinated verb shares: back over clauses that only explain a noun or verb.
  size_t CoordinationHead(size_t k) const {
    size_t from = k - 1;
    // A bare past tense with a subject of its own is finite: "said troops shelled the town, wounding four".
    const auto acts = [&](size_t c) {
      return VerbOf(c).participle && clauses_[c].link != Link::kRelative && !clauses_[c].passive &&
             std::any_of(clauses_[c].arguments.begin(), clauses_[c].arguments.end(),
                         [](const Argument& a) { return a.slot == "subject" && !a.shared; });
    };
    while (from > 0 && !IsFinite(VerbOf(from)) && !acts(from) &&
           !(VerbOf(k).infinitive == VerbOf(from).infinitive && VerbOf(k).gerund == VerbOf(from).gerund &&
             VerbOf(k).participle == VerbOf(from).participle)) {
      --from;
    }
    return from;
  }

  void LinkComplement(size_t k, ChunkIndex subject) {
    if (k == 0) return;
    ChunkIndex before = subject;
    while (before > 0 && (Is(before - 1, ChunkKind::kAdverb) || Is(before - 1, ChunkKind::kTime) ||
                          Is(before - 1, ChunkKind::kQuote))) {
      --before;
    }
    if (before > 0 && Is(before - 1, ChunkKind::kSubordinator)) --before;
    if (before > 0 &&
        (chunks_[before - 1].kind == ChunkKind::kVerbGroup || VerbOf(k - 1).cues.Has(Cue::kSaying) ||
         VerbOf(k - 1).cues.Has(Cue::kDemanded) || VerbOf(k - 1).cues.Has(Cue::kDenied)) &&
        clauses_[k - 1].end <= subject) {
      clauses_[k].governor = PreviousClause(k);
      clauses_[k].link = Link::kComplement;
    }
  }

  void ReadRelative(size_t k, ChunkIndex relative) {
    ChunkIndex c = relative;
    if (c > 0 && Is(c - 1, ChunkKind::kPreposition)) --c;
    if (c > 0 && Is(c - 1, ChunkKind::kComma)) --c;
    clauses_[k].link = Link::kRelative;
    if (c == 0 || !Is(c - 1, ChunkKind::kNounPhrase)) return;
    ChunkIndex start = PhraseStart(c - 1);
    // "observers from the UN, who": people rather than what they come from.
    if (Lower(relative) == "who" && !IsActor(Possessed(chunks_, start)) && start >= 2 &&
        Is(start - 1, ChunkKind::kPreposition) && Is(start - 2, ChunkKind::kNounPhrase)) {
      start = PhraseStart(start - 2);
    }
    clauses_[k].noun_governor = static_cast<int32_t>(start);
    clauses_[k].arguments.push_back({"subject", Possessed(chunks_, start), false});
  }

  void ReadInfinitive(size_t k) {
    const ChunkIndex at = SkipAdverbsLeft(clauses_[k].verb);
    clauses_[k].link = Link::kInfinitive;
    if (at > 0 && Is(at - 1, ChunkKind::kConjunction) && k > 0) {
      clauses_[k].governor = PreviousClause(k);
      clauses_[k].link = Link::kCoordinated;
      ShareSubject(k, k - 1);
      return;
    }
    const bool opens = at == 0 || Is(at - 1, ChunkKind::kSubordinator) || Is(at - 1, ChunkKind::kQuote) ||
                       (k == 0 && !Is(at - 1, ChunkKind::kNounPhrase));
    if (opens) {
      // "To support the offensive, Russia delivered ...": the main clause's subject, found later.
      fronted_.push_back(k);
      return;
    }
    clauses_[k].governor = PreviousClause(k);
    if (at > 0 && Is(at - 1, ChunkKind::kNounPhrase) && k == 0) {
      const ChunkIndex phrase = Possessed(chunks_, PhraseStart(at - 1));
      clauses_[k].noun_governor = static_cast<int32_t>(phrase);
      if (chunks_[phrase].possessor >= 0) {
        clauses_[k].arguments.push_back({"subject", static_cast<ChunkIndex>(chunks_[phrase].possessor), true});
      }
      return;
    }
    if (at > 0 && Is(at - 1, ChunkKind::kNounPhrase)) {
      const ChunkIndex start = PhraseStart(at - 1);
      const ChunkIndex phrase = Possessed(chunks_, start);
      const Nominal* nominal = nominals_.At(phrase);
      const bool is_object = std::any_of(clauses_[k - 1].arguments.begin(), clauses_[k - 1].arguments.end(),
                                         [&](const Argument& a) { return a.phrase == phrase; });
      const bool controls =
          std::any_of(clauses_[k - 1].arguments.begin(), clauses_[k - 1].arguments.end(), [&](const Argument& a) {
            return a.phrase == phrase && (a.slot == "object" || a.slot == "on" || a.slot == "for");
          });
      // "have tried for days to enter": a while explains nothing.
      const bool span = nominal != nullptr && OneOf(nominal->head, {"hour", "day", "week", "month", "year", "decade"});
      if (nominal != nullptr && nominal->what != NominalKind::kEntity && !span) {
        clauses_[k].noun_governor = static_cast<int32_t>(phrase);
        if (chunks_[phrase].possessor >= 0) {
          clauses_[k].arguments.push_back({"subject", static_cast<ChunkIndex>(chunks_[phrase].possessor), true});
          return;
        }
        if (!is_object) {
          clauses_[k].governor = -1;
          return;
        }
      } else if (controls && (IsActor(phrase) || OneOf(VerbOf(k - 1).lemma, {"cause", "lead"})) &&
                 !chunks_[clauses_[k].verb].passive) {
        clauses_[k].arguments.push_back({"subject", phrase, true});
        return;
      }
    }
    ShareSubject(k, k - 1);
  }

  // What a participle behind the phrase that ends at c explains: its head, or the event noun right before it ("a series
  // of attacks targeting").
  ChunkIndex ExplainedPhrase(ChunkIndex c) const {
    const Nominal* nominal = nominals_.At(c);
    if (nominal != nullptr && nominal->what == NominalKind::kEvent) return c;
    return Possessed(chunks_, PhraseStart(c));
  }

  void ReadGerund(size_t k) {
    ChunkIndex at = SkipAdverbsLeft(clauses_[k].verb);
    if (at == 0) {
      fronted_.push_back(k);
      return;
    }
    clauses_[k].link = Link::kGerund;
    if (Is(at - 1, ChunkKind::kConjunction) && at > 1) {
      --at;
      if (k > 0) {
        clauses_[k].governor = PreviousClause(k);
        clauses_[k].link = Link::kCoordinated;
        ShareSubject(k, CoordinationHead(k));
        return;
      }
    }
    if (Is(at - 1, ChunkKind::kNounPhrase)) {
      // "militants operating in the north"
      const ChunkIndex phrase = ExplainedPhrase(at - 1);
      const Nominal* nominal = nominals_.At(phrase);
      // "killing two children injuring nine others": a second harm by the same.
      const bool harms_on =
          k > 0 && Harms(clauses_[k - 1].verb) && IsArgumentBefore(k, phrase) &&
          (Harms(clauses_[k].verb) || OneOf(VerbOf(k).lemma, {"cause", "damage", "destroy", "leave", "torch"}));
      if (harms_on) {
        clauses_[k].governor = PreviousClause(k);
        clauses_[k].link = Link::kCoordinated;
        ShareSubject(k, k - 1);
        return;
      }
      if (k > 0 && nominal != nullptr && nominal->what == NominalKind::kEntity && !IsActor(phrase) &&
          IsArgumentBefore(k, phrase)) {
        // "controls the city besieging its people": places and things do nothing themselves.
        clauses_[k].governor = PreviousClause(k);
        ShareSubject(k, CoordinationHead(k));
        return;
      }
      clauses_[k].link = Link::kRelative;
      clauses_[k].noun_governor = static_cast<int32_t>(phrase);
      clauses_[k].arguments.push_back({"subject", phrase, false});
      return;
    }
    if (k == 0) return;
    clauses_[k].governor = PreviousClause(k);
    if (Is(at - 1, ChunkKind::kPreposition) && ShareObject(k, k - 1)) return;
    ShareSubject(k, CoordinationHead(k));
  }

  // "accused Russia of bombing hospitals": the one who is accused acts.
  bool ShareObject(size_t k, size_t from) {
    if (clauses_[from].passive ||
        !OneOf(VerbOf(from).lemma, {"accuse", "blame", "suspect", "charge", "condemn", "criticise", "criticize",
                                    "denounce", "prevent", "stop", "ban", "bar", "praise", "thank", "dissuade"})) {
      return false;
    }
    bool any = false;
    for (const Argument& argument : std::vector<Argument>(clauses_[from].arguments)) {
      if (argument.slot != "object" || !IsActor(argument.phrase)) continue;
      clauses_[k].arguments.push_back({"subject", argument.phrase, true});
      any = true;
    }
    return any;
  }

  void ReadParticiple(size_t k) {
    const ChunkIndex at = SkipAdverbsLeft(clauses_[k].verb);
    Clause& clause = clauses_[k];
    const bool object = HasSlot(k, "object");
    const bool by =
        std::any_of(clause.arguments.begin(), clause.arguments.end(), [](const Argument& a) { return a.slot == "by"; });
    if (at > 0 && Is(at - 1, ChunkKind::kRelative)) return ReadRelative(k, at - 1);
    if (k > 0 && at > 0 && Is(at - 1, ChunkKind::kConjunction)) {
      // "was seized and destroyed"; "seized X and entered Y"
      const size_t head = CoordinationHead(k);
      clause.governor = static_cast<int32_t>(head);
      clause.link = Link::kCoordinated;
      clause.passive = !object && clauses_[head].passive;
      ShareSubject(k, head);
      return;
    }
    // "killed 14 miners injured 31": the same, where a comma was lost.
    if (k > 0 && object && Harms(clause.verb) && Harms(clauses_[k - 1].verb) && !clauses_[k - 1].passive && at > 0 &&
        Is(at - 1, ChunkKind::kNounPhrase) && IsArgumentBefore(k, Possessed(chunks_, PhraseStart(at - 1)))) {
      clause.governor = PreviousClause(k);
      clause.link = Link::kCoordinated;
      ShareSubject(k, k - 1);
      return;
    }
    const Found found = FindLeft(clause.verb);
    const bool adjacent = at > 0 && Is(at - 1, ChunkKind::kNounPhrase);
    const ChunkIndex before = adjacent ? PhraseStart(at - 1) : 0;
    // The phrase right before already belongs to an earlier verb: "in areas recaptured from terrorists".
    const bool those = adjacent && chunks_[before].pronoun && OneOf(Lower(before), {"those", "many", "most", "some"});
    const bool taken = adjacent && (those || IsArgumentBefore(k, Possessed(chunks_, before)) ||
                                    (before > 0 && Is(before - 1, ChunkKind::kPreposition)));
    const bool later_finite = FiniteFollows(k);
    const bool that = Is(clause.end, ChunkKind::kSubordinator);
    // An earlier phrase still waits for its verb: "a charity based in Amman said".
    const bool waiting = found.phrase >= 0 && found.phrase != static_cast<int32_t>(before) && !by && !later_finite;
    if (adjacent && (those || !(taken && (waiting || that))) && (by || taken || later_finite) && !object) {
      clause.passive = true;
      clause.link = Link::kRelative;
      const ChunkIndex explained = ExplainedPhrase(at - 1);
      clause.noun_governor = static_cast<int32_t>(explained);
      clause.arguments.push_back({"subject", explained, false});
      return;
    }
    if (found.phrase >= 0) {
      AddSubjects(k, static_cast<ChunkIndex>(found.phrase));
      LinkComplement(k, static_cast<ChunkIndex>(found.phrase));
      const bool shares_object =
          k + 1 < clauses_.size() && clauses_[k + 1].verb == clause.verb + 2 && HasSlot(k + 1, "object");
      if ((by || (Harms(clause.verb) && !shares_object)) && !object) clause.passive = true;
      // "Rebels threatened to attack": whoever means to do something is not done something to.
      const bool means = Is(clause.end, ChunkKind::kVerbGroup) && chunks_[clause.end].infinitive &&
                         (VerbOf(k).cues.Has(Cue::kControl) || VerbOf(k).cues.Has(Cue::kIntended));
      if (sentence_.zone == reports::ZoneKind::kTitle && !object && !means)
        clause.passive = !IsIntransitive(chunks_[clause.verb].lemma);
      return;
    }
    if (k > 0) {
      clause.governor = PreviousClause(k);
      clause.link = Link::kCoordinated;
      clause.passive = by && !object;
      ShareSubject(k, CoordinationHead(k));
    } else {
      fronted_.push_back(k);
      clause.passive = !object;
    }
  }

  static bool IsIntransitive(std::string_view lemma) {
    return OneOf(lemma, {"die", "flee", "surrender", "withdraw", "return", "retreat", "advance", "erupt", "explode",
                         "begin", "end", "start", "continue", "agree", "say", "fall", "protest", "clash", "rise"});
  }

  bool IsArgumentBefore(size_t k, ChunkIndex phrase) const {
    for (size_t j = k; j-- > 0 && k - j <= 2;) {
      for (const Argument& argument : clauses_[j].arguments) {
        if (argument.phrase == phrase && argument.slot != "subject") return true;
      }
    }
    return false;
  }

  // Whether a finite verb follows that the phrases before k belong to ("arms surrendered in the south are ...").
  bool FiniteFollows(size_t k) const {
    if (k + 1 >= clauses_.size()) return false;
    const ChunkIndex next = clauses_[k + 1].verb;
    if (!IsFinite(chunks_[next]) || next != clauses_[k].end) return false;
    return !OneOf(chunks_[next].lemma, {"say", "tell"});
  }

  // "killed and injured five civilians": what stands behind the second verb belongs to the first, too.
  void ShareBack(size_t k) {
    const size_t first = k - 1;
    const bool side_by_side =
        clauses_[first].verb + 2 == clauses_[k].verb && Is(clauses_[k].verb - 1, ChunkKind::kConjunction);
    if (!side_by_side || clauses_[first].passive || clauses_[k].passive || HasSlot(first, "object")) return;
    for (const Argument& argument : std::vector<Argument>(clauses_[k].arguments)) {
      if (argument.slot != "subject") clauses_[first].arguments.push_back({argument.slot, argument.phrase, true});
    }
  }

  void AssignTimes() {
    // Fronted infinitives and participles share the subject of the clause behind them.
    for (const size_t k : fronted_) {
      if (k + 1 < clauses_.size()) {
        ShareSubject(k, k + 1);
        clauses_[k].governor = static_cast<int32_t>(k + 1);
        if (clauses_[k].link == Link::kNone) clauses_[k].link = Link::kGerund;
      }
    }
    for (ChunkIndex c = 0; c < chunks_.size(); ++c) {
      if (chunks_[c].kind != ChunkKind::kTime || clauses_.empty()) continue;
      // The clause that it stands in; else the next one (fronted), else the last.
      size_t best = clauses_.size();
      for (size_t k = 0; k < clauses_.size(); ++k) {
        if (clauses_[k].verb < c && c < std::max(clauses_[k].end, clauses_[k].verb + 1)) best = k;
      }
      if (best == clauses_.size()) {
        for (size_t k = 0; k < clauses_.size() && best == clauses_.size(); ++k) {
          if (clauses_[k].verb > c) best = k;
        }
      }
      if (best == clauses_.size()) best = clauses_.size() - 1;
      clauses_[best].times.push_back(c);
    }
  }

  const Sentence& sentence_;
  const std::vector<Word>& words_;
  const std::vector<Chunk>& chunks_;
  const Nominals& nominals_;
  const codebook::Codebook& codebook_;
  std::vector<Clause> clauses_;
  std::vector<ChunkIndex> clause_of_;  // verb chunks, ascending
  std::vector<size_t> fronted_;
};

}  // namespace

std::vector<Clause> ReadClauses(const Sentence& sentence, const std::vector<Chunk>& chunks, const Nominals& nominals,
                                const codebook::Codebook& codebook) {
  return ClauseReader(sentence, chunks, nominals, codebook).Run();
}

}  // namespace sitgraph::extract
