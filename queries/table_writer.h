// Tables for terminals: the writer that MakeResultWriter makes, and the layout of others.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "queries/results.h"

namespace sitgraph::queries {

std::unique_ptr<ResultSink> MakeTableWriter(ByteSink out, const WriterOptions& options);

// Takes columns off the widest until a line fits into `line` columns of the terminal (0: any), or all are at their
// least, 12.
void FitWidths(std::vector<size_t>& widths, size_t line);
// One row, its cells wrapped to their columns' widths where it `wraps`, with its ends of lines.
std::string LayRow(const std::vector<std::string>& cells, const std::vector<size_t>& widths, bool wraps);

}  // namespace sitgraph::queries
