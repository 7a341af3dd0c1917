// What happens to a pattern's solutions: grouping, expressions, order, duplicates, slice (SPARQL 1.1, 18.2.4
// and 18.2.5).
#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "queries/sparql/evaluator.h"

namespace sitgraph::queries::sparql {
namespace {

using Type = Value::Type;

std::string KeyOf(const std::vector<Cell>& cells) {
  return std::string(reinterpret_cast<const char*>(cells.data()), cells.size() * sizeof(Cell));
}

// One aggregate over one group.
class Accumulator {
 public:
  void Add(const PlannedAggregate& aggregate, Evaluator& evaluator, const std::vector<Slot>& all, Frame& frame) {
    Governor& governor = evaluator.governor();
    if (!aggregate.argument) {  // COUNT(*)
      if (aggregate.distinct) {
        std::vector<Cell> row;
        for (Slot slot : all) row.push_back(frame[slot]);
        if (!IsNew(KeyOf(row), governor)) return;
      }
      count_ += aggregate.distinct ? 1 : evaluator.weight();
      return;
    }
    if (aggregate.distinct || aggregate.function == Builtin::kCount || aggregate.function == Builtin::kSample) {
      Cell cell = evaluator.EvaluateToCell(*aggregate.argument, frame);
      if (cell == kUnbound) {
        error_ = true;
        return;
      }
      if (aggregate.distinct && !IsNew(KeyOf({cell}), governor)) return;
      if (aggregate.function == Builtin::kCount) {
        count_ += aggregate.distinct ? 1 : evaluator.weight();
        return;
      }
      return AddValue(aggregate, evaluator.ValueOf(cell), governor);
    }
    AddValue(aggregate, evaluator.Evaluate(*aggregate.argument, frame), governor);
  }

  Value Result(const PlannedAggregate& aggregate) const {
    switch (aggregate.function) {
      case Builtin::kCount:
        return Value::Integer(static_cast<int64_t>(count_));
      case Builtin::kSum:
        if (error_) return {};
        return count_ == 0 ? Value::Integer(0) : value_;
      case Builtin::kAvg:
        if (error_) return {};
        return count_ == 0 ? Value::Integer(0)
                           : Calculate(Arithmetic::kDivide, value_, Value::Integer(static_cast<int64_t>(count_)));
      case Builtin::kGroupConcat:
        return Value::String(text_);
      default:
        return value_;
    }
  }

 private:
  bool IsNew(std::string key, Governor& governor) {
    if (!governor.Charge(key.size() + 48)) return false;
    return seen_.insert(std::move(key)).second;
  }

  // Errors spoil SUM and AVG (their addition fails); the others pass over them.
  void AddValue(const PlannedAggregate& aggregate, Value value, Governor& governor) {
    switch (aggregate.function) {
      case Builtin::kSum:
      case Builtin::kAvg:
        value_ = count_ == 0 ? Calculate(Arithmetic::kAdd, Value::Integer(0), value)
                             : Calculate(Arithmetic::kAdd, value_, value);
        error_ = error_ || value_.is_error();
        ++count_;
        return;
      case Builtin::kGroupConcat:
        if (value.is_error() || value.type() == Type::kBlank) return;
        if (count_++ > 0) text_ += aggregate.separator;
        text_ += value.term().value();
        governor.CheckText(text_.size());
        return;
      case Builtin::kMin:
      case Builtin::kMax: {
        if (value.is_error()) return;
        auto order = value_.is_error() ? std::strong_ordering::equal : TotalOrder(value, value_);
        bool better = aggregate.function == Builtin::kMin ? order < 0 : order > 0;
        if (value_.is_error() || better) value_ = std::move(value);
        return;
      }
      default:  // SAMPLE
        if (value_.is_error()) value_ = std::move(value);
        return;
    }
  }

  uint64_t count_ = 0;
  bool error_ = false;
  Value value_;
  std::string text_;
  std::unordered_set<std::string> seen_;  // never iterated
};

// Takes solutions one at a time and hands on the result's rows.
class Output {
 public:
  Output(const QueryPlan& plan, Evaluator& evaluator, FunctionRef<bool(const std::vector<Cell>&)> emit)
      : plan_(plan), evaluator_(evaluator), emit_(emit) {}
  ~Output() { evaluator_.governor().Release(charged_); }

  bool Add(Frame& frame) {
    if (!evaluator_.governor().Tick()) return false;
    evaluator_.functions().StartSolution();
    std::vector<Slot> given;
    for (const QueryPlan::Column& column : plan_.columns) {
      if (!column.expression) continue;
      frame[column.slot] = evaluator_.EvaluateToCell(*column.expression, frame);
      given.push_back(column.slot);
    }
    Row row;
    for (const QueryPlan::Column& column : plan_.columns) row.cells.push_back(frame[column.slot]);
    bool went_on = true;
    if (plan_.order.empty()) {
      went_on = Deliver(row.cells);
    } else {
      went_on = !MayComeOut(row, frame) || Keep(std::move(row));
    }
    for (Slot slot : given) frame[slot] = kUnbound;
    return went_on && !evaluator_.governor().failed();
  }

  void Finish() {
    if (plan_.order.empty() || evaluator_.governor().failed()) return;
    // A heap, which gives the first rows early and can be left at each step.
    const auto is_later = [this](const Row& a, const Row& b) { return Before(b, a); };
    for (auto end = rows_.begin(); end != rows_.end(); std::push_heap(rows_.begin(), ++end, is_later)) {
      if (!evaluator_.governor().Tick()) return;
    }
    while (!rows_.empty()) {
      std::pop_heap(rows_.begin(), rows_.end(), is_later);
      if (!evaluator_.governor().Tick() || !Deliver(rows_.back().cells)) return;
      rows_.pop_back();
    }
  }

 private:
  struct Row {
    std::vector<Cell> cells;
    std::vector<Value> keys;
    uint64_t number = 0;  // in the order found
    size_t bytes = 0;     // charged for it
  };

  // Fills the row's keys, unless one before the last shows that too many rows come before it.
  bool MayComeOut(Row& row, Frame& frame) {
    bool is_tied = worst_kept_.has_value();
    for (size_t i = 0; i < plan_.order.size(); ++i) {
      row.keys.push_back(evaluator_.Evaluate(plan_.order[i].expression, frame));
      if (!is_tied) continue;
      auto order = TotalOrder(row.keys[i], (*worst_kept_)[i]);
      if (plan_.order[i].descending ? order < 0 : order > 0) return false;
      is_tied = order == 0;
    }
    return true;
  }

  bool Keep(Row row) {
    size_t bytes = sizeof(Row) + row.cells.size() * sizeof(Cell);
    for (const Value& key : row.keys) bytes += sizeof(Value) + key.term().value().size();
    charged_ += bytes;
    if (!evaluator_.governor().Charge(bytes)) return false;
    row.bytes = bytes;
    row.number = number_++;
    rows_.push_back(std::move(row));
    // With a LIMIT only the first rows can come out; duplicates are counted later, so DISTINCT needs all.
    if (!plan_.limit || plan_.distinct || *plan_.limit > UINT32_MAX || plan_.offset > UINT32_MAX) return true;
    size_t wanted = static_cast<size_t>(*plan_.limit + plan_.offset);
    if (rows_.size() < 2 * wanted + 256) return true;
    std::nth_element(rows_.begin(), rows_.begin() + static_cast<ptrdiff_t>(wanted), rows_.end(),
                     [this](const Row& a, const Row& b) { return Before(a, b); });
    size_t dropped = 0;
    for (size_t i = wanted; i < rows_.size(); ++i) dropped += rows_[i].bytes;
    rows_.resize(wanted);
    if (wanted > 0) {
      worst_kept_ = std::max_element(rows_.begin(), rows_.end(), [this](const Row& a, const Row& b) {
                      return Before(a, b);
                    })->keys;
    }
    evaluator_.governor().Release(dropped);
    charged_ -= dropped;
    return true;
  }

  // Rows with equal keys are told apart by their cells' terms, so that the order does not hang on how they were found.
  bool Before(const Row& a, const Row& b) const {
    for (size_t i = 0; i < plan_.order.size(); ++i) {
      auto order = TotalOrder(a.keys[i], b.keys[i]);
      if (order != 0) return plan_.order[i].descending ? order > 0 : order < 0;
    }
    for (size_t i = 0; i < a.cells.size(); ++i) {
      if (a.cells[i] == b.cells[i]) continue;
      auto order = TotalOrder(evaluator_.ValueOf(a.cells[i]), evaluator_.ValueOf(b.cells[i]));
      if (order != 0) return order < 0;
    }
    return a.number < b.number;
  }

  bool Deliver(const std::vector<Cell>& cells) {
    if (plan_.limit && delivered_ >= *plan_.limit) return false;
    if (plan_.distinct) {
      std::string key = KeyOf(cells);
      size_t bytes = key.size() + 48;
      if (!seen_.insert(std::move(key)).second) return true;
      charged_ += bytes;
      if (!evaluator_.governor().Charge(bytes)) return false;
    }
    if (skipped_ < plan_.offset) {
      ++skipped_;
      return true;
    }
    ++delivered_;
    if (!emit_(cells)) return false;
    return !plan_.limit || delivered_ < *plan_.limit;
  }

  const QueryPlan& plan_;
  Evaluator& evaluator_;
  FunctionRef<bool(const std::vector<Cell>&)> emit_;
  std::vector<Row> rows_;
  std::optional<std::vector<Value>> worst_kept_;  // keys of the last row that can come out as yet
  uint64_t number_ = 0;
  size_t charged_ = 0;
  std::unordered_set<std::string> seen_;  // never iterated
  uint64_t skipped_ = 0;
  uint64_t delivered_ = 0;
};

// All groups of an aggregated query, in the order of their first solutions.
class Groups {
 public:
  Groups(const QueryPlan& plan, Evaluator& evaluator) : plan_(plan), evaluator_(evaluator) {
    if (plan.groups.empty()) Get({});  // without GROUP BY there is one group, even of nothing
  }
  ~Groups() { evaluator_.governor().Release(charged_); }

  bool Add(Frame& frame) {
    std::vector<Cell> key;
    for (const QueryPlan::Group& group : plan_.groups)
      key.push_back(evaluator_.EvaluateToCell(group.expression, frame));
    Group& group = Get(std::move(key));
    for (size_t i = 0; i < plan_.aggregates.size(); ++i) {
      group.aggregates[i].Add(plan_.aggregates[i], evaluator_, plan_.count_all, frame);
    }
    return !evaluator_.governor().failed();
  }

  void Finish(Output& output) {
    Frame frame(plan_.slot_count, kUnbound);
    for (const Group& group : groups_) {
      std::fill(frame.begin(), frame.end(), kUnbound);
      for (size_t i = 0; i < plan_.groups.size(); ++i) frame[plan_.groups[i].slot] = group.key[i];
      for (size_t i = 0; i < plan_.aggregates.size(); ++i) {
        Value value = group.aggregates[i].Result(plan_.aggregates[i]);
        frame[plan_.aggregates[i].result] = value.is_error() ? kUnbound : evaluator_.terms().Intern(value.term());
      }
      bool wanted = std::all_of(plan_.having.begin(), plan_.having.end(),
                                [&](const PlannedExpression& having) { return evaluator_.IsTrue(having, frame); });
      if (evaluator_.governor().failed() || (wanted && !output.Add(frame))) return;
    }
  }

 private:
  struct Group {
    std::vector<Cell> key;
    std::vector<Accumulator> aggregates;
  };

  Group& Get(std::vector<Cell> key) {
    auto [entry, is_new] = index_.try_emplace(KeyOf(key), groups_.size());
    if (is_new) {
      size_t bytes = 128 + 3 * key.size() * sizeof(Cell) + plan_.aggregates.size() * sizeof(Accumulator);
      charged_ += bytes;
      evaluator_.governor().Charge(bytes);
      groups_.push_back({std::move(key), std::vector<Accumulator>(plan_.aggregates.size())});
    }
    return groups_[entry->second];
  }

  const QueryPlan& plan_;
  Evaluator& evaluator_;
  std::vector<Group> groups_;
  std::unordered_map<std::string, size_t> index_;  // never iterated
  size_t charged_ = 0;
};

}  // namespace

void Evaluator::Run(const QueryPlan& plan, FunctionRef<bool(const std::vector<Cell>&)> emit) {
  RunFrom(plan, kUnbound, emit);
}

void Evaluator::RunFrom(const QueryPlan& plan, Cell graph, FunctionRef<bool(const std::vector<Cell>&)> emit) {
  if (plan.limit && *plan.limit == 0) return;
  // A subquery may run while a solution of the outside, which stands for many, is being looked at.
  const uint64_t outer_weight = std::exchange(weight_, 1);
  Frame frame(plan.slot_count, kUnbound);
  if (graph != kUnbound) frame[0] = graph;
  Output output(plan, *this, emit);
  if (plan.aggregated) {
    Groups groups(plan, *this);
    Solve(plan.where, frame, [&] { return groups.Add(frame); });
    if (!governor_.failed()) groups.Finish(output);
  } else {
    Solve(plan.where, frame, [&] { return output.Add(frame); });
  }
  output.Finish();
  weight_ = outer_weight;
}

bool Evaluator::Ask(const QueryPlan& plan) {
  bool found = false;
  Run(plan, [&](const std::vector<Cell>&) {
    found = true;
    return false;
  });
  return found;
}

}  // namespace sitgraph::queries::sparql
