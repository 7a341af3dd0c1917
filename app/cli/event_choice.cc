#include "app/cli/event_choice.h"

#include "exporters/event_text.h"
#include "queries/entity_report.h"

namespace sitgraph::cli {
namespace {

using base::ErrorCode;
using base::Fail;
using base::Result;

Result<base::PartialDate> DateOf(const std::string& option, const std::string& text) {
  if (text.empty()) return base::PartialDate{};
  const auto date = base::ParseIso(text);
  if (date && date->year != 0) return *date;
  return Fail(ErrorCode::kUsage, option + " \"" + text + "\" is no date", {}, "give 2018, 2018-05 or 2018-05-07");
}

}  // namespace

void AddEventChoice(CLI::App& command, EventChoice& choice) {
  command.add_option("--since", choice.since, "Only events on or after this day, month or year")->type_name("DATE");
  command.add_option("--until", choice.until, "Only events on or before it")->type_name("DATE");
  command.add_option("--type", choice.types, "Only events of these types: attack,capture")
      ->type_name("TYPE,...")
      ->delimiter(',');
  command.add_option("--place", choice.places, "Only events at this place or within it; may be given again")
      ->type_name("NAME")
      ->allow_extra_args(false);
}

Result<Period> PeriodOf(const EventChoice& choice) {
  const auto since = DateOf("--since", choice.since);
  if (!since) return Fail(since.error());
  const auto until = DateOf("--until", choice.until);
  if (!until) return Fail(until.error());
  if (!until->empty() && exporters::WholeDays(*since, *until).last.empty()) {
    return Fail(ErrorCode::kUsage, "--until " + choice.until + " is before --since " + choice.since);
  }
  return Period{*since, *until};
}

Result<std::vector<std::string>> PlacesOf(const EventChoice& choice, const graph::Snapshot& snapshot) {
  std::vector<std::string> iris;
  for (const std::string& name : choice.places) {
    const auto found = queries::FindEntities(snapshot, name);
    if (!found) return Fail(found.error());
    const size_t before = iris.size();
    for (const auto& candidate : *found) {
      const std::string& kind = candidate.entity.kind;
      if (kind == "Place" || kind == "Facility") iris.push_back(candidate.entity.iri);
    }
    if (iris.size() == before) return Fail(ErrorCode::kNotFound, "\"" + name + "\" is no place of the graph");
  }
  return iris;
}

}  // namespace sitgraph::cli
