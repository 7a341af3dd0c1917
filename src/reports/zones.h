// Tells the parts of a report's text apart, and fills in what the text says about itself.
#pragma once

#include <vector>

#include "src/reports/report.h"

namespace sitgraph::reports {

// Fills `report.zones` from `report.text`, and title, publisher, author, published and dateline from the text where the
// source did not give them (a date that the source gave in part is completed where the text agrees with it).
//
// `known` holds what the format already tells about stretches of whole lines (HTML elements), in order; lines outside
// are judged by wording, shape and place: an analyst's eye for a page, not a model of any outlet's template. Never
// fails; linear in the text.
void Annotate(Report& report, const std::vector<Zone>& known = {});

}  // namespace sitgraph::reports
