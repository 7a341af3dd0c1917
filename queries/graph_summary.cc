#include "queries/graph_summary.h"

#include <fmt/format.h>
#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "graph/vocabulary.h"
#include "queries/results.h"

namespace sitgraph::queries {
namespace {

namespace vocabulary = graph::vocabulary;
using base::Fail;
using base::Result;
using base::Status;
using graph::QuadPattern;
using graph::Snapshot;
using graph::Term;
using graph::TermId;

using Counter = std::unordered_map<uint64_t, uint64_t>;  // by TermId; results are sorted before they are shown

constexpr std::string_view kClasses[] = {"Place", "Facility", "Force", "Organization", "Person", "People", "Materiel"};
constexpr std::string_view kRoles[] = {"agent", "target", "partner", "instrument", "place", "origin", "destination"};

std::string LocalName(const std::string& iri) {
  const size_t at = iri.find_last_of("/#");
  return at == std::string::npos ? iri : iri.substr(at + 1);
}

// Walks the graph for one summary; the first failure stays in status().
class Summariser {
 public:
  explicit Summariser(const Snapshot& snapshot) : snapshot_(snapshot) {}

  std::optional<TermId> Find(std::string_view prefix, std::string_view name) {
    auto found = snapshot_.Find(Term::Iri(vocabulary::Iri(prefix, name)));
    return Check(found) ? *found : std::nullopt;
  }

  // Calls `visit` with each match of a predicate, and of an object where one is given.
  template <typename Visit>
  void Walk(std::optional<TermId> predicate, std::optional<TermId> object, Visit visit) {
    if (!predicate || !status_) return;
    QuadPattern pattern;
    pattern.predicate = predicate;
    pattern.object = object;
    const auto cursor = snapshot_.Match(pattern);
    for (; cursor->Valid(); cursor->Next()) visit(cursor->quad());
    Check(cursor->status());
  }

  std::vector<Tally> ByObject(std::string_view prefix, std::string_view predicate) {
    Counter counter;
    Walk(Find(prefix, predicate), std::nullopt,
         [&](const graph::QuadIds& quad) { ++counter[static_cast<uint64_t>(quad.object)]; });
    std::vector<Tally> tallies;
    for (const auto& [id, number] : counter) tallies.push_back({LocalName(TextOf(TermId{id})), number});
    Sort(tallies);
    return tallies;
  }

  uint64_t Instances(std::string_view name) {
    uint64_t number = 0;
    const auto type = Find(vocabulary::kSg, name);
    if (type) Walk(Find(vocabulary::kRdf, "type"), type, [&](const graph::QuadIds&) { ++number; });
    return number;
  }

  void Dates(std::string& first, std::string& last) {
    Walk(Find(vocabulary::kDct, "date"), std::nullopt, [&](const graph::QuadIds& quad) {
      const std::string date = TextOf(quad.object);
      if (date.empty() || date.front() == '-') return;  // without a year
      if (first.empty() || date < first) first = date;
      if (date > last) last = date;
    });
  }

  std::vector<EntityClass> Classes(size_t foremost) {
    Counter parts;
    for (const std::string_view role : kRoles) {
      Walk(Find(vocabulary::kSg, role), std::nullopt,
           [&](const graph::QuadIds& quad) { ++parts[static_cast<uint64_t>(quad.object)]; });
    }
    std::vector<EntityClass> classes;
    for (const std::string_view name : kClasses) {
      EntityClass one{std::string(name), 0, {}};
      std::vector<std::pair<uint64_t, TermId>> members;
      const auto type = Find(vocabulary::kSg, name);
      if (type) {
        Walk(Find(vocabulary::kRdf, "type"), type, [&](const graph::QuadIds& quad) {
          ++one.entities;
          const auto part = parts.find(static_cast<uint64_t>(quad.subject));
          if (part != parts.end()) members.emplace_back(part->second, quad.subject);
        });
      }
      one.foremost = Foremost(std::move(members), foremost);
      classes.push_back(std::move(one));
    }
    return classes;
  }

  const Status& status() const { return status_; }

 private:
  template <typename R>
  bool Check(const R& result) {
    if (!result && status_) status_ = Fail(result.error());
    return status_.has_value();
  }

  std::string TextOf(TermId id) {
    const auto term = snapshot_.Resolve(id);
    return Check(term) ? term->value() : std::string();
  }

  std::string NameOf(TermId id) {
    QuadPattern pattern;
    pattern.subject = id;
    pattern.predicate = Find(vocabulary::kSkos, "prefLabel");
    if (!pattern.predicate) return LocalName(TextOf(id));
    const auto cursor = snapshot_.Match(pattern);
    return cursor->Valid() ? TextOf(cursor->quad().object) : LocalName(TextOf(id));
  }

  // Ids do not tell an order that another graph of the same reports would have: names decide between equals, so all
  // that may be among the first are named.
  std::vector<Tally> Foremost(std::vector<std::pair<uint64_t, TermId>> members, size_t foremost) {
    if (foremost == 0 || members.empty()) return {};
    const auto more = [](const auto& a, const auto& b) { return a.first > b.first; };
    const size_t last = std::min(foremost, members.size()) - 1;
    std::nth_element(members.begin(), members.begin() + static_cast<std::ptrdiff_t>(last), members.end(), more);
    const uint64_t least = members[last].first;
    std::vector<Tally> tallies;
    for (const auto& [number, id] : members) {
      if (number >= least) tallies.push_back({NameOf(id), number});
    }
    Sort(tallies);
    tallies.resize(std::min(foremost, tallies.size()));
    return tallies;
  }

  static void Sort(std::vector<Tally>& tallies) {
    std::sort(tallies.begin(), tallies.end(), [](const Tally& a, const Tally& b) {
      return a.number != b.number ? a.number > b.number : a.name < b.name;
    });
  }

  const Snapshot& snapshot_;
  Status status_;
};

std::string Safe(const std::string& text) { return ToReadable(Term::String(text), {}); }

std::string Join(const std::vector<Tally>& tallies) {
  std::string out;
  for (const Tally& tally : tallies) {
    out += fmt::format("{}{} ({})", out.empty() ? "" : ", ", Safe(tally.name), tally.number);
  }
  return out;
}

std::string HeadingOf(std::string_view name) {
  if (name == "Facility") return "Facilities";
  if (name == "People") return "Groups of people";
  if (name == "Materiel") return "Kinds of materiel";
  return std::string(name) + "s";
}

}  // namespace

Result<GraphSummary> Summarise(const Snapshot& snapshot, size_t foremost) {
  Summariser summariser(snapshot);
  GraphSummary summary;
  summary.reports = summariser.Instances("Report");
  summary.events = summariser.Instances("Event");
  summary.counts = summariser.Instances("Count");
  summariser.Dates(summary.first_date, summary.last_date);
  summary.events_by_type = summariser.ByObject(vocabulary::kSem, "eventType");
  summary.events_by_factuality = summariser.ByObject(vocabulary::kSg, "factuality");
  summary.classes = summariser.Classes(foremost);
  if (!summariser.status()) return Fail(summariser.status().error());
  return summary;
}

std::string ToText(const GraphSummary& summary) {
  const auto line = [](std::string_view what, uint64_t number, const std::string& detail) {
    return fmt::format("{:<18} {:>8}{}{}\n", what, number, detail.empty() ? "" : "   ", detail);
  };
  std::string dates;
  if (!summary.first_date.empty()) {
    dates =
        summary.first_date == summary.last_date ? summary.first_date : summary.first_date + " to " + summary.last_date;
  }
  std::string out = line("Reports", summary.reports, dates);
  out += line("Events", summary.events, Join(summary.events_by_factuality));
  for (const Tally& type : summary.events_by_type) out += line("  " + Safe(type.name), type.number, {});
  out += line("Counts", summary.counts, {});
  for (const EntityClass& one : summary.classes) {
    out += line(HeadingOf(one.name), one.entities, Join(one.foremost));
  }
  return out;
}

std::string ToJson(const GraphSummary& summary) {
  rapidjson::StringBuffer buffer;
  rapidjson::PrettyWriter<rapidjson::StringBuffer> json(buffer);
  json.SetIndent(' ', 2);
  const auto key = [&](const char* name) { json.Key(name); };
  const auto text = [&](const std::string& value) {
    json.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
  };
  const auto tallies = [&](const std::vector<Tally>& all) {
    json.StartArray();
    for (const Tally& tally : all) {
      json.StartObject();
      key("name"), text(tally.name), key("number"), json.Uint64(tally.number);
      json.EndObject();
    }
    json.EndArray();
  };
  json.StartObject();
  key("reports"), json.Uint64(summary.reports);
  key("events"), json.Uint64(summary.events);
  key("counts"), json.Uint64(summary.counts);
  key("first_date"), text(summary.first_date);
  key("last_date"), text(summary.last_date);
  key("events_by_type"), tallies(summary.events_by_type);
  key("events_by_factuality"), tallies(summary.events_by_factuality);
  key("classes"), json.StartArray();
  for (const EntityClass& one : summary.classes) {
    json.StartObject();
    key("name"), text(one.name), key("entities"), json.Uint64(one.entities);
    key("foremost"), tallies(one.foremost);
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  return buffer.GetString();
}

}  // namespace sitgraph::queries
