// sitgraph query: answers a SPARQL query.
#include "queries/query.h"

#include <fmt/format.h>

#include <memory>

#include "app/cli/command.h"
#include "app/cli/console.h"
#include "app/cli/sparql_request.h"
#include "graph/store.h"
#include "queries/explain.h"
#include "queries/results.h"
#include "src/resolve/graph_writer.h"

namespace sitgraph::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  sitgraph query --graph syria.graph --file examples/queries/captures.rq
  sitgraph query --graph syria.graph --format csv 'SELECT ?type (COUNT(?e) AS ?n)
      { ?e sem:eventType ?type } GROUP BY ?type ORDER BY DESC(?n)'

docs/queries.md shows more; docs/vocabulary.md lists the names. Their prefixes need no declaration.)";

struct Options {
  SparqlRequest request;
  std::string format;
  bool explain = false;
  uint64_t limit = 0;
};

// Passes on the first `limit` rows, then stops the query.
class FirstRows : public queries::ResultSink {
 public:
  FirstRows(queries::ResultSink& sink, uint64_t limit) : sink_(sink), limit_(limit) {}

  base::Status Begin(const std::vector<std::string>& variables, const queries::Prefixes& prefixes) override {
    return sink_.Begin(variables, prefixes);
  }
  base::Status Row(std::span<const std::optional<graph::Term>> cells) override {
    return CountRow() ? sink_.Row(cells) : EnoughRows();
  }
  base::Status Boolean(bool answer) override { return sink_.Boolean(answer); }
  base::Status BeginGraph(const queries::Prefixes& prefixes) override { return sink_.BeginGraph(prefixes); }
  base::Status Triple(const graph::Triple& triple) override { return CountRow() ? sink_.Triple(triple) : EnoughRows(); }
  base::Status End() override { return sink_.End(); }

  bool cut() const { return cut_; }

 private:
  bool CountRow() {
    cut_ = limit_ != 0 && rows_ == limit_;
    ++rows_;
    return !cut_;
  }
  static base::Status EnoughRows() { return base::Fail(base::ErrorCode::kTooLarge, "enough rows"); }

  queries::ResultSink& sink_;
  uint64_t limit_, rows_ = 0;
  bool cut_ = false;
};

// Writes rows in one format and graphs in the other, where the user named none.
class ByForm : public queries::ResultSink {
 public:
  ByForm(std::unique_ptr<queries::ResultSink> rows, std::unique_ptr<queries::ResultSink> graph)
      : rows_(std::move(rows)), graph_(std::move(graph)), used_(rows_.get()) {}

  base::Status Begin(const std::vector<std::string>& variables, const queries::Prefixes& prefixes) override {
    return rows_->Begin(variables, prefixes);
  }
  base::Status Row(std::span<const std::optional<graph::Term>> cells) override { return rows_->Row(cells); }
  base::Status Boolean(bool answer) override { return rows_->Boolean(answer); }
  base::Status BeginGraph(const queries::Prefixes& prefixes) override {
    used_ = graph_.get();
    return graph_->BeginGraph(prefixes);
  }
  base::Status Triple(const graph::Triple& triple) override { return graph_->Triple(triple); }
  base::Status End() override { return used_->End(); }

 private:
  std::unique_ptr<queries::ResultSink> rows_, graph_;
  queries::ResultSink* used_;
};

Exit Query(const Options& options) {
  const auto text = TextOf(options.request, "query");
  if (!text) return Report(text.error());
  const auto format = queries::ResultFormatOf(options.format);
  if (!format && !options.format.empty()) {
    return Report({base::ErrorCode::kUsage,
                   "unknown format '" + options.format + "'",
                   {},
                   "there are table, json, xml, csv, tsv, turtle, ntriples"});
  }
  const auto store = graph::Store::Open(options.request.graph, {.read_only = true});
  if (!store) return Report(store.error());
  const auto snapshot = (*store)->TakeSnapshot();
  const auto base_iri = resolve::BaseIriOf(*snapshot);
  if (!base_iri) return Report(base_iri.error());

  queries::QueryOptions settings;
  settings.base_iri = *base_iri;
  settings.limits = LimitsOf(options.request);
  if (options.explain) {
    const auto plan = queries::ExplainQuery(*snapshot, *text, settings);
    if (!plan) return ReportError(options.request, *text, plan.error());
    const auto printed = Print(*plan);
    return printed ? Exit::kDone : Report(printed.error());
  }
  const queries::WriterOptions width{.width = OutputWidth()};
  const auto writer =
      format ? queries::MakeResultWriter(*format, Print, width)
             : std::make_unique<ByForm>(queries::MakeResultWriter(queries::ResultFormat::kTable, Print, width),
                                        queries::MakeResultWriter(queries::ResultFormat::kTurtle, Print));
  FirstRows sink(*writer, options.limit);
  const auto summary = queries::RunQuery(*snapshot, *text, settings, sink);
  if (!summary && !sink.cut()) return ReportError(options.request, *text, summary.error());
  if (sink.cut()) {
    if (auto ended = writer->End(); !ended) return Report(ended.error());
    fmt::print(stderr, "there are more rows than --limit {}\n", options.limit);
    return Exit::kDone;
  }
  ReportWarnings(options.request, *text, summary->warnings);
  return Exit::kDone;
}

}  // namespace

void AddQuery(CLI::App& app, Exit& exit) {
  CLI::App* command = app.add_subcommand("query", "Answer a SPARQL query");
  const auto options = std::make_shared<Options>();
  AddRequest(*command, "query", options->request);
  command->add_option("--format", options->format,
                      "table, json, xml, csv, tsv; turtle, ntriples for CONSTRUCT and DESCRIBE\n"
                      "(default: table, or turtle for a graph)");
  command->add_option("--limit", options->limit, "Show only the first rows or triples")->type_name("ROWS");
  command->add_flag("--explain", options->explain,
                    "Show how the query is run: its steps with expected rows, rows and time");
  AddLimits(*command, options->request);
  command->footer(kExamples);
  command->callback([options, &exit] { exit = Query(*options); });
}

}  // namespace sitgraph::cli
