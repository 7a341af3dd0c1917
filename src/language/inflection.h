// Base forms of inflected English words, without a model: candidates for matching triggers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "src/language/document.h"

namespace sitgraph::language {

enum class WordForm : uint8_t { kBase, kThirdSingular, kPast, kPastParticiple, kIng, kPlural };

struct BaseForm {
  std::string lemma;        // lower case
  Upos upos = Upos::kVerb;  // kVerb, kNoun or kAdj
  WordForm form = WordForm::kBase;
  friend bool operator==(const BaseForm&, const BaseForm&) = default;
};

// Replaces `out` by what `word`, in any case, may be a form of: verbs first, then nouns and adjectives; within each the
// irregular reading and the likelier spelling first ("shelled": shell before shel). A spelling that is no word may be
// among them, since there is no lexicon: look the lemmas up, do not print them. "left" gives leave (past, participle),
// and left as noun and adjective. Words that are not ASCII letters, or longer than 40 bytes, give only themselves.
void BaseForms(std::string_view word, std::vector<BaseForm>& out);

}  // namespace sitgraph::language
