// Finds the events that answer a question, the nearest reach first, and words what they say.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "queries/ask/ask.h"
#include "queries/ask/selection.h"
#include "queries/relations/verb_tools.h"

namespace sitgraph::queries {

// First and second variable of every row of a query; empty where unbound.
base::Result<std::vector<std::pair<std::string, std::string>>> SelectPairs(const graph::Snapshot& snapshot,
                                                                           const std::string& sparql);

class Answerer {
 public:
  Answerer(const graph::Snapshot& snapshot, const Question& question, const NameLexicon& lexicon, Asking& out)
      : snapshot_(snapshot), facts_(snapshot), question_(question), lexicon_(lexicon), out_(out) {}

  base::Status Run();

 private:
  // One answer of the line, by how many happenings and voices it is told.
  struct Told {
    std::string text;
    size_t happenings = 0;
    std::set<std::string> voices;
  };

  base::Status Search(const EventNetwork& network);
  base::Status Find(const EventNetwork& network, const std::vector<std::string>& roles, const Reach& reach);
  bool Fits(const std::string& iri);
  bool AnswersAnything(const HappeningRow& happening) const;
  void KeepAnswering();
  void KeepSuperlative();
  void PreferKinds();

  std::vector<std::string> AnswersOf(const EntityEvent& event) const;
  std::vector<std::string> NumbersIn(const EntityEvent& event) const;
  bool IsCounted(const ReportedCount& count) const;
  bool IsNamed(const ReportedCount& count) const;
  static std::set<std::string> VoicesOf(const EntityEvent& event);

  base::Status FindLooseCounts();
  base::Status AddFurther(const EventNetwork& network);
  base::Status LookBeside();
  base::Status LookForBlame();
  base::Status LookForDenial();
  base::Result<std::vector<HappeningRow>> ByAnybody(const Question& question);
  void AddRows();
  void Word();
  std::string Listed(const std::vector<Told>& told) const;
  std::string Whether() const;

  const graph::Snapshot& snapshot_;
  FactReader facts_;
  const Question& question_;
  const NameLexicon& lexicon_;
  Asking& out_;
  bool found_ = false;
  Reach reach_;
  std::map<std::string, std::set<std::string>> fillers_;  // event -> entities in the roles asked for
  std::vector<HappeningRow> happenings_;
  std::string remark_;  // at the end of the line: who denies it, who is blamed
};

}  // namespace sitgraph::queries
