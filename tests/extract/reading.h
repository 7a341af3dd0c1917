// Test help: frames of short texts, and facts as one readable line each.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "src/codebook/codebook.h"
#include "src/extract/frame.h"
#include "src/reports/report.h"

namespace sitgraph::extract::test {

// The shipped codebook, loaded once.
const codebook::Codebook& ShippedCodebook();

// A report of 2018-08-02 (a Thursday) whose paragraphs are the lines of `text`; a first line "# ..." is its headline.
reports::Report MakeReport(std::string_view text);
Frame Read(std::string_view text);

// "capture «seized» agent=Syrian Arab Army place=Homs source=... @2018-08-01 possible"; roles in the frame's order,
// fillers by name, separated by commas. An entity has its codebook's name.
std::string Line(const Frame& frame, const Event& event);
// The lines of all events of one type, or of all events for "".
std::vector<std::string> Events(const Frame& frame, std::string_view type = "");
// "12 killed civilians > casualties", "650+ item military hardware > handover", parts behind " of " their total's "of".
std::vector<std::string> Counts(const Frame& frame);
// "Sergei Rudskoi has-role Colonel General"
std::vector<std::string> Relations(const Frame& frame);

}  // namespace sitgraph::extract::test
