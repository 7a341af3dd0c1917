// What the codebook's files hold, and the parsers that fill it; shared by the sources of this room and its fuzzer.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "src/codebook/codebook.h"
#include "src/codebook/names.h"
#include "src/codebook/table.h"

namespace sitgraph::codebook {

struct Content {
  std::vector<EventType> event_types;
  std::vector<base::Place> event_type_places;  // where each of them stands
  std::vector<Entry> entries;
  std::vector<Noun> nouns;
  std::vector<Title> titles;
  std::vector<Unit> units;

  std::unordered_map<std::string, uint32_t> event_type_of_id;
  std::unordered_map<std::string, uint32_t> entry_of_id;
  std::unordered_map<std::string, uint32_t> noun_of_lemma;
  std::unordered_map<std::string, uint32_t> entry_of_demonym;  // folded
  NameIndex names;                                             // values index `entries`
  PhraseIndex title_phrases;                                   // ... `titles`
  PhraseIndex unit_phrases;                                    // ... `units`
};

// The files that the codebook is read from, in their order; triggers.csv and cues.csv are TriggerTable's.
inline constexpr std::string_view kEventTypesFile = "event_types.csv";
inline constexpr std::string_view kCountriesFile = "countries.csv";
inline constexpr std::string_view kPlacesFile = "places.csv";
inline constexpr std::string_view kActorsFile = "actors.csv";
inline constexpr std::string_view kMaterielFile = "materiel.csv";
inline constexpr std::string_view kNounsFile = "nouns.csv";
inline constexpr std::string_view kTitlesFile = "titles.csv";
inline constexpr std::string_view kUnitsFile = "units.csv";

// The files by their base names ("places.csv"); one that is absent is an error.
using SourceFiles = std::map<std::string, SourceFile, std::less<>>;

// Parses and checks all files. What could be read is in the content even where there are errors.
Content Parse(const SourceFiles& files, ErrorList& errors);

// The parts of Parse. Each checks its own files; ParseEntries needs the nouns for the classes of materiel.
void ParseEventTypes(const SourceFile& file, Content& content, ErrorList& errors);
void ParseWords(const SourceFiles& files, Content& content, ErrorList& errors);
void ParseEntries(const SourceFiles& files, Content& content, ErrorList& errors);

// The file called `name`, or nullptr after having added an error.
const SourceFile* FindFile(const SourceFiles& files, std::string_view name, ErrorList& errors);

}  // namespace sitgraph::codebook
