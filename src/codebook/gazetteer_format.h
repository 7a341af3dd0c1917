// The layout of a gazetteer file, shared by its reader and its writer.
//
//   Header | places (PlaceRecord, the most populous first) | names (NameRecord, by key) | ids (IdRecord, by hash) |
//   text
//
// Little-endian; records lie at multiples of eight bytes, so that the mapped file is used as it is.
#pragma once

#include <bit>
#include <cstdint>
#include <string_view>

namespace sitgraph::codebook::gazetteer {

static_assert(std::endian::native == std::endian::little, "gazetteer files are read where they lie");

inline constexpr std::string_view kMagic =
    "SITGRAPH GAZETTEER 1\n\n\n\n";       // 24 bytes; the digit is the format's version
inline constexpr size_t kVersionAt = 19;  // in the magic

struct Text {
  uint32_t offset = 0;  // into the text
  uint32_t size = 0;
};
struct Header {
  char magic[24];
  uint64_t checksum;  // XXH3 of all that follows the header
  uint32_t places, names;
  uint64_t text_size;
  Text description;
};
inline constexpr int32_t kNoDegrees = INT32_MIN;
struct PlaceRecord {
  Text id, name;
  int32_t latitude, longitude;  // in 1e-5 degrees, or kNoDegrees
  uint32_t population;
  uint32_t region;  // index + 1 of a place, or 0
  char country[2];
  uint8_t type;  // PlaceType
  uint8_t unused[5];
};
struct NameRecord {
  uint64_t key;  // XXH3 of NameReading::key
  Text name;     // as written
  uint32_t place;
  uint32_t unused;
};
struct IdRecord {
  uint64_t hash;  // XXH3 of the id
  uint32_t place;
  uint32_t unused;
};
static_assert(sizeof(Header) == 56 && sizeof(PlaceRecord) == 40 && sizeof(NameRecord) == 24 && sizeof(IdRecord) == 16);

}  // namespace sitgraph::codebook::gazetteer
