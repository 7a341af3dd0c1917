// Takes one paragraph apart: what was glued to its head (date, title, dateline) and its foot (source, buttons).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/reports/metadata.h"
#include "src/reports/report.h"

namespace sitgraph::reports {

struct ParagraphContext {
  std::string_view title;           // of the report, or empty
  ZoneKind kind = ZoneKind::kBody;  // kBody or kCaption: what the text itself is
  bool first = false;               // the report's first paragraph: may begin with date, title, dateline
  bool last = false;                // the last one: may end with source, signature, page furniture
};

struct Paragraph {
  std::vector<Zone> zones;  // bytes of the paragraph; in order, covering every non-blank character
  std::vector<PublicationDate> dates;
  std::optional<Dateline> dateline;
  std::string publisher;  // of a byline
  std::string source;     // of a remark at the end
  std::string author;
};

Paragraph SplitParagraph(std::string_view text, const ParagraphContext& context);

// Whether the line is a photo's caption: it ends in a credit, "(Photo by AFP)".
bool IsCaption(std::string_view line);

// How many bytes at the start of `text` repeat `title` (white space, case and punctuation aside), with a full stop
// behind it; 0 where it does not. Ends at a word's end.
size_t MatchTitle(std::string_view text, std::string_view title);
bool IsWholeTitle(std::string_view line, std::string_view title);

}  // namespace sitgraph::reports
