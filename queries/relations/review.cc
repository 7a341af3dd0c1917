#include "queries/relations/review.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "graph/vocabulary.h"
#include "queries/relations/verb_tools.h"
#include "src/codebook/names.h"

namespace sitgraph::queries {
namespace {

using base::Fail;
using base::Result;
using graph::Term;
using graph::TermId;
namespace vocabulary = graph::vocabulary;

constexpr size_t kMostAlike = 8;  // entities of one key: more are a common word
constexpr size_t kMostShown = 3;  // events of each entity
constexpr std::string_view kClasses[] = {"Place", "Facility", "Force", "Organization", "Person"};

struct Entity {
  TermId id{};
  EntityName name;
  std::set<std::string> names;
};

std::vector<std::string> KeysOf(std::string_view name) {
  std::vector<std::string> out;
  const std::string folded = base::FoldName(name);
  for (const std::string_view word : base::Split(folded, ' ')) {
    if (word.size() > 2 || out.empty()) out.push_back(codebook::RomanisationKey(word));
  }
  std::sort(out.begin(), out.end());
  return out;
}

bool IsProper(const std::string& name) { return !name.empty() && !(name.front() >= 'a' && name.front() <= 'z'); }

class Reviewer {
 public:
  Reviewer(const graph::Snapshot& snapshot, const codebook::Codebook& codebook, const std::string& base_iri,
           const EventNetwork& events)
      : facts_(snapshot), codebook_(codebook), base_(base_iri), events_(events) {}

  Result<Answer> Run() {
    for (const std::string_view one : kClasses) ReadClass(one);
    for (const auto& [iri, entity] : entities_) FindMerge(entity);
    FindSplits();
    std::stable_sort(rows_.begin(), rows_.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    Answer answer{{"doubt", "entity", "events", "other", "events of it", "in common", "decision"}, {}, {}};
    for (auto& [weight, row] : rows_) answer.rows.push_back(std::move(row));
    if (answer.rows.empty()) answer.notes.push_back("no entity is in doubt");
    if (facts_.reader().error()) return Fail(*facts_.reader().error());
    return answer;
  }

 private:
  void ReadClass(std::string_view one) {
    GraphReader& reader = facts_.reader();
    const auto type = reader.Find(Term::Iri(vocabulary::Iri(vocabulary::kRdf, "type"))),
               kind = reader.Find(Term::Iri(vocabulary::Iri(vocabulary::kSg, one)));
    if (!type || !kind) return;
    reader.ForEach({{}, *type, *kind, {}}, [&](const graph::QuadIds& quad) {
      const Term term = reader.Resolve(quad.subject);
      Entity entity{quad.subject, facts_.NameOf(term), {}};
      const auto properties = reader.PropertiesOf(term);
      for (const Term& label : AllValues(properties, vocabulary::Iri(vocabulary::kSkos, "altLabel"))) {
        entity.names.insert(label.value());
      }
      entity.names.insert(entity.name.name);
      if (IsProper(entity.name.name)) entities_.emplace(term.value(), std::move(entity));
    });
  }

  std::string Id(const std::string& iri) const { return iri.starts_with(base_) ? iri.substr(base_.size()) : iri; }
  bool IsInCodebook(const Entity& entity) const { return codebook_.FindEntry(Id(entity.name.iri)) != nullptr; }
  size_t EventsOf(const Entity& entity) const { return events_.EventsOf(entity.id).size(); }

  std::set<TermId> Company(const Entity& entity) const {
    std::set<TermId> out;
    for (const TermId event : events_.EventsOf(entity.id)) {
      const auto [first, last] = events_.RangeOf(event);
      for (size_t i = first; i < last; ++i) out.insert(events_.links()[i].entity);
    }
    out.erase(entity.id);
    return out;
  }

  void AddRow(std::string why, const Entity& a, const Entity* b, std::string decision, std::string other) {
    size_t common = 0;
    if (b != nullptr) {
      const auto company = Company(*b);
      for (const TermId one : Company(a)) common += company.count(one);
    }
    AnswerRow row;
    row.cells = {TextCell(std::move(why)),
                 NameCell(a.name),
                 NumberCell(static_cast<double>(EventsOf(a))),
                 b == nullptr ? TextCell(std::move(other)) : NameCell(b->name),
                 b == nullptr ? TextCell("") : NumberCell(static_cast<double>(EventsOf(*b))),
                 b == nullptr ? TextCell("") : NumberCell(static_cast<double>(common)),
                 TextCell(std::move(decision))};
    for (const Entity* one : {&a, b}) {
      if (one == nullptr) continue;
      const auto events = events_.EventsOf(one->id);
      for (size_t i = 0; i < std::min(events.size(), kMostShown); ++i) {
        row.events.push_back(facts_.reader().Resolve(events[i]).value());
      }
    }
    rows_.emplace_back(EventsOf(a) + (b == nullptr ? 0 : EventsOf(*b)), std::move(row));
  }

  // One entity under names that share no word.
  void FindMerge(const Entity& entity) {
    if (IsInCodebook(entity)) return;
    const auto own = KeysOf(entity.name.name);
    for (const std::string& name : entity.names) {
      const auto keys = KeysOf(name);
      const bool share = std::any_of(keys.begin(), keys.end(),
                                     [&](const auto& key) { return std::binary_search(own.begin(), own.end(), key); });
      if (share || !IsProper(name)) continue;
      AddRow("one, under names without a word in common", entity, nullptr,
             fmt::format("different,{},REPORT,{}-2", Id(entity.name.iri), Id(entity.name.iri)), name);
    }
  }

  // Two entities of one kind whose names are one in another romanisation, or a person's last name and the full one.
  void FindSplits() {
    std::map<std::string, std::vector<const Entity*>> by_key;
    for (const auto& [iri, entity] : entities_) {
      std::set<std::string> keys;
      for (const std::string& name : entity.names) {
        keys.insert(fmt::format("{}\n{}", entity.name.kind, fmt::join(KeysOf(name), " ")));
        const std::string folded = base::FoldName(name);
        const size_t blank = folded.find_last_of(' ');
        const std::string last = blank == std::string::npos ? folded : folded.substr(blank + 1);
        if (entity.name.kind == "Person") keys.insert("last\n" + codebook::RomanisationKey(last));
      }
      for (const std::string& key : keys) by_key[key].push_back(&entity);
    }
    std::set<std::pair<std::string, std::string>> told;
    for (const auto& [key, alike] : by_key) {
      if (alike.size() > kMostAlike) continue;
      const bool last_names = key.starts_with("last\n");
      for (size_t i = 0; i < alike.size(); ++i) {
        for (size_t j = i + 1; j < alike.size(); ++j) Doubt(*alike[i], *alike[j], last_names, told);
      }
    }
  }

  void Doubt(const Entity& a, const Entity& b, bool last_names, std::set<std::pair<std::string, std::string>>& told) {
    if (a.name.iri == b.name.iri || (IsInCodebook(a) && IsInCodebook(b))) return;
    const bool one_word = a.name.name.find(' ') == std::string::npos || b.name.name.find(' ') == std::string::npos;
    if (last_names && !one_word) return;
    if (!told.insert(std::minmax(a.name.iri, b.name.iri)).second) return;
    // The one with more events stands, or the one that the codebook knows.
    const bool keep_a = IsInCodebook(a) || (!IsInCodebook(b) && EventsOf(a) >= EventsOf(b));
    const Entity &kept = keep_a ? a : b, &other = keep_a ? b : a;
    AddRow(last_names ? "two, one by a last name" : "two, of one name in another spelling", kept, &other,
           fmt::format("same,{},{}", Id(other.name.iri), Id(kept.name.iri)), "");
  }

  FactReader facts_;
  const codebook::Codebook& codebook_;
  const std::string& base_;
  const EventNetwork& events_;
  std::map<std::string, Entity> entities_;
  std::vector<std::pair<size_t, AnswerRow>> rows_;
};

}  // namespace

Result<Answer> ReviewEntities(const graph::Snapshot& snapshot, const codebook::Codebook& codebook,
                              const std::string& base_iri) {
  const auto events = EventNetwork::Load(snapshot, {});
  if (!events) return Fail(events.error());
  return Reviewer(snapshot, codebook, base_iri, *events).Run();
}

}  // namespace sitgraph::queries
