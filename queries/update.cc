// Operations to one transaction.
#include "queries/update.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_set>

#include "base/hash.h"
#include "graph/rdf_reader.h"
#include "queries/dataset.h"
#include "queries/pending_graph.h"
#include "queries/sparql/evaluator.h"
#include "queries/sparql/parser.h"
#include "queries/sparql/template.h"
#include "queries/vocabulary_check.h"

namespace sitgraph::queries {
namespace {

using base::ErrorCode;
using base::Status;
using graph::Quad;
using graph::Term;
using sparql::Cell;
using sparql::Governor;
using sparql::GraphTarget;
using sparql::QuadCells;
using sparql::UpdateOperation;
using Kind = UpdateOperation::Kind;

// Quads, each once, in the order made.
class QuadList {
 public:
  explicit QuadList(Governor& governor) : governor_(governor) {}
  ~QuadList() { governor_.Release(charged_); }
  QuadList(const QuadList&) = delete;
  QuadList& operator=(const QuadList&) = delete;

  bool Add(const QuadCells& quad) {
    if (!seen_.insert(quad).second) return true;
    quads_.push_back(quad);
    constexpr size_t kBytes = 2 * sizeof(QuadCells) + 32;
    charged_ += kBytes;
    return governor_.Charge(kBytes);
  }
  const std::vector<QuadCells>& quads() const { return quads_; }

 private:
  struct Hash {
    size_t operator()(const QuadCells& quad) const {
      uint64_t hash = 0;
      for (Cell cell : quad) hash = sparql::MixCells(hash, cell);
      return hash;
    }
  };
  Governor& governor_;
  std::unordered_set<QuadCells, Hash> seen_;  // never iterated
  std::vector<QuadCells> quads_;
  size_t charged_ = 0;
};

// The file that a file: IRI names; nullopt for others.
std::optional<std::string> FilePathOf(std::string_view iri) {
  constexpr std::string_view kScheme = "file://";
  if (!iri.starts_with(kScheme)) return std::nullopt;
  iri.remove_prefix(kScheme.size());
  if (iri.starts_with("localhost/")) iri.remove_prefix(9);
  std::string path;
  for (size_t i = 0; i < iri.size(); ++i) {
    auto digit = [&](size_t at) {
      char c = at < iri.size() ? iri[at] : ' ';
      return c >= '0' && c <= '9'   ? c - '0'
             : c >= 'A' && c <= 'F' ? c - 'A' + 10
             : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                    : -1;
    };
    if (iri[i] == '%' && digit(i + 1) >= 0 && digit(i + 2) >= 0) {
      path += static_cast<char>(digit(i + 1) * 16 + digit(i + 2));
      i += 2;
    } else {
      path += iri[i];
    }
  }
  return path;
}

class Updater {
 public:
  Updater(graph::Store& store, std::string_view text, const UpdateOptions& options)
      : options_(options),
        governor_(options.limits),
        blank_prefix_(fmt::format("u{:016x}x", base::Hash64(text))),
        transaction_(store.Begin()),
        state_(store.TakeSnapshot()) {}

  const graph::Snapshot& state() const { return state_; }

  // `is_last`: nothing will look at the state afterwards.
  Status Run(const UpdateOperation& operation, bool is_last) {
    is_last_ = is_last;
    switch (operation.kind) {
      case Kind::kModify:
        return Modify(operation);
      case Kind::kLoad:
        return Load(operation);
      case Kind::kClear:
      case Kind::kDrop:
        return Clear(operation.target);
      case Kind::kCreate:
        if (IsEmpty(NameOf(operation.target))) return {};
        return base::Fail(ErrorCode::kConflict, fmt::format("the graph <{}> is there already", operation.target.iri));
      case Kind::kAdd:
      case Kind::kMove:
      case Kind::kCopy:
        return Transfer(operation);
    }
    return {};
  }

  base::Result<UpdateSummary> Commit() {
    if (Status status = transaction_->Commit(); !status) return base::Fail(status.error());
    for (const Term& graph : changed_) {
      if (!graph.value().empty()) summary_.graphs.push_back(graph.value());
    }
    return std::move(summary_);
  }
  UpdateSummary& summary() { return summary_; }
  // Whether SILENT may pass over a failure: not where a limit was met, nor where something was changed.
  bool MayPassOver(const base::Error& error, uint64_t changes_before) const {
    return error.code != ErrorCode::kTooLarge && !governor_.failed() && changes_before == changes();
  }
  uint64_t changes() const { return summary_.added + summary_.removed; }

 private:
  static Term NameOf(const GraphTarget& target) {
    return target.kind == GraphTarget::Kind::kGraph ? Term::Iri(target.iri) : Term();
  }

  std::optional<graph::TermId> GraphId(const Term& graph) {
    if (graph.value().empty()) return graph::kDefaultGraphId;
    auto id = state_.Find(graph);
    return governor_.Check(id) ? *id : std::nullopt;
  }

  bool IsEmpty(const Term& graph) {
    auto id = GraphId(graph);
    return !id || !state_.Match({.graph = *id})->Valid();
  }

  Status Failure() { return governor_.failed() ? base::Fail(governor_.TakeFailure()) : Status(); }

  bool Holds(const Quad& quad) {
    graph::QuadPattern pattern;
    auto find = [&](const Term& term, std::optional<graph::TermId>& part) {
      auto id = state_.Find(term);
      if (!governor_.Check(id) || !*id) return false;
      part = **id;
      return true;
    };
    pattern.graph = graph::kDefaultGraphId;
    return find(quad.subject, pattern.subject) && find(quad.predicate, pattern.predicate) &&
           find(quad.object, pattern.object) && (quad.in_default_graph() || find(quad.graph, pattern.graph)) &&
           state_.Match(pattern)->Valid();
  }

  // Adds or removes a quad. `is_news`: it is known to change the state.
  Status Put(const Quad& quad, bool add, bool is_news = false) {
    if (!governor_.Tick()) return Failure();
    if (!is_news && Holds(quad) == add) return Failure();
    if (Status status = add ? transaction_->Add(quad) : transaction_->Remove(quad); !status) return status;
    if (!is_last_) {
      if (Status status = add ? state_.Add(quad) : state_.Remove(quad); !status) return status;
    }
    return Note(quad.graph, add);
  }

  Status Note(const Term& graph, bool add) {
    ++(add ? summary_.added : summary_.removed);
    changed_.insert(graph);
    size_t most = options_.limits.bytes;
    if (most != 0 && transaction_->ApproximateSize() + state_.ApproximateSize() > most) {
      return base::Fail(ErrorCode::kTooLarge,
                        fmt::format("the update changes more than fits into its memory limit of {} MiB", most >> 20),
                        {}, "split it, or raise the memory limit");
    }
    return {};
  }

  Status Modify(const UpdateOperation& operation) {
    sparql::TermTable terms(state_, governor_);
    QuadList removed(governor_), added(governor_);
    if (Status status = FindChanges(operation, terms, removed, added); !status) return status;
    // Ids hold only until the state changes, so all become terms before.
    std::vector<Quad> to_remove = ToTerms(removed, terms), to_add = ToTerms(added, terms);
    if (governor_.failed()) return Failure();
    for (const Quad& quad : to_remove) {
      if (Status status = Put(quad, false); !status) return status;
    }
    // In the last operation the state stays as it was, so what was removed and comes back has to be told.
    std::set<Quad> gone;
    if (is_last_) gone.insert(to_remove.begin(), to_remove.end());
    for (const Quad& quad : to_add) {
      if (Status status = Put(quad, true, gone.contains(quad)); !status) return status;
    }
    return Failure();
  }

  std::vector<Quad> ToTerms(const QuadList& list, sparql::TermTable& terms) {
    std::vector<Quad> out;
    out.reserve(list.quads().size());
    for (const QuadCells& quad : list.quads()) {
      out.push_back({terms.Resolve(quad[0]), terms.Resolve(quad[1]), terms.Resolve(quad[2]),
                     quad[3] == sparql::kUnbound ? Term() : terms.Resolve(quad[3])});
    }
    return out;
  }

  Status FindChanges(const UpdateOperation& operation, sparql::TermTable& terms, QuadList& removed, QuadList& added) {
    std::vector<std::string> columns;
    if (operation.where != nullptr) {
      for (const auto& item : operation.where->select) columns.push_back(item.variable);
    }
    sparql::Template removal(columns, blank_prefix_, terms, governor_);
    sparql::Template addition(columns, blank_prefix_, terms, governor_);
    sparql::Node with;
    if (operation.with) with.term = Term::Iri(*operation.with);
    auto fill = [&](sparql::Template& made, const std::vector<sparql::QuadBlock>& blocks) {
      for (const sparql::QuadBlock& block : blocks) {
        made.Add(block.triples, block.graph ? &*block.graph : operation.with ? &with : nullptr);
      }
    };
    fill(removal, operation.removed);
    fill(addition, operation.added);
    auto take = [&](const std::vector<Cell>& row) {
      return removal.Instantiate(row, [&](const QuadCells& quad) { return removed.Add(quad); }) &&
             addition.Instantiate(row, [&](const QuadCells& quad) { return added.Add(quad); });
    };
    if (operation.where == nullptr) {
      take({});
      return Failure();
    }
    auto dataset = DatasetOf(*operation.where, state_, options_.default_graph);
    if (!dataset) return base::Fail(dataset.error());
    if (operation.with && !operation.where->has_dataset) {
      auto graphs = FindGraphs(state_, {*operation.with});
      if (!graphs) return base::Fail(graphs.error());
      dataset->kind = sparql::Dataset::Default::kListed;
      dataset->listed = std::move(*graphs);
    }
    auto plan = sparql::MakePlan(*operation.where, terms, *dataset, governor_);
    if (!plan) return base::Fail(plan.error());
    sparql::Evaluator(terms, *dataset, governor_, operation.where->base_iri).Run(*plan, take);
    return Failure();
  }

  static size_t SizeOf(const Quad& quad) {
    return sizeof(Quad) + quad.subject.value().size() + quad.predicate.value().size() + quad.object.value().size() +
           quad.graph.value().size();
  }

  // Counted against the memory limit for the rest of the request.
  base::Result<std::vector<Quad>> QuadsOf(const Term& graph) {
    std::vector<Quad> quads;
    auto id = GraphId(graph);
    if (!id) return quads;
    auto cursor = state_.Match({.graph = *id});
    for (; cursor->Valid(); cursor->Next()) {
      if (!governor_.Tick()) return base::Fail(governor_.TakeFailure());
      Quad& quad = quads.emplace_back();
      quad.graph = graph;
      for (auto [term, part] :
           {std::pair(&quad.subject, cursor->quad().subject), std::pair(&quad.predicate, cursor->quad().predicate),
            std::pair(&quad.object, cursor->quad().object)}) {
        auto resolved = state_.Resolve(part);
        if (!resolved) return base::Fail(resolved.error());
        *term = std::move(*resolved);
      }
      if (!governor_.Charge(SizeOf(quad))) return base::Fail(governor_.TakeFailure());
    }
    if (Status status = cursor->status(); !status) return base::Fail(status.error());
    return quads;
  }

  Status ClearGraph(const Term& graph) {
    auto quads = QuadsOf(graph);
    if (!quads) return base::Fail(quads.error());
    for (const Quad& quad : *quads) {
      if (Status status = Put(quad, false, true); !status) return status;
    }
    return {};
  }

  Status Clear(const GraphTarget& target) {
    using TargetKind = GraphTarget::Kind;
    if (target.kind == TargetKind::kGraph || target.kind == TargetKind::kDefault) return ClearGraph(NameOf(target));
    std::vector<Term> names;
    if (target.kind == TargetKind::kAll) names.emplace_back();
    auto graphs = state_.Graphs();
    if (!graphs) return base::Fail(graphs.error());
    for (graph::TermId id : *graphs) {
      if (id == graph::kDefaultGraphId) continue;
      auto name = state_.Resolve(id);
      if (!name) return base::Fail(name.error());
      names.push_back(std::move(*name));
    }
    for (const Term& name : names) {
      if (Status status = ClearGraph(name); !status) return status;
    }
    return {};
  }

  Status Transfer(const UpdateOperation& operation) {
    Term from = NameOf(operation.from), to = NameOf(operation.target);
    if (!from.value().empty() && IsEmpty(from)) {
      return base::Fail(ErrorCode::kNotFound, fmt::format("there is no graph <{}>", from.value()));
    }
    if (from == to) return {};
    auto quads = QuadsOf(from);
    if (!quads) return base::Fail(quads.error());
    // The state must follow, for the steps of one operation build on each other.
    bool was_last = std::exchange(is_last_, false);
    Status status;
    if (operation.kind != Kind::kAdd) status = ClearGraph(to);
    for (size_t i = 0; status && i < quads->size(); ++i) {
      Quad quad = (*quads)[i];
      quad.graph = to;
      status = Put(quad, true);
    }
    if (status && operation.kind == Kind::kMove) status = ClearGraph(from);
    is_last_ = was_last;
    return status;
  }

  Status Load(const UpdateOperation& operation) {
    auto path = FilePathOf(operation.source);
    if (!path) {
      return base::Fail(ErrorCode::kUnsupported, fmt::format("<{}> is not a file of this machine", operation.source),
                        {}, "fetch it first, then LOAD <file:///folder/name.ttl>");
    }
    if (!options_.load_files) return base::Fail(ErrorCode::kUnsupported, "LOAD is not allowed here");
    auto syntax = graph::SyntaxOf(*path);
    if (!syntax) {
      return base::Fail(ErrorCode::kBadInput, fmt::format("{} is not known as RDF by its name", *path), {},
                        "there are .nt .nq .ttl .trig .rdf .owl, and .gz of each");
    }
    // Read as a whole first: with SILENT a bad file must leave nothing behind.
    std::vector<Quad> quads;
    const Term target = NameOf(operation.target);
    bool has_target = operation.target.kind == GraphTarget::Kind::kGraph;
    size_t bytes = 0;
    graph::RdfReadOptions reading;
    reading.syntax = *syntax;
    auto read = graph::ReadRdf(*path, reading, [&](const Quad& quad) {
      bytes += SizeOf(quad);
      if (!governor_.Tick() || !governor_.Charge(SizeOf(quad))) return Failure();
      quads.push_back(quad);
      if (has_target) quads.back().graph = target;
      return Status();
    });
    governor_.Release(bytes);
    if (!read) return base::Fail(read.error());
    bool was_last = std::exchange(is_last_, false);  // a file may say a thing twice
    Status status;
    for (size_t i = 0; status && i < quads.size(); ++i) status = Put(quads[i], true);
    is_last_ = was_last;
    return status;
  }

  const UpdateOptions& options_;
  Governor governor_;
  std::string blank_prefix_;
  std::unique_ptr<graph::Transaction> transaction_;
  PendingGraph state_;
  bool is_last_ = false;
  std::set<Term> changed_;
  UpdateSummary summary_;
};

}  // namespace

base::Result<UpdateSummary> RunUpdate(graph::Store& store, std::string_view text, const UpdateOptions& options) {
  sparql::ParseOptions parse_options;
  parse_options.base_iri = options.base_iri;
  auto update = sparql::ParseUpdate(text, parse_options);
  if (!update) return base::Fail(update.error());
  Updater updater(store, text, options);
  if (options.check_vocabulary) {
    auto warnings = CheckVocabulary(update->mentions, updater.state());
    if (!warnings) return base::Fail(warnings.error());
    updater.summary().warnings = std::move(*warnings);
  }
  for (size_t i = 0; i < update->operations.size(); ++i) {
    const UpdateOperation& operation = update->operations[i];
    uint64_t before = updater.changes();
    Status status = updater.Run(operation, i + 1 == update->operations.size());
    if (status || (operation.silent && updater.MayPassOver(status.error(), before))) continue;
    base::Error error = status.error();
    if (error.place.file.empty() && error.place.line == 0) error.place = {"", operation.at.line, operation.at.column};
    return base::Fail(std::move(error));
  }
  return updater.Commit();
}

}  // namespace sitgraph::queries
