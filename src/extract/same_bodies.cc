#include "src/extract/same_bodies.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <string>

#include "src/extract/kinds.h"
#include "src/extract/names.h"

namespace sitgraph::extract {
namespace {

constexpr size_t kMostBodies = 400;

using Words = std::vector<std::string>;

bool IsTroops(std::string_view word) {
  return OneOf(word, {"army", "military", "force", "forces", "troop", "troops", "soldier", "soldiers", "servicemen",
                      "personnel", "units"});
}

// A state's armed men, however they are called: "Syrian Army troops" -> "syrian", "forces".
Words AsStateForce(const Words& words) {
  Words out;
  for (const std::string& word : words) {
    const std::string plain = IsTroops(word) ? "forces" : word == "regime" ? "government" : word;
    if (plain != "armed" && (out.empty() || out.back() != plain || plain != "forces")) out.push_back(plain);
  }
  return out;
}

class SameBodies {
 public:
  SameBodies(const std::vector<Entity>& entities, const std::vector<const codebook::Entry*>& entries,
             const codebook::Codebook& codebook)
      : entities_(entities),
        entries_(entries),
        codebook_(codebook),
        words_(entities.size()),
        state_names_(entities.size()) {}

  std::vector<uint32_t> Find() {
    std::vector<uint32_t> same(entities_.size());
    std::iota(same.begin(), same.end(), 0U);
    for (uint32_t i = 0; i < entities_.size() && bodies_.size() < kMostBodies; ++i) {
      if (!IsBody(entities_[i].kind) || entities_[i].mentions.empty()) continue;
      bodies_.push_back(i);
      words_[i] = FoldedWords(entities_[i].name);
      state_names_[i] = StateNames(entries_[i]);
    }
    for (const uint32_t body : bodies_) {
      if (entries_[body] != nullptr) continue;
      const bool plain = !entities_[body].named || words_[body].size() == 1;  // a headline's "Monitor"
      auto other = plain ? NamedElsewhere(body) : std::nullopt;
      if (!other && entities_[body].named) other = LongerName(body);
      if (other && same[*other] == *other) same[body] = *other;
    }
    return same;
  }

 private:
  // The only other body that passes, if there is one.
  template <typename Passes>
  std::optional<uint32_t> OnlyOne(uint32_t body, Passes passes) const {
    std::optional<uint32_t> found;
    for (const uint32_t other : bodies_) {
      if (other == body || !entities_[other].named || !passes(other)) continue;
      if (found) return std::nullopt;
      found = other;
    }
    return found;
  }

  std::optional<uint32_t> LongerName(uint32_t body) const {
    return OnlyOne(body, [&](uint32_t other) {
      if (words_[other] == words_[body]) return entries_[other] != nullptr || other < body;
      return words_[body].size() > 1 && EndsWith(words_[other], words_[body]);
    });
  }

  std::optional<uint32_t> NamedElsewhere(uint32_t body) const {
    const Words& words = words_[body];
    if (entities_[body].kind == codebook::EntityKind::kForce) {
      const Words wanted = AsStateForce(words);
      const bool alone = wanted.size() == 1;  // "the army", not "the forces"
      if (wanted.empty() || wanted.back() != "forces" || (alone && !OneOf(words[0], {"army", "military"}))) return {};
      return OnlyOne(body, [&](uint32_t other) {
        const std::vector<Words>& names = state_names_[other];
        return std::find(names.begin(), names.end(), wanted) != names.end();
      });
    }
    const auto has = [&](const Words& in, std::initializer_list<std::string_view> list) {
      return std::any_of(in.begin(), in.end(), [&](const std::string& word) { return OneOf(word, list); });
    };
    if (has(words, {"monitor", "monitoring", "observatory", "watchdog"})) {
      return OnlyOne(body, [&](uint32_t other) {
        return words_[other].size() > 1 &&
               has(words_[other], {"observatory", "monitor", "monitors", "monitoring", "watchdog"});
      });
    }
    if (has(words, {"rights"}) && has(words, {"group", "organization", "organisation"})) {
      return OnlyOne(body, [&](uint32_t other) { return has(words_[other], {"rights"}); });
    }
    return {};
  }

  // What a state's force is called, with its country before and without; nothing for others.
  std::vector<Words> StateNames(const codebook::Entry* entry) const {
    std::vector<Words> names;
    if (entry == nullptr || entry->kind != codebook::EntityKind::kForce || entry->country.empty()) return names;
    const auto add = [&](const std::string& name) {
      const Words words = FoldedWords(name);
      if (words.size() < 2 || codebook_.FindDemonym(words[0], true) == nullptr) return;
      const Words force = AsStateForce(words);
      names.emplace_back(force.begin() + 1, force.end());
      names.push_back(force);
    };
    add(entry->name);
    for (const std::string& alias : entry->aliases) add(alias);
    return names;
  }

  const std::vector<Entity>& entities_;
  const std::vector<const codebook::Entry*>& entries_;
  const codebook::Codebook& codebook_;
  std::vector<Words> words_;  // of the bodies' names, folded
  std::vector<std::vector<Words>> state_names_;
  std::vector<uint32_t> bodies_;  // in order
};

}  // namespace

std::vector<uint32_t> FindSameBodies(const std::vector<Entity>& entities,
                                     const std::vector<const codebook::Entry*>& entries,
                                     const codebook::Codebook& codebook) {
  return SameBodies(entities, entries, codebook).Find();
}

}  // namespace sitgraph::extract
