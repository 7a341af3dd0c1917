// Text into XML 1.0: what XML forbids becomes U+FFFD, everything else reads back as it was.
#pragma once

#include <string>
#include <string_view>

namespace sitgraph::exporters {

// Characters that XML 1.0 cannot carry in any form (C0 controls but tab, line feed and carriage return; U+FFFE, U+FFFF)
// and bytes that are no UTF-8 are written as U+FFFD.

// For a value between double quotes; line ends and tabs as character references, which parsers do not normalise.
void AppendXmlAttribute(std::string& out, std::string_view text);

// For element content: as it is where possible, else in CDATA sections, which Gephi reads without adding blanks around
// entities. Text with a carriage return is written with entities instead, because CDATA cannot keep it.
void AppendXmlText(std::string& out, std::string_view text);

// For element content, with entities and never CDATA, which some readers of RDF/XML stumble over.
void AppendXmlTextWithoutCdata(std::string& out, std::string_view text);

// The text with entities for '&', '<' and '>', for formats that show their texts as HTML.
std::string HtmlText(std::string_view text);

}  // namespace sitgraph::exporters
