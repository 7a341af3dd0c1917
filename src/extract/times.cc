#include "src/extract/times.h"

#include "src/extract/kinds.h"

namespace sitgraph::extract {
namespace {

constexpr int kMaxDepth = 4;  // clauses up from the event's own

class TimeReader {
 public:
  TimeReader(const Reading& reading, const SentenceFacts& facts, const Claim& claim)
      : reading_(reading), facts_(facts), claim_(claim) {}

  // The event's time. `since` is set where only its begin counts: "displaced since the siege began in 2013".
  const TimeFact* For(const EventDraft& draft, bool& since) const {
    if (reading_.chunks[draft.chunk].kind == ChunkKind::kNounPhrase) {
      if (const TimeFact* own = Behind(draft.chunk)) return own;
    }
    int32_t k = draft.clause;
    // A noun of which nothing else is told is no event but for a time of its own.
    const int reach = draft.bare ? 1 : kMaxDepth;
    for (int depth = 0; k >= 0 && depth < reach; ++depth) {
      const Clause& clause = reading_.clauses[static_cast<size_t>(k)];
      if (k != claim_.clause || depth == 0) {
        for (const ChunkIndex c : clause.times) {
          if (k == claim_.clause && IsWhenItWasSaid(clause, c)) continue;
          if (const TimeFact* fact = Fact(c)) return fact;
        }
      }
      if (clause.link == Link::kNone || clause.link == Link::kRelative || clause.link == Link::kComplement) break;
      k = clause.governor;
    }
    const bool aside = draft.clause >= 0 && reading_.chunks[draft.chunk].kind == ChunkKind::kVerbGroup &&
                       reading_.clauses[static_cast<size_t>(draft.clause)].link == Link::kRelative;
    return draft.bare || aside ? nullptr : OnlyOne(draft.chunk, since);
  }

 private:
  const TimeFact* Fact(ChunkIndex c) const {
    const int32_t id = reading_.sentence.words[reading_.chunks[c].head].time;
    if (id < 0) return nullptr;
    const TimeFact& fact = facts_.times[static_cast<size_t>(id)];
    return fact.usable ? &fact : nullptr;
  }

  // A time right behind the verb of saying is when it was said.
  bool IsWhenItWasSaid(const Clause& clause, ChunkIndex c) const { return c > clause.verb && c <= clause.verb + 3; }

  // "the offensive on Friday", "raids late on Monday on X": a time among the phrases behind the noun.
  const TimeFact* Behind(ChunkIndex c) const {
    for (ChunkIndex j = c + 1; j < reading_.chunks.size(); ++j) {
      switch (reading_.chunks[j].kind) {
        case ChunkKind::kTime:
          if (const TimeFact* fact = Fact(j)) return fact;
          break;
        case ChunkKind::kPreposition:
        case ChunkKind::kNounPhrase:
        case ChunkKind::kAdverb:
          break;
        default:
          return nullptr;
      }
    }
    return nullptr;
  }

  // The sentence's single time, where it is not when something was said.
  const TimeFact* OnlyOne(ChunkIndex event, bool& since) const {
    const TimeFact* only = nullptr;
    for (size_t k = 0; k < reading_.clauses.size(); ++k) {
      for (const ChunkIndex c : reading_.clauses[k].times) {
        const TimeFact* fact = Fact(c);
        if (fact == nullptr) continue;
        if (only != nullptr) return nullptr;
        if (static_cast<int32_t>(k) == claim_.clause && IsWhenItWasSaid(reading_.clauses[k], c)) return nullptr;
        if (reading_.clauses[k].link == Link::kRelative) return nullptr;
        if (IsSaid(k) && event < reading_.clauses[k].verb) return nullptr;
        only = fact;
        since = IsBehindSince(c, event);
      }
    }
    return only;
  }

  // Whether a verb of saying governs the clause.
  bool IsSaid(size_t k) const {
    const Clause& clause = reading_.clauses[k];
    if (clause.link != Link::kComplement || clause.governor < 0) return false;
    const ChunkIndex verb = reading_.clauses[static_cast<size_t>(clause.governor)].verb;
    return reading_.chunks[verb].cues.Has(codebook::Cue::kSaying);
  }

  bool IsBehindSince(ChunkIndex c, ChunkIndex event) const {
    while (c-- > event) {
      if (reading_.chunks[c].kind != ChunkKind::kSubordinator) continue;
      return reading_.sentence.words[reading_.chunks[c].head].lower == "since";
    }
    return false;
  }

  const Reading& reading_;
  const SentenceFacts& facts_;
  const Claim& claim_;
};

// Cause and result told in one sentence happen at one time.
void ShareTimes(std::vector<EventDraft>& drafts) {
  for (size_t i = 0; i < drafts.size(); ++i) {
    for (size_t j = i; j-- > 0 && drafts[j].sentence == drafts[i].sentence;) {
      EventDraft& one = drafts[j];
      EventDraft& two = drafts[i];
      const bool linked = (IsResult(one.event.type) && IsCause(two.event.type)) ||
                          (IsCause(one.event.type) && IsResult(two.event.type));
      if (!linked || one.event.time.has_value() == two.event.time.has_value()) continue;
      EventDraft& from = one.event.time ? one : two;
      EventDraft& to = one.event.time ? two : one;
      if (from.event.time->begin && from.event.time->end) to.event.time = from.event.time;
    }
  }
}

bool StartsOnly(const Reading& reading, int32_t k) {
  for (int depth = 0; k >= 0 && depth < 2; ++depth) {
    const Clause& clause = reading.clauses[static_cast<size_t>(k)];
    const std::string& lemma = reading.chunks[clause.verb].lemma;
    if (lemma == "begin" || lemma == "start") return true;
    if (clause.link != Link::kGerund && clause.link != Link::kInfinitive) return false;
    k = clause.governor;
  }
  return false;
}

// An infinitive without a time of its own.
bool IsTimelessInfinitive(const Reading& reading, const EventDraft& draft) {
  const Clause& clause = reading.clauses[static_cast<size_t>(draft.clause)];
  return clause.link == Link::kInfinitive && clause.times.empty() && reading.chunks[clause.verb].infinitive;
}

}  // namespace

void AddTimes(const std::vector<Reading>& readings, const SentenceFacts& facts, const std::vector<Claim>& claims,
              std::vector<EventDraft>& drafts) {
  for (EventDraft& draft : drafts) {
    // "battled on Saturday to break the siege": when it is meant to be done is not told.
    if (draft.clause >= 0 && IsTimelessInfinitive(readings[draft.sentence], draft)) continue;
    const TimeReader reader(readings[draft.sentence], facts, claims[draft.sentence]);
    bool since = false;
    const TimeFact* fact = reader.For(draft, since);
    if (fact == nullptr) continue;
    draft.event.time = fact->value;
    if (since && fact->value.begin) draft.event.time->end.reset();
    // "began its campaign in 2014": it went on from then.
    const Reading& reading = readings[draft.sentence];
    if (draft.rule == EventRule::kLightNoun && draft.clause >= 0 && StartsOnly(reading, draft.clause)) {
      draft.event.time->end.reset();
    }
  }
  for (EventDraft& draft : drafts) draft.dropped = draft.dropped || (draft.bare && !draft.event.time);
  ShareTimes(drafts);
}

}  // namespace sitgraph::extract
