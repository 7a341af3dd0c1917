// Digests: SHA-256 for identity that others can check, XXH3 for ids inside the program.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sitgraph::base {

// Lower-case hexadecimal SHA-256 (FIPS 180-4), 64 characters.
std::string Sha256Hex(std::string_view bytes);

// XXH3, 64 bits, seed 0: the same on every machine.
uint64_t Hash64(std::string_view bytes);
// Another digest for each seed.
uint64_t Hash64(std::string_view bytes, uint64_t seed);

}  // namespace sitgraph::base
