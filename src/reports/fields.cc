// How columns and keys are called, and a report from their values.
#include <fmt/format.h>

#include <array>
#include <vector>

#include "src/reports/item_reader.h"
#include "src/reports/publication_date.h"
#include "src/reports/zones.h"

namespace sitgraph::reports {
namespace {

using base::ErrorCode;
using base::Fail;
using base::Result;

constexpr size_t kLongestId = 512;      // bytes
constexpr size_t kLongestTitle = 2000;  // bytes; more is no title

// The best first.
const std::vector<std::string_view>& Names(Field field) {
  static const std::array<std::vector<std::string_view>, kFields> kNames = {{
      {"id", "report_id", "doc_id", "docid", "document_id", "article_id", "unit_id", "guid", "uuid", "event_id"},
      {"text", "body", "content", "article_content", "article_text", "full_text", "fulltext", "maintext", "article",
       "message", "notes", "description"},
      {"title", "headline", "article_title", "heading", "subject"},
      {"date", "published", "publication_date", "published_at", "date_published", "datepublished", "pub_date",
       "pubdate", "date_publish", "publish_date", "created_at", "timestamp"},
      {"source", "publisher", "outlet", "source_name", "agency", "media", "site", "source_domain", "domain"},
      {"url", "uri", "link", "source_url", "permalink", "href"},
      {"author", "authors", "byline", "creator"},
  }};
  return kNames[static_cast<size_t>(field)];
}

std::string OneLine(std::string_view text) {
  std::string line = base::CollapseSpace(text);
  if (line.size() <= kLongestTitle) return line;
  size_t end = kLongestTitle;
  while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80) --end;
  line.resize(end);
  return line;
}

}  // namespace

const std::string& ChosenName(const Columns& columns, Field field) {
  switch (field) {
    case Field::kId:
      return columns.id;
    case Field::kText:
      return columns.text;
    case Field::kTitle:
      return columns.title;
    case Field::kDate:
      return columns.date;
    case Field::kSource:
      return columns.source;
    case Field::kUrl:
      return columns.url;
    case Field::kAuthor:
      break;
  }
  return columns.author;
}

int Fit(Field field, std::string_view name) {
  std::string folded = base::Lower(base::Trim(name).substr(0, 64));
  for (char& c : folded) {
    if (c == ' ' || c == '-') c = '_';
  }
  const std::vector<std::string_view>& names = Names(field);
  for (size_t i = 0; i < names.size(); ++i) {
    if (folded == names[i]) return static_cast<int>(names.size() - i);
  }
  return 0;
}

std::string UsualNames(Field field) { return fmt::format("{}", fmt::join(Names(field), ", ")); }

Result<Report> MakeReport(std::string (&fields)[kFields], const Input& input, uint32_t line) {
  const auto field = [&](Field f) -> std::string& { return fields[static_cast<size_t>(f)]; };
  const base::Place place{input.path, line};
  Report report;
  report.text = Clean(field(Field::kText));
  if (base::Trim(report.text).empty()) return Fail(ErrorCode::kBadInput, "empty: the report has no text", place);
  report.title = OneLine(Clean(field(Field::kTitle)));
  report.publisher = OneLine(Clean(field(Field::kSource)));
  report.author = OneLine(Clean(field(Field::kAuthor)));
  report.uri = OneLine(Clean(field(Field::kUrl)));
  report.published = ParseGivenDate(Clean(field(Field::kDate)));
  report.origin = place;
  report.id = base::CollapseSpace(Clean(field(Field::kId)));
  if (report.id.size() > kLongestId) {
    return Fail(ErrorCode::kTooLarge, fmt::format("id is longer than {} bytes", kLongestId), place);
  }
  if (report.id.empty()) report.id = fmt::format("{}-{}", input.name, TextSha256(report).substr(0, 8));
  Annotate(report);
  return report;
}

}  // namespace sitgraph::reports
