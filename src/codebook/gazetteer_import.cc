// Rows of a GeoNames dump into a gazetteer.
#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/file.h"
#include "base/text.h"
#include "src/codebook/gazetteer.h"

namespace sitgraph::codebook {
namespace {

constexpr size_t kMaxLine = 1 << 16;  // bytes; the longest of GeoNames' rows have some 12,000
constexpr size_t kColumns = 19;
constexpr size_t kMaxAliases = 40;
enum Column : size_t {
  kName = 1,
  kAlternates = 3,
  kLatitude,
  kLongitude,
  kClass,
  kCode,
  kCountry,
  kAdmin1 = 10,
  kPopulation = 14
};

std::optional<double> Number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

// What of GeoNames' feature codes places of reports are.
std::optional<PlaceType> TypeOf(std::string_view cls, std::string_view code) {
  if (cls == "P") {
    const bool gone = code == "PPLH" || code == "PPLCH" || code == "PPLQ" || code == "PPLW";
    return gone ? std::nullopt : std::optional(PlaceType::kSettlement);
  }
  if (code == "ADM1") return PlaceType::kGovernorate;
  if (code == "ADM2" || code == "ADM3") return PlaceType::kDistrict;
  if (code == "CMPRF" || code == "CMPLA" || code == "CMP") return PlaceType::kCamp;
  if (code == "MILB" || code == "AIRB" || code == "INSM" || code == "AIRP") return PlaceType::kBase;
  return std::nullopt;
}

// Names in Latin letters of three letters and more; codes of airports ("DAM") are none.
bool IsLatinName(std::string_view name) {
  size_t letters = 0;
  bool small = false;
  for (size_t at = 0; at < name.size();) {
    const char32_t c = base::NextCodePoint(name, at);
    if (c >= 0x250 && !(c >= 0x1E00 && c < 0x1F00) && !(c >= 0x2B0 && c < 0x370) && c != 0x2019 && c != 0x2018)
      return false;
    if (c == ':' || c == '/') return false;  // a link
    small = small || (c >= 'a' && c <= 'z') || c >= 0xC0;
    letters += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0xC0 ? 1 : 0;
  }
  return letters >= 3 && small;
}

std::optional<GazetteerWriter::Row> ReadRow(const std::vector<std::string_view>& cells, PlaceType type) {
  GazetteerWriter::Row row;
  row.name = std::string(cells[kName]);
  row.country = std::string(cells[kCountry]);
  row.region = std::string(cells[kAdmin1]);
  row.latitude = Number(cells[kLatitude]);
  row.longitude = Number(cells[kLongitude]);
  const auto population = cells[kPopulation].empty() ? 0.0 : Number(cells[kPopulation]);
  if (!row.latitude || !row.longitude || !population || *population < 0) return std::nullopt;
  constexpr double kMost = 4e9;
  row.population = static_cast<uint32_t>(std::min(*population, kMost));
  row.type = type;
  row.is_region = cells[kCode] == "ADM1";
  if (row.is_region) row.aliases = RegionAliases(row.name);
  for (std::string_view alternate : base::Split(cells[kAlternates], ',')) {
    if (row.aliases.size() >= kMaxAliases) break;
    if (IsLatinName(alternate)) row.aliases.emplace_back(alternate);
  }
  return row;
}

}  // namespace

std::vector<std::string> RegionAliases(std::string_view name) {
  constexpr std::string_view kWords[] = {" Governorate", " Province", " Region",     " District",  " State",
                                         " Oblast",      " County",   " Prefecture", " Department"};
  for (std::string_view word : kWords) {
    if (name.size() > word.size() && name.ends_with(word))
      return {std::string(name.substr(0, name.size() - word.size()))};
  }
  return {};
}

base::Result<ImportSummary> ImportGeoNames(const std::string& path, uint32_t min_population, GazetteerWriter& writer) {
  auto bytes = base::OpenReader(path);
  if (!bytes) return base::Fail(bytes.error());
  base::LineReader lines(std::move(*bytes), kMaxLine);
  ImportSummary summary;
  const auto damaged = [&] {
    if (summary.damaged++ == 0) summary.first_damaged = lines.line_number();
  };
  for (;;) {
    const auto line = lines.Next();
    if (!line && line.error().code != base::ErrorCode::kTooLarge) return base::Fail(line.error());
    if (line && *line == nullptr) break;
    ++summary.rows;
    if (!line) {
      damaged();
      continue;
    }
    const std::vector<std::string_view> cells = base::Split(**line, '\t');
    if (cells.size() != kColumns) {
      damaged();
      continue;
    }
    const auto type = TypeOf(cells[kClass], cells[kCode]);
    if (!type || cells[kCountry].empty()) continue;
    auto row = ReadRow(cells, *type);
    if (!row) {
      damaged();
      continue;
    }
    const bool region = *type == PlaceType::kGovernorate || *type == PlaceType::kDistrict;
    if (!region && row->population < min_population) continue;
    if (writer.Add(std::move(*row))) ++summary.kept;
  }
  return summary;
}

}  // namespace sitgraph::codebook
