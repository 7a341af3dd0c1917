#include "exporters/nanopublications.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "graph/vocabulary.h"

namespace sitgraph::exporters {
namespace {

namespace v = graph::vocabulary;
using base::Fail;
using base::Result;
using base::Status;
using graph::QuadIds;
using graph::Term;
using graph::TermId;
using OptionalId = std::optional<TermId>;

constexpr std::string_view kPublisher = "https://w3id.org/sitgraph";

Term Iri(std::string_view prefix, std::string_view local) { return Term::Iri(v::Iri(prefix, local)); }
Term Np(std::string_view local) { return Iri(kNanopublicationPrefix.iri, local); }

// By subject, the type before all else.
struct BySubject {
  static auto Key(const graph::Triple& t) {
    return std::tuple(std::cref(t.subject), t.predicate.value() != v::Iri(v::kRdf, "type"), std::cref(t.predicate),
                      std::cref(t.object));
  }
  bool operator()(const graph::Triple& a, const graph::Triple& b) const {
    const auto left = Key(a), right = Key(b);
    if (std::get<0>(left).get() != std::get<0>(right).get()) return std::get<0>(left).get() < std::get<0>(right).get();
    if (std::get<1>(left) != std::get<1>(right)) return std::get<1>(left) < std::get<1>(right);
    if (std::get<2>(left).get() != std::get<2>(right).get()) return std::get<2>(left).get() < std::get<2>(right).get();
    return std::get<3>(left).get() < std::get<3>(right).get();
  }
};
using Part = std::set<graph::Triple, BySubject>;

class Publisher {
 public:
  Publisher(const graph::Snapshot& snapshot, const RdfSelection* selection, RdfWriter& writer,
            const std::function<void()>& written)
      : snapshot_(snapshot), selection_(selection), writer_(writer), written_(written) {}

  Status Run() {
    if (Status status = FindNames(); !status) return status;
    const auto iris = snapshot_.Iris("");
    for (; iris->Valid(); iris->Next()) {
      if (selection_ != nullptr && !selection_->HasSubject(iris->id())) continue;
      const auto graphs = GraphsWhere(iris->id());
      if (!graphs) return Fail(graphs.error());
      for (const auto& [graph, is_event] : *graphs) {
        if (Status status = Publish(iris->id(), iris->term(), graph, is_event, graphs->size() > 1); !status)
          return status;
      }
    }
    return iris->status();
  }

 private:
  Status FindNames() {
    for (const auto& [prefix, local, id] :
         {std::tuple(v::kRdf, "type", &type_), std::tuple(v::kSg, "Event", &event_),
          std::tuple(v::kRdf, "Statement", &statement_), std::tuple(v::kSg, "evidence", &evidence_),
          std::tuple(v::kSg, "source", &source_), std::tuple(v::kSg, "confidence", &confidence_),
          std::tuple(v::kSg, "count", &count_), std::tuple(v::kProv, "hadPrimarySource", &primary_source_),
          std::tuple(v::kRdf, "subject", &subject_), std::tuple(v::kRdf, "predicate", &predicate_),
          std::tuple(v::kRdf, "object", &object_), std::tuple(v::kSem, "eventType", &event_type_)}) {
      if (Status status = Find(prefix, local, *id); !status) return status;
    }
    for (const auto& [prefix, local] :
         {std::pair(v::kRdf, "type"), std::pair(v::kSkos, "prefLabel"), std::pair(v::kWgs, "lat"),
          std::pair(v::kWgs, "long"), std::pair(v::kSg, "country"), std::pair(v::kSg, "placeType")}) {
      OptionalId id;
      if (Status status = Find(prefix, local, id); !status) return status;
      if (id) described_by_.insert(*id);
    }
    return {};
  }

  Status Find(std::string_view prefix, std::string_view local, OptionalId& id) {
    auto found = snapshot_.Find(Iri(prefix, local));
    if (!found) return Fail(found.error());
    id = *found;
    return {};
  }

  // The graphs that say that the node is an event (true) or a statement.
  Result<std::map<TermId, bool>> GraphsWhere(TermId node) {
    std::map<TermId, bool> graphs;
    if (!type_) return graphs;
    const auto types = snapshot_.Match({.subject = node, .predicate = type_, .object = {}, .graph = {}});
    for (; types->Valid(); types->Next()) {
      const OptionalId type = types->quad().object;
      if (type == event_ || type == statement_) graphs[types->quad().graph] = type == event_;
    }
    if (Status status = types->status(); !status) return Fail(status.error());
    return graphs;
  }

  Result<Term> Resolve(TermId id) {
    if (id == graph::kDefaultGraphId) return Term();
    if (names_.size() > kNames) names_.clear();
    const auto known = names_.find(id);
    if (known != names_.end()) return known->second;
    auto term = snapshot_.Resolve(id);
    if (term && term->value().size() < kLongName) names_.emplace(id, *term);
    return term;
  }

  Status Add(Part& part, const QuadIds& quad) {
    graph::Triple triple;
    for (const auto& [id, term] :
         {std::pair(quad.subject, &triple.subject), std::pair(quad.predicate, &triple.predicate),
          std::pair(quad.object, &triple.object)}) {
      auto resolved = Resolve(id);
      if (!resolved) return Fail(resolved.error());
      *term = std::move(*resolved);
    }
    part.insert(std::move(triple));
    return {};
  }

  Status Publish(TermId id, const Term& node, TermId graph, bool is_event, bool in_several_graphs) {
    Part assertion, provenance;
    said_.clear();
    if (Status status = AddNode(id, graph, is_event, assertion, provenance); !status) return status;
    if (assertion.empty()) return {};
    auto report = Resolve(graph);
    if (!report) return Fail(report.error());
    std::string stem = node.value() + "/nanopub";
    // Loaded graphs may say of one event what they like.
    if (in_several_graphs) stem += "/" + std::to_string(static_cast<uint64_t>(graph));
    const Term assertion_iri = Term::Iri(stem + "/assertion");
    if (graph != graph::kDefaultGraphId) {
      provenance.insert({assertion_iri, Iri(v::kProv, "hadPrimarySource"), *report});
      if (Status status = AddAll(graph, graph, provenance); !status) return status;
    } else {
      provenance.insert({assertion_iri, Iri(v::kProv, "wasAttributedTo"), Term::Iri(std::string(kPublisher))});
    }
    const Term whole = Term::Iri(stem), provenance_iri = Term::Iri(stem + "/provenance"),
               publication_iri = Term::Iri(stem + "/publication"), publisher = Term::Iri(std::string(kPublisher));
    const Part head = {{whole, Iri(v::kRdf, "type"), Np("Nanopublication")},
                       {whole, Np("hasAssertion"), assertion_iri},
                       {whole, Np("hasProvenance"), provenance_iri},
                       {whole, Np("hasPublicationInfo"), publication_iri}};
    const Part publication = {{whole, Iri(v::kProv, "wasAttributedTo"), publisher},
                              {publisher, Iri(v::kRdf, "type"), Iri(v::kProv, "SoftwareAgent")},
                              {publisher, Iri(v::kRdfs, "label"), Term::String("sitgraph")}};
    for (const auto& [name, part] :
         {std::pair(Term::Iri(stem + "/head"), &head), std::pair(assertion_iri, &std::as_const(assertion)),
          std::pair(provenance_iri, &std::as_const(provenance)), std::pair(publication_iri, &publication)}) {
      for (const graph::Triple& t : *part) {
        if (Status status = writer_.Write(t.subject, t.predicate, t.object, name); !status) return status;
        written_();
      }
    }
    return {};
  }

  // An event, a count or a statement: to the assertion what it says, to the provenance how it is known.
  Status AddNode(TermId node, TermId graph, bool is_event, Part& assertion, Part& provenance) {
    if (!said_.insert(node).second) return {};
    std::vector<QuadIds> quads;
    const auto cursor = snapshot_.Match({.subject = node, .predicate = {}, .object = {}, .graph = graph});
    for (; cursor->Valid(); cursor->Next()) quads.push_back(cursor->quad());
    if (Status status = cursor->status(); !status) return status;
    const bool is_statement = Has(quads, type_, statement_);
    if (is_statement) {
      if (Status status = AddRelation(quads, assertion); !status || assertion.empty()) return status;
    }
    for (const QuadIds& quad : quads) {
      const OptionalId predicate = quad.predicate;
      const bool provenant = is_statement || predicate == evidence_ || predicate == source_ ||
                             predicate == confidence_ || predicate == primary_source_;
      if (Status status = Add(provenant ? provenance : assertion, quad); !status) return status;
      Status status;
      if (predicate == evidence_) {
        status = AddAll(quad.object, graph, provenance);
      } else if (predicate == count_) {
        status = AddNode(quad.object, graph, false, assertion, provenance);
      } else if (predicate == subject_ || predicate == object_ || !is_statement) {
        status = Describe(quad.object, predicate == source_ ? provenance : assertion);
      }
      if (!status) return status;
    }
    return is_event ? AddShortTriples(quads, graph, assertion) : Status();
  }

  static bool Has(const std::vector<QuadIds>& quads, OptionalId predicate, OptionalId object) {
    return std::any_of(quads.begin(), quads.end(), [&](const QuadIds& quad) {
      return OptionalId(quad.predicate) == predicate && OptionalId(quad.object) == object;
    });
  }

  // The relation that a statement is about; none where it is not one.
  Status AddRelation(const std::vector<QuadIds>& quads, Part& assertion) {
    OptionalId ends[3];
    for (const QuadIds& quad : quads) {
      for (const auto& [name, end] :
           {std::pair(subject_, &ends[0]), std::pair(predicate_, &ends[1]), std::pair(object_, &ends[2])}) {
        if (OptionalId(quad.predicate) != name) continue;
        if (*end) return {};
        *end = quad.object;
      }
    }
    if (!ends[0] || !ends[1] || !ends[2]) return {};
    for (const int i : {0, 1}) {
      const auto term = Resolve(*ends[i]);
      if (!term) return Fail(term.error());
      if (!term->is_iri()) return {};
    }
    return Add(assertion, {*ends[0], *ends[1], *ends[2], graph::kDefaultGraphId});
  }

  // Those that the graph states between what the event names.
  Status AddShortTriples(const std::vector<QuadIds>& event, TermId graph, Part& assertion) {
    for (const QuadIds& type : event) {
      if (OptionalId(type.predicate) != event_type_) continue;
      const auto iri = Resolve(type.object);
      if (!iri) return Fail(iri.error());
      if (!iri->value().starts_with(v::kSgt)) continue;
      OptionalId relation;
      if (Status status = Find(v::kSgr, iri->value().substr(v::kSgt.size()), relation); !status) return status;
      if (!relation) continue;
      for (const QuadIds& agent : event) {
        const auto cursor =
            snapshot_.Match({.subject = agent.object, .predicate = relation, .object = {}, .graph = graph});
        for (; cursor->Valid(); cursor->Next()) {
          const bool named = std::any_of(event.begin(), event.end(),
                                         [&](const QuadIds& quad) { return quad.object == cursor->quad().object; });
          if (!named) continue;
          if (Status status = Add(assertion, cursor->quad()); !status) return status;
        }
        if (Status status = cursor->status(); !status) return status;
      }
    }
    return {};
  }

  Status AddAll(TermId subject, TermId graph, Part& part) {
    const auto cursor = snapshot_.Match({.subject = subject, .predicate = {}, .object = {}, .graph = graph});
    for (; cursor->Valid(); cursor->Next()) {
      if (Status status = Add(part, cursor->quad()); !status) return status;
    }
    return cursor->status();
  }

  // Kind, name and place of an entity, which hold across reports.
  Status Describe(TermId entity, Part& part) {
    const auto cursor =
        snapshot_.Match({.subject = entity, .predicate = {}, .object = {}, .graph = graph::kDefaultGraphId});
    for (; cursor->Valid(); cursor->Next()) {
      if (described_by_.count(cursor->quad().predicate) == 0) continue;
      if (Status status = Add(part, cursor->quad()); !status) return status;
    }
    return cursor->status();
  }

  static constexpr size_t kNames = 16384, kLongName = 256;

  const graph::Snapshot& snapshot_;
  const RdfSelection* selection_;
  RdfWriter& writer_;
  const std::function<void()>& written_;
  OptionalId type_, event_, statement_, evidence_, source_, confidence_, count_, primary_source_, subject_, predicate_,
      object_, event_type_;
  std::set<TermId> described_by_;
  std::map<TermId, Term> names_;  // a cache
  std::set<TermId> said_;         // nodes of the nanopublication that is being made
};

}  // namespace

Status WriteNanopublications(const graph::Snapshot& snapshot, const RdfSelection* selection, RdfWriter& writer,
                             const std::function<void()>& written) {
  return Publisher(snapshot, selection, writer, written).Run();
}

}  // namespace sitgraph::exporters
