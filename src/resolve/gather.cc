#include "src/resolve/gather.h"

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

namespace sitgraph::resolve {
namespace {

constexpr size_t kMaxScanned = 256;      // incidents looked at under one key before time and likeness decide
constexpr size_t kComparedMembers = 8;   // of an incident
constexpr int kMaxSpan = 31;             // days: in a longer interval a day means nothing
constexpr int kSlack = 3;                // days that ends of intervals may differ by
constexpr int kSameTotal = 31;           // days between two reports of one running total
constexpr double kNear = 1.5, kFar = 3;  // ratios of numbers

std::optional<int> TimePoints(const Happening& a, const Happening& b) {
  if (a.time > b.time) return TimePoints(b, a);
  const int gap = std::max({a.begin - b.end, b.begin - a.end, 0});
  const int widest = std::max(a.end - a.begin, b.end - b.begin);
  switch (b.time) {
    case TimeKind::kDay:
      return gap == 0 ? std::optional(3) : gap == 1 ? std::optional(1) : std::nullopt;
    case TimeKind::kSpan:
      if (a.time == TimeKind::kSpan && std::abs(a.begin - b.begin) <= kSlack && std::abs(a.end - b.end) <= kSlack) {
        return 3;
      }
      return gap == 0 && widest <= kMaxSpan ? std::optional(1) : std::nullopt;
    case TimeKind::kSince:
      if (a.time != TimeKind::kSince || std::abs(a.begin - b.begin) > kSlack) return std::nullopt;
      return std::abs(a.end - b.end) <= kSameTotal ? std::optional(2) : std::nullopt;
    case TimeKind::kPublished:
      break;
  }
  // A report tells what happened lately.
  if (a.time == TimeKind::kPublished) {
    return gap <= 1 ? std::optional(1) : gap <= kSlack ? std::optional(0) : std::nullopt;
  }
  if (a.time == TimeKind::kSince || widest > kMaxSpan || a.begin > b.end || gap > 2 * kSlack) return std::nullopt;
  return gap <= kSlack ? 1 : 0;
}

bool Has(const std::vector<std::string>& all, const std::string& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

std::optional<int> PlacePoints(const Happening& a, const Happening& b) {
  if (a.sites.empty() && b.sites.empty()) return 0;
  if (a.sites.empty() || b.sites.empty()) return std::nullopt;
  if (a.sites.front() == b.sites.front()) return a.fine ? 3 : 1;
  if (Has(b.sites, a.sites.front()) || Has(a.sites, b.sites.front())) return 2;
  if (Has(b.around, a.sites.front()) || Has(a.around, b.sites.front())) return 1;
  return std::nullopt;
}

std::optional<int> TypePoints(const Happening& a, const Happening& b) {
  if (a.type == b.type) return 2;
  if (a.type == b.parent || b.type == a.parent) return 1;
  return 0;
}

// Two for a common party, one for a common kind or body; below zero where all are named and none is common.
int PartyPoints(const std::vector<Party>& a, const std::vector<Party>& b) {
  if (a.empty() || b.empty()) return 0;
  int best = -2;
  for (const Party& x : a) {
    for (const Party& y : b) {
      int points = -2;
      if (x.iri == y.iri) {
        points = x.named ? 2 : 1;
      } else if (Has(x.bodies, y.iri) || Has(y.bodies, x.iri)) {
        points = 1;
      } else if (!(x.named && y.named) && x.people == y.people) {
        points = 0;
      } else if (!x.named && !y.named) {
        points = -1;
      }
      best = std::max(best, points);
    }
  }
  return best;
}

std::optional<int> AmountPoints(const Happening& a, const Happening& b) {
  bool compared = false, ruled_out = false;
  int best = -2;
  for (const Amount& x : a.amounts) {
    for (const Amount& y : b.amounts) {
      if (x.unit != y.unit) continue;
      if (x.harm != y.harm) {
        ruled_out = ruled_out || (x.harm != "killed-or-wounded" && y.harm != "killed-or-wounded");
        continue;
      }
      compared = true;
      const double low = std::max(x.least, y.least), high = std::min(x.most, y.most);
      const double ratio = high > 0 ? low / high : kFar + 1;
      const int points = x.least == y.least && x.most == y.most && x.least >= 10 ? 2
                         : ratio <= kNear                                        ? 1
                         : ratio <= kFar                                         ? 0
                                                                                 : -2;
      best = std::max(best, points);
    }
  }
  if (compared) return best;
  return ruled_out ? std::nullopt : std::optional(0);
}

// Incidents under the keys by which a later happening may find them.
class Gatherer {
 public:
  explicit Gatherer(const std::vector<Happening>& all) : all_(all) {}

  void Take(uint32_t index) {
    const Happening& happening = all_[index];
    size_t chosen = incidents_.size();
    int most = kSameHappening - 1;
    for (const size_t candidate : Candidates(happening)) {
      const auto points = Points(happening, incidents_[candidate]);
      if (points && *points > most) {
        most = *points;
        chosen = candidate;
      }
    }
    if (chosen == incidents_.size()) {
      incidents_.emplace_back();
      for (std::string& key : KeysUnder(happening)) by_key_[std::move(key)].push_back(chosen);
    }
    incidents_[chosen].members.push_back(index);
    incidents_[chosen].reports.insert(happening.report);
  }

  std::vector<std::vector<uint32_t>> Finish() {
    std::vector<std::vector<uint32_t>> out;
    for (Incident& incident : incidents_) {
      if (incident.members.size() > 1) out.push_back(std::move(incident.members));
    }
    return out;
  }

 private:
  struct Incident {
    std::vector<uint32_t> members;  // the earliest first
    std::unordered_set<std::string_view> reports;
  };

  static std::vector<std::string> KeysUnder(const Happening& happening) {
    std::vector<std::string> keys;
    for (const std::string& site : happening.sites) keys.push_back("=" + site);
    for (const std::string& outer : happening.around) keys.push_back("<" + outer);
    if (!happening.sites.empty()) return keys;
    for (const Party& party : happening.agents) keys.push_back("a" + party.iri);
    for (const Party& party : happening.others) keys.push_back("o" + party.iri);
    return keys;
  }
  static std::vector<std::string> KeysToFind(const Happening& happening) {
    if (happening.sites.empty()) return KeysUnder(happening);
    std::vector<std::string> keys;
    for (const std::string& site : happening.sites) keys.insert(keys.end(), {"=" + site, "<" + site});
    for (const std::string& outer : happening.around) keys.push_back("=" + outer);
    return keys;
  }

  // In the order in which they began, so that the earlier of two equals wins.
  std::set<size_t> Candidates(const Happening& happening) const {
    std::set<size_t> out;
    for (const std::string& key : KeysToFind(happening)) {
      const auto found = by_key_.find(key);
      if (found == by_key_.end()) continue;
      size_t scanned = 0, taken = 0;
      for (auto i = found->second.rbegin(); i != found->second.rend() && scanned < kMaxScanned && taken < kMaxCompared;
           ++i, ++scanned) {
        if (!TimePoints(all_[incidents_[*i].members.front()], happening)) continue;
        out.insert(*i);
        ++taken;
      }
    }
    return out;
  }

  std::optional<int> Points(const Happening& happening, const Incident& incident) const {
    if (incident.reports.contains(happening.report)) return std::nullopt;
    std::optional<int> best;
    for (size_t i = 0; i < std::min(incident.members.size(), kComparedMembers); ++i) {
      const auto points = Likeness(all_[incident.members[i]], happening);
      if (!points) return std::nullopt;
      best = std::max(best.value_or(*points), *points);
    }
    return best;
  }

  const std::vector<Happening>& all_;
  std::vector<Incident> incidents_;
  std::unordered_map<std::string, std::vector<size_t>> by_key_;  // never walked
};

}  // namespace

std::optional<int> Likeness(const Happening& a, const Happening& b) {
  const auto type = TypePoints(a, b), time = TimePoints(a, b), place = PlacePoints(a, b), amount = AmountPoints(a, b);
  if (!type || !time || !place || !amount) return std::nullopt;
  return *type + *time + *place + *amount + PartyPoints(a.agents, b.agents) + PartyPoints(a.others, b.others);
}

std::vector<std::vector<uint32_t>> Gather(const std::vector<Happening>& happenings) {
  std::vector<uint32_t> order(happenings.size());
  std::iota(order.begin(), order.end(), 0);
  const auto key = [&](uint32_t i) {
    const Happening& h = happenings[i];
    return std::tie(h.begin, h.time, h.end, h.event);
  };
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return key(a) < key(b); });
  Gatherer gatherer(happenings);
  for (const uint32_t index : order) gatherer.Take(index);
  return gatherer.Finish();
}

}  // namespace sitgraph::resolve
