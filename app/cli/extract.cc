// sitgraph extract: reports to frames, one line of JSON each.
#include <memory>

#include "app/cli/command.h"
#include "app/cli/console.h"
#include "app/cli/reading.h"
#include "src/extract/frame_json.h"

namespace sitgraph::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  sitgraph extract reports/ > frames.jsonl
  zcat wire.jsonl.gz | sitgraph extract --format jsonl --text-column body -
  sitgraph load frames.jsonl --graph my.graph         the other half of `build`)";

Exit Extract(const ReadingOptions& options) {
  const auto codebook = LoadCodebook(options.codebook);
  if (!codebook) return Exit::kFailed;
  const auto summary = ReadReports(
      options, *codebook, [](const std::string&, const std::string&) { return false; },
      [](ReadOutcome outcome) { return Print(extract::ToJson(std::get<Extracted>(outcome).frame) + "\n"); });
  if (!summary) return Report(summary.error());
  PrintSkipped(*summary);
  return summary->skipped_total > 0 || summary->interrupted ? Exit::kFailed : Exit::kDone;
}

}  // namespace

void AddExtract(CLI::App& app, Exit& exit) {
  CLI::App* command = app.add_subcommand("extract", "Print what reports say as frames (JSON Lines, docs/frames.md)");
  const auto options = std::make_shared<ReadingOptions>();
  AddReadingOptions(*command, *options);
  command->footer(kExamples);
  command->callback([options, &exit] { exit = Extract(*options); });
}

}  // namespace sitgraph::cli
