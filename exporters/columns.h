// The table columns of nodes and edges, the same in every format that has them; docs/exports.md explains each.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "exporters/view.h"

namespace sitgraph::exporters {

// The types that Gephi, networkx, igraph and graphology read alike.
enum class ColumnType : uint8_t { kString, kLong, kDouble };

// Appends the value; nothing where there is none.
template <typename Row>
struct Column {
  std::string_view name;
  ColumnType type;
  void (*append)(const Row&, std::string&);
};

// Label, dates (start, end) and looks (size, x, y, colour) are not among them: each format has its own place for those.
std::span<const Column<Node>> NodeColumns();
std::span<const Column<Edge>> EdgeColumns();

// The shortest decimal form that reads back equal, the same in every locale.
void AppendNumber(std::string& out, double number);
// "#D55E00"
std::string HexColour(NodeKind kind);

}  // namespace sitgraph::exporters
