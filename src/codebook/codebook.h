// The codebook: what an analyst may edit. Event types, names of actors and places, kinds of nouns, titles, units,
// triggers and cues, loaded from CSV files (codebook/*.csv, described in docs/codebook.md) and checked as a whole.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "src/codebook/kinds.h"
#include "src/codebook/triggers.h"

namespace sitgraph::codebook {

class Gazetteer;

// A row of event_types.csv, with its codes in the field's code schemes.
struct EventType {
  std::string id;      // "capture"
  std::string group;   // "fighting", "control", "people", "accord", "words"
  std::string parent;  // id of the wider type, or empty
  std::string label;   // "Capture"
  std::string definition;
  std::string plover_event, plover_mode;     // PLOVER, as its CAMEO mapping of 2021: "ASSAULT", "heavy-weapons"
  std::string cameo;                         // CAMEO 1.1b3 code: "190"
  std::string acled_event, acled_sub_event;  // ACLED codebook 2023
};

// What a place is, from coarse to fine; decides the precision of what is located by it.
enum class PlaceType : uint8_t {
  kNone,
  kCountry,
  kRegion,
  kGovernorate,
  kDistrict,
  kZone,
  kSettlement,
  kCamp,
  kRoad,
  kBase,
  kFeature
};
std::string_view ToWord(PlaceType type);  // "settlement"; "none" of kNone
std::optional<PlaceType> PlaceTypeFromWord(std::string_view word);

// A named entity of the codebook: actors.csv, countries.csv, places.csv, materiel.csv.
struct Entry {
  std::string id;  // "place/deir-ez-zor": the kind and a slug (identity.h); unique
  EntityKind kind = EntityKind::kPlace;
  std::string name;
  std::vector<std::string> aliases;
  std::string country;  // ISO 3166-1 alpha-2, or empty
  std::string within;   // id of the enclosing place, or of the organization that a force belongs to
  PlaceType place_type = PlaceType::kNone;
  std::optional<double> latitude, longitude;  // WGS84
  std::string office;                         // of a person: "President of Turkey", or empty
  std::string materiel_class;                 // of materiel: a noun of nouns.csv, "tank"
  bool gazetteer = false;                     // a place of the gazetteer, which the codebook does not have
  uint32_t population = 0;                    // of such a place; 0: unknown
};

// A common noun that can head a mention: nouns.csv ("militant": force, counted in persons).
struct Noun {
  std::string lemma;  // singular, lower case; may have several words
  EntityKind kind = EntityKind::kPeople;
  std::string unit;         // "person", "item"
  bool collective = false;  // acts as a body of persons: "unit", "group", "army"
};

// A rank or office that stands before or after a person's name: titles.csv ("Colonel General", "spokesman").
struct Title {
  std::string words;  // as usually written
  bool rank = false;  // a military rank; otherwise an office or form of address
};

// A word or sign of measure: units.csv ("square kilometre": km2).
struct Unit {
  std::string word;  // singular, lower case; its row names the other forms
  std::string code;  // "km2"
};

// A codebook name found at the start of a token sequence.
struct NameMatch {
  size_t tokens = 0;  // how many tokens it spans
  // All that bear it, in codebook order (countries, places, actors, materiel); never empty. A country's name gives its
  // place ("place/syria") and its government ("organization/syria").
  std::vector<const Entry*> entries;
  bool as_spelt = true;  // of the gazetteer: false where only the RomanisationKey is the same
};

class Codebook {
 public:
  // Reads and checks all files of a folder. Every error of every file is found, not only the first (up to a thousand);
  // each has file, line, column and where possible a suggestion ("unknown type 'captur'", "did you mean 'capture'?").
  // They are sorted by file, line and column.
  static tl::expected<Codebook, std::vector<base::Error>> Load(const std::string& folder);

  Codebook(Codebook&&) noexcept;
  Codebook& operator=(Codebook&&) noexcept;
  ~Codebook();

  const std::vector<EventType>& event_types() const;
  const EventType* FindEventType(std::string_view id) const;
  const std::vector<Entry>& entries() const;
  const Entry* FindEntry(std::string_view id) const;  // also of the gazetteer
  // Whether the entry of id `part` lies in the one of id `whole`, over any number of steps; false where unknown.
  bool LiesWithin(std::string_view part, std::string_view whole) const;

  // The longest codebook name that `tokens` start with, compared folded (FoldName: case, diacritics, apostrophes,
  // hyphens) and by RomanisationKey (names.h), with or without Arabic articles. Hyphens inside names may be tokens of
  // their own. Of names with the same key, those spelt as in the text win over the others; all entries of these come.
  //
  // Case: the first token must start with an upper-case letter or a digit, or be an article before one ("al-Bab"),
  // unless the codebook writes the name with a small first letter. Acronyms of up to three letters must be written so;
  // longer ones may be capitalised ("Nato"). With `any_case` (text without case) these rules fall away, except for
  // names that the codebook marks with '=' ("=Hit", "=IS"), which always match as written only.
  //
  // Cost: a few hash look-ups for each token of the match; none for a small word that starts no name.
  std::optional<NameMatch> MatchName(std::span<const std::string_view> tokens, bool any_case = false) const;

  // Places of the world beside the codebook's (gazetteer.h); none unless attached. The gazetteer becomes part of the
  // digest. Not while other threads use the codebook.
  void Attach(Gazetteer gazetteer);
  const Gazetteer* gazetteer() const;

  // The longest name of the gazetteer that `tokens` start with, the most populous place first; where the codebook has
  // one of these places under the same name, its own entry. Nullopt without a gazetteer. Thread-safe.
  std::optional<NameMatch> MatchGazetteer(std::span<const std::string_view> tokens, bool any_case = false) const;

  // Demonyms: "Syrian", "Syrians" and "North Korean" give the place "place/syria"; nullptr for other words. The first
  // letter must be a capital unless `any_case`.
  const Entry* FindDemonym(std::string_view word, bool any_case = false) const;

  // By lemma (lower case, singular); nullptr where it is not in the table.
  const Noun* FindNoun(std::string_view lemma) const;

  // The longest title / unit that `tokens` start with, and the count of tokens it spans. Both compare without case,
  // stops and hyphens; units match in all forms of their row ("kilometres", "km").
  std::optional<std::pair<const Title*, size_t>> MatchTitle(std::span<const std::string_view> tokens) const;
  std::optional<std::pair<const Unit*, size_t>> MatchUnit(std::span<const std::string_view> tokens) const;

  const TriggerTable& triggers() const;

  // SHA-256 over the files' contents, and the gazetteer's digest: changes whenever an edit could change a frame.
  const std::string& digest() const;

 private:
  struct Impl;
  explicit Codebook(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// Where the codebook is: `option` where given, else $SITGRAPH_CODEBOOK where set, else the install's
// share/sitgraph/codebook, or the source tree's codebook/ beside the build tree. kNotFound lists the places that were
// tried.
base::Result<std::string> FindCodebookFolder(const std::string& option);

}  // namespace sitgraph::codebook
