// Triggers and cues: which words tell an event, and which grammatical slot fills which role (triggers.csv, cues.csv).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace sitgraph::codebook {

class TriggerTable {
 public:
  TriggerTable() = default;
};

}  // namespace sitgraph::codebook
