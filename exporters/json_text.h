// Text into JSON (RFC 8259).
#pragma once

#include <string>
#include <string_view>

namespace sitgraph::exporters {

// The text between quotes, with escapes for quotes, backslashes and control characters; bytes that are no UTF-8 become
// U+FFFD. U+2028 and U+2029 are escaped too, so that JavaScript reads it as well.
void AppendJsonString(std::string& out, std::string_view text);

}  // namespace sitgraph::exporters
