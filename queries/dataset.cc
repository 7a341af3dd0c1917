// Names of graphs to their ids.
#include "queries/dataset.h"

#include <algorithm>

namespace sitgraph::queries {

using sparql::Cell;
using sparql::Dataset;
using sparql::Query;

base::Result<std::vector<Cell>> FindGraphs(const graph::Snapshot& snapshot, const std::vector<std::string>& iris) {
  std::vector<Cell> cells;
  for (const std::string& iri : iris) {
    auto id = snapshot.Find(graph::Term::Iri(iri));
    if (!id) return base::Fail(id.error());
    if (*id) cells.push_back(static_cast<Cell>(**id));
  }
  std::sort(cells.begin(), cells.end());
  cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
  return cells;
}

base::Result<Dataset> DatasetOf(const Query& query, const graph::Snapshot& snapshot, DefaultGraph default_graph) {
  Dataset dataset;
  if (!query.has_dataset) {
    if (default_graph == DefaultGraph::kStored) dataset.kind = Dataset::Default::kStored;
    return dataset;
  }
  dataset.kind = Dataset::Default::kListed;
  auto listed = FindGraphs(snapshot, query.from);
  if (!listed) return base::Fail(listed.error());
  auto named = FindGraphs(snapshot, query.from_named);
  if (!named) return base::Fail(named.error());
  dataset.listed = std::move(*listed);
  dataset.named = std::move(*named);
  return dataset;
}

}  // namespace sitgraph::queries
