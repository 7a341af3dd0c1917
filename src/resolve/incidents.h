// Keeps what the graph says of incidents in step with its reports.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/error.h"
#include "graph/store.h"
#include "src/resolve/happening.h"

namespace sitgraph::resolve {

// Within the transaction that writes a report, or takes it back: keeps its happenings (none where it is taken back) in
// place of those that it had, and notes which blocks have to be gathered anew.
base::Status KeepHappenings(const graph::Snapshot& before, graph::Transaction& transaction, const graph::Term& report,
                            const std::vector<Happening>& happenings);

struct SettleSummary {
  size_t blocks = 0;     // gathered anew
  size_t incidents = 0;  // in these
};

// Gathers the blocks that changed since the last time and writes their incidents. What comes out depends on the reports
// of the graph alone. Where it does not get to the end (a failure, the process dies) the next call goes on. Memory: one
// block at a time, some 500 bytes a happening. Cost: n log n in the sizes of the blocks.
base::Result<SettleSummary> SettleIncidents(graph::Store& store, const std::string& base_iri);

}  // namespace sitgraph::resolve
