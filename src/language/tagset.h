// The tags and relations of the English treebanks: what Analysis::xpos and Analysis::deprel index.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "src/language/document.h"

namespace sitgraph::language {

// Penn Treebank tags with the Web Treebank's additions. kNone is CoNLL-U's "_".
enum class Xpos : uint16_t {
  kNone,
  kAdd,
  kAfx,
  kCc,
  kCd,
  kDt,
  kEx,
  kFw,
  kGw,
  kHyph,
  kIn,
  kJj,
  kJjr,
  kJjs,
  kLs,
  kMd,
  kNfp,
  kNn,
  kNnp,
  kNnps,
  kNns,
  kPdt,
  kPos,
  kPrp,
  kPrpPoss,
  kRb,
  kRbr,
  kRbs,
  kRp,
  kSym,
  kTo,
  kUh,
  kVb,
  kVbd,
  kVbg,
  kVbn,
  kVbp,
  kVbz,
  kWdt,
  kWp,
  kWpPoss,
  kWrb,
  kLrb,
  kRrb,
  kDollar,
  kHash,
  kOpenQuote,
  kCloseQuote,
  kComma,
  kStop,
  kColon
};
inline constexpr size_t kXposCount = static_cast<size_t>(Xpos::kColon) + 1;

// Universal relations with the subtypes of the English treebanks. A subtype follows its relation.
enum class Deprel : uint16_t {
  kRoot,
  kAcl,
  kAclRelcl,
  kAdvcl,
  kAdvclRelcl,
  kAdvmod,
  kAmod,
  kAppos,
  kAux,
  kAuxPass,
  kCase,
  kCc,
  kCcPreconj,
  kCcomp,
  kClf,
  kCompound,
  kCompoundPrt,
  kConj,
  kCop,
  kCsubj,
  kCsubjOuter,
  kCsubjPass,
  kDep,
  kDet,
  kDetPredet,
  kDiscourse,
  kDislocated,
  kExpl,
  kFixed,
  kFlat,
  kGoeswith,
  kIobj,
  kList,
  kMark,
  kNmod,
  kNmodDesc,
  kNmodPoss,
  kNmodUnmarked,
  kNsubj,
  kNsubjOuter,
  kNsubjPass,
  kNummod,
  kObj,
  kObl,
  kOblAgent,
  kOblUnmarked,
  kOrphan,
  kParataxis,
  kPunct,
  kReparandum,
  kVocative,
  kXcomp
};
inline constexpr size_t kDeprelCount = static_cast<size_t>(Deprel::kXcomp) + 1;
inline constexpr size_t kUposCount = static_cast<size_t>(Upos::kX) + 1;

std::string_view Name(Upos upos);
std::string_view Name(Xpos xpos);
std::string_view Name(Deprel deprel);

// Exact names; nullopt for anything else.
std::optional<Upos> ParseUpos(std::string_view name);
std::optional<Xpos> ParseXpos(std::string_view name);
// A subtype that is not listed gives its universal relation ("obl:tmod" gives kObl).
std::optional<Deprel> ParseDeprel(std::string_view name);

// The relation without its subtype: kNsubjPass gives kNsubj.
Deprel Universal(Deprel deprel);
// Whether CLAS (CoNLL 2018 shared task) counts a word with this relation: no function words, no punctuation.
bool IsContentRelation(Deprel deprel);

inline Xpos XposOf(const Analysis& analysis) { return static_cast<Xpos>(analysis.xpos); }
inline Deprel DeprelOf(const Analysis& analysis) { return static_cast<Deprel>(analysis.deprel); }

}  // namespace sitgraph::language
