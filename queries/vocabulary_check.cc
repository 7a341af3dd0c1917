// The names of sg: as docs/vocabulary.md lists them; the others are looked up in the graph.
#include "queries/vocabulary_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>

#include "base/text.h"
#include "graph/vocabulary.h"

namespace sitgraph::queries {
namespace {

namespace vocabulary = graph::vocabulary;

constexpr std::array<std::string_view, 44> kSgNames = {
    "Report",   "Event",  "Incident", "Force",    "Organization", "Person",     "Place",    "Materiel", "People",
    "Facility", "Count",  "agent",    "target",   "partner",      "instrument", "place",    "origin",   "destination",
    "source",   "begin",  "end",      "timeText", "factuality",   "confidence", "count",    "evidence", "qualifier",
    "unit",     "of",     "counts",   "harm",     "outcome",      "partOf",     "sentence", "within",   "member",
    "denies",   "actual", "negated",  "intended", "possible",     "demanded",   "sha256",   "dateline"};

// A suggestion is looked for among at most this many of the graph's names.
constexpr size_t kMostCandidates = 10000;

// The one of our prefixes that an IRI starts with, or nullptr.
const vocabulary::Prefix* OursOf(std::string_view iri) {
  for (const vocabulary::Prefix& prefix : vocabulary::kPrefixes) {
    bool ours = prefix.iri == vocabulary::kSg || prefix.iri == vocabulary::kSgt || prefix.iri == vocabulary::kSgr;
    if (ours && iri.starts_with(prefix.iri)) return &prefix;
  }
  return nullptr;
}

base::Result<std::vector<std::string>> Candidates(const vocabulary::Prefix& prefix, const graph::Snapshot& snapshot) {
  std::set<std::string> names;
  if (prefix.iri == vocabulary::kSg) names.insert(kSgNames.begin(), kSgNames.end());
  auto cursor = snapshot.Iris(prefix.iri);
  for (; cursor->Valid() && names.size() < kMostCandidates; cursor->Next()) {
    names.insert(cursor->term().value().substr(prefix.iri.size()));
  }
  if (base::Status status = cursor->status(); !status) return base::Fail(status.error());
  return std::vector<std::string>(names.begin(), names.end());
}

}  // namespace

base::Result<std::vector<base::Error>> CheckVocabulary(const std::vector<sparql::Query::Mention>& mentions,
                                                       const graph::Snapshot& snapshot) {
  std::vector<base::Error> warnings;
  std::set<std::string> done;
  for (const auto& [iri, at] : mentions) {
    const vocabulary::Prefix* prefix = OursOf(iri);
    if (prefix == nullptr || iri.size() == prefix->iri.size() || !done.insert(iri).second) continue;
    std::string local = iri.substr(prefix->iri.size());
    bool is_sg = prefix->iri == vocabulary::kSg;
    if (is_sg && std::find(kSgNames.begin(), kSgNames.end(), local) != kSgNames.end()) continue;
    auto id = snapshot.Find(graph::Term::Iri(iri));
    if (!id) return base::Fail(id.error());
    if (*id) continue;
    auto candidates = Candidates(*prefix, snapshot);
    if (!candidates) return base::Fail(candidates.error());
    std::optional<std::string> near = base::Nearest(local, *candidates);
    warnings.push_back({base::ErrorCode::kBadInput,
                        is_sg ? fmt::format("{}:{} is not a term of the vocabulary", prefix->name, local)
                              : fmt::format("{}:{} does not occur in this graph", prefix->name, local),
                        {"", at.line, at.column},
                        near ? fmt::format("did you mean {}:{}?", prefix->name, *near) : ""});
  }
  return warnings;
}

}  // namespace sitgraph::queries
