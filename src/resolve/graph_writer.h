// Puts frames into a graph, each report whole or not at all, and keeps the manifest of what is there.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "graph/store.h"
#include "src/codebook/codebook.h"
#include "src/extract/frame.h"
#include "src/resolve/decisions.h"
#include "src/resolve/incidents.h"

namespace sitgraph::resolve {

// Raised whenever the same frame gives other statements or records than before. To be part of the digests that Put is
// given, so that reports which an earlier version wrote are written again.
inline constexpr std::string_view kStatementsVersion = "2";

enum class PutOutcome : uint8_t { kAdded, kReplaced, kUnchanged };

// One writer at a time. For one thread, but for IsCurrent, which any thread may call meanwhile.
class GraphWriter {
 public:
  // The graph's base IRI is set by its first writer and kept with it. Asking for another one later is kConflict; an
  // empty `base_iri` takes what is there, or the default. A base that is no absolute IRI is kUsage.
  static base::Result<GraphWriter> Open(graph::Store& store, const codebook::Codebook* codebook,
                                        std::string_view base_iri);

  // Takes the decisions of `text` (decisions.h) in place of those that the graph has kept so far, for all reports that
  // are put from now on, by this and by later writers. Reports put under others are not current any more. The errors
  // are all of the file's, or the store's one.
  tl::expected<void, std::vector<base::Error>> SetDecisions(std::string_view text, const std::string& file);

  // True where the report `id` was put with the same digest, so that extracting it again can be spared.
  base::Result<bool> IsCurrent(std::string_view id, std::string_view digest) const;

  // Writes the frame in one transaction: nothing where `digest` (of everything the frame depends on) is what the
  // manifest has for the report's id; otherwise what the report said before is taken back and its statements are
  // written. kBadInput where the frame has no report id.
  base::Result<PutOutcome> Put(const extract::Frame& frame, std::string_view digest);

  // Takes back all that a report said. False where there is no report of that id.
  base::Result<bool> Remove(std::string_view id);

  // Gathers events of several reports that tell one happening (docs/vocabulary.md, Incidents). To be called once the
  // reports at hand are put or removed; until then the graph has the incidents as they were before. Goes on where an
  // earlier call did not end.
  base::Result<SettleSummary> Settle();

  const std::string& base_iri() const { return base_iri_; }

 private:
  GraphWriter(graph::Store& store, const codebook::Codebook* codebook, std::string base_iri);
  // What the report is known by: the caller's digest, and the decisions that were applied.
  std::string DigestOf(std::string_view digest) const;
  // The preferred label that was decided on for an IRI, or empty.
  std::string DecidedName(std::string_view iri) const;
  const codebook::Entry* FindEntry(std::string_view iri) const;  // of an absolute IRI; nullptr where it has none

  graph::Store* store_;
  const codebook::Codebook* codebook_;
  std::string base_iri_;
  Decisions decisions_;
  std::string decisions_text_;
};

struct StoredReport {
  std::string_view id;
  std::string_view iri;  // of the report and its named graph
};
// Calls `visit` for each report of the graph, ordered by id, until it returns false.
base::Status VisitReports(const graph::Snapshot& snapshot, const std::function<bool(const StoredReport&)>& visit);

// The base IRI that a graph was made with, or the default where no report was written yet.
base::Result<std::string> BaseIriOf(const graph::Snapshot& snapshot);

}  // namespace sitgraph::resolve
