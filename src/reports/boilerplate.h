// Wording of what is on a page beside the report: menus, share buttons, "READ MORE", copyright, what follows the end.
#pragma once

#include <cstdint>
#include <string_view>

namespace sitgraph::reports {

enum class Wording : uint8_t {
  kNone,
  kBoilerplate,   // this line: "READ MORE: ..."
  kAside,         // this line and the headlines that follow: "Related articles"
  kEndOfArticle,  // this line and, below the first paragraph, all that follows: "You might also like"
};

// By the words of one line alone (trimmed, without a line end). Constant time for long lines.
Wording WordingOf(std::string_view line);

// "Home | News | Sports", "Home > World > Middle East": short pieces between separators.
bool IsMenuLine(std::string_view line);

// Where the text of a paragraph ends and page furniture that was glued to it begins ("... he said. Read Also"): a byte
// offset, line.size() where there is none.
size_t FindTrailingFurniture(std::string_view line);

}  // namespace sitgraph::reports
