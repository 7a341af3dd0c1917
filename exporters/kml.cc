#include <fmt/format.h>

#include <iterator>

#include "exporters/columns.h"
#include "exporters/event_document.h"
#include "exporters/maps.h"
#include "exporters/xml.h"

namespace sitgraph::exporters {
namespace {

// KML writes colours as alpha, blue, green, red.
constexpr std::string_view kHeader =
    R"(<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2">
<Document>
  <name>Events</name>
  <Style id="event">
    <IconStyle>
      <color>ff{:02x}{:02x}{:02x}</color>
    </IconStyle>
  </Style>
)";

void AppendElement(std::string& out, std::string_view indent, std::string_view name, std::string_view text) {
  if (text.empty()) return;
  fmt::format_to(std::back_inserter(out), "{}<{}>", indent, name);
  AppendXmlText(out, text);
  fmt::format_to(std::back_inserter(out), "</{}>\n", name);
}

void AppendTimeSpan(std::string& out, const Days& days) {
  if (days.first.empty() && days.last.empty()) return;
  out += "    <TimeSpan>\n";
  AppendElement(out, "      ", "begin", base::ToIso(days.first));
  AppendElement(out, "      ", "end", base::ToIso(days.last));
  out += "    </TimeSpan>\n";
}

void AppendPlacemark(std::string& out, const Node& node, const MapOptions& options) {
  out += "  <Placemark id=\"";
  AppendXmlAttribute(out, NodeId(node.iri, options.base_iri));
  out += "\">\n";
  AppendElement(out, "    ", "name", node.label);
  AppendElement(out, "    ", "description", HtmlText(node.evidence));  // viewers show it as HTML
  AppendTimeSpan(out, node.days);
  out += "    <styleUrl>#event</styleUrl>\n    <ExtendedData>\n";
  std::string value;
  for (const auto& column : NodeColumns()) {
    value.clear();
    column.append(node, value);
    if (value.empty()) continue;
    fmt::format_to(std::back_inserter(out), "      <Data name=\"{}\"><value>", column.name);
    AppendXmlText(out, value);
    out += "</value></Data>\n";
  }
  out += "    </ExtendedData>\n";
  if (node.coordinates) {
    fmt::format_to(std::back_inserter(out), "    <Point><coordinates>{},{}</coordinates></Point>\n",
                   node.coordinates->longitude, node.coordinates->latitude);
  }
  out += "  </Placemark>\n";
}

}  // namespace

base::Result<MapSummary> WriteKml(View& view, const MapOptions& options, base::AtomicFile& out,
                                  const std::function<void()>& written) {
  const Colour colour = ColourOf(NodeKind::kEvent);
  const std::string head = fmt::format(fmt::runtime(kHeader), colour.blue, colour.green, colour.red);
  const auto append = [&](std::string& buffer, const Node& node) {
    AppendPlacemark(buffer, node, options);
    return true;
  };
  return WriteEventDocument(view, {.head = head, .between = "", .tail = "</Document>\n</kml>\n"}, append, out, written);
}

}  // namespace sitgraph::exporters
