#include "exporters/view_rules.h"

#include <initializer_list>

#include "exporters/node_reader.h"

namespace sitgraph::exporters {
namespace {

using graph::TermId;

constexpr NodeKind kActorKinds[] = {NodeKind::kForce, NodeKind::kOrganization, NodeKind::kPerson, NodeKind::kPeople};
constexpr Property kActorRoles[] = {Property::kAgent, Property::kTarget, Property::kPartner};
constexpr Property kActorRelations[] = {Property::kMemberOf, Property::kPartOf,  Property::kAlliedWith,
                                        Property::kOpposes,  Property::kHasRole, Property::kAlias};

constexpr NodeKind kPlaceKinds[] = {NodeKind::kForce,  NodeKind::kOrganization, NodeKind::kPerson,
                                    NodeKind::kPeople, NodeKind::kPlace,        NodeKind::kFacility};
constexpr Property kPlaceRoles[] = {Property::kAgent, Property::kTarget, Property::kPlace, Property::kOrigin,
                                    Property::kDestination};
constexpr Property kPlaceRelations[] = {Property::kWithin};

constexpr NodeKind kClaimKinds[] = {NodeKind::kEvent,  NodeKind::kForce,    NodeKind::kOrganization,
                                    NodeKind::kPerson, NodeKind::kPlace,    NodeKind::kFacility,
                                    NodeKind::kPeople, NodeKind::kMateriel, NodeKind::kReport};
constexpr Property kClaimRoles[] = {Property::kAgent,  Property::kTarget,          Property::kPartner,
                                    Property::kPlace,  Property::kOrigin,          Property::kDestination,
                                    Property::kSource, Property::kHadPrimarySource};

bool IsDone(const EventFacts& event) { return event.factuality.empty() || event.factuality == "actual"; }

void Tie(const EventFacts& event, Property from, std::initializer_list<Property> to, std::vector<Link>& links) {
  for (const TermId source : Objects(event.about->Of(from))) {
    for (const Property role : to) {
      for (const TermId target : Objects(event.about->Of(role))) {
        links.push_back({source, target, std::string(event.type)});
      }
    }
  }
}

void ActorLinks(const EventFacts& event, std::vector<Link>& links) {
  if (IsDone(event)) Tie(event, Property::kAgent, {Property::kTarget, Property::kPartner}, links);
}

void PlaceLinks(const EventFacts& event, std::vector<Link>& links) {
  if (!IsDone(event)) return;
  Tie(event, Property::kAgent, {Property::kTarget, Property::kPlace, Property::kOrigin, Property::kDestination}, links);
  Tie(event, Property::kOrigin, {Property::kDestination}, links);
}

bool TiesAny(NodeKind, NodeKind) { return true; }

// An agent's target may be an actor too; this view shows only where agents acted.
bool TiesToPlace(NodeKind, NodeKind target) { return target == NodeKind::kPlace || target == NodeKind::kFacility; }

std::string_view Saying(std::string_view factuality) {
  if (factuality == "negated") return "denies";
  if (factuality == "intended") return "announces";
  if (factuality == "demanded") return "demands";
  if (factuality == "possible") return "supposes";
  return "says";
}

void ClaimLinks(const EventFacts& event, std::vector<Link>& links) {
  const auto sources = Objects(event.about->Of(Property::kSource));
  for (const TermId source : sources) links.push_back({source, event.id, std::string(Saying(event.factuality))});
  // Where nobody is named, the report says so itself.
  if (sources.empty()) {
    for (const TermId report : Objects(event.about->Of(Property::kHadPrimarySource))) {
      links.push_back({report, event.id, std::string(Saying(event.factuality))});
    }
  }
  for (const Property role : {Property::kAgent, Property::kTarget, Property::kPartner, Property::kPlace,
                              Property::kOrigin, Property::kDestination}) {
    for (const TermId target : Objects(event.about->Of(role))) {
      links.push_back({event.id, target, std::string(EdgeKind(role))});
    }
  }
}

}  // namespace

const ViewRule& ActorsRule() {
  static constexpr ViewRule kRule = {"actors", kActorKinds, kActorRoles, kActorRelations, &ActorLinks, &TiesAny};
  return kRule;
}

const ViewRule& PlacesRule() {
  static constexpr ViewRule kRule = {"places", kPlaceKinds, kPlaceRoles, kPlaceRelations, &PlaceLinks, &TiesToPlace};
  return kRule;
}

const ViewRule& ClaimsRule() {
  static constexpr ViewRule kRule = {"claims", kClaimKinds, kClaimRoles, {}, &ClaimLinks, &TiesAny};
  return kRule;
}

}  // namespace sitgraph::exporters
