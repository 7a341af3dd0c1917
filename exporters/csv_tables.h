// A view as tables: for spreadsheets and Gephi, for Neo4j's importer, and events one a row as ACLED and UCDP have them.
#pragma once

#include <functional>
#include <string>

#include "base/error.h"
#include "base/file.h"
#include "exporters/event_codes.h"
#include "exporters/view.h"

namespace sitgraph::exporters {

struct TableOptions {
  std::string base_iri;
  const CodeSource* codes = nullptr;  // nullptr: the columns of codes and place precision are empty
};

// RFC 4180 with \n at line ends, a header line, UTF-8. In WriteNodes, WriteEdges and WriteEvents a text that a
// spreadsheet would run as a formula has an apostrophe before it; Neo4j's tables give texts as they are. `written` is
// called after each row.
using RowCounter = std::function<void()>;

// Id, Label, the columns of nodes, start, end, looks: as Gephi's "Import spreadsheet" wants them.
base::Status WriteNodes(View& view, const TableOptions& options, base::AtomicFile& out, const RowCounter& written);
base::Status WriteEdges(View& view, const TableOptions& options, base::AtomicFile& out, const RowCounter& written);
// Only the nodes that are events.
base::Status WriteEvents(View& view, const TableOptions& options, base::AtomicFile& out, const RowCounter& written);

// For `neo4j-admin database import full --multiline-fields=true`: typed headers, ids, labels and relationship types.
base::Status WriteNeo4jNodes(View& view, const TableOptions& options, base::AtomicFile& out, const RowCounter& written);
base::Status WriteNeo4jRelationships(View& view, const TableOptions& options, base::AtomicFile& out,
                                     const RowCounter& written);

}  // namespace sitgraph::exporters
