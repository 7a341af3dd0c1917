#include "exporters/gexf.h"

#include <fmt/format.h>

#include <iterator>

#include "exporters/columns.h"
#include "exporters/xml.h"

namespace sitgraph::exporters {
namespace {

constexpr std::string_view kHeader13 =
    R"(<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
)";
constexpr std::string_view kGraph13 =
    R"(  <graph defaultedgetype="directed" idtype="string" mode="dynamic" timeformat="date" timerepresentation="interval" timezone="UTC">
)";
constexpr std::string_view kHeader12 =
    R"(<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz" version="1.2">
)";
constexpr std::string_view kGraph12 =
    R"(  <graph defaultedgetype="directed" idtype="string" mode="dynamic" timeformat="date">
)";
constexpr std::string_view kMeta = "  <meta>\n    <creator>sitgraph</creator>\n  </meta>\n";

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

void AppendAttribute(std::string& out, std::string_view name, std::string_view value) {
  out += ' ';
  out += name;
  out += "=\"";
  AppendXmlAttribute(out, value);
  out += '"';
}

void AppendDeclaration(std::string& out, std::string_view name, ColumnType type) {
  fmt::format_to(std::back_inserter(out), "      <attribute id=\"{0}\" title=\"{0}\" type=\"{1}\"/>\n", name,
                 TypeName(type));
}

// One static table for each class: graphology reads only the last. Intervals do not show in Gephi's tables, so the
// dates stand there again.
template <typename Row>
void AppendDeclarations(std::string& out, std::string_view element, std::span<const Column<Row>> columns) {
  fmt::format_to(std::back_inserter(out), "    <attributes class=\"{}\" mode=\"static\">\n", element);
  for (const auto& column : columns) AppendDeclaration(out, column.name, column.type);
  AppendDeclaration(out, "date_start", ColumnType::kString);
  AppendDeclaration(out, "date_end", ColumnType::kString);
  out += "    </attributes>\n";
}

void AppendInterval(std::string& out, const Days& days) {
  if (!days.first.empty()) AppendAttribute(out, "start", base::ToIso(days.first));
  if (!days.last.empty()) AppendAttribute(out, "end", base::ToIso(days.last));
}

void AppendValue(std::string& out, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  out += "          <attvalue";
  AppendAttribute(out, "for", name);
  AppendAttribute(out, "value", value);
  out += "/>\n";
}

template <typename Row>
void AppendValues(std::string& out, const Row& row, std::span<const Column<Row>> columns) {
  out += "        <attvalues>\n";
  std::string value;
  for (const auto& column : columns) {
    value.clear();
    column.append(row, value);
    AppendValue(out, column.name, value);
  }
  AppendValue(out, "date_start", base::ToIso(row.days.first));
  AppendValue(out, "date_end", base::ToIso(row.days.last));
  out += "        </attvalues>\n";
}

void AppendNode(std::string& out, const Node& node, const GexfOptions& options) {
  out += "      <node";
  AppendAttribute(out, "id", NodeId(node.iri, options.base_iri));
  AppendAttribute(out, "label", node.label);
  AppendInterval(out, node.days);
  out += ">\n";
  AppendValues(out, node, NodeColumns());
  const Colour colour = ColourOf(node.kind);
  const auto append = std::back_inserter(out);
  fmt::format_to(append, "        <viz:color r=\"{}\" g=\"{}\" b=\"{}\"/>\n", colour.red, colour.green, colour.blue);
  if (node.position) {
    fmt::format_to(append, "        <viz:position x=\"{}\" y=\"{}\" z=\"0\"/>\n", node.position->x, node.position->y);
  }
  fmt::format_to(append, "        <viz:size value=\"{}\"/>\n      </node>\n", node.size);
}

void AppendEdge(std::string& out, uint64_t number, const Edge& edge, const GexfOptions& options) {
  fmt::format_to(std::back_inserter(out), "      <edge id=\"e{}\"", number);
  AppendAttribute(out, "source", NodeId(edge.source, options.base_iri));
  AppendAttribute(out, "target", NodeId(edge.target, options.base_iri));
  if (options.version == GexfVersion::k13) AppendAttribute(out, "kind", edge.kind);
  AppendAttribute(out, "label", edge.kind);
  AppendAttribute(out, "weight", std::to_string(edge.weight));
  AppendInterval(out, edge.days);
  out += ">\n";
  AppendValues(out, edge, EdgeColumns());
  out += "      </edge>\n";
}

}  // namespace

base::Status WriteGexf(View& view, const GexfOptions& options, base::AtomicFile& out,
                       const std::function<void(bool is_node)>& written) {
  const bool is_13 = options.version == GexfVersion::k13;
  std::string buffer(is_13 ? kHeader13 : kHeader12);
  buffer += kMeta;
  buffer += is_13 ? kGraph13 : kGraph12;
  AppendDeclarations(buffer, "node", NodeColumns());
  AppendDeclarations(buffer, "edge", EdgeColumns());
  buffer += "    <nodes>\n";
  if (base::Status status = out.Write(buffer); !status) return status;

  base::Status status = view.ForEachNode([&](const Node& node) {
    buffer.clear();
    AppendNode(buffer, node, options);
    written(true);
    return out.Write(buffer);
  });
  if (!status) return status;
  if (status = out.Write("    </nodes>\n    <edges>\n"); !status) return status;

  uint64_t edges = 0;
  status = view.ForEachEdge([&](const Edge& edge) {
    buffer.clear();
    AppendEdge(buffer, ++edges, edge, options);
    written(false);
    return out.Write(buffer);
  });
  if (!status) return status;
  return out.Write("    </edges>\n  </graph>\n</gexf>\n");
}

}  // namespace sitgraph::exporters
