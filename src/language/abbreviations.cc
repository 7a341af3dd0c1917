// The table of abbreviations and of words that open sentences.
#include "src/language/abbreviations.h"

#include <algorithm>
#include <iterator>

#include "src/language/characters.h"
#include "src/language/sentence_words.h"

namespace sitgraph::language {
namespace {

struct Entry {
  std::string_view word;  // lower case
  Abbreviation kind;
  bool capital;  // only where the first letter is a capital: "Sun.", "No.", not "sun.", "no."
};

// Sorted by word.
constexpr Entry kEntries[] = {
    {"adm", Abbreviation::kTitle, true},      {"al", Abbreviation::kPlain, false},
    {"apr", Abbreviation::kMonth, true},      {"approx", Abbreviation::kPlain, false},
    {"art", Abbreviation::kNumbered, true},   {"arts", Abbreviation::kNumbered, true},
    {"assn", Abbreviation::kPlain, true},     {"asst", Abbreviation::kTitle, true},
    {"attn", Abbreviation::kPlain, true},     {"aug", Abbreviation::kMonth, true},
    {"av", Abbreviation::kPlain, true},       {"ave", Abbreviation::kPlain, true},
    {"b", Abbreviation::kNumbered, false},    {"bldg", Abbreviation::kPlain, false},
    {"blvd", Abbreviation::kPlain, true},     {"brig", Abbreviation::kTitle, true},
    {"bros", Abbreviation::kPlain, true},     {"c", Abbreviation::kNumbered, false},
    {"ca", Abbreviation::kNumbered, false},   {"capt", Abbreviation::kTitle, true},
    {"cf", Abbreviation::kPlain, false},      {"ch", Abbreviation::kNumbered, false},
    {"cmdr", Abbreviation::kTitle, true},     {"co", Abbreviation::kPlain, true},
    {"col", Abbreviation::kTitle, true},      {"cols", Abbreviation::kTitle, true},
    {"comdr", Abbreviation::kTitle, true},    {"conf", Abbreviation::kPlain, true},
    {"corp", Abbreviation::kPlain, true},     {"cpl", Abbreviation::kTitle, true},
    {"cpt", Abbreviation::kTitle, true},      {"d", Abbreviation::kNumbered, false},
    {"dec", Abbreviation::kMonth, true},      {"dep", Abbreviation::kPlain, true},
    {"dept", Abbreviation::kPlain, false},    {"dist", Abbreviation::kPlain, true},
    {"div", Abbreviation::kPlain, false},     {"dr", Abbreviation::kTitle, true},
    {"drs", Abbreviation::kTitle, true},      {"eg", Abbreviation::kPlain, false},
    {"ed", Abbreviation::kNumbered, true},    {"eds", Abbreviation::kPlain, false},
    {"eng", Abbreviation::kTitle, true},      {"esp", Abbreviation::kPlain, false},
    {"est", Abbreviation::kNumbered, false},  {"etc", Abbreviation::kFinal, false},
    {"ext", Abbreviation::kNumbered, false},  {"feb", Abbreviation::kMonth, true},
    {"fig", Abbreviation::kNumbered, false},  {"figs", Abbreviation::kNumbered, false},
    {"fr", Abbreviation::kTitle, true},       {"fri", Abbreviation::kMonth, true},
    {"ft", Abbreviation::kPlain, false},      {"gen", Abbreviation::kTitle, true},
    {"gens", Abbreviation::kTitle, true},     {"gov", Abbreviation::kTitle, true},
    {"govs", Abbreviation::kTitle, true},     {"hon", Abbreviation::kTitle, true},
    {"hr", Abbreviation::kNumbered, false},   {"hrs", Abbreviation::kPlain, false},
    {"hwy", Abbreviation::kNumbered, true},   {"ie", Abbreviation::kPlain, false},
    {"inc", Abbreviation::kPlain, true},      {"insp", Abbreviation::kTitle, true},
    {"intl", Abbreviation::kPlain, true},     {"jan", Abbreviation::kMonth, true},
    {"jr", Abbreviation::kPlain, true},       {"jul", Abbreviation::kMonth, true},
    {"jun", Abbreviation::kMonth, true},      {"km", Abbreviation::kPlain, false},
    {"lt", Abbreviation::kTitle, true},       {"ltd", Abbreviation::kPlain, true},
    {"maj", Abbreviation::kTitle, true},      {"mar", Abbreviation::kMonth, true},
    {"messrs", Abbreviation::kTitle, true},   {"mgr", Abbreviation::kTitle, true},
    {"min", Abbreviation::kPlain, true},      {"mins", Abbreviation::kPlain, false},
    {"misc", Abbreviation::kPlain, false},    {"mlle", Abbreviation::kTitle, true},
    {"mme", Abbreviation::kTitle, true},      {"mon", Abbreviation::kMonth, true},
    {"mr", Abbreviation::kTitle, false},      {"mrs", Abbreviation::kTitle, false},
    {"ms", Abbreviation::kTitle, true},       {"msgr", Abbreviation::kTitle, true},
    {"mt", Abbreviation::kTitle, true},       {"nb", Abbreviation::kPlain, false},
    {"no", Abbreviation::kNumbered, true},    {"nos", Abbreviation::kNumbered, true},
    {"nov", Abbreviation::kMonth, true},      {"oct", Abbreviation::kMonth, true},
    {"op", Abbreviation::kNumbered, false},   {"p", Abbreviation::kNumbered, false},
    {"para", Abbreviation::kNumbered, false}, {"paras", Abbreviation::kNumbered, false},
    {"pfc", Abbreviation::kTitle, true},      {"ph", Abbreviation::kNumbered, false},
    {"pp", Abbreviation::kNumbered, false},   {"pres", Abbreviation::kTitle, true},
    {"prof", Abbreviation::kTitle, true},     {"profs", Abbreviation::kTitle, true},
    {"prov", Abbreviation::kPlain, true},     {"pt", Abbreviation::kNumbered, false},
    {"pvt", Abbreviation::kTitle, true},      {"rd", Abbreviation::kPlain, true},
    {"rep", Abbreviation::kTitle, true},      {"reps", Abbreviation::kTitle, true},
    {"res", Abbreviation::kNumbered, true},   {"ret", Abbreviation::kPlain, true},
    {"rev", Abbreviation::kTitle, true},      {"rt", Abbreviation::kNumbered, true},
    {"rte", Abbreviation::kNumbered, true},   {"sat", Abbreviation::kMonth, true},
    {"sec", Abbreviation::kNumbered, false},  {"sen", Abbreviation::kTitle, true},
    {"sens", Abbreviation::kTitle, true},     {"sep", Abbreviation::kMonth, true},
    {"sept", Abbreviation::kMonth, true},     {"sgt", Abbreviation::kTitle, true},
    {"sq", Abbreviation::kPlain, false},      {"sr", Abbreviation::kPlain, true},
    {"st", Abbreviation::kTitle, true},       {"ste", Abbreviation::kTitle, true},
    {"sun", Abbreviation::kMonth, true},      {"supt", Abbreviation::kTitle, true},
    {"tel", Abbreviation::kNumbered, false},  {"thu", Abbreviation::kMonth, true},
    {"thur", Abbreviation::kMonth, true},     {"thurs", Abbreviation::kMonth, true},
    {"tue", Abbreviation::kMonth, true},      {"tues", Abbreviation::kMonth, true},
    {"univ", Abbreviation::kPlain, true},     {"v", Abbreviation::kPlain, false},
    {"vol", Abbreviation::kNumbered, false},  {"vols", Abbreviation::kNumbered, false},
    {"vs", Abbreviation::kPlain, false},      {"wed", Abbreviation::kMonth, true},
};

constexpr std::string_view kOpeners[] = {
    "a",       "according", "after",   "all",       "also",  "although", "among",  "an",      "and",     "another",
    "any",     "are",       "around",  "as",        "at",    "because",  "before", "both",    "but",     "by",
    "can",     "could",     "despite", "did",       "do",    "does",     "during", "each",    "earlier", "either",
    "even",    "every",     "few",     "following", "for",   "from",     "he",     "her",     "here",    "his",
    "how",     "however",   "i",       "if",        "in",    "instead",  "is",     "it",      "its",     "just",
    "last",    "later",     "many",    "meanwhile", "more",  "most",     "my",     "neither", "no",      "not",
    "nothing", "now",       "of",      "on",        "once",  "one",      "only",   "or",      "other",   "our",
    "over",    "please",    "several", "she",       "since", "so",       "some",   "such",    "than",    "thanks",
    "that",    "the",       "their",   "then",      "there", "these",    "they",   "this",    "those",   "though",
    "thus",    "to",        "today",   "under",     "until", "was",      "we",     "well",    "were",    "what",
    "when",    "where",     "whether", "which",     "while", "who",      "why",    "will",    "with",    "would",
    "yes",     "yesterday", "yet",     "you",       "your",
};

// "U.S", "Ph.D", "e.g": short runs of letters with stops between.
bool IsDotted(std::string_view word) {
  size_t run = 0;
  bool dotted = false;
  for (const char c : word) {
    if (c == '.') {
      if (run == 0) {
        return false;
      }
      dotted = true;
      run = 0;
    } else if (((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) && ++run <= 2) {
      continue;
    } else {
      return false;
    }
  }
  return dotted && run > 0;
}

}  // namespace

Abbreviation AbbreviationOf(std::string_view word) {
  const LowerWord copy(word);
  const std::string_view lower = copy.view();
  if (!lower.empty()) {
    if (lower == "a.m" || lower == "p.m") {
      return Abbreviation::kTime;
    }
    if (IsDotted(lower)) {
      return Abbreviation::kPlain;
    }
    const bool capital = word[0] != lower[0];
    const auto* const found = std::lower_bound(std::begin(kEntries), std::end(kEntries), lower,
                                               [](const Entry& e, std::string_view w) { return e.word < w; });
    const bool initial = capital && lower.size() == 1;
    if (found != std::end(kEntries) && found->word == lower && (capital || !found->capital) && !initial) {
      return found->kind;
    }
    return initial ? Abbreviation::kInitial : Abbreviation::kNone;
  }
  if (!word.empty()) {
    const CodePoint first = CodePointAt(word, 0);
    if (first.size == word.size() && IsUpper(first.value)) {
      return Abbreviation::kInitial;
    }
  }
  return Abbreviation::kNone;
}

bool OpensSentences(std::string_view word) {
  const LowerWord copy(word);
  const std::string_view lower = copy.view();
  if (lower.empty() || lower[0] == word[0]) {
    return false;
  }
  return std::binary_search(std::begin(kOpeners), std::end(kOpeners), lower);
}

}  // namespace sitgraph::language
