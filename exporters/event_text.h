// An event's times and counts as a reader of a table wants them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"
#include "exporters/view.h"

namespace sitgraph::exporters {

// The partial date of an xsd:date, dateTime, gYearMonth, gYear or gMonthDay; a time of day or zone is left out.
// nullopt for other text.
std::optional<base::PartialDate> DateOfLexical(std::string_view lexical);

// Whole days from the first day of `begin` to the last day of `end`: 2018-05 to 2018-05 is 2018-05-01 to 2018-05-31.
// What has no year gives no day, and an end before its begin is dropped.
Days WholeDays(std::optional<base::PartialDate> begin, std::optional<base::PartialDate> end);

// Values of a count in the graph, empty where it has none.
struct CountValues {
  std::string minimum;  // lexical forms of numbers
  std::string maximum;
  std::string qualifier;  // "exact", "about", "more-than", "less-than"
  std::string unit;       // "person", "item", "km2"
  std::string of;
  std::string outcome;  // local name of the event type
  std::string harm;
};
// "13,407 civilians (departure)", "more than 160 vehicles", "24–99 fighters (killed)", "about 30 km2".
std::string CountText(const CountValues& count);

// Adds a count of persons to what an event cost: those counted as killed, and all who are counted. Open ends count as
// the end that is known.
void AddToToll(const CountValues& count, Toll& toll);

// nullopt for text that is no finite decimal number.
std::optional<double> ParseNumber(std::string_view text);
// A count of code points; the largest number for other text, so that it sorts last.
uint64_t ParseOffset(std::string_view text);

// What follows the last '#' or '/' of an IRI; the IRI where nothing does.
std::string_view LocalName(std::string_view iri);

}  // namespace sitgraph::exporters
