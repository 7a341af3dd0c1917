// Index look-ups one by one, or a hash table of all matches once that is cheaper.
#include "queries/sparql/matches.h"

#include <algorithm>

namespace sitgraph::queries::sparql {
namespace {

using graph::QuadIds;
using graph::QuadPattern;
using graph::TermId;

// What a look-up costs in rows that could be read one after the other meanwhile: opening a cursor against a step of it.
constexpr uint64_t kRowsPerLookup = 32;

class TripleMatches : public Matches {
 public:
  TripleMatches(const PlannedTriple& triple, const GraphScope& graph, const MatchContext& context)
      : triple_(triple), graph_(graph), context_(context) {
    AddPosition(triple.subject, &QuadIds::subject, &QuadPattern::subject);
    AddPosition(triple.predicate, &QuadIds::predicate, &QuadPattern::predicate);
    AddPosition(triple.object, &QuadIds::object, &QuadPattern::object);
    if (graph.kind == GraphScope::Kind::kSlot) variables_.push_back({graph.slot, &QuadIds::graph, nullptr});
  }

  void Open(Frame& frame) override {
    QuadPattern pattern = constants_;
    free_.clear();
    uint32_t known = 0;
    for (size_t i = 0; i < variables_.size(); ++i) {
      const Variable& variable = variables_[i];
      Cell cell = frame[variable.slot];
      if (cell == kUnbound) {
        free_.push_back(&variable);
        continue;
      }
      known |= 1u << i;
      if (variable.wanted != nullptr) pattern.*variable.wanted = TermId{cell};
    }
    if (known != 0 && OpenTable(known, frame)) return;
    cursor_.emplace(GraphView::Of(graph_, context_.dataset, frame), pattern, context_.snapshot);
  }

  bool Next(Frame& frame) override {
    Unbind(frame);
    return cursor_ ? NextFromStore(frame) : NextFromTable(frame);
  }

  uint64_t Count(Frame& frame) override {
    if (!cursor_) return group_.rows;
    if (!triple_.excluded.empty() || HasTwins()) return Matches::Count(frame);
    uint64_t count = 0;
    while (context_.governor.Tick() && cursor_->Next() != nullptr) ++count;
    if (!context_.governor.failed()) context_.governor.Check(cursor_->status());
    return count;
  }

  std::string_view how() const override { return table_ != nullptr ? "table" : "look-up"; }

  void Close(Frame& frame) override {
    Unbind(frame);
    cursor_.reset();
  }

 private:
  bool HasTwins() const {  // a variable that stands twice
    for (size_t i = 0; i < free_.size(); ++i) {
      for (size_t j = i + 1; j < free_.size(); ++j) {
        if (free_[i]->slot == free_[j]->slot) return true;
      }
    }
    return false;
  }

  struct Variable {
    Slot slot;
    TermId QuadIds::*part;
    std::optional<TermId> QuadPattern::*wanted;  // null for the graph, which the view chooses
  };

  void AddPosition(const PlannedTerm& term, TermId QuadIds::*part, std::optional<TermId> QuadPattern::*wanted) {
    if (term.slot) {
      variables_.push_back({*term.slot, part, wanted});
    } else {
      constants_.*wanted = TermId{term.constant};
    }
  }

  bool IsExcluded(const QuadIds& quad) const {
    const auto& excluded = triple_.excluded;
    return !excluded.empty() && std::binary_search(excluded.begin(), excluded.end(), static_cast<Cell>(quad.predicate));
  }

  bool NextFromStore(Frame& frame) {
    while (context_.governor.Tick()) {
      const QuadIds* quad = cursor_->Next();
      if (quad == nullptr) break;
      if (!IsExcluded(*quad) && Bind(*quad, frame)) return true;
    }
    if (!context_.governor.failed()) context_.governor.Check(cursor_->status());
    cursor_.reset();
    group_ = {};
    return false;
  }

  // False where a variable that stands twice would have two values.
  bool Bind(const QuadIds& quad, Frame& frame) {
    for (const Variable* each : free_) {
      auto cell = static_cast<Cell>(quad.*each->part);
      if (frame[each->slot] != kUnbound && frame[each->slot] != cell) {
        Unbind(frame);
        return false;
      }
      frame[each->slot] = cell;
      ++bound_;
    }
    return true;
  }

  void Unbind(Frame& frame) {
    for (size_t i = 0; i < bound_; ++i) frame[free_[i]->slot] = kUnbound;
    bound_ = 0;
  }

  bool NextFromTable(Frame& frame) {
    if (!context_.governor.Tick() || next_row_ == group_.rows) return false;
    const Cell* row = group_.values + next_row_++ * free_.size();
    for (size_t i = 0; i < free_.size(); ++i) frame[free_[i]->slot] = row[i];
    bound_ = free_.size();
    return true;
  }

  // Whether the matches come from the table, which is made here once it pays.
  bool OpenTable(uint32_t known, const Frame& frame) {
    if (table_ == nullptr || known != table_key_) {
      if (!context_.optimise || table_ != nullptr || ++lookups_ <= table_after_) return false;
      if (!MakeTable(known)) return false;
    }
    Cell key[4];
    size_t width = 0;
    for (size_t i = 0; i < variables_.size(); ++i) {
      if (known & (1u << i)) key[width++] = frame[variables_[i].slot];
    }
    group_ = table_->Find(key);
    next_row_ = 0;
    return true;
  }

  bool MakeTable(uint32_t known) {
    GraphView view = GraphView::Of(graph_, context_.dataset, unbound_frame());
    QuadPattern pattern = constants_;
    pattern.graph = view.only;
    auto matches = context_.snapshot.Estimate(pattern);
    if (!context_.governor.Check(matches)) return false;
    size_t width = free_.size();
    size_t key_width = variables_.size() - width;
    // What the planner expects to come counts like what came.
    uint64_t lookups = std::max(lookups_, static_cast<uint64_t>(std::min(triple_.expected_lookups, 1e15)));
    if (!IsWorthReading(*matches, lookups, GroupedRows::BytesPerRow(key_width, width), context_.governor)) {
      table_after_ = 2 * lookups_;
      return false;
    }
    table_ = std::make_unique<GroupedRows>(key_width, width, context_.governor);
    table_key_ = known;
    TripleCursor cursor(view, constants_, context_.snapshot);
    std::vector<Cell> row(variables_.size());
    while (const QuadIds* quad = cursor.Next()) {
      if (!context_.governor.Tick()) break;
      if (IsExcluded(*quad) || !IsConsistent(*quad)) continue;
      size_t key = 0, value = key_width;
      for (size_t i = 0; i < variables_.size(); ++i) {
        row[known & (1u << i) ? key++ : value++] = static_cast<Cell>(*quad.*variables_[i].part);
      }
      if (!table_->Add(row.data())) break;
    }
    context_.governor.Check(cursor.status());
    return !context_.governor.failed() && table_->Build();
  }

  // The graph's slot is a column of the table, so the view is that of a frame without it.
  Frame unbound_frame() const { return Frame(graph_.kind == GraphScope::Kind::kSlot ? graph_.slot + 1 : 0, kUnbound); }

  bool IsConsistent(const QuadIds& quad) const {
    for (size_t i = 0; i < variables_.size(); ++i) {
      for (size_t j = i + 1; j < variables_.size(); ++j) {
        bool differs = variables_[i].slot == variables_[j].slot && quad.*variables_[i].part != quad.*variables_[j].part;
        if (differs) return false;
      }
    }
    return true;
  }

  const PlannedTriple& triple_;
  const GraphScope& graph_;
  MatchContext context_;
  QuadPattern constants_;
  std::vector<Variable> variables_;

  std::vector<const Variable*> free_;  // while open
  size_t bound_ = 0;                   // of free_, from its start
  std::optional<TripleCursor> cursor_;
  GroupedRows::Group group_;
  size_t next_row_ = 0;

  uint64_t lookups_ = 0;
  uint64_t table_after_ = 64;
  uint32_t table_key_ = 0;  // the variables that the table is grouped by
  std::unique_ptr<GroupedRows> table_;
};

// Several triples that lead to the same variables, one after the other: the path p|^q, a negated set of properties.
class AlternativeMatches : public Matches {
 public:
  AlternativeMatches(const PlannedTriple& triple, const GraphScope& graph, const MatchContext& context) {
    for (const PlannedTriple& part : triple.alternatives) parts_.push_back(MakeMatches(part, graph, context));
  }
  void Open(Frame& frame) override {
    current_ = 0;
    if (!parts_.empty()) parts_[0]->Open(frame);
  }
  bool Next(Frame& frame) override {
    while (current_ < parts_.size()) {
      if (parts_[current_]->Next(frame)) return true;
      parts_[current_]->Close(frame);
      if (++current_ < parts_.size()) parts_[current_]->Open(frame);
    }
    return false;
  }
  std::string_view how() const override { return parts_.empty() ? "nothing" : parts_.front()->how(); }

  void Close(Frame& frame) override {
    if (current_ < parts_.size()) parts_[current_]->Close(frame);
    current_ = parts_.size();
  }

 private:
  std::vector<std::unique_ptr<Matches>> parts_;
  size_t current_ = 0;
};

// A path with repetition, searched from the end that is bound; from both at once where both are.
class PathMatches : public Matches {
 public:
  PathMatches(const PlannedTriple& triple, const GraphScope& graph, const MatchContext& context)
      : triple_(triple), graph_(graph), context_(context) {}

  void Open(Frame& frame) override {
    ChooseGraph(frame);
    Cell subject = CellOf(triple_.subject, frame), object = CellOf(triple_.object, frame);
    at_end_ = IsOutside(subject != kUnbound ? subject : object);
    free_ = nullptr;
    if (at_end_) return;
    if (subject != kUnbound && object != kUnbound) {
      connected_ = AreConnected(subject, object);
    } else if (subject != kUnbound) {
      free_ = &triple_.object;
      search_.emplace(*forward_, subject, context_.governor);
    } else if (object != kUnbound) {
      free_ = &triple_.subject;
      search_.emplace(*backward_, object, context_.governor);
    } else {
      free_ = &triple_.object;
      CollectStarts();
    }
  }

  bool Next(Frame& frame) override {
    Unbind(frame);
    if (at_end_ || context_.governor.failed()) return false;
    if (free_ == nullptr) {
      at_end_ = true;
      return connected_;
    }
    while (true) {
      if (search_) {
        if (std::optional<Cell> found = search_->Next()) {
          if (Bind(*found, frame)) return true;
          continue;
        }
      }
      search_.reset();
      if (context_.governor.failed() || next_start_ == starts_.size()) break;
      start_ = starts_[next_start_++];
      if (*triple_.subject.slot == *triple_.object.slot) {  // a loop
        if (!AreConnected(start_, start_)) continue;
        frame[*triple_.subject.slot] = start_;
        return true;
      }
      search_.emplace(*forward_, start_, context_.governor);
    }
    at_end_ = true;
    return false;
  }

  std::string_view how() const override { return "search"; }

  void Close(Frame& frame) override {
    Unbind(frame);
    search_.reset();
    starts_.clear();
    next_start_ = 0;
    at_end_ = true;
    start_ = kUnbound;
  }

 private:
  static Cell CellOf(const PlannedTerm& term, const Frame& frame) {
    return term.slot ? frame[*term.slot] : term.constant;
  }

  // Between variables the empty path leads from nodes of the graph only, whatever else the query binds them to.
  bool IsOutside(Cell node) const {
    bool matters = triple_.path->accepts_empty() && !triple_.ends_are_nodes && triple_.subject.slot &&
                   triple_.object.slot && node != kUnbound;
    if (!matters) return false;
    return TripleCursor(view_, {.subject = TermId{node}}, context_.snapshot).Next() == nullptr &&
           TripleCursor(view_, {.object = TermId{node}}, context_.snapshot).Next() == nullptr;
  }

  void ChooseGraph(const Frame& frame) {
    Cell graph = graph_.kind == GraphScope::Kind::kSlot ? frame[graph_.slot] : kUnbound;
    if (forward_ && graph == kept_graph_) return;
    kept_graph_ = graph;
    GraphView view = GraphView::Of(graph_, context_.dataset, frame);
    forward_.emplace(triple_.path->forward, view, context_.snapshot, context_.governor);
    backward_.emplace(triple_.path->backward, view, context_.snapshot, context_.governor);
    view_ = view;
  }

  bool Bind(Cell found, Frame& frame) {
    if (start_ != kUnbound) frame[*triple_.subject.slot] = start_;
    frame[*free_->slot] = found;
    bound_ = true;
    return true;
  }
  void Unbind(Frame& frame) {
    if (free_ == nullptr) return;
    if (bound_ || start_ != kUnbound) frame[*free_->slot] = kUnbound;
    if (start_ != kUnbound) frame[*triple_.subject.slot] = kUnbound;
    bound_ = false;
  }

  // Two searches in turn, so that the cheaper end decides.
  bool AreConnected(Cell subject, Cell object) {
    PathSearch ahead(*forward_, subject, context_.governor), back(*backward_, object, context_.governor);
    size_t seen_ahead = 0, seen_back = 0;
    auto has = [](const PathSearch& search, size_t& seen, Cell wanted) {
      while (seen < search.found().size()) {
        if (search.found()[seen++] == wanted) return true;
      }
      return false;
    };
    while (true) {
      if (has(ahead, seen_ahead, object) || has(back, seen_back, subject)) return true;
      if (!ahead.Advance()) return has(ahead, seen_ahead, object);
      if (!back.Advance()) return has(back, seen_back, subject);
    }
  }

  // Both ends are free: every node is a start of an empty path, and else those with a first step.
  void CollectStarts() {
    CellSet seen(context_.governor);
    auto add = [&](Cell cell) {
      if (seen.Insert(cell)) starts_.push_back(cell);
    };
    if (triple_.path->accepts_empty()) {
      TripleCursor cursor(view_, {}, context_.snapshot);
      while (const QuadIds* quad = cursor.Next()) {
        if (!context_.governor.Tick()) return;
        add(static_cast<Cell>(quad->subject));
        add(static_cast<Cell>(quad->object));
      }
      context_.governor.Check(cursor.status());
      return;
    }
    for (const PathAutomaton::Edge& edge : triple_.path->forward.states.front().edges) {
      if (!forward_->neighbours[edge.step].ForEachStart(add)) return;
    }
  }

  const PlannedTriple& triple_;
  const GraphScope& graph_;
  MatchContext context_;
  GraphView view_;
  std::optional<PathGraph> forward_, backward_;
  Cell kept_graph_ = kUnbound;

  const PlannedTerm* free_ = nullptr;  // the end that is searched for; null where both ends are known
  bool connected_ = false;
  bool at_end_ = true;
  bool bound_ = false;
  std::optional<PathSearch> search_;
  std::vector<Cell> starts_;  // where both ends are free
  size_t next_start_ = 0;
  Cell start_ = kUnbound;
};

}  // namespace

bool IsWorthReading(uint64_t rows, uint64_t lookups, size_t bytes_per_row, const Governor& governor) {
  if (rows / kRowsPerLookup > lookups || rows > UINT32_MAX / 4) return false;
  size_t limit = governor.limits().bytes;
  return limit == 0 || rows * bytes_per_row < limit / 4;
}

namespace {

// Keeps account of what it wraps.
class ProfiledMatches : public Matches {
 public:
  ProfiledMatches(std::unique_ptr<Matches> inner, StepProfile& step) : inner_(std::move(inner)), step_(step) {}

  void Open(Frame& frame) override {
    Timer timer(step_);
    inner_->Open(frame);
  }
  bool Next(Frame& frame) override {
    Timer timer(step_);
    bool found = inner_->Next(frame);
    step_.rows += found ? 1 : 0;
    return found;
  }
  uint64_t Count(Frame& frame) override {
    Timer timer(step_);
    uint64_t count = inner_->Count(frame);
    step_.rows += count;
    return count;
  }
  std::string_view how() const override { return inner_->how(); }
  void Close(Frame& frame) override {
    Timer timer(step_);
    inner_->Close(frame);
    step_.how = inner_->how();
  }

 private:
  struct Timer {
    explicit Timer(StepProfile& step) : profile(step) {}
    ~Timer() { profile.time += std::chrono::steady_clock::now() - start; }
    Timer(const Timer&) = delete;
    Timer& operator=(const Timer&) = delete;
    StepProfile& profile;
    std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
  };
  std::unique_ptr<Matches> inner_;
  StepProfile& step_;
};

std::unique_ptr<Matches> MakePlainMatches(const PlannedTriple& triple, const GraphScope& graph,
                                          const MatchContext& context) {
  if (triple.path != nullptr) return std::make_unique<PathMatches>(triple, graph, context);
  if (triple.is_alternative) return std::make_unique<AlternativeMatches>(triple, graph, context);
  return std::make_unique<TripleMatches>(triple, graph, context);
}

}  // namespace

std::unique_ptr<Matches> MakeMatches(const PlannedTriple& triple, const GraphScope& graph,
                                     const MatchContext& context) {
  auto plain = MakePlainMatches(triple, graph, context);
  if (context.profile == nullptr) return plain;
  return std::make_unique<ProfiledMatches>(std::move(plain), context.profile->triples[&triple]);
}

}  // namespace sitgraph::queries::sparql
