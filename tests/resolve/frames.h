// Small frames for tests, built by hand.
#pragma once

#include <string>

#include "src/extract/frame.h"

namespace sitgraph::test {

inline extract::Mention At(uint32_t begin, std::string text) {
  const auto length = static_cast<uint32_t>(text.size());
  return {{begin, begin + length}, std::move(text)};
}

inline extract::EntityId AddEntity(extract::Frame& frame, codebook::EntityKind kind, std::string name, std::string iri,
                                   bool named = true) {
  extract::Entity entity;
  entity.kind = kind;
  entity.name = std::move(name);
  entity.iri = std::move(iri);
  entity.named = named;
  frame.entities.push_back(std::move(entity));
  return static_cast<extract::EntityId>(frame.entities.size() - 1);
}

// "Guards took Rasafa on May 7", told by the town's council.
inline extract::Frame CaptureFrame(const std::string& id, const std::string& place_name = "Rasafa") {
  using codebook::EntityKind;
  extract::Frame frame;
  frame.report.id = id;
  frame.report.title = "Guards take " + place_name;
  frame.report.sha256 = std::string(56, '0') + "00" + std::string(id.size() % 2 == 0 ? "a" : "b") + "5cdef";
  frame.report.published = {2018, 5, 8};
  const auto guards = AddEntity(frame, EntityKind::kForce, "Desert Guards", "force/desert-guards");
  const auto place = AddEntity(frame, EntityKind::kPlace, place_name, "place/rasafa");
  const auto council = AddEntity(frame, EntityKind::kOrganization, "Rasafa Council", "organization/rasafa-council");
  extract::Event event;
  event.type = "capture";
  event.trigger = At(8, "took");
  event.sentence = At(0, "Desert Guards took " + place_name + " on May 7, the council said.");
  event.agent = {guards};
  event.place = {place};
  event.source = {council};
  event.time = extract::TimeValue{base::PartialDate{2018, 5, 7}, base::PartialDate{2018, 5, 7}, "on May 7"};
  event.confidence = 0.8;
  frame.events.push_back(event);
  extract::Count count;
  count.event = extract::EventId{0};
  count.min = 40;
  count.qualifier = extract::Qualifier::kMoreThan;
  count.unit = "item";
  count.of = "houses";
  count.outcome = "capture";
  count.mention = At(60, "more than 40 houses");
  count.sentence = event.sentence;
  frame.counts.push_back(count);
  extract::Relation relation;
  relation.subject = council;
  relation.predicate = "located-in";
  relation.object = place;
  relation.mention = At(90, "council of Rasafa");
  relation.sentence = event.sentence;
  frame.relations.push_back(relation);
  return frame;
}

}  // namespace sitgraph::test
