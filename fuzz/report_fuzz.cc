// Any bytes, in any format, become reports whose zones cover their text, or errors.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/csv.h"
#include "base/text.h"
#include "src/reports/item_reader.h"

namespace {

using sitgraph::reports::Report;

void Check(const Report& report) {
  const std::string_view text = report.text;
  if (sitgraph::base::FindInvalidUtf8(text) || sitgraph::base::FindInvalidUtf8(report.title)) std::abort();
  if (report.title.find('\n') != std::string::npos) std::abort();
  uint32_t end = 0;
  for (const sitgraph::reports::Zone& zone : report.zones) {
    if (zone.span.begin < end || zone.span.empty() || zone.span.end > text.size()) std::abort();
    if (sitgraph::base::FindInvalidUtf8(zone.span.In(text))) std::abort();
    if (!sitgraph::base::Trim(text.substr(end, zone.span.begin - end)).empty()) std::abort();
    end = zone.span.end;
  }
  if (!sitgraph::base::Trim(text.substr(end)).empty()) std::abort();
}

void Drain(std::unique_ptr<sitgraph::reports::ItemReader> reader, size_t most) {
  for (size_t items = 0; auto item = reader->Next(); ++items) {
    if (items > most) std::abort();  // more items than bytes: it never ends
    if (const auto* report = std::get_if<Report>(&*item)) Check(*report);
  }
}

}  // namespace

// The first byte chooses the format.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace sitgraph::reports;
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  ReaderOptions options;
  options.max_report_bytes = 4096;
  const auto reader = [&] { return sitgraph::base::ReaderOver(std::string(bytes)); };
  switch (data[0] % 4) {
    case 0:
      if (const auto report = ReadDocument(bytes, Format::kText)) Check(*report);
      break;
    case 1:
      if (const auto report = ReadDocument(bytes, Format::kHtml)) Check(*report);
      break;
    case 2:
      Drain(OpenJsonLines(reader(), {"fuzz", "fuzz"}, options), size + 2);
      break;
    default:
      Drain(OpenTable(reader(), {"fuzz", "fuzz"}, options, ','), size + 2);
      break;
  }
  return 0;
}
