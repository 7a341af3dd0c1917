#include "app/cli/relation.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/cli/console.h"
#include "app/cli/interrupt.h"
#include "base/file.h"
#include "exporters/export.h"
#include "queries/entity_report.h"
#include "src/resolve/graph_writer.h"

namespace sitgraph::cli {
namespace {

using base::ErrorCode;
using base::Fail;
using base::Result;

// Who may be meant by the name of one who says something: publishers, and all entities that are called so.
base::Status AddSources(const graph::Snapshot& snapshot, const std::string& name, std::vector<std::string>& sources) {
  const auto publisher = snapshot.Find(graph::Term::String(name));
  if (!publisher) return Fail(publisher.error());
  if (*publisher) sources.push_back(name);
  const auto voices = queries::FindEntities(snapshot, name);
  if (!voices && !*publisher) return Fail(voices.error());
  if (!voices) return {};
  for (const auto& voice : *voices) sources.push_back(voice.entity.iri);
  return {};
}

Result<queries::EventFilter> FilterOf(const RelationOptions& options, const graph::Snapshot& snapshot) {
  queries::EventFilter filter;
  const auto period = PeriodOf(options.events);
  if (!period) return Fail(period.error());
  filter.since = period->since;
  filter.until = period->until;
  filter.types = options.events.types;
  filter.factualities = options.factualities;
  auto places = PlacesOf(options.events, snapshot);
  if (!places) return Fail(places.error());
  filter.places = std::move(*places);
  for (const std::string& name : options.sources) {
    if (auto added = AddSources(snapshot, name, filter.sources); !added) return Fail(added.error());
  }
  return filter;
}

// The events of the answer as a graph for Gephi and the like.
Exit WriteGraph(const RelationOptions& options, const graph::Snapshot& snapshot, const queries::Answer& answer) {
  const auto base_iri = resolve::BaseIriOf(snapshot);
  if (!base_iri) return Report(base_iri.error());
  const auto format = exporters::ParseFormat(options.format);
  if (!format) return Report(format.error());
  exporters::ExportOptions settings;
  settings.format = *format;
  settings.path = options.output;
  settings.base_iri = *base_iri;
  settings.filter.has_bound = true;
  for (const auto& row : answer.rows) {
    settings.filter.bound.insert(settings.filter.bound.end(), row.events.begin(), row.events.end());
  }
  std::sort(settings.filter.bound.begin(), settings.filter.bound.end());
  const auto summary = exporters::Export(snapshot, settings);
  return summary ? Exit::kDone : Report(summary.error());
}

}  // namespace

void AddRelations(CLI::App& app, Exit& exit) {
  for (const auto add : {AddAsk, AddEntities, AddPath, AddNeighbours, AddTimeline, AddBetween, AddWhere, AddTotals,
                         AddRank, AddCommunities, AddControl, AddCompare}) {
    add(app, exit);
  }
}

void AddAnswerOptions(CLI::App& command, RelationOptions& options) {
  AddGraphOption(command, options.graph);
  command.add_option("--format", options.format, "table, json; graphml, gexf: the events of the answer as a graph")
      ->capture_default_str()
      ->check(CLI::IsMember({"table", "json", "graphml", "gexf"}));
  command.add_option("-o,--output", options.output, "File for graphml and gexf; - for standard output")
      ->type_name("FILE")
      ->capture_default_str();
  command.add_flag("--evidence", options.evidence, "The sentences below each row (JSON has them always)");
  command.add_option("--max-evidence", options.max_evidence, "At most so many sentences for a row")
      ->capture_default_str();
}

void AddEventFilter(CLI::App& command, RelationOptions& options) {
  AddEventChoice(command, options.events);
  command.add_option("--source", options.sources, "Only what this voice or publisher says; may be given again")
      ->type_name("NAME")
      ->allow_extra_args(false);
  command
      .add_option("--factuality", options.factualities,
                  "Only events told as actual, negated, intended, possible, demanded")
      ->type_name("WORD,...")
      ->delimiter(',')
      ->check(CLI::IsMember({"actual", "negated", "intended", "possible", "demanded"}));
}

Result<std::string> EntityOf(const graph::Snapshot& snapshot, const std::string& name) {
  const auto candidates = queries::FindEntities(snapshot, name);
  if (!candidates) return Fail(candidates.error());
  if (candidates->size() == 1) return candidates->front().entity.iri;
  return Fail(ErrorCode::kConflict, fmt::format("several are called '{}':\n{}", name, queries::ToText(*candidates)), {},
              "name one by its id, the last part of its line: place/palmyra");
}

Exit RunVerb(const RelationOptions& options, const Verb& verb) {
  const bool is_graph = options.format == "graphml" || options.format == "gexf";
  if (!is_graph) EndOnInterrupt();  // else a file begun is to be taken away
  const auto store = graph::Store::Open(options.graph, {.read_only = true});
  if (!store) return Report(store.error());
  const auto snapshot = (*store)->TakeSnapshot();
  const auto filter = FilterOf(options, *snapshot);
  if (!filter) return Report(filter.error());
  const auto answer = verb(*snapshot, *filter);
  if (!answer) return Report(answer.error());
  if (is_graph) return WriteGraph(options, *snapshot, *answer);
  const queries::AnswerStyle style{OutputWidth(), options.evidence, options.max_evidence};
  const auto text = options.format == "json" ? queries::ToJson(*answer, *snapshot, style)
                                             : queries::ToText(*answer, *snapshot, style);
  if (!text) return Report(text.error());
  const auto printed = Print(*text);
  return printed ? Exit::kDone : Report(printed.error());
}

Exit RunVerb(const RelationOptions& options, const std::vector<std::string>& names, const EntityVerb& verb) {
  return RunVerb(options, [&](const graph::Snapshot& snapshot, const queries::EventFilter& filter) {
    std::vector<std::string> entities;
    for (const std::string& name : names) {
      auto entity = EntityOf(snapshot, name);
      if (!entity) return Result<queries::Answer>(Fail(entity.error()));
      entities.push_back(std::move(*entity));
    }
    return verb(snapshot, entities, filter);
  });
}

}  // namespace sitgraph::cli
