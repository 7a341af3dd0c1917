// CSV tables of the codebook: columns by header name, cells with their place, errors collected instead of thrown.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace sitgraph::codebook {

// Collects up to a thousand errors; of the rest only the fact is told.
class ErrorList {
 public:
  void Add(base::Error error);
  void Add(base::Place place, std::string message, std::string hint = {}) {
    Add(base::Error{base::ErrorCode::kBadInput, std::move(message), std::move(place), std::move(hint)});
  }
  bool empty() const { return errors_.empty(); }
  // Sorted by the position of their file in `file_order`, then line and column.
  std::vector<base::Error> Take(std::span<const std::string> file_order);

 private:
  std::vector<base::Error> errors_;
  bool full_ = false;
};

// The content of one file of the codebook in memory.
struct SourceFile {
  std::string name;  // as errors show it
  std::string text;
};

// A cell, trimmed, with the place of its first character. Views the table's rows.
struct Cell {
  std::string_view text;
  uint32_t line = 0;
  uint32_t column = 0;
  bool empty() const { return text.empty(); }
};

class Table {
 public:
  // Reads `file`, whose header must name exactly `columns`, in any order; every column in `required` must hold
  // something in every row. Rows that cannot be read are reported and left out; a header that cannot be used leaves the
  // table empty. `file` must outlive nothing: the rows are copied.
  static Table Read(const SourceFile& file, std::span<const std::string_view> columns,
                    std::span<const std::string_view> required, ErrorList& errors);

  size_t size() const { return rows_.size(); }
  // `column` is an index into the `columns` given to Read.
  Cell At(size_t row, size_t column) const;
  // The members of a cell that holds a list separated by ';'. Empty members are left out.
  std::vector<Cell> ListAt(size_t row, size_t column) const;
  base::Place PlaceOf(const Cell& cell) const { return {file_, cell.line, cell.column}; }

 private:
  struct Row {
    uint32_t line = 0;
    std::vector<std::string> fields;  // in the order of the columns given to Read
    std::vector<uint32_t> columns;
  };

  // Which field of a row belongs to which column; nullopt where the header is wrong.
  std::optional<std::vector<size_t>> ReadHeader(const std::vector<std::string>& fields,
                                                const std::vector<uint32_t>& field_columns, uint32_t line,
                                                std::span<const std::string_view> columns, ErrorList& errors) const;

  std::string file_;
  std::vector<Row> rows_;
};

// "did you mean 'x'?" for the candidate nearest to `word`, or, where none is near, `otherwise`.
std::string Suggest(std::string_view word, const std::vector<std::string>& candidates, std::string otherwise = {});

// "a, b, c" for messages that list what is allowed.
std::string Join(const std::vector<std::string>& words);

}  // namespace sitgraph::codebook
