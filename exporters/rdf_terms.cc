#include "exporters/rdf_terms.h"

#include <algorithm>
#include <utility>

namespace sitgraph::exporters {
namespace {

namespace v = graph::vocabulary;
using graph::Term;

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// A relative reference that RFC 3986 resolves to base + reference: no scheme, authority, query, fragment or dot
// segment.
bool IsPlainReference(std::string_view reference) {
  if (reference.empty() || reference.front() == '/' || reference.find_first_of(":?#") != reference.npos) return false;
  for (size_t begin = 0; begin <= reference.size();) {
    const size_t end = std::min(reference.find('/', begin), reference.size());
    const std::string_view segment = reference.substr(begin, end - begin);
    if (segment == "." || segment == "..") return false;
    begin = end + 1;
  }
  return true;
}

std::string_view SkipSign(std::string_view text) {
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) text.remove_prefix(1);
  return text;
}

bool AreDigits(std::string_view text) { return std::all_of(text.begin(), text.end(), IsDigit); }

// Whether Turtle reads the bare lexical form back as a literal of this datatype.
bool ReadsBackBare(const Term& literal) {
  const std::string_view text = SkipSign(literal.value());
  if (literal.datatype() == kXsdBoolean) return literal.value() == "true" || literal.value() == "false";
  if (literal.datatype() == kXsdInteger) return !text.empty() && AreDigits(text);
  if (literal.datatype() == kXsdDecimal) {
    const size_t dot = text.find('.');
    return dot != text.npos && dot + 1 < text.size() && AreDigits(text.substr(0, dot)) &&
           AreDigits(text.substr(dot + 1));
  }
  return false;
}

void AppendEscape(std::string& out, unsigned char c) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  out += "\\u00";
  out += kHex[c >> 4];
  out += kHex[c & 15];
}

// Characters that would end the brackets, or that no IRI has, as escapes.
void AppendBracketed(std::string& out, std::string_view iri) {
  out += '<';
  for (const char c : iri) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || std::string_view("<>\"{}|^`\\").find(c) != std::string_view::npos) {
      AppendEscape(out, byte);
    } else {
      out += c;
    }
  }
  out += '>';
}

void AppendQuoted(std::string& out, std::string_view text) {
  out += '"';
  size_t copied = 0;
  const auto replace = [&](size_t at, std::string_view escape) {
    out += text.substr(copied, at - copied);
    out += escape;
    copied = at + 1;
  };
  for (size_t i = 0; i < text.size(); ++i) {
    switch (text[i]) {
      case '"':
        replace(i, "\\\"");
        break;
      case '\\':
        replace(i, "\\\\");
        break;
      case '\n':
        replace(i, "\\n");
        break;
      case '\r':
        replace(i, "\\r");
        break;
      case '\0':  // readers take a raw zero byte for the end of the text
        replace(i, "\\u0000");
        break;
      default:
        break;
    }
  }
  out += text.substr(copied);
  out += '"';
}

// The text, and the language or the datatype, which `append_datatype` writes.
template <typename AppendDatatype>
void AppendLiteral(std::string& out, const Term& literal, const AppendDatatype& append_datatype) {
  AppendQuoted(out, literal.value());
  if (!literal.language().empty()) {
    out += '@';
    out += literal.language();
  } else if (literal.datatype() != kXsdString) {
    out += "^^";
    append_datatype();
  }
}

}  // namespace

bool IsPlainLocalName(std::string_view name) {
  return !name.empty() && (IsLetter(name[0]) || name[0] == '_') && std::all_of(name.begin(), name.end(), [](char c) {
    return IsLetter(c) || IsDigit(c) || c == '_' || c == '-';
  });
}

std::string_view UsableBase(std::string_view base) {
  const bool usable =
      base.find(':') != base.npos && base.ends_with('/') && base.find_first_of("?#<>\"{}|^`\\ ") == base.npos;
  return usable ? base : std::string_view();
}

std::string BlankLabel(std::string_view label) {
  const bool plain =
      !label.empty() && (IsLetter(label[0]) || IsDigit(label[0]) || label[0] == '_') &&
      std::all_of(label.begin(), label.end(), [](char c) { return IsLetter(c) || IsDigit(c) || c == '_' || c == '-'; });
  if (plain && !label.starts_with("x_")) return std::string(label);
  static constexpr char kHex[] = "0123456789abcdef";
  std::string encoded = "x_";
  for (const char c : label) {
    encoded += kHex[static_cast<unsigned char>(c) >> 4];
    encoded += kHex[static_cast<unsigned char>(c) & 15];
  }
  return encoded;
}

void AppendNTriplesTerm(std::string& out, const Term& term) {
  if (term.is_iri()) {
    AppendBracketed(out, term.value());
    return;
  }
  if (term.is_blank()) {
    out += "_:";
    out += BlankLabel(term.value());
    return;
  }
  AppendLiteral(out, term, [&] { AppendBracketed(out, term.datatype()); });
}

std::string_view RelativeTo(std::string_view base, std::string_view iri) {
  if (base.empty() || !iri.starts_with(base) || !IsPlainReference(iri.substr(base.size()))) return iri;
  return iri.substr(base.size());
}

TurtleTerms::TurtleTerms(std::string base_iri, std::vector<v::Prefix> prefixes)
    : base_(UsableBase(base_iri)), prefixes_(std::move(prefixes)) {}

void TurtleTerms::AppendIri(std::string& out, std::string_view iri) const {
  const std::string_view relative = RelativeTo(base_, iri);
  if (relative.size() == iri.size()) {
    for (const v::Prefix& prefix : prefixes_) {
      if (!iri.starts_with(prefix.iri) || !IsPlainLocalName(iri.substr(prefix.iri.size()))) continue;
      out += prefix.name;
      out += ':';
      out += iri.substr(prefix.iri.size());
      return;
    }
  }
  AppendBracketed(out, relative);
}

void TurtleTerms::Append(std::string& out, const Term& term) const {
  if (term.is_iri()) {
    AppendIri(out, term.value());
  } else if (term.is_blank()) {
    out += "_:";
    out += BlankLabel(term.value());
  } else if (term.language().empty() && ReadsBackBare(term)) {
    out += term.value();
  } else {
    AppendLiteral(out, term, [&] { AppendIri(out, term.datatype()); });
  }
}

}  // namespace sitgraph::exporters
