// sitgraph gazetteer: which places of the world are known beside the codebook's, and a file of your own of them.
#include "src/codebook/gazetteer.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>

#include "app/cli/command.h"
#include "app/cli/console.h"
#include "app/cli/reading.h"
#include "base/file.h"
#include "base/text.h"

namespace sitgraph::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  sitgraph gazetteer find "Dayr az-Zawr"       what a name may mean, the likeliest first
  sitgraph gazetteer import IQ.txt --output iraq.gaz     a dump of GeoNames (docs/gazetteer.md)
  sitgraph build reports/ --graph my.graph --gazetteer iraq.gaz)";

struct Options {
  std::vector<std::string> names, dumps;
  std::string gazetteer, codebook, output;
  uint32_t min_population = 0;
};

std::string Degrees(std::optional<double> latitude, std::optional<double> longitude) {
  return latitude && longitude ? fmt::format("{:.4f} {:.4f}", *latitude, *longitude) : std::string();
}

Exit FindNames(const Options& options) {
  const auto codebook = LoadCodebook(options.codebook, options.gazetteer);
  if (!codebook) return Exit::kFailed;
  const std::string name = base::CollapseSpace(fmt::format("{}", fmt::join(options.names, " ")));
  const std::vector<std::string_view> tokens = base::Split(name, ' ');
  std::vector<std::vector<std::string>> rows = {
      {"NAME", "TYPE", "COUNTRY", "WITHIN", "POPULATION", "LAT LON", "FROM", "ID"}};
  const auto add = [&](const std::optional<codebook::NameMatch>& match) {
    if (!match || match->tokens != tokens.size()) return;
    for (const codebook::Entry* entry : match->entries) {
      if (entry->kind != codebook::EntityKind::kPlace) continue;
      std::vector<std::string> row = {entry->name,
                                      std::string(codebook::ToWord(entry->place_type)),
                                      entry->country,
                                      entry->within,
                                      entry->population == 0 ? "" : std::to_string(entry->population),
                                      Degrees(entry->latitude, entry->longitude),
                                      entry->gazetteer ? "gazetteer" : "codebook",
                                      entry->id};
      if (std::find(rows.begin(), rows.end(), row) == rows.end()) rows.push_back(std::move(row));
    }
  };
  add(codebook->MatchName(tokens, true));
  auto match = codebook->MatchGazetteer(tokens);
  add(match ? match : codebook->MatchGazetteer(tokens, true));
  if (rows.size() == 1) {
    return Report({base::ErrorCode::kNotFound,
                   "no place is called " + name,
                   {},
                   codebook->gazetteer() == nullptr ? "there is no gazetteer: only the codebook was searched" : ""});
  }
  const auto printed = Print(Columns(rows));
  return printed ? Exit::kDone : Report(printed.error());
}

Exit Import(const Options& options) {
  codebook::GazetteerWriter writer;
  std::string names;
  for (const std::string& dump : options.dumps) {
    const auto summary = codebook::ImportGeoNames(dump, options.min_population, writer);
    if (!summary) return Report(summary.error());
    if (summary->kept == 0) {
      return Report({base::ErrorCode::kBadInput,
                     "no place of a GeoNames dump in it",
                     {dump},
                     summary->damaged == summary->rows ? "a dump has 19 columns between tabs; unpack a .zip first"
                                                       : "its rows are of no kind that is kept, or too small"});
    }
    fmt::print(stderr, "{}: {} of {} kept\n", dump, WithThousands(summary->kept), Plural(summary->rows, "row", "rows"));
    if (summary->damaged > 0) {
      fmt::print(stderr, "{}:{}: {} left out, this is the first\n", dump, summary->first_damaged,
                 Plural(summary->damaged, "damaged row", "damaged rows"));
    }
    names += (names.empty() ? "" : ", ") + std::filesystem::path(dump).filename().string();
  }
  const auto bytes = writer.Finish(fmt::format("places by GeoNames (geonames.org), CC BY 4.0, from {}", names));
  if (!bytes) return Report(bytes.error());
  auto file = base::AtomicFile::Create(options.output);
  if (!file) return Report(file.error());
  if (auto written = file->Write(*bytes); !written) return Report(written.error());
  if (auto written = file->Commit(); !written) return Report(written.error());
  fmt::print(stderr, "{}: {}, {:.1f} MB\n", options.output, Plural(writer.size(), "place", "places"),
             static_cast<double>(bytes->size()) / 1e6);
  return Exit::kDone;
}

}  // namespace

void AddGazetteer(CLI::App& app, Exit& exit) {
  CLI::App* command = app.add_subcommand("gazetteer", "Find a place by its name, or make a gazetteer of your own");
  command->require_subcommand(1);
  command->footer(kExamples);
  const auto options = std::make_shared<Options>();
  CLI::App* find = command->add_subcommand("find", "List the places that a name may mean, the likeliest first");
  find->add_option("NAME", options->names, "As a report writes it")->required();
  AddGazetteerOption(*find, options->gazetteer);
  AddCodebookOption(*find, options->codebook);
  find->callback([options, &exit] { exit = FindNames(*options); });
  CLI::App* make = command->add_subcommand("import", "Make a gazetteer out of dumps of GeoNames");
  make->add_option("DUMP", options->dumps, "allCountries.txt, XX.txt of a country, .gz of either")->required();
  make->add_option("--output", options->output, "The file to write")->required()->type_name("FILE");
  make->add_option("--min-population", options->min_population, "Leave out places of fewer people (0: keep all)")
      ->capture_default_str();
  make->callback([options, &exit] { exit = Import(*options); });
}

}  // namespace sitgraph::cli
