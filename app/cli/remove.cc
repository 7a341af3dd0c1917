// sitgraph remove: takes back all that given reports said.
#include <fmt/format.h>

#include <memory>

#include "app/cli/command.h"
#include "base/text.h"
#include "graph/store.h"
#include "src/resolve/graph_writer.h"

namespace sitgraph::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  sitgraph remove palmyra-ministry --graph syria.graph
  sitgraph query --graph syria.graph 'SELECT ?id ?title { ?r dct:identifier ?id ; dct:title ?title }'    which there are)";

struct RemoveOptions {
  std::vector<std::string> ids;
  std::string graph;
};

base::Error NotThere(const graph::Store& store, const std::string& id) {
  std::vector<std::string> ids;
  const auto visited = resolve::VisitReports(*store.TakeSnapshot(), [&](const resolve::StoredReport& report) {
    ids.emplace_back(report.id);
    return true;
  });
  const auto near = visited ? base::Nearest(id, ids) : std::nullopt;
  return {base::ErrorCode::kNotFound,
          "the graph has no report '" + id + "'",
          {},
          near ? "did you mean '" + *near + "'?" : std::string()};
}

Exit Remove(const RemoveOptions& options) {
  const auto store = graph::Store::Open(options.graph);
  if (!store) return Report(store.error());
  auto writer = resolve::GraphWriter::Open(**store, nullptr, {});
  if (!writer) return Report(writer.error());
  Exit exit = Exit::kDone;
  for (const std::string& id : options.ids) {
    const auto removed = writer->Remove(id);
    if (!removed) return Report(removed.error());
    if (!*removed) {
      exit = Report(NotThere(**store, id));
      continue;
    }
    fmt::print(stderr, "removed {}\n", id);
  }
  if (const auto settled = writer->Settle(); !settled) return Report(settled.error());
  return exit;
}

}  // namespace

void AddRemove(CLI::App& app, Exit& exit) {
  CLI::App* command = app.add_subcommand("remove", "Take reports, and all that they said, out of a graph");
  const auto options = std::make_shared<RemoveOptions>();
  command->add_option("ID", options->ids, "Ids of reports")->required();
  AddGraphOption(*command, options->graph);
  command->footer(kExamples);
  command->callback([options, &exit] { exit = Remove(*options); });
}

}  // namespace sitgraph::cli
