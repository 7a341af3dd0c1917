// The query's own terms beside the graph's dictionary.
#include "queries/sparql/term_table.h"

namespace sitgraph::queries::sparql {
namespace {

constexpr Cell kHighest = UINT64_MAX;

}  // namespace

bool TermTable::IsFree(Cell cell) const { return !snapshot_.Resolve(graph::TermId{cell}).has_value(); }

Cell TermTable::Intern(const graph::Term& term) {
  auto known = snapshot_.Find(term);
  if (!governor_.Check(known)) return kUnbound;
  if (*known) return static_cast<Cell>(**known);
  std::string key = graph::ToNTriples(term);
  if (auto own = own_cells_.find(key); own != own_cells_.end()) return own->second;
  while (!IsFree(kHighest - own_.size())) own_.emplace_back();
  Cell cell = kHighest - own_.size();
  if (!governor_.Charge(2 * key.size() + sizeof(graph::Term) + 64)) return kUnbound;
  own_.emplace_back(term);
  own_cells_.emplace(std::move(key), cell);
  return cell;
}

graph::Term TermTable::Resolve(Cell cell) const {
  if (size_t index = kHighest - cell; index < own_.size() && own_[index]) return *own_[index];
  auto term = snapshot_.Resolve(graph::TermId{cell});
  if (!governor_.Check(term)) return {};
  return std::move(*term);
}

}  // namespace sitgraph::queries::sparql
