// sitgraph check: holds a graph's indexes against each other.
#include <fmt/format.h>

#include <memory>

#include "app/cli/command.h"
#include "app/cli/console.h"
#include "app/cli/interrupt.h"
#include "graph/store.h"

namespace sitgraph::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  sitgraph check --graph syria.graph          exit status 0: every index agrees with the others)";

Exit Check(const std::string& folder) {
  EndOnInterrupt();
  const auto store = graph::Store::Open(folder, {.read_only = true});
  if (!store) return Report(store.error());
  const auto damage = (*store)->Check();
  if (!damage) return Report(damage.error());
  for (const std::string& line : *damage) {
    if (auto printed = Print(line + "\n"); !printed) return Report(printed.error());
  }
  if (!damage->empty()) {
    fmt::print(stderr, "sitgraph: {} in {}\n  hint: build it anew from the reports, or take a backup\n",
               Plural(damage->size(), "contradiction", "contradictions"), folder);
    return Exit::kFailed;
  }
  const auto statistics = (*store)->Statistics();
  if (!statistics) return Report(statistics.error());
  fmt::print(stderr, "{}: sound ({}, {})\n", folder, Plural(statistics->quads, "statement", "statements"),
             Plural(statistics->named_graphs, "report", "reports"));
  return Exit::kDone;
}

}  // namespace

void AddCheck(CLI::App& app, Exit& exit) {
  CLI::App* command = app.add_subcommand("check", "Verify that a graph on disk is sound");
  const auto folder = std::make_shared<std::string>();
  AddGraphOption(*command, *folder);
  command->footer(kExamples);
  command->callback([folder, &exit] { exit = Check(*folder); });
}

}  // namespace sitgraph::cli
