// sitgraph explain: why a report's frame says what it says, sentence by sentence.
#include <fmt/format.h>

#include <memory>

#include "app/cli/command.h"
#include "app/cli/console.h"
#include "app/cli/explain_render.h"
#include "app/cli/interrupt.h"
#include "app/cli/reading.h"
#include "src/extract/extractor.h"

namespace sitgraph::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  sitgraph explain report.txt                    each sentence: tree, names, events and the rules behind them
  sitgraph explain report.txt --sentence 3       the third only
  sitgraph explain report.txt --format html > report.html
  sitgraph explain report.txt --format json | jq .sentences[0])";

struct Options {
  ReadingOptions reading;
  std::string format = "text";
  size_t sentence = 0;
};

Exit Explain(const Options& options) {
  const auto codebook = LoadCodebook(options.reading.codebook, options.reading.gazetteer);
  if (!codebook) return Exit::kFailed;
  auto model = LoadModel(options.reading.model);
  if (!model) return Report(model.error());
  const extract::Extractor extractor(*codebook, std::move(*model),
                                     options.reading.fast ? language::ParseMode::kGreedy : language::ParseMode::kBeam);
  ReadSummary summary;
  reports::ReportSource source(options.reading.paths, ReaderOptionsOf(options.reading));
  size_t read = 0;
  bool shown = false;
  while (!Interrupted()) {
    auto item = source.Next();
    if (!item) break;
    if (auto* problem = std::get_if<reports::Skipped>(&*item)) {
      summary.Add(std::move(*problem));
      continue;
    }
    ++read;
    const extract::Explanation explanation = extractor.Explain(std::get<reports::Report>(*item));
    if (options.sentence > explanation.sentences.size()) continue;
    shown = true;
    std::string out;
    if (options.format == "json") {
      out = ExplainAsJson(explanation, options.sentence);
    } else if (options.format == "html") {
      out = ExplainAsHtml(explanation, options.sentence);
    } else {
      out = ExplainAsText(explanation, options.sentence, OutputWidth() > 0);
    }
    if (auto printed = Print(out); !printed) return Report(printed.error());
  }
  PrintSkipped(summary);
  if (read > 0 && !shown) {
    return Report({base::ErrorCode::kUsage,
                   fmt::format("there is no sentence {}", options.sentence),
                   {},
                   "sentences are counted from 1, titles first"});
  }
  return summary.skipped_total > 0 || Interrupted() ? Exit::kFailed : Exit::kDone;
}

}  // namespace

void AddExplain(CLI::App& app, Exit& exit) {
  CLI::App* command = app.add_subcommand("explain", "Show why a report is read as it is");
  const auto options = std::make_shared<Options>();
  AddInputOptions(*command, options->reading);
  AddCodebookOption(*command, options->reading.codebook);
  AddGazetteerOption(*command, options->reading.gazetteer);
  AddModelOptions(*command, options->reading);
  command->add_option("--sentence", options->sentence, "Only this sentence, from 1")->check(CLI::PositiveNumber);
  // --format is the inputs' elsewhere; here it is the output's.
  command->remove_option(command->get_option("--format"));
  command->add_option("--format", options->format, "text, html, json")
      ->capture_default_str()
      ->check(CLI::IsMember({"text", "html", "json"}));
  command->footer(kExamples);
  command->callback([options, &exit] { exit = Explain(*options); });
}

}  // namespace sitgraph::cli
