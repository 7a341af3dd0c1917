// Lemmas by edit rules: a word's own rule where the general one of its suffix and tag is wrong.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "src/language/bytes.h"
#include "src/language/tagger.h"
#include "src/language/weights.h"

namespace sitgraph::language {

// How a form is written before the edit: in lower case, as it stands, or with one capital ("CHICAGO" -> "Chicago").
enum class LemmaCase : uint8_t { kFold, kKeep, kTitle };
inline constexpr uint8_t kLemmaCases = 3;

// How a form becomes its lemma.
struct EditRule {
  LemmaCase casing = LemmaCase::kFold;
  uint8_t strip = 0;  // code points taken from the end
  std::string append;
  friend auto operator<=>(const EditRule&, const EditRule&) = default;
};

// What a name's capitals say of its lemma: none, first, all of a short word (an acronym), all of a long one.
enum class Capitals : uint8_t { kNone, kFirst, kShort, kLong };
Capitals CapitalsOf(std::string_view form);

class Lemmatizer {
 public:
  static constexpr size_t kMaxSuffix = 6;  // code points
  // Keys of the table. `suffix` of 0 code points is the tag alone.
  static uint32_t WordKey(std::string_view folded, TagId tag);
  static uint32_t SuffixKey(std::string_view folded_suffix, TagId tag, Capitals capitals);

  Lemmatizer() = default;
  Lemmatizer(std::vector<EditRule> rules, const std::vector<NumberTable::Entry>& entries);
  static void Write(const std::vector<EditRule>& rules, const std::vector<NumberTable::Entry>& entries,
                    ByteWriter& out);
  bool Read(ByteSource& in);

  // Writes the lemma of `form` to `out`. `folded` is FoldWord's of the form; only of a name do capitals matter. Never
  // empty for a form that is not. The lemma of "13,407" is "13407", that of "T-72s" is "T-72". False where only the
  // rule of a suffix gave it, as words do that training did not see.
  bool Lemma(std::string_view form, std::string_view folded, TagId tag, bool name, std::string& out) const;

 private:
  std::vector<EditRule> rules_;
  NumberTable table_;
};

// Whether a token is digits in groups ("13,407").
bool IsGroupedNumber(std::string_view form);
// What a designation of capitals and digits is without its plural ending ("EB3326", "MiG-29s"); empty for other forms,
// among them numbers with a unit or an ending ("10MM", "4TH").
std::string_view Designation(std::string_view form);
// Applies a rule; false where the form is too short for it.
bool Apply(const EditRule& rule, std::string_view form, std::string_view folded, std::string& out);
// The byte offsets where the last 0 to kMaxSuffix code points of a word begin; fewer for shorter words.
size_t SuffixStarts(std::string_view word, std::span<size_t, Lemmatizer::kMaxSuffix + 1> starts);

}  // namespace sitgraph::language
