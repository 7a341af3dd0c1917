#include "exporters/placement.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "base/hash.h"
#include "exporters/event_text.h"

namespace sitgraph::exporters {
namespace {

constexpr double kMapSide = 1000;
constexpr double kRingInner = 750;
constexpr double kRingOuter = 1000;
constexpr double kDisc = 500;
constexpr double kSpread = 15;
constexpr double kEdge = 620;           // where what lies off the map is put, half the side and a margin
constexpr size_t kOutliers = 10;        // one in so many may lie off the map on each side
constexpr double kSmallestSpan = 0.01;  // degrees; a single place is no reason to divide by zero

// A point between two circles around (0, 0), evenly spread, from a hash of the IRI: the first of a sequence of points
// of the square that lies between them (SplitMix64 steps).
Position FromHash(std::string_view iri, double inner, double outer) {
  uint64_t state = base::Hash64(iri);
  Position point;
  double distance = 0;
  do {
    state += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t mixed = state;
    mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94D049BB133111EB);
    mixed ^= mixed >> 31;
    const auto side = [outer](uint32_t bits) { return (static_cast<double>(bits) / 2147483648.0 - 1) * outer; };
    point = {side(static_cast<uint32_t>(mixed >> 32)), side(static_cast<uint32_t>(mixed))};
    distance = point.x * point.x + point.y * point.y;
  } while (distance < inner * inner || distance > outer * outer);
  return point;
}

}  // namespace

std::optional<double> ParseDegrees(Property property, std::string_view text) {
  const std::optional<double> degrees = ParseNumber(text);
  const double limit = property == Property::kLatitude ? 90 : 180;
  return degrees && std::abs(*degrees) <= limit ? degrees : std::nullopt;
}

base::Result<Placement::Bounds> Placement::ReadBounds(const GraphReader& reader, Property property) {
  std::vector<double> values;
  const std::optional<graph::TermId> predicate = reader.IdOf(property);
  if (!predicate) return Bounds();
  const auto cursor = reader.snapshot().Match({.subject = {}, .predicate = predicate, .object = {}, .graph = {}});
  for (; cursor->Valid(); cursor->Next()) {
    const auto term = reader.Resolve(cursor->quad().object);
    if (!term) return base::Fail(term.error());
    if (const auto degrees = ParseDegrees(property, term->value())) values.push_back(*degrees);
  }
  if (base::Status status = cursor->status(); !status) return base::Fail(status.error());
  if (values.empty()) return Bounds();
  std::sort(values.begin(), values.end());
  const size_t cut = values.size() / kOutliers;
  return Bounds{values[cut], values[values.size() - 1 - cut], false};
}

base::Result<Placement> Placement::Create(const GraphReader& reader) {
  Placement placement;
  const auto latitude = ReadBounds(reader, Property::kLatitude);
  if (!latitude) return base::Fail(latitude.error());
  const auto longitude = ReadBounds(reader, Property::kLongitude);
  if (!longitude) return base::Fail(longitude.error());
  placement.latitude_ = *latitude;
  placement.longitude_ = *longitude;
  placement.longitude_scale_ = std::cos(latitude->middle() * std::numbers::pi / 180);
  const double height = latitude->high - latitude->low;
  const double width = (longitude->high - longitude->low) * placement.longitude_scale_;
  placement.units_per_degree_ = kMapSide / std::max({height, width, kSmallestSpan});
  return placement;
}

Position Placement::Place(std::string_view iri, const std::optional<Coordinates>& coordinates, bool spread) const {
  Position position;
  if (coordinates) {
    position.x = (coordinates->longitude - longitude_.middle()) * longitude_scale_ * units_per_degree_;
    position.y = (coordinates->latitude - latitude_.middle()) * units_per_degree_;
    position = {std::clamp(position.x, -kEdge, kEdge), std::clamp(position.y, -kEdge, kEdge)};
    if (spread) {
      const Position beside = FromHash(iri, 0, kSpread);
      position.x += beside.x;
      position.y += beside.y;
    }
  } else {
    const bool no_map = latitude_.empty || longitude_.empty;
    position = no_map ? FromHash(iri, 0, kDisc) : FromHash(iri, kRingInner, kRingOuter);
  }
  return Rounded(position);
}

}  // namespace sitgraph::exporters
