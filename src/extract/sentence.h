// One sentence as the extractors see it: words with a guessed class, and what language found in it. Whatever fills the
// classes and the links (today closed-class words, shapes and the codebook; later a parser's tree), the extractors
// after it stay the same.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "src/codebook/codebook.h"
#include "src/language/document.h"
#include "src/reports/report.h"

namespace sitgraph::extract {

enum class WordClass : uint8_t {
  kNominal,       // noun or adjective; a noun phrase's head is its last
  kName,          // capitalised inside a sentence, or a name of the codebook
  kVerb,          // any form that tells a clause
  kAuxiliary,     // be, have, do, get where a verb follows; else kVerb
  kModal,         // may, will, should
  kTo,            // "to" before a verb
  kDeterminer,    // the, a, this, all, no
  kPossessive,    // his, their; and the ending 's
  kPronoun,       // he, they, it, there
  kPreposition,   // in, of, by
  kConjunction,   // and, or, as well as
  kSubordinator,  // that, because, while, after before a clause
  kRelative,      // who, which, where
  kNumber,        // a number with its qualifier ("more than 160", "dozens of")
  kTime,          // part of a time expression ("on Tuesday")
  kAdverb,
  kNegation,  // not, never
  kComma,
  kColon,  // also a dash between clauses, a semicolon
  kOpen,   // ( [
  kClose,  // ) ]
  kQuote,
  kStop,
  kOther,
};

enum class VerbForm : uint8_t { kNone, kBase, kThird, kPast, kParticiple, kGerund };

// Words are tokens, but names and words with hyphens that the tokeniser split are one word again.
struct Word {
  base::Span span;
  language::TokenIndex first = 0, last = 0;  // tokens [first, last)
  std::string lower;
  std::string noun;  // base form where it is read as a noun; lower case
  std::string verb;  // base form where it can be a verb; else empty
  WordClass cls = WordClass::kNominal;
  VerbForm form = VerbForm::kNone;  // of the verb reading; kParticiple stands for past or participle
  bool capital = false;
  bool plural = false;
  bool genitive = false;  // ends in a genitive s of its own, where the apostrophe is missing ("Syrias")
  codebook::CueSet cues;  // of the verb or noun base, or of the word as written
  std::vector<const codebook::Entry*> entries;  // of the codebook name that this word is
  int32_t number = -1;                          // index into Sentence::numbers
  int32_t time = -1;                            // index into Sentence::times
};

struct Sentence {
  base::Span span;
  reports::ZoneKind zone = reports::ZoneKind::kBody;
  bool title_case = false;    // most words are capitalised: capitals tell nothing
  bool caseless = false;      // the text has no capitals
  bool opens_quoted = false;  // begins inside a quotation
  uint32_t paragraph = 0;     // index of the zone it stands in
  std::vector<Word> words;
};

using WordIndex = uint32_t;

// Half-open range of words.
struct WordRange {
  WordIndex begin = 0, end = 0;
  bool empty() const { return begin >= end; }
  bool Contains(WordIndex i) const { return begin <= i && i < end; }
};

// Reads one sentence of the document. Numbers and times are looked up in `facts`.
struct SentenceFacts;
Sentence ReadSentence(const language::Document& document, const language::Sentence& sentence,
                      const SentenceFacts& facts, const codebook::Codebook& codebook);

// Closed-class words of English; kNominal for all others.
WordClass ClosedClass(std::string_view lower);

}  // namespace sitgraph::extract
