// The second half of a bulk load: brings what was collected into the order of each table.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/error.h"
#include "graph/keys.h"
#include "graph/tables.h"
#include "graph/term_collector.h"

namespace sitgraph::graph {

// Takes the entries of tables. Each table's keys come in ascending order; those of different tables may come from
// different threads at once.
class SortedWriter {
 public:
  virtual ~SortedWriter() = default;
  virtual base::Status Put(Table table, std::string_view key, std::string_view value) = 0;
  // What the dictionary holds already.
  virtual base::Result<Slot> Look(TermId id, std::string_view term_key) = 0;
};

// Uses two threads, and files in `folder` where `memory_bytes` is not enough. kUnsupported where a term's digest is
// another's (see TermCollector::Finish); kTooLarge where not even the ids fit.
base::Status WriteSorted(TermCollector& collected, size_t memory_bytes, const std::string& folder,
                         SortedWriter& writer);

}  // namespace sitgraph::graph
