// JSON Lines: one JSON object a line, one report an object.
#include <fmt/format.h>
#include <rapidjson/document.h>
#include <rapidjson/error/en.h>

#include <algorithm>

#include "src/reports/item_reader.h"

namespace sitgraph::reports {
namespace {

using base::ErrorCode;
using base::Fail;
using base::Result;

constexpr unsigned kParseFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseFullPrecisionFlag;

std::string_view NameOf(const rapidjson::Value& name) { return {name.GetString(), name.GetStringLength()}; }

// The value as text: strings, whole numbers and lists of strings ("authors"); nullopt for what is no text.
std::optional<std::string> TextOf(const rapidjson::Value& value) {
  if (value.IsString()) return std::string(value.GetString(), value.GetStringLength());
  if (value.IsUint64()) return std::to_string(value.GetUint64());
  if (value.IsInt64()) return std::to_string(value.GetInt64());
  if (value.IsNull()) return std::string();
  if (!value.IsArray()) return std::nullopt;
  std::string joined;
  for (const rapidjson::Value& element : value.GetArray()) {
    if (!element.IsString()) return std::nullopt;
    if (!joined.empty()) joined += ", ";
    joined.append(element.GetString(), element.GetStringLength());
  }
  return joined;
}

class JsonLinesReader : public ItemReader {
 public:
  JsonLinesReader(std::unique_ptr<base::ByteReader> bytes, Input input, const ReaderOptions& options)
      : lines_(Utf16AsUtf8(std::move(bytes)), options.max_report_bytes), input_(std::move(input)), options_(options) {}

  std::optional<Item> Next() override {
    while (!ended_) {
      auto line = lines_.Next();
      if (!line) {
        base::Error error = std::move(line.error());
        ended_ = error.code != ErrorCode::kTooLarge;
        error.place.file = input_.path;
        any_ = true;
        return Skipped{input_.path, std::move(error)};
      }
      if (*line == nullptr) break;
      std::string_view json = **line;
      if (lines_.line_number() == 1 && json.substr(0, 3) == "\xEF\xBB\xBF") json.remove_prefix(3);
      if (base::Trim(json).empty()) continue;
      any_ = true;
      auto report = Read(json);
      if (report) return std::move(*report);
      report.error().place.file = input_.path;
      report.error().place.line = LineNumber();
      return Skipped{input_.path, std::move(report.error())};
    }
    ended_ = true;
    if (std::exchange(any_, true)) return std::nullopt;
    return Skipped{input_.path, {ErrorCode::kBadInput, "empty", {input_.path}, ""}};
  }

 private:
  uint32_t LineNumber() const { return static_cast<uint32_t>(lines_.line_number()); }

  Result<Report> Read(std::string_view line) {
    auto decoded = DecodePiece(line);
    if (!decoded) return Fail(std::move(decoded.error()));
    rapidjson::Document document;
    document.Parse<kParseFlags>(decoded->data(), decoded->size());
    if (document.HasParseError()) {
      const size_t offset = std::min(document.GetErrorOffset(), decoded->size());
      const auto column =
          static_cast<uint32_t>(base::CountCodePoints(std::string_view(*decoded).substr(0, offset))) + 1;
      std::string message = rapidjson::GetParseError_En(document.GetParseError());
      if (!message.empty() && message.back() == '.') message.pop_back();
      return Fail(ErrorCode::kBadInput, "not JSON: " + message, {"", 0, column});
    }
    if (!document.IsObject()) {
      return Fail(ErrorCode::kBadInput, "not a JSON object", {},
                  "write one object a line: {\"text\": \"...\", \"title\": \"...\"}");
    }
    std::string fields[kFields];
    for (size_t f = 0; f < kFields; ++f) {
      const auto field = static_cast<Field>(f);
      const rapidjson::Value* value = Find(document, field);
      if (value == nullptr && field == Field::kText) {
        const std::string& chosen = ChosenName(options_.columns, field);
        return Fail(
            ErrorCode::kBadInput, chosen.empty() ? "no text" : fmt::format("no key \"{}\"", chosen), {},
            fmt::format("the text is looked for under {}; name another key with --text-column", UsualNames(field)));
      }
      if (value == nullptr) continue;
      auto text = TextOf(*value);
      if (!text && (field == Field::kText || field == Field::kId)) {
        return Fail(ErrorCode::kBadInput, fmt::format("the {} is not a string", field == Field::kText ? "text" : "id"));
      }
      if (text) fields[f] = std::move(*text);
    }
    return MakeReport(fields, input_, LineNumber());
  }

  // The member that fits best; the first of equals.
  const rapidjson::Value* Find(const rapidjson::Document& document, Field field) const {
    const std::string& chosen = ChosenName(options_.columns, field);
    const rapidjson::Value* best = nullptr;
    int best_fit = 0;
    for (const auto& member : document.GetObject()) {
      const std::string_view name = NameOf(member.name);
      const int fit = chosen.empty() ? Fit(field, name) : base::EqualsIgnoringAsciiCase(name, chosen) ? 1 : 0;
      if (fit <= best_fit) continue;
      best = &member.value;
      best_fit = fit;
    }
    return best;
  }

  base::LineReader lines_;
  Input input_;
  ReaderOptions options_;
  bool ended_ = false;
  bool any_ = false;  // anything but blank lines was met
};

}  // namespace

std::unique_ptr<ItemReader> OpenJsonLines(std::unique_ptr<base::ByteReader> bytes, Input input,
                                          const ReaderOptions& options) {
  return std::make_unique<JsonLinesReader>(std::move(bytes), std::move(input), options);
}

}  // namespace sitgraph::reports
