// Which statements a filtered RDF export gives: those of the chosen events and all that hangs on them.
#pragma once

#include <set>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/error.h"
#include "exporters/graph_reader.h"
#include "exporters/selection.h"
#include "graph/store.h"

namespace sitgraph::exporters {

// Of the chosen events: their counts and evidence, the entities that they name and the places around these, their
// reports and incidents. Of these entities: names, kinds, coordinates, relations to each other with their evidence, and
// the short triples that the chosen events account for. Statements that lead to other events are left out. Memory grows
// with what is chosen, some 50 bytes a subject.
class RdfSelection {
 public:
  // `selection` is not everything().
  static base::Result<RdfSelection> Create(const GraphReader& reader, const Selection& selection);

  bool HasSubject(graph::TermId id) const { return subjects_.count(id) > 0; }
  // Whether a statement of one of the subjects is to be given.
  bool Has(const graph::QuadIds& quad) const;

 private:
  friend class RdfSelectionMaker;
  using Relation = std::tuple<graph::TermId, graph::TermId, graph::TermId, graph::TermId>;

  std::unordered_set<graph::TermId> subjects_;     // never iterated
  std::unordered_set<graph::TermId> relations_;    // predicates whose other end must be among the subjects
  std::unordered_set<graph::TermId> short_forms_;  // predicates of short triples
  std::unordered_set<graph::TermId> texts_;        // literals at the ends of relations
  std::set<Relation> short_triples_;               // that the chosen events account for
};

}  // namespace sitgraph::exporters
