#include "exporters/json_text.h"

#include <fmt/format.h>

#include <iterator>

#include "base/text.h"

namespace sitgraph::exporters {

void AppendJsonString(std::string& out, std::string_view text) {
  out += '"';
  for (size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
      ++i;
    } else if (c == '\n') {
      out += "\\n";
      ++i;
    } else if (c >= 0x20 && c < 0x7F) {
      out += c;
      ++i;
    } else {
      const char32_t code_point = base::NextCodePoint(text, i);
      if (code_point < 0x20 || code_point == 0x2028 || code_point == 0x2029) {
        fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<uint32_t>(code_point));
      } else {
        base::AppendUtf8(out, code_point);
      }
    }
  }
  out += '"';
}

}  // namespace sitgraph::exporters
