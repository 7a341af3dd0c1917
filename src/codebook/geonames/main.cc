// sitgraph-geonames: makes the default gazetteer, at build time, out of two Debian packages: the cities of the world
// from libgeonames0, first-level regions from iso-codes. It asks the library through its interface, loaded at run time:
// neither its headers nor a link are needed, and nothing of it (GPL-3) becomes part of sitgraph. The data are
// GeoNames', CC BY 4.0.
#include <dlfcn.h>
#include <fmt/format.h>
#include <rapidjson/document.h>

#include <map>
#include <set>

#include "base/file.h"
#include "src/codebook/gazetteer.h"
#include "src/codebook/names.h"

namespace sitgraph::codebook {
namespace {

constexpr std::string_view kDescription =
    "cities and regions by GeoNames (geonames.org), CC BY 4.0, from Debian's libgeonames; more regions from iso-codes";

using City = void;  // a GVariant, opaque here

// The library's functions (geonames/geonames.h).
struct Library {
  int (*count)();
  City* (*city)(int);
  void (*free)(City*);
  const char* (*name)(City*);
  const char* (*state)(City*);
  const char* (*country)(City*);
  double (*latitude)(City*);
  double (*longitude)(City*);
  unsigned (*population)(City*);

  bool Load(const char* path) {
    void* handle = ::dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) return false;
    const auto get = [&](auto& function, const char* symbol) {
      function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(::dlsym(handle, symbol));
      return function != nullptr;
    };
    return get(count, "geonames_get_n_cities") && get(city, "geonames_get_city") && get(free, "geonames_city_free") &&
           get(name, "geonames_city_get_name") && get(state, "geonames_city_get_state") &&
           get(country, "geonames_city_get_country_code") && get(latitude, "geonames_city_get_latitude") &&
           get(longitude, "geonames_city_get_longitude") && get(population, "geonames_city_get_population");
  }
};

std::string Text(const char* text) { return text == nullptr ? std::string() : std::string(text); }

using Region = std::pair<std::string, std::string>;  // country, name

// Adds all cities, and a region for each that one lies in, at its most populous city.
void AddCities(const Library& library, GazetteerWriter& writer, std::set<Region>& regions) {
  std::map<Region, GazetteerWriter::Row> largest;
  for (int i = 0; i < library.count(); ++i) {
    City* city = library.city(i);
    if (city == nullptr) continue;
    GazetteerWriter::Row row;
    row.name = Text(library.name(city));
    row.country = Text(library.country(city));
    row.region = Text(library.state(city));
    row.latitude = library.latitude(city);
    row.longitude = library.longitude(city);
    row.population = library.population(city);
    library.free(city);
    if (!row.region.empty()) {
      auto [at, fresh] = largest.emplace(Region(row.country, row.region), row);
      if (!fresh && at->second.population < row.population) at->second = row;
    }
    writer.Add(std::move(row));
  }
  for (const auto& [region, city] : largest) {
    GazetteerWriter::Row row = city;
    row.name = region.second;
    row.aliases = RegionAliases(row.name);
    row.is_region = true;
    row.type = PlaceType::kGovernorate;
    row.population = 0;
    if (writer.Add(std::move(row))) regions.insert(region);
  }
}

// The first-level regions that no city named, without coordinates.
bool AddRegions(const std::string& path, GazetteerWriter& writer, const std::set<Region>& known) {
  const auto text = base::ReadFile(path);
  if (!text) return false;
  rapidjson::Document document;
  document.Parse(text->data(), text->size());
  if (document.HasParseError() || !document.IsObject() || !document.HasMember("3166-2")) return false;
  std::set<Region> keys;
  const auto add_key = [&](const std::string& country, const std::string& name) {
    std::vector<std::string> names = RegionAliases(name);
    names.push_back(name);
    bool fresh = true;
    for (const std::string& each : names) {
      if (const auto reading = ReadName(each)) fresh = keys.emplace(country, reading->key).second && fresh;
    }
    return fresh;
  };
  for (const auto& [country, name] : known) add_key(country, name);
  for (const auto& item : document["3166-2"].GetArray()) {
    if (!item.HasMember("code") || !item.HasMember("name") || item.HasMember("parent")) continue;
    GazetteerWriter::Row row;
    row.country = std::string(item["code"].GetString()).substr(0, 2);
    row.name = item["name"].GetString();
    if (!add_key(row.country, row.name)) continue;
    row.aliases = RegionAliases(row.name);
    row.is_region = true;
    row.region = row.name;
    row.type = PlaceType::kGovernorate;
    writer.Add(std::move(row));
  }
  return true;
}

int Run(int argc, char** argv) {
  if (argc != 4) {
    fmt::print(stderr, "usage: sitgraph-geonames LIBGEONAMES.so ISO_3166-2.json|none OUTPUT.gaz\n");
    return 2;
  }
  Library library{};
  if (!library.Load(argv[1])) {
    fmt::print(stderr, "sitgraph-geonames: {} is no libgeonames\n", argv[1]);
    return 1;
  }
  GazetteerWriter writer;
  std::set<Region> regions;
  AddCities(library, writer, regions);
  const std::string iso = argv[2];
  if (iso != "none" && !AddRegions(iso, writer, regions)) {
    fmt::print(stderr, "sitgraph-geonames: no regions in {}\n", iso);
    return 1;
  }
  const auto bytes = writer.Finish(kDescription);
  auto file = base::AtomicFile::Create(argv[3]);
  if (!bytes || !file || !file->Write(*bytes) || !file->Commit()) {
    fmt::print(stderr, "sitgraph-geonames: {} cannot be written\n", argv[3]);
    return 1;
  }
  return 0;
}

}  // namespace
}  // namespace sitgraph::codebook

int main(int argc, char** argv) { return sitgraph::codebook::Run(argc, argv); }
