#include "exporters/views.h"

#include <utility>

#include "base/text.h"
#include "exporters/derived_view.h"
#include "exporters/events_view.h"
#include "exporters/view_rules.h"

namespace sitgraph::exporters {

const std::vector<std::string>& ViewNames() {
  static const std::vector<std::string> kNames = {"events", "actors", "places", "claims"};
  return kNames;
}

base::Result<ViewKind> ParseView(std::string_view name) {
  for (size_t i = 0; i < ViewNames().size(); ++i) {
    if (base::EqualsIgnoringAsciiCase(name, ViewNames()[i])) return static_cast<ViewKind>(i);
  }
  const auto nearest = base::Nearest(base::Lower(name), ViewNames());
  return base::Fail(
      base::ErrorCode::kUsage, "unknown view \"" + std::string(name) + "\"", {},
      (nearest ? "did you mean " + *nearest + "? " : std::string()) + "views: events, actors, places, claims");
}

base::Result<std::unique_ptr<View>> MakeView(const graph::Snapshot& snapshot, ViewKind kind,
                                             const ViewOptions& options) {
  auto source = ViewSource::Create(snapshot, options);
  if (!source) return base::Fail(source.error());
  switch (kind) {
    case ViewKind::kActors:
      return std::make_unique<DerivedView>(ActorsRule(), std::move(*source));
    case ViewKind::kPlaces:
      return std::make_unique<DerivedView>(PlacesRule(), std::move(*source));
    case ViewKind::kClaims:
      return std::make_unique<DerivedView>(ClaimsRule(), std::move(*source));
    case ViewKind::kEvents:
      break;
  }
  return std::make_unique<EventsView>(std::move(*source));
}

}  // namespace sitgraph::exporters
