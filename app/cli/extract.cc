// sitgraph extract: reports, or trees that another parser made, to frames, one line of JSON each.
#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "app/cli/command.h"
#include "app/cli/console.h"
#include "app/cli/interrupt.h"
#include "app/cli/reading.h"
#include "base/date.h"
#include "base/file.h"
#include "src/extract/extractor.h"
#include "src/extract/frame_json.h"
#include "src/language/conllu.h"

namespace sitgraph::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  sitgraph extract reports/ > frames.jsonl
  zcat wire.jsonl.gz | sitgraph extract --format jsonl --text-column body -
  sitgraph load frames.jsonl --graph my.graph         the other half of `build`
  sitgraph extract --conllu --date 2017-03-03 trees.conllu     trees by Stanza, spaCy, UDPipe, ...)";

struct Options {
  ReadingOptions reading;
  bool conllu = false;
  std::string date;
};

Exit ExtractReports(const ReadingOptions& options, const codebook::Codebook& codebook) {
  const auto summary = ReadReports(
      options, codebook, [](const std::string&, const std::string&) { return false; },
      [](ReadOutcome outcome) { return Print(extract::ToJson(std::get<Extracted>(outcome).frame) + "\n"); });
  if (!summary) return Report(summary.error());
  PrintSkipped(*summary);
  return summary->skipped_total > 0 || summary->interrupted ? Exit::kFailed : Exit::kDone;
}

// The report that trees were made of: one zone of text for each paragraph.
reports::Report ReportOf(const language::ConlluDocument& document, std::string id, base::PartialDate date) {
  reports::Report report;
  report.id = document.id.empty() ? std::move(id) : document.id;
  report.published = date;
  report.text = document.text;
  size_t begin = 0;
  while (begin < report.text.size()) {
    const size_t end = std::min(report.text.find("\n\n", begin), report.text.size());
    report.zones.push_back({reports::ZoneKind::kBody, {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)}});
    begin = std::min(end + 2, report.text.size());
  }
  return report;
}

// All documents of one file; a failure leaves out what stands behind it.
base::Status ExtractTrees(const std::string& path, const extract::Extractor& extractor, base::PartialDate date) {
  auto bytes = base::OpenReader(path);
  if (!bytes) return base::Fail(bytes.error());
  language::ConlluDocumentReader reader(std::move(*bytes), path);
  const std::string stem = path == "-" ? "stdin" : std::filesystem::path(path).stem().string();
  for (size_t number = 1; !Interrupted(); ++number) {
    const auto document = reader.Next();
    if (!document) return base::Fail(document.error());
    if (*document == nullptr) break;
    const reports::Report report = ReportOf(**document, number == 1 ? stem : fmt::format("{}-{}", stem, number), date);
    if (auto printed = Print(extract::ToJson(extractor.Extract(report, (*document)->document)) + "\n"); !printed) {
      return printed;
    }
  }
  return {};
}

Exit ExtractTrees(const Options& options, const codebook::Codebook& codebook) {
  const auto date = options.date.empty() ? std::optional(base::PartialDate()) : base::ParseIso(options.date);
  if (!date) {
    return Report({base::ErrorCode::kUsage, "no date: " + options.date, {}, "write it as 2017-03-03, or 2017-03"});
  }
  const extract::Extractor extractor(codebook);
  ReadSummary problems;
  for (const std::string& path : options.reading.paths) {
    auto done = ExtractTrees(path, extractor, *date);
    if (!done && done.error().code == base::ErrorCode::kIo) return Report(done.error());
    if (!done) problems.Add({path, std::move(done.error())});
  }
  PrintSkipped(problems);
  return problems.skipped_total > 0 || Interrupted() ? Exit::kFailed : Exit::kDone;
}

Exit Extract(const Options& options) {
  const auto codebook = LoadCodebook(options.reading.codebook, options.reading.gazetteer);
  if (!codebook) return Exit::kFailed;
  return options.conllu ? ExtractTrees(options, *codebook) : ExtractReports(options.reading, *codebook);
}

}  // namespace

void AddExtract(CLI::App& app, Exit& exit) {
  CLI::App* command = app.add_subcommand("extract", "Print what reports say as frames (JSON Lines, docs/frames.md)");
  const auto options = std::make_shared<Options>();
  AddReadingOptions(*command, options->reading);
  CLI::Option* conllu = command->add_flag("--conllu", options->conllu, "The inputs are files of trees (CoNLL-U)");
  command->add_option("--date", options->date, "With --conllu: when the reports were published")
      ->type_name("DATE")
      ->needs(conllu);
  command->footer(kExamples);
  command->callback([options, &exit] { exit = Extract(*options); });
}

}  // namespace sitgraph::cli
