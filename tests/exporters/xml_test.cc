#include "exporters/xml.h"

#include <catch2/catch.hpp>

namespace sitgraph::exporters {
namespace {

TEST_CASE("text into XML") {
  const struct {
    std::string text, attribute, content;
  } cases[] = {
      {"plain", "plain", "plain"},
      {"a \"b\" 'c'", "a &quot;b&quot; 'c'", "a \"b\" 'c'"},
      {"a & b <c>", "a &amp; b &lt;c&gt;", "<![CDATA[a & b <c>]]>"},
      {"5 > 3", "5 &gt; 3", "5 > 3"},
      {"x]]>y", "x]]&gt;y", "<![CDATA[x]]]]><![CDATA[>y]]>"},
      {"]]>]]>", "]]&gt;]]&gt;", "<![CDATA[]]]]><![CDATA[>]]]]><![CDATA[>]]>"},
      {"a\tb\nc", "a&#9;b&#10;c", "a\tb\nc"},
      {"a\r\n<b]]>", "a&#13;&#10;&lt;b]]&gt;", "a&#13;\n&lt;b]]&gt;"},
      {std::string("n\0\x01\x1F", 4), "n\uFFFD\uFFFD\uFFFD", "n\uFFFD\uFFFD\uFFFD"},
      {"\u007F\u0085", "\u007F\u0085", "\u007F\u0085"},  // discouraged, but allowed
      {"\uFFFE\uFFFF\uFFFD", "\uFFFD\uFFFD\uFFFD", "\uFFFD\uFFFD\uFFFD"},
      {"حمص \U0001F600 &", "حمص \U0001F600 &amp;", "<![CDATA[حمص \U0001F600 &]]>"},
      {"broken \xC3(\xFF", "broken \uFFFD(\uFFFD", "broken \uFFFD(\uFFFD"},
      {"", "", ""},
  };
  for (const auto& c : cases) {
    INFO(c.text);
    std::string attribute, content;
    AppendXmlAttribute(attribute, c.text);
    AppendXmlText(content, c.text);
    CHECK(attribute == c.attribute);
    CHECK(content == c.content);
  }
}

}  // namespace
}  // namespace sitgraph::exporters
