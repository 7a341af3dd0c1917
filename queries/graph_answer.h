// The answers of CONSTRUCT and DESCRIBE: a set of triples, held until it is whole.
#pragma once

#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "queries/results.h"
#include "queries/sparql/evaluator.h"
#include "queries/sparql/template.h"

namespace sitgraph::queries {

// Triples, each once, subject by subject in the order in which subjects were met first.
class GraphAnswer {
 public:
  GraphAnswer(sparql::TermTable& terms, sparql::Governor& governor) : terms_(terms), governor_(governor) {}
  ~GraphAnswer() { governor_.Release(charged_); }
  GraphAnswer(const GraphAnswer&) = delete;
  GraphAnswer& operator=(const GraphAnswer&) = delete;

  // False where the governor stops it.
  bool Add(const sparql::QuadCells& quad);
  // What is said of `resource`, and of the blank nodes that are said of it (a concise bounded description).
  bool Describe(sparql::Cell resource, const sparql::Dataset& dataset);
  // Hands all on, with the limit of results.
  base::Result<uint64_t> Deliver(ResultSink& sink, const Prefixes& prefixes);

 private:
  struct Hash {
    size_t operator()(const sparql::QuadCells& quad) const {
      return sparql::MixCells(sparql::MixCells(sparql::MixCells(0, quad[0]), quad[1]), quad[2]);
    }
  };
  sparql::TermTable& terms_;
  sparql::Governor& governor_;
  std::unordered_set<sparql::QuadCells, Hash> seen_;     // never iterated
  std::unordered_map<sparql::Cell, size_t> subjects_;    // never iterated
  std::vector<std::vector<sparql::QuadCells>> triples_;  // by subject
  std::unordered_set<sparql::Cell> described_;
  size_t charged_ = 0;
};

}  // namespace sitgraph::queries
