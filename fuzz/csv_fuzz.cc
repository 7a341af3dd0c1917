// Any bytes as a table: rows within the limits or errors with a place, each line read once; what was read is written
// and read back the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "base/csv.h"

namespace {

using namespace sitgraph::base;  // NOLINT: one fuzzer, one room

void Require(bool condition) {
  if (!condition) std::abort();
}

// The rows as CsvField writes them give the same rows.
void CheckWritten(const std::vector<std::vector<std::string>>& rows, char separator) {
  std::string text = "first\n";  // else a byte order mark in the first row would be read as one
  for (const std::vector<std::string>& fields : rows) {
    for (size_t i = 0; i < fields.size(); ++i) {
      if (i > 0) text += separator;
      text += CsvField(fields[i], separator);
    }
    text += '\n';
  }
  CsvReader reader(ReaderOver(std::move(text)), "written", {.separator = separator});
  Require(reader.Next().has_value());
  for (const std::vector<std::string>& fields : rows) {
    const auto again = reader.Next();
    Require(again && *again != nullptr && (*again)->fields == fields);
  }
  const auto end = reader.Next();
  Require(end && *end == nullptr);
}

}  // namespace

// The first byte chooses the options.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  CsvOptions options;
  options.separator = ",;\t|"[data[0] % 4];
  options.comments = (data[0] & 4) != 0;
  if ((data[0] & 8) != 0) options.max_field = 16;
  if ((data[0] & 16) != 0) options.max_fields = 4;
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  CsvReader reader(ReaderOver(bytes), "fuzz", options);
  std::vector<std::vector<std::string>> rows;
  uint32_t line = 0;
  for (size_t calls = 0;; ++calls) {
    Require(calls <= bytes.size());  // else it does not come to an end
    const auto row = reader.Next();
    if (!row) {
      Require(!row.error().message.empty() && row.error().place.line > 0);
      continue;
    }
    if (*row == nullptr) break;
    const CsvRow& read = **row;
    Require(read.line > line && !read.fields.empty() && read.fields.size() == read.columns.size());
    Require(read.fields.size() <= options.max_fields);
    for (const std::string& field : read.fields) Require(field.size() <= options.max_field);
    line = read.line;
    rows.push_back(read.fields);
  }
  CheckWritten(rows, options.separator);
  return 0;
}
