// The kinds of entities that codebook, frames and graph share.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace sitgraph::codebook {

enum class EntityKind : uint8_t { kPlace, kForce, kPerson, kOrganization, kPeople, kFacility, kMateriel };
inline constexpr int kEntityKindCount = 7;

// "place", "force", "person", "organization", "people", "facility", "materiel".
std::string_view ToWord(EntityKind kind);
std::optional<EntityKind> EntityKindFromWord(std::string_view word);

}  // namespace sitgraph::codebook
