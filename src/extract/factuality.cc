#include "src/extract/factuality.h"

#include <fmt/format.h>

#include "src/extract/kinds.h"

namespace sitgraph::extract {
namespace {

using codebook::Cue;
using codebook::CueSet;

constexpr int kMaxDepth = 6;  // governing verbs looked at

// What the verb group itself says.
std::optional<Factuality> OwnFactuality(CueSet cues, CueSet lemma) {
  CueSet group = cues;
  if (group.Has(Cue::kNegation)) return Factuality::kNegated;
  // The lemma's own cues tell of what the verb governs, not of the verb ("plan" is itself actual).
  const auto has = [&](Cue cue) { return group.Has(cue) && !lemma.Has(cue); };
  if (has(Cue::kDemanded)) return Factuality::kDemanded;
  if (has(Cue::kPossible)) return Factuality::kPossible;
  if (has(Cue::kIntended)) return Factuality::kIntended;
  return std::nullopt;
}

// What a governing verb says of what it governs.
std::optional<Factuality> Imposed(const Chunk& governor, CueSet lemma, bool infinitive) {
  if (lemma.Has(Cue::kDenied)) return Factuality::kNegated;
  if (!infinitive) return std::nullopt;
  if (lemma.Has(Cue::kNegation)) return Factuality::kNegated;
  if (governor.cues.Has(Cue::kDemanded)) return Factuality::kDemanded;
  if (lemma.Has(Cue::kIntended)) return Factuality::kIntended;
  if (lemma.Has(Cue::kPossible)) return Factuality::kPossible;
  return std::nullopt;
}

// "were sent to the site to evacuate the wounded": what it was done for. "managed to", "were said to" are no purpose.
bool IsPurpose(const Reading& reading, const Clause& clause, const codebook::TriggerTable& triggers) {
  if (clause.link != Link::kInfinitive || clause.governor < 0 || clause.noun_governor >= 0) return false;
  if (!reading.chunks[clause.verb].infinitive) return false;
  const Chunk& governor = reading.chunks[reading.clauses[static_cast<size_t>(clause.governor)].verb];
  const CueSet lemma = triggers.Cues(governor.lemma);
  for (const Cue own : {Cue::kDemanded, Cue::kDenied, Cue::kPossible, Cue::kIntended}) {
    if (lemma.Has(own) || governor.cues.Has(own)) return false;  // says more than that
  }
  // "is able to", "was forced to": the codebook has them with their auxiliary.
  const auto with_be = [&](std::string_view word) { return triggers.Cues(fmt::format("be {}", word)); };
  const bool forced = with_be(reading.sentence.words[governor.head].lower).Has(Cue::kControl) ||
                      (governor.passive && with_be(governor.lemma).Has(Cue::kControl));
  return !forced && !lemma.Has(Cue::kControl) && !lemma.Has(Cue::kCausing) && !lemma.Has(Cue::kSaying) &&
         !lemma.Has(Cue::kNegation) && governor.lemma != "be";
}

// "was not hurt in the raid", "were not spared, with attacks on hospitals": what stands aside did happen.
bool StandsAside(const Reading& reading, const EventDraft& draft) {
  const Chunk& own = reading.chunks[draft.chunk];
  if (own.kind != ChunkKind::kNounPhrase || own.negated || draft.chunk == 0) return false;
  const Chunk& before = reading.chunks[draft.chunk - 1];
  if (before.kind != ChunkKind::kPreposition) return false;
  const std::string& preposition = reading.sentence.words[before.head].lower;
  return OneOf(preposition, {"with", "by"}) || (own.definite && OneOf(preposition, {"in", "at", "from"}));
}

Factuality ByClauses(const Reading& reading, const EventDraft& draft, const codebook::TriggerTable& triggers) {
  const Chunk& own = reading.chunks[draft.chunk];
  if (own.kind == ChunkKind::kNounPhrase) {
    if (own.negated) return Factuality::kNegated;
    for (WordIndex i = own.words.begin; i < own.head; ++i) {
      // "a suspected Israeli strike": there was one; who flew it is suspected.
      const bool of_whom =
          i + 1 < own.head && (reading.sentence.words[i + 1].capital || !reading.sentence.words[i + 1].entries.empty());
      if (reading.sentence.words[i].cues.Has(Cue::kPossible) && !of_whom) return Factuality::kPossible;
      if (reading.sentence.words[i].lower == "planned" || reading.sentence.words[i].lower == "upcoming") {
        return Factuality::kIntended;
      }
    }
    if (own.possessor < 0 && draft.chunk >= 2 && reading.chunks[draft.chunk - 1].kind == ChunkKind::kPreposition &&
        reading.sentence.words[reading.chunks[draft.chunk - 1].head].lower == "without") {
      return Factuality::kNegated;
    }
  }
  // "pledged to stay despite calls": what stands aside is not what is pledged.
  if (own.kind == ChunkKind::kNounPhrase && draft.chunk > 0 &&
      reading.chunks[draft.chunk - 1].kind == ChunkKind::kPreposition) {
    const std::string& word = reading.sentence.words[reading.chunks[draft.chunk - 1].head].lower;
    if (OneOf(word, {"despite", "after", "following", "amid", "during", "since", "over"})) return Factuality::kActual;
  }
  // "fought to retake the town since losing it in April": what is told of the past is no part of the plan.
  if (own.kind == ChunkKind::kVerbGroup && own.gerund && draft.chunk > 0 &&
      OneOf(reading.sentence.words[reading.chunks[draft.chunk - 1].head].lower, {"since", "after", "following"})) {
    return Factuality::kActual;
  }
  // "no civilians were killed"
  if (own.kind == ChunkKind::kVerbGroup && draft.clause >= 0) {
    for (const Argument& argument : reading.clauses[static_cast<size_t>(draft.clause)].arguments) {
      const bool core = argument.slot == "subject" || argument.slot == "object";
      if (core && reading.chunks[argument.phrase].negated) return Factuality::kNegated;
    }
  }
  int32_t k = draft.clause;
  bool first = true;
  bool infinitive = false;
  bool coordinated = false;  // the governing verb stands beside the clause, not above it
  for (int depth = 0; k >= 0 && depth < kMaxDepth; ++depth) {
    const Clause& clause = reading.clauses[static_cast<size_t>(k)];
    const Chunk& verb = reading.chunks[clause.verb];
    const CueSet lemma = triggers.Cues(verb.lemma);
    if (!first && !coordinated) {
      if (const auto imposed = Imposed(verb, lemma, infinitive)) return *imposed;
    }
    if (clause.link != Link::kComplement || first) {
      if (const auto own_value = OwnFactuality(verb.cues, lemma)) return *own_value;
    }
    if (clause.link == Link::kInfinitive && clause.noun_governor >= 0) {
      const Chunk& noun = reading.chunks[static_cast<size_t>(clause.noun_governor)];
      const CueSet cues = reading.sentence.words[noun.head].cues;
      if (cues.Has(Cue::kIntended)) return Factuality::kIntended;
      if (cues.Has(Cue::kPossible)) return Factuality::kPossible;
      if (cues.Has(Cue::kDemanded)) return Factuality::kDemanded;
    }
    // "to avoid the clashes": they are there, whatever is meant to be done about them.
    const bool meant = own.kind == ChunkKind::kVerbGroup || draft.rule == EventRule::kLightNoun;
    if (meant && IsPurpose(reading, clause, triggers) && draft.event.type != "support") return Factuality::kIntended;
    coordinated = clause.link == Link::kCoordinated;
    infinitive = clause.link == Link::kInfinitive || clause.link == Link::kCoordinated ||
                 (clause.link == Link::kGerund && lemma.empty());
    if (clause.link == Link::kNone || clause.link == Link::kRelative) break;
    if (clause.link == Link::kInfinitive || clause.link == Link::kGerund) infinitive = true;
    if (clause.link == Link::kComplement) infinitive = false;
    first = false;
    k = clause.governor;
  }
  return Factuality::kActual;
}

}  // namespace

Factuality FactualityOf(const Reading& reading, const EventDraft& draft, const codebook::TriggerTable& triggers) {
  const Factuality told = ByClauses(reading, draft, triggers);
  return told == Factuality::kNegated && StandsAside(reading, draft) ? Factuality::kActual : told;
}

}  // namespace sitgraph::extract
