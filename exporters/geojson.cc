#include <fmt/format.h>

#include <iterator>

#include "exporters/columns.h"
#include "exporters/event_document.h"
#include "exporters/json_text.h"
#include "exporters/maps.h"

namespace sitgraph::exporters {
namespace {

void AppendProperty(std::string& out, std::string_view name, std::string_view value, ColumnType type) {
  if (value.empty()) return;
  out += ",\n      ";
  AppendJsonString(out, name);
  out += ": ";
  if (type == ColumnType::kString) {
    AppendJsonString(out, value);
  } else {
    out += value;
  }
}

void AppendFeature(std::string& out, const Node& node, const MapOptions& options) {
  out += "  {\n    \"type\": \"Feature\",\n    \"id\": ";
  AppendJsonString(out, NodeId(node.iri, options.base_iri));
  out += ",\n    \"geometry\": ";
  if (node.coordinates) {
    fmt::format_to(std::back_inserter(out), "{{\"type\": \"Point\", \"coordinates\": [{}, {}]}}",
                   node.coordinates->longitude, node.coordinates->latitude);
  } else {
    out += "null";
  }
  out += ",\n    \"properties\": {\n      \"label\": ";
  AppendJsonString(out, node.label);
  std::string value;
  for (const auto& column : NodeColumns()) {
    value.clear();
    column.append(node, value);
    AppendProperty(out, column.name, value, column.type);
  }
  AppendProperty(out, "start", base::ToIso(node.days.first), ColumnType::kString);
  AppendProperty(out, "end", base::ToIso(node.days.last), ColumnType::kString);
  out += "\n    }\n  }";
}

}  // namespace

base::Result<MapSummary> WriteGeoJson(View& view, const MapOptions& options, base::AtomicFile& out,
                                      const std::function<void()>& written) {
  const auto append = [&](std::string& buffer, const Node& node) {
    AppendFeature(buffer, node, options);
    return true;
  };
  return WriteEventDocument(
      view, {.head = "{\"type\": \"FeatureCollection\", \"features\": [\n", .between = ",\n", .tail = "\n]}\n"}, append,
      out, written);
}

}  // namespace sitgraph::exporters
