// A report as it was read: its text, what is known about it, and which parts of the text say something.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/error.h"
#include "base/text.h"

namespace sitgraph::reports {

// What a stretch of the text is. Extraction reads titles, bodies and captions; the others yield nothing.
enum class ZoneKind : uint8_t {
  kTitle,        // headline and sub-headlines: telegraphic grammar
  kDateline,     // "MOSCOW, September 6. /TASS/."
  kByline,       // publication line, author, tags
  kBody,         // running text, one zone a paragraph
  kCaption,      // of a photo
  kBoilerplate,  // menus, share buttons, "READ MORE", credits, "You might also like" and what follows
};

struct Zone {
  ZoneKind kind = ZoneKind::kBody;
  base::Span span;  // bytes of Report::text
};

// Whether the zone says something that extraction should read.
inline bool IsRead(ZoneKind kind) {
  return kind == ZoneKind::kTitle || kind == ZoneKind::kBody || kind == ZoneKind::kCaption;
}

// Immutable once read. `text` is valid UTF-8 without BOM, line ends \n, as the file gave it (HTML: its rendered text),
// so that offsets lead back to what the analyst has on screen; nothing is cut out of it, zones say what to read.
struct Report {
  std::string id;     // file NAME.txt: NAME; JSON Lines and CSV: their id column, else NAME-<8 hex of the text's hash>
  std::string uri;    // where it was published, if given
  std::string title;  // as the source gives it, else the first title zone; one line
  std::string publisher;  // "TASS"; empty where unknown
  std::string author;
  base::PartialDate published;  // partial where the text tells no year
  std::string dateline;         // the place of the dateline as written: "MOSCOW"
  std::string text;
  std::vector<Zone> zones;  // ordered, not overlapping, covering every non-blank character of `text`
  base::Place origin;       // file, and line for formats with many reports in one file
};

// SHA-256 of the text with white space collapsed: equal for copies that differ in layout only.
std::string TextSha256(const Report& report);

}  // namespace sitgraph::reports
