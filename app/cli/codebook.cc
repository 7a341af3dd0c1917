// sitgraph codebook: where the codebook is, whether it is right, and which event types it has.
#include <fmt/format.h>

#include <memory>

#include "app/cli/command.h"
#include "app/cli/console.h"
#include "app/cli/reading.h"

namespace sitgraph::cli {
namespace {

constexpr const char* kExamples = R"~(Examples:
  sitgraph codebook path                       where the files are
  cp -r "$(sitgraph codebook path)" my-codebook
  sitgraph codebook check my-codebook          every mistake, with file, line, column and a suggestion
  sitgraph codebook types                      event types with their PLOVER, CAMEO and ACLED codes)~";

Exit PrintPath(const std::string& option) {
  const auto folder = codebook::FindCodebookFolder(option);
  if (!folder) return Report(folder.error());
  const auto printed = Print(*folder + "\n");
  return printed ? Exit::kDone : Report(printed.error());
}

Exit Check(const std::string& option) {
  const auto codebook = LoadCodebook(option);
  if (!codebook) return Exit::kFailed;
  fmt::print(stderr, "{}, {}: no mistakes\n", Plural(codebook->event_types().size(), "event type", "event types"),
             Plural(codebook->entries().size(), "named entity", "named entities"));
  return Exit::kDone;
}

Exit PrintTypes(const std::string& option) {
  const auto codebook = LoadCodebook(option);
  if (!codebook) return Exit::kFailed;
  std::vector<std::vector<std::string>> rows = {{"TYPE", "GROUP", "PLOVER", "CAMEO", "ACLED", "DEFINITION"}};
  for (const codebook::EventType& type : codebook->event_types()) {
    const std::string plover =
        type.plover_mode.empty() ? type.plover_event : type.plover_event + "/" + type.plover_mode;
    rows.push_back({type.id, type.group, plover, type.cameo, type.acled_sub_event, type.definition});
  }
  const auto printed = Print(Columns(rows));
  return printed ? Exit::kDone : Report(printed.error());
}

}  // namespace

void AddCodebook(CLI::App& app, Exit& exit) {
  CLI::App* command = app.add_subcommand("codebook", "Check a codebook, list its event types, or tell where it is");
  command->require_subcommand(1);
  command->footer(kExamples);
  const auto folder = std::make_shared<std::string>();
  const std::tuple<const char*, const char*, Exit (*)(const std::string&)> parts[] = {
      {"check", "Name every mistake in the codebook's files", Check},
      {"types", "List the event types", PrintTypes},
      {"path", "Tell where the codebook is", PrintPath}};
  for (const auto& [name, help, run] : parts) {
    CLI::App* part = command->add_subcommand(name, help);
    part->add_option("DIR", *folder, "The codebook's folder (default: the one that came with sitgraph)");
    part->callback([folder, run = run, &exit] { exit = run(*folder); });
  }
}

}  // namespace sitgraph::cli
