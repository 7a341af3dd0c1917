// Which reports disagree on a name, and on what.
#pragma once

#include "queries/ask/ask.h"

namespace sitgraph::queries {

// Reports that tell one happening at or with the names of the question are held against each other: the numbers that
// they give of deaths and other losses, who is told to have done it, and whether it happened at all.
base::Status FindConflicts(const graph::Snapshot& snapshot, const Question& question, Asking& out);

}  // namespace sitgraph::queries
