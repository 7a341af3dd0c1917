#include "src/codebook/kinds.h"

#include <array>

namespace sitgraph::codebook {
namespace {

constexpr std::array<std::string_view, kEntityKindCount> kWords = {"place",  "force",    "person",  "organization",
                                                                   "people", "facility", "materiel"};

}  // namespace

std::string_view ToWord(EntityKind kind) { return kWords[static_cast<size_t>(kind)]; }

std::optional<EntityKind> EntityKindFromWord(std::string_view word) {
  for (size_t i = 0; i < kWords.size(); ++i) {
    if (kWords[i] == word) return static_cast<EntityKind>(i);
  }
  return std::nullopt;
}

}  // namespace sitgraph::codebook
