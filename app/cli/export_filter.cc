#include "app/cli/export_filter.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "app/cli/interrupt.h"
#include "base/text.h"
#include "queries/query.h"

namespace sitgraph::cli {
namespace {

using base::ErrorCode;
using base::Fail;
using base::Result;
using base::Status;

// Keeps the IRIs of an answer, of rows and of triples alike.
class IriCollector : public queries::ResultSink {
 public:
  Status Begin(const std::vector<std::string>&, const queries::Prefixes&) override { return {}; }
  Status Row(std::span<const std::optional<graph::Term>> cells) override {
    for (const auto& cell : cells) {
      if (cell) Keep(*cell);
    }
    return {};
  }
  Status Boolean(bool) override {
    return Fail(ErrorCode::kUsage, "--where takes a pattern, or a query that finds nodes; ASK finds none");
  }
  Status BeginGraph(const queries::Prefixes&) override { return {}; }
  Status Triple(const graph::Triple& triple) override {
    Keep(triple.subject);
    Keep(triple.object);
    return {};
  }
  Status End() override { return {}; }

  std::vector<std::string> Take() {
    std::sort(iris_.begin(), iris_.end());
    iris_.erase(std::unique(iris_.begin(), iris_.end()), iris_.end());
    return std::move(iris_);
  }

 private:
  void Keep(const graph::Term& term) {
    if (term.is_iri()) iris_.push_back(term.value());
  }
  std::vector<std::string> iris_;
};

// "{ ?e sg:agent ?f }" and "?e sg:agent ?f" are patterns, all else is a whole query.
std::string QueryOf(const std::string& where) {
  const std::string_view text = base::Trim(where);
  for (const std::string_view form : {"select", "construct", "describe", "prefix", "base", "ask"}) {
    if (base::StartsWithIgnoringAsciiCase(text, form) &&
        (text.size() == form.size() || std::isalnum(static_cast<unsigned char>(text[form.size()])) == 0)) {
      return where;
    }
  }
  return text.starts_with('{') ? "SELECT * WHERE " + where : "SELECT * WHERE { " + where + "\n}";
}

Status Bind(const std::string& where, const graph::Snapshot& snapshot, const std::string& base_iri,
            exporters::Filter& filter) {
  if (where.empty()) return {};
  queries::QueryOptions settings;
  settings.base_iri = base_iri;
  settings.limits.cancelled = &Interrupted();
  IriCollector iris;
  const std::string query = QueryOf(where);
  const auto summary = queries::RunQuery(snapshot, query, settings, iris);
  if (!summary) {
    base::Error error = summary.error();
    if (error.place.line != 0) {
      error.message = base::ToStringWithCaret(std::exchange(error, {error.code, {}, {}, {}}), query);
    }
    return Fail(std::move(error));
  }
  filter.bound = iris.Take();
  filter.has_bound = true;
  return {};
}

}  // namespace

void AddFilterOptions(CLI::App& command, FilterOptions& options) {
  AddEventChoice(command, options.events);
  command
      .add_option("--where", options.where,
                  "Only the events that a SPARQL pattern or query finds, or the events of what it finds")
      ->type_name("SPARQL");
}

Result<exporters::Filter> FilterOf(const FilterOptions& options, const graph::Snapshot& snapshot,
                                   const std::string& base_iri) {
  exporters::Filter filter;
  const auto period = PeriodOf(options.events);
  if (!period) return Fail(period.error());
  filter.since = period->since;
  filter.until = period->until;
  filter.types = options.events.types;
  auto places = PlacesOf(options.events, snapshot);
  if (!places) return Fail(places.error());
  filter.places = std::move(*places);
  if (Status status = Bind(options.where, snapshot, base_iri, filter); !status) return Fail(status.error());
  return filter;
}

}  // namespace sitgraph::cli
