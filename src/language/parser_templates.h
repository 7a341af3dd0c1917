// The parser's features, in the manner of Zhang and Nivre (2011): each group of templates depends on few nodes, so that
// the beam's states can share its score.
#pragma once

#include <cstdint>
#include <span>

#include "src/language/parser_state.h"

namespace sitgraph::language {

inline constexpr size_t kGroupCount = 6;
inline constexpr size_t kMaxGroupKeys = 64;
inline constexpr size_t kMaxLabelKeys = 96;

// What a group's score depends on: equal signatures, equal keys (within one sentence).
uint64_t GroupSignature(size_t group, const Configuration& configuration);
// The keys of a group's features. Returns how many were written.
size_t GroupKeys(size_t group, const Configuration& configuration, const ParseInput& input,
                 std::span<uint32_t, kMaxGroupKeys> keys);

// The keys that the label of the arc from `head` to `dependent` is told by.
size_t LabelKeys(const Node& head, const Node& dependent, const ParseInput& input,
                 std::span<uint32_t, kMaxLabelKeys> keys);

}  // namespace sitgraph::language
