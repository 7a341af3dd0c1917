// sitgraph build: reports into a graph.
#include <fmt/format.h>

#include <memory>
#include <unordered_map>

#include "app/cli/command.h"
#include "app/cli/console.h"
#include "app/cli/decisions.h"
#include "app/cli/reading.h"
#include "base/hash.h"
#include "graph/store.h"
#include "src/resolve/graph_writer.h"

namespace sitgraph::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  sitgraph build reports/ --graph syria.graph
  sitgraph build wire.csv --text-column body --id-column url --graph syria.graph
  sitgraph build more/ --graph syria.graph            adds to what is there

A report is written whole or not at all. The same report again changes nothing; a changed report under the same id
replaces what it said before. Stopped at any moment, the same command goes on where it stopped.)";

struct BuildOptions {
  ReadingOptions reading;
  std::string graph, base_iri, decisions;
};

struct Tally {
  size_t added = 0, replaced = 0, unchanged = 0, events = 0, counts = 0;
};

// Tells a report that was given twice from another one that bears the same id: the second must not replace the first
// in the same build without a word. Holds 16 bytes a report.
class SeenIds {
 public:
  base::Status Note(const std::string& id, const std::string& digest) {
    const uint64_t content = base::Hash64(digest);
    const auto [known, is_new] = content_by_id_.try_emplace(base::Hash64(id), content);
    if (is_new || known->second == content) return {};
    return base::Fail(base::ErrorCode::kConflict, "another report of this build has the id '" + id + "'", {},
                      "rename the file, or name a column of unique ids with --id-column");
  }

 private:
  std::unordered_map<uint64_t, uint64_t> content_by_id_;  // never walked
};

void PrintTally(const Tally& tally, const ReadSummary& summary) {
  const std::vector<std::vector<std::string>> rows = {
      {"added", Plural(tally.added, "report", "reports"),
       fmt::format("({}, {})", Plural(tally.events, "event", "events"), Plural(tally.counts, "count", "counts"))},
      {"replaced", Plural(tally.replaced, "report", "reports")},
      {"unchanged", Plural(tally.unchanged, "report", "reports")},
      {"skipped", Plural(summary.skipped_total, "input", "inputs")}};
  fmt::print(stderr, "{}", Columns(rows));
}

Exit Build(const BuildOptions& options) {
  const auto codebook = LoadCodebook(options.reading.codebook, options.reading.gazetteer);
  if (!codebook) return Exit::kFailed;
  const auto store = graph::Store::Open(options.graph, {.create = true});
  if (!store) return Report(store.error());
  auto writer = resolve::GraphWriter::Open(**store, &*codebook, options.base_iri);
  if (!writer) return Report(writer.error());
  if (const Exit decided = TakeDecisions(*writer, options.decisions); decided != Exit::kDone) return decided;

  Tally tally;
  SeenIds seen;
  const auto is_current = [&](const std::string& id, const std::string& digest) {
    return writer->IsCurrent(id, digest).value_or(false);  // a failing store fails again on writing
  };
  const auto take = [&](ReadOutcome outcome) -> base::Status {
    if (const auto* same = std::get_if<Unchanged>(&outcome)) {
      ++tally.unchanged;
      return seen.Note(same->id, same->digest);
    }
    const auto& read = std::get<Extracted>(outcome);
    if (auto noted = seen.Note(read.frame.report.id, read.digest); !noted) return noted;
    const auto put = writer->Put(read.frame, read.digest);
    if (!put) return base::Fail(put.error());
    if (*put == resolve::PutOutcome::kUnchanged) {
      ++tally.unchanged;
      return {};
    }
    ++(*put == resolve::PutOutcome::kAdded ? tally.added : tally.replaced);
    tally.events += read.frame.events.size();
    tally.counts += read.frame.counts.size();
    return {};
  };
  const auto summary = ReadReports(options.reading, *codebook, is_current, take);
  if (!summary) return Report(summary.error());
  if (!summary->interrupted) {
    if (const auto settled = writer->Settle(); !settled) return Report(settled.error());
  }

  PrintSkipped(*summary);
  PrintTally(tally, *summary);
  if (summary->interrupted) {
    fmt::print(stderr, "sitgraph: stopped; the same command goes on where it stopped\n");
    return Exit::kFailed;
  }
  return summary->skipped_total > 0 ? Exit::kFailed : Exit::kDone;
}

}  // namespace

void AddBuild(CLI::App& app, Exit& exit) {
  CLI::App* command = app.add_subcommand("build", "Read reports into a graph");
  const auto options = std::make_shared<BuildOptions>();
  AddReadingOptions(*command, options->reading);
  AddGraphOption(*command, options->graph);
  AddDecisionsOption(*command, options->decisions);
  command->add_option("--base", options->base_iri, "Base IRI of the graph's ids, set when the graph is made")
      ->type_name("IRI");
  command->footer(kExamples);
  command->callback([options, &exit] { exit = Build(*options); });
}

}  // namespace sitgraph::cli
