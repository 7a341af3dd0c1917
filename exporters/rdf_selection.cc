#include "exporters/rdf_selection.h"

#include <algorithm>
#include <string>
#include <utility>

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

constexpr std::string_view kEntityClasses[] = {"Place",  "Facility", "Force",    "Organization",
                                               "Person", "People",   "Materiel", "Incident"};

}  // namespace

// Goes from the chosen nodes to what hangs on them, a level at a time.
class RdfSelectionMaker {
 public:
  RdfSelectionMaker(const graph::Snapshot& snapshot, const Selection& chosen, RdfSelection& made)
      : snapshot_(snapshot), chosen_(chosen), made_(made) {}

  Status Make() {
    if (Status status = FindNames(); !status) return status;
    std::vector<TermId> level(chosen_.nodes().begin(), chosen_.nodes().end());
    if (Status status = AddLevels(std::move(level)); !status) return status;
    for (const TermId end : ends_) {
      if (const auto stays = Stays(end); !stays) return Fail(stays.error());
    }
    level.clear();
    for (const TermId node : entities_) {
      if (Status status = AddSubjectsOf(subject_, node, level); !status) return status;
    }
    for (const TermId event : events_) {
      if (Status status = AddSubjectsOf(member_, event, level); !status) return status;
    }
    return AddLevels(std::move(level));
  }

 private:
  enum class Hangs : uint8_t { kNothing, kPlacesAround, kAll };

  Status Find(std::string_view prefix, std::string_view local, OptionalId& id) {
    auto found = snapshot_.Find(Term::Iri(v::Iri(prefix, local)));
    if (!found) return Fail(found.error());
    id = *found;
    return {};
  }

  Status FindNames() {
    for (const auto& [prefix, local, id] :
         {std::tuple(v::kRdf, "type", &type_), std::tuple(v::kRdf, "subject", &subject_),
          std::tuple(v::kRdf, "object", &object_), std::tuple(v::kSg, "Event", &event_),
          std::tuple(v::kSg, "Report", &report_), std::tuple(v::kSg, "within", &within_),
          std::tuple(v::kSg, "member", &member_), std::tuple(v::kSem, "eventType", &event_type_),
          std::tuple(v::kSg, "agent", &agent_), std::tuple(v::kSg, "target", &targets_[0]),
          std::tuple(v::kSg, "partner", &targets_[1]), std::tuple(v::kSg, "place", &targets_[2])}) {
      if (Status status = Find(prefix, local, *id); !status) return status;
    }
    for (const std::string_view name : kEntityClasses) {
      OptionalId id;
      if (Status status = Find(v::kSg, name, id); !status) return status;
      if (id) entity_classes_.insert(*id);
    }
    for (const char* name : {"member", "denies"}) {
      OptionalId id;
      if (Status status = Find(v::kSg, name, id); !status) return status;
      if (id) made_.relations_.insert(*id);
    }
    // sgr:capture is short for events of the type sgt:capture, sgr:member-of is a relation.
    const auto relations = snapshot_.Iris(v::kSgr);
    for (; relations->Valid(); relations->Next()) {
      OptionalId type;
      if (Status status = Find(v::kSgt, relations->term().value().substr(v::kSgr.size()), type); !status) return status;
      (type ? made_.short_forms_ : made_.relations_).insert(relations->id());
      if (type) short_form_of_[*type] = relations->id();
    }
    return relations->status();
  }

  Status AddLevels(std::vector<TermId> level) {
    while (!level.empty()) {
      std::sort(level.begin(), level.end());
      level.erase(std::unique(level.begin(), level.end()), level.end());
      std::vector<TermId> next;
      std::vector<QuadIds> quads;  // of one subject
      const auto cursor = snapshot_.MatchEach(level, {});
      for (; cursor->Valid(); cursor->Next()) {
        if (!quads.empty() && quads.front().subject != cursor->quad().subject) AddSubject(quads, next);
        quads.push_back(cursor->quad());
      }
      if (Status status = cursor->status(); !status) return status;
      if (!quads.empty()) AddSubject(quads, next);
      level = std::move(next);
    }
    return {};
  }

  // Takes a subject with its quads, and gives what hangs on it to the next level.
  void AddSubject(std::vector<QuadIds>& quads, std::vector<TermId>& next) {
    const TermId subject = quads.front().subject;
    Hangs hangs = Hangs::kAll;
    bool is_event = false;
    for (const QuadIds& quad : quads) {
      if (OptionalId(quad.predicate) != type_) continue;
      is_event = is_event || OptionalId(quad.object) == event_;
      if (OptionalId(quad.object) == report_) hangs = Hangs::kNothing;
      if (entity_classes_.count(quad.object) > 0) hangs = Hangs::kPlacesAround;
    }
    if (!(is_event && !chosen_.Has(subject)) && made_.subjects_.insert(subject).second) {
      if (is_event) {
        events_.push_back(subject);
        AddShortTriples(quads);
      } else if (hangs == Hangs::kPlacesAround) {
        entities_.push_back(subject);
      }
      for (const QuadIds& quad : quads) {
        const bool follows = hangs == Hangs::kAll
                                 ? OptionalId(quad.predicate) != type_
                                 : hangs == Hangs::kPlacesAround && OptionalId(quad.predicate) == within_;
        if (made_.relations_.count(quad.predicate) > 0) ends_.insert(quad.object);
        if (follows && !made_.HasSubject(quad.object)) next.push_back(quad.object);
      }
    }
    quads.clear();
  }

  void AddShortTriples(const std::vector<QuadIds>& event) {
    for (const QuadIds& type : event) {
      const auto form =
          OptionalId(type.predicate) == event_type_ ? short_form_of_.find(type.object) : short_form_of_.end();
      if (form == short_form_of_.end()) continue;
      for (const QuadIds& agent : event) {
        if (OptionalId(agent.predicate) != agent_ || agent.graph != type.graph) continue;
        for (const QuadIds& target : event) {
          if (target.graph != type.graph) continue;
          if (std::find(std::begin(targets_), std::end(targets_), OptionalId(target.predicate)) == std::end(targets_)) {
            continue;
          }
          made_.short_triples_.emplace(agent.object, form->second, target.object, type.graph);
        }
      }
    }
  }

  // Statements about an entity, and incidents of an event.
  Status AddSubjectsOf(OptionalId predicate, TermId object, std::vector<TermId>& level) {
    if (!predicate) return {};
    const auto cursor = snapshot_.Match({.subject = {}, .predicate = predicate, .object = object, .graph = {}});
    for (; cursor->Valid(); cursor->Next()) {
      const TermId subject = cursor->quad().subject;
      bool leads_away = false;
      if (predicate == subject_) {
        const auto ends = snapshot_.Match({.subject = subject, .predicate = object_, .object = {}, .graph = {}});
        for (; ends->Valid(); ends->Next()) {
          const auto stays = Stays(ends->quad().object);
          if (!stays) return Fail(stays.error());
          leads_away = leads_away || !*stays;
        }
        if (Status status = ends->status(); !status) return status;
      }
      if (!leads_away) level.push_back(subject);
    }
    return cursor->status();
  }

  // Whether the end of a relation is chosen, or a text.
  Result<bool> Stays(TermId end) {
    if (made_.HasSubject(end) || made_.texts_.count(end) > 0) return true;
    const auto term = snapshot_.Resolve(end);
    if (!term) return Fail(term.error());
    if (term->is_literal()) made_.texts_.insert(end);
    return term->is_literal();
  }

  const graph::Snapshot& snapshot_;
  const Selection& chosen_;
  RdfSelection& made_;
  OptionalId type_, subject_, object_, event_, report_, within_, member_, event_type_, agent_, targets_[3];
  std::unordered_set<TermId> entity_classes_;
  std::unordered_set<TermId> ends_;                   // of relations
  std::unordered_map<TermId, TermId> short_form_of_;  // by type of event
  std::vector<TermId> events_, entities_;
};

Result<RdfSelection> RdfSelection::Create(const GraphReader& reader, const Selection& selection) {
  RdfSelection made;
  RdfSelectionMaker maker(reader.snapshot(), selection, made);
  if (Status status = maker.Make(); !status) return Fail(status.error());
  return made;
}

bool RdfSelection::Has(const QuadIds& quad) const {
  if (short_forms_.count(quad.predicate) > 0) {
    return short_triples_.count({quad.subject, quad.predicate, quad.object, quad.graph}) > 0;
  }
  if (relations_.count(quad.predicate) == 0) return true;
  return HasSubject(quad.object) || texts_.count(quad.object) > 0;
}

}  // namespace sitgraph::exporters
