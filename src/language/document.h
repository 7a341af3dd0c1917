// The linguistic layers over one text: tokens, sentences and, where a parser ran, one analysis a token.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace sitgraph::language {

// What the tokeniser saw (kUrl: also e-mail addresses, domains, handles and hashtags). Token kinds are shapes; parts of
// speech are Analysis::upos.
enum class TokenKind : uint8_t { kWord, kNumber, kPunctuation, kSymbol, kUrl };

// Tokens are Universal Dependencies' syntactic words, tokenised as the English treebanks do ("did|n't", "Syria|'s").
struct Token {
  base::Span span;  // bytes of the text
  TokenKind kind = TokenKind::kWord;
  bool space_after = false;  // white space follows in the text
  bool clitic = false;       // one CoNLL-U multi-word token with the word before it ("n't", "'s")
};

using TokenIndex = uint32_t;  // into Document::tokens

struct Sentence {
  base::Span span;       // bytes of the text, without surrounding white space
  TokenIndex begin = 0;  // tokens [begin, end)
  TokenIndex end = 0;
  bool starts_paragraph = false;  // the first of its zone, or after an empty line
};

// Universal part-of-speech tags (https://universaldependencies.org/u/pos/), in the order of the standard's list.
enum class Upos : uint8_t {
  kAdj,
  kAdp,
  kAdv,
  kAux,
  kCconj,
  kDet,
  kIntj,
  kNoun,
  kNum,
  kPart,
  kPron,
  kPropn,
  kPunct,
  kSconj,
  kSym,
  kVerb,
  kX
};

// One syntactic word of a parsed sentence, as a CoNLL-U row.
struct Analysis {
  Upos upos = Upos::kX;
  uint16_t xpos = 0;       // index into the model's tag list
  uint16_t deprel = 0;     // index into the model's relation list
  int32_t head = -1;       // token index in the document; -1: root
  uint64_t features = 0;   // packed morphological features (see features.h)
  std::string_view lemma;  // lives as long as the model or the document's arena
};

// The text must outlive the document. Offsets are bytes.
struct Document {
  std::string_view text;
  std::vector<Token> tokens;
  std::vector<Sentence> sentences;
  std::vector<Analysis> analyses;  // empty, or one a token

  std::string_view Text(TokenIndex i) const { return tokens[i].span.In(text); }
  std::string_view Text(const Sentence& s) const { return s.span.In(text); }
};

}  // namespace sitgraph::language
