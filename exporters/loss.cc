#include "exporters/loss.h"

namespace sitgraph::exporters {
namespace {

constexpr std::string_view kWhoSaysWhat =
    "which report states which filler: a node names its reports, an edge only counts them";
constexpr std::string_view kOneSentence = "evidence beyond one sentence an event, and the offsets of all evidence";
constexpr std::string_view kCountsAsText =
    "counts as things of their own: they are text, and sums of the killed and of all persons";
constexpr std::string_view kPartialDates =
    "partial dates: 2018-05 is 2018-05-01 to 2018-05-31; a date without a year is text";
constexpr std::string_view kOtherStatements = "statements with predicates that the vocabulary does not have";
constexpr std::string_view kUnited =
    "which report states what: all graphs are united (N-Quads, TriG and JSON-LD have them)";
constexpr std::string_view kXmlControls = "control characters, which XML has no form for: they become U+FFFD";
constexpr std::string_view kOnlyEvents =
    "entities as things of their own, their other names and relations: only events are there";

}  // namespace

std::vector<std::string_view> LossesOf(Format format) {
  std::vector<std::string_view> losses;
  const Family family = FamilyOf(format);
  if (family != Family::kRdf) {
    losses = {kWhoSaysWhat, kOneSentence, kCountsAsText, kPartialDates, kOtherStatements};
  }
  if (family == Family::kEvents) losses.push_back(kOnlyEvents);
  switch (format) {
    case Format::kGraphMl:
      losses.push_back("a timeline: dates are text (GEXF has intervals)");
      losses.push_back(kXmlControls);
      break;
    case Format::kGexf:
    case Format::kKml:
      losses.push_back(kXmlControls);
      break;
    case Format::kCsv:
    case Format::kEvents:
      losses.push_back("texts that a spreadsheet would run as formulas begin with an apostrophe");
      break;
    case Format::kNeo4j:
      losses.push_back("colours, sizes and positions");
      break;
    case Format::kTimeline:
      losses.push_back("events without a date");
      break;
    case Format::kTurtle:
    case Format::kNTriples:
      losses.push_back(kUnited);
      break;
    case Format::kRdfXml:
      losses.push_back(kUnited);
      losses.push_back("statements whose predicate does not end in an XML name");
      losses.push_back(kXmlControls);
      break;
    case Format::kGeoJson:
    case Format::kTriG:
    case Format::kNQuads:
    case Format::kJsonLd:
      break;
  }
  return losses;
}

}  // namespace sitgraph::exporters
