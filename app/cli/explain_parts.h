// What the formats of an explanation share: marked words, trees, and each fact as a line.
#pragma once

#include <string>
#include <vector>

#include "src/extract/explanation.h"

namespace sitgraph::cli {

struct RoleName {
  const char* name;
  codebook::Role role;
  std::vector<extract::EntityId> extract::Event::*fillers;
};
inline constexpr RoleName kExplainedRoles[] = {
    {"agent", codebook::Role::kAgent, &extract::Event::agent},
    {"target", codebook::Role::kTarget, &extract::Event::target},
    {"partner", codebook::Role::kPartner, &extract::Event::partner},
    {"instrument", codebook::Role::kInstrument, &extract::Event::instrument},
    {"place", codebook::Role::kPlace, &extract::Event::place},
    {"origin", codebook::Role::kOrigin, &extract::Event::origin},
    {"destination", codebook::Role::kDestination, &extract::Event::destination}};

// A stretch of a sentence's words that is one mention or trigger; where two overlap, the longer one.
struct Marked {
  size_t begin = 0, end = 0;  // words
  std::string kind;           // "place", "trigger", ...
};
std::vector<Marked> Marks(const extract::Explanation& explanation, size_t sentence);

// The words of a tree, each with its depth, heads before what hangs on them; empty without a tree.
struct TreeLine {
  size_t word = 0;
  size_t depth = 0;
};
std::vector<TreeLine> TreeOf(const extract::ExplainedSentence& sentence);

// The slot that filled a role: "subject", "in, shared", "by a later step".
std::string Why(const extract::ExplainedEvent& event, codebook::Role role, extract::EntityId id);
std::string TimeText(const extract::TimeValue& time);
std::string CountText(const extract::Count& count);
std::string RuleText(const extract::ExplainedEvent& event);
std::string FactualityText(const extract::Event& event, const extract::ExplainedEvent& explained);
std::string NameOf(const extract::Explanation& explanation, extract::EntityId id);
std::string RelationText(const extract::Explanation& explanation, const extract::Relation& relation);

// What a sentence tells, in the order of the frame; events by their index.
std::vector<size_t> EventsOf(const extract::Explanation& explanation, size_t sentence);
std::vector<const extract::Count*> CountsOf(const extract::Explanation& explanation, size_t sentence);
std::vector<const extract::Relation*> RelationsOf(const extract::Explanation& explanation, size_t sentence);

// Calls with each sentence that is to be shown (`only`: its number from 1, or 0 for all) and its index.
template <typename Visit>
void ForSentences(const extract::Explanation& explanation, size_t only, Visit visit) {
  for (size_t s = 0; s < explanation.sentences.size(); ++s) {
    if (only == 0 || only == s + 1) visit(explanation.sentences[s], s);
  }
}

}  // namespace sitgraph::cli
