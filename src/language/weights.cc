// Building, reading and probing the flat weight tables.
#include "src/language/weights.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <algorithm>
#include <bit>
#include <cmath>

namespace sitgraph::language {
namespace {

// Slots a row of a NumberTable: 1.5 keeps probes short (1.5 slots a hit on average, fewer a miss).
constexpr uint64_t CapacityFor(size_t rows) { return rows + rows / 2 + 1; }
// Buckets of eight keys for so many rows: at 4.5 keys a bucket, one in 25 is full; what does not fit stands in the
// next.
constexpr uint64_t BucketsFor(size_t rows) { return rows * 2 / 9 + 1; }

inline void Fetch(const void* address) { __builtin_prefetch(address, 0, 3); }

inline size_t HomeOf(uint32_t key, uint64_t homes) { return static_cast<size_t>((key * homes) >> 32); }

// One bit for each of the bucket's keys that is equal.
inline uint32_t Matches(const std::array<uint32_t, kBucketKeys>& keys, uint32_t key) {
#ifdef __SSE2__
  const __m128i wanted = _mm_set1_epi32(static_cast<int>(key));
  const __m128i* four = reinterpret_cast<const __m128i*>(keys.data());
  const __m128i low = _mm_cmpeq_epi32(_mm_load_si128(four), wanted);
  const __m128i high = _mm_cmpeq_epi32(_mm_load_si128(four + 1), wanted);
  const __m128i words = _mm_packs_epi32(low, high);
  return static_cast<uint32_t>(_mm_movemask_epi8(_mm_packs_epi16(words, words))) & 0xFF;
#else
  uint32_t mask = 0;
  for (size_t i = 0; i < keys.size(); ++i) mask |= static_cast<uint32_t>(keys[i] == key) << i;
  return mask;
#endif
}

// The same for the short keys of a bucket of twelve.
inline uint32_t Matches(const std::array<uint16_t, 12>& keys, uint16_t key) {
#ifdef __SSE2__
  const __m128i wanted = _mm_set1_epi16(static_cast<int16_t>(key));
  const __m128i* eight = reinterpret_cast<const __m128i*>(keys.data());
  const __m128i low = _mm_cmpeq_epi16(_mm_load_si128(eight), wanted);
  const __m128i high = _mm_cmpeq_epi16(_mm_loadl_epi64(eight + 1), wanted);
  return static_cast<uint32_t>(_mm_movemask_epi8(_mm_packs_epi16(low, high))) & 0xFFF;
#else
  uint32_t mask = 0;
  for (size_t i = 0; i < keys.size(); ++i) mask |= static_cast<uint32_t>(keys[i] == key) << i;
  return mask;
#endif
}

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
  // Neighbouring keys differ by `homes_` in the lower half of Locate's product: what is left of it after the shift fits
  // into 16 bits and tells them apart.
  homes_ = std::max<uint64_t>(rows / 7 + 1, 1 << 16);
  shift_ = std::bit_width(homes_) - 1;
  buckets_.assign(homes_, Bucket());
  spilled_.clear();
  size_ = rows;
}

void StructureTable::Append(const StructureRow& row) {
  const Place place = Locate(row.key);
  Bucket& bucket = buckets_[place.bucket];
  if (bucket.count >= kKeys) {
    bucket.count = kKeys + 1;
    spilled_.push_back(row);
    return;
  }
  bucket.keys[bucket.count] = place.key;
  bucket.codes[bucket.count++] = row.codes;
}

const std::array<int8_t, 3>& StructureTable::FindSpilled(uint32_t key) const {
  static constexpr std::array<int8_t, 3> kNone{};
  const auto found = std::lower_bound(spilled_.begin(), spilled_.end(), key,
                                      [](const StructureRow& row, uint32_t wanted) { return row.key < wanted; });
  return found != spilled_.end() && found->key == key ? found->codes : kNone;
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
  return in.ok();
}

void StructureTable::Prefetch(std::span<const uint32_t> keys) const {
  if (buckets_.empty()) return;
  for (const uint32_t key : keys) Fetch(buckets_.data() + Locate(key).bucket);
}

void StructureTable::Add(std::span<const uint32_t> keys, Scores3& scores) const {
  if (buckets_.empty()) return;
  int32_t s0 = 0;
  int32_t s1 = 0;
  int32_t s2 = 0;
  for (const uint32_t key : keys) {
    const Place place = Locate(key);
    const Bucket& bucket = buckets_[place.bucket];
    const uint32_t found = Matches(bucket.keys, place.key);
    // No branch: a key that is not there has the last row's codes, which are 0, and so have free slots.
    const std::array<int8_t, 3>* codes = &bucket.codes[static_cast<size_t>(std::countr_zero(found | 1U << kKeys))];
    if (bucket.count > kKeys && found == 0) codes = &FindSpilled(key);
    s0 += kDecompanded[static_cast<uint8_t>((*codes)[0])];
    s1 += kDecompanded[static_cast<uint8_t>((*codes)[1])];
    s2 += kDecompanded[static_cast<uint8_t>((*codes)[2])];
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
  homes_ = BucketsFor(rows);
  buckets_.assign(homes_ + 2, Bucket());  // the last is always free, so that every search ends
  pool_.clear();
  size_ = rows;
  last_ = 0;
}

bool RowTable::Append(uint32_t key, std::span<const SparseWeight> weights) {
  if (pool_.size() + weights.size() >= (size_t{1} << 24) || weights.empty() || weights.size() > 255) return false;
  last_ = std::max(last_, HomeOf(key, homes_));
  if (buckets_[last_].rows.back() != 0) ++last_;
  if (last_ + 1 == buckets_.size()) buckets_.emplace_back();
  Bucket& bucket = buckets_[last_];
  size_t slot = 0;
  while (bucket.rows[slot] != 0) ++slot;
  bucket.keys[slot] = key;
  bucket.rows[slot] = static_cast<uint32_t>(pool_.size() << 8 | weights.size());
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
  pool_.shrink_to_fit();
  return in.ok();
}

void RowTable::Add(std::span<const uint32_t> keys, std::span<int32_t> scores) const {
  if (buckets_.empty()) return;
  std::array<uint32_t, 128> found;
  // Two passes over up to 128 keys at a time: first the slots, then the rows they point to, each fetched ahead.
  for (size_t start = 0; start < keys.size(); start += found.size()) {
    const std::span<const uint32_t> part = keys.subspan(start, std::min(found.size(), keys.size() - start));
    for (const uint32_t key : part) Fetch(buckets_.data() + HomeOf(key, homes_));
    size_t rows = 0;
    for (const uint32_t key : part) {
      const Bucket* bucket = buckets_.data() + HomeOf(key, homes_);
      uint32_t match = Matches(bucket->keys, key);
      while (match == 0 && bucket->rows.back() != 0) match = Matches((++bucket)->keys, key);
      // A free slot's key is 0 and its row empty: it counts as found and adds nothing.
      const uint32_t row = bucket->rows[static_cast<size_t>(std::countr_zero(match | 0x80))];
      Fetch(pool_.data() + (row >> 8));
      found[rows] = row;
      rows += match != 0;
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
