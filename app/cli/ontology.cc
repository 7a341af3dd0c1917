// sitgraph ontology: the vocabulary as files for other programs.
#include "exporters/ontology.h"

#include <memory>
#include <vector>

#include "app/cli/command.h"
#include "app/cli/console.h"
#include "app/cli/export_codes.h"
#include "app/cli/reading.h"

namespace sitgraph::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  sitgraph ontology > sitgraph.ttl                  classes, properties, types of events; their mappings
  sitgraph ontology --shapes > shapes.ttl           for SHACL engines: pyshacl -s shapes.ttl syria.ttl
  sitgraph ontology --context > context.jsonld      the short names of JSON-LD exports)";

struct Options {
  std::string codebook;
  bool shapes = false, context = false;
};

Exit Print(const Options& options) {
  std::string text;
  if (options.shapes) {
    text = exporters::ShapesText();
  } else if (options.context) {
    text = exporters::ContextText();
  } else {
    const auto codebook = LoadCodebook(options.codebook);
    if (!codebook) return Exit::kFailed;
    std::vector<exporters::EventConcept> concepts;
    for (const codebook::EventType& type : codebook->event_types()) {
      concepts.push_back({type.id, type.parent, type.definition, CodesOf(type)});
    }
    text = std::string(exporters::OntologyText()) + exporters::ConceptsText(concepts);
  }
  const auto printed = cli::Print(text);
  return printed ? Exit::kDone : Report(printed.error());
}

}  // namespace

void AddOntology(CLI::App& app, Exit& exit) {
  CLI::App* command = app.add_subcommand("ontology", "Print the vocabulary, its SHACL shapes or its JSON-LD context");
  const auto options = std::make_shared<Options>();
  auto* shapes = command->add_flag("--shapes", options->shapes, "SHACL shapes of a graph");
  command->add_flag("--context", options->context, "The JSON-LD context")->excludes(shapes);
  command->add_option("--codebook", options->codebook, "A codebook of your own, for the types of events")
      ->type_name("DIR");
  command->footer(kExamples);
  command->callback([options, &exit] { exit = Print(*options); });
}

}  // namespace sitgraph::cli
