#include "graph/term.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "graph/vocabulary.h"

namespace sitgraph::graph {
namespace {

using vocabulary::kRdf;
using vocabulary::kXsd;

std::string AsciiLower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

// The lexical forms of the special values of xsd:double, or empty for a finite value.
std::string_view NonFinite(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "INF" : "-INF";
  return {};
}

// The canonical form of XML Schema: one digit before the point, at least one behind it, "E" and a plain exponent.
std::string CanonicalDouble(double value) {
  if (const std::string_view special = NonFinite(value); !special.empty()) return std::string(special);
  std::array<char, 64> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific);
  const std::string_view text(buffer.data(), static_cast<size_t>(end.ptr - buffer.data()));
  const size_t e = text.find('e');
  std::string mantissa(text.substr(0, e));
  if (mantissa.find('.') == std::string::npos) mantissa += ".0";
  int exponent = 0;
  const size_t digits = e + (text[e + 1] == '+' ? 2 : 1);
  std::from_chars(text.data() + digits, text.data() + text.size(), exponent);
  return fmt::format("{}E{}", mantissa, exponent);
}

// Characters that the grammar of IRIREF forbids are written as escapes, so that a stray '>' cannot end the IRI.
void AppendIri(std::string& out, std::string_view iri) {
  out += '<';
  for (const char c : iri) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || std::string_view("<>\"{}|^`\\").find(c) != std::string_view::npos) {
      out += fmt::format("\\u{:04X}", byte);
    } else {
      out += c;
    }
  }
  out += '>';
}

void AppendQuoted(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\0':  // beyond the canonical four: readers take a raw zero byte for the end of the text
        out += "\\u0000";
        break;
      default:
        out += c;
    }
  }
  out += '"';
}

}  // namespace

Term Term::Iri(std::string iri) {
  Term term;
  term.value_ = std::move(iri);
  return term;
}

Term Term::Blank(std::string label) {
  Term term;
  term.kind_ = TermKind::kBlank;
  term.value_ = std::move(label);
  return term;
}

Term Term::String(std::string value) { return Typed(std::move(value), {}); }

Term Term::LangString(std::string value, std::string language) {
  Term term = Typed(std::move(value), vocabulary::Iri(kRdf, "langString"));
  term.language_ = AsciiLower(std::move(language));
  return term;
}

Term Term::Typed(std::string value, std::string datatype_iri) {
  Term term;
  term.kind_ = TermKind::kLiteral;
  term.value_ = std::move(value);
  term.datatype_ = datatype_iri.empty() ? vocabulary::Iri(kXsd, "string") : std::move(datatype_iri);
  return term;
}

void Term::SetIri(std::string_view iri) {
  kind_ = TermKind::kIri;
  value_.assign(iri);
  datatype_.clear();
  language_.clear();
}

void Term::SetTyped(std::string_view value, std::string_view datatype_iri) {
  static const std::string string_iri = vocabulary::Iri(kXsd, "string");
  kind_ = TermKind::kLiteral;
  value_.assign(value);
  datatype_.assign(datatype_iri.empty() ? std::string_view(string_iri) : datatype_iri);
  language_.clear();
}

Term Term::Integer(int64_t value) { return Typed(std::to_string(value), vocabulary::Iri(kXsd, "integer")); }

Term Term::Decimal(double value) {
  if (!NonFinite(value).empty()) return Double(value);
  if (value == 0) value = 0;     // -0 has no decimal of its own
  std::array<char, 512> buffer;  // the longest fixed form of a double has 326 characters
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed);
  return Typed(std::string(buffer.data(), end.ptr), vocabulary::Iri(kXsd, "decimal"));
}

Term Term::Double(double value) { return Typed(CanonicalDouble(value), vocabulary::Iri(kXsd, "double")); }

Term Term::Boolean(bool value) { return Typed(value ? "true" : "false", vocabulary::Iri(kXsd, "boolean")); }

std::string ToNTriples(const Term& term) {
  std::string out;
  out.reserve(term.value().size() + 8);
  switch (term.kind()) {
    case TermKind::kIri:
      AppendIri(out, term.value());
      break;
    case TermKind::kBlank:
      out += "_:";
      out += term.value();
      break;
    case TermKind::kLiteral:
      AppendQuoted(out, term.value());
      if (!term.language().empty()) {
        out += '@';
        out += term.language();
      } else if (term.datatype() != vocabulary::Iri(kXsd, "string")) {
        out += "^^";
        AppendIri(out, term.datatype());
      }
      break;
  }
  return out;
}

}  // namespace sitgraph::graph
