// Flat tables from 32-bit feature keys to 8-bit weights, as the tagger and the parser read them.
//
// A weight w is stored as a code c with w ~ c^3: companded by the cube root, eight bits lose nothing that matters. Sums
// of c^3 are integers, so scores are the same on every machine. Weight tables are made of buckets of one cache line,
// whose keys are compared at once. Tables are ordered by key, so that loading is one pass of sequential writes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "src/language/bytes.h"
#include "src/language/huge_pages.h"

namespace sitgraph::language {

// c^3 for c as an unsigned byte.
inline constexpr std::array<int32_t, 256> kDecompanded = [] {
  std::array<int32_t, 256> cubes{};
  for (int c = -128; c < 128; ++c) cubes[static_cast<size_t>(c & 0xFF)] = c * c * c;
  return cubes;
}();

// The code of weight / largest; weights below half of the smallest step give 0.
int8_t Compand(double weight, double largest);

inline constexpr size_t kBucketKeys = 8;

using Scores3 = std::array<int32_t, 3>;

// What scores the parser's three transitions: a trained table, or the trainer's own.
class StructureWeights {
 public:
  virtual ~StructureWeights() = default;
  // Brings what Add will read near; only a hint.
  virtual void Prefetch(std::span<const uint32_t> keys) const = 0;
  // Adds the weights of all `keys` to `scores`.
  virtual void Add(std::span<const uint32_t> keys, Scores3& scores) const = 0;
};

// What scores many classes by sparse rows: tags, relations.
class RowWeights {
 public:
  virtual ~RowWeights() = default;
  // Adds the weights of all `keys` to `scores`, which is as long as there are classes.
  virtual void Add(std::span<const uint32_t> keys, std::span<int32_t> scores) const = 0;
};

struct StructureRow {
  uint32_t key = 0;
  std::array<int8_t, 3> codes{};
};

class StructureTable final : public StructureWeights {
 public:
  StructureTable() = default;
  // `rows`: ascending keys, no row of zeros.
  explicit StructureTable(const std::vector<StructureRow>& rows);
  static void Write(const std::vector<StructureRow>& rows, ByteWriter& out);
  // False where the bytes are no table.
  bool Read(ByteSource& in);
  void Prefetch(std::span<const uint32_t> keys) const override;
  void Add(std::span<const uint32_t> keys, Scores3& scores) const override;
  size_t memory() const { return buckets_.size() * sizeof(Bucket) + spilled_.size() * sizeof(StructureRow); }
  size_t size() const { return size_; }

 private:
  static constexpr size_t kKeys = 12;
  struct alignas(64) Bucket {
    std::array<uint16_t, kKeys> keys{};                    // what tells a key from others of this bucket
    std::array<std::array<int8_t, 3>, kKeys + 1> codes{};  // the last: of a key that is not there
    uint8_t count = 0;                                     // kKeys + 1: more are in spilled_
  };
  struct Place {
    size_t bucket;
    uint16_t key;
  };
  void Reserve(size_t rows);
  void Append(const StructureRow& row);
  Place Locate(uint32_t key) const {
    const uint64_t product = key * homes_;
    return {static_cast<size_t>(product >> 32), static_cast<uint16_t>(static_cast<uint32_t>(product) >> shift_)};
  }
  const std::array<int8_t, 3>& FindSpilled(uint32_t key) const;

  std::vector<Bucket, HugePages<Bucket>> buckets_;
  std::vector<StructureRow> spilled_;  // by ascending key; one in forty
  uint64_t homes_ = 0;                 // buckets
  int shift_ = 0;
  size_t size_ = 0;
};

struct SparseWeight {
  uint8_t label = 0;
  int8_t code = 0;
};

struct SparseRow {
  uint32_t key = 0;
  std::vector<SparseWeight> weights;  // ascending labels, at most 255
};

class RowTable final : public RowWeights {
 public:
  RowTable() = default;
  explicit RowTable(const std::vector<SparseRow>& rows);  // ascending keys, no empty row
  static void Write(const std::vector<SparseRow>& rows, ByteWriter& out);
  bool Read(ByteSource& in, size_t labels);
  void Add(std::span<const uint32_t> keys, std::span<int32_t> scores) const override;
  size_t memory() const { return buckets_.size() * sizeof(Bucket) + pool_.size() * sizeof(SparseWeight); }
  size_t size() const { return size_; }

 private:
  struct alignas(64) Bucket {
    std::array<uint32_t, kBucketKeys> keys{};
    std::array<uint32_t, kBucketKeys> rows{};  // first weight in pool_ << 8 | how many; 0: empty
  };
  void Reserve(size_t rows);
  bool Append(uint32_t key, std::span<const SparseWeight> weights);

  std::vector<Bucket, HugePages<Bucket>> buckets_;
  std::vector<SparseWeight, HugePages<SparseWeight>> pool_;
  uint64_t homes_ = 0;
  size_t size_ = 0;
  size_t last_ = 0;
};

// A map from keys to small numbers: lexicons. Probed linearly; a miss ends at the first larger key.
class NumberTable {
 public:
  struct Entry {
    uint32_t key = 0;
    uint32_t value = 0;
  };
  NumberTable() = default;
  explicit NumberTable(const std::vector<Entry>& entries);  // ascending keys
  static void Write(const std::vector<Entry>& entries, ByteWriter& out);
  bool Read(ByteSource& in, uint32_t values);  // values are below `values`
  // The value, or -1.
  int32_t Find(uint32_t key) const;
  size_t memory() const { return slots_.size() * sizeof(Slot); }

 private:
  struct Slot {
    uint32_t key = 0;
    uint32_t value_plus_1 = 0;
  };
  void Reserve(size_t entries);
  void Append(Entry entry);
  size_t Home(uint32_t key) const { return static_cast<size_t>((static_cast<uint64_t>(key) * capacity_) >> 32); }

  std::vector<Slot, HugePages<Slot>> slots_;
  uint64_t capacity_ = 0;
  size_t next_ = 0;
};

}  // namespace sitgraph::language
