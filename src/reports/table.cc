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

constexpr size_t kReportsPerRow = 16;  // a row may be this many times as large as a report

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
    csv_options.max_row = options_.max_report_bytes * kReportsPerRow;
    return std::make_unique<base::CsvReader>(Utf16AsUtf8(std::move(bytes)), input_.path, csv_options);
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
