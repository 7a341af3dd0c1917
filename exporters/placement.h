// Where nodes lie before any layout: what has coordinates on a map, everything else around it.
#pragma once

#include <optional>
#include <string_view>

#include "base/error.h"
#include "exporters/graph_reader.h"
#include "exporters/view.h"

namespace sitgraph::exporters {

// nullopt for text that is no number, or one outside the range of the property (kLatitude, kLongitude).
std::optional<double> ParseDegrees(Property property, std::string_view text);

// The map fills a square of 1000 units around (0, 0), north up, in an equirectangular projection that is true at the
// middle latitude. A tenth of the coordinates on each side may lie off it, so that one far capital does not shrink the
// country: those stand at its edge. What lies nowhere is spread over a ring around it, or over a disc where nothing has
// coordinates, by a hash of its IRI. Depends on the graph's content alone.
class Placement {
 public:
  // Reads all coordinates once, 8 bytes each, and keeps only their bounds.
  static base::Result<Placement> Create(const GraphReader& reader);

  // `spread` lays the node beside its coordinates, so that the events of one place do not hide each other.
  Position Place(std::string_view iri, const std::optional<Coordinates>& coordinates, bool spread) const;

 private:
  struct Bounds {
    double low = 0;
    double high = 0;
    bool empty = true;
    double middle() const { return (low + high) / 2; }
  };
  static base::Result<Bounds> ReadBounds(const GraphReader& reader, Property property);

  Bounds latitude_, longitude_;
  double longitude_scale_ = 1;  // cosine of the middle latitude
  double units_per_degree_ = 1;
};

}  // namespace sitgraph::exporters
