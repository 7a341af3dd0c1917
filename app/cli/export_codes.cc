#include "app/cli/export_codes.h"

#include <utility>

namespace sitgraph::cli {

exporters::EventCodes CodesOf(const codebook::EventType& type) {
  return {type.label, type.plover_event, type.plover_mode, type.cameo, type.acled_event, type.acled_sub_event};
}

CodebookCodes::CodebookCodes(const codebook::Codebook& codebook, std::string base_iri)
    : codebook_(codebook), base_iri_(std::move(base_iri)) {
  for (const codebook::EventType& type : codebook.event_types()) {
    codes_[type.id] = cli::CodesOf(type);
  }
}

const exporters::EventCodes* CodebookCodes::CodesOf(std::string_view event_type) const {
  const auto at = codes_.find(event_type);
  return at == codes_.end() ? nullptr : &at->second;
}

std::optional<exporters::PlacePrecision> CodebookCodes::PrecisionOf(std::string_view place_iri) const {
  using codebook::PlaceType;
  if (!place_iri.starts_with(base_iri_)) return std::nullopt;
  const codebook::Entry* entry = codebook_.FindEntry(place_iri.substr(base_iri_.size()));
  if (entry == nullptr) return std::nullopt;
  switch (entry->place_type) {
    case PlaceType::kNone:
      return std::nullopt;
    case PlaceType::kCountry:
      return exporters::PlacePrecision{3, 6};
    case PlaceType::kRegion:
    case PlaceType::kGovernorate:
      return exporters::PlacePrecision{3, 4};
    case PlaceType::kDistrict:
    case PlaceType::kZone:
      return exporters::PlacePrecision{2, 3};
    case PlaceType::kRoad:
      return exporters::PlacePrecision{2, 5};
    case PlaceType::kSettlement:
    case PlaceType::kCamp:
    case PlaceType::kBase:
    case PlaceType::kFeature:
      break;
  }
  return exporters::PlacePrecision{1, 1};
}

}  // namespace sitgraph::cli
