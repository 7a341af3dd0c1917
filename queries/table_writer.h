// The table for terminals; made through MakeResultWriter.
#pragma once

#include <memory>

#include "queries/results.h"

namespace sitgraph::queries {

std::unique_ptr<ResultSink> MakeTableWriter(ByteSink out, const WriterOptions& options);

}  // namespace sitgraph::queries
