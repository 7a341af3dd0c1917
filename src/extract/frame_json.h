// Frames as JSON Lines: one object a report, keys as the frames contract names them (docs/frames.md). Empty values are
// left out; beyond the contract, events, counts and relations carry "sentence" and events "retellings".
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "src/extract/frame.h"

namespace sitgraph::extract {

// One line without the newline; deterministic, keys in fixed order, numbers as short as they read back.
std::string ToJson(const Frame& frame);

// Reads one line. Unknown keys are ignored, ids may be any strings; a reference to an id that is not there, a wrong
// type or an unknown enumeration value is kBadInput whose message names the JSON path, with column where the JSON is
// malformed.
base::Result<Frame> FrameFromJson(std::string_view line);

// The contract's words for enumerations ("place", "actual", "more-than", "killed-or-wounded"; kNone: "").
std::string_view ToWord(Factuality);
std::string_view ToWord(Qualifier);
std::string_view ToWord(Harm);

}  // namespace sitgraph::extract
