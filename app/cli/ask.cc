// sitgraph ask: questions in plain English.
#include "queries/ask/ask.h"

#include <fmt/format.h>

#include <memory>

#include "app/cli/console.h"
#include "app/cli/reading.h"
#include "app/cli/relation.h"
#include "src/resolve/graph_writer.h"

namespace sitgraph::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  sitgraph ask "Who captured Palmyra?" --graph syria.graph
  sitgraph ask "How many fighters left Rastan in May 2018?" --sparql --graph syria.graph
  sitgraph ask "What is the link between Hezbollah and Palmyra?" --graph syria.graph

Who, what, whom, which, where, when, how many, how often, did and was; with names, kinds of events, places and times.)";

struct Options {
  std::string question, graph, format = "text", codebook, model;
  bool sparql = false, brief = false;
  size_t max_evidence = 10;
};

Exit NotRead(const queries::Asking& asking) {
  fmt::print(stderr, "sitgraph: the question was not understood\n");
  for (const std::string& part : asking.understood) fmt::print(stderr, "  understood: {}\n", part);
  for (const std::string& warning : asking.warnings) fmt::print(stderr, "  {}\n", warning);
  fmt::print(stderr, "  such questions can be answered:\n");
  for (const std::string& question : asking.nearest) fmt::print(stderr, "    {}\n", question);
  return Exit::kFailed;
}

Exit Ask(const Options& options) {
  const auto codebook = LoadCodebook(options.codebook);
  if (!codebook) return Exit::kFailed;
  auto model = LoadModel(options.model);
  if (!model) return Report(model.error());
  if (!*model) return Report({base::ErrorCode::kUsage, "questions are read with a language model", {}, {}});
  language::Analyzer analyzer(**model);
  const auto store = graph::Store::Open(options.graph, {.read_only = true});
  if (!store) return Report(store.error());
  const auto snapshot = (*store)->TakeSnapshot();
  const auto base_iri = resolve::BaseIriOf(*snapshot);
  if (!base_iri) return Report(base_iri.error());
  const auto asking = queries::AskQuestion(*snapshot, options.question, analyzer, *codebook, *base_iri);
  if (!asking) return Report(asking.error());
  if (!asking->read) return NotRead(*asking);
  for (const std::string& warning : asking->warnings) fmt::print(stderr, "warning: {}\n", warning);
  const queries::AnswerStyle style{OutputWidth(), true, options.max_evidence};
  std::string out;
  if (options.format == "json") {
    queries::Answer answer = asking->answer;
    answer.notes.insert(answer.notes.begin(), asking->direct);
    const auto json = queries::ToJson(answer, *snapshot, style);
    if (!json) return Report(json.error());
    out = *json;
  } else {
    out = asking->direct + "\n";
    if (!options.brief && !asking->answer.rows.empty()) {
      const auto text = queries::ToText(asking->answer, *snapshot, style);
      if (!text) return Report(text.error());
      out += "\n" + *text;
    }
    if (options.sparql) {
      out += "\n" + (asking->sparql.empty() ? "answered by a relation verb, without SPARQL\n" : asking->sparql);
    }
  }
  const auto printed = Print(out);
  return printed ? Exit::kDone : Report(printed.error());
}

}  // namespace

void AddAsk(CLI::App& app, Exit& exit) {
  CLI::App* command = app.add_subcommand("ask", "Answer a question in plain English, with the sentences behind it");
  const auto options = std::make_shared<Options>();
  command->add_option("QUESTION", options->question, "The question, in quotes")->required();
  AddGraphOption(*command, options->graph);
  command->add_option("--format", options->format, "text, json")
      ->capture_default_str()
      ->check(CLI::IsMember({"text", "json"}));
  command->add_flag("--sparql", options->sparql, "Show the query that was made of the question");
  command->add_flag("--brief", options->brief, "The answer's line only");
  command->add_option("--max-evidence", options->max_evidence, "At most so many sentences for a row")
      ->capture_default_str();
  AddCodebookOption(*command, options->codebook);
  command->add_option("--model", options->model, "Language model (default: the shipped one)")->type_name("FILE");
  command->footer(kExamples);
  command->callback([options, &exit] { exit = Ask(*options); });
}

}  // namespace sitgraph::cli
