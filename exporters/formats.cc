#include "exporters/formats.h"

#include "base/text.h"

namespace sitgraph::exporters {
namespace {

struct FormatRow {
  std::string_view name;
  std::string_view ending;  // empty where no ending tells it
  Family family;
};

// In the order of Format.
constexpr FormatRow kFormats[] = {
    {"graphml", ".graphml", Family::kView}, {"gexf", ".gexf", Family::kView},
    {"csv", "", Family::kFolder},           {"events", ".csv", Family::kEvents},
    {"neo4j", "", Family::kFolder},         {"geojson", ".geojson", Family::kEvents},
    {"kml", ".kml", Family::kEvents},       {"timeline", ".json", Family::kEvents},
    {"turtle", ".ttl", Family::kRdf},       {"trig", ".trig", Family::kRdf},
    {"ntriples", ".nt", Family::kRdf},      {"nquads", ".nq", Family::kRdf},
    {"rdfxml", ".rdf", Family::kRdf},       {"jsonld", ".jsonld", Family::kRdf},
};

}  // namespace

const std::vector<std::string>& FormatNames() {
  static const std::vector<std::string> kNames = [] {
    std::vector<std::string> names;
    for (const FormatRow& row : kFormats) names.emplace_back(row.name);
    return names;
  }();
  return kNames;
}

Family FamilyOf(Format format) { return kFormats[static_cast<size_t>(format)].family; }

base::Result<Format> ParseFormat(std::string_view name) {
  for (size_t i = 0; i < std::size(kFormats); ++i) {
    if (base::EqualsIgnoringAsciiCase(name, kFormats[i].name)) return static_cast<Format>(i);
  }
  const auto nearest = base::Nearest(base::Lower(name), FormatNames());
  std::string hint = nearest ? "did you mean " + *nearest + "? " : "";
  hint += "formats: ";
  for (const std::string& known : FormatNames()) hint += (known == FormatNames().front() ? "" : ", ") + known;
  return base::Fail(base::ErrorCode::kUsage, "unknown export format \"" + std::string(name) + "\"", {}, hint);
}

std::optional<Format> FormatOfPath(std::string_view path) {
  for (size_t i = 0; i < std::size(kFormats); ++i) {
    const std::string_view ending = kFormats[i].ending;
    if (!ending.empty() && path.size() > ending.size() &&
        base::EqualsIgnoringAsciiCase(path.substr(path.size() - ending.size()), ending)) {
      return static_cast<Format>(i);
    }
  }
  return std::nullopt;
}

}  // namespace sitgraph::exporters
