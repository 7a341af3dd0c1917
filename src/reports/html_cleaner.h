// Makes any page safe and cheap to parse, by keeping only the tags that matter to its text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sitgraph::reports {

// A tree builder's work grows with the depth of the tree, the formatting elements it must reopen in each paragraph, and
// the attributes it must compare in one tag, each squared; gumbo also frees trees recursively. So the page is tokenised
// first (HTML Standard, 13.2.5) and written again with what the text needs:
// - tags of structure (sections, blocks, lists, tables, figures, links) and of the head; the others go, their text
// stays;
// - no scripts, styles, comments, drawings or embedded objects, with all that is in them;
// - attributes that tell what an element is for (class, id, role, property, name, content, datetime, rel, href,
// hidden),
//   at most eight a tag, 2 KiB each;
// - at most 200 elements open at a time, and 300,000 tags (a tree takes some 250 bytes for each).
struct CleanHtml {
  std::string html;
  std::vector<std::string> json_ld;  // contents of <script type="application/ld+json">: at most 8, of 256 KiB each
};
CleanHtml CleanPage(std::string_view html);

}  // namespace sitgraph::reports
