#include "exporters/view.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace sitgraph::exporters {
namespace {

struct KindLook {
  std::string_view name;
  Colour colour;
};

// Okabe and Ito's palette, told apart by colour-blind readers too; organization, facility and people are shades of
// their nearest kin (force, place, person).
constexpr std::array<KindLook, 10> kLooks = {{
    {"event", {0xD5, 0x5E, 0x00}},
    {"force", {0x00, 0x72, 0xB2}},
    {"organization", {0x33, 0x4E, 0x8C}},
    {"person", {0xCC, 0x79, 0xA7}},
    {"place", {0x00, 0x9E, 0x73}},
    {"facility", {0x7A, 0xC7, 0xAE}},
    {"people", {0xE5, 0xBC, 0xD3}},
    {"materiel", {0x56, 0xB4, 0xE9}},
    {"report", {0x99, 0x99, 0x99}},
    {"thing", {0xF0, 0xE4, 0x42}},
}};

constexpr double kSmallestSize = 5;
constexpr double kLargestSize = 60;

bool IsAsciiLetterOrDigit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

}  // namespace

std::string_view Name(NodeKind kind) { return kLooks[static_cast<size_t>(kind)].name; }

Colour ColourOf(NodeKind kind) { return kLooks[static_cast<size_t>(kind)].colour; }

double Rounded(double number) {
  const double rounded = std::round(number * 100) / 100;
  return rounded == 0 ? 0 : rounded;
}

double SizeOf(double number) {
  return Rounded(std::min(kSmallestSize + 3 * std::sqrt(std::max(number, 0.0)), kLargestSize));
}

std::string NodeId(std::string_view iri, std::string_view base_iri) {
  std::string_view rest = iri;
  // What is left of an IRI under the base has no ':', an absolute IRI always has one: the two cannot meet.
  if (!base_iri.empty() && iri.size() > base_iri.size() && iri.substr(0, base_iri.size()) == base_iri &&
      iri.find(':', base_iri.size()) == std::string_view::npos) {
    rest.remove_prefix(base_iri.size());
  }
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string id;
  id.reserve(rest.size());
  for (const char c : rest) {
    if (IsAsciiLetterOrDigit(c) || c == '-' || c == '.') {
      id += c;
    } else if (c == '/') {
      id += ':';
    } else {
      const auto byte = static_cast<unsigned char>(c);
      id += '_';
      id += kHex[byte >> 4];
      id += kHex[byte & 15];
    }
  }
  return id;
}

}  // namespace sitgraph::exporters
