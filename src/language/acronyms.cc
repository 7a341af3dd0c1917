// The list of acronyms, and when a word in capitals is none of them but only stressed; names with an article.
#include "src/language/acronyms.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "src/language/characters.h"
#include "src/language/tokenizer.h"

namespace sitgraph::language {
namespace {

constexpr std::array<std::string_view, 18> kAcronyms = {"IS",   "US",   "UN",  "UK",  "EU",  "UAE",
                                                        "ISIS", "ISIL", "IDP", "MoD", "SAA", "SDF",
                                                        "FSA",  "AFU",  "IDF", "PKK", "YPG", "HTS"};
// After these, "IS" is a stressed verb.
constexpr std::array<std::string_view, 16> kSubjects = {"it",   "he",   "she", "this",  "that",  "there",
                                                        "here", "what", "who", "which", "where", "how",
                                                        "when", "why",  "one", "i"};

bool IsCapital(char c) { return c >= 'A' && c <= 'Z'; }

bool IsLetter(char c) { return IsCapital(c) || (c >= 'a' && c <= 'z'); }

bool InCapitals(std::string_view word) { return word.size() > 1 && std::all_of(word.begin(), word.end(), IsCapital); }

}  // namespace

bool IsAcronymName(std::span<const std::string_view> forms, size_t i, Casing casing) {
  if (casing != Casing::kMixed) return false;
  const std::string_view form = forms[i];
  if (std::find(kAcronyms.begin(), kAcronyms.end(), form) == kAcronyms.end()) return false;
  if (form != "IS" && form != "US") return true;
  // Shouting: a neighbour stands in capitals as well.
  if (i > 0 && InCapitals(forms[i - 1]) && forms[i - 1] != "US") return false;
  if (i + 1 < forms.size() && InCapitals(forms[i + 1]) && forms[i + 1].size() > 4) return false;
  if (form == "US" || i == 0) return true;
  return std::none_of(kSubjects.begin(), kSubjects.end(),
                      [&](std::string_view subject) { return base::EqualsIgnoringAsciiCase(forms[i - 1], subject); });
}

bool IsArticleName(std::string_view form, Casing casing) {
  size_t hyphen = 0;
  while (hyphen < form.size() && IsLetter(form[hyphen])) ++hyphen;
  if (hyphen < 2 || hyphen > 3 || hyphen == form.size()) return false;
  const CodePoint mark = CodePointAt(form, hyphen);
  const std::string_view name = form.substr(hyphen + mark.size);
  if (!IsHyphen(mark.value) || name.size() < 2 || !TakesArticle(form.substr(0, hyphen), name)) return false;
  return IsUpper(CodePointAt(name, 0).value) || casing == Casing::kLower;
}

}  // namespace sitgraph::language
