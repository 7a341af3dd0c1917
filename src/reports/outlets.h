// The news agencies, papers and monitors that reports name as their source, and how they are written.
#pragma once

#include <string>
#include <string_view>

namespace sitgraph::reports {

// The usual name of an outlet ("Agence France-Presse" -> "AFP", "TRTWorld" -> "TRT World"), or "" for anything else.
// Case does not matter; "the" before it and a possessive or "and agencies" behind it are allowed.
std::string_view OutletName(std::string_view text);

// Whether `text` is made of outlets, "agencies" and words that join them only: "AP Reuters and AFP", "Photo by AFP".
bool IsCredit(std::string_view text);

// A city that correspondents file from ("BEIRUT"), in any case.
bool IsDatelineCity(std::string_view text);

}  // namespace sitgraph::reports
