// Reading reports on all cores: what `build` and `extract` share.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/error.h"
#include "src/codebook/codebook.h"
#include "src/extract/frame.h"
#include "src/language/model.h"
#include "src/reports/reader.h"

namespace sitgraph::cli {

struct ReadingOptions {
  std::vector<std::string> paths;
  std::string format = "auto";
  reports::ReaderOptions reader;
  std::string codebook;   // empty: the shipped one
  std::string gazetteer;  // empty: the shipped one, where there is one; "none"
  std::string model;      // empty: the shipped one; "none"
  bool fast = false;      // greedy parsing
  unsigned jobs = 0;      // 0: all cores
};
// Which reports to read, in which format and columns.
void AddInputOptions(CLI::App& command, ReadingOptions& options);
// These and how: threads, codebook, language model.
void AddReadingOptions(CLI::App& command, ReadingOptions& options);
void AddModelOptions(CLI::App& command, ReadingOptions& options);
void AddCodebookOption(CLI::App& command, std::string& folder);
void AddGazetteerOption(CLI::App& command, std::string& file);

// The input part of the options, for reports::ReportSource.
reports::ReaderOptions ReaderOptionsOf(const ReadingOptions& options);

// The codebook of `option`, or the shipped one. Every mistake in it is printed; nullopt where there is any.
std::optional<codebook::Codebook> LoadCodebook(const std::string& option);
// The same with the gazetteer of `gazetteer`, or the shipped one where there is one.
std::optional<codebook::Codebook> LoadCodebook(const std::string& option, const std::string& gazetteer);

// The language model of `option`, or the shipped one; nullopt inside where `option` is "none".
base::Result<std::optional<language::Model>> LoadModel(const std::string& option);

// What became of one report.
struct Extracted {
  extract::Frame frame;
  std::string digest;  // of everything that the frame depends on
};
struct Unchanged {  // spared, see ReadReports
  std::string id, digest;
};
using ReadOutcome = std::variant<Extracted, Unchanged, reports::Skipped>;

struct ReadSummary {
  std::vector<reports::Skipped> skipped;  // at most kMaxListed
  uint64_t skipped_total = 0;
  bool interrupted = false;

  void Add(reports::Skipped problem);
};
inline constexpr size_t kMaxListed = 1000;

// Reads all reports and extracts their frames on several threads; `take` gets them on the calling thread, in the order
// of the input, and returns a failed status to stop. A report of which `is_current(id, digest)` says so, on any thread,
// is not extracted. What cannot be read is listed in the summary, and so is a report that `take` failed on with
// kBadInput or kConflict. kNotFound where the paths hold no report at all. Shows progress.
base::Result<ReadSummary> ReadReports(
    const ReadingOptions& options, const codebook::Codebook& codebook,
    const std::function<bool(const std::string& id, const std::string& digest)>& is_current,
    const std::function<base::Status(ReadOutcome)>& take);

// To standard error: one line for each input that was skipped, with place and reason.
void PrintSkipped(const ReadSummary& summary);

}  // namespace sitgraph::cli
