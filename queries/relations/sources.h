// Which voices on one happening are independent of each other.
#pragma once

#include <string_view>
#include <vector>

#include "queries/entity_report.h"

namespace sitgraph::queries {

// The share of runs of three words that two sentences have in common, 0 to 1; of all words where one is shorter.
double Resemblance(std::string_view a, std::string_view b);
inline constexpr double kCopied = 0.6;  // from here on one sentence is a copy of the other

// How many independent sources tell one happening: events count once where they have a publisher or a named source in
// common, or where one's sentence is a copy of the other's, also over a third. O(events^2).
size_t CountIndependent(const std::vector<EntityEvent>& events);

}  // namespace sitgraph::queries
