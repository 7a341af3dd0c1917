// A question in plain English, read: what is asked for, of which events, with which names, things and times.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "queries/ask/lexicon.h"
#include "src/codebook/codebook.h"
#include "src/language/analyzer.h"

namespace sitgraph::queries {

enum class Asked : uint8_t {
  kEvents,    // what happened
  kRole,      // who, what, whom, which: what fills `roles`
  kPlace,     // where
  kTime,      // when
  kNumber,    // how many
  kTimes,     // how often
  kWhether,   // did, was, has
  kVoices,    // who says so
  kControl,   // who holds a place
  kLink,      // how two names hang together
  kConflict,  // which reports disagree
};

// Of the roles of an event, those that a name may stand in. kOther: all but the agent.
enum class NameRole : uint8_t { kAny, kAgent, kOther, kPlace, kSource };

struct QuestionName {
  std::string words;              // as asked
  std::vector<std::string> iris;  // all that bear the name and fit the role, and what belongs to them
  NameRole role = NameRole::kAny;
  bool place = false;                  // some of them are places
  std::vector<std::string> spellings;  // under which sentences may name it
};

// A common noun that a party of the event, or what is counted, must be called by.
struct QuestionThing {
  std::vector<std::string> forms;  // "children", "child"
  std::string kind;                // its class in the graph, "Force"; empty: unknown
};

struct Question {
  Asked asked = Asked::kEvents;
  // For kRole and kPlace: roles whose fillers answer, those to be tried first before those to be tried without luck.
  std::vector<std::vector<std::string>> roles;
  std::set<std::string> kinds;           // classes of answers that go before others; empty: any
  bool only_kinds = false;               // no others
  std::string place_type;                // "settlement", for "which towns"; empty: any
  std::set<std::string> types;           // of events; empty: any
  std::set<std::string> about;           // types of what is denied, demanded, ... by these events
  std::string harm;                      // "killed", ...; empty: any
  std::vector<QuestionName> names;       // all must be met
  std::vector<QuestionThing> things;     // all must be met
  std::vector<std::string> count_words;  // "strikes": what events of `types` are counted in, for "how many strikes"
  bool people = false;                   // persons, whatever they are called
  bool materiel = false;                 // a party, or what is counted, is materiel
  base::PartialDate since = {}, until = {};
  std::string ordinal;                             // "first", said of a thing: "the first convoy"
  bool first = false, last = false, most = false;  // superlatives
  bool with_voices = false;                        // asks also who says so
  std::vector<std::string> verbs;                  // the words that tell the events, as asked

  std::vector<std::string> understood;  // in words, for people
  std::vector<std::string> unread;      // words that mean nothing to us
  std::vector<std::string> unknown;     // names that the graph does not have
  std::vector<std::string> taken;       // "Shayrat for Shayrat Air Base"
};

// Reads one question, of which the first eighty tokens count. Never fails: what it cannot read is in `unread` and
// `unknown`. Events are known by the codebook's triggers and types, things by its nouns, names by the lexicon and the
// codebook's spellings, times as in reports.
Question ReadQuestion(std::string_view text, language::Analyzer& analyzer, const codebook::Codebook& codebook,
                      const NameLexicon& lexicon, std::string_view base_iri);

}  // namespace sitgraph::queries
