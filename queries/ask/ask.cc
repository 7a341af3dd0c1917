#include "queries/ask/ask.h"

#include <fmt/format.h>

#include <algorithm>

#include "queries/ask/answerer.h"
#include "queries/ask/conflicts.h"
#include "queries/relations/verbs.h"

namespace sitgraph::queries {
namespace {

using base::Fail;

constexpr size_t kMostMeant = 4;   // entities of a name whose links are looked for
constexpr size_t kMostUnread = 2;  // words that a question may have beyond what is understood

const std::string& Cell(const Answer& answer, const AnswerRow& row, std::string_view column) {
  static const std::string kNone;
  for (size_t i = 0; i < answer.columns.size() && i < row.cells.size(); ++i) {
    if (answer.columns[i] == column) return row.cells[i].text;
  }
  return kNone;
}

base::Status AskLink(const graph::Snapshot& snapshot, const Question& question, Asking& out) {
  const QuestionName &a = question.names[0], &b = question.names[1];
  // A name may stand for several: a country's place, its government, its army. The shortest way counts.
  const auto steps_of = [](const Answer& answer) {
    const auto first = [](const AnswerRow& row) { return row.cells.front().text == "1"; };
    return std::count_if(answer.rows.begin(), answer.rows.end(), first);
  };
  for (size_t i = 0; i < std::min(a.iris.size(), kMostMeant); ++i) {
    for (size_t j = 0; j < std::min(b.iris.size(), kMostMeant); ++j) {
      if (a.iris[i] == b.iris[j]) continue;
      auto answer = FindPaths(snapshot, a.iris[i], b.iris[j], {}, {});
      if (!answer) return Fail(answer.error());
      const bool shorter = out.answer.rows.empty() || steps_of(*answer) < steps_of(out.answer);
      if (!answer->rows.empty() && shorter) out.answer = std::move(*answer);
    }
  }
  std::vector<std::string> steps;
  for (const AnswerRow& row : out.answer.rows) {
    if (row.cells.front().text != "1") continue;  // the shortest path
    if (steps.empty()) steps.push_back(Cell(out.answer, row, "from"));
    steps.push_back(fmt::format("{}, {}", Cell(out.answer, row, "link"), Cell(out.answer, row, "to")));
  }
  out.direct = steps.empty() ? "No path links the two." : fmt::format("{}", fmt::join(steps, " - "));
  if (steps.empty())
    out.warnings.emplace_back("no event, relation or place that the graph knows leads from one to the other");
  if (question.names.size() > 2) out.warnings.emplace_back("only the first two names are linked");
  return {};
}

base::Status AskControl(const graph::Snapshot& snapshot, const Question& question, Asking& out) {
  EventFilter filter;
  filter.since = question.since;
  filter.until = question.until;
  auto answer = Control(snapshot, question.names[0].iris.front(), filter);
  if (!answer) return Fail(answer.error());
  out.answer = std::move(*answer);
  // The last dated capture; where no capture has a date, all of them.
  std::string last;
  std::vector<std::string> undated;
  for (const AnswerRow& row : out.answer.rows) {
    const std::string &by = Cell(out.answer, row, "by"), &since = Cell(out.answer, row, "since");
    const std::string& factuality = Cell(out.answer, row, "factuality");
    if (Cell(out.answer, row, "what") != "capture" || by.empty() || !factuality.empty()) continue;
    if (since.empty() || since.front() == '-') {
      undated.push_back(by);
    } else {
      last = by + ", since " + since;
    }
  }
  out.direct = !last.empty() ? last : undated.empty() ? "No report says." : fmt::format("{}", fmt::join(undated, "; "));
  if (last.empty() && !undated.empty()) out.warnings.emplace_back("no report tells since when");
  if (last.empty() && undated.empty()) out.warnings.emplace_back("no report tells of a capture there");
  return {};
}

std::vector<std::string> NearestTo(const Question& question) {
  const std::string name = question.names.empty() ? "Palmyra" : question.names.front().words;
  const std::string other = question.names.size() > 1 ? question.names[1].words : "Homs";
  return {"What happened in " + name + "?", "Who captured " + name + "?",
          "How many people were killed in " + name + "?", "What is the link between " + name + " and " + other + "?"};
}

// Whether enough of it is understood: no name that the graph does not have, something that chooses events, and few
// words that mean nothing to us.
bool IsRead(const Question& question) {
  if (!question.unknown.empty() || question.unread.size() > kMostUnread) return false;
  if (question.asked == Asked::kConflict) return true;
  if (question.asked == Asked::kLink) return question.names.size() >= 2;
  if (question.asked == Asked::kControl) return !question.names.empty();
  return !question.types.empty() || (!question.names.empty() && question.unread.empty());
}

}  // namespace

base::Result<Asking> AskQuestion(const graph::Snapshot& snapshot, std::string_view text, language::Analyzer& analyzer,
                                 const codebook::Codebook& codebook, const std::string& base_iri) {
  const auto lexicon = NameLexicon::Load(snapshot);
  if (!lexicon) return Fail(lexicon.error());
  const Question question = ReadQuestion(text, analyzer, codebook, *lexicon, base_iri);
  Asking out;
  out.understood = question.understood;
  for (const std::string& name : question.unknown) {
    const auto near = lexicon->Near(name);
    out.warnings.push_back(
        fmt::format("the graph knows no \"{}\"{}", name, near ? ", did you mean " + *near + "?" : ""));
  }
  for (const std::string& taken : question.taken) out.warnings.emplace_back("took " + taken);
  if (!question.unread.empty()) {
    out.warnings.push_back(fmt::format("not understood: {}", fmt::join(question.unread, ", ")));
  }
  out.read = IsRead(question);
  if (!out.read) {
    out.nearest = NearestTo(question);
    return out;
  }
  base::Status answered;
  switch (question.asked) {
    case Asked::kLink:
      answered = AskLink(snapshot, question, out);
      break;
    case Asked::kControl:
      answered = AskControl(snapshot, question, out);
      break;
    case Asked::kConflict:
      answered = FindConflicts(snapshot, question, out);
      break;
    default:
      answered = Answerer(snapshot, question, *lexicon, out).Run();
  }
  if (!answered) return Fail(answered.error());
  return out;
}

}  // namespace sitgraph::queries
