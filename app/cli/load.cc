// sitgraph load: frames or RDF into a graph.
#include <fmt/format.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "app/cli/command.h"
#include "app/cli/console.h"
#include "app/cli/decisions.h"
#include "app/cli/interrupt.h"
#include "app/cli/progress.h"
#include "app/cli/reading.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"
#include "graph/rdf_reader.h"
#include "graph/store.h"
#include "src/extract/frame_json.h"
#include "src/resolve/graph_writer.h"

namespace sitgraph::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  sitgraph load frames.jsonl --graph my.graph
  sitgraph extract reports/ | sitgraph load - --graph my.graph
  sitgraph load background.ttl gazetteer.nq.gz --graph my.graph
  sitgraph load dump.nt.gz --graph my.graph --memory 8GB --on-error skip

Frames (.jsonl, -) are described in docs/frames.md; other programs may write them too. RDF is known by its name: .nt .nq
.ttl .trig .rdf .owl, .gz of each. Loading the same file again changes nothing. A large RDF file is sorted first, with
temporary files within the graph's folder, and is then there whole; where loading is cut short, nothing of it is.)";

constexpr size_t kMaxFrameBytes = size_t{64} << 20;
constexpr size_t kCommitBytes = size_t{64} << 20;

struct LoadOptions {
  std::vector<std::string> paths;
  std::string graph, base_iri, decisions, codebook, gazetteer;
  bool skip_errors = false;
  std::string on_error = "stop";
  uint64_t memory_bytes = graph::kUsualBulkMemory;
};

// Loads one file after the other into an open graph.
class Loader {
 public:
  Loader(graph::Store& store, resolve::GraphWriter& writer, bool skip_errors, size_t memory_bytes)
      : store_(store), writer_(writer), skip_errors_(skip_errors), memory_bytes_(memory_bytes) {}

  // A failed status is of this file alone where its code is one of bad input; what was wrong in it and passed over is
  // in problems().
  base::Status Load(const std::string& path) {
    if (const auto syntax = graph::SyntaxOf(path)) return LoadRdf(path, *syntax);
    return LoadFrames(path);
  }

  size_t frames() const { return frames_; }
  size_t unchanged() const { return unchanged_; }
  uint64_t quads() const { return quads_; }
  const ReadSummary& problems() const { return problems_; }

 private:
  base::Status LoadFrames(const std::string& path) {
    auto reader = base::OpenReader(path);
    if (!reader) return base::Fail(reader.error());
    base::LineReader lines(std::move(*reader), kMaxFrameBytes);
    Progress progress("frames");
    for (uint64_t done = 0; !Interrupted(); progress.Update(++done)) {
      auto line = lines.Next();
      if (!line && line.error().code != base::ErrorCode::kTooLarge) return base::Fail(At(path, lines, line.error()));
      if (!line) {
        problems_.Add({path, At(path, lines, line.error())});
        continue;
      }
      if (*line == nullptr) return {};
      if ((*line)->find_first_not_of(" \t") == std::string::npos) continue;
      if (auto put = PutFrame(**line); !put) {
        base::Error error = At(path, lines, put.error());
        if (error.code != base::ErrorCode::kBadInput) return base::Fail(std::move(error));
        problems_.Add({path, std::move(error)});
      }
    }
    return {};
  }

  static base::Error At(const std::string& path, const base::LineReader& lines, base::Error error) {
    error.place.file = path;
    error.place.line = static_cast<uint32_t>(lines.line_number());
    return error;
  }

  base::Status PutFrame(const std::string& line) {
    const auto frame = extract::FrameFromJson(line);
    if (!frame) return base::Fail(frame.error());
    const auto put = writer_.Put(*frame, base::Sha256Hex(std::string(resolve::kStatementsVersion) + " " + line));
    if (!put) return base::Fail(put.error());
    ++(*put == resolve::PutOutcome::kUnchanged ? unchanged_ : frames_);
    return {};
  }

  base::Status LoadRdf(const std::string& path, graph::RdfSyntax syntax) {
    if (!IsLarge(path)) return LoadInTransactions(path, syntax);
    std::optional<base::Error> unsupported;
    base::Status loaded = LoadInBulk(path, syntax, unsupported);
    return unsupported ? LoadInTransactions(path, syntax) : loaded;
  }

  // Worth the sorting.
  static bool IsLarge(const std::string& path) {
    constexpr uintmax_t kLargeBytes = 4 << 20, kLargeCompressedBytes = 512 << 10;
    std::error_code error;
    const uintmax_t size = std::filesystem::file_size(path, error);
    const bool compressed = base::EqualsIgnoringAsciiCase(std::filesystem::path(path).extension().string(), ".gz");
    return !error && size >= (compressed ? kLargeCompressedBytes : kLargeBytes);
  }

  // The file whole, or nothing of it. `unsupported` where only transactions can do it.
  base::Status LoadInBulk(const std::string& path, graph::RdfSyntax syntax, std::optional<base::Error>& unsupported) {
    const auto bulk = store_.BeginBulkLoad(memory_bytes_);
    const auto summary = Read(path, syntax, [&](const graph::Quad& quad) { return bulk->Add(quad); });
    if (!summary) return base::Fail(Explain(summary.error(), path, 0));
    if (auto done = bulk->Commit(); !done) {
      if (done.error().code == base::ErrorCode::kUnsupported) unsupported = done.error();
      return base::Fail(Explain(done.error(), path, 0));
    }
    Keep(*summary, path);
    return {};
  }

  // A small file whole or not at all; a large one in pieces, each of them whole.
  base::Status LoadInTransactions(const std::string& path, graph::RdfSyntax syntax) {
    auto transaction = store_.Begin();
    uint64_t committed = 0, read = 0;
    const auto summary = Read(path, syntax, [&](const graph::Quad& quad) -> base::Status {
      if (auto added = transaction->Add(quad); !added) return added;
      ++read;
      if (transaction->ApproximateSize() < kCommitBytes) return {};
      if (auto done = transaction->Commit(); !done) return done;
      committed = read;
      transaction = store_.Begin();
      return {};
    });
    if (!summary) {
      quads_ += committed;
      return base::Fail(Explain(summary.error(), path, committed));
    }
    if (auto done = transaction->Commit(); !done) return done;
    Keep(*summary, path);
    return {};
  }

  base::Result<graph::RdfReadSummary> Read(const std::string& path, graph::RdfSyntax syntax,
                                           const std::function<base::Status(const graph::Quad&)>& add) const {
    Progress progress("statements");
    uint64_t read = 0;
    graph::RdfReadOptions options;
    options.syntax = syntax;
    options.skip_errors = skip_errors_;
    return graph::ReadRdf(path, options, [&](const graph::Quad& quad) -> base::Status {
      if (Interrupted()) return base::Fail(base::ErrorCode::kIo, "stopped; the same command goes on", {path});
      progress.Update(++read);
      return add(quad);
    });
  }

  static base::Error Explain(base::Error error, const std::string& path, uint64_t committed) {
    if (error.place.file.empty()) error.place.file = path;
    if (!error.hint.empty()) return error;
    error.hint = committed == 0 ? "nothing of this file was loaded; --on-error skip loads the statements around it"
                                : fmt::format("its first {} were loaded; loading the mended file again adds the rest",
                                              Plural(committed, "statement", "statements"));
    return error;
  }

  void Keep(const graph::RdfReadSummary& summary, const std::string& path) {
    quads_ += summary.quads;
    for (const base::Error& error : summary.skipped) problems_.Add({path, error});
    problems_.skipped_total += summary.skipped_total - summary.skipped.size();
  }

  graph::Store& store_;
  resolve::GraphWriter& writer_;
  bool skip_errors_;
  size_t memory_bytes_;
  size_t frames_ = 0, unchanged_ = 0;
  uint64_t quads_ = 0;
  ReadSummary problems_;
};

bool StopsAll(base::ErrorCode code) {
  return code == base::ErrorCode::kIo || code == base::ErrorCode::kCorrupt || code == base::ErrorCode::kConflict;
}

Exit Load(const LoadOptions& options) {
  const auto codebook = LoadCodebook(options.codebook, options.gazetteer);
  if (!codebook) return Exit::kFailed;
  const auto store = graph::Store::Open(options.graph, {.create = true});
  if (!store) return Report(store.error());
  auto writer = resolve::GraphWriter::Open(**store, &*codebook, options.base_iri);
  if (!writer) return Report(writer.error());
  if (const Exit decided = TakeDecisions(*writer, options.decisions); decided != Exit::kDone) return decided;

  Loader loader(**store, *writer, options.skip_errors || options.on_error == "skip",
                static_cast<size_t>(options.memory_bytes));
  bool failed = false;
  for (const std::string& path : options.paths) {
    const auto loaded = loader.Load(path);
    if (loaded) continue;
    Report(loaded.error());
    failed = true;
    if (StopsAll(loaded.error().code)) break;
  }
  if (!Interrupted()) {
    if (const auto settled = writer->Settle(); !settled) {
      Report(settled.error());
      failed = true;
    }
  }
  PrintSkipped(loader.problems());
  fmt::print(stderr, "loaded {} ({} unchanged) and {}\n", Plural(loader.frames(), "frame", "frames"),
             WithThousands(loader.unchanged()), Plural(loader.quads(), "RDF statement", "RDF statements"));
  if (Interrupted()) failed = true;
  return failed || loader.problems().skipped_total > 0 ? Exit::kFailed : Exit::kDone;
}

}  // namespace

void AddLoad(CLI::App& app, Exit& exit) {
  CLI::App* command = app.add_subcommand("load", "Load frames or RDF into a graph");
  const auto options = std::make_shared<LoadOptions>();
  command->add_option("FILE", options->paths, "Frames (.jsonl, -) or RDF (.nt .nq .ttl .trig .rdf); .gz of each")
      ->required();
  AddGraphOption(*command, options->graph);
  AddDecisionsOption(*command, options->decisions);
  command->add_option("--base", options->base_iri, "Base IRI of the graph's ids, set when the graph is made")
      ->type_name("IRI");
  command
      ->add_option("--on-error", options->on_error,
                   "At a bad RDF statement: stop (and load nothing of the file), or skip it and list it")
      ->capture_default_str()
      ->check(CLI::IsMember({"stop", "skip"}));
  command->add_flag("--skip-errors", options->skip_errors, "The same as --on-error skip");
  command->add_option("--memory", options->memory_bytes, "What sorting a large RDF file may take, such as 500MB or 8GB")
      ->default_str("2GB")
      ->type_name("SIZE")
      ->transform(CLI::AsSizeValue(false));
  AddCodebookOption(*command, options->codebook);
  AddGazetteerOption(*command, options->gazetteer);
  command->footer(kExamples);
  command->callback([options, &exit] { exit = Load(*options); });
}

}  // namespace sitgraph::cli
