// Fills the columns of a view's nodes from what the graph says of their subjects.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "exporters/graph_reader.h"
#include "exporters/view.h"

namespace sitgraph::exporters {

// Holds the reader by reference. For one thread.
class NodeReader {
 public:
  explicit NodeReader(const GraphReader& reader) : reader_(&reader), names_(kNameCache), locations_(kNameCache) {}

  // Everything of a node but `sources` of entities, `events`, `degree`, size and position, which are the view's.
  // `node.iri` and `node.kind` are given. A node without a name is called by its IRI's last part.
  base::Status Fill(const Description& about, Node& node);
  // Only the times: days, start year, text.
  base::Status FillDays(const Description& about, Node& node) const;

 private:
  // What an event's node says of its reports; kept for the next event, which mostly is of the same reports.
  struct ReportTexts {
    std::vector<graph::TermId> of;
    std::string identifier, title, date, publisher;
  };

  base::Status FillEvent(const Description& about, Node& node);
  base::Status FillEntity(const Description& about, Node& node);
  base::Status FillReport(const Description& about, Node& node);
  base::Status FillCounts(const Description& about, Node& node) const;
  base::Status FillReportTexts(const Description& about, Node& node);
  base::Status ReadReportTexts(std::vector<graph::TermId> reports);
  base::Result<std::string> PreferredLabel(const std::string& iri, const Description& about) const;
  base::Result<std::string> Evidence(const Description& about) const;
  base::Result<uint64_t> FirstOffset(const Description& about) const;
  base::Result<std::optional<Coordinates>> CoordinatesOf(const Description& about) const;
  base::Status FillParties(const Description& about, Node& node) const;
  base::Status FillLocation(const Description& about, Node& node) const;
  // What an event takes over from the place that it is put at.
  struct Location {
    graph::Term term;
    bool is_place = false;  // by its class or its coordinates; else all the rest is empty
    std::optional<Coordinates> coordinates;
    std::string name, country;
  };
  using LocationPtr = std::shared_ptr<const Location>;
  base::Result<LocationPtr> LocationOf(graph::TermId id) const;  // never nullptr
  base::Result<Location> ReadLocation(graph::TermId id) const;
  base::Result<std::string> CountryAround(graph::TermId place) const;
  base::Result<std::string> NameOf(graph::TermId id) const;

  struct CachedName {
    graph::TermId id{};
    bool used = false;
    std::string name;
  };
  struct CachedLocation {
    graph::TermId id{};
    LocationPtr location;
  };
  static constexpr size_t kNameCache = 4096;
  static constexpr size_t kLongestKept = 256;  // bytes of text in an entry of a cache

  const GraphReader* reader_;
  mutable std::vector<CachedName> names_;  // direct-mapped by id
  mutable std::vector<CachedLocation> locations_;
  ReportTexts report_texts_;
};

// The distinct objects of a range, in the order of their ids.
std::vector<graph::TermId> Objects(Description::Range range);

}  // namespace sitgraph::exporters
