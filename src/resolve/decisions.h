// What an analyst decided on who is who: read from a file, kept with the graph, applied to every report that is put.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "src/extract/frame.h"

namespace sitgraph::resolve {

// Entities are ids relative to the graph's base ("place/palmyra").
struct Decisions {
  std::map<std::string, std::string> same;  // id -> the id that stands for it, at the end of any chain
  std::map<std::pair<std::string, std::string>, std::string> different;  // report id, entity id -> the id it has there
  std::map<std::string, std::string> names;                              // id -> its preferred label

  bool empty() const { return same.empty() && different.empty() && names.empty(); }
};

// Reads CSV rows; `file` is for errors. Every wrong row is an error with its place.
//   same,place/tadmur,place/palmyra            the first is the second
//   different,place/salma,REPORT,place/salma-2  in that report it is another
//   rename,place/palmyra,Tadmur
// Lines that begin with # are comments. A chain that leads back to its start is wrong.
tl::expected<Decisions, std::vector<base::Error>> ParseDecisions(std::string_view text, const std::string& file);

// Gives the entities of a frame the ids that were decided; two that become one are merged in all that refers to them.
extract::Frame Apply(const Decisions& decisions, const extract::Frame& frame);

}  // namespace sitgraph::resolve
