#include "src/reports/reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "base/csv.h"
#include "src/reports/html.h"
#include "src/reports/item_reader.h"
#include "src/reports/zones.h"

namespace sitgraph::reports {
namespace {

using base::ErrorCode;
using base::Fail;
using base::Result;

constexpr size_t kSniffed = size_t{1} << 14;  // bytes looked at to find a format
constexpr std::string_view kFormatHint = "say what it is with --format text|html|jsonl|csv|tsv";

struct Extension {
  std::string_view text;
  Format format;
};
constexpr std::array kExtensions = std::to_array<Extension>({{"txt", Format::kText},
                                                             {"text", Format::kText},
                                                             {"html", Format::kHtml},
                                                             {"htm", Format::kHtml},
                                                             {"xhtml", Format::kHtml},
                                                             {"jsonl", Format::kJsonLines},
                                                             {"ndjson", Format::kJsonLines},
                                                             {"csv", Format::kCsv},
                                                             {"tsv", Format::kTsv},
                                                             {"tab", Format::kTsv}});
// Documents that a user would take for reports, but that are not read.
constexpr std::array<std::string_view, 16> kDocuments = {"asc", "doc", "docx", "eml", "epub", "json", "md",   "mht",
                                                         "msg", "odt", "pdf",  "rtf", "warc", "xls",  "xlsx", "xml"};

// "Report.TXT.gz" -> name "Report", extension "txt".
struct FileName {
  std::string name;
  std::string extension;  // lower case, without the dot
};

FileName ParseFileName(const std::string& path) {
  if (path == "-") return {"stdin", ""};
  std::filesystem::path file = std::filesystem::path(path).filename();
  if (base::Lower(file.extension().string()) == ".gz") file = file.stem();
  std::string extension = base::Lower(file.extension().string());
  if (!extension.empty()) extension.erase(0, 1);
  std::string name = file.stem().string();
  // Ids are text; names of files may be any bytes.
  if (base::FindInvalidUtf8(name)) name = base::FoldName(name);
  return {name.empty() ? "_" : name, extension};
}

Format FormatOfExtension(std::string_view extension) {
  for (const Extension& known : kExtensions) {
    if (known.text == extension) return known.format;
  }
  return Format::kAuto;
}

bool LooksLikeHtml(std::string_view start) {
  start = base::Trim(start);
  for (const std::string_view tag : {"<!doctype html", "<html", "<head", "<body", "<article"}) {
    if (base::StartsWithIgnoringAsciiCase(start, tag)) return true;
  }
  return start.substr(0, 5) == "<?xml" && start.substr(0, 1000).find("<html") != std::string_view::npos;
}

// What the first bytes of a file look like; nullopt for data that is none of the formats.
std::optional<Format> Sniff(std::string_view bytes) {
  // UTF-16 is looked at as UTF-8; a half character at the end does not matter here.
  std::string start(kSniffed, '\0');
  auto reader = Utf16AsUtf8(base::ReaderOver(std::string(bytes)));
  auto count = reader->Read(start.data(), start.size());
  start.resize(count ? *count : 0);
  std::string_view text = start;
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  text = base::Trim(text);
  if (LooksLikeHtml(text)) return Format::kHtml;
  if (text.substr(0, 1) == "{") {
    const std::string_view inside = base::Trim(text.substr(1));
    const bool object = inside.substr(0, 1) == "\"" || inside.substr(0, 1) == "}";
    if (object && text.substr(1, 1) != "\n" && text.substr(1, 1) != "\r") return Format::kJsonLines;
    if (object) return std::nullopt;  // one object over many lines
  }
  if (text.substr(0, 1) == "[" && base::Trim(text.substr(1)).substr(0, 1) == "{") return std::nullopt;
  if (text.substr(0, 5) == "<?xml") return std::nullopt;
  return Format::kText;
}

Result<std::string> ReadAll(base::ByteReader& reader, uint64_t max_bytes) {
  std::string bytes;
  std::string chunk(size_t{1} << 16, '\0');
  for (;;) {
    auto count = reader.Read(chunk.data(), chunk.size());
    if (!count) return Fail(std::move(count.error()));
    if (*count == 0) return bytes;
    if (bytes.size() + *count > max_bytes) {
      return Fail(ErrorCode::kTooLarge, fmt::format("report is larger than {} bytes", max_bytes), {},
                  "split it, or raise the limit with --max-report-bytes");
    }
    bytes.append(chunk, 0, *count);
  }
}

// A file that is one report.
class DocumentReader : public ItemReader {
 public:
  DocumentReader(std::unique_ptr<base::ByteReader> bytes, Input input, Format format, uint64_t max_bytes)
      : bytes_(std::move(bytes)), input_(std::move(input)), format_(format), max_bytes_(max_bytes) {}

  std::optional<Item> Next() override {
    if (bytes_ == nullptr) return std::nullopt;
    auto content = ReadAll(*bytes_, max_bytes_);
    bytes_ = nullptr;
    auto report = content ? ReadDocument(*content, format_) : Fail(std::move(content.error()));
    if (!report) {
      report.error().place.file = input_.path;
      return Skipped{input_.path, std::move(report.error())};
    }
    report->id = input_.name;
    report->origin = {input_.path};
    return std::move(*report);
  }

 private:
  std::unique_ptr<base::ByteReader> bytes_;
  Input input_;
  Format format_;
  uint64_t max_bytes_;
};

}  // namespace

std::optional<Format> ParseFormat(std::string_view name) {
  if (name == "auto") return Format::kAuto;
  const Format format = FormatOfExtension(base::Lower(name));
  if (format == Format::kAuto) return std::nullopt;
  return format;
}

Result<Report> ReadDocument(std::string_view bytes, Format format) {
  auto text = Decode(bytes);
  if (!text) return Fail(std::move(text.error()));
  if (format == Format::kHtml || (format == Format::kAuto && LooksLikeHtml(*text))) return ReadHtml(*text);
  Report report;
  report.text = std::move(*text);
  Annotate(report);
  return report;
}

struct ReportSource::State {
  // A file to be read, or a problem met while listing.
  struct Entry {
    std::string path;
    bool named = false;  // by the user, not found in a folder
    std::optional<base::Error> error;
  };

  ReaderOptions options;
  std::vector<Entry> entries;
  size_t next = 0;
  std::unique_ptr<ItemReader> current;

  void List(const std::string& path) {
    if (path == "-") {
      entries.push_back({path, true, {}});
      return;
    }
    auto list = base::ListFiles(path);
    if (!list) {
      entries.push_back({path, true, std::move(list.error())});
      return;
    }
    std::error_code ignored;
    const bool folder = std::filesystem::is_directory(path, ignored);
    for (std::string& file : list->files) {
      if (folder && options.format == Format::kAuto) {
        const std::string extension = ParseFileName(file).extension;
        const bool document = std::find(kDocuments.begin(), kDocuments.end(), extension) != kDocuments.end();
        if (FormatOfExtension(extension) == Format::kAuto && !document) continue;
      }
      entries.push_back({std::move(file), !folder, {}});
    }
    for (base::Error& error : list->unlisted) entries.push_back({error.place.file, false, error});
  }

  // Opens an input, or tells why it is skipped.
  Result<std::unique_ptr<ItemReader>> Open(const Entry& entry) const {
    if (entry.error) return Fail(*entry.error);
    const FileName file = ParseFileName(entry.path);
    const Input input{entry.path == "-" ? "standard input" : entry.path, file.name};
    Format format = options.format == Format::kAuto ? FormatOfExtension(file.extension) : options.format;
    if (format == Format::kAuto && !entry.named) {
      return Fail(ErrorCode::kUnsupported, fmt::format("unknown format \".{}\"", file.extension), {entry.path},
                  std::string(kFormatHint));
    }
    auto opened = base::OpenReader(entry.path);
    if (!opened) return Fail(std::move(opened.error()));
    auto bytes = std::make_unique<PeekReader>(std::move(*opened));
    const bool by_content = format == Format::kAuto || (format == Format::kText && options.format == Format::kAuto);
    if (by_content) {
      auto start = bytes->Peek(kSniffed);
      if (!start) return Fail(std::move(start.error()));
      const std::optional<Format> sniffed = Sniff(*start);
      if (format == Format::kAuto && !sniffed) {
        return Fail(ErrorCode::kUnsupported, "unknown format", {input.path}, std::string(kFormatHint));
      }
      // A page saved under the name of a text is read as a page.
      if (format == Format::kAuto || sniffed == Format::kHtml) format = *sniffed;
    }
    switch (format) {
      case Format::kJsonLines:
        return OpenJsonLines(std::move(bytes), input, options);
      case Format::kCsv:
        return OpenTable(std::move(bytes), input, options, ',');
      case Format::kTsv:
        return OpenTable(std::move(bytes), input, options, '\t');
      default:
        return std::make_unique<DocumentReader>(std::move(bytes), input, format, options.max_report_bytes);
    }
  }
};

ReportSource::ReportSource(std::vector<std::string> paths, ReaderOptions options) : state_(std::make_unique<State>()) {
  state_->options = std::move(options);
  for (const std::string& path : paths) state_->List(path);
}

ReportSource::~ReportSource() = default;

std::optional<Item> ReportSource::Next() {
  State& s = *state_;
  for (;;) {
    if (s.current != nullptr) {
      if (auto item = s.current->Next()) return item;
      s.current = nullptr;
      ++s.next;
    }
    if (s.next == s.entries.size()) return std::nullopt;
    const State::Entry& entry = s.entries[s.next];
    auto opened = s.Open(entry);
    if (!opened) {
      base::Error error = std::move(opened.error());
      if (error.place.file.empty()) error.place.file = entry.path;
      ++s.next;
      return Skipped{entry.path, std::move(error)};
    }
    s.current = std::move(*opened);
  }
}

size_t ReportSource::files_total() const { return state_->entries.size(); }
size_t ReportSource::files_done() const { return state_->next; }

}  // namespace sitgraph::reports
