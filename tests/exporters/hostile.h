// Texts that break careless writers.
#pragma once

#include <string>
#include <vector>

namespace sitgraph::test {

inline std::vector<std::string> HostileTexts() {
  std::string controls;
  for (char c = 1; c < 0x20; ++c) controls += c;
  std::string long_text;
  while (long_text.size() < 100'000) long_text += "A long label <&> \xE2\x80\x94 ";
  return {
      "plain",
      "\"double\" 'single' `back`",
      "a & b < c > d &amp; &#10;",
      "]]>",
      "<![CDATA[ x ]]> ]]]]>",
      "<!-- --> <?xml ?>",
      controls,
      std::string("nul \0 in the middle", 19),
      "line\nfeed\r\ncarriage\rreturn\ttab",
      "\"\"\" three quotes\n and one at the end\"",
      "back\\slash \\u0041 \\n at the end\\",
      "\u202E\u0645\u062F\u064A\u0646\u0629 \u062D\u0645\u0635\u202C",
      "\U0001F600\U0001F1F8\U0001F1FE emoji \U0010FFFD",
      "\u007F\u0080\u0085\u2028\uFEFF\uFFFD",
      "=cmd|' /C calc'!A0",
      "true",
      "5 .",
      long_text,
  };
}

}  // namespace sitgraph::test
