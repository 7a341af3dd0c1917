// Words by which questions are asked. What tells events, names or kinds of things stands in the codebook, not here.
#pragma once

#include <set>
#include <string_view>

namespace sitgraph::queries {

using Words = std::set<std::string_view>;

// Words that carry no meaning of their own in a question.
inline const Words kLittleWords = {
    "the",    "a",       "an",    "of",    "in",     "at",    "on",      "to",      "for",   "and",     "or",
    "by",     "with",    "from",  "there", "that",   "this",  "it",      "is",      "are",   "was",     "were",
    "be",     "been",    "being", "do",    "does",   "did",   "has",     "have",    "had",   "many",    "much",
    "how",    "who",     "whom",  "what",  "which",  "where", "when",    "about",   "as",    "any",     "all",
    "ever",   "during",  "near",  "into",  "out",    "up",    "down",    "?",       ".",     ",",       "'s",
    "s",      "will",    "would", "their", "its",    "his",   "between", "since",   "after", "before",  "until",
    "than",   "more",    "whose", "over",  "far",    "so",    "me",      "tell",    "show",  "list",    "please",
    "around", "within",  "often", "times", "time",   "us",    "them",    "each",    "other", "against", "both",
    "inside", "outside", "under", "along", "across", "among", "off",     "through", "they",  "he",      "she",
    "we",     "you",     "then",  "these", "those",  "some",  "away",    "back",    "\""};

inline const Words kPlacePrepositions = {"in",     "at",     "near", "around",  "from",    "to",     "into",  "of",
                                         "inside", "within", "over", "through", "outside", "across", "along", "out"};

// "Which groups": forces, organizations and peoples alike.
inline const Words kBodyWords = {"group", "side", "party", "actor", "body"};
inline const Words kStateWords = {"country", "state", "nation"};
inline const Words kMaterielWords = {"weapon", "arm", "equipment", "hardware", "weaponry", "materiel"};
inline const Words kPeopleWords = {"people", "person", "individual", "human"};
inline const Words kLinkWords = {"link",     "linked",  "connection",   "connected",
                                 "relation", "related", "relationship", "connect"};
inline const Words kConflictWords = {"disagree", "contradict", "differ", "disagreement", "conflict"};
inline const Words kReportWords = {"report", "reports", "source", "sources", "article", "articles"};
inline const Words kHoldWords = {"controls", "controlled", "holds", "held", "control", "rules"};
inline const Words kHappenWords = {"happened", "happens", "happen", "known", "occurred"};
inline const Words kSayWords = {"says", "said", "say", "claims", "claimed", "reports", "reported", "announced", "told"};
inline const Words kFirstWords = {"first", "earliest"};
inline const Words kLastWords = {"last", "latest", "final"};
inline const Words kMostWords = {"most", "deadliest", "largest", "biggest", "worst", "highest", "bloodiest"};
inline const Words kOrdinals = {"first", "second", "third", "fourth", "fifth", "last", "final"};
inline const Words kMotionWords = {"go",        "going",  "gone",    "went",     "take", "taken",  "move",
                                   "moved",     "travel", "bring",   "brought",  "head", "headed", "lead",
                                   "evacuated", "flee",   "retreat", "withdraw", "sent", "driven"};
// What "the armed groups", "many wounded people" have before a participle that tells no event of the question.
inline const Words kBeforeAttribute = {"the", "a", "an", "many", "which", "what", "some", "all", "any", "of", "those"};
inline const Words kNotWords = {"not", "n't", "never"};

// What armed and governing bodies of a state are called behind its adjective: "Turkish army".
inline const Words kStateBodies = {"army",      "armed",     "air",         "aerospace", "military",   "navy",
                                   "police",    "ministry",  "government",  "troops",    "soldiers",   "aircraft",
                                   "warplanes", "planes",    "jets",        "command",   "destroyers", "servicemen",
                                   "drones",    "artillery", "officers",    "engineers", "ground",     "special",
                                   "forces",    "officials", "authorities", "president", "defence",    "defense"};

}  // namespace sitgraph::queries
