#include "src/extract/counts.h"

#include <algorithm>

#include "src/extract/kinds.h"

namespace sitgraph::extract {
namespace {

using codebook::EntityKind;

class CountFinder {
 public:
  CountFinder(const std::vector<Reading>& readings, const SentenceFacts& facts, std::string_view text, EntityBook& book,
              const std::vector<EventDraft>& drafts)
      : readings_(readings), facts_(facts), text_(text), book_(book), drafts_(drafts), code_points_(text) {}

  std::vector<CountDraft> Run() {
    for (uint32_t s = 0; s < readings_.size(); ++s) {
      std::vector<int32_t> count_at(readings_[s].chunks.size(), -1);
      for (ChunkIndex c = 0; c < readings_[s].chunks.size(); ++c) {
        if (readings_[s].nominals.At(c) == nullptr) continue;
        if (!ReadCount(s, c)) continue;
        count_at[c] = static_cast<int32_t>(counts_.size()) - 1;
        counts_.back().part_of = TotalOf(s, c, count_at);
        if (counts_.back().part_of >= 0) Inherit(counts_.back());
      }
    }
    return std::move(counts_);
  }

 private:
  bool ReadCount(uint32_t s, ChunkIndex c) {
    const Reading& reading = readings_[s];
    const Nominal& nominal = *reading.nominals.At(c);
    if (nominal.number < 0 || IsShare(reading, c)) return false;
    const NumberFact& number = facts_.numbers[static_cast<size_t>(nominal.number)];
    if (!number.countable || (!number.min && !number.max)) return false;
    CountDraft draft;
    draft.sentence = s;
    Count& count = draft.count;
    count.min = number.min;
    count.max = number.max;
    count.qualifier = number.qualifier;
    if (!ReadCounted(s, c, nominal, count)) return false;
    draft.draft = EventOf(s, c);
    if (draft.draft >= 0) {
      const EventDraft& event = drafts_[static_cast<size_t>(draft.draft)];
      count.outcome = event.event.type;
      if (count.unit == "person" || count.unit.empty()) count.harm = HarmOf(event, nominal.head);
      if (count.harm != Harm::kNone && IsHarmedOtherwise(s, c, event, count.harm)) count.harm = Harm::kKilledOrWounded;
      if (count.unit.empty()) {
        count.unit = event.event.type == "casualties" ? "person" : "item";
        if (count.of.empty()) count.of = "people";
      }
    }
    if (count.unit.empty() || count.of.empty()) return false;
    if ((count.unit == "item" || draft.draft < 0) && count.min == 1.0 && count.max == 1.0)
      return false;  // "one safe area" counts nothing
    const base::Span span{reading.sentence.words[nominal.number_word].span.begin, nominal.span.end};
    count.mention = {code_points_.ToCodePoints(span), base::CollapseSpace(span.In(text_))};
    counts_.push_back(std::move(draft));
    return true;
  }

  // "four in five houses": both numbers tell a share.
  static bool IsShare(const Reading& reading, ChunkIndex c) {
    const auto& words = reading.sentence.words;
    const auto bare = [&](ChunkIndex at) { return words[reading.chunks[at].head].cls == WordClass::kNumber; };
    const auto counted = [&](ChunkIndex at) {
      return reading.chunks[at].kind == ChunkKind::kNounPhrase &&
             words[reading.chunks[at].words.begin].cls == WordClass::kNumber;
    };
    const auto in = [&](ChunkIndex at) {
      return reading.chunks[at].kind == ChunkKind::kPreposition && words[reading.chunks[at].head].lower == "in";
    };
    if (bare(c) && c + 2 < reading.chunks.size() && in(c + 1) && counted(c + 2)) return true;
    return counted(c) && c >= 2 && in(c - 1) && reading.chunks[c - 2].kind == ChunkKind::kNounPhrase && bare(c - 2);
  }

  // What is counted, and in which unit. False for what is no count ("three years", "half").
  bool ReadCounted(uint32_t s, ChunkIndex c, const Nominal& nominal, Count& count) {
    const Reading& reading = readings_[s];
    const Chunk& chunk = reading.chunks[c];
    const std::vector<Word>& words = reading.sentence.words;
    // The words after the numeral.
    WordIndex after = nominal.number_word;
    while (after < chunk.words.end &&
           (words[after].number == nominal.number || words[after].cls == WordClass::kDeterminer)) {
      ++after;
    }
    std::vector<std::string_view> tokens;
    for (WordIndex i = after; i < chunk.words.end && tokens.size() < 4; ++i) tokens.push_back(words[i].span.In(text_));
    const auto unit = tokens.empty() ? std::nullopt : book_.codebook().MatchUnit(tokens);
    const Nominal* inner = nominal.of >= 0 ? reading.nominals.At(static_cast<ChunkIndex>(nominal.of)) : nullptr;
    if (unit && after + unit->second == chunk.words.end) {
      count.unit = unit->first->code;
      if (OneOf(count.unit, {"year", "month", "week", "day", "hour", "minute", "percent"})) return false;
      if (inner == nullptr) {
        // A bare length or area: only where it is the extent of something that happened.
        count.of = std::string(tokens.back());
        return false;
      }
      count.of = inner->text;
      return true;
    }
    if (after >= chunk.words.end && inner == nullptr) return true;  // "killed 15": the event tells what
    const Nominal* meant = book_.Meant({s, c});
    if (meant == nullptr) meant = &nominal;
    if (meant->what == NominalKind::kPronoun) return false;
    count.of = meant->text;
    count.unit = !meant->unit.empty() ? meant->unit : nominal.unit;
    if (OneOf(meant->head, {"dead", "wounded", "injured"})) count.unit = "person";
    if (count.unit.empty()) {
      if (meant->kind == EntityKind::kPeople && meant->what == NominalKind::kEntity)
        count.unit = "person";
      else
        count.unit = "item";
    }
    // "25 others" are nobody in particular.
    const bool others = meant->head == "other";
    if (meant->what == NominalKind::kEntity && !others) count.entity = book_.Find({s, c}, false);
    return meant->what != NominalKind::kOther || OneOf(meant->head, {"time", "mission", "point", "post"});
  }

  // "killed and injured five civilians": one number for both.
  bool IsHarmedOtherwise(uint32_t s, ChunkIndex c, const EventDraft& event, Harm harm) const {
    return std::any_of(drafts_.begin(), drafts_.end(), [&](const EventDraft& other) {
      if (&other == &event || other.sentence != s || other.event.type != "casualties") return false;
      const Harm its = HarmOf(other, {});
      const bool both =
          (its == Harm::kKilled && harm == Harm::kWounded) || (its == Harm::kWounded && harm == Harm::kKilled);
      return both && std::any_of(other.phrases.begin(), other.phrases.end(),
                                 [&](PhraseRef ref) { return ref.sentence == s && ref.chunk == c; });
    });
  }

  // `head`: of what is counted; "12 dead and 30 wounded" say themselves what befell them.
  static Harm HarmOf(const EventDraft& draft, std::string_view head) {
    if (draft.event.type == "casualties" && OneOf(head, {"wounded", "injured"})) return Harm::kWounded;
    if (draft.event.type == "casualties" && head == "dead") return Harm::kKilled;
    const std::string& harm = draft.trigger->harm;
    if (harm == "killed") return Harm::kKilled;
    if (harm == "wounded") return Harm::kWounded;
    if (harm == "missing") return Harm::kMissing;
    if (harm == "killed-or-wounded") return Harm::kKilledOrWounded;
    return Harm::kNone;
  }

  // The event whose role the phrase fills, or whose noun it is; through the phrase that it continues ("bodies of 12
  // men").
  int32_t EventOf(uint32_t s, ChunkIndex c) const {
    int32_t best = -1;
    for (int depth = 0; depth < 3; ++depth) {
      for (size_t i = 0; i < drafts_.size(); ++i) {
        const EventDraft& draft = drafts_[i];
        if (draft.sentence > s || draft.dropped) continue;
        const bool fills = std::any_of(draft.phrases.begin(), draft.phrases.end(),
                                       [&](PhraseRef ref) { return ref.sentence == s && ref.chunk == c; });
        if (!fills) continue;
        if (best < 0 || draft.event.type == "casualties") best = static_cast<int32_t>(i);
      }
      if (best >= 0) return best;
      const int32_t outer = readings_[s].nominals.attached_to[c];
      if (outer < 0) break;
      c = static_cast<ChunkIndex>(outer);
    }
    return EventOfClause(s, c);
  }

  // "used gas 136 times": the event of the clause that the phrase is an argument of.
  int32_t EventOfClause(uint32_t s, ChunkIndex c) const {
    const std::vector<Clause>& clauses = readings_[s].clauses;
    for (size_t i = 0; i < drafts_.size(); ++i) {
      const EventDraft& draft = drafts_[i];
      if (draft.sentence != s || draft.dropped || draft.clause < 0) continue;
      const std::vector<Argument>& arguments = clauses[static_cast<size_t>(draft.clause)].arguments;
      const bool argument = std::any_of(arguments.begin(), arguments.end(), [&](const Argument& a) {
        return a.phrase == c && !a.shared && (a.slot == "object" || a.slot == "object2" || a.slot == "with");
      });
      if (argument) return static_cast<int32_t>(i);
    }
    return -1;
  }

  // The count before "including", or before a list in apposition.
  int32_t TotalOf(uint32_t s, ChunkIndex c, const std::vector<int32_t>& count_at) const {
    const Reading& reading = readings_[s];
    ChunkIndex j = c;
    while (j-- > 0) {
      const Chunk& chunk = reading.chunks[j];
      if (chunk.kind == ChunkKind::kPreposition && reading.sentence.words[chunk.head].lower == "including") {
        while (j-- > 0) {
          if (count_at[j] >= 0) return count_at[j];
          if (reading.chunks[j].kind == ChunkKind::kVerbGroup) return -1;
        }
        return -1;
      }
      if (chunk.kind == ChunkKind::kVerbGroup || chunk.kind == ChunkKind::kBreak) return -1;
    }
    return -1;
  }

  // A part belongs to the event of its total.
  void Inherit(CountDraft& part) const {
    const CountDraft& total = counts_[static_cast<size_t>(part.part_of)];
    if (part.draft < 0) part.draft = total.draft;
    part.count.outcome = total.count.outcome;
    if (part.count.unit == "person") part.count.harm = total.count.harm;
  }

  const std::vector<Reading>& readings_;
  const SentenceFacts& facts_;
  std::string_view text_;
  EntityBook& book_;
  const std::vector<EventDraft>& drafts_;
  base::CodePointMap code_points_;
  std::vector<CountDraft> counts_;
};

}  // namespace

std::vector<CountDraft> FindCounts(const std::vector<Reading>& readings, const SentenceFacts& facts,
                                   std::string_view text, EntityBook& book, const std::vector<EventDraft>& drafts) {
  return CountFinder(readings, facts, text, book, drafts).Run();
}

}  // namespace sitgraph::extract
