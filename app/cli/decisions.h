// The option by which build and load take an analyst's decisions on who is who.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "app/cli/command.h"
#include "src/resolve/graph_writer.h"

namespace sitgraph::cli {

void AddDecisionsOption(CLI::App& command, std::string& file);

// Reads the file, where one is named, into the graph; prints every mistake in it. What the graph kept before stays where
// none is named.
Exit TakeDecisions(resolve::GraphWriter& writer, const std::string& file);

}  // namespace sitgraph::cli
