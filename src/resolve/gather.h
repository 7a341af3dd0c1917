// Gathers happenings of several reports that are the same into incidents.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "src/resolve/happening.h"

namespace sitgraph::resolve {

// How much speaks for `a` and `b` being the same happening; nullopt where something rules it out (two towns, days too
// far apart, the dead of one and the wounded of the other). docs/vocabulary.md lists the points.
std::optional<int> Likeness(const Happening& a, const Happening& b);
inline constexpr int kSameHappening = 7;  // points needed

// Each inner vector is one incident: indices into `happenings` in the order of time, the earliest member first, at
// least two, no two of one report. A function of the set: the order of `happenings` does not matter, nor does how the
// set came about. All must be of one block. O(n log n): each is held against the nearest incidents in time that share
// a place, or a party where there is no place, kMaxCompared at most.
std::vector<std::vector<uint32_t>> Gather(const std::vector<Happening>& happenings);
inline constexpr size_t kMaxCompared = 32;

}  // namespace sitgraph::resolve
