#include <fmt/format.h>

#include <iterator>

#include "exporters/columns.h"
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
  MapSummary summary;
  const Colour colour = ColourOf(NodeKind::kEvent);
  std::string buffer = fmt::format(fmt::runtime(kHeader), colour.blue, colour.green, colour.red);
  const base::Status status = view.ForEachNode([&](const Node& node) -> base::Status {
    if (node.kind != NodeKind::kEvent) return {};
    AppendPlacemark(buffer, node, options);
    ++summary.written;
    written();
    const base::Status done = out.Write(buffer);
    buffer.clear();
    return done;
  });
  if (!status) return base::Fail(status.error());
  buffer += "</Document>\n</kml>\n";
  if (base::Status done = out.Write(buffer); !done) return base::Fail(done.error());
  return summary;
}

}  // namespace sitgraph::exporters
