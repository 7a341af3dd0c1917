// RomanisationKey: one key for the romanisations of a word; and whose names have them.
#include <algorithm>
#include <array>
#include <utility>

#include "src/codebook/names.h"

namespace sitgraph::codebook {
namespace {

// Forms of the generic words that Arabic place and personal names begin with.
constexpr std::array<std::pair<std::string_view, std::string_view>, 27> kGenericWords = {{
    {"tell", "tel"},     {"tall", "tel"},     {"tal", "tel"},       {"ayn", "ain"},      {"ein", "ain"},
    {"der", "dair"},     {"sheik", "shaikh"}, {"cheikh", "shaikh"}, {"shekh", "shaikh"}, {"jebel", "jabal"},
    {"djebel", "jabal"}, {"djabal", "jabal"}, {"gebel", "jabal"},   {"gabal", "jabal"},  {"kfar", "kafr"},
    {"kafar", "kafr"},   {"kefar", "kafr"},   {"kefr", "kafr"},     {"kufr", "kafr"},    {"kufur", "kafr"},
    {"oum", "um"},       {"umm", "um"},       {"omm", "um"},        {"ben", "bin"},      {"bou", "abu"},
    {"jesr", "jisr"},    {"jisir", "jisr"},
}};

// Countries whose names reach English through a romanisation from another script, so that one name has many spellings.
// Names elsewhere have one spelling; tolerance would only confuse them with English words (Lima and lime).
constexpr std::string_view kRomanisedCountries =
    " AE AF AM AZ BA BD BG BH BY DJ DZ EG ER ET GE IL IN IQ IR JO KG KW KZ LB LK LY MA MK MM MR NP OM PK PS QA RS "
    "RU "
    "SA SD SO SY TJ TM TN TR UA UZ XK YE ";

bool IsVowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

// Appends unless the key ends with the same letter: doubled letters count once.
void Append(std::string& key, char c) {
  if (key.empty() || key.back() != c) key += c;
}

// The vowel or consonant written as `word[i]` and what follows; returns how many letters it took.
size_t ReadLetter(std::string_view word, size_t i, std::string& key) {
  const char c = word[i];
  const char next = i + 1 < word.size() ? word[i + 1] : '\0';
  const char after = i + 2 < word.size() ? word[i + 2] : '\0';
  if (c == 'q') return Append(key, 'k'), 1;
  if (c == 'c' && next == 'k') return Append(key, 'k'), 2;
  if (c == 'd' && next == 'j') return Append(key, 'j'), 2;
  if ((c == 'g' || c == 'd' || c == 't') && next == 'h') return Append(key, c), 2;
  if (c == 'o' && (next == 'o' || next == 'u')) return Append(key, 'u'), 2;
  if (c == 'e' && next == 'e') return Append(key, 'i'), 2;
  const bool glide = next == 'i' || (next == 'y' && !IsVowel(after) && after != 'y');
  if ((c == 'e' || c == 'a') && glide) {
    Append(key, 'a');
    Append(key, 'i');
    return 2;
  }
  if (c == 'y') {
    if (i == 0) return Append(key, 'y'), 1;
    const bool before_vowel = IsVowel(next);
    if (!before_vowel) return Append(key, 'i'), 1;
    // "iya" and "ia" are one ending.
    if (key.back() == 'i') return 1;
    return Append(key, 'y'), 1;
  }
  return Append(key, c), 1;
}

}  // namespace

bool IsRomanisedCountry(std::string_view iso) {
  return iso.size() == 2 && kRomanisedCountries.find(iso) != std::string_view::npos;
}

std::string RomanisationKey(std::string_view word) {
  if (!std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; })) return std::string(word);
  for (const auto& [form, key] : kGenericWords) {
    if (word == form) return std::string(key);
  }
  std::string key;
  if (word.size() <= 3) {
    key = word;
    std::replace(key.begin(), key.end(), 'q', 'k');
    return key;
  }
  for (size_t i = 0; i < word.size();) i += ReadLetter(word, i, key);

  constexpr size_t kShort = 3;  // letters an ending may not cut into
  const size_t size = key.size();
  if (size > kShort && key[size - 1] == 'h' && (key[size - 2] == 'a' || key[size - 2] == 'e')) {
    key.resize(size - 2);
    Append(key, 'a');
  }
  constexpr size_t kLong = 5;  // letters from which short vowels count less
  if (key.size() >= kLong) {
    std::string loose;
    for (char c : key) Append(loose, c == 'e' ? 'i' : c == 'o' ? 'u' : c);
    key = std::move(loose);
  }
  return key;
}

}  // namespace sitgraph::codebook
