// Tables with a header (CSV, TSV): one report a row.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/csv.h"
#include "src/reports/item_reader.h"

namespace sitgraph::reports {
namespace {

using base::ErrorCode;
using base::Fail;
using base::Result;

constexpr size_t kNone = SIZE_MAX;  // no such column

constexpr size_t kMostFields = 1'000'000;  // of a row
constexpr uint64_t kReportsPerRow = 16;    // a row may be this many times as large as a report

// Ends the file with kTooLarge where a row cannot be held: a million fields on a line, or more bytes than `most` since
// the last Renew (a single field over the limit is the CSV reader's to skip).
class RowGuard : public base::ByteReader {
 public:
  RowGuard(std::unique_ptr<base::ByteReader> reader, char separator, uint64_t most)
      : reader_(std::move(reader)), separator_(separator), most_(most) {}

  void Renew() { bytes_ = 0; }

  Result<size_t> Read(char* buffer, size_t size) override {
    auto count = reader_->Read(buffer, size);
    if (!count) return count;
    const std::string_view chunk(buffer, *count);
    bytes_ += chunk.size();
    const size_t line = chunk.rfind('\n');
    if (line != std::string_view::npos) separators_ = 0;
    const std::string_view tail = line == std::string_view::npos ? chunk : chunk.substr(line);
    separators_ += static_cast<size_t>(std::count(tail.begin(), tail.end(), separator_));
    if (separators_ <= kMostFields && bytes_ <= most_) return count;
    return Fail(ErrorCode::kTooLarge, "row is larger than can be held", {},
                "check the separator and the quotes; the rest of the file is not read");
  }

 private:
  std::unique_ptr<base::ByteReader> reader_;
  char separator_;
  uint64_t most_;
  uint64_t bytes_ = 0;
  size_t separators_ = 0;  // since the last line end
};

class TableReader : public ItemReader {
 public:
  TableReader(std::unique_ptr<base::ByteReader> bytes, Input input, const ReaderOptions& options, char separator)
      : input_(std::move(input)), options_(options), csv_(MakeCsv(std::move(bytes), separator)) {}

  std::optional<Item> Next() override {
    if (!started_) {
      started_ = true;
      if (auto status = ReadHeader(); !status) {
        ended_ = true;
        return Problem(std::move(status.error()));
      }
    }
    while (!ended_) {
      guard_->Renew();
      auto row = csv_->Next();
      if (!row) {
        // What fails without a line is the file, not a row of it.
        ended_ = row.error().place.line == 0;
        return Problem(std::move(row.error()));
      }
      if (*row == nullptr) break;
      const base::CsvRow& r = **row;
      if (r.fields.size() == 1 && base::Trim(r.fields[0]).empty()) continue;
      auto report = Read(r);
      if (!report) return Problem(std::move(report.error()));
      return std::move(*report);
    }
    ended_ = true;
    return std::nullopt;
  }

 private:
  std::unique_ptr<base::CsvReader> MakeCsv(std::unique_ptr<base::ByteReader> bytes, char separator) {
    base::CsvOptions csv_options;
    csv_options.separator = separator;
    csv_options.max_field = options_.max_report_bytes;
    auto guarded = std::make_unique<RowGuard>(Utf16AsUtf8(std::move(bytes)), separator,
                                              options_.max_report_bytes * kReportsPerRow);
    guard_ = guarded.get();
    return std::make_unique<base::CsvReader>(std::move(guarded), input_.path, csv_options);
  }

  Item Problem(base::Error error) const {
    error.place.file = input_.path;
    return Skipped{input_.path, std::move(error)};
  }

  base::Status ReadHeader() {
    auto row = csv_->Next();
    if (!row) return Fail(std::move(row.error()));
    if (*row == nullptr) return Fail(ErrorCode::kBadInput, "empty");
    header_size_ = (*row)->fields.size();
    std::vector<std::string> names;
    for (const std::string& field : (*row)->fields) {
      auto name = DecodePiece(field);
      if (!name) return Fail(ErrorCode::kBadInput, name.error().message, {"", 1}, name.error().hint);
      names.push_back(base::CollapseSpace(*name));
    }
    for (size_t f = 0; f < kFields; ++f) {
      auto column = FindColumn(names, static_cast<Field>(f));
      if (!column) return Fail(std::move(column.error()));
      columns_[f] = *column;
    }
    return {};
  }

  // The column of a field, or kNone; an error where the user named one that is not there, or no text is to be found.
  Result<size_t> FindColumn(const std::vector<std::string>& names, Field field) const {
    const std::string& chosen = ChosenName(options_.columns, field);
    size_t best = kNone;
    int best_fit = 0;
    for (size_t i = 0; i < names.size(); ++i) {
      const int fit = chosen.empty() ? Fit(field, names[i]) : base::EqualsIgnoringAsciiCase(names[i], chosen) ? 1 : 0;
      if (fit <= best_fit) continue;
      best = i;
      best_fit = fit;
    }
    if (best != kNone) return best;
    if (!chosen.empty()) {
      const auto nearest = base::Nearest(chosen, names);
      return Fail(ErrorCode::kBadInput, fmt::format("no column \"{}\"", chosen), {"", 1},
                  nearest ? fmt::format("did you mean \"{}\"?", *nearest) : "the columns are: " + List(names));
    }
    if (field != Field::kText) return kNone;
    return Fail(ErrorCode::kBadInput, "no column for the text; the columns are: " + List(names), {"", 1},
                "name it with --text-column");
  }

  static std::string List(const std::vector<std::string>& names) {
    constexpr size_t kShown = 20, kLongestName = 60;
    const size_t shown = std::min(names.size(), kShown);
    std::string list;
    for (size_t i = 0; i < shown; ++i) {
      list += i == 0 ? "" : ", ";
      list += names[i].size() <= kLongestName ? names[i] : "(a very long name)";
    }
    return names.size() > kShown ? list + ", ..." : list;
  }

  Result<Report> Read(const base::CsvRow& row) {
    const base::Place place{"", row.line};
    if (row.fields.size() != header_size_) {
      return Fail(ErrorCode::kBadInput,
                  fmt::format("row has {} fields, the header has {}", row.fields.size(), header_size_), place,
                  "quote fields that hold the separator or a quote");
    }
    std::string fields[kFields];
    for (size_t f = 0; f < kFields; ++f) {
      if (columns_[f] == kNone) continue;
      auto text = DecodePiece(row.fields[columns_[f]]);
      if (!text) return Fail(text.error().code, text.error().message, place, text.error().hint);
      fields[f] = std::move(*text);
    }
    return MakeReport(fields, input_, row.line);
  }

  Input input_;
  ReaderOptions options_;
  RowGuard* guard_ = nullptr;  // inside csv_
  std::unique_ptr<base::CsvReader> csv_;
  std::array<size_t, kFields> columns_{};
  size_t header_size_ = 0;
  bool started_ = false, ended_ = false;
};

}  // namespace

std::unique_ptr<ItemReader> OpenTable(std::unique_ptr<base::ByteReader> bytes, Input input,
                                      const ReaderOptions& options, char separator) {
  return std::make_unique<TableReader>(std::move(bytes), std::move(input), options, separator);
}

}  // namespace sitgraph::reports
