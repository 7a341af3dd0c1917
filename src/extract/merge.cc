#include "src/extract/merge.h"

#include <algorithm>
#include <map>

namespace sitgraph::extract {
namespace {

using codebook::EntityKind;

constexpr size_t kMaxLookBack = 60;  // earlier events of the same type that one is compared with

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
    for (size_t i = 0; i < counts_.size(); ++i) {
      if (counts_[i].draft >= 0) counts_of_[static_cast<size_t>(counts_[i].draft)].push_back(i);
    }
    std::map<std::string, std::vector<size_t>> earlier;
    for (size_t i = 0; i < drafts_.size(); ++i) {
      if (drafts_[i].dropped) continue;
      std::vector<size_t>& same = earlier[drafts_[i].event.type];
      bool merged = false;
      for (size_t back = 0; back < same.size() && back < kMaxLookBack && !merged; ++back) {
        const size_t j = same[same.size() - 1 - back];
        if (!AreOne(drafts_[j], drafts_[i], j, i)) continue;
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

  static bool TimesConflict(const Event& a, const Event& b) {
    return a.time && b.time && (a.time->begin != b.time->begin || a.time->end != b.time->end);
  }

  // Two numbers of killed that cannot be one.
  bool CountsConflict(size_t a, size_t b) const {
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

  bool AreOne(const EventDraft& first, const EventDraft& second, size_t i, size_t j) const {
    if (first.event.factuality != second.event.factuality) return false;
    for (const auto role : kRoles) {
      if (Conflict(first.event.*role, second.event.*role)) return false;
    }
    if (TimesConflict(first.event, second.event) || CountsConflict(i, j)) return false;
    const bool title = readings_[first.sentence].sentence.zone == reports::ZoneKind::kTitle;
    const bool core =
        Shares(first.event.place, second.event.place) || Shares(first.event.target, second.event.target) ||
        Shares(first.event.agent, second.event.agent) || Shares(first.event.partner, second.event.partner);
    if (first.sentence == second.sentence && first.chunk != second.chunk && !core) return false;
    if (core) return Specific(first.event, second.event) || title || second.definite;
    // "The attack ...": told before, nothing speaks against it.
    return second.definite && second.rule != EventRule::kVerb && second.rule != EventRule::kSharedVerb &&
           second.sentence - first.sentence <= 6;
  }

  // Sharing only a general party ("civilians") does not make two events one unless the place or time agrees too.
  bool Specific(const Event& a, const Event& b) const {
    const bool place = Shares(a.place, b.place);
    const bool both_places = !a.place.empty() && !b.place.empty();
    if (both_places && !place) {
      const bool named = std::any_of(b.place.begin(), b.place.end(), [&](EntityId id) { return Named(id); }) &&
                         std::any_of(a.place.begin(), a.place.end(), [&](EntityId id) { return Named(id); });
      if (named) return false;
    }
    return true;
  }

  void Join(size_t into, size_t from) {
    EventDraft& first = drafts_[into];
    EventDraft& second = drafts_[from];
    for (const auto role : kRoles) {
      for (const EntityId id : second.event.*role) {
        AddFiller(first.event.*role, id);
      }
    }
    for (const EntityId id : second.event.source) AddFiller(first.event.source, id);
    if (!first.event.time) first.event.time = second.event.time;
    first.event.retellings.push_back(second.event.trigger);
    for (const Mention& mention : second.event.retellings) first.event.retellings.push_back(mention);
    first.event.confidence = std::max(first.event.confidence, second.event.confidence);
    second.dropped = true;
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
};

}  // namespace

void MergeRetellings(const std::vector<Reading>& readings, const EntityBook& book, std::vector<EventDraft>& drafts,
                     std::vector<CountDraft>& counts) {
  Merger(readings, book, drafts, counts).Run();
}

}  // namespace sitgraph::extract
