// What the codebook adds to events in tables: the codes of other schemes, and how exact a place is.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sitgraph::exporters {

// Of one event type; empty where a scheme has none.
struct EventCodes {
  std::string label;                      // "Capture"
  std::string plover_event, plover_mode;  // "ASSAULT", "heavy-weapons"
  std::string cameo;                      // "190"
  std::string acled_event, acled_sub_event;
};

struct PlacePrecision {
  int acled = 0;  // geo_precision: 1 the place itself, 2 a part of a region, 3 a region
  int ucdp = 0;   // where_prec: 1 the place itself, 3 a district, 4 a governorate, 6 a country
};

// Given by the caller, for exporters do not know the codebook.
class CodeSource {
 public:
  virtual ~CodeSource() = default;
  // nullptr for a type that the codebook does not have.
  virtual const EventCodes* CodesOf(std::string_view event_type) const = 0;
  virtual std::optional<PlacePrecision> PrecisionOf(std::string_view place_iri) const = 0;
};

}  // namespace sitgraph::exporters
