// A small graph on disk as the program writes it, and short ways to ask it.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/store.h"
#include "queries/query.h"
#include "tests/temporary_folder.h"

namespace sitgraph::queries::testing {

// Keeps an answer as readable cells.
class KeptRows : public ResultSink {
 public:
  base::Status Begin(const std::vector<std::string>& names, const Prefixes& used) override;
  base::Status Row(std::span<const std::optional<graph::Term>> cells) override;
  base::Status Boolean(bool answer) override;
  base::Status End() override;

  std::vector<std::string> variables;
  Prefixes prefixes;
  std::vector<std::string> rows;  // "cell | cell", "-" for no value
  bool ended = false;
};

// A graph in a temporary folder.
class TemporaryGraph {
 public:
  TemporaryGraph();
  graph::Store& store() { return *store_; }
  // One triple a line, "subject predicate object": prefixed names ("id:" for the base), or a literal in quotes with
  // @language or ^^prefix:type as object. `graph` is a name under id:, or empty for the default graph.
  void Add(const std::string& graph, std::string_view lines);
  // Two reports that tell of the same town, as src/resolve writes them.
  void AddReports();
  std::unique_ptr<const graph::Snapshot> Snapshot() { return store_->TakeSnapshot(); }
  // The answer's rows; the error's text as the only row where the query fails.
  std::vector<std::string> Ask(std::string_view query, const QueryOptions& options = {});

 private:
  test::TemporaryFolder folder_;
  std::unique_ptr<graph::Store> store_;
};

}  // namespace sitgraph::queries::testing
