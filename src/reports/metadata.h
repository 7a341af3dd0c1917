// What a report says about itself: datelines, publication lines, authors, and whose copy it is.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"

namespace sitgraph::reports {

// "MOSCOW, September 6. /TASS/.", "Damascus (AFP) - ", "HOMS, May 8 (SANA) –", "BEIRUT ".
struct Dateline {
  size_t end = 0;         // bytes of the text up to the first word of the report
  std::string place;      // as written, without a country after a comma
  std::string publisher;  // the agency's usual name, or as written where it is not known
  base::PartialDate date;
};
// At the start of `text`.
std::optional<Dateline> MatchDateline(std::string_view text);

// A date that says when a report was published: alone, or after "Published:", "Last updated at", "Date of publication".
struct PublicationDate {
  size_t end = 0;
  base::PartialDate date;
  bool labelled = false;
  bool updated = false;  // the label says that it is a later version's
};
// At the start of `text`; without a label only where the text goes on as a title or sentence does.
std::optional<PublicationDate> MatchPublicationDate(std::string_view text);

// A line that holds such things only: "5 Aug, 2018 09:12 / Updated 4 years ago", "Arts&Culture | By Ann Other",
// "AFP | May 3, 2017". Fields that it does not tell are empty.
struct PublicationLine {
  base::PartialDate date;
  bool updated = false;
  std::string author;
  std::string publisher;
};
std::optional<PublicationLine> MatchPublicationLine(std::string_view line);

// "(Source: Syrian Coalition)", "Source TRT World": the outlet, its usual name where it is known; "" for anything else.
// `text` is the inside of the brackets or the whole remark.
std::string SourceRemark(std::string_view text);

// "... in Raqqa | Jordan Times" -> "Jordan Times": a known outlet behind the last bar or dash of a title; else "".
std::string PublisherInTitle(std::string_view title);

}  // namespace sitgraph::reports
