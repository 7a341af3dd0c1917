// Little-endian reading and writing of the model file's sections.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sitgraph::language {

class ByteWriter {
 public:
  void U8(uint8_t value) { bytes_.push_back(static_cast<char>(value)); }
  void U32(uint32_t value) {
    for (int i = 0; i < 4; ++i) U8(static_cast<uint8_t>(value >> (8 * i)));
  }
  void U64(uint64_t value) {
    for (int i = 0; i < 8; ++i) U8(static_cast<uint8_t>(value >> (8 * i)));
  }
  void Varint(uint64_t value) {
    for (; value >= 0x80; value >>= 7) U8(static_cast<uint8_t>(value | 0x80));
    U8(static_cast<uint8_t>(value));
  }
  void String(std::string_view text) {
    Varint(text.size());
    bytes_.append(text);
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

// Reads what ByteWriter wrote. Reading past the end gives zeros and makes ok() false for good, so that one check after
// a section does.
class ByteSource {
 public:
  explicit ByteSource(std::string_view bytes) : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

  uint8_t U8() {
    if (at_ == end_) {
      ok_ = false;
      return 0;
    }
    return static_cast<uint8_t>(*at_++);
  }
  uint32_t U32() {
    uint32_t value = 0;
    for (int i = 0; i < 4; ++i) value |= static_cast<uint32_t>(U8()) << (8 * i);
    return value;
  }
  uint64_t U64() {
    uint64_t value = 0;
    for (int i = 0; i < 8; ++i) value |= static_cast<uint64_t>(U8()) << (8 * i);
    return value;
  }
  uint64_t Varint() {
    uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      const uint8_t byte = U8();
      value |= static_cast<uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return value;
    }
    ok_ = false;
    return 0;
  }
  std::string_view String() {
    const uint64_t size = Varint();
    if (size > remaining()) {
      ok_ = false;
      return {};
    }
    const std::string_view text(at_, size);
    at_ += size;
    return text;
  }
  // A count of items of at least `item_bytes` each: never more than can still follow.
  size_t Count(size_t item_bytes) {
    const uint64_t count = Varint();
    if (count <= remaining() / item_bytes) return count;
    ok_ = false;
    return 0;
  }
  size_t remaining() const { return static_cast<size_t>(end_ - at_); }
  bool ok() const { return ok_; }

 private:
  const char* at_;
  const char* end_;
  bool ok_ = true;
};

}  // namespace sitgraph::language
