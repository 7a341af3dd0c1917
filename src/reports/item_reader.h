// What the readers of the formats have in common: an opened input that gives items, and fields that become a report.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "src/reports/encoding.h"
#include "src/reports/reader.h"

namespace sitgraph::reports {

// One open file. Gives its reports and problems one by one; nullopt at its end.
class ItemReader {
 public:
  virtual ~ItemReader() = default;
  virtual std::optional<Item> Next() = 0;
};

// `path` is what the place of an error shows, `name` what ids are made of.
struct Input {
  std::string path;
  std::string name;
};

std::unique_ptr<ItemReader> OpenJsonLines(std::unique_ptr<base::ByteReader> bytes, Input input,
                                          const ReaderOptions& options);
std::unique_ptr<ItemReader> OpenTable(std::unique_ptr<base::ByteReader> bytes, Input input,
                                      const ReaderOptions& options, char separator);

// The parts of a report, whatever format they come in.
enum class Field : uint8_t { kId, kText, kTitle, kDate, kSource, kUrl, kAuthor };
inline constexpr size_t kFields = 7;

// The name that the user gave for a field, or "".
const std::string& ChosenName(const Columns& columns, Field field);
// How well a column's name fits a field where the user gave none: 0 not at all, else the larger the better.
int Fit(Field field, std::string_view name);
// "text, body, content, ...", for messages.
std::string UsualNames(Field field);

// A report of a file with many: `fields` are UTF-8, `line` is where it starts. An empty text is kBadInput.
base::Result<Report> MakeReport(std::string (&fields)[kFields], const Input& input, uint32_t line);

}  // namespace sitgraph::reports
