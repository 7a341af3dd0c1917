// Parses, plans, evaluates and hands on the rows.
#include "queries/query.h"

#include <fmt/format.h>

#include <algorithm>

#include "queries/dataset.h"
#include "queries/graph_answer.h"
#include "queries/sparql/evaluator.h"
#include "queries/sparql/parser.h"
#include "queries/vocabulary_check.h"

namespace sitgraph::queries {
namespace {

using sparql::Cell;
using sparql::Dataset;
using sparql::Governor;
using sparql::Query;

// Turns rows of cells into terms for the sink.
class Delivery {
 public:
  Delivery(sparql::Evaluator& evaluator, Governor& governor, ResultSink& sink)
      : evaluator_(evaluator), governor_(governor), sink_(sink) {}

  bool Row(const std::vector<Cell>& cells) {
    uint64_t most = governor_.limits().rows;
    if (most != 0 && rows_ >= most) {
      governor_.Fail({base::ErrorCode::kTooLarge,
                      fmt::format("the query has more than {} results, its limit", most),
                      {},
                      "add a LIMIT, or raise the limit of results"});
      return false;
    }
    ++rows_;
    row_.clear();
    for (Cell cell : cells) {
      row_.push_back(cell == sparql::kUnbound ? std::nullopt : std::optional(evaluator_.terms().Resolve(cell)));
    }
    return !governor_.failed() && governor_.Check(sink_.Row(row_));
  }
  uint64_t rows() const { return rows_; }

 private:
  sparql::Evaluator& evaluator_;
  Governor& governor_;
  ResultSink& sink_;
  std::vector<std::optional<graph::Term>> row_;
  uint64_t rows_ = 0;
};

base::Result<uint64_t> AnswerGraph(const Query& query, const sparql::QueryPlan& plan, const Dataset& dataset,
                                   sparql::Evaluator& evaluator, ResultSink& sink) {
  Governor& governor = evaluator.governor();
  GraphAnswer answer(evaluator.terms(), governor);
  std::vector<std::string> columns;
  for (const auto& column : plan.columns) columns.push_back(column.name);
  if (query.form == Query::Form::kConstruct) {
    sparql::Template made(std::move(columns), "t", evaluator.terms(), governor);
    made.Add(query.construct, nullptr);
    evaluator.Run(plan, [&](const std::vector<Cell>& cells) {
      return made.Instantiate(cells, [&](const sparql::QuadCells& quad) { return answer.Add(quad); });
    });
  } else {
    for (const sparql::Node& node : query.describe) {
      if (!node.is_variable) answer.Describe(evaluator.terms().Intern(node.term), dataset);
    }
    evaluator.Run(plan, [&](const std::vector<Cell>& cells) {
      return std::all_of(cells.begin(), cells.end(),
                         [&](Cell cell) { return cell == sparql::kUnbound || answer.Describe(cell, dataset); });
    });
  }
  if (governor.failed()) return base::Fail(governor.TakeFailure());
  return answer.Deliver(sink, query.prefixes);
}

}  // namespace

base::Result<QuerySummary> RunQuery(const graph::Snapshot& snapshot, std::string_view text, const QueryOptions& options,
                                    ResultSink& sink) {
  sparql::ParseOptions parse_options;
  parse_options.base_iri = options.base_iri;
  auto query = sparql::Parse(text, parse_options);
  if (!query) return base::Fail(query.error());
  auto dataset = DatasetOf(**query, snapshot, options.default_graph);
  if (!dataset) return base::Fail(dataset.error());

  QuerySummary summary;
  if (options.check_vocabulary) {
    auto warnings = CheckVocabulary((*query)->mentions, snapshot);
    if (!warnings) return base::Fail(warnings.error());
    summary.warnings = std::move(*warnings);
  }

  Governor governor(options.limits);
  sparql::TermTable terms(snapshot, governor);
  auto plan = sparql::MakePlan(**query, terms, *dataset, governor, options.optimise);
  if (!plan) return base::Fail(plan.error());
  sparql::Evaluator evaluator(terms, *dataset, governor, (*query)->base_iri, options.optimise);

  if ((*query)->form == Query::Form::kAsk) {
    bool answer = evaluator.Ask(*plan);
    if (governor.failed()) return base::Fail(governor.TakeFailure());
    if (base::Status status = sink.Boolean(answer); !status) return base::Fail(status.error());
    return summary;
  }
  if ((*query)->form == Query::Form::kConstruct || (*query)->form == Query::Form::kDescribe) {
    auto triples = AnswerGraph(**query, *plan, *dataset, evaluator, sink);
    if (!triples) return base::Fail(triples.error());
    summary.rows = *triples;
    return summary;
  }
  std::vector<std::string> variables;
  for (const auto& column : plan->columns) variables.push_back(column.name);
  if (base::Status status = sink.Begin(variables, (*query)->prefixes); !status) return base::Fail(status.error());
  Delivery delivery(evaluator, governor, sink);
  evaluator.Run(*plan, [&](const std::vector<Cell>& cells) { return delivery.Row(cells); });
  if (governor.failed()) return base::Fail(governor.TakeFailure());
  summary.rows = delivery.rows();
  if (base::Status status = sink.End(); !status) return base::Fail(status.error());
  return summary;
}

}  // namespace sitgraph::queries
