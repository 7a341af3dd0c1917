// The store's tables as sorted maps of bytes, without the engine that keeps them.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "graph/keys.h"

namespace sitgraph::graph {

enum class Table : uint8_t {
  kMeta,        // "format" -> version, "base" -> the head of the packed base
  kDictionary,  // id -> term key
  kIris,        // IRI -> id
  kSpog,        // the quad indexes: 32 bytes -> nothing, but see kDirect
  kPosg,
  kOspg,
  kGspo,
  kGpos,
  kGosp,
  kSharesByOwner,   // owner, triple -> nothing
  kSharesByTriple,  // triple, owner -> nothing
  kRecords,         // the caller's key -> the caller's value
  kPacked,          // the packed base, see packed_base.h
};

// The tables' names on disk. RocksDB insists on the name of the first.
inline constexpr std::array<const char*, 13> kTableNames = {
    "default",         "dictionary",       "iris",    "spog",  "posg", "ospg", "gspo", "gpos", "gosp",
    "shares_by_owner", "shares_by_triple", "records", "packed"};

constexpr Table TableOf(QuadOrder order) {
  return static_cast<Table>(static_cast<uint8_t>(Table::kSpog) + static_cast<uint8_t>(order));
}

// The value in kGspo of a default-graph quad that was added for itself, not only shared by owners.
inline constexpr std::string_view kDirect = "d";

// Shares are kept as quads with the owner in the place of the graph.
inline constexpr QuadOrder kOwnerFirst = QuadOrder::kGspo;
inline constexpr QuadOrder kTripleFirst = QuadOrder::kSpog;

// Walks a range of one table in byte order. The views are valid until the next Next.
class TableCursor {
 public:
  virtual ~TableCursor() = default;
  virtual bool Valid() const = 0;
  virtual void Next() = 0;
  virtual std::string_view key() const = 0;
  virtual std::string_view value() const = 0;
  virtual base::Status status() const = 0;
};

// One state of all tables.
class Tables {
 public:
  virtual ~Tables() = default;
  // Keys in [begin, end); an empty `end` is the end of the table.
  virtual std::unique_ptr<TableCursor> Walk(Table table, std::string_view begin, std::string_view end) const = 0;
  virtual base::Result<std::optional<std::string>> Get(Table table, std::string_view key) const = 0;
};

// Every contradiction between the tables, one line each; at most kMaxContradictions, then a line that says so. O(quads)
// time, constant memory.
inline constexpr size_t kMaxContradictions = 1000;
base::Result<std::vector<std::string>> FindContradictions(const Tables& tables);

// Calls `visit(id, term key)` for each dictionary entry that no quad and no share uses and that can be removed: an
// entry stays where the next id is taken too, for a colliding term's probing may lead over it. O(quads), constant
// memory.
base::Status FindUnusedTerms(const Tables& tables, const std::function<base::Status(TermId, std::string_view)>& visit);

}  // namespace sitgraph::graph
