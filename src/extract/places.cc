#include "src/extract/places.h"

#include <algorithm>

#include "src/extract/kinds.h"

namespace sitgraph::extract {
namespace {

using codebook::EntityKind;

// Kinds of event that happen at one spot. Words, accords and movements are left as they were told.
bool HappensSomewhere(std::string_view type) {
  return IsCause(type) || OneOf(type, {"casualties", "destruction", "looting", "arson", "siege"});
}

struct NamedPlace {
  ChunkIndex chunk;
  EntityId id;
};

std::vector<NamedPlace> NamedPlaces(const Reading& reading, uint32_t sentence, EntityBook& book) {
  std::vector<NamedPlace> places;
  for (ChunkIndex c = 0; c < reading.chunks.size(); ++c) {
    const Nominal* nominal = reading.nominals.At(c);
    if (nominal == nullptr || !nominal->named || book.IsWhereItWasSaid({sentence, c})) continue;
    // A country that may be its government is a place behind "in" or "from" only.
    const bool behind = c > 0 && reading.chunks[c - 1].kind == ChunkKind::kPreposition &&
                        (IsLocative(reading.sentence.words[reading.chunks[c - 1].head].lower) ||
                         reading.sentence.words[reading.chunks[c - 1].head].lower == "of");
    if (book.IsActor({sentence, c}) && (!behind || reading.chunks[c].possessed)) continue;
    const auto id = book.Find({sentence, c}, true);
    if (id && book.At(*id).kind == EntityKind::kPlace && book.At(*id).named) places.push_back({c, *id});
  }
  return places;
}

}  // namespace

void AddPlaces(const std::vector<Reading>& readings, EntityBook& book, std::vector<EventDraft>& drafts) {
  std::vector<NamedPlace> places;
  uint32_t sentence = UINT32_MAX;
  for (EventDraft& draft : drafts) {
    Event& event = draft.event;
    if (draft.dropped || !HappensSomewhere(event.type)) continue;
    for (const EntityId target : event.target) {
      if (book.At(target).kind == EntityKind::kPlace) AddFiller(event.place, target);
    }
    const bool named =
        std::any_of(event.place.begin(), event.place.end(), [&](EntityId id) { return book.At(id).named; });
    if (named || !event.origin.empty() || !event.destination.empty()) continue;
    if (draft.sentence != sentence) {
      sentence = draft.sentence;
      places = NamedPlaces(readings[sentence], sentence, book);
    }
    if (places.empty()) continue;
    const auto distance = [&](const NamedPlace& place) {
      return place.chunk > draft.chunk ? place.chunk - draft.chunk : draft.chunk - place.chunk;
    };
    const auto nearest = std::min_element(places.begin(), places.end(), [&](const NamedPlace& a, const NamedPlace& b) {
      return distance(a) < distance(b);
    });
    AddFiller(event.place, nearest->id);
  }
}

}  // namespace sitgraph::extract
