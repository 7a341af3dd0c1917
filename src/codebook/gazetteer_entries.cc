#include "src/codebook/gazetteer_entries.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace sitgraph::codebook {
namespace {

// Whether both lie within some 25 km of each other; places without coordinates may.
bool AreNear(const Entry& entry, const GazetteerPlace& place) {
  if (!entry.latitude || !place.latitude) return true;
  constexpr double kDegrees = 0.25;
  const double width = std::cos(*place.latitude * 3.14159265358979 / 180);
  return std::abs(*entry.latitude - *place.latitude) < kDegrees &&
         std::abs(*entry.longitude - *place.longitude) * width < kDegrees;
}

bool IsRegion(PlaceType type) {
  return type == PlaceType::kRegion || type == PlaceType::kGovernorate || type == PlaceType::kDistrict;
}

}  // namespace

GazetteerEntries::GazetteerEntries(Gazetteer gazetteer, const Content& content)
    : gazetteer_(std::move(gazetteer)), content_(content) {
  for (const Entry& entry : content.entries) {
    if (entry.place_type == PlaceType::kCountry) country_ids_.emplace(entry.country, entry.id);
  }
}

std::optional<NameMatch> GazetteerEntries::Match(std::span<const std::string_view> tokens, bool any_case) const {
  const auto match = gazetteer_.Find(tokens, any_case);
  if (!match) return std::nullopt;
  NameMatch out;
  out.tokens = match->tokens;
  out.as_spelt = match->as_spelt;
  for (uint32_t place : match->places) {
    const Entry* entry = EntryOf(place);
    if (std::find(out.entries.begin(), out.entries.end(), entry) == out.entries.end()) out.entries.push_back(entry);
  }
  return out;
}

const Entry* GazetteerEntries::Find(std::string_view id) const {
  const auto place = gazetteer_.FindId(id);
  return place ? EntryOf(*place) : nullptr;
}

const Entry* GazetteerEntries::KnownAs(const GazetteerPlace& place) const {
  const std::vector<std::string_view> tokens = base::Split(place.name, ' ');
  const auto match = content_.names.Find(tokens, true);
  if (!match || match->tokens != tokens.size()) return nullptr;
  for (uint32_t value : match->values) {
    const Entry& entry = content_.entries[value];
    if (entry.kind != EntityKind::kPlace || entry.country != place.country) continue;
    if (entry.place_type == PlaceType::kCountry || IsRegion(entry.place_type) != IsRegion(place.type)) continue;
    if (IsRegion(place.type) || AreNear(entry, place)) return &entry;
  }
  return nullptr;
}

const Entry* GazetteerEntries::EntryOf(uint32_t number) const {
  const std::lock_guard lock(mutex_);
  if (const auto known = entry_of_.find(number); known != entry_of_.end()) return known->second;
  const GazetteerPlace place = gazetteer_.At(number);
  const Entry* entry = KnownAs(place);
  if (entry == nullptr) entry = made_.emplace_back(Make(place)).get();
  entry_of_.emplace(number, entry);
  return entry;
}

std::unique_ptr<Entry> GazetteerEntries::Make(const GazetteerPlace& place) const {
  auto entry = std::make_unique<Entry>();
  entry->id = std::string(place.id);
  entry->name = std::string(place.name);
  entry->country = std::string(place.country);
  entry->place_type = place.type;
  entry->latitude = place.latitude;
  entry->longitude = place.longitude;
  entry->population = place.population;
  entry->gazetteer = true;
  if (place.region) {
    const GazetteerPlace region = gazetteer_.At(*place.region);
    const Entry* known = KnownAs(region);
    entry->within = known != nullptr ? known->id : std::string(region.id);
  }
  if (entry->within.empty()) {
    const auto country = country_ids_.find(entry->country);
    if (country != country_ids_.end()) entry->within = country->second;
  }
  return entry;
}

}  // namespace sitgraph::codebook
