// The events of a view on a map and along a line of time: GeoJSON (RFC 7946), KML 2.2, TimelineJS.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/error.h"
#include "base/file.h"
#include "exporters/view.h"

namespace sitgraph::exporters {

struct MapOptions {
  std::string base_iri;
};

struct MapSummary {
  uint64_t written = 0;
  uint64_t left_out = 0;  // events that the format has no place for
};

// A FeatureCollection; events without coordinates have no geometry. Properties are the columns of nodes.
base::Result<MapSummary> WriteGeoJson(View& view, const MapOptions& options, base::AtomicFile& out,
                                      const std::function<void()>& written);
// Placemarks with time spans, described by their evidence, coloured by type of event; those without coordinates too, as
// KML allows.
base::Result<MapSummary> WriteKml(View& view, const MapOptions& options, base::AtomicFile& out,
                                  const std::function<void()>& written);
// One slide an event, grouped by type; events without a date are left out.
base::Result<MapSummary> WriteTimeline(View& view, const MapOptions& options, base::AtomicFile& out,
                                       const std::function<void()>& written);

}  // namespace sitgraph::exporters
