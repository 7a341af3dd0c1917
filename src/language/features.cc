// The bit layout of packed features, and their CoNLL-U form.
#include "src/language/features.h"

#include <array>
#include <cstddef>

namespace sitgraph::language {
namespace {

struct Layout {
  std::string_view name;
  std::array<std::string_view, 11> values;  // value v is stored as its index + 1
  uint8_t shift;
  uint8_t bits;
};

// The layout is part of the model file's format: change kFormatVersion in model.cc with it.
constexpr std::array<Layout, 21> kLayouts = {{
    {"Abbr", {"Yes"}, 0, 1},
    {"Case", {"Nom", "Acc", "Gen"}, 1, 2},
    {"Definite", {"Def", "Ind"}, 3, 2},
    {"Degree", {"Pos", "Cmp", "Sup"}, 5, 2},
    {"ExtPos", {"ADP", "ADV", "SCONJ", "CCONJ", "PROPN", "PRON", "ADJ"}, 7, 3},
    {"Foreign", {"Yes"}, 10, 1},
    {"Gender", {"Masc", "Fem", "Neut"}, 11, 2},
    {"Mood", {"Ind", "Imp", "Sub"}, 13, 2},
    {"NumForm", {"Digit", "Word", "Combi", "Roman"}, 15, 3},
    {"NumType", {"Card", "Ord", "Frac", "Mult"}, 18, 3},
    {"Number", {"Sing", "Plur", "Ptan"}, 21, 2},
    {"Person", {"1", "2", "3"}, 23, 2},
    {"Polarity", {"Neg", "Pos"}, 25, 2},
    {"Poss", {"Yes"}, 27, 1},
    {"PronType", {"Art", "Prs", "Dem", "Rel", "Ind", "Int", "Tot", "Neg", "Emp", "Rcp"}, 28, 4},
    {"Reflex", {"Yes"}, 32, 1},
    {"Style", {"Vrnc", "Expr", "Coll", "Slng", "Arch"}, 33, 3},
    {"Tense", {"Past", "Pres"}, 36, 2},
    {"Typo", {"Yes"}, 38, 1},
    {"VerbForm", {"Fin", "Inf", "Part", "Ger"}, 39, 3},
    {"Voice", {"Pass", "Act"}, 42, 2},
}};

constexpr uint64_t Mask(const Layout& layout) { return ((UINT64_C(1) << layout.bits) - 1) << layout.shift; }

const Layout* FindLayout(std::string_view name) {
  for (const Layout& layout : kLayouts) {
    if (layout.name == name) return &layout;
  }
  return nullptr;
}

bool Set(uint64_t& features, const Layout& layout, std::string_view value) {
  if (value.empty()) {
    features &= ~Mask(layout);
    return true;
  }
  for (size_t i = 0; i < layout.values.size() && !layout.values[i].empty(); ++i) {
    if (layout.values[i] != value) continue;
    features = (features & ~Mask(layout)) | (static_cast<uint64_t>(i + 1) << layout.shift);
    return true;
  }
  return false;
}

std::string_view Value(uint64_t features, const Layout& layout) {
  const uint64_t stored = (features & Mask(layout)) >> layout.shift;
  return stored == 0 || stored > layout.values.size() ? std::string_view() : layout.values[stored - 1];
}

}  // namespace

std::string_view FeatureValue(uint64_t features, Feature feature) {
  return Value(features, kLayouts[static_cast<size_t>(feature)]);
}

bool SetFeature(uint64_t& features, Feature feature, std::string_view value) {
  return Set(features, kLayouts[static_cast<size_t>(feature)], value);
}

std::string FormatFeatures(uint64_t features) {
  std::string out;
  for (const Layout& layout : kLayouts) {
    const std::string_view value = Value(features, layout);
    if (value.empty()) continue;
    if (!out.empty()) out += '|';
    out.append(layout.name).append("=").append(value);
  }
  return out.empty() ? "_" : out;
}

std::optional<uint64_t> ParseFeatures(std::string_view field) {
  uint64_t features = 0;
  if (field == "_") return features;
  while (true) {
    const size_t bar = field.find('|');
    const std::string_view item = field.substr(0, bar);
    const size_t equals = item.find('=');
    if (equals == std::string_view::npos || equals == 0 || equals + 1 == item.size()) return std::nullopt;
    if (const Layout* layout = FindLayout(item.substr(0, equals))) {
      const std::string_view values = item.substr(equals + 1);
      Set(features, *layout, values.substr(0, values.find(',')));
    }
    if (bar == std::string_view::npos) return features;
    field.remove_prefix(bar + 1);
  }
}

}  // namespace sitgraph::language
