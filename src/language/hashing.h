// Hashing of features: every template's atoms become one 32-bit key of the flat weight tables.
#pragma once

#include <bit>
#include <cstdint>
#include <string_view>

namespace sitgraph::language {

// Adds one atom to a running hash; the rotation makes the order of two hashes count. Part of the model file's format,
// as is HashBytes.
constexpr uint64_t Mix(uint64_t hash, uint64_t atom) {
  hash = (std::rotl(hash, 23) ^ atom) * UINT64_C(0x9E3779B97F4A7C15);
  return hash ^ (hash >> 29);
}

constexpr uint32_t KeyOf(uint64_t hash) { return static_cast<uint32_t>((hash * UINT64_C(0xD6E8FEB86659FD93)) >> 32); }

// The key of template `id` over its atoms. Two features of one table share a key with a chance of 2^-32.
template <typename... Atoms>
constexpr uint32_t FeatureKey(uint32_t id, Atoms... atoms) {
  uint64_t hash = (id + UINT64_C(1)) * UINT64_C(0xA24BAED4963EE407);
  ((hash = Mix(hash, static_cast<uint64_t>(atoms))), ...);
  return KeyOf(hash);
}

// FNV-1a with a final mix; for short words.
constexpr uint64_t HashBytes(std::string_view bytes) {
  uint64_t hash = UINT64_C(0xCBF29CE484222325);
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * UINT64_C(0x100000001B3);
  return Mix(hash, bytes.size());
}

}  // namespace sitgraph::language
