// Morphological features of Universal Dependencies packed into 64 bits (Analysis::features).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sitgraph::language {

// In the order in which CoNLL-U wants them written.
enum class Feature : uint8_t {
  kAbbr,
  kCase,
  kDefinite,
  kDegree,
  kExtPos,
  kForeign,
  kGender,
  kMood,
  kNumForm,
  kNumType,
  kNumber,
  kPerson,
  kPolarity,
  kPoss,
  kPronType,
  kReflex,
  kStyle,
  kTense,
  kTypo,
  kVerbForm,
  kVoice
};

// The value of a feature, "" where the word has none. Values are UD's own: FeatureValue(f, Feature::kTense) == "Past".
std::string_view FeatureValue(uint64_t features, Feature feature);
// Sets, replaces or (with "") removes a value; an unknown value changes nothing and gives false.
bool SetFeature(uint64_t& features, Feature feature, std::string_view value);

// "Number=Sing|Person=3"; "_" for none.
std::string FormatFeatures(uint64_t features);
// The reverse. Features and values that the English treebanks do not use are left out; of several values ("Fem,Masc")
// the first is kept. nullopt where the field is not a list of Name=Value.
std::optional<uint64_t> ParseFeatures(std::string_view field);

}  // namespace sitgraph::language
