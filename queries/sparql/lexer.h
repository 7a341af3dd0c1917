// Splits a SPARQL query into tokens (SPARQL 1.1, section 19.8), each with its line and column.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "queries/sparql/ast.h"

namespace sitgraph::queries::sparql {

enum class TokenKind : uint8_t {
  kEnd,
  kWord,        // keyword, function name, `a`, true, false: `text` as written
  kIri,         // <...>: `text` without brackets, escapes decoded
  kPrefixed,    // prefix:local: `text` is the local part with escapes decoded, `prefix` the prefix
  kBlankLabel,  // _:label: `text` is the label
  kVariable,    // ?x or $x: `text` is the name
  kLanguage,    // @en: `text` is the tag
  kInteger,
  kDecimal,
  kDouble,
  kString,  // `text` with escapes decoded
  kSymbol,  // `text` is the symbol: { } ( ) [ ] . ; , = != < > <= >= || && ! + - * / | ^ ^^ ? @
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::string text;
  std::string prefix;
  Position at;
  bool glued = false;  // no white space or comment before it
};

// All tokens, the last one kEnd. Errors are kBadInput with their place: bad UTF-8, an unclosed string, a stray
// character, a bad escape.
base::Result<std::vector<Token>> Tokenize(std::string_view text);

}  // namespace sitgraph::queries::sparql
