// sitgraph-train: rebuilds the shipped language model from Universal Dependencies treebanks, and prints its scores.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <cstdio>
#include <ctime>

#include "base/file.h"
#include "base/hash.h"
#include "src/language/train/evaluate.h"
#include "src/language/train/raw_evaluate.h"
#include "src/language/train/trainer.h"

namespace sitgraph::language::train {
namespace {

enum class Use : uint8_t { kTrain, kTest };

struct Treebank {
  std::string_view name;
  Use use;
  std::string_view licence;
  std::string_view sha256;  // of the file as it is
};

// What the shipped model is made of and tested on. A file with another checksum would give another model.
constexpr std::array<Treebank, 5> kTreebanks = {{
    {"ewt-train", Use::kTrain, "CC BY-SA 4.0", "bd47e08c9e18ec12d319e84df2ccdb272ff6de1d0dba5761117d3caf8b358f7b"},
    {"gum-train-nonnc", Use::kTrain, "annotations CC BY 4.0; texts CC BY, CC BY-SA or public domain",
     "a872c2054ccbfc1c33d038d0eb940fed05965a8f1b7bda4721a414afdf04da2c"},
    {"pud", Use::kTrain, "CC BY-SA 3.0", "9f5d22faed24d5c7d98f77e773727455407895755f32806f207ede41343f6748"},
    {"ewt-test", Use::kTest, "CC BY-SA 4.0", "29c151eee8846d3f3ef7806c126ecac9932af2317c008c6d6b076c5e14950dbe"},
    {"gum-test", Use::kTest, "CC BY-NC-SA 4.0 (tested on only)",
     "7f89692b7e26a389a709cbb51e7f5f644170f2f322f98b105ee79f9da88dc42b"},
}};

struct Arguments {
  std::string data;
  std::string out;
  std::string model;
  bool evaluate = false;
  bool twin = false;
  bool any_data = false;
};

void Log(std::string_view line) {
  static const std::clock_t kStart = std::clock();
  const double seconds = static_cast<double>(std::clock() - kStart) / CLOCKS_PER_SEC;
  fmt::print(stderr, "{:7.1f} s  {}\n", seconds, line);
  std::fflush(stderr);
}

int Fail(const base::Error& error) {
  fmt::print(stderr, "sitgraph-train: {}\n", base::ToString(error));
  return error.code == base::ErrorCode::kUsage ? 2 : 1;
}

std::string PathOf(const Arguments& arguments, std::string_view name) {
  return fmt::format("{}/{}.conllu.gz", arguments.data, name);
}

base::Result<std::vector<Example>> Read(const Arguments& arguments, std::string_view name) {
  const std::string path = PathOf(arguments, name);
  for (const Treebank& treebank : kTreebanks) {
    if (treebank.name != name || arguments.any_data) continue;
    std::string packed;
    std::FILE* file = std::fopen(path.c_str(), "rb");
    if (file == nullptr) return base::Fail(base::ErrorCode::kNotFound, "no such treebank", {path});
    std::array<char, 65536> buffer;
    while (const size_t size = std::fread(buffer.data(), 1, buffer.size(), file)) packed.append(buffer.data(), size);
    std::fclose(file);
    if (base::Sha256Hex(packed) != treebank.sha256) {
      return base::Fail(base::ErrorCode::kBadInput, "this is not the treebank that the shipped model was trained on",
                        {path}, "--any-data takes it all the same; the model will be another");
    }
  }
  return ReadTreebank(path);
}

base::Result<ModelParts> TrainOn(const Arguments& arguments, std::string_view left_out) {
  std::vector<Example> examples;
  std::string description = "trained on";
  for (const Treebank& treebank : kTreebanks) {
    if (treebank.use != Use::kTrain || treebank.name == left_out) continue;
    auto read = Read(arguments, treebank.name);
    if (!read) return base::Fail(read.error());
    Log(fmt::format("{}: {} sentences, {}", treebank.name, read->size(), treebank.licence));
    description += fmt::format(" {} ({});", treebank.name, treebank.licence);
    for (Example& example : *read) examples.push_back(std::move(example));
  }
  description.back() = '.';
  TrainingOptions options = ShippedOptions();
  options.progress = Log;
  if (!left_out.empty()) options.greedy.epochs = 0;  // the twin is scored with the beam only
  return Train(examples, description, options);
}

void PrintHead() {
  fmt::print(
      "| test set | parser | UPOS | XPOS | features | lemmas | UAS | LAS | CLAS | LAS with subtypes | tokens/s |\n"
      "|---|---|---|---|---|---|---|---|---|---|---|\n");
}

void PrintRow(std::string_view set, std::string_view parser, const Evaluation& e) {
  using E = Evaluation;
  fmt::print("| {} | {} | {:.2f} | {:.2f} | {:.2f} | {:.2f} | {:.2f} | {:.2f} | {:.2f} | {:.2f} | {:.0f} |\n", set,
             parser, E::Percent(e.upos, e.words), E::Percent(e.xpos, e.words), E::Percent(e.features, e.words),
             E::Percent(e.lemmas, e.lemma_words), E::Percent(e.uas, e.words), E::Percent(e.las, e.words),
             E::Percent(e.clas, e.content_words), E::Percent(e.full_las, e.words),
             static_cast<double>(e.words) / e.seconds);
}

base::Status PrintRawScores(const Arguments& arguments, Analyzer& analyzer) {
  fmt::print(
      "\n| raw text | parser | tokens F1 | words F1 | sentences F1 | UPOS | LAS | tokens/s |\n"
      "|---|---|---|---|---|---|---|---|\n");
  for (const Treebank& treebank : kTreebanks) {
    if (treebank.use != Use::kTest) continue;
    const auto documents = ReadDocuments(PathOf(arguments, treebank.name));
    if (!documents) return base::Fail(documents.error());
    for (const ParseMode mode : {ParseMode::kBeam, ParseMode::kGreedy}) {
      const RawEvaluation e = EvaluateRaw(analyzer, *documents, mode);
      fmt::print("| {} | {} | {:.2f} | {:.2f} | {:.2f} | {:.2f} | {:.2f} | {:.0f} |\n", treebank.name,
                 mode == ParseMode::kBeam ? "beam" : "greedy", e.tokens.F1(), e.words.F1(), e.sentences.F1(),
                 e.upos.F1(), e.las.F1(), static_cast<double>(e.words.system) / e.seconds);
    }
  }
  return {};
}

base::Status PrintScores(const Arguments& arguments, const Model& model) {
  Analyzer analyzer(model);
  PrintHead();
  for (const Treebank& treebank : kTreebanks) {
    if (treebank.use != Use::kTest) continue;
    auto examples = Read(arguments, treebank.name);
    if (!examples) return base::Fail(examples.error());
    PrintRow(treebank.name, "beam", Evaluate(analyzer, *examples, ParseMode::kBeam));
    PrintRow(treebank.name, "greedy", Evaluate(analyzer, *examples, ParseMode::kGreedy));
    if (treebank.name != "ewt-test") continue;
    for (Example& example : *examples) example = LowerCased(example);
    PrintRow("ewt-test, lower case", "beam", Evaluate(analyzer, *examples, ParseMode::kBeam));
    PrintRow("ewt-test, lower case", "greedy", Evaluate(analyzer, *examples, ParseMode::kGreedy));
  }
  return PrintRawScores(arguments, analyzer);
}

base::Status PrintTwin(const Arguments& arguments) {
  auto parts = TrainOn(arguments, "pud");
  if (!parts) return base::Fail(parts.error());
  auto twin = Model::Parse(WriteModel(*parts), "twin");
  if (!twin) return base::Fail(twin.error());
  auto examples = Read(arguments, "pud");
  if (!examples) return base::Fail(examples.error());
  Analyzer analyzer(*twin);
  PrintHead();
  PrintRow("pud, twin trained without it", "beam", Evaluate(analyzer, *examples, ParseMode::kBeam));
  return {};
}

base::Status Run(const Arguments& arguments) {
  std::string model_path = arguments.model;
  if (!arguments.out.empty()) {
    auto parts = TrainOn(arguments, "");
    if (!parts) return base::Fail(parts.error());
    const std::string bytes = WriteModel(*parts);
    auto file = base::AtomicFile::Create(arguments.out);
    if (!file) return base::Fail(file.error());
    if (auto written = file->Write(bytes); !written) return written;
    if (auto written = file->Commit(); !written) return written;
    Log(fmt::format("{}: {} bytes, SHA-256 {}", arguments.out, bytes.size(), base::Sha256Hex(bytes)));
    model_path = arguments.out;
  }
  if (!arguments.evaluate) return {};
  if (model_path.empty()) {
    auto found = FindModel();
    if (!found) return base::Fail(found.error());
    model_path = *found;
  }
  const std::clock_t start = std::clock();
  auto model = Model::Load(model_path);
  if (!model) return base::Fail(model.error());
  Log(fmt::format("{} loaded in {:.2f} s, {:.1f} MB of memory", model_path,
                  static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC,
                  static_cast<double>(model->data().memory()) / 1e6));
  if (auto printed = PrintScores(arguments, *model); !printed) return printed;
  return arguments.twin ? PrintTwin(arguments) : base::Status();
}

}  // namespace
}  // namespace sitgraph::language::train

int main(int argc, char** argv) {
  sitgraph::language::train::Arguments arguments;
  CLI::App app("Trains sitgraph's language model on Universal Dependencies treebanks.", "sitgraph-train");
  app.add_option("DATA_DIR", arguments.data, "folder of ewt-train.conllu.gz, gum-train-nonnc.conllu.gz, pud.conllu.gz")
      ->required();
  app.add_option("--out", arguments.out, "train, and write the model here");
  app.add_flag("--evaluate", arguments.evaluate, "print the table of scores on the test sets");
  app.add_flag("--twin", arguments.twin, "with --evaluate: also train a twin without PUD and score it on PUD")
      ->needs("--evaluate");
  app.add_option("--model", arguments.model,
                 "with --evaluate: the model to score (default: the one just written, or installed)");
  app.add_flag("--any-data", arguments.any_data, "take treebanks with other checksums than the shipped model's");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int status = app.exit(error);
    return status == 0 ? 0 : 2;
  }
  if (arguments.out.empty() && !arguments.evaluate) {
    fmt::print(stderr, "sitgraph-train: nothing to do: give --out or --evaluate\n");
    return 2;
  }
  const auto done = sitgraph::language::train::Run(arguments);
  return done ? 0 : sitgraph::language::train::Fail(done.error());
}
