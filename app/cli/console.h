// Standard output and the terminal: whether there is one, how wide it is, whole writes, aligned columns.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace sitgraph::cli {

bool ErrorsGoToTerminal();
// Columns of the terminal that standard output goes to; 0 where it goes elsewhere.
size_t OutputWidth();

// Standard output, buffered; kIo where it cannot be written (full disk, closed pipe).
base::Status Print(std::string_view bytes);
base::Status FlushOutput();

// Rows as lines with two blanks between the columns, each indented by two. A column whose every cell is a number is set
// to the right.
std::string Columns(const std::vector<std::vector<std::string>>& rows);

// "1 report", "2,317 reports".
std::string Plural(size_t number, std::string_view singular, std::string_view plural);
std::string WithThousands(size_t number);

}  // namespace sitgraph::cli
