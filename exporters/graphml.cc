#include "exporters/graphml.h"

#include "exporters/columns.h"
#include "exporters/xml.h"

namespace sitgraph::exporters {
namespace {

constexpr std::string_view kHeader =
    R"(<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
)";

std::string_view TypeName(ColumnType type) {
  switch (type) {
    case ColumnType::kLong:
      return "long";
    case ColumnType::kDouble:
      return "double";
    case ColumnType::kString:
      break;
  }
  return "string";
}

// Gephi makes a node's column by the lower-cased id of its key, and an edge's likewise; networkx wants ids that nodes
// and edges do not share.
void AppendKey(std::string& out, std::string_view element, std::string_view id, std::string_view name,
               ColumnType type) {
  out += "  <key id=\"";
  out += id;
  out += "\" for=\"";
  out += element;
  out += "\" attr.name=\"";
  out += name;
  out += "\" attr.type=\"";
  out += TypeName(type);
  out += "\"/>\n";
}

std::string EdgeKeyId(std::string_view column) { return "e_" + std::string(column); }

std::string Keys() {
  std::string out;
  AppendKey(out, "node", "label", "label", ColumnType::kString);
  for (const auto& column : NodeColumns()) AppendKey(out, "node", column.name, column.name, column.type);
  for (const std::string_view text : {"start", "end", "color"}) AppendKey(out, "node", text, text, ColumnType::kString);
  for (const std::string_view look : {"size", "x", "y"}) AppendKey(out, "node", look, look, ColumnType::kDouble);
  AppendKey(out, "edge", "weight", "weight", ColumnType::kDouble);
  AppendKey(out, "edge", "edgelabel", "label", ColumnType::kString);
  for (const auto& column : EdgeColumns()) {
    AppendKey(out, "edge", EdgeKeyId(column.name), column.name, column.type);
  }
  for (const std::string_view date : {"start", "end"}) {
    AppendKey(out, "edge", EdgeKeyId(date), date, ColumnType::kString);
  }
  return out;
}

void AppendData(std::string& out, std::string_view key, std::string_view value) {
  if (value.empty()) return;
  out += "      <data key=\"";
  out += key;
  out += "\">";
  AppendXmlText(out, value);
  out += "</data>\n";
}

void AppendData(std::string& out, std::string_view key, double value) {
  std::string text;
  AppendNumber(text, value);
  AppendData(out, key, text);
}

void AppendNode(std::string& out, const Node& node, const GraphMlOptions& options) {
  out += "    <node id=\"" + NodeId(node.iri, options.base_iri) + "\">\n";
  AppendData(out, "label", node.label);
  std::string value;
  for (const auto& column : NodeColumns()) {
    value.clear();
    column.append(node, value);
    AppendData(out, column.name, value);
  }
  AppendData(out, "start", base::ToIso(node.days.first));
  AppendData(out, "end", base::ToIso(node.days.last));
  AppendData(out, "color", HexColour(node.kind));
  AppendData(out, "size", node.size);
  if (node.position) {
    AppendData(out, "x", node.position->x);
    AppendData(out, "y", node.position->y);
  }
  out += "    </node>\n";
}

void AppendEdge(std::string& out, uint64_t number, const Edge& edge, const GraphMlOptions& options) {
  out += "    <edge id=\"e" + std::to_string(number) + "\" source=\"" + NodeId(edge.source, options.base_iri) +
         "\" target=\"" + NodeId(edge.target, options.base_iri) + "\"";
  if (!options.strict) {
    out += " label=\"";
    AppendXmlAttribute(out, edge.kind);
    out += '"';
  }
  out += ">\n";
  AppendData(out, "weight", static_cast<double>(edge.weight));
  AppendData(out, "edgelabel", edge.kind);
  std::string value;
  for (const auto& column : EdgeColumns()) {
    value.clear();
    column.append(edge, value);
    AppendData(out, EdgeKeyId(column.name), value);
  }
  AppendData(out, "e_start", base::ToIso(edge.days.first));
  AppendData(out, "e_end", base::ToIso(edge.days.last));
  out += "    </edge>\n";
}

}  // namespace

base::Status WriteGraphMl(View& view, const GraphMlOptions& options, base::AtomicFile& out,
                          const std::function<void(bool is_node)>& written) {
  std::string buffer(kHeader);
  buffer += Keys();
  buffer += "  <graph id=\"sitgraph\" edgedefault=\"directed\">\n";
  if (base::Status status = out.Write(buffer); !status) return status;

  base::Status status = view.ForEachNode([&](const Node& node) {
    buffer.clear();
    AppendNode(buffer, node, options);
    written(true);
    return out.Write(buffer);
  });
  if (!status) return status;

  uint64_t edges = 0;
  status = view.ForEachEdge([&](const Edge& edge) {
    buffer.clear();
    AppendEdge(buffer, ++edges, edge, options);
    written(false);
    return out.Write(buffer);
  });
  if (!status) return status;
  return out.Write("  </graph>\n</graphml>\n");
}

}  // namespace sitgraph::exporters
