// A plan as lines of text, with what its steps were expected to give and gave.
#include "queries/explain.h"

#include <fmt/format.h>

#include <cmath>

#include "queries/dataset.h"
#include "queries/sparql/evaluator.h"
#include "queries/sparql/parser.h"

namespace sitgraph::queries {
namespace {

using sparql::PlannedExpression;
using sparql::PlannedTerm;
using sparql::PlannedTriple;
using sparql::PlanNode;
using sparql::Profile;
using sparql::QueryPlan;
using sparql::StepProfile;
using Kind = PlanNode::Kind;

std::string WithThousands(double number) {
  std::string digits = fmt::format("{:.0f}", number);
  for (size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

class Printer {
 public:
  Printer(const Profile& profile, const sparql::TermTable& terms, const Prefixes& prefixes)
      : profile_(profile), terms_(terms), prefixes_(prefixes) {}

  void Query(const QueryPlan& plan, size_t depth) {
    const QueryPlan* outer = std::exchange(plan_, &plan);
    if (plan.limit || plan.offset > 0) {
      Line(depth, fmt::format("slice: {}{}", plan.limit ? fmt::format("limit {}", *plan.limit) : "no limit",
                              plan.offset > 0 ? fmt::format(", offset {}", plan.offset) : ""));
    }
    if (plan.distinct) Line(depth, "distinct");
    if (!plan.order.empty()) Line(depth, fmt::format("order by {} keys", plan.order.size()));
    if (plan.aggregated) {
      Line(depth, fmt::format("group by {} keys, {} aggregates", plan.groups.size(), plan.aggregates.size()));
    }
    Node(plan.where, depth);
    plan_ = outer;
  }

  std::string Take() { return std::move(out_); }

 private:
  void Line(size_t depth, std::string_view text, const StepProfile* step = nullptr, double expected = -1) {
    std::string wanted = expected < 0 ? "" : WithThousands(std::round(expected));
    std::string rows = step == nullptr ? "" : WithThousands(static_cast<double>(step->rows));
    std::string time =
        step == nullptr ? "" : fmt::format("{:.1f}", std::chrono::duration<double, std::milli>(step->time).count());
    out_ += fmt::format("{:>14} {:>14} {:>10}  {}{}\n", wanted, rows, time, std::string(2 * depth, ' '), text);
  }

  const StepProfile* Of(const PlanNode& node) const {
    auto found = profile_.nodes.find(node.id);
    return found == profile_.nodes.end() ? nullptr : &found->second;
  }

  std::string Name(sparql::Slot slot) const {
    const std::string& name = plan_->names[slot];
    return name.empty() ? "?" : name.starts_with("_:") ? name : "?" + name;
  }
  std::string Text(const PlannedTerm& term) const {
    if (term.slot) return Name(*term.slot);
    return term.constant == sparql::kUnbound ? "(unknown)" : ToReadable(terms_.Resolve(term.constant), prefixes_);
  }
  std::string Variables(const sparql::Slots& slots) const {
    std::string out;
    for (sparql::Slot slot : slots) out += (out.empty() ? "" : " ") + Name(slot);
    return out.empty() ? "constants" : out;
  }

  void Triple(const PlannedTriple& triple, size_t depth) {
    std::string predicate = triple.path != nullptr  ? "(path)"
                            : triple.is_alternative ? fmt::format("({} alternatives)", triple.alternatives.size())
                                                    : Text(triple.predicate);
    auto found = profile_.triples.find(&triple);
    const StepProfile* step = found == profile_.triples.end() ? nullptr : &found->second;
    Line(depth,
         fmt::format("match {} {} {}{}{}", Text(triple.subject), predicate, Text(triple.object),
                     step == nullptr || step->how.empty() ? "" : "  by ", step == nullptr ? "" : step->how),
         step, triple.expected_rows);
    for (const PlannedExpression& filter : triple.filters) {
      Line(depth + 1, "filter on " + Variables(filter.variables));
      Expression(filter, depth + 2);
    }
  }

  // What EXISTS within an expression asks.
  void Expression(const PlannedExpression& expression, size_t depth) {
    if (expression.exists != nullptr) {
      Line(depth, "exists");
      Node(*expression.exists, depth + 1);
    }
    for (const PlannedExpression& argument : expression.arguments) Expression(argument, depth);
  }

  std::string Describe(const PlanNode& node) const {
    switch (node.kind) {
      case Kind::kUnion:
        return "union";
      case Kind::kOptional:
        return "optional";
      case Kind::kMinus:
        return "minus";
      case Kind::kNotExists:
        return "minus, asked for one by one";
      case Kind::kFilter:
        return "filter on " + Variables(node.expressions.front().variables);
      case Kind::kBind:
        return "bind " + Name(node.slot);
      case Kind::kValues:
        return fmt::format("values, {} rows", node.rows.size());
      case Kind::kGraphs:
        return node.every_graph ? "in each named graph" : "in named graphs";
      case Kind::kBindGraph:
        return "bind the graph to " + Name(node.slot);
      case Kind::kSubselect:
        return "subquery, kept and joined";
      case Kind::kMaterialized:
        return "group, kept and joined";
      case Kind::kBgp:
      case Kind::kSequence:
        break;
    }
    return "";
  }

  void Node(const PlanNode& node, size_t depth) {
    if (node.impossible) return Line(depth, "nothing: a term is not in the graph");
    if (node.kind == Kind::kBgp) {
      for (const PlannedTriple& triple : node.triples) Triple(triple, depth);
      if (node.counts_last) Line(depth + 1, "the last one's matches are only counted");
      return;
    }
    if (node.kind != Kind::kSequence) {
      Line(depth, Describe(node), Of(node));
      ++depth;
    }
    if (node.query != nullptr) Query(*node.query, depth);
    for (const PlanNode& child : node.children) Node(child, depth);
    for (const PlannedExpression& expression : node.expressions) Expression(expression, depth);
  }

  const Profile& profile_;
  const sparql::TermTable& terms_;
  const Prefixes& prefixes_;
  const QueryPlan* plan_ = nullptr;
  std::string out_;
};

}  // namespace

base::Result<std::string> ExplainQuery(const graph::Snapshot& snapshot, std::string_view text,
                                       const QueryOptions& options) {
  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  sparql::ParseOptions parse_options;
  parse_options.base_iri = options.base_iri;
  auto query = sparql::Parse(text, parse_options);
  if (!query) return base::Fail(query.error());
  auto dataset = DatasetOf(**query, snapshot, options.default_graph);
  if (!dataset) return base::Fail(dataset.error());
  sparql::Governor governor(options.limits);
  sparql::TermTable terms(snapshot, governor);
  auto plan = sparql::MakePlan(**query, terms, *dataset, governor, options.optimise);
  if (!plan) return base::Fail(plan.error());
  const auto planned = Clock::now();

  Profile profile;
  uint64_t rows = 0;
  {
    sparql::Evaluator evaluator(terms, *dataset, governor, (*query)->base_iri, options.optimise);
    evaluator.set_profile(&profile);
    bool is_ask = (*query)->form == sparql::Query::Form::kAsk;
    evaluator.Run(*plan, [&](const std::vector<sparql::Cell>&) {
      ++rows;
      return !is_ask;
    });
  }
  if (governor.failed()) return base::Fail(governor.TakeFailure());
  auto milliseconds = [](Clock::duration time) { return std::chrono::duration<double, std::milli>(time).count(); };
  Printer printer(profile, terms, (*query)->prefixes);
  printer.Query(*plan, 0);
  return fmt::format("{:>14} {:>14} {:>10}  step\n{}{} rows in {:.1f} ms, after {:.1f} ms of planning\n",
                     "expected rows", "rows", "ms", printer.Take(), WithThousands(static_cast<double>(rows)),
                     milliseconds(Clock::now() - planned), milliseconds(planned - start));
}

}  // namespace sitgraph::queries
