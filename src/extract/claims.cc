#include "src/extract/claims.h"

#include <algorithm>

#include "src/extract/kinds.h"

namespace sitgraph::extract {
namespace {

using codebook::Cue;
using codebook::EntityKind;

class ClaimFinder {
 public:
  ClaimFinder(const std::vector<Reading>& readings, EntityBook& book) : readings_(readings), book_(book) {}

  std::vector<Claim> Run() {
    std::vector<Claim> claims(readings_.size());
    constexpr uint32_t kCarry = 2;  // sentences that a quotation may go on without its speaker
    std::vector<EntityId> last;
    uint32_t last_sentence = 0;
    for (uint32_t s = 0; s < readings_.size(); ++s) {
      const Reading& reading = readings_[s];
      Claim& claim = claims[s];
      FindSaying(s, claim);
      FindAccording(s, claim);
      if (reading.sentence.zone == reports::ZoneKind::kTitle) FindHeadlineSource(s, claim);
      const bool near =
          s - last_sentence <= kCarry || readings_[last_sentence].sentence.paragraph == reading.sentence.paragraph;
      if (claim.sources.empty() && !last.empty() && near && reading.sentence.opens_quoted) {
        claim.sources = last;
        claim.carried = true;
      }
      if (!claim.sources.empty() && reading.sentence.zone != reports::ZoneKind::kTitle) {
        last = claim.sources;
        last_sentence = s;
      }
    }
    // A quotation may name its speaker only after its last sentence.
    for (uint32_t s = static_cast<uint32_t>(readings_.size()); s-- > 1;) {
      Claim& before = claims[s - 1];
      if (before.sources.empty() && readings_[s].sentence.opens_quoted && readings_[s - 1].sentence.opens_quoted &&
          !claims[s].sources.empty() && readings_[s].sentence.paragraph == readings_[s - 1].sentence.paragraph) {
        before.sources = claims[s].sources;
        before.carried = true;
      }
    }
    return claims;
  }

 private:
  bool MaySpeak(PhraseRef phrase) const {
    const auto id = book_.Find(phrase, false);
    if (!id) return false;
    const EntityKind kind = book_.At(*id).kind;
    return kind == EntityKind::kPerson || kind == EntityKind::kOrganization || kind == EntityKind::kForce ||
           kind == EntityKind::kPeople;
  }

  void Add(PhraseRef phrase, Claim& claim) {
    book_.MakeSpeaker(phrase);
    if (!MaySpeak(phrase)) return;
    const auto id = book_.Find(phrase, false);
    if (std::find(claim.sources.begin(), claim.sources.end(), *id) == claim.sources.end()) claim.sources.push_back(*id);
  }

  void FindSaying(uint32_t s, Claim& claim) {
    const Reading& reading = readings_[s];
    for (size_t k = 0; k < reading.clauses.size(); ++k) {
      const Clause& clause = reading.clauses[k];
      const Chunk& verb = reading.chunks[clause.verb];
      const bool tells = verb.cues.Has(Cue::kSaying) || IsSeenByReporter(reading, clause);
      if (!tells || verb.infinitive) continue;
      // "believed to have", "was told": nobody is named who says it.
      const std::string_view slot = clause.passive ? "by" : "subject";
      if (!clause.passive && verb.cues.Has(Cue::kSaying) && !TellsSomething(reading, k)) continue;
      // "A source said that ..., SANA reported": the last word is somebody's who passes it on.
      const bool passes_on = k + 1 == reading.clauses.size() && clause.end + 1 >= reading.chunks.size();
      if (!claim.sources.empty() && !passes_on) continue;
      // "Qasim called on the council to help pointing out that ...": who called, not who should help.
      const Clause& speaking = verb.gerund && claim.sources.empty() && !IsSubject(reading, k, clause.verb - 1)
                                   ? MainClause(reading, k)
                                   : clause;
      for (const Argument& argument : speaking.arguments) {
        if (argument.slot == slot && (claim.sources.empty() || !argument.shared)) Add({s, argument.phrase}, claim);
      }
      if (!claim.sources.empty() && claim.clause < 0) claim.clause = static_cast<int32_t>(k);
    }
  }

  bool IsSubject(const Reading& reading, size_t k, ChunkIndex phrase) const {
    return std::any_of(reading.clauses[k].arguments.begin(), reading.clauses[k].arguments.end(),
                       [&](const Argument& a) { return a.slot == "subject" && a.phrase == phrase; });
  }

  // The first clause before k whose own subject may speak, or k.
  const Clause& MainClause(const Reading& reading, size_t k) const {
    for (size_t j = 0; j < k; ++j) {
      const Clause& clause = reading.clauses[j];
      if (clause.passive) continue;
      for (const Argument& argument : clause.arguments) {
        const Nominal* nominal = reading.nominals.At(argument.phrase);
        if (argument.slot == "subject" && !argument.shared && nominal != nullptr &&
            nominal->what == NominalKind::kEntity && (nominal->kind == EntityKind::kPerson || IsBody(nominal->kind))) {
          return clause;
        }
      }
    }
    return reading.clauses[k];
  }

  // "An AFP correspondent saw damaged houses": a reporter tells what he has seen.
  bool IsSeenByReporter(const Reading& reading, const Clause& clause) const {
    if (clause.passive || !OneOf(reading.chunks[clause.verb].lemma, {"see", "witness", "hear"})) return false;
    return std::any_of(clause.arguments.begin(), clause.arguments.end(), [&](const Argument& a) {
      const Nominal* nominal = reading.nominals.At(a.phrase);
      return a.slot == "subject" && nominal != nullptr &&
             OneOf(nominal->head, {"correspondent", "reporter", "journalist", "photographer", "witness", "eyewitness"});
    });
  }

  // "Rudskoy said [that ...]", "..., Rudskoy said": not "the report describes a village".
  bool TellsSomething(const Reading& reading, size_t k) const {
    const Chunk& verb = reading.chunks[reading.clauses[k].verb];
    if (OneOf(verb.lemma, {"say", "tell", "add", "stress", "report", "state", "note"})) {
      return true;
    }
    const bool object = std::any_of(reading.clauses[k].arguments.begin(), reading.clauses[k].arguments.end(),
                                    [](const Argument& a) { return a.slot == "object"; });
    const ChunkIndex end = reading.clauses[k].end;
    const bool clause_follows = end < reading.chunks.size() && (reading.chunks[end].kind == ChunkKind::kSubordinator ||
                                                                reading.chunks[end].kind == ChunkKind::kNounPhrase ||
                                                                reading.chunks[end].kind == ChunkKind::kQuote);
    const bool last = k + 1 == reading.clauses.size() && k > 0;
    return clause_follows || (!object && last);
  }

  void FindAccording(uint32_t s, Claim& claim) {
    const Reading& reading = readings_[s];
    for (ChunkIndex c = 0; c + 2 < reading.chunks.size(); ++c) {
      if (reading.sentence.words[reading.chunks[c].head].lower != "according") continue;
      ChunkIndex phrase = c + 1;
      while (phrase < reading.chunks.size() && reading.chunks[phrase].kind != ChunkKind::kNounPhrase && phrase < c + 4)
        ++phrase;
      if (phrase >= reading.chunks.size()) continue;
      while (phrase + 1 < reading.chunks.size() && reading.chunks[phrase].possessed) ++phrase;
      Add({s, phrase}, claim);
    }
  }

  // "... – MoD", "...: monitor", "Ministry: ...".
  void FindHeadlineSource(uint32_t s, Claim& claim) {
    const Reading& reading = readings_[s];
    for (ChunkIndex c = 0; c < reading.chunks.size() && claim.sources.empty(); ++c) {
      if (reading.chunks[c].kind != ChunkKind::kBreak) continue;
      const std::string& sign = reading.sentence.words[reading.chunks[c].head].lower;
      if (OneOf(sign, {"–", "—", "-", "--", ":"}) && c + 1 < reading.chunks.size() &&
          reading.chunks[c + 1].kind == ChunkKind::kNounPhrase) {
        const ChunkIndex last = LastPossessed(reading, c + 1);
        // "Raid kills 12: monitor", but not "Idlib: the last stronghold".
        const bool speaker = sign != ":" || (c > 2 && book_.IsActor({s, last}));
        if (last + 1 == reading.chunks.size() && speaker) Add({s, last}, claim);
      }
      if (sign == ":" && c > 0 && reading.chunks[c - 1].kind == ChunkKind::kNounPhrase && c <= 3)
        Add({s, c - 1}, claim);
    }
  }
  static ChunkIndex LastPossessed(const Reading& reading, ChunkIndex c) {
    while (c + 1 < reading.chunks.size() && reading.chunks[c].possessed) ++c;
    return c;
  }

  const std::vector<Reading>& readings_;
  EntityBook& book_;
};

}  // namespace

std::vector<Claim> FindClaims(const std::vector<Reading>& readings, EntityBook& book) {
  return ClaimFinder(readings, book).Run();
}

void LetSpeakersAct(const Reading& reading, const Claim& claim, const EntityBook& book, EventDraft& draft) {
  if (!draft.event.agent.empty() || claim.sources.empty() || !IsSaidOfSpeakers(reading, draft)) return;
  const EntityId speaker = claim.sources[0];
  if (!IsWord(draft.event.type) && !IsBody(book.At(speaker).kind)) return;
  draft.event.agent.push_back(speaker);
  draft.dropped = false;
}

}  // namespace sitgraph::extract
