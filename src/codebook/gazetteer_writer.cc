// GazetteerWriter: rows into the bytes of a gazetteer file.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <map>
#include <set>
#include <unordered_map>

#include "base/hash.h"
#include "base/text.h"
#include "src/codebook/gazetteer.h"
#include "src/codebook/gazetteer_format.h"
#include "src/codebook/identity.h"
#include "src/codebook/names.h"

namespace sitgraph::codebook {
namespace {

using gazetteer::IdRecord;
using gazetteer::NameRecord;
using gazetteer::PlaceRecord;
using gazetteer::Text;

// All texts behind one another, equal ones once.
class TextPool {
 public:
  Text Add(std::string_view text) {
    const auto [at, fresh] = offsets_.emplace(std::string(text), bytes_.size());
    if (fresh) bytes_ += text;
    return {static_cast<uint32_t>(at->second), static_cast<uint32_t>(text.size())};
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
  std::unordered_map<std::string, uint64_t> offsets_;
};

template <typename Record>
void Append(std::string& out, const std::vector<Record>& records) {
  if (!records.empty()) out.append(reinterpret_cast<const char*>(records.data()), records.size() * sizeof(Record));
}

int32_t Units(std::optional<double> degrees) {
  constexpr double kUnits = 1e5;
  return degrees ? static_cast<int32_t>(std::lround(*degrees * kUnits)) : gazetteer::kNoDegrees;
}

// "Tal Afar" in IQ: place/tal-afar-iq; a second one there, less populous: place/tal-afar-iq-36.38-42.45.
std::string IdOf(const GazetteerWriter::Row& row, std::set<std::string>& taken) {
  std::string id = EntityIri(EntityKind::kPlace, row.name) + "-" + base::Lower(row.country);
  if (taken.contains(id) && row.latitude && row.longitude)
    id += fmt::format("-{:.2f}-{:.2f}", *row.latitude, *row.longitude);
  const std::string stem = id;
  for (int number = 2; !taken.insert(id).second; ++number) id = fmt::format("{}-{}", stem, number);
  return id;
}

// The most populous first, regions before cities; then by whatever tells two rows apart.
bool Before(const GazetteerWriter::Row& a, const GazetteerWriter::Row& b) {
  const auto key = [](const GazetteerWriter::Row& row) {
    return std::tie(row.name, row.country, row.region, row.type, row.latitude, row.longitude, row.aliases);
  };
  if (a.population != b.population) return a.population > b.population;
  if (a.is_region != b.is_region) return a.is_region;
  return key(a) < key(b);
}

bool IsDegrees(std::optional<double> value, double limit) { return !value || (*value >= -limit && *value <= limit); }

}  // namespace

bool GazetteerWriter::Add(Row row) {
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (row.country.size() != 2 || !std::all_of(row.country.begin(), row.country.end(), is_capital)) return false;
  if (!ReadName(row.name) || base::FindInvalidUtf8(row.name)) return false;
  if (!IsDegrees(row.latitude, 90) || !IsDegrees(row.longitude, 180) ||
      row.latitude.has_value() != row.longitude.has_value()) {
    return false;
  }
  rows_.push_back(std::move(row));
  return true;
}

base::Result<std::string> GazetteerWriter::Finish(std::string_view description) {
  std::sort(rows_.begin(), rows_.end(), Before);
  rows_.erase(std::unique(rows_.begin(), rows_.end(),
                          [](const Row& a, const Row& b) { return !Before(a, b) && !Before(b, a); }),
              rows_.end());
  std::map<std::pair<std::string, std::string>, uint32_t> regions;
  for (uint32_t i = 0; i < rows_.size(); ++i) {
    if (rows_[i].is_region && !rows_[i].region.empty())
      regions.emplace(std::pair(rows_[i].country, rows_[i].region), i);
  }
  TextPool pool;
  std::set<std::string> taken;
  std::vector<PlaceRecord> places;
  std::vector<NameRecord> names;
  std::vector<IdRecord> ids;
  for (uint32_t i = 0; i < rows_.size(); ++i) {
    const Row& row = rows_[i];
    PlaceRecord place{};
    const std::string id = IdOf(row, taken);
    place.id = pool.Add(id);
    place.name = pool.Add(row.name);
    place.latitude = Units(row.latitude);
    place.longitude = Units(row.longitude);
    place.population = row.population;
    const auto region = row.is_region ? regions.end() : regions.find({row.country, row.region});
    place.region = region == regions.end() ? 0 : region->second + 1;
    std::memcpy(place.country, row.country.data(), 2);
    place.type = static_cast<uint8_t>(row.type);
    places.push_back(place);
    ids.push_back({base::Hash64(id), i, 0});
    std::set<std::string> written = {row.name};
    written.insert(row.aliases.begin(), row.aliases.end());
    for (const std::string& name : written) {
      const auto reading = ReadName(name);
      if (reading) names.push_back({base::Hash64(reading->key), pool.Add(name), i, 0});
    }
  }
  const auto by_key = [](const NameRecord& a, const NameRecord& b) {
    return std::tie(a.key, a.place, a.name.offset) < std::tie(b.key, b.place, b.name.offset);
  };
  std::sort(names.begin(), names.end(), by_key);
  std::sort(ids.begin(), ids.end(),
            [](const IdRecord& a, const IdRecord& b) { return std::tie(a.hash, a.place) < std::tie(b.hash, b.place); });

  gazetteer::Header header{};
  std::memcpy(header.magic, gazetteer::kMagic.data(), sizeof(header.magic));
  header.description = pool.Add(description);
  if (pool.bytes().size() > std::numeric_limits<uint32_t>::max()) {
    return base::Fail(base::ErrorCode::kTooLarge, "the names of the places take more than 4 GiB", {},
                      "import fewer countries");
  }
  header.places = static_cast<uint32_t>(places.size());
  header.names = static_cast<uint32_t>(names.size());
  header.text_size = pool.bytes().size();
  std::string content;
  Append(content, places);
  Append(content, names);
  Append(content, ids);
  content += pool.bytes();
  header.checksum = base::Hash64(content);
  return std::string(reinterpret_cast<const char*>(&header), sizeof(header)) + content;
}

}  // namespace sitgraph::codebook
