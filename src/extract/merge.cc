#include "src/extract/merge.h"

#include <algorithm>
#include <map>

#include "src/extract/kinds.h"

namespace sitgraph::extract {
namespace {

using codebook::EntityKind;

constexpr size_t kMaxLookBack = 60;  // earlier events of the same type that one is compared with

constexpr uint32_t kLead = 3;    // sentences after a headline that tell the same again
constexpr uint32_t kMemory = 6;  // sentences over which "the attack" looks back

constexpr std::vector<EntityId> Event::*kRoles[] = {&Event::agent,      &Event::target, &Event::partner,
                                                    &Event::instrument, &Event::place,  &Event::origin,
                                                    &Event::destination};

bool Shares(const std::vector<EntityId>& a, const std::vector<EntityId>& b) {
  return std::any_of(a.begin(), a.end(), [&](EntityId id) { return std::find(b.begin(), b.end(), id) != b.end(); });
}

class Merger {
 public:
  Merger(const std::vector<Reading>& readings, const EntityBook& book, std::vector<EventDraft>& drafts,
         std::vector<CountDraft>& counts)
      : readings_(readings), book_(book), drafts_(drafts), counts_(counts) {}

  void Run() {
    counts_of_.resize(drafts_.size());
    for (const EventDraft& draft : drafts_) latest_.push_back(draft.sentence);
    for (size_t i = 0; i < counts_.size(); ++i) {
      if (counts_[i].draft >= 0) counts_of_[static_cast<size_t>(counts_[i].draft)].push_back(i);
    }
    std::map<std::string, std::vector<size_t>> earlier;
    for (size_t i = 0; i < drafts_.size(); ++i) {
      if (drafts_[i].dropped) continue;
      // "attack" is what a retelling calls any kind of violence.
      std::vector<size_t>& same = earlier[IsViolence(drafts_[i].event.type) ? "attack" : drafts_[i].event.type];
      bool merged = false;
      for (size_t back = 0; back < same.size() && back < kMaxLookBack && !merged; ++back) {
        const size_t j = same[same.size() - 1 - back];
        if (!AreOne(drafts_[j], drafts_[i], j, i, back == 0)) continue;
        Join(j, i);
        merged = true;
      }
      if (!merged) same.push_back(i);
    }
  }

 private:
  bool Named(EntityId id) const { return book_.At(id).named; }

  // Whether two fillers of one role cannot be of one event: both named, none shared.
  bool Conflict(const std::vector<EntityId>& a, const std::vector<EntityId>& b) const {
    if (a.empty() || b.empty() || Shares(a, b)) return false;
    const bool named_a = std::any_of(a.begin(), a.end(), [&](EntityId id) { return Named(id); });
    const bool named_b = std::any_of(b.begin(), b.end(), [&](EntityId id) { return Named(id); });
    return named_a && named_b;
  }

  // Whether a place of one list lies in one of the other, as far as the codebook knows; what it does not know may lie
  // in any country.
  bool Contains(const std::vector<EntityId>& a, const std::vector<EntityId>& b) const {
    return std::any_of(a.begin(), a.end(), [&](EntityId x) {
      return std::any_of(b.begin(), b.end(), [&](EntityId y) { return LiesIn(x, y) || LiesIn(y, x); });
    });
  }
  bool LiesIn(EntityId part, EntityId whole) const {
    const codebook::Entry* in = book_.codebook().FindEntry(book_.At(whole).iri);
    if (in == nullptr || !Named(part) || book_.At(part).kind != EntityKind::kPlace) return false;
    const codebook::Entry* entry = book_.codebook().FindEntry(book_.At(part).iri);
    if (in->place_type == codebook::PlaceType::kCountry) return entry == nullptr || entry->country == in->country;
    return book_.codebook().LiesWithin(book_.At(part).iri, in->id);
  }

  static bool TimesConflict(const Event& a, const Event& b) {
    return a.time && b.time && (a.time->begin != b.time->begin || a.time->end != b.time->end);
  }

  // Two numbers of killed that cannot be one.
  bool CountsConflict(size_t a, size_t b) const {
    if (SameCount(a, b)) return false;
    for (const size_t i : counts_of_[a]) {
      for (const size_t j : counts_of_[b]) {
        const Count& x = counts_[i].count;
        const Count& y = counts_[j].count;
        if (x.harm != y.harm || x.unit != y.unit || counts_[i].part_of >= 0 || counts_[j].part_of >= 0) continue;
        if (x.qualifier == Qualifier::kExact && y.qualifier == Qualifier::kExact && x.min != y.min) return true;
        if (x.min && y.min && std::max(*x.min, *y.min) > 20 * std::max(1.0, std::min(*x.min, *y.min)) &&
            x.qualifier != Qualifier::kAbout && y.qualifier != Qualifier::kAbout) {
          return true;
        }
      }
    }
    return false;
  }

  bool AreOne(const EventDraft& first, const EventDraft& second, size_t i, size_t j, bool nearest) const {
    if (first.event.factuality != second.event.factuality) return false;
    const bool headline = readings_[first.sentence].sentence.zone == reports::ZoneKind::kTitle &&
                          first.sentence != second.sentence && second.sentence - first.sentence <= kLead && nearest &&
                          first.event.retellings.empty();
    if (!TypesAgree(first, second, headline)) return false;
    for (const auto role : kRoles) {
      // A headline, or a later sentence, may name the province or country where another names the town.
      if (role == &Event::place && (headline || Contains(first.event.place, second.event.place))) continue;
      if (Conflict(first.event.*role, second.event.*role)) return false;
    }
    if (TimesConflict(first.event, second.event)) return false;
    // "Those killed included five children": parts of the number that was told before.
    const bool parts = second.definite && (second.rule == EventRule::kVerb || second.rule == EventRule::kSharedVerb);
    if (!parts && CountsConflict(i, j)) return false;
    if (first.sentence != second.sentence && TellsMore(second)) return false;
    if (IsBackground(second.event) && !first.event.time) return false;
    // "The army recaptured the city. Militants had seized it": another's act before.
    if (IsPastPerfect(first) != IsPastPerfect(second) && !first.event.agent.empty() && !second.event.agent.empty() &&
        !Shares(first.event.agent, second.event.agent)) {
      return false;
    }
    if (headline) return true;
    // A list of places is another event than what was told of one of them.
    if (first.event.place.size() > 2 * second.event.place.size() ||
        second.event.place.size() > 2 * first.event.place.size()) {
      if (!first.event.place.empty() && !second.event.place.empty()) return false;
    }
    const std::vector<EntityId> ground = Ground(first.event);
    const std::vector<EntityId> other_ground = Ground(second.event);
    const bool named = SharesNamed(ground, other_ground) || SharesNamed(first.event.target, second.event.target) ||
                       SharesNamed(first.event.partner, second.event.partner);
    const bool any = Shares(ground, other_ground) || Shares(first.event.target, second.event.target) ||
                     Shares(first.event.agent, second.event.agent) || Shares(first.event.partner, second.event.partner);
    const uint32_t apart = second.sentence - latest_[i];
    if (apart == 0 && !any) {
      // "three were killed and ten wounded" is one incident.
      return first.event.type == "casualties" && (first.event.target.empty() || second.event.target.empty());
    }
    if (!Specific(first.event, second.event)) return false;
    if (first.event.type == "casualties" && SameToll(i, j)) return true;
    const bool same_time = first.event.time && second.event.time;
    if (named || (any && (same_time || second.definite || SameCount(i, j) || apart <= 1))) {
      return true;
    }
    // "The attack ...": told before, nothing speaks against it.
    return second.definite && apart <= kMemory;
  }

  // "began its campaign in 2014", "since the war began": what is told of at most a year is no news.
  static bool IsBackground(const Event& event) {
    return event.time && event.time->begin && !event.time->begin->month && event.time->begin->year;
  }

  // "Two more farmers died", "another raid": others than those told of before.
  bool TellsMore(const EventDraft& draft) const {
    for (const PhraseRef& phrase : draft.phrases) {
      const Reading& reading = readings_[phrase.sentence];
      const WordRange range = reading.chunks[phrase.chunk].words;
      for (WordIndex i = range.begin; i < range.end; ++i) {
        const std::string& word = reading.sentence.words[i].lower;
        const bool than = i + 1 < reading.sentence.words.size() && reading.sentence.words[i + 1].lower == "than";
        if (word == "another" || word == "additional" || (word == "more" && !than)) return true;
      }
    }
    return false;
  }

  bool IsPastPerfect(const EventDraft& draft) const {
    const Reading& reading = readings_[draft.sentence];
    const Chunk& chunk = reading.chunks[draft.chunk];
    return chunk.kind == ChunkKind::kVerbGroup && std::any_of(reading.sentence.words.begin() + chunk.words.begin,
                                                              reading.sentence.words.begin() + chunk.words.end,
                                                              [](const Word& word) { return word.lower == "had"; });
  }

  // "attack" is what a retelling calls any kind of violence.
  static bool TypesAgree(const EventDraft& first, const EventDraft& second, bool headline) {
    if (first.event.type == second.event.type) return true;
    if (!IsViolence(first.event.type) || !IsViolence(second.event.type)) return false;
    if (second.event.type == "attack") return second.definite;
    return first.event.type == "attack" && (headline || second.definite);
  }

  // Where it happened and what was hit there: "a raid on the market", "a raid in the market".
  std::vector<EntityId> Ground(const Event& event) const {
    std::vector<EntityId> ground = event.place;
    for (const EntityId id : event.target) {
      if (IsGround(book_.At(id).kind)) ground.push_back(id);
    }
    return ground;
  }

  bool SharesNamed(const std::vector<EntityId>& a, const std::vector<EntityId>& b) const {
    return std::any_of(a.begin(), a.end(),
                       [&](EntityId id) { return Named(id) && std::find(b.begin(), b.end(), id) != b.end(); });
  }

  bool SameCount(size_t a, size_t b) const {
    for (const size_t i : counts_of_[a]) {
      for (const size_t j : counts_of_[b]) {
        if (counts_[i].count.min && counts_[i].count.min == counts_[j].count.min) return true;
      }
    }
    return false;
  }

  // The same number of dead is no chance, but for the small ones.
  bool SameToll(size_t a, size_t b) const {
    constexpr double kSmall = 4;
    for (const size_t i : counts_of_[a]) {
      for (const size_t j : counts_of_[b]) {
        const Count& x = counts_[i].count;
        const Count& y = counts_[j].count;
        if (x.min && x.min == y.min && *x.min > kSmall && x.harm == y.harm && x.unit == "person") return true;
      }
    }
    return false;
  }

  // Sharing only a general party ("civilians") does not make two events one unless the place or time agrees too.
  bool Specific(const Event& a, const Event& b) const {
    const bool place = Shares(a.place, b.place);
    const bool both_places = !a.place.empty() && !b.place.empty();
    if (both_places && !place && !Contains(a.place, b.place)) {
      const bool named = std::any_of(b.place.begin(), b.place.end(), [&](EntityId id) { return Named(id); }) &&
                         std::any_of(a.place.begin(), a.place.end(), [&](EntityId id) { return Named(id); });
      if (named) return false;
    }
    return true;
  }

  void Join(size_t into, size_t from) {
    EventDraft& first = drafts_[into];
    EventDraft& second = drafts_[from];
    latest_[into] = second.sentence;
    for (const auto role : kRoles) {
      for (const EntityId id : second.event.*role) {
        AddFiller(first.event.*role, id);
      }
    }
    for (const EntityId id : second.event.source) AddFiller(first.event.source, id);
    if (!first.event.time) first.event.time = second.event.time;
    if (first.event.type == "attack") first.event.type = second.event.type;
    first.event.retellings.push_back(second.event.trigger);
    for (const Mention& mention : second.event.retellings) first.event.retellings.push_back(mention);
    second.dropped = true;
    for (SlotFiller reason : second.reasons) {
      reason.retold = true;
      first.reasons.push_back(std::move(reason));
    }
    first.retold_by.push_back(second.trigger);
    for (const size_t count : counts_of_[from]) {
      counts_[count].draft = static_cast<int32_t>(into);
      counts_of_[into].push_back(count);
    }
    counts_of_[from].clear();
  }

  const std::vector<Reading>& readings_;
  const EntityBook& book_;
  std::vector<EventDraft>& drafts_;
  std::vector<CountDraft>& counts_;
  std::vector<std::vector<size_t>> counts_of_;
  std::vector<uint32_t> latest_;  // draft -> the last sentence that tells it
};

}  // namespace

void MergeRetellings(const std::vector<Reading>& readings, const EntityBook& book, std::vector<EventDraft>& drafts,
                     std::vector<CountDraft>& counts) {
  Merger(readings, book, drafts, counts).Run();
}

}  // namespace sitgraph::extract
