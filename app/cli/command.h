// What all commands share: their exit statuses, how errors are told, and how each command joins the command line.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "base/error.h"

namespace sitgraph::cli {

enum class Exit : int {
  kDone = 0,
  kFailed = 1,  // the work, or a part of it: the messages say which
  kUsage = 2,   // wrong options or arguments; nothing was done
  kBug = 3,     // ours
};

// Prints the error to standard error; kUsage for wrong usage, else kFailed.
Exit Report(const base::Error& error);

// `--graph DIR`, or the environment's SITGRAPH_GRAPH; required.
void AddGraphOption(CLI::App& command, std::string& folder);

// Each adds its command, with options, help and examples. Where the command line names it, it runs when the line is
// parsed and leaves its status in `exit`, which must outlive the parsing.
void AddBuild(CLI::App& app, Exit& exit);
void AddExtract(CLI::App& app, Exit& exit);
void AddLoad(CLI::App& app, Exit& exit);
void AddRemove(CLI::App& app, Exit& exit);
void AddQuery(CLI::App& app, Exit& exit);
void AddUpdate(CLI::App& app, Exit& exit);
void AddShow(CLI::App& app, Exit& exit);
// path, neighbours, timeline and the other verbs of docs/relations.md.
void AddRelations(CLI::App& app, Exit& exit);
void AddStats(CLI::App& app, Exit& exit);
void AddExport(CLI::App& app, Exit& exit);
void AddOntology(CLI::App& app, Exit& exit);
void AddCheck(CLI::App& app, Exit& exit);
void AddCompact(CLI::App& app, Exit& exit);
void AddBackup(CLI::App& app, Exit& exit);
void AddRestore(CLI::App& app, Exit& exit);
void AddParse(CLI::App& app, Exit& exit);
void AddCodebook(CLI::App& app, Exit& exit);
void AddGazetteer(CLI::App& app, Exit& exit);
void AddExplain(CLI::App& app, Exit& exit);

}  // namespace sitgraph::cli
