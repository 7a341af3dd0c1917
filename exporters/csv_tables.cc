#include "exporters/csv_tables.h"

#include <fmt/format.h>

#include "base/csv.h"
#include "exporters/columns.h"

namespace sitgraph::exporters {
namespace {

using base::Status;

// Puts fields together into one line after another.
class Row {
 public:
  explicit Row(bool guard_formulas = true) : guard_(guard_formulas) {}
  void Text(std::string_view text) {
    Separate();
    line_ += base::CsvField(text, ',', guard_);
  }
  void Plain(std::string_view text) {  // numbers, dates, ids of our own making
    Separate();
    line_ += base::CsvField(text);
  }
  void Number(double number) {
    Separate();
    AppendNumber(line_, number);
  }
  Status End(base::AtomicFile& out) {
    line_ += '\n';
    const Status status = out.Write(line_);
    line_.clear();
    first_ = true;
    return status;
  }

 private:
  void Separate() {
    if (!first_) line_ += ',';
    first_ = false;
  }
  bool guard_;
  bool first_ = true;
  std::string line_;
};

Status WriteHeader(std::string_view names, base::AtomicFile& out) { return out.Write(std::string(names) + "\n"); }

template <typename Item>
void AddColumns(const Item& item, std::span<const Column<Item>> columns, Row& row) {
  std::string value;
  for (const auto& column : columns) {
    value.clear();
    column.append(item, value);
    column.type == ColumnType::kString ? row.Text(value) : row.Plain(value);
  }
}

void AddDays(const Days& days, Row& row) {
  row.Plain(base::ToIso(days.first));
  row.Plain(base::ToIso(days.last));
}

void AddPosition(const Node& node, Row& row) {
  if (node.position) {
    row.Number(node.position->x);
    row.Number(node.position->y);
  } else {
    row.Plain("");
    row.Plain("");
  }
}

template <typename Item>
std::string ColumnNames(std::span<const Column<Item>> columns) {
  std::string names;
  for (const auto& column : columns) (names += ",") += column.name;
  return names;
}

std::string_view Neo4jType(ColumnType type) {
  return type == ColumnType::kLong ? ":long" : type == ColumnType::kDouble ? ":double" : "";
}

template <typename Item>
std::string Neo4jHeader(std::string header, std::span<const Column<Item>> columns) {
  for (const auto& column : columns) {
    header += ',';
    header += column.name;
    header += Neo4jType(column.type);
  }
  return header + ",start:date,end:date";
}

// "has-role" -> "HAS_ROLE", "place" -> "PLACE", as Cypher writes types without quoting.
std::string RelationshipType(std::string_view kind) {
  std::string type;
  for (const char c : kind) type += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c == '-' ? '_' : c;
  return type;
}

// "force" -> "Force".
std::string LabelOf(NodeKind kind) {
  std::string label(Name(kind));
  label.front() = static_cast<char>(label.front() - 'a' + 'A');
  return label;
}

int DaysBetween(const Days& days) { return base::ToDays(days.last) - base::ToDays(days.first) + 1; }

struct TimePrecision {
  std::string_view acled, ucdp;
};

// ACLED: 1 the day, 2 a week around it, 3 a month. UCDP: 1 the day, 2 two to six days, 3 a week, 4 a month, 5 more.
TimePrecision PrecisionOf(const Days& days) {
  if (days.first.empty() && days.last.empty()) return {"", ""};
  if (days.first.empty() || days.last.empty()) return {"3", "5"};
  const int length = DaysBetween(days);
  if (length == 1) return {"1", "1"};
  if (length < 7) return {"2", "2"};
  if (length == 7) return {"2", "3"};
  return length <= 31 ? TimePrecision{"3", "4"} : TimePrecision{"3", "5"};
}

constexpr std::string_view kEventColumns =
    "event_id,event_date,year,date_start,date_end,time_precision,date_prec,event_type,event_label,acled_event_type,"
    "acled_sub_event_type,plover_event,plover_mode,cameo_code,actor1,actor2,location,country,latitude,longitude,"
    "geo_precision,where_prec,fatalities,fatalities_low,fatalities_high,people,counts,factuality,confidence,source,"
    "source_count,source_date,report,report_title,notes,iri";

void AddOptional(const std::optional<double>& number, Row& row) { number ? row.Number(*number) : row.Plain(""); }

void AddEvent(const Node& node, const TableOptions& options, Row& row) {
  static const EventCodes kNoCodes;
  const EventCodes* codes = options.codes == nullptr ? nullptr : options.codes->CodesOf(node.event_type);
  if (codes == nullptr) codes = &kNoCodes;
  const TimePrecision time = PrecisionOf(node.days);
  const bool has_first = !node.days.first.empty();
  row.Plain(NodeId(node.iri, options.base_iri));
  row.Plain(base::ToIso(has_first ? node.days.first : node.days.last));
  row.Plain(node.start_year ? std::to_string(*node.start_year) : "");
  AddDays(node.days, row);
  row.Plain(time.acled);
  row.Plain(time.ucdp);
  for (const std::string& text :
       {node.event_type, node.label, codes->acled_event, codes->acled_sub_event, codes->plover_event,
        codes->plover_mode, codes->cameo, node.agents, node.targets, node.location, node.country}) {
    row.Text(text);
  }
  AddOptional(node.coordinates ? std::optional(node.coordinates->latitude) : std::nullopt, row);
  AddOptional(node.coordinates ? std::optional(node.coordinates->longitude) : std::nullopt, row);
  const auto place = options.codes == nullptr ? std::nullopt : options.codes->PrecisionOf(node.location_iri);
  row.Plain(place ? std::to_string(place->acled) : "");
  row.Plain(place ? std::to_string(place->ucdp) : "");
  for (const auto& number : {node.toll.killed_best, node.toll.killed_low, node.toll.killed_high, node.toll.people}) {
    AddOptional(number, row);
  }
  row.Text(node.counts);
  row.Text(node.factuality);
  AddOptional(node.confidence, row);
  row.Text(node.publisher);
  row.Plain(std::to_string(node.sources));
  for (const std::string& text : {node.report_date, node.report, node.report_title, node.evidence, node.iri}) {
    row.Text(text);
  }
}

}  // namespace

Status WriteNodes(View& view, const TableOptions& options, base::AtomicFile& out, const RowCounter& written) {
  if (Status status = WriteHeader(fmt::format("Id,Label{},start,end,color,size,x,y", ColumnNames(NodeColumns())), out);
      !status) {
    return status;
  }
  Row row;
  return view.ForEachNode([&](const Node& node) {
    row.Plain(NodeId(node.iri, options.base_iri));
    row.Text(node.label);
    AddColumns(node, NodeColumns(), row);
    AddDays(node.days, row);
    row.Plain(HexColour(node.kind));
    row.Number(node.size);
    AddPosition(node, row);
    written();
    return row.End(out);
  });
}

Status WriteEdges(View& view, const TableOptions& options, base::AtomicFile& out, const RowCounter& written) {
  if (Status status =
          WriteHeader(fmt::format("Source,Target,Type,Id,Label,Weight{},start,end", ColumnNames(EdgeColumns())), out);
      !status) {
    return status;
  }
  Row row;
  uint64_t number = 0;
  return view.ForEachEdge([&](const Edge& edge) {
    row.Plain(NodeId(edge.source, options.base_iri));
    row.Plain(NodeId(edge.target, options.base_iri));
    row.Plain("Directed");
    row.Plain(fmt::format("e{}", ++number));
    row.Text(edge.kind);
    row.Plain(std::to_string(edge.weight));
    AddColumns(edge, EdgeColumns(), row);
    AddDays(edge.days, row);
    written();
    return row.End(out);
  });
}

Status WriteEvents(View& view, const TableOptions& options, base::AtomicFile& out, const RowCounter& written) {
  if (Status status = WriteHeader(kEventColumns, out); !status) return status;
  Row row;
  return view.ForEachNode([&](const Node& node) -> Status {
    if (node.kind != NodeKind::kEvent) return {};
    AddEvent(node, options, row);
    written();
    return row.End(out);
  });
}

Status WriteNeo4jNodes(View& view, const TableOptions& options, base::AtomicFile& out, const RowCounter& written) {
  if (Status status = WriteHeader(Neo4jHeader("id:ID,:LABEL,label", NodeColumns()), out); !status) return status;
  Row row(false);
  return view.ForEachNode([&](const Node& node) {
    row.Plain(NodeId(node.iri, options.base_iri));
    row.Plain(LabelOf(node.kind));
    row.Text(node.label);
    AddColumns(node, NodeColumns(), row);
    AddDays(node.days, row);
    written();
    return row.End(out);
  });
}

Status WriteNeo4jRelationships(View& view, const TableOptions& options, base::AtomicFile& out,
                               const RowCounter& written) {
  if (Status status = WriteHeader(Neo4jHeader(":START_ID,:END_ID,:TYPE,weight:long", EdgeColumns()), out); !status) {
    return status;
  }
  Row row(false);
  return view.ForEachEdge([&](const Edge& edge) {
    row.Plain(NodeId(edge.source, options.base_iri));
    row.Plain(NodeId(edge.target, options.base_iri));
    row.Plain(RelationshipType(edge.kind));
    row.Plain(std::to_string(edge.weight));
    AddColumns(edge, EdgeColumns(), row);
    AddDays(edge.days, row);
    written();
    return row.End(out);
  });
}

}  // namespace sitgraph::exporters
