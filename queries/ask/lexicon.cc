#include "queries/ask/lexicon.h"

#include <algorithm>

#include "base/text.h"
#include "graph/vocabulary.h"
#include "queries/fact_reader.h"

namespace sitgraph::queries {
namespace {

using graph::Term;
namespace vocabulary = graph::vocabulary;

const std::vector<std::string>& In(const std::map<std::string, std::vector<std::string>>& map, const std::string& key) {
  static const std::vector<std::string> kNone;
  const auto found = map.find(key);
  return found == map.end() || key.empty() ? kNone : found->second;
}

}  // namespace

base::Result<NameLexicon> NameLexicon::Load(const graph::Snapshot& snapshot) {
  NameLexicon out;
  GraphReader reader(snapshot);
  const auto type = reader.Find(Term::Iri(vocabulary::Iri(vocabulary::kRdf, "type")));
  for (const std::string_view kind : {"Place", "Facility", "Force", "Organization", "Person", "People", "Materiel"}) {
    const auto id = reader.Find(Term::Iri(vocabulary::Iri(vocabulary::kSg, kind)));
    if (!type || !id) continue;
    reader.ForEach({{}, *type, *id, {}},
                   [&](const graph::QuadIds& quad) { out.kinds_.emplace(reader.Resolve(quad.subject).value(), kind); });
  }
  for (const std::string_view label : {"prefLabel", "altLabel"}) {
    const auto predicate = reader.Find(Term::Iri(vocabulary::Iri(vocabulary::kSkos, label)));
    if (!predicate) continue;
    reader.ForEach({{}, *predicate, {}, {}}, [&](const graph::QuadIds& quad) {
      const std::string iri = reader.Resolve(quad.subject).value();
      if (!out.kinds_.contains(iri)) return;
      const std::string name = reader.Resolve(quad.object).value(), folded = base::FoldName(name);
      out.labels_[iri].push_back(name);
      out.by_name_[folded].push_back(iri);
      for (const std::string_view word : base::Split(folded, ' ')) out.by_word_[std::string(word)].push_back(iri);
    });
  }
  if (reader.error()) return base::Fail(*reader.error());
  for (auto* map : {&out.by_name_, &out.by_word_, &out.labels_}) {
    for (auto& [key, values] : *map) {
      std::sort(values.begin(), values.end());
      values.erase(std::unique(values.begin(), values.end()), values.end());
    }
  }
  return out;
}

const std::vector<std::string>& NameLexicon::Find(const std::string& folded) const { return In(by_name_, folded); }
const std::vector<std::string>& NameLexicon::WithWord(const std::string& folded) const { return In(by_word_, folded); }
const std::vector<std::string>& NameLexicon::LabelsOf(const std::string& iri) const { return In(labels_, iri); }

const std::string& NameLexicon::KindOf(const std::string& iri) const {
  static const std::string kNone;
  const auto found = kinds_.find(iri);
  return found == kinds_.end() ? kNone : found->second;
}

bool NameLexicon::IsPlace(const std::string& iri) const {
  const std::string& kind = KindOf(iri);
  return kind == "Place" || kind == "Facility";
}

std::optional<std::string> NameLexicon::Near(std::string_view name) const {
  std::vector<std::string> names;
  for (const auto& [folded, iris] : by_name_) names.push_back(folded);
  return base::Nearest(base::FoldName(name), names);
}

}  // namespace sitgraph::queries
