// Building, reading and probing the flat weight tables.
#include "src/language/weights.h"

#include <algorithm>
#include <cmath>

namespace sitgraph::language {
namespace {

// Slots a row: 1.5 keeps probes short (1.5 slots a hit on average, fewer a miss, since keys are ordered).
constexpr uint64_t CapacityFor(size_t rows) { return rows + rows / 2 + 1; }
// How many keys ahead slots are fetched.
constexpr size_t kAhead = 12;

inline void Prefetch(const void* address) { __builtin_prefetch(address, 0, 1); }

// Keys are written as differences. Returns false where a key runs over.
bool NextKey(ByteSource& in, uint64_t delta, uint64_t& next_key, uint32_t& key) {
  const uint64_t value = next_key + delta;
  if (!in.ok() || value > UINT32_MAX) return false;
  key = static_cast<uint32_t>(value);
  next_key = value + 1;
  return true;
}

}  // namespace

int8_t Compand(double weight, double largest) {
  const double size = std::fabs(weight) / largest * (127.0 * 127.0 * 127.0);
  // The code is the one whose cube is nearest in the companded scale: c - 0.5 <= cbrt(size). Compared as cubes, since
  // multiplication is exact in IEEE and the same everywhere, which cbrt is not.
  int low = 0;
  int high = 127;
  while (low < high) {
    const int middle = (low + high + 1) / 2;
    const double bound = (middle - 0.5) * (middle - 0.5) * (middle - 0.5);
    if (size >= bound) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return static_cast<int8_t>(weight < 0 ? -low : low);
}

StructureTable::StructureTable(const std::vector<StructureRow>& rows) {
  Reserve(rows.size());
  for (const StructureRow& row : rows) Append(row);
}

void StructureTable::Reserve(size_t rows) {
  capacity_ = CapacityFor(rows);
  slots_.assign(capacity_ + rows + 1, Slot());  // a run at the end may go past the last home; one empty slot ends it
  size_ = rows;
  next_ = 0;
}

void StructureTable::Append(const StructureRow& row) {
  next_ = std::max(next_, Home(row.key));
  slots_[next_++] = {row.key, row.codes, 1};
}

void StructureTable::Write(const std::vector<StructureRow>& rows, ByteWriter& out) {
  out.Varint(rows.size());
  uint64_t next_key = 0;
  for (const StructureRow& row : rows) {
    uint64_t mask = 0;
    for (size_t i = 0; i < 3; ++i) mask |= static_cast<uint64_t>(row.codes[i] != 0) << i;
    out.Varint((row.key - next_key) << 3 | mask);
    for (const int8_t code : row.codes) {
      if (code != 0) out.U8(static_cast<uint8_t>(code));
    }
    next_key = uint64_t{row.key} + 1;
  }
}

bool StructureTable::Read(ByteSource& in) {
  const size_t rows = in.Count(2);
  Reserve(rows);
  uint64_t next_key = 0;
  for (size_t r = 0; r < rows; ++r) {
    const uint64_t head = in.Varint();
    StructureRow row;
    if ((head & 7) == 0 || !NextKey(in, head >> 3, next_key, row.key)) return false;
    for (size_t i = 0; i < 3; ++i) {
      if ((head >> i & 1) != 0) row.codes[i] = static_cast<int8_t>(in.U8());
    }
    Append(row);
  }
  slots_.resize(std::max<size_t>(next_, capacity_) + 1);
  slots_.shrink_to_fit();
  return in.ok();
}

void StructureTable::Add(std::span<const uint32_t> keys, Scores3& scores) const {
  if (slots_.empty()) return;
  const Slot* slots = slots_.data();
  const size_t n = keys.size();
  for (size_t i = 0; i < std::min(kAhead, n); ++i) Prefetch(slots + Home(keys[i]));
  int32_t s0 = 0;
  int32_t s1 = 0;
  int32_t s2 = 0;
  for (size_t i = 0; i < n; ++i) {
    if (i + kAhead < n) Prefetch(slots + Home(keys[i + kAhead]));
    const uint32_t key = keys[i];
    const Slot* slot = slots + Home(key);
    while (slot->used != 0 && slot->key < key) ++slot;
    if (slot->used == 0 || slot->key != key) continue;
    s0 += kDecompanded[static_cast<uint8_t>(slot->codes[0])];
    s1 += kDecompanded[static_cast<uint8_t>(slot->codes[1])];
    s2 += kDecompanded[static_cast<uint8_t>(slot->codes[2])];
  }
  scores[0] += s0;
  scores[1] += s1;
  scores[2] += s2;
}

RowTable::RowTable(const std::vector<SparseRow>& rows) {
  Reserve(rows.size());
  for (const SparseRow& row : rows) Append(row.key, row.weights);
}

void RowTable::Reserve(size_t rows) {
  capacity_ = CapacityFor(rows);
  slots_.assign(capacity_ + rows + 1, Slot());
  pool_.clear();
  size_ = rows;
  next_ = 0;
}

bool RowTable::Append(uint32_t key, std::span<const SparseWeight> weights) {
  if (pool_.size() + weights.size() >= (size_t{1} << 24) || weights.empty() || weights.size() > 255) return false;
  next_ = std::max(next_, Home(key));
  slots_[next_++] = {key, static_cast<uint32_t>(pool_.size() << 8 | weights.size())};
  pool_.insert(pool_.end(), weights.begin(), weights.end());
  return true;
}

void RowTable::Write(const std::vector<SparseRow>& rows, ByteWriter& out) {
  out.Varint(rows.size());
  uint64_t next_key = 0;
  for (const SparseRow& row : rows) {
    // Rows of one to seven weights, nearly all, need no byte for their length.
    const uint64_t length = row.weights.size() < 8 ? row.weights.size() : 0;
    out.Varint((row.key - next_key) << 3 | length);
    if (length == 0) out.U8(static_cast<uint8_t>(row.weights.size()));
    for (const SparseWeight weight : row.weights) {
      out.U8(weight.label);
      out.U8(static_cast<uint8_t>(weight.code));
    }
    next_key = uint64_t{row.key} + 1;
  }
}

bool RowTable::Read(ByteSource& in, size_t labels) {
  const size_t rows = in.Count(3);
  Reserve(rows);
  uint64_t next_key = 0;
  std::array<SparseWeight, 255> weights;
  for (size_t r = 0; r < rows; ++r) {
    const uint64_t head = in.Varint();
    uint32_t key = 0;
    if (!NextKey(in, head >> 3, next_key, key)) return false;
    const size_t length = (head & 7) != 0 ? head & 7 : in.U8();
    for (size_t i = 0; i < length; ++i) {
      weights[i].label = in.U8();
      weights[i].code = static_cast<int8_t>(in.U8());
      if (weights[i].label >= labels) return false;
    }
    if (!in.ok() || !Append(key, std::span(weights.data(), length))) return false;
  }
  slots_.resize(std::max<size_t>(next_, capacity_) + 1);
  slots_.shrink_to_fit();
  pool_.shrink_to_fit();
  return in.ok();
}

void RowTable::Add(std::span<const uint32_t> keys, std::span<int32_t> scores) const {
  if (slots_.empty()) return;
  const Slot* slots = slots_.data();
  std::array<uint32_t, 128> found;
  // Two passes over up to 128 keys at a time: first the slots, then the rows they point to, each fetched ahead.
  for (size_t start = 0; start < keys.size(); start += found.size()) {
    const std::span<const uint32_t> part = keys.subspan(start, std::min(found.size(), keys.size() - start));
    for (size_t i = 0; i < std::min(kAhead, part.size()); ++i) Prefetch(slots + Home(part[i]));
    size_t rows = 0;
    for (size_t i = 0; i < part.size(); ++i) {
      if (i + kAhead < part.size()) Prefetch(slots + Home(part[i + kAhead]));
      const uint32_t key = part[i];
      const Slot* slot = slots + Home(key);
      while (slot->row != 0 && slot->key < key) ++slot;
      if (slot->row == 0 || slot->key != key) continue;
      Prefetch(pool_.data() + (slot->row >> 8));
      found[rows++] = slot->row;
    }
    for (size_t r = 0; r < rows; ++r) {
      const SparseWeight* weight = pool_.data() + (found[r] >> 8);
      const SparseWeight* end = weight + (found[r] & 0xFF);
      for (; weight != end; ++weight) scores[weight->label] += kDecompanded[static_cast<uint8_t>(weight->code)];
    }
  }
}

NumberTable::NumberTable(const std::vector<Entry>& entries) {
  Reserve(entries.size());
  for (const Entry entry : entries) Append(entry);
}

void NumberTable::Reserve(size_t entries) {
  capacity_ = CapacityFor(entries);
  slots_.assign(capacity_ + entries + 1, Slot());
  next_ = 0;
}

void NumberTable::Append(Entry entry) {
  next_ = std::max(next_, Home(entry.key));
  slots_[next_++] = {entry.key, entry.value + 1};
}

void NumberTable::Write(const std::vector<Entry>& entries, ByteWriter& out) {
  out.Varint(entries.size());
  uint64_t next_key = 0;
  for (const Entry entry : entries) {
    out.Varint(entry.key - next_key);
    out.Varint(entry.value);
    next_key = uint64_t{entry.key} + 1;
  }
}

bool NumberTable::Read(ByteSource& in, uint32_t values) {
  const size_t entries = in.Count(2);
  Reserve(entries);
  uint64_t next_key = 0;
  for (size_t e = 0; e < entries; ++e) {
    Entry entry;
    if (!NextKey(in, in.Varint(), next_key, entry.key)) return false;
    const uint64_t value = in.Varint();
    if (!in.ok() || value >= values) return false;
    entry.value = static_cast<uint32_t>(value);
    Append(entry);
  }
  slots_.resize(std::max<size_t>(next_, capacity_) + 1);
  slots_.shrink_to_fit();
  return in.ok();
}

int32_t NumberTable::Find(uint32_t key) const {
  if (slots_.empty()) return -1;
  const Slot* slot = slots_.data() + Home(key);
  while (slot->value_plus_1 != 0 && slot->key < key) ++slot;
  if (slot->value_plus_1 == 0 || slot->key != key) return -1;
  return static_cast<int32_t>(slot->value_plus_1) - 1;
}

}  // namespace sitgraph::language
