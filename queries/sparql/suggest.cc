// Suggestions for misspelt names.
#include "queries/sparql/suggest.h"

#include <algorithm>

#include "base/text.h"

namespace sitgraph::queries::sparql {
namespace {

// The two differ in exactly one pair of neighbouring bytes, swapped.
bool IsSwap(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  size_t i = 0;
  while (i < a.size() && a[i] == b[i]) ++i;
  return i + 1 < a.size() && a[i] == b[i + 1] && a[i + 1] == b[i] && a.substr(i + 2) == b.substr(i + 2);
}

std::string AsciiUpper(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

}  // namespace

std::optional<std::string> SuggestName(std::string_view word, const std::vector<std::string>& candidates) {
  auto swapped =
      std::find_if(candidates.begin(), candidates.end(), [&](const std::string& each) { return IsSwap(word, each); });
  if (swapped != candidates.end()) return *swapped;
  return base::Nearest(word, candidates);
}

std::optional<std::string> SuggestKeyword(std::string_view word, const std::vector<std::string>& candidates) {
  std::vector<std::string> upper(candidates.size());
  std::transform(candidates.begin(), candidates.end(), upper.begin(), AsciiUpper);
  std::optional<std::string> near = SuggestName(AsciiUpper(word), upper);
  if (!near) return std::nullopt;
  return candidates[static_cast<size_t>(std::find(upper.begin(), upper.end(), *near) - upper.begin())];
}

}  // namespace sitgraph::queries::sparql
