#include "exporters/node_reader.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "exporters/event_text.h"
#include "exporters/placement.h"

namespace sitgraph::exporters {
namespace {

using base::Fail;
using base::Result;
using base::Status;
using graph::Term;
using graph::TermId;

void AppendToList(std::string& list, std::string_view item) {
  if (item.empty()) return;
  if (!list.empty()) list += "; ";
  list += item;
}

// "a; b" of the distinct values, in order.
std::string List(std::vector<std::string> values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  std::string list;
  for (const std::string& value : values) AppendToList(list, value);
  return list;
}

}  // namespace

std::vector<TermId> Objects(Description::Range range) {
  std::vector<TermId> ids;
  for (const Statement& statement : range) ids.push_back(statement.object);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

Status NodeReader::Fill(const Description& about, Node& node) {
  Status filled;
  switch (node.kind) {
    case NodeKind::kEvent:
      filled = FillEvent(about, node);
      break;
    case NodeKind::kReport:
      filled = FillReport(about, node);
      break;
    default:
      filled = FillEntity(about, node);
      break;
  }
  if (filled && node.label.empty()) node.label = LocalName(node.iri);
  return filled;
}

Status NodeReader::FillEvent(const Description& about, Node& node) {
  const std::pair<Property, std::string*> texts[] = {{Property::kLabel, &node.label},
                                                     {Property::kEventType, &node.event_type},
                                                     {Property::kFactuality, &node.factuality}};
  for (const auto& [property, text] : texts) {
    auto value = reader_->First(about.Of(property));
    if (!value) return Fail(value.error());
    *text = property == Property::kLabel ? std::move(*value) : std::string(LocalName(*value));
  }
  if (node.label.empty()) node.label = node.event_type;

  const auto confidence = reader_->First(about.Of(Property::kConfidence));
  if (!confidence) return Fail(confidence.error());
  node.confidence = ParseNumber(*confidence);

  auto evidence = Evidence(about);
  if (!evidence) return Fail(evidence.error());
  node.evidence = std::move(*evidence);
  if (Status status = FillCounts(about, node); !status) return status;
  if (Status status = FillParties(about, node); !status) return status;
  if (Status status = FillLocation(about, node); !status) return status;
  if (Status status = FillDays(about, node); !status) return status;
  return FillReportTexts(about, node);
}

Status NodeReader::FillDays(const Description& about, Node& node) const {
  const auto begin = reader_->First(about.Of(Property::kBegin));
  if (!begin) return Fail(begin.error());
  const auto end = reader_->First(about.Of(Property::kEnd));
  if (!end) return Fail(end.error());
  auto text = reader_->First(about.Of(Property::kTimeText));
  if (!text) return Fail(text.error());
  const auto first = DateOfLexical(*begin);
  node.days = WholeDays(first, DateOfLexical(*end));
  if (first && first->year != 0) node.start_year = first->year;
  node.date_text = std::move(*text);
  if (node.date_text.empty()) node.date_text = *begin == *end || end->empty() ? *begin : *begin + "/" + *end;
  return {};
}

Status NodeReader::FillReportTexts(const Description& about, Node& node) {
  std::vector<TermId> reports = Objects(about.Of(Property::kHadPrimarySource));
  node.sources = reports.size();
  if (reports != report_texts_.of) {
    if (Status status = ReadReportTexts(std::move(reports)); !status) return status;
  }
  node.report = report_texts_.identifier;
  node.report_title = report_texts_.title;
  node.report_date = report_texts_.date;
  node.publisher = report_texts_.publisher;
  return {};
}

Status NodeReader::ReadReportTexts(std::vector<TermId> reports) {
  std::vector<std::string> identifiers, titles, dates, publishers;
  const std::pair<Property, std::vector<std::string>*> lists[] = {{Property::kIdentifier, &identifiers},
                                                                  {Property::kTitle, &titles},
                                                                  {Property::kDate, &dates},
                                                                  {Property::kPublisher, &publishers}};
  Description report;
  for (const TermId id : reports) {
    if (Status status = reader_->Describe(id, report); !status) return status;
    for (const auto& [property, list] : lists) {
      auto value = reader_->First(report.Of(property));
      if (!value) return Fail(value.error());
      list->push_back(std::move(*value));
    }
  }
  report_texts_ = {std::move(reports), List(std::move(identifiers)), List(std::move(titles)), List(std::move(dates)),
                   List(std::move(publishers))};
  return {};
}

Status NodeReader::FillReport(const Description& about, Node& node) {
  const std::pair<Property, std::string*> texts[] = {{Property::kTitle, &node.label},
                                                     {Property::kIdentifier, &node.report},
                                                     {Property::kDate, &node.report_date},
                                                     {Property::kPublisher, &node.publisher}};
  for (const auto& [property, text] : texts) {
    auto value = reader_->First(about.Of(property));
    if (!value) return Fail(value.error());
    *text = std::move(*value);
  }
  node.report_title = node.label;
  if (node.label.empty()) node.label = node.report;
  const auto date = DateOfLexical(node.report_date);
  node.days = WholeDays(date, date);
  if (date && date->year != 0) node.start_year = date->year;
  node.date_text = node.report_date;
  return {};
}

Status NodeReader::FillEntity(const Description& about, Node& node) {
  auto label = PreferredLabel(node.iri, about);
  if (!label) return Fail(label.error());
  node.label = std::move(*label);

  std::vector<std::string> aliases, roles;
  const std::pair<Property, std::vector<std::string>*> lists[] = {{Property::kPrefLabel, &aliases},
                                                                  {Property::kAltLabel, &aliases},
                                                                  {Property::kAlias, &aliases},
                                                                  {Property::kHasRole, &roles}};
  for (const auto& [property, list] : lists) {
    const auto terms = reader_->Terms(about.Of(property));
    if (!terms) return Fail(terms.error());
    for (const Term& term : *terms) {
      if (term.is_literal() && term.value() != node.label) list->push_back(term.value());
    }
  }
  node.aliases = List(std::move(aliases));
  node.roles = List(std::move(roles));
  const auto coordinates = CoordinatesOf(about);
  if (!coordinates) return Fail(coordinates.error());
  node.coordinates = *coordinates;
  return {};
}

// Of several, the one that most reports give; of equals, the first in order.
Result<std::string> NodeReader::PreferredLabel(const std::string& iri, const Description& about) const {
  const Description::Range range = about.Of(Property::kPrefLabel);
  const auto labels = reader_->Terms(range);
  if (!labels) return Fail(labels.error());
  if (labels->empty()) return reader_->First(about.Of(Property::kLabel));
  std::string best;
  uint64_t most = 0;
  for (const Term& label : *labels) {
    if (labels->size() == 1) return label.value();
    const auto id = reader_->snapshot().Find(label);
    if (!id) return Fail(id.error());
    const auto owners =
        reader_->snapshot().CountOwners({Term::Iri(iri), Term::Iri(PredicateIri(Property::kPrefLabel)), label});
    if (!owners) return Fail(owners.error());
    const auto stated = std::count_if(range.begin(), range.end(), [&](const Statement& statement) {
      return *id && statement.object == **id && statement.graph != graph::kDefaultGraphId;
    });
    const uint64_t votes = *owners + static_cast<uint64_t>(stated) + 1;
    if (votes > most) std::tie(best, most) = std::tuple(label.value(), votes);
  }
  return best;
}

// The sentence that stands first in its report.
Result<std::string> NodeReader::Evidence(const Description& about) const {
  std::vector<std::pair<uint64_t, std::string>> sentences;
  Description selector;
  for (const TermId id : Objects(about.Of(Property::kEvidence))) {
    if (Status status = reader_->Describe(id, selector); !status) return Fail(status.error());
    auto sentence =
        reader_->First(selector.Of(selector.Has(Property::kSentence) ? Property::kSentence : Property::kExact));
    if (!sentence) return Fail(sentence.error());
    const auto start = reader_->First(selector.Of(Property::kStart));
    if (!start) return Fail(start.error());
    sentences.emplace_back(ParseOffset(*start), std::move(*sentence));
  }
  if (sentences.empty()) return std::string();
  return std::min_element(sentences.begin(), sentences.end())->second;
}

// Where the first evidence of a count stands, in code points; the largest number where it has none.
Result<uint64_t> NodeReader::FirstOffset(const Description& about) const {
  uint64_t first = UINT64_MAX;
  Description selector;
  for (const TermId id : Objects(about.Of(Property::kEvidence))) {
    if (Status status = reader_->Describe(id, selector); !status) return Fail(status.error());
    const auto start = reader_->First(selector.Of(Property::kStart));
    if (!start) return Fail(start.error());
    first = std::min(first, ParseOffset(*start));
  }
  return first;
}

// In the order in which the report gives them.
Status NodeReader::FillCounts(const Description& about, Node& node) const {
  std::vector<std::pair<uint64_t, std::string>> texts;
  Description count;
  for (const TermId id : Objects(about.Of(Property::kCount))) {
    if (Status status = reader_->Describe(id, count); !status) return status;
    CountValues values;
    const std::pair<Property, std::string*> fields[] = {{Property::kMinValue, &values.minimum},
                                                        {Property::kMaxValue, &values.maximum},
                                                        {Property::kQualifier, &values.qualifier},
                                                        {Property::kUnit, &values.unit},
                                                        {Property::kOf, &values.of},
                                                        {Property::kOutcome, &values.outcome},
                                                        {Property::kHarm, &values.harm}};
    for (const auto& [property, text] : fields) {
      const auto value = reader_->First(count.Of(property));
      if (!value) return Fail(value.error());
      const bool is_concept = property == Property::kOutcome || property == Property::kHarm;
      *text = is_concept ? std::string(LocalName(*value)) : *value;
    }
    const auto offset = FirstOffset(count);
    if (!offset) return Fail(offset.error());
    texts.emplace_back(*offset, CountText(values));
    if (!count.Has(Property::kCountPartOf)) AddToToll(values, node.toll);
  }
  std::sort(texts.begin(), texts.end());
  for (const auto& [offset, text] : texts) AppendToList(node.counts, text);
  return {};
}

Result<std::optional<Coordinates>> NodeReader::CoordinatesOf(const Description& about) const {
  const auto latitude = reader_->First(about.Of(Property::kLatitude));
  if (!latitude) return Fail(latitude.error());
  const auto longitude = reader_->First(about.Of(Property::kLongitude));
  if (!longitude) return Fail(longitude.error());
  const auto y = ParseDegrees(Property::kLatitude, *latitude);
  const auto x = ParseDegrees(Property::kLongitude, *longitude);
  if (!y || !x) return std::optional<Coordinates>();
  return Coordinates{*y, *x};
}

Result<std::string> NodeReader::NameOf(TermId id) const {
  CachedName& cached = names_[static_cast<uint64_t>(id) % kNameCache];
  if (cached.used && cached.id == id) return cached.name;
  const auto term = reader_->Resolve(id);
  if (!term) return Fail(term.error());
  if (!term->is_iri()) return term->is_literal() ? term->value() : std::string();
  Description about;
  if (Status status = reader_->Describe(id, about); !status) return Fail(status.error());
  auto name = PreferredLabel(term->value(), about);
  if (!name) return name;
  if (name->empty()) *name = LocalName(term->value());
  if (name->size() <= kLongestKept) cached = {id, true, *name};
  return name;
}

Status NodeReader::FillParties(const Description& about, Node& node) const {
  std::vector<std::string> agents, targets;
  const std::pair<Property, std::vector<std::string>*> roles[] = {
      {Property::kAgent, &agents}, {Property::kTarget, &targets}, {Property::kPartner, &targets}};
  for (const auto& [role, names] : roles) {
    for (const TermId id : Objects(about.Of(role))) {
      auto name = NameOf(id);
      if (!name) return Fail(name.error());
      names->push_back(std::move(*name));
    }
  }
  node.agents = List(std::move(agents));
  node.targets = List(std::move(targets));
  return {};
}

Result<NodeReader::LocationPtr> NodeReader::LocationOf(TermId id) const {
  CachedLocation& cached = locations_[static_cast<uint64_t>(id) % kNameCache];
  if (cached.location && cached.id == id) return cached.location;
  auto read = ReadLocation(id);
  if (!read) return Fail(read.error());
  auto location = std::make_shared<const Location>(std::move(*read));
  if (location->term.value().size() + location->name.size() + location->country.size() <= kLongestKept) {
    cached = {id, location};
  }
  return location;
}

Result<NodeReader::Location> NodeReader::ReadLocation(TermId id) const {
  Location location;
  Description about;
  if (Status status = reader_->Describe(id, about); !status) return Fail(status.error());
  const auto coordinates = CoordinatesOf(about);
  if (!coordinates) return Fail(coordinates.error());
  location.coordinates = *coordinates;
  const auto kind = reader_->KindOf(about);
  location.is_place = *coordinates || kind == NodeKind::kPlace || kind == NodeKind::kFacility;
  if (!location.is_place) return location;
  auto term = reader_->Resolve(id);
  if (!term) return Fail(term.error());
  location.term = std::move(*term);
  auto name = NameOf(id);
  if (!name) return Fail(name.error());
  location.name = std::move(*name);
  auto country = CountryAround(id);
  if (!country) return Fail(country.error());
  location.country = std::move(*country);
  return location;
}

// The place it happened at, else what it acted on, went to or came from; of several, the first by IRI that has
// coordinates, or the first that is a place where none has any.
Status NodeReader::FillLocation(const Description& about, Node& node) const {
  LocationPtr found;
  for (const Property role : {Property::kPlace, Property::kTarget, Property::kDestination, Property::kOrigin}) {
    std::vector<LocationPtr> places;
    for (const TermId id : Objects(about.Of(role))) {
      auto location = LocationOf(id);
      if (!location) return Fail(location.error());
      if ((*location)->is_place) places.push_back(std::move(*location));
    }
    std::sort(places.begin(), places.end(), [](const auto& a, const auto& b) { return a->term < b->term; });
    const auto on_map =
        std::find_if(places.begin(), places.end(), [](const auto& place) { return place->coordinates.has_value(); });
    if (on_map != places.end()) {
      found = *on_map;
      break;
    }
    if (!found && !places.empty()) found = places.front();
  }
  if (!found) return {};
  node.location_iri = found->term.value();
  node.location = found->name;
  node.country = found->country;
  node.coordinates = found->coordinates;
  return {};
}

// The name of the outermost place around one; "" where none is known.
Result<std::string> NodeReader::CountryAround(TermId location) const {
  constexpr int kMaxSteps = 32;  // a graph may say that two places lie within each other
  TermId outermost = location;
  Description place;
  for (int step = 0; step < kMaxSteps; ++step) {
    if (Status status = reader_->Describe(outermost, place); !status) return Fail(status.error());
    const std::vector<TermId> outer = Objects(place.Of(Property::kWithin));
    if (outer.empty()) break;
    outermost = outer.front();
  }
  if (outermost == location) return std::string();
  return NameOf(outermost);
}

}  // namespace sitgraph::exporters
