// The gazetteer: the world's places beside the codebook's, in one file that is mapped into memory and searched where it
// lies (docs/gazetteer.md). Found by name in any romanisation; whether a word of a text means one of them is decided in
// src/extract.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "src/codebook/codebook.h"

namespace sitgraph::codebook {

// A place as a gazetteer file has it. The views last as long as the gazetteer.
struct GazetteerPlace {
  std::string_view id;    // "place/tal-afar-iq"; unique within the file
  std::string_view name;  // the main one
  std::string_view country;
  std::optional<uint32_t> region;  // the first-level region that it lies in, a place of the same file
  PlaceType type = PlaceType::kSettlement;
  std::optional<double> latitude, longitude;
  uint32_t population = 0;  // 0: unknown
};

// An immutable file of places. Copying is cheap; any number of threads may read one.
class Gazetteer {
 public:
  // kNotFound or kUnreadable; kBadInput where it is no gazetteer; kUnsupported for another format version; kCorrupt
  // where it is cut short or (files up to 64 MiB) its checksum is wrong. Reads the header only, else.
  static base::Result<Gazetteer> Load(const std::string& path);

  const std::string& path() const;
  std::string_view description() const;  // one line: where the places come from, and their licence
  uint64_t digest() const;               // of the content
  uint32_t size() const;                 // places
  uint32_t names() const;

  GazetteerPlace At(uint32_t place) const;
  std::optional<uint32_t> FindId(std::string_view id) const;

  struct Match {
    size_t tokens = 0;
    std::vector<uint32_t> places;  // the most populous first
    bool as_spelt = false;         // the file has the name in this spelling
  };
  // The longest name that `tokens` start with. Names of countries that write another script match by RomanisationKey,
  // others as they are spelt (folded); those spelt as in the text win. The first token must start with a capital or be
  // an article before one, unless `any_case`. Cost: a binary search for each token of the longest run of capitals.
  std::optional<Match> Find(std::span<const std::string_view> tokens, bool any_case = false) const;

 private:
  struct Impl;
  explicit Gazetteer(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

// Where the gazetteer is: `option` where given ("none": nowhere), else $SITGRAPH_GAZETTEER, else the install's
// share/sitgraph/gazetteer, else the build tree's. An empty path where there is none, which is no error; one that is
// named is not looked for.
std::string FindGazetteer(const std::string& option);

// Puts a gazetteer file together. Holds all places in memory.
class GazetteerWriter {
 public:
  struct Row {
    std::string name;
    std::vector<std::string> aliases;
    std::string country;  // ISO 3166-1 alpha-2
    std::string region;   // the name or code that a row with `is_region` of this country bears in `region`; or empty
    bool is_region = false;
    PlaceType type = PlaceType::kSettlement;
    std::optional<double> latitude, longitude;
    uint32_t population = 0;
  };
  // False, and nothing added, where the name has nothing to compare or the country is no code.
  bool Add(Row row);
  size_t size() const { return rows_.size(); }

  // The file's bytes: the same for the same rows in any order. kTooLarge over 4 GiB of names.
  base::Result<std::string> Finish(std::string_view description);

 private:
  std::vector<Row> rows_;
};

// What a region is called without the word for it: "Aleppo Governorate" -> "Aleppo"; empty where there is none.
std::vector<std::string> RegionAliases(std::string_view name);

struct ImportSummary {
  uint64_t rows = 0;           // lines of the dump
  uint64_t kept = 0;           // places in the file
  uint64_t damaged = 0;        // lines that are no rows of a dump
  uint64_t first_damaged = 0;  // the number of the first of them
};
// Adds the places of a GeoNames dump (allCountries.txt or XX.txt: 19 columns between tabs; gzip too): populated places,
// first- to third-level regions, camps, bases and airports, of `min_population` or more where it is not 0 (regions
// always). Reads line by line.
base::Result<ImportSummary> ImportGeoNames(const std::string& path, uint32_t min_population, GazetteerWriter& writer);

}  // namespace sitgraph::codebook
