// countries.csv, places.csv, actors.csv, materiel.csv: the named entities, and the checks that hold across them.
#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_set>

#include "base/text.h"
#include "src/codebook/content.h"
#include "src/codebook/identity.h"

namespace sitgraph::codebook {
namespace {

const std::vector<std::string> kPlaceTypes = {"none",       "country", "region", "governorate", "district", "zone",
                                              "settlement", "camp",    "road",   "base",        "feature"};

bool IsRomanised(const Entry& entry) {
  if (entry.kind == EntityKind::kMateriel || entry.place_type == PlaceType::kCountry) return false;
  if (entry.country.empty()) return entry.kind != EntityKind::kPlace;
  return IsRomanisedCountry(entry.country);
}

// Reads the four files into one list of entries; then resolves what they say of each other.
class EntryParser {
 public:
  EntryParser(Content& content, ErrorList& errors) : content_(content), errors_(errors) {}

  void Countries(const SourceFile& file);
  void Places(const SourceFile& file);
  void Actors(const SourceFile& file);
  void Materiel(const SourceFile& file);
  void Finish();

 private:
  // Where a cell stood, kept for checks after all files are read.
  struct Reference {
    uint32_t entry;
    base::Place place;
    std::string text;
  };

  // Adds the entry with its id (from the cell, or derived), name and aliases; nullptr where the id is taken or
  // malformed.
  Entry* Add(const Table& table, const Cell& id, EntityKind kind, const Cell& name, const std::vector<Cell>& aliases,
             std::string country, std::string_view within, PlaceType place_type = PlaceType::kNone);
  void AddName(const Table& table, uint32_t entry, const Cell& name, const std::string& scope);
  void ReadCoordinates(const Table& table, const Cell& latitude, const Cell& longitude, Entry& entry);
  std::optional<double> ReadDegrees(const Table& table, const Cell& cell, double limit);
  void CheckCountry(const Table& table, const Cell& country);
  void AddDemonym(const Table& table, const Cell& word, uint32_t place);
  void ResolveWithin();
  void CheckCycles();

  Content& content_;
  ErrorList& errors_;
  std::unordered_map<std::string, base::Place> scoped_names_;  // kind, country, within, folded name -> first place
  std::vector<base::Place> places_;                            // where each entry's row is
  std::vector<Reference> withins_;
  std::unordered_set<std::string> iso_codes_;
  bool know_countries_ = false;
};

bool IsIso(std::string_view code) {
  return code.size() == 2 && code[0] >= 'A' && code[0] <= 'Z' && code[1] >= 'A' && code[1] <= 'Z';
}

// "kind/slug" with a slug as base::Slug writes it.
bool IsIdOf(std::string_view id, EntityKind kind) {
  const std::string prefix = std::string(ToWord(kind)) + "/";
  if (!id.starts_with(prefix)) return false;
  const std::string_view slug = id.substr(prefix.size());
  if (slug.empty() || slug.front() == '-' || slug.back() == '-') return false;
  return std::all_of(slug.begin(), slug.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '%' || (c >= 'A' && c <= 'F');
  });
}

std::string Near(const base::Place& place) { return place.file + ":" + std::to_string(place.line); }

Entry* EntryParser::Add(const Table& table, const Cell& id, EntityKind kind, const Cell& name,
                        const std::vector<Cell>& aliases, std::string country, std::string_view within,
                        PlaceType place_type) {
  Entry entry;
  entry.kind = kind;
  entry.place_type = place_type;
  const std::string_view plain = name.text.starts_with('=') ? name.text.substr(1) : name.text;
  entry.name = plain;
  entry.country = std::move(country);
  entry.id = id.empty() ? EntityIri(kind, plain) : std::string(id.text);
  const Cell& id_cell = id.empty() ? name : id;
  if (!IsIdOf(entry.id, kind)) {
    errors_.Add(table.PlaceOf(id_cell), "malformed id '" + entry.id + "'",
                "'" + std::string(ToWord(kind)) + "/' and a name of small letters, digits and hyphens");
    return nullptr;
  }
  const auto index = static_cast<uint32_t>(content_.entries.size());
  const auto [at, fresh] = content_.entry_of_id.emplace(entry.id, index);
  if (!fresh) {
    errors_.Add(table.PlaceOf(id_cell), "id '" + entry.id + "' twice, first in " + Near(places_[at->second]),
                id.empty() ? "write an id of its own into the row" : "");
    return nullptr;
  }
  for (const Cell& alias : aliases) {
    entry.aliases.emplace_back(alias.text.starts_with('=') ? alias.text.substr(1) : alias.text);
  }
  const std::string scope = std::string(ToWord(kind)) + '\t' + entry.country + '\t' + std::string(within) + '\t';
  content_.entries.push_back(std::move(entry));
  places_.push_back(table.PlaceOf(name));
  AddName(table, index, name, scope);
  for (const Cell& alias : aliases) AddName(table, index, alias, scope);
  if (!within.empty()) withins_.push_back({index, {}, std::string(within)});
  return &content_.entries.back();
}

void EntryParser::AddName(const Table& table, uint32_t entry, const Cell& name, const std::string& scope) {
  if (!content_.names.Add(name.text, entry, IsRomanised(content_.entries[entry]))) {
    errors_.Add(table.PlaceOf(name), "no name to find: '" + std::string(name.text) + "'",
                "a name has a letter or digit and at most " + std::to_string(NameIndex::kMaxParts) + " parts");
    return;
  }
  // "US" and "Us" are not one name, nor "=Is" and "IS": acronyms keep their case in the comparison.
  const std::string folded = base::FoldName(name.text);
  const auto [at, fresh] = scoped_names_.emplace(scope + folded, table.PlaceOf(name));
  if (fresh) return;
  errors_.Add(table.PlaceOf(name),
              "'" + std::string(name.text) + "' names two entries of one kind and country, or one twice; first in " +
                  Near(at->second),
              "leave one out, or tell the entries apart by what they lie within");
}

std::optional<double> EntryParser::ReadDegrees(const Table& table, const Cell& cell, double limit) {
  double value = 0;
  const char* end = cell.text.data() + cell.text.size();
  const auto [stop, error] = std::from_chars(cell.text.data(), end, value);
  if (error != std::errc() || stop != end) {
    errors_.Add(table.PlaceOf(cell), "not a number: '" + std::string(cell.text) + "'", "decimal degrees, as 35.336");
    return std::nullopt;
  }
  if (!(value >= -limit && value <= limit)) {
    errors_.Add(table.PlaceOf(cell), "coordinate out of range: " + std::string(cell.text),
                "latitudes go from -90 to 90, longitudes from -180 to 180");
    return std::nullopt;
  }
  return value;
}

void EntryParser::ReadCoordinates(const Table& table, const Cell& latitude, const Cell& longitude, Entry& entry) {
  if (latitude.empty() && longitude.empty()) return;
  if (latitude.empty() || longitude.empty()) {
    errors_.Add(table.PlaceOf(latitude.empty() ? latitude : longitude), "one coordinate without the other");
    return;
  }
  const auto lat = ReadDegrees(table, latitude, 90);
  const auto lon = ReadDegrees(table, longitude, 180);
  if (!lat || !lon) return;
  entry.latitude = lat;
  entry.longitude = lon;
}

void EntryParser::CheckCountry(const Table& table, const Cell& country) {
  if (country.empty()) return;
  if (!IsIso(country.text)) {
    errors_.Add(table.PlaceOf(country), "malformed country code '" + std::string(country.text) + "'",
                "two capital letters of ISO 3166-1");
  } else if (know_countries_ && !iso_codes_.contains(std::string(country.text))) {
    errors_.Add(table.PlaceOf(country), "country '" + std::string(country.text) + "' is not in countries.csv");
  }
}

void EntryParser::AddDemonym(const Table& table, const Cell& word, uint32_t place) {
  const std::string folded = base::FoldName(word.text);
  const auto [at, fresh] = content_.entry_of_demonym.emplace(folded, place);
  if (!fresh && at->second != place) {
    errors_.Add(table.PlaceOf(word),
                "demonym '" + std::string(word.text) + "' is that of " + content_.entries[at->second].name + " too");
  }
}

void EntryParser::Countries(const SourceFile& file) {
  enum Column : size_t { kIso, kName, kAliases, kAdjectives, kPeople, kGovernment, kLatitude, kLongitude };
  constexpr std::array<std::string_view, 8> kColumns = {"iso",    "name",       "aliases",  "adjectives",
                                                        "people", "government", "latitude", "longitude"};
  constexpr std::array<std::string_view, 3> kRequired = {"iso", "name", "adjectives"};
  const Table table = Table::Read(file, kColumns, kRequired, errors_);
  for (size_t r = 0; r < table.size(); ++r) {
    const Cell iso = table.At(r, kIso);
    if (!IsIso(iso.text)) {
      errors_.Add(table.PlaceOf(iso), "malformed country code '" + std::string(iso.text) + "'",
                  "two capital letters of ISO 3166-1");
    } else if (!iso_codes_.emplace(iso.text).second) {
      errors_.Add(table.PlaceOf(iso), "country '" + std::string(iso.text) + "' twice");
    }
    const Cell name = table.At(r, kName);
    std::vector<Cell> aliases = table.ListAt(r, kAliases);
    const auto place = static_cast<uint32_t>(content_.entries.size());
    Entry* entry = Add(table, {}, EntityKind::kPlace, name, aliases, std::string(iso.text), {}, PlaceType::kCountry);
    if (entry == nullptr) continue;
    ReadCoordinates(table, table.At(r, kLatitude), table.At(r, kLongitude), *entry);
    const std::vector<Cell> government = table.ListAt(r, kGovernment);
    aliases.insert(aliases.end(), government.begin(), government.end());
    Add(table, {}, EntityKind::kOrganization, name, aliases, std::string(iso.text), {});
    for (Column column : {kAdjectives, kPeople}) {
      for (const Cell& word : table.ListAt(r, column)) AddDemonym(table, word, place);
    }
  }
  know_countries_ = table.size() > 0;
}

void EntryParser::Places(const SourceFile& file) {
  enum Column : size_t { kId, kName, kAliases, kType, kCountry, kWithin, kLatitude, kLongitude };
  constexpr std::array<std::string_view, 8> kColumns = {"id",      "name",   "aliases",  "type",
                                                        "country", "within", "latitude", "longitude"};
  constexpr std::array<std::string_view, 2> kRequired = {"name", "type"};
  const Table table = Table::Read(file, kColumns, kRequired, errors_);
  for (size_t r = 0; r < table.size(); ++r) {
    const Cell type = table.At(r, kType);
    const auto known = std::find(kPlaceTypes.begin() + 1, kPlaceTypes.end(), type.text);
    if (known == kPlaceTypes.end()) {
      const std::vector<std::string> types(kPlaceTypes.begin() + 1, kPlaceTypes.end());
      errors_.Add(table.PlaceOf(type), "unknown type '" + std::string(type.text) + "'",
                  Suggest(type.text, types, "one of: " + Join(types)));
    }
    const Cell country = table.At(r, kCountry);
    CheckCountry(table, country);
    const Cell within = table.At(r, kWithin);
    Entry* entry = Add(table, table.At(r, kId), EntityKind::kPlace, table.At(r, kName), table.ListAt(r, kAliases),
                       std::string(country.text), within.text);
    if (entry == nullptr) continue;
    if (!within.empty()) withins_.back().place = table.PlaceOf(within);
    if (known != kPlaceTypes.end()) entry->place_type = static_cast<PlaceType>(known - kPlaceTypes.begin());
    ReadCoordinates(table, table.At(r, kLatitude), table.At(r, kLongitude), *entry);
  }
}

void EntryParser::Actors(const SourceFile& file) {
  enum Column : size_t { kId, kKind, kName, kAliases, kCountry, kWithin, kOffice };
  constexpr std::array<std::string_view, 7> kColumns = {"id", "kind", "name", "aliases", "country", "within", "office"};
  constexpr std::array<std::string_view, 2> kRequired = {"kind", "name"};
  const std::vector<std::string> kinds = {"force", "person", "organization", "people"};
  const Table table = Table::Read(file, kColumns, kRequired, errors_);
  for (size_t r = 0; r < table.size(); ++r) {
    const Cell kind = table.At(r, kKind);
    if (std::find(kinds.begin(), kinds.end(), kind.text) == kinds.end()) {
      errors_.Add(table.PlaceOf(kind), "unknown kind of actor '" + std::string(kind.text) + "'",
                  Suggest(kind.text, kinds, "one of: " + Join(kinds)));
      continue;
    }
    const Cell country = table.At(r, kCountry);
    CheckCountry(table, country);
    const Cell within = table.At(r, kWithin);
    Entry* entry = Add(table, table.At(r, kId), *EntityKindFromWord(kind.text), table.At(r, kName),
                       table.ListAt(r, kAliases), std::string(country.text), within.text);
    if (entry == nullptr) continue;
    if (!within.empty()) withins_.back().place = table.PlaceOf(within);
    const Cell office = table.At(r, kOffice);
    entry->office = office.text;
    if (!office.empty() && entry->kind != EntityKind::kPerson) {
      errors_.Add(table.PlaceOf(office), "an office of '" + entry->name + "', which is no person");
    }
  }
}

void EntryParser::Materiel(const SourceFile& file) {
  enum Column : size_t { kId, kName, kAliases, kClass, kCountry };
  constexpr std::array<std::string_view, 5> kColumns = {"id", "name", "aliases", "class", "country"};
  constexpr std::array<std::string_view, 2> kRequired = {"name", "class"};
  std::vector<std::string> classes;
  for (const Noun& noun : content_.nouns) {
    if (noun.kind == EntityKind::kMateriel) classes.push_back(noun.lemma);
  }
  const Table table = Table::Read(file, kColumns, kRequired, errors_);
  for (size_t r = 0; r < table.size(); ++r) {
    const Cell country = table.At(r, kCountry);
    CheckCountry(table, country);
    Entry* entry = Add(table, table.At(r, kId), EntityKind::kMateriel, table.At(r, kName), table.ListAt(r, kAliases),
                       std::string(country.text), {});
    if (entry == nullptr) continue;
    const Cell type = table.At(r, kClass);
    entry->materiel_class = type.text;
    if (!classes.empty() && std::find(classes.begin(), classes.end(), type.text) == classes.end()) {
      errors_.Add(table.PlaceOf(type), "class '" + std::string(type.text) + "' is no materiel in nouns.csv",
                  Suggest(type.text, classes));
    }
  }
}

void EntryParser::ResolveWithin() {
  // What may enclose what: places lie in places; persons and forces belong to forces and organizations.
  for (Reference& reference : withins_) {
    Entry& entry = content_.entries[reference.entry];
    const bool place = entry.kind == EntityKind::kPlace;
    std::vector<std::string> prefixes;
    if (reference.text.find('/') != std::string::npos) {
      prefixes = {""};
    } else if (place) {
      prefixes = {"place/"};
    } else {
      prefixes = {"force/", "organization/"};
    }
    const Entry* found = nullptr;
    bool several = false;
    for (const std::string& prefix : prefixes) {
      const auto at = content_.entry_of_id.find(prefix + reference.text);
      if (at == content_.entry_of_id.end()) continue;
      several = found != nullptr;
      found = &content_.entries[at->second];
    }
    if (found == nullptr) {
      // The search for a suggestion is over all ids: the price of an error only.
      std::vector<std::string> candidates;
      for (const Entry& other : content_.entries) {
        if ((other.kind == EntityKind::kPlace) != place) continue;
        candidates.push_back(prefixes[0].empty() ? other.id : other.id.substr(other.id.find('/') + 1));
      }
      errors_.Add(reference.place, "unknown within '" + reference.text + "'",
                  Suggest(reference.text, candidates, "the id of an entry, with or without its kind"));
      continue;
    }
    if (several) {
      errors_.Add(reference.place, "'" + reference.text + "' is a force and an organization",
                  "write the id with its kind");
      continue;
    }
    const bool fits = place ? found->kind == EntityKind::kPlace
                            : found->kind == EntityKind::kForce || found->kind == EntityKind::kOrganization;
    if (!fits) {
      errors_.Add(reference.place, "'" + found->id + "' cannot hold a " + std::string(ToWord(entry.kind)));
      continue;
    }
    entry.within = found->id;
  }
}

void EntryParser::CheckCycles() {
  // 0: not seen, 1: on the way up now, 2: known to end.
  std::vector<uint8_t> state(content_.entries.size(), 0);
  for (const Reference& reference : withins_) {
    std::vector<uint32_t> way;
    uint32_t at = reference.entry;
    while (state[at] == 0) {
      state[at] = 1;
      way.push_back(at);
      const auto up = content_.entry_of_id.find(content_.entries[at].within);
      if (up == content_.entry_of_id.end()) break;
      at = up->second;
      if (state[at] != 1) continue;
      errors_.Add(reference.place, "'" + content_.entries[at].id + "' lies within itself");
      content_.entries[at].within.clear();
      break;
    }
    for (uint32_t done : way) state[done] = 2;
  }
}

void EntryParser::Finish() {
  ResolveWithin();
  CheckCycles();
}

}  // namespace

std::string_view ToWord(PlaceType type) { return kPlaceTypes[static_cast<size_t>(type)]; }

std::optional<PlaceType> PlaceTypeFromWord(std::string_view word) {
  const auto at = std::find(kPlaceTypes.begin(), kPlaceTypes.end(), word);
  if (at == kPlaceTypes.end()) return std::nullopt;
  return static_cast<PlaceType>(at - kPlaceTypes.begin());
}

void ParseEntries(const SourceFiles& files, Content& content, ErrorList& errors) {
  EntryParser parser(content, errors);
  if (const SourceFile* file = FindFile(files, kCountriesFile, errors)) parser.Countries(*file);
  if (const SourceFile* file = FindFile(files, kPlacesFile, errors)) parser.Places(*file);
  if (const SourceFile* file = FindFile(files, kActorsFile, errors)) parser.Actors(*file);
  if (const SourceFile* file = FindFile(files, kMaterielFile, errors)) parser.Materiel(*file);
  parser.Finish();
}

}  // namespace sitgraph::codebook
