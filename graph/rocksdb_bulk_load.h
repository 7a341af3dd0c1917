// Bulk loading into RocksDB, and folding: sorted files made aside and taken in all at once.
#pragma once

#include <cstddef>
#include <memory>

#include "graph/rocksdb_engine.h"
#include "graph/store.h"

namespace sitgraph::graph {

std::unique_ptr<BulkLoad> BeginBulkLoad(std::shared_ptr<Engine> engine, size_t memory_bytes);

// Makes a packed base of all quads, those of the one before and those written since. The caller has acquired the
// engine.
base::Status FoldQuads(Engine& engine, size_t memory_bytes);

// Removes what either left that was cut short.
void RemoveBulkLoadFiles(const std::string& graph_folder);

}  // namespace sitgraph::graph
