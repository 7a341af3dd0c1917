// The list of war reports' words.
#include "src/language/war_words.h"

#include <algorithm>
#include <iterator>

namespace sitgraph::language {
namespace {

struct Row {
  std::string_view word;
  Tag tag;
};

// Sorted.
constexpr Row kWords[] = {
    {"airdrops", {Upos::kNoun, Xpos::kNns}},       {"airstrike", {Upos::kNoun, Xpos::kNn}},
    {"airstrikes", {Upos::kNoun, Xpos::kNns}},     {"ambulance", {Upos::kNoun, Xpos::kNn}},
    {"barbaric", {Upos::kAdj, Xpos::kJj}},         {"barracks", {Upos::kNoun, Xpos::kNns}},
    {"bloodshed", {Upos::kNoun, Xpos::kNn}},       {"bombardment", {Upos::kNoun, Xpos::kNn}},
    {"bombardments", {Upos::kNoun, Xpos::kNns}},   {"businessmen", {Upos::kNoun, Xpos::kNns}},
    {"ceasefire", {Upos::kNoun, Xpos::kNn}},       {"checkpoint", {Upos::kNoun, Xpos::kNn}},
    {"checkpoints", {Upos::kNoun, Xpos::kNns}},    {"chlorine", {Upos::kNoun, Xpos::kNn}},
    {"clandestine", {Upos::kAdj, Xpos::kJj}},      {"convoy", {Upos::kNoun, Xpos::kNn}},
    {"convoys", {Upos::kNoun, Xpos::kNns}},        {"drone", {Upos::kNoun, Xpos::kNn}},
    {"dynamite", {Upos::kNoun, Xpos::kNn}},        {"embattled", {Upos::kAdj, Xpos::kJj}},
    {"enclave", {Upos::kNoun, Xpos::kNn}},         {"enclaves", {Upos::kNoun, Xpos::kNns}},
    {"evacuees", {Upos::kNoun, Xpos::kNns}},       {"explosion", {Upos::kNoun, Xpos::kNn}},
    {"fierce", {Upos::kAdj, Xpos::kJj}},           {"fighters", {Upos::kNoun, Xpos::kNns}},
    {"guerrilla", {Upos::kNoun, Xpos::kNn}},       {"gunfire", {Upos::kNoun, Xpos::kNn}},
    {"gunman", {Upos::kNoun, Xpos::kNn}},          {"gunmen", {Upos::kNoun, Xpos::kNns}},
    {"hardline", {Upos::kAdj, Xpos::kJj}},         {"heartland", {Upos::kNoun, Xpos::kNn}},
    {"howitzer", {Upos::kNoun, Xpos::kNn}},        {"howitzers", {Upos::kNoun, Xpos::kNns}},
    {"indiscriminate", {Upos::kAdj, Xpos::kJj}},   {"jihadist", {Upos::kNoun, Xpos::kNn}},
    {"jihadists", {Upos::kNoun, Xpos::kNns}},      {"landmine", {Upos::kNoun, Xpos::kNn}},
    {"landmines", {Upos::kNoun, Xpos::kNns}},      {"loyalists", {Upos::kNoun, Xpos::kNns}},
    {"machinegun", {Upos::kNoun, Xpos::kNn}},      {"machineguns", {Upos::kNoun, Xpos::kNns}},
    {"makeshift", {Upos::kAdj, Xpos::kJj}},        {"manpower", {Upos::kNoun, Xpos::kNn}},
    {"mercenaries", {Upos::kNoun, Xpos::kNns}},    {"militia", {Upos::kNoun, Xpos::kNn}},
    {"militiaman", {Upos::kNoun, Xpos::kNn}},      {"militiamen", {Upos::kNoun, Xpos::kNns}},
    {"mortar", {Upos::kNoun, Xpos::kNn}},          {"munitions", {Upos::kNoun, Xpos::kNns}},
    {"offensives", {Upos::kNoun, Xpos::kNns}},     {"outpost", {Upos::kNoun, Xpos::kNn}},
    {"outposts", {Upos::kNoun, Xpos::kNns}},       {"outskirts", {Upos::kNoun, Xpos::kNns}},
    {"paramilitaries", {Upos::kNoun, Xpos::kNns}}, {"policemen", {Upos::kNoun, Xpos::kNns}},
    {"reinforcements", {Upos::kNoun, Xpos::kNns}}, {"retaken", {Upos::kVerb, Xpos::kVbn}},
    {"retook", {Upos::kVerb, Xpos::kVbd}},         {"rockets", {Upos::kNoun, Xpos::kNns}},
    {"sarin", {Upos::kNoun, Xpos::kNn}},           {"servicemen", {Upos::kNoun, Xpos::kNns}},
    {"servicewomen", {Upos::kNoun, Xpos::kNns}},   {"sniper", {Upos::kNoun, Xpos::kNn}},
    {"snipers", {Upos::kNoun, Xpos::kNns}},        {"sorties", {Upos::kNoun, Xpos::kNns}},
    {"southeastern", {Upos::kAdj, Xpos::kJj}},     {"stronghold", {Upos::kNoun, Xpos::kNn}},
    {"strongholds", {Upos::kNoun, Xpos::kNns}},    {"truce", {Upos::kNoun, Xpos::kNn}},
    {"unrest", {Upos::kNoun, Xpos::kNn}},          {"warplane", {Upos::kNoun, Xpos::kNn}},
    {"warplanes", {Upos::kNoun, Xpos::kNns}},      {"warship", {Upos::kNoun, Xpos::kNn}},
    {"warships", {Upos::kNoun, Xpos::kNns}},       {"watchdog", {Upos::kNoun, Xpos::kNn}},
};

}  // namespace

std::optional<Tag> TagOfWarWord(std::string_view folded) {
  const auto row = std::lower_bound(std::begin(kWords), std::end(kWords), folded,
                                    [](const Row& entry, std::string_view word) { return entry.word < word; });
  if (row == std::end(kWords) || row->word != folded) return std::nullopt;
  return row->tag;
}

}  // namespace sitgraph::language
