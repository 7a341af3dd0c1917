#include "src/codebook/table.h"

#include <algorithm>
#include <tuple>

#include "base/csv.h"
#include "base/text.h"

namespace sitgraph::codebook {
namespace {

constexpr size_t kMaxErrors = 1000;
constexpr size_t kMaxField = 64 * 1024;  // bytes
constexpr size_t kMaxRows = 1'000'000;   // a file

std::vector<std::string> ToStrings(std::span<const std::string_view> words) {
  return std::vector<std::string>(words.begin(), words.end());
}

// At most 60 code points of a cell, for a message.
std::string Shown(std::string_view text) {
  constexpr size_t kShown = 60;
  size_t offset = 0;
  for (size_t n = 0; n < kShown && offset < text.size(); ++n) base::NextCodePoint(text, offset);
  return offset < text.size() ? std::string(text.substr(0, offset)) + "..." : std::string(text);
}

}  // namespace

void ErrorList::Add(base::Error error) {
  if (errors_.size() < kMaxErrors) {
    errors_.push_back(std::move(error));
  } else {
    full_ = true;
  }
}

std::vector<base::Error> ErrorList::Take(std::span<const std::string> file_order) {
  auto rank = [&](const base::Error& e) {
    return std::find(file_order.begin(), file_order.end(), e.place.file) - file_order.begin();
  };
  std::stable_sort(errors_.begin(), errors_.end(), [&](const base::Error& a, const base::Error& b) {
    return std::make_tuple(rank(a), a.place.line, a.place.column) <
           std::make_tuple(rank(b), b.place.line, b.place.column);
  });
  if (full_) {
    errors_.push_back({base::ErrorCode::kTooLarge,
                       "more errors than the " + std::to_string(kMaxErrors) + " shown",
                       {},
                       "correct these first"});
  }
  return std::move(errors_);
}

Table Table::Read(const SourceFile& file, std::span<const std::string_view> columns,
                  std::span<const std::string_view> required, ErrorList& errors) {
  Table table;
  table.file_ = file.name;
  std::string text = file.text;
  if (auto bad = base::FindInvalidUtf8(text)) {
    const auto line =
        1 + static_cast<uint32_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(*bad), '\n'));
    errors.Add({file.name, line, 0}, "not UTF-8", "save the file as UTF-8");
    return table;
  }
  base::CsvOptions options;
  options.comments = true;
  options.max_field = kMaxField;
  base::CsvReader reader(base::ReaderOver(std::move(text)), file.name, options);
  std::optional<std::vector<size_t>> order;  // the field of each column
  size_t header_size = 0;
  while (true) {
    auto next = reader.Next();
    if (!next) {
      const base::ErrorCode code = next.error().code;
      errors.Add(std::move(next.error()));
      if (code != base::ErrorCode::kBadInput && code != base::ErrorCode::kTooLarge) return table;
      continue;
    }
    if (*next == nullptr) break;
    const base::CsvRow& row = **next;
    if (header_size == 0) {
      header_size = row.fields.size();
      order = table.ReadHeader(row.fields, row.columns, row.line, columns, errors);
      if (!order) return table;
      continue;
    }
    if (row.fields.size() != header_size) {
      const uint32_t column = row.fields.size() > header_size ? row.columns[header_size] : row.columns.back();
      errors.Add(
          {file.name, row.line, column},
          "row has " + std::to_string(row.fields.size()) + " fields, the header has " + std::to_string(header_size),
          row.fields.size() > header_size ? "put a cell that holds a comma in double quotes"
                                          : "empty cells need their comma too");
      continue;
    }
    if (table.rows_.size() == kMaxRows) {
      errors.Add({base::ErrorCode::kTooLarge,
                  "more than " + std::to_string(kMaxRows) + " rows",
                  {file.name, row.line, 0},
                  {}});
      return table;
    }
    Row kept;
    kept.line = row.line;
    for (size_t field : *order) {
      kept.fields.emplace_back(base::Trim(row.fields[field]));
      kept.columns.push_back(row.columns[field]);
    }
    bool complete = true;
    for (size_t c = 0; c < columns.size(); ++c) {
      if (!kept.fields[c].empty() || std::find(required.begin(), required.end(), columns[c]) == required.end())
        continue;
      errors.Add({file.name, kept.line, kept.columns[c]}, "empty " + std::string(columns[c]));
      complete = false;
    }
    if (complete) table.rows_.push_back(std::move(kept));
  }
  if (header_size == 0) {
    errors.Add({file.name, 1, 1}, "no header row", "the first row names the columns: " + Join(ToStrings(columns)));
  }
  return table;
}

std::optional<std::vector<size_t>> Table::ReadHeader(const std::vector<std::string>& fields,
                                                     const std::vector<uint32_t>& field_columns, uint32_t line,
                                                     std::span<const std::string_view> columns,
                                                     ErrorList& errors) const {
  constexpr size_t kNone = SIZE_MAX;
  std::vector<size_t> order(columns.size(), kNone);
  bool good = true;
  for (size_t f = 0; f < fields.size(); ++f) {
    const std::string_view name = base::Trim(fields[f]);
    const auto found = std::find(columns.begin(), columns.end(), name);
    const base::Place place{file_, line, field_columns[f]};
    if (found == columns.end()) {
      errors.Add(place, "unknown column '" + Shown(name) + "'",
                 Suggest(name, ToStrings(columns), "columns are: " + Join(ToStrings(columns))));
      good = false;
      continue;
    }
    size_t& slot = order[static_cast<size_t>(found - columns.begin())];
    if (slot != kNone) {
      errors.Add(place, "column '" + std::string(name) + "' twice");
      good = false;
    }
    slot = f;
  }
  for (size_t c = 0; c < columns.size(); ++c) {
    if (order[c] != kNone) continue;
    errors.Add({file_, line, 1}, "no column '" + std::string(columns[c]) + "'",
               "columns are: " + Join(ToStrings(columns)));
    good = false;
  }
  if (!good) return std::nullopt;
  return order;
}

Cell Table::At(size_t row, size_t column) const {
  const Row& r = rows_[row];
  return {r.fields[column], r.line, r.columns[column]};
}

std::vector<Cell> Table::ListAt(size_t row, size_t column) const {
  std::vector<Cell> items;
  const Cell cell = At(row, column);
  uint32_t at = cell.column;
  for (std::string_view part : base::Split(cell.text, ';')) {
    const std::string_view item = base::Trim(part);
    if (!item.empty()) {
      const auto before = static_cast<size_t>(item.data() - part.data());
      items.push_back({item, cell.line, at + static_cast<uint32_t>(base::CountCodePoints(part.substr(0, before)))});
    }
    at += static_cast<uint32_t>(base::CountCodePoints(part)) + 1;
  }
  return items;
}

std::string Suggest(std::string_view word, const std::vector<std::string>& candidates, std::string otherwise) {
  if (auto near = base::Nearest(word, candidates)) return "did you mean '" + *near + "'?";
  return otherwise;
}

std::string Join(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) {
    if (!out.empty()) out += ", ";
    out += word;
  }
  return out;
}

}  // namespace sitgraph::codebook
