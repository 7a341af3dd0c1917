// Names of tags and relations, and their look-up.
#include "src/language/tagset.h"

#include <array>

namespace sitgraph::language {
namespace {

constexpr std::array<std::string_view, kUposCount> kUposNames = {"ADJ",   "ADP",   "ADV", "AUX",  "CCONJ", "DET",
                                                                 "INTJ",  "NOUN",  "NUM", "PART", "PRON",  "PROPN",
                                                                 "PUNCT", "SCONJ", "SYM", "VERB", "X"};

constexpr std::array<std::string_view, kXposCount> kXposNames = {
    "_",   "ADD", "AFX", "CC",    "CD",    "DT",  "EX",   "FW",  "GW",  "HYPH", "IN",  "JJ",   "JJR",
    "JJS", "LS",  "MD",  "NFP",   "NN",    "NNP", "NNPS", "NNS", "PDT", "POS",  "PRP", "PRP$", "RB",
    "RBR", "RBS", "RP",  "SYM",   "TO",    "UH",  "VB",   "VBD", "VBG", "VBN",  "VBP", "VBZ",  "WDT",
    "WP",  "WP$", "WRB", "-LRB-", "-RRB-", "$",   "#",    "``",  "''",  ",",    ".",   ":"};

constexpr std::array<std::string_view, kDeprelCount> kDeprelNames = {
    "root",         "acl",        "acl:relcl",  "advcl",     "advcl:relcl", "advmod",        "amod",     "appos",
    "aux",          "aux:pass",   "case",       "cc",        "cc:preconj",  "ccomp",         "clf",      "compound",
    "compound:prt", "conj",       "cop",        "csubj",     "csubj:outer", "csubj:pass",    "dep",      "det",
    "det:predet",   "discourse",  "dislocated", "expl",      "fixed",       "flat",          "goeswith", "iobj",
    "list",         "mark",       "nmod",       "nmod:desc", "nmod:poss",   "nmod:unmarked", "nsubj",    "nsubj:outer",
    "nsubj:pass",   "nummod",     "obj",        "obl",       "obl:agent",   "obl:unmarked",  "orphan",   "parataxis",
    "punct",        "reparandum", "vocative",   "xcomp"};

template <typename Enum, size_t N>
std::optional<Enum> Find(const std::array<std::string_view, N>& names, std::string_view name) {
  for (size_t i = 0; i < N; ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view Name(Upos upos) { return kUposNames[static_cast<size_t>(upos)]; }
std::string_view Name(Xpos xpos) { return kXposNames[static_cast<size_t>(xpos)]; }
std::string_view Name(Deprel deprel) { return kDeprelNames[static_cast<size_t>(deprel)]; }

std::optional<Upos> ParseUpos(std::string_view name) { return Find<Upos>(kUposNames, name); }
std::optional<Xpos> ParseXpos(std::string_view name) { return Find<Xpos>(kXposNames, name); }

std::optional<Deprel> ParseDeprel(std::string_view name) {
  if (const auto exact = Find<Deprel>(kDeprelNames, name)) return exact;
  const size_t colon = name.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  return Find<Deprel>(kDeprelNames, name.substr(0, colon));
}

Deprel Universal(Deprel deprel) {
  const std::string_view name = Name(deprel);
  size_t i = static_cast<size_t>(deprel);
  const std::string_view universal = name.substr(0, name.find(':'));
  while (kDeprelNames[i] != universal) --i;  // a subtype follows its relation
  return static_cast<Deprel>(i);
}

bool IsContentRelation(Deprel deprel) {
  switch (Universal(deprel)) {
    case Deprel::kAux:
    case Deprel::kCase:
    case Deprel::kCc:
    case Deprel::kClf:
    case Deprel::kCop:
    case Deprel::kDet:
    case Deprel::kMark:
    case Deprel::kPunct:
      return false;
    default:
      return true;
  }
}

}  // namespace sitgraph::language
