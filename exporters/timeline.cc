#include <fmt/format.h>

#include <iterator>

#include "exporters/event_document.h"
#include "exporters/json_text.h"
#include "exporters/maps.h"
#include "exporters/xml.h"

namespace sitgraph::exporters {
namespace {

void AppendDate(std::string& out, std::string_view name, const base::PartialDate& date) {
  if (date.empty()) return;
  fmt::format_to(std::back_inserter(out), ",\n     \"{}\": {{\"year\": {}, \"month\": {}, \"day\": {}}}", name,
                 date.year, date.month, date.day);
}

std::string Paragraphs(const Node& node) {
  std::string html;
  if (!node.evidence.empty()) html += "<p>" + HtmlText(node.evidence) + "</p>";
  if (!node.counts.empty()) html += "<p>" + HtmlText(node.counts) + "</p>";
  std::string source = node.publisher;
  for (const std::string& part : {node.report_title, node.report_date}) {
    if (!part.empty()) source += (source.empty() ? "" : ", ") + part;
  }
  if (!source.empty()) html += "<p><small>" + HtmlText(source) + "</small></p>";
  return html;
}

void AppendSlide(std::string& out, const Node& node, const MapOptions& options) {
  out += "    {\"unique_id\": ";
  AppendJsonString(out, NodeId(node.iri, options.base_iri));
  const bool has_first = !node.days.first.empty();
  AppendDate(out, "start_date", has_first ? node.days.first : node.days.last);
  if (has_first && node.days.last != node.days.first) AppendDate(out, "end_date", node.days.last);
  if (!node.date_text.empty()) {
    out += ",\n     \"display_date\": ";
    AppendJsonString(out, HtmlText(node.date_text));
  }
  out += ",\n     \"group\": ";
  AppendJsonString(out, node.event_type.empty() ? "event" : node.event_type);
  out += ",\n     \"text\": {\"headline\": ";
  AppendJsonString(out, HtmlText(node.label));
  out += ", \"text\": ";
  AppendJsonString(out, Paragraphs(node));
  out += "}}";
}

}  // namespace

base::Result<MapSummary> WriteTimeline(View& view, const MapOptions& options, base::AtomicFile& out,
                                       const std::function<void()>& written) {
  const auto append = [&](std::string& buffer, const Node& node) {
    if (node.days.first.empty() && node.days.last.empty()) return false;
    AppendSlide(buffer, node, options);
    return true;
  };
  return WriteEventDocument(view, {.head = "{\"events\": [\n", .between = ",\n", .tail = "\n]}\n"}, append, out,
                            written);
}

}  // namespace sitgraph::exporters
