// sitgraph compact: brings a graph into its smallest and quickest form.
#include <fmt/format.h>

#include <memory>

#include "app/cli/command.h"
#include "app/cli/console.h"
#include "graph/store.h"

namespace sitgraph::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  sitgraph compact --graph syria.graph

Packs all statements, which takes a fifth of the space and makes large queries quicker, and drops terms that nothing
uses. Worth it after a large build or many changes; queries may run meanwhile. Also brings a graph of an earlier format
up to date.)";

Exit Compact(const std::string& folder) {
  const auto store = graph::Store::Open(folder);
  if (!store) return Report(store.error());
  const auto before = (*store)->Statistics();
  if (!before) return Report(before.error());
  if (const auto compacted = (*store)->Compact(); !compacted) return Report(compacted.error());
  const auto after = (*store)->Statistics();
  if (!after) return Report(after.error());
  fmt::print(stderr, "{}: {}, {:.1f} MB before, {:.1f} MB now\n", folder,
             Plural(after->quads, "statement", "statements"), static_cast<double>(before->bytes_on_disk) / 1e6,
             static_cast<double>(after->bytes_on_disk) / 1e6);
  return Exit::kDone;
}

}  // namespace

void AddCompact(CLI::App& app, Exit& exit) {
  CLI::App* command = app.add_subcommand("compact", "Bring a graph into its smallest form");
  const auto folder = std::make_shared<std::string>();
  AddGraphOption(*command, *folder);
  command->footer(kExamples);
  command->callback([folder, &exit] { exit = Compact(*folder); });
}

}  // namespace sitgraph::cli
