// Why a frame says what it says: the sentences as they were read, and behind each event its trigger's row, the rule
// that fired and the slot that filled each role.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "src/extract/events.h"
#include "src/extract/frame.h"

namespace sitgraph::extract {

struct ExplainedWord {
  std::string text;
  base::CodePointSpan span;
  std::string upos, relation, lemma;  // empty without a tree
  int32_t head = -1;                  // index of a word of the sentence; -1: root, or no tree
};

struct ExplainedSentence {
  Mention sentence;
  std::string zone;  // "title", "body", "caption"
  std::vector<ExplainedWord> words;
};

struct ExplainedFiller {
  codebook::Role role = codebook::Role::kNone;
  EntityId entity{};
  std::string slot;     // as triggers.csv has it: "subject", "in"; empty where a later step added it
  bool shared = false;  // taken over from another clause, or from behind another phrase
  bool retold = false;  // from another telling of the event
};

struct ExplainedEvent {
  uint32_t sentence = 0;  // index into the sentences
  EventRule rule = EventRule::kVerb;
  uint32_t line = 0;                 // of triggers.csv
  std::string words;                 // the trigger's, as its row has them
  std::vector<uint32_t> retellings;  // lines of the triggers of other tellings
  std::vector<ExplainedFiller> fillers;
  std::vector<std::string> factuality_words;  // of the sentence, that may have made it negated, possible, ...
};

struct Explanation {
  Frame frame;
  std::vector<ExplainedSentence> sentences;
  std::vector<ExplainedEvent> events;  // one for each event of the frame
};

// "verb", "shared verb", "light verb and noun", "noun", "predicate".
std::string_view ToWord(EventRule rule);

}  // namespace sitgraph::extract
