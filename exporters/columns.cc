#include "exporters/columns.h"

#include <fmt/format.h>

#include <array>
#include <iterator>

namespace sitgraph::exporters {
namespace {

template <std::string Node::*kField>
constexpr Column<Node> Text(std::string_view name) {
  return {name, ColumnType::kString, [](const Node& node, std::string& out) { out += node.*kField; }};
}

template <std::optional<double> Toll::*kField>
constexpr Column<Node> Number(std::string_view name) {
  return {name, ColumnType::kDouble, [](const Node& node, std::string& out) {
            if (node.toll.*kField) AppendNumber(out, *(node.toll.*kField));
          }};
}

const std::array kNodeColumns = {
    Column<Node>{"kind", ColumnType::kString, [](const Node& node, std::string& out) { out += Name(node.kind); }},
    Text<&Node::event_type>("event_type"),
    Text<&Node::agents>("agents"),
    Text<&Node::targets>("targets"),
    Text<&Node::location>("location"),
    Column<Node>{"lat", ColumnType::kDouble,
                 [](const Node& node, std::string& out) {
                   if (node.coordinates) AppendNumber(out, node.coordinates->latitude);
                 }},
    Column<Node>{"lon", ColumnType::kDouble,
                 [](const Node& node, std::string& out) {
                   if (node.coordinates) AppendNumber(out, node.coordinates->longitude);
                 }},
    Column<Node>{"start_year", ColumnType::kDouble,
                 [](const Node& node, std::string& out) {
                   if (node.start_year) AppendNumber(out, *node.start_year);
                 }},
    Text<&Node::date_text>("date_text"),
    Text<&Node::factuality>("factuality"),
    Column<Node>{"confidence", ColumnType::kDouble,
                 [](const Node& node, std::string& out) {
                   if (node.confidence) AppendNumber(out, *node.confidence);
                 }},
    Number<&Toll::killed_low>("killed_low"),
    Number<&Toll::killed_high>("killed_high"),
    Number<&Toll::people>("people"),
    Text<&Node::counts>("counts"),
    Text<&Node::evidence>("evidence"),
    Text<&Node::report>("report"),
    Text<&Node::report_title>("report_title"),
    Text<&Node::report_date>("report_date"),
    Text<&Node::publisher>("publisher"),
    Column<Node>{"sources", ColumnType::kLong,
                 [](const Node& node, std::string& out) {
                   if (node.sources > 0) out += std::to_string(node.sources);
                 }},
    Column<Node>{"events", ColumnType::kLong,
                 [](const Node& node, std::string& out) {
                   if (node.events > 0) out += std::to_string(node.events);
                 }},
    Text<&Node::aliases>("aliases"),
    Text<&Node::roles>("roles"),
    Text<&Node::iri>("iri"),
};

const std::array kEdgeColumns = {
    Column<Edge>{"kind", ColumnType::kString, [](const Edge& edge, std::string& out) { out += edge.kind; }},
    Column<Edge>{"reports", ColumnType::kLong,
                 [](const Edge& edge, std::string& out) {
                   if (edge.reports > 0) out += std::to_string(edge.reports);
                 }},
};

}  // namespace

std::span<const Column<Node>> NodeColumns() { return kNodeColumns; }
std::span<const Column<Edge>> EdgeColumns() { return kEdgeColumns; }

void AppendNumber(std::string& out, double number) { fmt::format_to(std::back_inserter(out), "{}", number); }

std::string HexColour(NodeKind kind) {
  const Colour colour = ColourOf(kind);
  return fmt::format("#{:02X}{:02X}{:02X}", colour.red, colour.green, colour.blue);
}

}  // namespace sitgraph::exporters
