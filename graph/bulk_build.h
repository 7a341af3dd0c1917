// The second half of a bulk load, and folding: brings terms and quads into the order of each table.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "graph/id_ranks.h"
#include "graph/keys.h"
#include "graph/packed_base.h"
#include "graph/record_sorter.h"
#include "graph/tables.h"

namespace sitgraph::graph {

// Takes the entries of tables. Each table's keys come in ascending order, in kPacked within a part (0 elsewhere); those
// of different tables and parts may come from different threads at once.
class SortedWriter {
 public:
  virtual ~SortedWriter() = default;
  virtual base::Status Put(Table table, uint8_t part, std::string_view key, std::string_view value) = 0;
  // What the dictionary holds already.
  virtual base::Result<Slot> Look(TermId id, std::string_view term_key) = 0;
};

// Terms (keys: EncodeId; values: the terms' keys) into the dictionary, IRIs that it lacked also into `iris`. Gives the
// ids of all, ascending, with the default graph's. kUnsupported where two terms have the same id, kTooLarge where they
// are more than `most`.
base::Result<std::vector<TermId>> WriteTerms(RecordSorter& terms, RecordSorter& iris, uint64_t most,
                                             SortedWriter& writer);
base::Status FailTooManyTerms(uint64_t most);
base::Status WriteIris(RecordSorter& iris, SortedWriter& writer);

// Where to sort.
struct Workshop {
  size_t memory_bytes = 0;
  std::string folder;  // for files where memory is not enough
};

// Calls what it is given for each quad, in any order; a quad may come again, and was added for itself (`direct`) where
// it was once.
using TakeQuad = std::function<base::Status(const QuadIds& quad, bool direct)>;
using QuadFeed = std::function<base::Status(const TakeQuad& take)>;

// The quads, whose ids are all in `ranks`, into the six indexes. Uses two threads, as the next does.
base::Status WriteIndexes(const IdRanks& ranks, const QuadFeed& feed, const Workshop& workshop, SortedWriter& writer);
// The quads into a packed base: all of its entries in kPacked, but not its head.
base::Result<BaseHead> WriteBase(const IdRanks& ranks, uint32_t generation, const QuadFeed& feed,
                                 const Workshop& workshop, SortedWriter& writer);

}  // namespace sitgraph::graph
