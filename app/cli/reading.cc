#include "app/cli/reading.h"

#include <fmt/format.h>

#include <exception>
#include <new>
#include <thread>

#include "app/cli/console.h"
#include "app/cli/interrupt.h"
#include "app/cli/ordered_map.h"
#include "app/cli/progress.h"
#include "base/hash.h"
#include "src/codebook/gazetteer.h"
#include "src/extract/extractor.h"
#include "src/resolve/graph_writer.h"

namespace sitgraph::cli {
namespace {

constexpr size_t kWindowPerThread = 8;

std::string Quoted(std::string_view text) { return fmt::format("{}:{}", text.size(), text); }

// A digest of all that the frame is made from.
std::string DigestOf(const reports::Report& report, const std::string& extractor) {
  std::string all = Quoted(extractor);
  for (const std::string_view part :
       {std::string_view(report.id), std::string_view(report.uri), std::string_view(report.title),
        std::string_view(report.publisher), std::string_view(report.author), std::string_view(report.dateline)}) {
    all += Quoted(part);
  }
  all += Quoted(base::ToIso(report.published));
  all += Quoted(report.text);
  for (const reports::Zone& zone : report.zones) {
    all += fmt::format("{}:{}-{},", static_cast<int>(zone.kind), zone.span.begin, zone.span.end);
  }
  return base::Sha256Hex(all);
}

reports::Skipped Refused(const base::Place& origin, base::Error error) {
  if (error.place.file.empty()) error.place = origin;
  return {origin.file, std::move(error)};
}

bool LosesOnlyItself(base::ErrorCode code) {
  return code == base::ErrorCode::kBadInput || code == base::ErrorCode::kConflict;
}

}  // namespace

void AddCodebookOption(CLI::App& command, std::string& folder) {
  command.add_option("--codebook", folder, "A codebook of your own (default: the one that came with sitgraph)")
      ->type_name("DIR");
}

void AddGazetteerOption(CLI::App& command, std::string& file) {
  command
      .add_option("--gazetteer", file,
                  "A gazetteer of your own, or none to do without (default: the one that came with sitgraph)")
      ->type_name("FILE");
}

void AddInputOptions(CLI::App& command, ReadingOptions& options) {
  command
      .add_option("PATH", options.paths,
                  "Files, folders, - for standard input: .txt .html .jsonl .csv .tsv, .gz of each")
      ->required();
  command.add_option("--format", options.format, "Of every input: auto, text, html, jsonl, csv, tsv")
      ->capture_default_str()
      ->check([](const std::string& name) {
        return reports::ParseFormat(name)
                   ? std::string()
                   : "unknown format '" + name + "'; there are auto, text, html, jsonl, csv, tsv";
      });
  reports::Columns& columns = options.reader.columns;
  const std::pair<const char*, std::string*> names[] = {
      {"text", &columns.text},     {"id", &columns.id},   {"title", &columns.title},  {"date", &columns.date},
      {"source", &columns.source}, {"url", &columns.url}, {"author", &columns.author}};
  for (const auto& [part, column] : names) {
    command.add_option(fmt::format("--{}-column", part), *column, fmt::format("Column or JSON key of the {}", part))
        ->type_name("NAME")
        ->group("Tables and JSON Lines");
  }
  command.add_option("--max-report-bytes", options.reader.max_report_bytes, "A larger report is skipped")
      ->capture_default_str()
      ->check(CLI::Range(uint64_t{1}, uint64_t{1} << 30));
}

void AddModelOptions(CLI::App& command, ReadingOptions& options) {
  command
      .add_option("--model", options.model,
                  "A language model of your own, or none to do without (default: the one that came with sitgraph)")
      ->type_name("FILE");
  command.add_flag("--fast", options.fast, "Parse greedily: several times as fast, a little less exact");
}

void AddReadingOptions(CLI::App& command, ReadingOptions& options) {
  AddInputOptions(command, options);
  command.add_option("-j,--jobs", options.jobs, "Threads (default: one for each core)")->check(CLI::Range(1u, 1024u));
  AddCodebookOption(command, options.codebook);
  AddGazetteerOption(command, options.gazetteer);
  AddModelOptions(command, options);
}

reports::ReaderOptions ReaderOptionsOf(const ReadingOptions& options) {
  reports::ReaderOptions reader = options.reader;
  reader.format = reports::ParseFormat(options.format).value_or(reports::Format::kAuto);
  return reader;
}

base::Result<std::optional<language::Model>> LoadModel(const std::string& option) {
  if (option == "none") return std::nullopt;
  std::string path = option;
  if (path.empty()) {
    const auto found = language::FindModel();
    if (!found) return base::Fail(found.error());
    path = *found;
  }
  auto model = language::Model::Load(path);
  if (!model) return base::Fail(model.error());
  return std::move(*model);
}

std::optional<codebook::Codebook> LoadCodebook(const std::string& option) {
  const auto folder = codebook::FindCodebookFolder(option);
  if (!folder) {
    fmt::print(stderr, "sitgraph: {}\n", base::ToString(folder.error()));
    return std::nullopt;
  }
  auto loaded = codebook::Codebook::Load(*folder);
  if (loaded) return std::move(*loaded);
  for (const base::Error& error : loaded.error()) fmt::print(stderr, "{}\n", base::ToString(error));
  fmt::print(stderr, "sitgraph: the codebook has {}\n", Plural(loaded.error().size(), "mistake", "mistakes"));
  return std::nullopt;
}

std::optional<codebook::Codebook> LoadCodebook(const std::string& option, const std::string& gazetteer) {
  auto codebook = LoadCodebook(option);
  const std::string path = codebook::FindGazetteer(gazetteer);
  if (!codebook || path.empty()) return codebook;
  auto loaded = codebook::Gazetteer::Load(path);
  if (!loaded) {
    fmt::print(stderr, "sitgraph: {}\n", base::ToString(loaded.error()));
    return std::nullopt;
  }
  codebook->Attach(std::move(*loaded));
  return codebook;
}

void ReadSummary::Add(reports::Skipped problem) {
  ++skipped_total;
  if (skipped.size() < kMaxListed) skipped.push_back(std::move(problem));
}

base::Result<ReadSummary> ReadReports(const ReadingOptions& options, const codebook::Codebook& codebook,
                                      const std::function<bool(const std::string&, const std::string&)>& is_current,
                                      const std::function<base::Status(ReadOutcome)>& take) {
  auto model = LoadModel(options.model);
  if (!model) return base::Fail(model.error());
  const extract::Extractor extractor(codebook, std::move(*model),
                                     options.fast ? language::ParseMode::kGreedy : language::ParseMode::kBeam);
  const std::string fingerprint = extractor.Fingerprint() + " " + std::string(resolve::kStatementsVersion);
  reports::ReportSource source(options.paths, ReaderOptionsOf(options));

  // The files read so far travel with each item, so that only the reading thread asks the source.
  struct Input {
    reports::Item item;
    size_t files_done;
  };
  struct Outcome {
    ReadOutcome read;
    base::Place origin;
    size_t files_done;
  };
  const auto next = [&]() -> std::optional<Input> {
    if (Interrupted()) return std::nullopt;
    auto item = source.Next();
    if (!item) return std::nullopt;
    return Input{std::move(*item), source.files_done()};
  };
  const auto work = [&](Input input) -> Outcome {
    if (auto* problem = std::get_if<reports::Skipped>(&input.item)) {
      return {std::move(*problem), problem->error.place, input.files_done};
    }
    const auto& report = std::get<reports::Report>(input.item);
    try {
      std::string digest = DigestOf(report, fingerprint);
      if (is_current(report.id, digest)) {
        return {Unchanged{report.id, std::move(digest)}, report.origin, input.files_done};
      }
      return {Extracted{extractor.Extract(report), std::move(digest)}, report.origin, input.files_done};
    } catch (const std::bad_alloc&) {
      throw;
    } catch (const std::exception& error) {
      return {Refused(report.origin, {base::ErrorCode::kBadInput,
                                      fmt::format("a bug in reading it: {}", error.what()),
                                      {},
                                      "please report it with this input"}),
              report.origin, input.files_done};
    }
  };

  ReadSummary summary;
  base::Status failed;
  Progress progress("reports");
  uint64_t done = 0;
  const size_t files_total = source.files_total();
  const auto receive = [&](Outcome outcome) {
    progress.Update(++done, outcome.files_done, files_total);
    if (auto* problem = std::get_if<reports::Skipped>(&outcome.read)) {
      summary.Add(std::move(*problem));
      return true;
    }
    auto taken = take(std::move(outcome.read));
    if (taken) return true;
    if (LosesOnlyItself(taken.error().code)) {
      summary.Add(Refused(outcome.origin, std::move(taken.error())));
      return true;
    }
    failed = std::move(taken);
    return false;
  };
  const size_t threads = options.jobs != 0 ? options.jobs : std::max(1u, std::thread::hardware_concurrency());
  OrderedMap<Input, Outcome>(next, work, receive).Run(threads, threads * kWindowPerThread);
  summary.interrupted = Interrupted();
  if (!failed) return base::Fail(std::move(failed.error()));
  if (done == 0 && !summary.interrupted) {
    return base::Fail(base::ErrorCode::kNotFound, "no reports found", {options.paths.front()},
                      "in folders, .txt .html .jsonl .csv .tsv and .gz of each are read; --format reads other files");
  }
  return summary;
}

void PrintSkipped(const ReadSummary& summary) {
  if (summary.skipped_total == 0) return;
  fmt::print(stderr, "skipped {}:\n", Plural(summary.skipped_total, "input", "inputs"));
  for (const reports::Skipped& problem : summary.skipped) {
    base::Error error = problem.error;
    if (error.place.file.empty()) error.place.file = problem.input;
    fmt::print(stderr, "  {}\n", base::ToString(error));
  }
  if (summary.skipped_total > summary.skipped.size()) {
    fmt::print(stderr, "  ... and {} more\n", WithThousands(summary.skipped_total - summary.skipped.size()));
  }
}

}  // namespace sitgraph::cli
