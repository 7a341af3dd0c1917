// Report files to reports: finds the files, their format and encoding, and gives one report after the other.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/error.h"
#include "src/reports/report.h"

namespace sitgraph::reports {

enum class Format : uint8_t {
  kAuto,       // by the file's extension, else by its content
  kText,       // .txt .text
  kHtml,       // .html .htm .xhtml
  kJsonLines,  // .jsonl .ndjson: one JSON object a line
  kCsv,        // .csv
  kTsv,        // .tsv .tab
};
// "auto", "text", "html", "jsonl", "csv", "tsv" and the extensions above.
std::optional<Format> ParseFormat(std::string_view name);

// Names of the columns of a table, or keys of a JSON object, in any case. Empty: the usual names are tried
// (docs/reports.md).
struct Columns {
  std::string id, text, title, date, source, url, author;
};

struct ReaderOptions {
  Format format = Format::kAuto;  // for every input, whatever its extension
  Columns columns;
  uint64_t max_report_bytes = UINT64_C(16) << 20;  // of a file of text or HTML, a line, a field; larger is kTooLarge
};

// An input, or a report inside one, that could not be read. The error's place names file and, where known, line.
struct Skipped {
  std::string input;  // the path as it was found
  base::Error error;
};

using Item = std::variant<Report, Skipped>;

// Gives the reports of files, of folders (walked in byte order of names) and of standard input ("-") in the order of
// `paths`. What cannot be read is given as Skipped and loses nothing else: neither the other files nor the other lines
// of its file; folders inside folders that cannot be read come after the files of theirs. Files in folders whose
// extension tells no report's format are passed over, unless they are documents that a user would miss (.pdf, .docx,
// .json, ...): those are Skipped with kUnsupported. Paths given as files are always tried.
//
// Memory: one report at a time, a small multiple of max_report_bytes at most. Not thread-safe.
class ReportSource {
 public:
  ReportSource(std::vector<std::string> paths, ReaderOptions options = {});
  ~ReportSource();
  ReportSource(const ReportSource&) = delete;
  ReportSource& operator=(const ReportSource&) = delete;

  // The next report or problem, or nullopt at the end.
  std::optional<Item> Next();

  // For showing progress. Folders are listed at construction.
  size_t files_total() const;
  size_t files_done() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// One report from the bytes of a text or HTML file: decoded, parsed, annotated; the id is left empty. kAuto: HTML where
// the content starts as HTML does. Errors as Decode and ReadHtml give them, without a file name.
base::Result<Report> ReadDocument(std::string_view bytes, Format format = Format::kAuto);

}  // namespace sitgraph::reports
