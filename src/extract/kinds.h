// What the extractors ask of words, kinds of entities and types of events: the lists stand here and nowhere else.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "src/codebook/codebook.h"

namespace sitgraph::extract {

inline bool OneOf(std::string_view word, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// A force or organization: one that acts as a whole.
inline bool IsBody(codebook::EntityKind kind) {
  return kind == codebook::EntityKind::kForce || kind == codebook::EntityKind::kOrganization;
}
// A place or facility: where things happen.
inline bool IsGround(codebook::EntityKind kind) {
  return kind == codebook::EntityKind::kPlace || kind == codebook::EntityKind::kFacility;
}

// Types of events, as event_types.csv names them. Violence: what "the attack" may mean when it is told again.
inline bool IsViolence(std::string_view type) {
  return OneOf(type, {"attack", "airstrike", "shelling", "bombing", "chemical-attack"});
}
// Fighting, which has results: who was killed by it, what was destroyed, who fled.
inline bool IsCause(std::string_view type) { return IsViolence(type) || OneOf(type, {"battle", "offensive"}); }
inline bool IsResult(std::string_view type) {
  return OneOf(type, {"casualties", "destruction", "displacement", "detention"});
}

// Acts that are done by saying so.
inline bool IsWord(std::string_view type) {
  return OneOf(type, {"demand", "accusation", "pledge", "threat", "denial"});
}

// Prepositions, lower case, behind which a name is a place rather than who acts there.
inline bool IsLocative(std::string_view preposition) {
  return OneOf(preposition, {"in", "at", "near", "inside", "outside", "around", "across", "throughout", "within",
                             "towards", "toward", "into", "from", "on", "to", "along", "over"});
}

}  // namespace sitgraph::extract
