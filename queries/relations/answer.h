// What a relation verb answers: a table whose rows rest on events, as text and as JSON with the sentences behind it.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "graph/store.h"
#include "queries/entity_report.h"

namespace sitgraph::queries {

struct AnswerCell {
  std::string text;
  std::string iri;      // of what the text names; may be empty
  bool number = false;  // JSON writes it as one
};

struct AnswerRow {
  std::vector<AnswerCell> cells;    // one for each column
  std::vector<std::string> events;  // IRIs of the events that it rests on, the most telling first
};

struct Answer {
  std::vector<std::string> columns;
  std::vector<AnswerRow> rows;
  std::vector<std::string> notes;  // what a reader must know to read the rows rightly
};

AnswerCell TextCell(std::string text);
AnswerCell NumberCell(double number);
AnswerCell NameCell(const EntityName& entity);

struct AnswerStyle {
  size_t width = 0;          // of the terminal; 0: any
  bool evidence = false;     // text: the sentences below each row; JSON has them always
  size_t max_evidence = 10;  // of one row
};

// Both read the events of the rows from the snapshot.
base::Result<std::string> ToText(const Answer& answer, const graph::Snapshot& snapshot, const AnswerStyle& style);
// {"columns": [...], "rows": [{"COLUMN": text or number or {"name", "iri"}, ..., "evidence": [{"event", "sentence",
// "report", ...}]}], "notes": [...]}; what is empty is left out.
base::Result<std::string> ToJson(const Answer& answer, const graph::Snapshot& snapshot, const AnswerStyle& style);

// "2017-05", "2017-05-01 to 2017-05-12", "since 2017-05-01", or the words of the text; empty where nothing is told.
std::string TimeOf(const EntityEvent& event);
// "Syrian Arab Army → Palmyra", the parties of an event by agent and target.
std::string PartiesOf(const EntityEvent& event);
// "more than 230 Islamic State fighters killed".
std::string Describe(const ReportedCount& count);
// "Nordpress, 2017-03-03 [wire-2017-0302]".
std::string Describe(const SourceReport& report);

}  // namespace sitgraph::queries
