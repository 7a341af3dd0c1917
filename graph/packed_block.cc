#include "graph/packed_block.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace sitgraph::graph {
namespace {

// A number is read with the eight bytes that it begins in, so as many follow the last one.
constexpr size_t kPadding = 8;
constexpr size_t kMostCodes = 64;
constexpr size_t kHeaderBytes = sizeof(uint16_t) + sizeof(uint64_t);
constexpr size_t kColumnBytes = 2 + sizeof(uint32_t);

template <typename T>
void Append(std::string& out, T value) {  // the least byte first
  for (size_t i = 0; i < sizeof(T); ++i) out += static_cast<char>(static_cast<uint64_t>(value) >> (8 * i));
}
template <typename T>
T Load(const char* bytes) {
  static_assert(std::endian::native == std::endian::little);
  T value;
  std::memcpy(&value, bytes, sizeof(T));
  return value;
}

uint8_t WidthOf(uint32_t value) { return static_cast<uint8_t>(std::bit_width(value)); }
size_t BytesOf(size_t count, size_t width) { return (count * width + 7) / 8; }

// Of a column as codes: the values that they stand for, and the codes.
size_t CodesSize(size_t count, size_t width) { return (size_t{1} << width) * sizeof(uint32_t) + BytesOf(count, width); }

void AppendBits(std::span<const uint32_t> numbers, uint8_t width, std::string& out) {
  uint64_t held = 0;
  unsigned bits = 0;
  for (const uint32_t number : numbers) {
    held |= uint64_t{number} << bits;
    bits += width;
    for (; bits >= 8; bits -= 8, held >>= 8) out += static_cast<char>(held);
  }
  if (bits > 0) out += static_cast<char>(held);
}

uint32_t BitsAt(const char* bytes, size_t index, uint8_t width) {
  const size_t bit = index * width;
  return static_cast<uint32_t>(Load<uint64_t>(bytes + bit / 8) >> (bit % 8) & ((uint64_t{1} << width) - 1));
}

}  // namespace

void PackedBlock::PackColumn(std::span<const uint32_t> values, std::string& out) {
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  const auto put = [&](Form form, uint8_t width, uint32_t first) {
    out += static_cast<char>(form);
    out += static_cast<char>(width);
    Append(out, first);
  };
  if (*least == *most) return put(Form::kConstant, 0, *least);

  const uint8_t packed_width = WidthOf(*most - *least);
  size_t best = BytesOf(values.size(), packed_width);
  Form form = Form::kPacked;

  std::vector<uint32_t> deltas;
  uint8_t delta_width = 0;
  if (std::is_sorted(values.begin(), values.end())) {
    deltas.push_back(0);
    for (size_t i = 1; i < values.size(); ++i) deltas.push_back(values[i] - values[i - 1]);
    delta_width = WidthOf(*std::max_element(deltas.begin(), deltas.end()));
    if (BytesOf(deltas.size(), delta_width) < best) {
      best = BytesOf(deltas.size(), delta_width);
      form = Form::kDeltas;
    }
  }
  std::vector<uint32_t> different(values.begin(), values.end());
  std::sort(different.begin(), different.end());
  different.erase(std::unique(different.begin(), different.end()), different.end());
  const uint8_t code_width = WidthOf(static_cast<uint32_t>(different.size() - 1));
  if (different.size() <= kMostCodes && CodesSize(values.size(), code_width) < best) form = Form::kCodes;

  std::vector<uint32_t> numbers;
  switch (form) {
    case Form::kDeltas:
      put(form, delta_width, values[0]);
      return AppendBits(deltas, delta_width, out);
    case Form::kCodes:
      put(form, code_width, 0);
      // As many values as there are codes, so that no code stands for nothing.
      for (size_t i = 0; i < size_t{1} << code_width; ++i) Append(out, different[std::min(i, different.size() - 1)]);
      for (const uint32_t value : values) {
        numbers.push_back(
            static_cast<uint32_t>(std::lower_bound(different.begin(), different.end(), value) - different.begin()));
      }
      return AppendBits(numbers, code_width, out);
    default:
      put(form, packed_width, *least);
      for (const uint32_t value : values) numbers.push_back(value - *least);
      return AppendBits(numbers, packed_width, out);
  }
}

std::string PackBlock(std::span<const Tuple> tuples, uint64_t ordinal) {
  std::string out;
  Append(out, static_cast<uint16_t>(tuples.size()));
  Append(out, ordinal);
  std::vector<uint32_t> values(tuples.size());
  for (size_t column = 0; column < 4; ++column) {
    for (size_t i = 0; i < tuples.size(); ++i) values[i] = tuples[i].values[column];
    PackedBlock::PackColumn(values, out);
  }
  out.append(kPadding, '\0');
  return out;
}

std::optional<PackedBlock> PackedBlock::Parse(std::string_view bytes) {
  PackedBlock block;
  if (bytes.size() < kHeaderBytes + 4 * kColumnBytes + kPadding) return std::nullopt;
  block.size_ = Load<uint16_t>(bytes.data());
  block.ordinal_ = Load<uint64_t>(bytes.data() + sizeof(uint16_t));
  if (block.size_ == 0 || block.size_ > kTuplesPerBlock) return std::nullopt;
  const char* const end = bytes.data() + bytes.size() - kPadding;
  const char* at = bytes.data() + kHeaderBytes;
  for (Column& column : block.columns_) {
    if (static_cast<size_t>(end - at) < kColumnBytes) return std::nullopt;
    column.form = static_cast<Form>(at[0]);
    column.width = static_cast<uint8_t>(at[1]);
    column.first = Load<uint32_t>(at + 2);
    at += kColumnBytes;
    if (column.form > Form::kCodes || column.width > 32) return std::nullopt;
    if (column.form == Form::kConstant) continue;
    const bool codes = column.form == Form::kCodes;
    if (codes && column.width > WidthOf(kMostCodes - 1)) return std::nullopt;
    const size_t size = codes ? CodesSize(block.size_, column.width) : BytesOf(block.size_, column.width);
    if (static_cast<size_t>(end - at) < size) return std::nullopt;
    column.values = at;
    column.bits = codes ? at + (size_t{1} << column.width) * sizeof(uint32_t) : at;
    at += size;
  }
  if (at != end) return std::nullopt;
  return block;
}

void PackedBlock::Read(size_t index, size_t begin, size_t end, uint32_t* out) const {
  const Column& column = columns_[index];
  switch (column.form) {
    case Form::kConstant:
      std::fill(out + begin, out + end, column.first);
      return;
    case Form::kPacked:
      for (size_t i = begin; i < end; ++i) out[i] = column.first + BitsAt(column.bits, i, column.width);
      return;
    case Form::kDeltas: {
      uint32_t value = column.first;
      for (size_t i = 0; i < begin; ++i) value += BitsAt(column.bits, i, column.width);
      for (size_t i = begin; i < end; ++i) {
        value += BitsAt(column.bits, i, column.width);
        out[i] = value;
      }
      return;
    }
    case Form::kCodes:
      for (size_t i = begin; i < end; ++i) {
        out[i] = Load<uint32_t>(column.values + BitsAt(column.bits, i, column.width) * sizeof(uint32_t));
      }
      return;
  }
}

std::vector<Tuple> PackedBlock::Tuples() const {
  std::vector<Tuple> tuples(size_);
  std::array<uint32_t, kTuplesPerBlock> values;
  for (size_t column = 0; column < 4; ++column) {
    Read(column, 0, size_, values.data());
    for (size_t i = 0; i < size_; ++i) tuples[i].values[column] = values[i];
  }
  return tuples;
}

size_t PackedBlock::LowerBound(const Tuple& tuple) const {
  size_t begin = 0, end = size_;  // the tuples that are equal in the columns before
  std::array<uint32_t, kTuplesPerBlock> values;
  for (size_t column = 0; column < 4 && begin < end; ++column) {
    if (columns_[column].form == Form::kConstant) {
      if (tuple.values[column] < columns_[column].first) return begin;
      if (tuple.values[column] > columns_[column].first) return end;
      continue;
    }
    Read(column, begin, end, values.data());
    const auto [low, high] = std::equal_range(values.begin() + static_cast<ptrdiff_t>(begin),
                                              values.begin() + static_cast<ptrdiff_t>(end), tuple.values[column]);
    begin = static_cast<size_t>(low - values.begin());
    end = static_cast<size_t>(high - values.begin());
  }
  return begin;
}

}  // namespace sitgraph::graph
