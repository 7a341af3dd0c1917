// A property graph as GraphML and GEXF show it: nodes and edges with plain values, streamed in a fixed order.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"
#include "base/error.h"

namespace sitgraph::exporters {

// In the order in which a node of several classes is given its kind.
enum class NodeKind : uint8_t {
  kEvent,
  kForce,
  kOrganization,
  kPerson,
  kPlace,
  kFacility,
  kPeople,
  kMateriel,
  kReport,
  kThing,  // of no known class; only in views that are told what to show
};

std::string_view Name(NodeKind kind);  // "event"
struct Colour {
  uint8_t red, green, blue;
};
Colour ColourOf(NodeKind kind);

// Whole days, both inclusive; an empty date is an open end.
struct Days {
  base::PartialDate first;
  base::PartialDate last;
};

struct Position {
  double x = 0;
  double y = 0;
};

// To two decimals: enough for a screen, and the same from every compiler. Never "-0".
double Rounded(double number);
inline Position Rounded(Position position) { return {Rounded(position.x), Rounded(position.y)}; }

struct Coordinates {  // WGS84 degrees, within their ranges
  double latitude = 0;
  double longitude = 0;
};

// Persons that an event's counts tell of; parts of other counts are not added again. Unset where nothing is counted.
struct Toll {
  std::optional<double> killed_low, killed_best, killed_high;  // best: the number, or a range's lower end
  std::optional<double> people;                                // all who are counted, whatever became of them
};

// Empty strings and unset values are columns that the node does not have.
struct Node {
  std::string iri;
  NodeKind kind = NodeKind::kEvent;
  std::string label;
  std::string event_type;
  std::string agents, targets;  // names, separated by "; "; partners are among the targets
  std::string location;         // of an event: the place that it is put at
  std::string location_iri;
  std::string country;                     // the outermost place around the location
  std::optional<Coordinates> coordinates;  // an event's are its place's
  Days days;
  std::optional<int> start_year;
  std::string date_text;  // the words of the report
  std::string factuality;
  std::optional<double> confidence;
  Toll toll;
  std::string counts;    // "13,407 civilians (departure); more than 160 vehicles"
  std::string evidence;  // the sentence
  std::string report;    // identifiers of its reports
  std::string report_title;
  std::string report_date;
  std::string publisher;
  std::string aliases;
  std::string roles;
  uint64_t sources = 0;  // reports that tell of it
  uint64_t events = 0;   // events that its edges stand for, in views that have them
  uint64_t degree = 0;   // relations that it is an end of
  double size = 1;       // see SizeOf
  std::optional<Position> position;
};

// One edge for each (source, target, kind).
struct Edge {
  std::string source;  // IRIs of nodes of the same view
  std::string target;
  std::string kind;
  uint64_t weight = 1;   // how many statements it stands for
  uint64_t reports = 0;  // how many reports make them; 0 for what the gazetteer says
  Days days;
};

// Nodes come in byte order of their IRIs; edges in the order of (source, target, kind). Each walk reads the snapshot
// anew. `visit` returns a failure to stop.
class View {
 public:
  virtual ~View() = default;
  virtual base::Status ForEachNode(const std::function<base::Status(const Node&)>& visit) = 0;
  virtual base::Status ForEachEdge(const std::function<base::Status(const Edge&)>& visit) = 0;
  // Edges that the last walk left out because their target is no node of the view.
  virtual uint64_t edges_left_out() const = 0;
};

// What the sizes of nodes tell.
enum class SizeBy : uint8_t { kDegree, kPeople };
// A radius in Gephi's units, on a map of 1000: an area that grows with the number, within what can be seen.
double SizeOf(double number);

// The id that GraphML and GEXF give to a node: the IRI, without `base_iri` where it is under it, with ':' for '/', and
// every byte but ASCII letters, digits, '-' and '.' as '_' and two hexadecimal digits, so that it is an XML NMTOKEN.
// Different IRIs have different ids. "https://w3id.org/sitgraph/id/place/rastan" -> "place:rastan".
std::string NodeId(std::string_view iri, std::string_view base_iri);

}  // namespace sitgraph::exporters
