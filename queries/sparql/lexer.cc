// The tokens of SPARQL 1.1, section 19.8; code point escapes (19.2) are decoded inside IRIs, strings and names.
#include "queries/sparql/lexer.h"

#include <fmt/format.h>

#include <array>

#include "base/text.h"

namespace sitgraph::queries::sparql {
namespace {

bool IsDigit(char32_t c) { return c >= '0' && c <= '9'; }
bool IsAsciiLetter(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsHex(char32_t c) { return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

// Rule [164] PN_CHARS_BASE.
bool IsNameBase(char32_t c) {
  return IsAsciiLetter(c) || (c >= 0xC0 && c <= 0xD6) || (c >= 0xD8 && c <= 0xF6) || (c >= 0xF8 && c <= 0x2FF) ||
         (c >= 0x370 && c <= 0x37D) || (c >= 0x37F && c <= 0x1FFF) || (c >= 0x200C && c <= 0x200D) ||
         (c >= 0x2070 && c <= 0x218F) || (c >= 0x2C00 && c <= 0x2FEF) || (c >= 0x3001 && c <= 0xD7FF) ||
         (c >= 0xF900 && c <= 0xFDCF) || (c >= 0xFDF0 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0xEFFFF);
}
bool IsNameStart(char32_t c) { return IsNameBase(c) || c == '_'; }  // [165] PN_CHARS_U
bool IsVariableChar(char32_t c) {                                   // [166], after the first
  return IsNameStart(c) || IsDigit(c) || c == 0xB7 || (c >= 0x300 && c <= 0x36F) || (c >= 0x203F && c <= 0x2040);
}
bool IsNameChar(char32_t c) { return IsVariableChar(c) || c == '-'; }  // [167] PN_CHARS

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  base::Result<std::vector<Token>> Run() {
    if (text_.starts_with("\xEF\xBB\xBF")) offset_ = 3;
    if (std::optional<size_t> bad = base::FindInvalidUtf8(text_)) {
      while (offset_ < *bad) Advance();
      Error("the query is not valid UTF-8 here");
    }
    while (!failed_) {
      size_t before = offset_;
      SkipSpace();
      token_ = Token{};
      token_.at = at_;
      token_.glued = before == offset_;
      if (offset_ >= text_.size()) break;
      Lex();
      tokens_.push_back(std::move(token_));
    }
    if (failed_) return base::Fail(std::move(error_));
    tokens_.push_back(std::move(token_));
    return std::move(tokens_);
  }

 private:
  char32_t Peek(size_t ahead = 0) const {  // `ahead` counts bytes and is only used over ASCII
    size_t at = offset_ + ahead;
    return at < text_.size() ? base::NextCodePoint(text_, at) : U'\0';
  }

  void Advance() {
    char32_t c = base::NextCodePoint(text_, offset_);
    if (c == '\n') {
      ++at_.line;
      at_.column = 1;
    } else {
      ++at_.column;
    }
  }
  void Advance(size_t ascii_characters) {
    for (size_t i = 0; i < ascii_characters; ++i) Advance();
  }

  void ErrorAt(Position at, std::string message, std::string hint = {}) {
    if (failed_) return;
    failed_ = true;
    error_ = {base::ErrorCode::kBadInput, std::move(message), {"", at.line, at.column}, std::move(hint)};
  }
  void Error(std::string message, std::string hint = {}) { ErrorAt(at_, std::move(message), std::move(hint)); }

  void SkipSpace() {
    while (offset_ < text_.size()) {
      char c = text_[offset_];
      if (c == '#') {
        while (offset_ < text_.size() && text_[offset_] != '\n' && text_[offset_] != '\r') Advance();
      } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        Advance();
      } else {
        return;
      }
    }
  }

  void Lex() {
    char32_t c = Peek();
    if (c == '<' && LexIri()) return;
    if ((c == '?' || c == '$') && LexVariable()) return;
    if (c == '"' || c == '\'') return LexString(static_cast<char>(c));
    if (c == '@') return LexLanguage();
    if (c == '_' && Peek(1) == ':') return LexBlank();
    if (IsDigit(c) || (c == '.' && IsDigit(Peek(1)))) return LexNumber();
    if (c == ':' || IsNameBase(c) || IsEscape()) return LexName();
    LexSymbol();
  }

  // IRIREF, or nothing where '<' is a comparison.
  bool LexIri() {
    size_t end = offset_ + 1;
    while (end < text_.size() && text_[end] != '>') {
      auto byte = static_cast<unsigned char>(text_[end]);
      if (byte <= 0x20 || byte == '<' || byte == '"' || byte == '{' || byte == '}' || byte == '|' || byte == '^' ||
          byte == '`') {
        return false;
      }
      ++end;
    }
    if (end >= text_.size()) return false;
    token_.kind = TokenKind::kIri;
    Advance();
    while (offset_ < end && !failed_) {
      if (Peek() == '\\') {
        Position at = at_;
        char32_t c = LexCodePointEscape();
        if (c <= 0x20 || c == '<' || c == '>' || c == '"' || c == '{' || c == '}' || c == '|' || c == '^' || c == '`' ||
            c == '\\') {
          ErrorAt(at, "an escaped character that an IRI must not hold");
        }
        base::AppendUtf8(token_.text, c);
      } else {
        CopyCodePoint();
      }
    }
    Advance();
    return true;
  }

  void CopyCodePoint() {
    size_t begin = offset_;
    Advance();
    token_.text.append(text_.substr(begin, offset_ - begin));
  }

  bool IsEscape() const { return Peek() == '\\' && (Peek(1) == 'u' || Peek(1) == 'U'); }

  // \uXXXX or \UXXXXXXXX.
  char32_t LexCodePointEscape() {
    Position at = at_;
    size_t digits = Peek(1) == 'u' ? 4 : Peek(1) == 'U' ? 8 : 0;
    if (digits == 0) {
      Error("a backslash that starts no escape", "write \\uXXXX or \\UXXXXXXXX");
      return 0;
    }
    Advance(2);
    char32_t value = 0;
    for (size_t i = 0; i < digits; ++i) {
      char32_t c = Peek();
      if (!IsHex(c)) {
        ErrorAt(at, fmt::format("an escape needs {} hexadecimal digits", digits));
        return 0;
      }
      value = value * 16 + (IsDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
      Advance();
    }
    if (value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF) || value == 0) {
      ErrorAt(at, "an escape for no Unicode character");
      return 0;
    }
    return value;
  }

  bool LexVariable() {
    char32_t next = Peek(1);
    if (!IsNameStart(next) && !IsDigit(next)) return false;
    token_.kind = TokenKind::kVariable;
    Advance();
    while (IsVariableChar(Peek()) && offset_ < text_.size()) CopyCodePoint();
    return true;
  }

  void LexString(char quote) {
    token_.kind = TokenKind::kString;
    Position start = at_;
    const std::string three(3, quote);
    bool is_long = text_.substr(offset_, 3) == three;
    Advance(is_long ? 3 : 1);
    while (!failed_) {
      if (offset_ >= text_.size()) return ErrorAt(start, "a string that is never closed");
      char c = text_[offset_];
      if (is_long ? text_.substr(offset_, 3) == three : c == quote) {
        Advance(is_long ? 3 : 1);
        return;
      }
      if (!is_long && (c == '\n' || c == '\r')) {
        return ErrorAt(start, "a string that is not closed on its line", "use \"\"\"...\"\"\" for several lines");
      }
      if (c == '\\') {
        LexStringEscape();
      } else {
        CopyCodePoint();
      }
    }
  }

  void LexStringEscape() {
    if (IsEscape()) {
      base::AppendUtf8(token_.text, LexCodePointEscape());
      return;
    }
    static constexpr std::string_view kNames = "tbnrf\\\"'";
    static constexpr std::string_view kValues = "\t\b\n\r\f\\\"'";
    size_t which = offset_ + 1 < text_.size() ? kNames.find(text_[offset_ + 1]) : std::string_view::npos;
    if (which == std::string_view::npos) {
      return Error("an unknown escape in a string", "known are \\t \\b \\n \\r \\f \\\\ \\\" \\' \\uXXXX \\UXXXXXXXX");
    }
    token_.text += kValues[which];
    Advance(2);
  }

  void LexLanguage() {
    token_.kind = TokenKind::kLanguage;
    Advance();
    if (!IsAsciiLetter(Peek())) return Error("expected a language tag after '@'");
    while (IsAsciiLetter(Peek())) CopyCodePoint();
    while (Peek() == '-' && (IsAsciiLetter(Peek(1)) || IsDigit(Peek(1)))) {
      CopyCodePoint();
      while (IsAsciiLetter(Peek()) || IsDigit(Peek())) CopyCodePoint();
    }
  }

  void LexBlank() {
    token_.kind = TokenKind::kBlankLabel;
    Advance(2);
    if (!IsNameStart(Peek()) && !IsDigit(Peek())) return Error("expected a blank node's label after '_:'");
    CopyCodePoint();
    LexDottedTail([](char32_t c) { return IsNameChar(c); });
  }

  // Characters that may hold dots inside but not at their end.
  template <typename Accept>
  void LexDottedTail(Accept accept) {
    while (offset_ < text_.size()) {
      if (accept(Peek())) {
        CopyCodePoint();
        continue;
      }
      size_t dots = 0;
      while (Peek(dots) == '.') ++dots;
      if (dots == 0) return;
      size_t after = offset_ + dots;
      if (after >= text_.size() || !accept(base::NextCodePoint(text_, after))) return;
      for (size_t i = 0; i < dots; ++i) CopyCodePoint();
    }
  }

  void LexNumber() {
    token_.kind = TokenKind::kInteger;
    while (IsDigit(Peek())) CopyCodePoint();
    if (Peek() == '.' && (IsDigit(Peek(1)) || HasExponent(1))) {
      token_.kind = TokenKind::kDecimal;
      CopyCodePoint();
      while (IsDigit(Peek())) CopyCodePoint();
    }
    if (HasExponent(0)) {
      token_.kind = TokenKind::kDouble;
      CopyCodePoint();
      if (Peek() == '+' || Peek() == '-') CopyCodePoint();
      while (IsDigit(Peek())) CopyCodePoint();
    }
  }
  bool HasExponent(size_t at) const {
    if (Peek(at) != 'e' && Peek(at) != 'E') return false;
    size_t sign = Peek(at + 1) == '+' || Peek(at + 1) == '-' ? 1 : 0;
    return IsDigit(Peek(at + 1 + sign));
  }

  // A prefixed name, or a bare word where no colon follows.
  void LexName() {
    size_t start = offset_;
    Position start_at = at_;
    LexDottedTail([](char32_t c) { return IsNameChar(c); });
    if (Peek() == ':') {
      token_.kind = TokenKind::kPrefixed;
      token_.prefix = std::move(token_.text);
      token_.text.clear();
      Advance();
      LexLocal();
      return;
    }
    offset_ = start;
    at_ = start_at;
    token_.text.clear();
    token_.kind = TokenKind::kWord;
    while (IsAsciiLetter(Peek()) || IsDigit(Peek()) || Peek() == '_') CopyCodePoint();
    if (token_.text.empty()) Error("a character that no token starts with");
  }

  // PN_LOCAL [169], with %XX kept and \-escapes decoded.
  void LexLocal() {
    bool first = true;
    while (offset_ < text_.size() && !failed_) {
      char32_t c = Peek();
      if (IsNameStart(c) || c == ':' || IsDigit(c) || (!first && IsNameChar(c))) {
        CopyCodePoint();
      } else if (c == '%') {
        if (!IsHex(Peek(1)) || !IsHex(Peek(2))) return Error("'%' in a name needs two hexadecimal digits");
        for (int i = 0; i < 3; ++i) CopyCodePoint();
      } else if (IsEscape()) {
        base::AppendUtf8(token_.text, LexCodePointEscape());
      } else if (c == '\\') {
        static constexpr std::string_view kEscapable = "_~.-!$&'()*+,;=/?#@%";
        if (offset_ + 1 >= text_.size() || kEscapable.find(text_[offset_ + 1]) == std::string_view::npos) {
          return Error("an unknown escape in a name");
        }
        Advance();
        CopyCodePoint();
      } else if (!first && c == '.' && DotContinuesLocal()) {
        CopyCodePoint();
      } else {
        return;
      }
      first = false;
    }
  }
  bool DotContinuesLocal() const {
    size_t dots = 0;
    while (Peek(dots) == '.') ++dots;
    size_t after = offset_ + dots;
    if (after >= text_.size()) return false;
    char32_t c = base::NextCodePoint(text_, after);
    return IsNameChar(c) || c == ':' || c == '%' || c == '\\';
  }

  void LexSymbol() {
    static constexpr std::array<std::string_view, 6> kTwo = {"!=", "<=", ">=", "||", "&&", "^^"};
    static constexpr std::string_view kOne = "{}()[].;,=<>!+-*/|^?";
    token_.kind = TokenKind::kSymbol;
    for (std::string_view two : kTwo) {
      if (text_.substr(offset_, 2) == two) {
        token_.text = two;
        return Advance(2);
      }
    }
    if (kOne.find(text_[offset_]) != std::string_view::npos) return CopyCodePoint();
    size_t next = offset_;
    base::NextCodePoint(text_, next);
    std::string_view what = text_.substr(offset_, next - offset_);
    if (what == "“" || what == "”" || what == "‘" || what == "’") {
      return Error(fmt::format("unexpected '{}'", what), "strings are written with straight quotes, \" or '");
    }
    bool printable = static_cast<unsigned char>(what[0]) > 0x20 && what[0] != 0x7f;
    Error(printable ? fmt::format("unexpected '{}'", what) : "unexpected control character");
  }

  std::string_view text_;
  size_t offset_ = 0;
  Position at_;
  Token token_;
  std::vector<Token> tokens_;
  bool failed_ = false;
  base::Error error_;
};

}  // namespace

base::Result<std::vector<Token>> Tokenize(std::string_view text) { return Lexer(text).Run(); }

}  // namespace sitgraph::queries::sparql
