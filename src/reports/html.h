// HTML pages: what a browser shows of them as text, and what their head says about the report.
#pragma once

#include <string_view>

#include "base/error.h"
#include "src/reports/report.h"

namespace sitgraph::reports {

// Reads broken pages as browsers do (HTML5 parsing by gumbo). The text has one paragraph a block, with an empty line
// between; navigation, footers, forms and the like are boilerplate zones, captions and headings are known as such, and
// the rest is judged like plain text (zones.h). Title, publisher, author, date and address come from meta elements
// (Open Graph, JSON-LD, <time>), then from the text. A page without any text is kBadInput. id and origin are left
// empty. `html` is valid UTF-8. Linear in its size: see html_cleaner.h.
base::Result<Report> ReadHtml(std::string_view html);

}  // namespace sitgraph::reports
