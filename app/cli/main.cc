// sitgraph: reads conflict reports into a knowledge graph, answers questions of it, and exports it.
#include <fmt/format.h>

#include <csignal>
#include <exception>
#include <new>

#include "app/cli/command.h"
#include "app/cli/console.h"
#include "app/cli/interrupt.h"
#include "app/cli/version.h"

namespace sitgraph::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  sitgraph build reports/ --graph syria.graph       read reports into a graph
  sitgraph show Palmyra --graph syria.graph         all that is known of Palmyra, with the sentences
  sitgraph query --graph syria.graph 'SELECT ?force ?place { ?f sgr:capture ?p .
      ?f skos:prefLabel ?force . ?p skos:prefLabel ?place }'
  sitgraph export --graph syria.graph --output syria.graphml     for Gephi

`sitgraph COMMAND --help` shows each command with its options and examples.)";

Exit Run(int argc, char** argv) {
  Exit exit = Exit::kDone;
  CLI::App app("Reads conflict reports and writes down what they say happened as a knowledge graph.", "sitgraph");
  app.set_version_flag(
      "--version", [] { return VersionText(); }, "Versions of the program and what it is built on");
  app.require_subcommand(1);
  app.get_formatter()->column_width(34);
  app.footer(kExamples);
  for (const auto add :
       {AddBuild, AddExtract, AddLoad, AddRemove, AddQuery, AddUpdate, AddShow, AddRelations, AddStats, AddExport,
        AddOntology, AddCheck, AddCompact, AddBackup, AddRestore, AddParse, AddCodebook, AddGazetteer, AddExplain}) {
    add(app, exit);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? Exit::kDone : Exit::kUsage;
  }
  if (const auto flushed = FlushOutput(); !flushed) return Report(flushed.error());
  return exit;
}

}  // namespace
}  // namespace sitgraph::cli

int main(int argc, char** argv) {
  using sitgraph::cli::Exit;
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is an error of the write
  sitgraph::cli::CatchInterrupts();
  try {
    return static_cast<int>(sitgraph::cli::Run(argc, argv));
  } catch (const std::bad_alloc&) {
    fmt::print(stderr, "sitgraph: out of memory\n");
    return static_cast<int>(Exit::kFailed);
  } catch (const std::exception& error) {
    fmt::print(stderr, "sitgraph: a bug: {}\n  hint: please report it with the command and its input\n", error.what());
    return static_cast<int>(Exit::kBug);
  }
}
