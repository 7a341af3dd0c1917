// Bulk loading into RocksDB: sorted files made aside and taken in all at once.
#pragma once

#include <cstddef>
#include <memory>

#include "graph/rocksdb_engine.h"
#include "graph/store.h"

namespace sitgraph::graph {

std::unique_ptr<BulkLoad> BeginBulkLoad(std::shared_ptr<Engine> engine, size_t memory_bytes);

// Removes what a bulk load left that was cut short.
void RemoveBulkLoadFiles(const std::string& graph_folder);

}  // namespace sitgraph::graph
