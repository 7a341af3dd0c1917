// What `query` and `update` share: where the request comes from, what it may use, and how its mistakes are shown.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "app/cli/command.h"
#include "base/error.h"
#include "queries/sparql/governor.h"

namespace sitgraph::cli {

struct SparqlRequest {
  std::string graph, text, file;
  uint64_t seconds = 0, megabytes = 2048;
};

// The request as an argument (called UPDATE where `kind` is "update"), --graph and --file.
void AddRequest(CLI::App& command, const std::string& kind, SparqlRequest& request);
// --timeout and --memory.
void AddLimits(CLI::App& command, SparqlRequest& request);

// The request's text; at most 8 MiB of a file. kUsage unless exactly one of argument and file is given.
base::Result<std::string> TextOf(const SparqlRequest& request, const std::string& kind);
// With the program's interrupt.
queries::sparql::Limits LimitsOf(const SparqlRequest& request);

// Shows the line of the request where the error lies; errors of other files, and of none, as Report does.
Exit ReportError(const SparqlRequest& request, const std::string& text, base::Error error);
void ReportWarnings(const SparqlRequest& request, const std::string& text, const std::vector<base::Error>& warnings);

}  // namespace sitgraph::cli
