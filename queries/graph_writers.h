// Writers for graphs; made through MakeResultWriter.
#pragma once

#include <memory>

#include "queries/results.h"

namespace sitgraph::queries {

std::unique_ptr<ResultSink> MakeTurtleWriter(ByteSink out);
std::unique_ptr<ResultSink> MakeNTriplesWriter(ByteSink out);

}  // namespace sitgraph::queries
