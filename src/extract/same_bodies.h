// Which forces and organizations of a report are one, though it calls them by different words: found when all its
// phrases have been read, so that a headline's "monitor" may be named further down.
#pragma once

#include <cstdint>
#include <vector>

#include "src/codebook/codebook.h"
#include "src/extract/frame.h"

namespace sitgraph::extract {

// For each entity the one that it is, itself for most. `entries[i]`: the codebook's entry of entity i, or nullptr.
// - "government troops", "Syrian soldiers", "the army": the force of which the codebook knows such a name, where the
//   report names one such force only.
// - "a war monitor", "the rights group": the one body named in the report that has it in its name.
// - "General Staff": the one named body whose name ends so. Bodies of one name are one, whatever their kinds.
// Quadratic in the bodies of one report, of which it looks at 400.
std::vector<uint32_t> FindSameBodies(const std::vector<Entity>& entities,
                                     const std::vector<const codebook::Entry*>& entries,
                                     const codebook::Codebook& codebook);

}  // namespace sitgraph::extract
