// The SPARQL query that finds the events a question asks of, strictly or by a wider reach.
#pragma once

#include <string>
#include <vector>

#include "queries/ask/question.h"

namespace sitgraph::queries {

// How far events may be from what is asked. Whatever is not strict is a guess, of which the reader is told.
struct Reach {
  enum class Names : uint8_t {
    kRoles,     // names stand in roles of the event
    kSentence,  // or in its sentence, where the role is not filled by another name
    kReport,    // or in another event of its report, where the role is not filled by another name
  };
  Names names = Names::kRoles;
  bool like_things = false;  // things under other words of their class: "fighters" for "militants"
  bool undated = false;      // times that are not told, or lack a year; the report's date must fit where it has one
  bool ordinal = true;       // the sentence has the question's ordinal

  bool strict() const { return names == Names::kRoles && !like_things && !undated; }
};

// Reaches to be tried one after the other, the most trustworthy first.
std::vector<Reach> ReachesOf(const Question& question);

// Variables ?event, and ?answer for fillers of `roles`, where there are any.
std::string ToSparql(const Question& question, const std::vector<std::string>& roles, const Reach& reach);

// The counts that no event has, by the same question: ?count.
std::string ToCountSparql(const Question& question, const Reach& reach);

// What a reader must know of events found by this reach.
std::vector<std::string> WarningsOf(const Question& question, const Reach& reach);

// A pattern of XPath's regular expressions that finds any of `words` as whole words.
std::string WordsPattern(const std::vector<std::string>& words);

}  // namespace sitgraph::queries
