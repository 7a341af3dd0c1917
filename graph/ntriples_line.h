// Reads the plain lines of N-Triples and N-Quads, which most are, several times as fast as a whole parser.
#pragma once

#include <string_view>

#include "graph/term.h"

namespace sitgraph::graph {

// Whether the line is one statement without escapes, comments, relative IRIs and other rarities; then it is in `quad`.
// What it refuses may be right or wrong, which the whole parser says; what it takes, that would read just so. `line` is
// valid UTF-8. Blank node labels get `label_prefix` and "_" in front. A fourth term is taken where `graphs` says so.
bool ReadPlainLine(std::string_view line, std::string_view label_prefix, bool graphs, Quad& quad);

}  // namespace sitgraph::graph
