#include "queries/fact_reader.h"

#include <charconv>

#include "graph/vocabulary.h"

namespace sitgraph::queries {
namespace {

using graph::Term;
using graph::TermId;
namespace vocabulary = graph::vocabulary;

std::string Sg(std::string_view local) { return vocabulary::Iri(vocabulary::kSg, local); }

}  // namespace

std::string LocalName(std::string_view iri) {
  size_t cut = iri.find_last_of("/#");
  return std::string(cut == std::string_view::npos || cut + 1 == iri.size() ? iri : iri.substr(cut + 1));
}

std::string FirstValue(const GraphReader::Properties& properties, const std::string& predicate) {
  auto found = properties.find(predicate);
  return found == properties.end() || found->second.empty() ? "" : found->second.front().value();
}

const std::vector<Term>& AllValues(const GraphReader::Properties& properties, const std::string& predicate) {
  static const std::vector<Term> kNone;
  auto found = properties.find(predicate);
  return found == properties.end() ? kNone : found->second;
}

EntityName FactReader::NameOf(const Term& entity) {
  if (!entity.is_iri()) return {"", entity.value(), ""};
  auto [known, is_new] = names_.try_emplace(entity.value());
  if (!is_new) return known->second;
  auto properties = reader_.PropertiesOf(entity);
  EntityName name{entity.value(), FirstValue(properties, vocabulary::Iri(vocabulary::kSkos, "prefLabel")), ""};
  if (name.name.empty()) name.name = LocalName(entity.value());
  for (const Term& type : AllValues(properties, vocabulary::Iri(vocabulary::kRdf, "type"))) {
    bool ours = type.value().starts_with(vocabulary::kSg);
    if (ours && name.kind.empty()) name.kind = LocalName(type.value());
  }
  known->second = name;
  return name;
}

const SourceReport& FactReader::ReportOf(const Term& iri) {
  auto [known, is_new] = reports_.try_emplace(iri.value());
  if (!is_new) return known->second;
  auto properties = reader_.PropertiesOf(iri);
  auto dct = [&](std::string_view local) { return FirstValue(properties, vocabulary::Iri(vocabulary::kDct, local)); };
  known->second = {iri.value(), dct("identifier"), dct("title"), dct("publisher"), dct("date")};
  return known->second;
}

// Relations are the sgr: triples that are not the short form of an event.
bool FactReader::IsRelation(TermId predicate, std::string& relation) {
  auto [known, is_new] = relations_.try_emplace(predicate);
  if (is_new) {
    std::string iri = reader_.Resolve(predicate).value();
    if (iri.starts_with(vocabulary::kSgr)) {
      std::string local = iri.substr(vocabulary::kSgr.size());
      if (!reader_.Find(Term::Iri(vocabulary::Iri(vocabulary::kSgt, local)))) known->second = local;
    }
  }
  relation = known->second;
  return !relation.empty();
}

// Every event that names the entity in a role or counts it.
std::map<std::string, std::set<std::string>> FactReader::EventsOf(const Term& entity) {
  std::map<std::string, std::set<std::string>> roles_by_event;
  std::optional<TermId> id = reader_.Find(entity);
  if (!id) return roles_by_event;
  for (std::string_view role : kEventRoles) {
    std::optional<TermId> predicate = reader_.Find(Term::Iri(Sg(role)));
    if (!predicate) continue;
    reader_.ForEach({{}, *predicate, *id, {}}, [&](const graph::QuadIds& quad) {
      roles_by_event[reader_.Resolve(quad.subject).value()].emplace(role);
    });
  }
  std::optional<TermId> counts = reader_.Find(Term::Iri(Sg("counts"))), count = reader_.Find(Term::Iri(Sg("count")));
  if (!counts || !count) return roles_by_event;
  reader_.ForEach({{}, *counts, *id, {}}, [&](const graph::QuadIds& counted) {
    reader_.ForEach({{}, *count, counted.subject, {}}, [&](const graph::QuadIds& quad) {
      roles_by_event[reader_.Resolve(quad.subject).value()].emplace("counted");
    });
  });
  return roles_by_event;
}

EntityEvent FactReader::ReadEvent(const Term& iri) {
  EntityEvent event;
  auto properties = reader_.PropertiesOf(iri);
  event.iri = iri.value();
  event.type = LocalName(FirstValue(properties, vocabulary::Iri(vocabulary::kSem, "eventType")));
  for (std::string_view role : kEventRoles) {
    for (const Term& party : AllValues(properties, Sg(role))) {
      if (role == "source") {
        event.sources.push_back(NameOf(party));
      } else {
        event.parties.push_back({std::string(role), NameOf(party)});
      }
    }
  }
  event.begin = FirstValue(properties, Sg("begin"));
  event.end = FirstValue(properties, Sg("end"));
  event.time_text = FirstValue(properties, Sg("timeText"));
  event.factuality = LocalName(FirstValue(properties, Sg("factuality")));
  event.confidence = FirstValue(properties, Sg("confidence"));
  for (const Term& source : AllValues(properties, vocabulary::Iri(vocabulary::kProv, "hadPrimarySource"))) {
    event.report = ReportOf(source);
  }
  for (const Term& count : AllValues(properties, Sg("count"))) event.counts.push_back(ReadCount(count));
  for (const Term& selector : AllValues(properties, Sg("evidence"))) event.evidence.push_back(ReadEvidence(selector));
  return event;
}

ReportedCount FactReader::ReadCount(const Term& node) {
  auto properties = reader_.PropertiesOf(node);
  ReportedCount count;
  count.least = FirstValue(properties, vocabulary::Iri(vocabulary::kSchema, "minValue"));
  count.most = FirstValue(properties, vocabulary::Iri(vocabulary::kSchema, "maxValue"));
  count.qualifier = LocalName(FirstValue(properties, Sg("qualifier")));
  count.unit = LocalName(FirstValue(properties, Sg("unit")));
  count.of = FirstValue(properties, Sg("of"));
  count.harm = LocalName(FirstValue(properties, Sg("harm")));
  count.outcome = LocalName(FirstValue(properties, Sg("outcome")));
  count.iri = node.value();
  count.part_of = FirstValue(properties, Sg("partOf"));
  for (const Term& counted : AllValues(properties, Sg("counts"))) count.entities.push_back(NameOf(counted));
  return count;
}

Evidence FactReader::ReadEvidence(const Term& node) {
  auto properties = reader_.PropertiesOf(node);
  auto number = [&](std::string_view local) -> std::optional<int64_t> {
    std::string text = FirstValue(properties, vocabulary::Iri(vocabulary::kOa, local));
    int64_t value = 0;
    auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    return result.ec == std::errc() && !text.empty() ? std::optional(value) : std::nullopt;
  };
  return {FirstValue(properties, Sg("sentence")), FirstValue(properties, vocabulary::Iri(vocabulary::kOa, "exact")),
          number("start"), number("end")};
}

}  // namespace sitgraph::queries
