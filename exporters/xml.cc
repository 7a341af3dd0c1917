#include "exporters/xml.h"

#include "base/text.h"

namespace sitgraph::exporters {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

bool IsPlainAscii(char c) { return c >= 0x20 && c < 0x7F; }

// How one ASCII character is written outside CDATA; empty for itself. '>' needs it only where it would end a "]]>".
std::string_view Reference(char c, bool attribute, bool after_brackets) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return attribute || after_brackets ? "&gt;" : "";
    case '\r':
      return "&#13;";
    case '"':
      return attribute ? "&quot;" : "";
    case '\n':
      return attribute ? "&#10;" : "";
    case '\t':
      return attribute ? "&#9;" : "";
    default:
      return "";
  }
}

// Copies the non-ASCII or control character at `offset`, or U+FFFD for it, and moves past it.
void AppendUnusual(std::string& out, std::string_view text, size_t& offset) {
  const size_t begin = offset;
  const char32_t c = base::NextCodePoint(text, offset);
  const bool forbidden = (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0xFFFE || c == 0xFFFF;
  if (forbidden || c == 0xFFFD) {  // NextCodePoint gives U+FFFD for what is no UTF-8
    out += kReplacement;
  } else {
    out += text.substr(begin, offset - begin);
  }
}

void AppendEscaped(std::string& out, std::string_view text, bool attribute) {
  for (size_t i = 0; i < text.size();) {
    const bool after_brackets = i >= 2 && text.substr(i - 2, 2) == "]]";
    if (const std::string_view reference = Reference(text[i], attribute, after_brackets); !reference.empty()) {
      out += reference;
      ++i;
    } else if (IsPlainAscii(text[i])) {
      out += text[i++];
    } else {
      AppendUnusual(out, text, i);
    }
  }
}

void AppendCdata(std::string& out, std::string_view text) {
  out += "<![CDATA[";
  for (size_t i = 0; i < text.size();) {
    if (text.substr(i, 3) == "]]>") {
      out += "]]]]><![CDATA[>";
      i += 3;
    } else if (IsPlainAscii(text[i])) {
      out += text[i++];
    } else {
      AppendUnusual(out, text, i);
    }
  }
  out += "]]>";
}

}  // namespace

void AppendXmlAttribute(std::string& out, std::string_view text) { AppendEscaped(out, text, true); }

void AppendXmlTextWithoutCdata(std::string& out, std::string_view text) { AppendEscaped(out, text, false); }

std::string HtmlText(std::string_view text) {
  std::string html;
  for (const char c : text) {
    if (c == '&') {
      html += "&amp;";
    } else if (c == '<') {
      html += "&lt;";
    } else if (c == '>') {
      html += "&gt;";
    } else {
      html += c;
    }
  }
  return html;
}

void AppendXmlText(std::string& out, std::string_view text) {
  const bool needs_escape = text.find_first_of("&<") != std::string_view::npos || text.find("]]>") != text.npos;
  if (needs_escape && text.find('\r') == text.npos) {
    AppendCdata(out, text);
  } else {
    AppendEscaped(out, text, false);
  }
}

}  // namespace sitgraph::exporters
