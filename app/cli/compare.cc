// sitgraph compare: what reports say of one happening, side by side.
#include <memory>

#include "app/cli/relation.h"
#include "queries/relations/verbs.h"
#include "src/resolve/graph_writer.h"

namespace sitgraph::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  sitgraph compare incident/wire-2017-0302-63509795/capture-44 --graph syria.graph
  sitgraph compare wire-2017-0302 wire-2017-0303 --evidence --graph syria.graph
  sitgraph query --graph syria.graph 'SELECT ?i ?l { ?i a sg:Incident ; rdfs:label ?l }'     which incidents there are)";

struct Options {
  RelationOptions relation;
  std::string first, second;
};

Exit Compare(const Options& options) {
  return RunVerb(options.relation,
                 [&](const graph::Snapshot& snapshot, const queries::EventFilter&) -> base::Result<queries::Answer> {
                   const auto base_iri = resolve::BaseIriOf(snapshot);
                   if (!base_iri) return base::Fail(base_iri.error());
                   const auto first = queries::FindIncidentOrReport(snapshot, *base_iri, options.first);
                   if (!first) return base::Fail(first.error());
                   if (options.second.empty()) return queries::CompareIncident(snapshot, *first);
                   const auto second = queries::FindIncidentOrReport(snapshot, *base_iri, options.second);
                   if (!second) return base::Fail(second.error());
                   return queries::CompareReports(snapshot, *first, *second);
                 });
}

}  // namespace

void AddCompare(CLI::App& app, Exit& exit) {
  CLI::App* command = app.add_subcommand("compare", "Show side by side what reports say of one happening");
  const auto options = std::make_shared<Options>();
  command->add_option("INCIDENT|REPORT", options->first, "An incident, or the id of a report")->required();
  command->add_option("REPORT", options->second, "The id of another report");
  AddAnswerOptions(*command, options->relation);

  command->footer(kExamples);
  command->callback([options, &exit] { exit = Compare(*options); });
}

}  // namespace sitgraph::cli
