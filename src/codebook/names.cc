#include "src/codebook/names.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace sitgraph::codebook {
namespace {

// Articles joined to their word by a hyphen; those that stand alone as well; and, of these, the English words.
constexpr std::array<std::string_view, 20> kJoinedArticles = {"al", "ar",  "as", "ash", "at", "az", "ad",
                                                              "an", "ez",  "el", "es",  "ed", "er", "en",
                                                              "et", "esh", "ul", "us",  "uz", "adh"};
constexpr std::array<std::string_view, 10> kLoneArticles = {"al", "ar", "as", "ash", "at",
                                                            "az", "ad", "an", "ez",  "adh"};
constexpr std::array<std::string_view, 4> kEnglishWords = {"as", "at", "an", "ad"};

template <size_t N>
bool Contains(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsLower(char c) { return c >= 'a' && c <= 'z'; }

// The first letter decides: a capital, a digit, or (as scripts other than Latin have it) a letter that folding changes.
bool StartsHigh(std::string_view word) {
  if (word.empty()) return false;
  if (static_cast<unsigned char>(word[0]) < 0x80) return IsUpper(word[0]) || IsDigit(word[0]);
  size_t end = 0;
  base::NextCodePoint(word, end);
  const std::string_view first = word.substr(0, end);
  return base::Lower(first) != first;
}

// "U.S." and "I.S" without their stops; other words as they are.
std::string WithoutAcronymStops(std::string_view word) {
  bool letter_expected = true;
  size_t stops = 0;
  for (char c : word) {
    if (letter_expected ? !(IsUpper(c) || IsLower(c)) : c != '.') return std::string(word);
    stops += c == '.' ? 1 : 0;
    letter_expected = !letter_expected;
  }
  if (stops == 0 || word.size() < 3) return std::string(word);
  std::string out;
  std::copy_if(word.begin(), word.end(), std::back_inserter(out), [](char c) { return c != '.'; });
  return out;
}

// The folded parts of a word: "ez-Zor" -> ez, zor; "BTR-80" -> btr, 80; "T-72s" -> t, 72.
std::vector<std::string> PartsOf(std::string_view word) {
  const std::string folded = base::FoldName(WithoutAcronymStops(word));
  std::vector<std::string> parts;
  for (size_t i = 0; i < folded.size(); ++i) {
    if (folded[i] == ' ') continue;
    const bool fresh = i == 0 || folded[i - 1] == ' ' || IsDigit(folded[i - 1]) != IsDigit(folded[i]);
    if (fresh) parts.emplace_back();
    parts.back() += folded[i];
  }
  const size_t n = parts.size();
  if (n >= 2 && parts[n - 1] == "s" && IsDigit(parts[n - 2].back()) && word.back() == 's') parts.pop_back();
  return parts;
}

// Letters and digits of a word as written.
void AppendWritten(std::string& out, std::string_view word) {
  for (char c : word) {
    if (IsDigit(c) || IsUpper(c) || IsLower(c) || static_cast<unsigned char>(c) >= 0x80) out += c;
  }
}

bool IsInnerSign(std::string_view token) {
  return token == "-" || token == "\xE2\x80\x90" || token == "\xE2\x80\x91" || token == "\xE2\x80\x93" ||
         token == "'" || token == "\xE2\x80\x99" || token == "\xE2\x80\x98";
}

}  // namespace

struct NameIndex::Reading {
  size_t parts = 0;
  uint32_t articles = 0;     // bit i: an article stands before part i
  uint32_t needed = 0;       // those of them that the name must have as well, because they may be English words
  bool starts_high = false;  // the first word, or what follows its article
  size_t first_key_size = 0;
  std::string folded;
  std::string written;
};

std::optional<NameReading> ReadName(std::string_view name) {
  NameReading out;
  const std::vector<std::string_view> words = base::Split(name, ' ');
  for (size_t w = 0; w < words.size(); ++w) {
    const std::vector<std::string> parts = PartsOf(words[w]);
    for (size_t i = 0; i < parts.size(); ++i) {
      if (out.parts == NameIndex::kMaxParts) return std::nullopt;
      const bool joined = i + 1 < parts.size();
      const bool lone = !joined && parts.size() == 1 && w + 1 < words.size() && Contains(kLoneArticles, parts[i]);
      if (lone || (joined && Contains(kJoinedArticles, parts[i]))) {
        out.articles |= 1u << out.parts;
        if (lone && Contains(kEnglishWords, parts[i])) out.small |= 1u << out.parts;
        continue;
      }
      const std::string key = RomanisationKey(parts[i]);
      if (out.parts == 0) out.first_key_size = key.size();
      if (out.parts++ > 0) {
        out.key += ' ';
        out.folded += ' ';
      }
      out.key += key;
      out.folded += parts[i];
    }
  }
  if (out.parts == 0) return std::nullopt;
  return out;
}

bool NameIndex::Add(std::string_view name, uint32_t value, bool romanised) {
  Name added;
  added.value = value;
  added.romanised = romanised;
  if (name.starts_with('=')) {
    added.exact = true;
    name.remove_prefix(1);
  }
  std::vector<std::string> parts;
  std::string_view first_word;
  for (std::string_view word : base::Split(name, ' ')) {
    const std::vector<std::string> word_parts = PartsOf(word);
    for (size_t i = 0; i < word_parts.size(); ++i) {
      const bool joined = i + 1 < word_parts.size();
      const bool last_word = word.data() + word.size() == name.data() + name.size();
      const bool article = joined ? Contains(kJoinedArticles, word_parts[i])
                                  : !last_word && word_parts.size() == 1 && Contains(kLoneArticles, word_parts[i]);
      if (article && parts.size() < kMaxParts) {
        added.articles |= 1u << parts.size();
      } else {
        parts.push_back(word_parts[i]);
      }
    }
    if (first_word.empty() && !word_parts.empty()) first_word = word;
    AppendWritten(added.written, word);
  }
  if (parts.empty() || parts.size() > kMaxParts) return false;
  added.parts = static_cast<uint8_t>(parts.size());
  const bool capitals = std::all_of(added.written.begin(), added.written.end(), IsUpper);
  added.acronym = parts.size() == 1 && added.articles == 0 && added.written.size() >= 2 && capitals;
  added.small_start = !StartsHigh(first_word) && (added.articles & 1u) == 0;
  if (added.small_start) small_starts_.emplace(parts[0], true);

  uint32_t node = 0;
  for (const std::string& part : parts) {
    if (!added.folded.empty()) added.folded += ' ';
    added.folded += part;
    const uint32_t key = keys_.emplace(RomanisationKey(part), static_cast<uint32_t>(keys_.size())).first->second;
    const auto [edge, fresh] = edges_.emplace(uint64_t{node} << 32 | key, static_cast<uint32_t>(heads_.size()));
    if (fresh) heads_.push_back(0);
    node = edge->second;
  }
  added.next = heads_[node];
  names_.push_back(std::move(added));
  heads_[node] = static_cast<uint32_t>(names_.size());
  return true;
}

bool NameIndex::Accepts(const Name& name, const Reading& reading, bool any_case) const {
  if ((reading.needed & ~name.articles) != 0) return false;
  if (name.exact) return name.written == reading.written;
  const bool same_spelling = name.folded == reading.folded;
  if (!name.romanised && !same_spelling) return false;
  if (name.acronym) {
    constexpr size_t kShortAcronym = 3;
    if (!same_spelling) return false;
    if (any_case) return true;
    return name.written == reading.written || (name.written.size() > kShortAcronym && reading.starts_high);
  }
  if (name.parts == 1) {
    // "Bab" alone is more often a part of an unknown name than al-Bab.
    constexpr size_t kShortWord = 3;
    const bool article_missing = (name.articles & 1u) != 0 && (reading.articles & 1u) == 0;
    if (article_missing && reading.first_key_size <= kShortWord) return false;
    // Without a capital to tell a name from a word, the spelling must.
    if (!reading.starts_high && !same_spelling) return false;
  }
  return any_case || reading.starts_high || name.small_start;
}

std::optional<NameIndex::Match> NameIndex::Find(std::span<const std::string_view> tokens, bool any_case) const {
  Match best;
  Reading reading;
  uint32_t node = 0;
  bool pending_article = false;  // an article was read; its word comes next
  bool pending_needed = false;
  for (size_t t = 0; t < tokens.size(); ++t) {
    const std::string_view token = tokens[t];
    if (t > 0 && IsInnerSign(token)) continue;
    const bool first = reading.parts == 0;
    if (t == 0 && !any_case && token.size() > 0 && IsLower(token[0]) && token.find('-') == std::string_view::npos) {
      // A small word starts a name only as an article or where the codebook says so.
      if (!Contains(kLoneArticles, token) && !small_starts_.contains(std::string(token))) break;
    }
    std::vector<std::string> parts = PartsOf(token);
    if (parts.empty()) break;
    if (first && (t == 0 || pending_article)) {
      // "al-Bab", "al Bab": the word after the article decides.
      std::string_view word = token;
      if (parts.size() > 1 && Contains(kJoinedArticles, parts[0])) {
        const size_t hyphen = token.find('-');
        if (hyphen != std::string_view::npos && !StartsHigh(token)) word = token.substr(hyphen + 1);
      }
      reading.starts_high = StartsHigh(word);
    }
    bool lost = false;
    for (size_t i = 0; i < parts.size() && !lost; ++i) {
      const bool joined = i + 1 < parts.size();
      const bool next_token = t + 1 < tokens.size();
      const bool article = joined ? Contains(kJoinedArticles, parts[i])
                                  : parts.size() == 1 && next_token && Contains(kLoneArticles, parts[i]);
      if (article && !pending_article) {
        pending_article = true;
        pending_needed = !joined && Contains(kEnglishWords, parts[i]);
        continue;
      }
      if (reading.parts == kMaxParts) {
        lost = true;
        break;
      }
      if (pending_article) reading.articles |= 1u << reading.parts;
      if (pending_needed) reading.needed |= 1u << reading.parts;
      pending_article = pending_needed = false;
      const std::string key = RomanisationKey(parts[i]);
      if (reading.parts == 0) reading.first_key_size = key.size();
      const auto number = keys_.find(key);
      const auto edge = number == keys_.end() ? edges_.end() : edges_.find(uint64_t{node} << 32 | number->second);
      if (edge == edges_.end()) {
        lost = true;
        break;
      }
      node = edge->second;
      if (reading.parts++ > 0) reading.folded += ' ';
      reading.folded += parts[i];
    }
    if (lost) break;
    AppendWritten(reading.written, WithoutAcronymStops(token));
    if (pending_article) continue;

    // Of several names the one spelt as the text has it, and of those an acronym in capitals: SANA is not Sana'a.
    int closest = 0;
    std::vector<uint32_t> values;
    for (uint32_t n = heads_[node]; n != 0; n = names_[n - 1].next) {
      const Name& name = names_[n - 1];
      if (!Accepts(name, reading, any_case)) continue;
      const int close = name.folded != reading.folded ? 0 : name.acronym && name.written == reading.written ? 2 : 1;
      if (close > closest) values.clear();
      if (close >= closest) values.push_back(name.value);
      closest = std::max(close, closest);
    }
    if (!values.empty()) {
      std::sort(values.begin(), values.end());
      values.erase(std::unique(values.begin(), values.end()), values.end());
      best = {t + 1, std::move(values)};
    }
  }
  if (best.tokens == 0) return std::nullopt;
  return best;
}

bool PhraseIndex::Add(std::string_view phrase, uint32_t value) {
  std::string folded;
  size_t words = 0;
  std::string first;
  for (std::string_view word : base::Split(phrase, ' ')) {
    std::string part = base::FoldName(word);
    if (part.empty()) part = base::Lower(word);  // signs: "%", "$"
    if (part.empty()) continue;
    for (std::string_view piece : base::Split(part, ' ')) {
      if (words++ > 0) folded += ' ';
      folded += piece;
      if (words == 1) first = piece;
    }
  }
  if (words == 0 || !phrases_.emplace(folded, value).second) return false;
  size_t& longest = first_[first];
  longest = std::max(longest, words);
  return true;
}

std::optional<std::pair<uint32_t, size_t>> PhraseIndex::Find(std::span<const std::string_view> tokens) const {
  std::optional<std::pair<uint32_t, size_t>> best;
  std::string folded;
  size_t words = 0;
  size_t longest = 0;
  for (size_t t = 0; t < tokens.size(); ++t) {
    std::string part = base::FoldName(tokens[t]);
    if (part.empty()) part = t > 0 && (tokens[t] == "." || tokens[t] == "-") ? std::string() : base::Lower(tokens[t]);
    if (part.empty()) {
      if (t == 0) break;
      continue;
    }
    if (words == 0) {
      const auto found = first_.find(part.substr(0, part.find(' ')));
      if (found == first_.end()) break;
      longest = found->second;
    } else {
      folded += ' ';
    }
    folded += part;
    words += 1 + static_cast<size_t>(std::count(part.begin(), part.end(), ' '));
    if (words > longest) break;
    if (const auto found = phrases_.find(folded); found != phrases_.end()) best = {found->second, t + 1};
  }
  return best;
}

}  // namespace sitgraph::codebook
