// The names that a graph has for its entities, for finding them in questions.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "graph/store.h"

namespace sitgraph::queries {

// Memory: all labels of the graph, each once. Cost of Load: all labels and classes once.
class NameLexicon {
 public:
  static base::Result<NameLexicon> Load(const graph::Snapshot& snapshot);

  // The entities of a name, folded (base::FoldName), by IRI; empty where there is none.
  const std::vector<std::string>& Find(const std::string& folded) const;
  bool Has(const std::string& iri) const { return kinds_.contains(iri); }
  // "Place", "Force", ...; empty for what is no entity.
  const std::string& KindOf(const std::string& iri) const;
  bool IsPlace(const std::string& iri) const;  // or a facility
  // Its labels as reports write them; empty for what is no entity.
  const std::vector<std::string>& LabelsOf(const std::string& iri) const;
  // The folded name nearest to a misspelt one.
  std::optional<std::string> Near(std::string_view name) const;
  // The entities whose names have this folded word.
  const std::vector<std::string>& WithWord(const std::string& folded) const;
  // Calls `visit` with each folded name and its entities, ordered by name.
  template <typename Visit>
  void ForEach(const Visit& visit) const {
    for (const auto& [name, iris] : by_name_) visit(name, iris);
  }

 private:
  std::map<std::string, std::vector<std::string>> by_name_, by_word_, labels_;
  std::map<std::string, std::string> kinds_;
};

}  // namespace sitgraph::queries
