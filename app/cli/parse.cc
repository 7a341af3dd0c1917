// sitgraph parse: reports as sentences, words and dependency trees, in CoNLL-U.
#include <fmt/format.h>

#include <memory>

#include "app/cli/command.h"
#include "app/cli/console.h"
#include "app/cli/interrupt.h"
#include "app/cli/reading.h"
#include "src/language/analyzer.h"
#include "src/language/conllu.h"
#include "src/language/segmenter.h"

namespace sitgraph::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  sitgraph parse report.txt                     the trees that extraction reads
  echo "Rebels left Homs." | sitgraph parse -
  sitgraph parse --model none report.txt        sentences and words only)";

Exit Parse(const ReadingOptions& options) {
  const auto model = LoadModel(options.model);
  if (!model) return Report(model.error());
  std::optional<language::Analyzer> analyzer;
  if (*model) analyzer.emplace(**model);

  ReadSummary summary;
  language::Document document;
  reports::ReportSource source(options.paths, ReaderOptionsOf(options));
  while (!Interrupted()) {
    auto item = source.Next();
    if (!item) break;
    if (auto* problem = std::get_if<reports::Skipped>(&*item)) {
      summary.Add(std::move(*problem));
      continue;
    }
    const auto& report = std::get<reports::Report>(*item);
    language::Clear(document);
    for (const reports::Zone& zone : report.zones) {
      if (reports::IsRead(zone.kind)) language::SegmentInto(report.text, zone.span, document);
    }
    if (analyzer) {
      analyzer->Analyze(document, options.fast ? language::ParseMode::kGreedy : language::ParseMode::kBeam);
    }
    std::string trees;
    language::AppendConllu(trees, document, base::CollapseSpace(report.id));
    if (auto printed = Print(trees); !printed) return Report(printed.error());
  }
  PrintSkipped(summary);
  return summary.skipped_total > 0 || Interrupted() ? Exit::kFailed : Exit::kDone;
}

}  // namespace

void AddParse(CLI::App& app, Exit& exit) {
  CLI::App* command = app.add_subcommand("parse", "Print the sentences of reports as trees (CoNLL-U)");
  const auto options = std::make_shared<ReadingOptions>();
  AddInputOptions(*command, *options);
  AddModelOptions(*command, *options);
  command->footer(kExamples);
  command->callback([options, &exit] { exit = Parse(*options); });
}

}  // namespace sitgraph::cli
