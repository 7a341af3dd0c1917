// Comma-separated values (RFC 4180, with any one-byte separator): reading with places, writing with quoting.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/file.h"

namespace sitgraph::base {

struct CsvOptions {
  char separator = ',';
  bool comments = false;                // lines whose first character is '#' are skipped, as are empty ones
  size_t max_field = size_t{16} << 20;  // bytes; a longer field makes its row kTooLarge, as do more
  size_t max_row = size_t{256} << 20;   // bytes in all fields of a row, and more
  size_t max_fields = 1'000'000;        // fields in a row
};

struct CsvRow {
  std::vector<std::string> fields;
  std::vector<uint32_t>
      columns;        // of each field's first character, counted in code points from 1, on the row's first line
  uint32_t line = 0;  // where the row starts, from 1
};

// Streams rows with bounded memory. Lines end with \n, \r\n or \r. An unclosed quote or text after a closing quote is
// kBadInput with its place, a row over the limits kTooLarge; the reader then goes on at the next line, so that one
// broken row loses no other. Only a quote that is never closed loses what stands more than `max_field` bytes after it.
class CsvReader {
 public:
  CsvReader(std::unique_ptr<ByteReader> reader, std::string file_name, CsvOptions options = {});
  ~CsvReader();
  // The next row (valid until the next call), or nullptr at the end.
  Result<const CsvRow*> Next();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// A reader over bytes in memory.
std::unique_ptr<ByteReader> ReaderOver(std::string bytes);

// One field, quoted where needed. `guard_formula` puts an apostrophe before = + - @ so that a spreadsheet does not run
// it.
std::string CsvField(std::string_view text, char separator = ',', bool guard_formula = false);

}  // namespace sitgraph::base
