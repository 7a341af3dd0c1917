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

// Keeps the IRIs of an answer, of rows and of triples alike, and the triples.
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
    triples_.push_back(triple);
    return {};
  }
  Status End() override { return {}; }

  std::vector<std::string> Take() {
    std::sort(iris_.begin(), iris_.end());
    iris_.erase(std::unique(iris_.begin(), iris_.end()), iris_.end());
    return std::move(iris_);
  }
  std::vector<graph::Triple> TakeTriples() { return std::move(triples_); }

 private:
  void Keep(const graph::Term& term) {
    if (term.is_iri()) iris_.push_back(term.value());
  }
  std::vector<std::string> iris_;
  std::vector<graph::Triple> triples_;
};

// Whether the first word behind prefixes and comments is CONSTRUCT.
bool Constructs(std::string_view text) {
  const auto skip_word = [&text] { text.remove_prefix(std::min(text.find_first_of(" \t\r\n#<{"), text.size())); };
  while (true) {
    text = base::Trim(text);
    if (text.starts_with('#')) {
      text.remove_prefix(std::min(text.find('\n'), text.size()));
    } else if (base::StartsWithIgnoringAsciiCase(text, "prefix") || base::StartsWithIgnoringAsciiCase(text, "base")) {
      text.remove_prefix(std::min(text.find('>'), text.size() - 1) + 1);  // behind the IRI
    } else {
      const std::string_view all = text;
      skip_word();
      return base::EqualsIgnoringAsciiCase(all.substr(0, all.size() - text.size()), "construct");
    }
  }
}

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

Status Bind(const std::string& where, const graph::Snapshot& snapshot, const std::string& base_iri, Chosen& chosen) {
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
  if (Constructs(query)) {
    chosen.constructed = iris.TakeTriples();
    return {};
  }
  chosen.filter.bound = iris.Take();
  chosen.filter.has_bound = true;
  return {};
}

}  // namespace

void AddFilterOptions(CLI::App& command, FilterOptions& options) {
  AddEventChoice(command, options.events);
  command
      .add_option("--where", options.where,
                  "Only the events that a SPARQL pattern or query finds, or the events of what it finds; of CONSTRUCT "
                  "its triples")
      ->type_name("SPARQL");
}

Result<Chosen> Choose(const FilterOptions& options, const graph::Snapshot& snapshot, const std::string& base_iri) {
  Chosen chosen;
  exporters::Filter& filter = chosen.filter;
  const auto period = PeriodOf(options.events);
  if (!period) return Fail(period.error());
  filter.since = period->since;
  filter.until = period->until;
  filter.types = options.events.types;
  auto places = PlacesOf(options.events, snapshot);
  if (!places) return Fail(places.error());
  filter.places = std::move(*places);
  if (Status status = Bind(options.where, snapshot, base_iri, chosen); !status) return Fail(status.error());
  return chosen;
}

}  // namespace sitgraph::cli
