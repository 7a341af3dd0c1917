#include "src/resolve/statements.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

#include "base/hash.h"
#include "base/text.h"
#include "graph/vocabulary.h"
#include "src/codebook/identity.h"
#include "src/extract/frame_json.h"

namespace sitgraph::resolve {
namespace {

namespace vocabulary = graph::vocabulary;
using codebook::EntityKind;
using extract::Count;
using extract::Entity;
using extract::EntityId;
using extract::Event;
using extract::Frame;
using extract::Mention;
using extract::Relation;
using graph::Term;
using graph::Triple;

Term Sg(std::string_view local) { return Term::Iri(vocabulary::Iri(vocabulary::kSg, local)); }
Term Sgt(std::string_view type) { return Term::Iri(vocabulary::Iri(vocabulary::kSgt, base::Slug(type))); }
Term Sgr(std::string_view relation) { return Term::Iri(vocabulary::Iri(vocabulary::kSgr, base::Slug(relation))); }
Term Rdf(std::string_view local) { return Term::Iri(vocabulary::Iri(vocabulary::kRdf, local)); }
Term Rdfs(std::string_view local) { return Term::Iri(vocabulary::Iri(vocabulary::kRdfs, local)); }
Term Skos(std::string_view local) { return Term::Iri(vocabulary::Iri(vocabulary::kSkos, local)); }
Term Schema(std::string_view local) { return Term::Iri(vocabulary::Iri(vocabulary::kSchema, local)); }
Term Dct(std::string_view local) { return Term::Iri(vocabulary::Iri(vocabulary::kDct, local)); }
Term Oa(std::string_view local) { return Term::Iri(vocabulary::Iri(vocabulary::kOa, local)); }
Term Wgs(std::string_view local) { return Term::Iri(vocabulary::Iri(vocabulary::kWgs, local)); }
Term Prov(std::string_view local) { return Term::Iri(vocabulary::Iri(vocabulary::kProv, local)); }
Term Sem(std::string_view local) { return Term::Iri(vocabulary::Iri(vocabulary::kSem, local)); }

std::string_view ClassOf(EntityKind kind) {
  switch (kind) {
    case EntityKind::kPlace:
      return "Place";
    case EntityKind::kForce:
      return "Force";
    case EntityKind::kPerson:
      return "Person";
    case EntityKind::kOrganization:
      return "Organization";
    case EntityKind::kPeople:
      return "People";
    case EntityKind::kFacility:
      return "Facility";
    case EntityKind::kMateriel:
      return "Materiel";
  }
  return "Entity";
}

Term DateLiteral(base::PartialDate date) {
  const std::string_view type = date.complete()                     ? "date"
                                : date.year != 0 && date.month != 0 ? "gYearMonth"
                                : date.year != 0                    ? "gYear"
                                : date.day != 0                     ? "gMonthDay"
                                                                    : "gMonth";
  return Term::Typed(base::ToIso(date), vocabulary::Iri(vocabulary::kXsd, type));
}

Term NumberLiteral(double value) {
  constexpr double kExact = 9007199254740992.0;  // 2^53: whole doubles below it are integers without loss
  if (value == static_cast<double>(static_cast<int64_t>(std::clamp(value, -kExact, kExact)))) {
    return Term::Integer(static_cast<int64_t>(value));
  }
  return Term::Decimal(value);
}

struct Role {
  std::string_view name;
  std::vector<EntityId> Event::*fillers;
};

constexpr std::array<Role, 8> kRoles = {{{"agent", &Event::agent},
                                         {"target", &Event::target},
                                         {"partner", &Event::partner},
                                         {"instrument", &Event::instrument},
                                         {"place", &Event::place},
                                         {"origin", &Event::origin},
                                         {"destination", &Event::destination},
                                         {"source", &Event::source}}};

class Writer {
 public:
  Writer(const Frame& frame, std::string_view base_iri, const codebook::Codebook* codebook)
      : frame_(frame), base_(base_iri), codebook_(codebook), report_iri_(ReportIri(frame, base_iri)) {}

  Statements Write() {
    out_.report = Term::Iri(report_iri_);
    WriteReport();
    for (const Entity& entity : frame_.entities) WriteEntity(entity);
    for (const Event& event : frame_.events) event_terms_.push_back(NewNode(event.type, event.trigger));
    for (const Count& count : frame_.counts) count_terms_.push_back(NewNode("count", count.mention));
    for (size_t i = 0; i < frame_.events.size(); ++i) WriteEvent(frame_.events[i], event_terms_[i]);
    for (size_t i = 0; i < frame_.counts.size(); ++i) WriteCount(frame_.counts[i], count_terms_[i]);
    for (const Relation& relation : frame_.relations) WriteRelation(relation);
    SortUnique(out_.own);
    SortUnique(out_.shared);
    out_.entities = std::move(entity_terms_);
    out_.events = std::move(event_terms_);
    return std::move(out_);
  }

 private:
  template <typename T>
  static void SortUnique(std::vector<T>& items) {
    std::sort(items.begin(), items.end());
    items.erase(std::unique(items.begin(), items.end()), items.end());
  }

  void Say(const Term& subject, Term predicate, Term object) {
    out_.own.push_back({subject, std::move(predicate), std::move(object)});
  }
  void SayText(const Term& subject, Term predicate, const std::string& text) {
    if (!text.empty()) Say(subject, std::move(predicate), Term::String(text));
  }
  void Share(const Term& subject, Term predicate, Term object) {
    out_.shared.push_back({subject, std::move(predicate), std::move(object)});
  }

  // REPORT/WHAT-OFFSET, made unique by a running number where two share both.
  Term NewNode(std::string_view what, const Mention& mention) {
    const std::string stem = fmt::format("{}/{}-{}", report_iri_, base::Slug(what), mention.span.begin);
    std::string iri = stem;
    for (int number = 2; !nodes_.insert(iri).second; ++number) iri = fmt::format("{}-{}", stem, number);
    return Term::Iri(std::move(iri));
  }

  const Term& TermOf(EntityId id) const { return entity_terms_[static_cast<size_t>(id)]; }

  void WriteReport() {
    const extract::ReportHeader& report = frame_.report;
    Say(out_.report, Rdf("type"), Sg("Report"));
    SayText(out_.report, Dct("identifier"), report.id);
    SayText(out_.report, Dct("title"), report.title);
    SayText(out_.report, Rdfs("label"), report.title.empty() ? report.id : report.title);
    SayText(out_.report, Dct("publisher"), report.publisher);
    SayText(out_.report, Dct("creator"), report.author);
    SayText(out_.report, Sg("dateline"), report.dateline);
    SayText(out_.report, Sg("sha256"), report.sha256);
    if (!report.published.empty()) Say(out_.report, Dct("date"), DateLiteral(report.published));
    if (IsAbsoluteIri(report.uri)) {
      Say(out_.report, Schema("url"), Term::Iri(report.uri));
    } else {
      SayText(out_.report, Schema("url"), report.uri);
    }
  }

  void WriteEntity(const Entity& entity) {
    const codebook::Entry* entry = codebook_ == nullptr ? nullptr : codebook_->FindEntry(entity.iri);
    const Term term = Term::Iri(EntityIri(entity));
    entity_terms_.push_back(term);
    Share(term, Rdf("type"), Sg(ClassOf(entity.kind)));
    std::set<std::string> names = {entity.name};
    names.insert(entity.aliases.begin(), entity.aliases.end());
    for (const Mention& mention : entity.mentions) {
      // A generic mention ("militants", "the town") names nothing: it is evidence, not a name.
      if (entity.named && IsName(mention.text)) names.insert(base::CollapseSpace(mention.text));
    }
    for (const std::string& name : names) {
      if (!base::Trim(name).empty()) Share(term, Skos("altLabel"), Term::String(name));
    }
    if (entry != nullptr) {
      ShareEntry(*entry);
    } else {
      out_.unlabelled.push_back(term);
      WriteCoordinates(term, entity.latitude, entity.longitude);
      WritePrecision(term, entity.place_type, entity.country);
      if (!entity.within.empty() && IsAbsoluteIri(base_ + entity.within)) {
        Share(term, Sg("within"), Term::Iri(IsAbsoluteIri(entity.within) ? entity.within : base_ + entity.within));
      }
    }
  }

  // Whether a mention's words are a name on their own: they begin with a capital, after an article of Arabic names at
  // most.
  static bool IsName(std::string_view text) {
    const bool lower = !text.empty() && std::islower(static_cast<unsigned char>(text.front())) != 0;
    return !lower || text.find('-') < 4;
  }

  void WriteCoordinates(const Term& term, std::optional<double> latitude, std::optional<double> longitude) {
    if (!latitude || !longitude || !(std::abs(*latitude) <= 90) || !(std::abs(*longitude) <= 180)) return;
    Share(term, Wgs("lat"), Term::Decimal(*latitude));
    Share(term, Wgs("long"), Term::Decimal(*longitude));
  }

  // How exact a place is, and its country.
  void WritePrecision(const Term& term, std::string_view type, std::string_view country) {
    if (!type.empty()) Share(term, Sg("placeType"), Term::String(std::string(type)));
    if (!country.empty()) Share(term, Sg("country"), Term::String(std::string(country)));
  }

  // What the codebook knows of an entity, and of the places around it up to the country.
  void ShareEntry(const codebook::Entry& first) {
    for (const codebook::Entry* entry = &first; entry != nullptr;) {
      if (!shared_entries_.insert(entry->id).second) return;
      const Term term = Term::Iri(base_ + entry->id);
      Share(term, Rdf("type"), Sg(ClassOf(entry->kind)));
      Share(term, Skos("prefLabel"), Term::String(entry->name));
      WriteCoordinates(term, entry->latitude, entry->longitude);
      if (entry->place_type != codebook::PlaceType::kNone) {
        WritePrecision(term, codebook::ToWord(entry->place_type), entry->country);
      }
      const codebook::Entry* outer = entry->within.empty() ? nullptr : codebook_->FindEntry(entry->within);
      if (outer != nullptr) Share(term, Sg("within"), Term::Iri(base_ + outer->id));
      entry = outer;
    }
  }

  std::string EntityIri(const Entity& entity) const {
    if (IsAbsoluteIri(entity.iri)) return entity.iri;
    if (!entity.iri.empty() && IsAbsoluteIri(base_ + entity.iri)) return base_ + entity.iri;
    return base_ + codebook::EntityIri(entity.kind, entity.name);
  }

  void WriteEvidence(const Term& node, const Mention& mention, const Mention& sentence) {
    if (mention.text.empty() && sentence.text.empty()) return;
    const Term evidence = Term::Iri(node.value() + "/evidence");
    Say(node, Sg("evidence"), evidence);
    Say(evidence, Rdf("type"), Oa("TextPositionSelector"));
    Say(evidence, Oa("start"), Term::Integer(mention.span.begin));
    Say(evidence, Oa("end"), Term::Integer(mention.span.end));
    SayText(evidence, Oa("exact"), mention.text);
    SayText(evidence, Sg("sentence"), sentence.text);
  }

  std::string Names(const std::vector<EntityId>& ids) const {
    std::string out;
    for (const EntityId id : ids) {
      if (!out.empty()) out += ", ";
      out += frame_.entities[static_cast<size_t>(id)].name;
    }
    return out;
  }

  // "capture: Syrian Army → Palmyra": what an analyst reads on the node in Gephi.
  std::string LabelOf(const Event& event) const {
    const std::string agents = Names(event.agent);
    const std::string others = Names(!event.target.empty()    ? event.target
                                     : !event.partner.empty() ? event.partner
                                                              : event.place);
    std::string out = event.type;
    if (!agents.empty() || !others.empty()) out += ": ";
    out += agents;
    if (!agents.empty() && !others.empty()) out += " → ";
    out += others;
    if (event.factuality != extract::Factuality::kActual) out += fmt::format(" ({})", ToWord(event.factuality));
    return out;
  }

  void WriteEvent(const Event& event, const Term& node) {
    Say(node, Rdf("type"), Sg("Event"));
    Say(node, Sem("eventType"), Sgt(event.type));
    SayText(node, Rdfs("label"), LabelOf(event));
    Say(node, Prov("hadPrimarySource"), out_.report);
    Say(node, Sg("factuality"), Sg(ToWord(event.factuality)));
    Say(node, Sg("confidence"), Term::Decimal(std::clamp(event.confidence, 0.0, 1.0)));
    for (const Role& role : kRoles) {
      for (const EntityId id : event.*role.fillers) Say(node, Sg(role.name), TermOf(id));
    }
    if (event.time) {
      if (event.time->begin) Say(node, Sg("begin"), DateLiteral(*event.time->begin));
      if (event.time->end) Say(node, Sg("end"), DateLiteral(*event.time->end));
      SayText(node, Sg("timeText"), event.time->text);
    }
    WriteEvidence(node, event.trigger, event.sentence);
    if (event.factuality == extract::Factuality::kActual) WriteShortTriples(event);
  }

  // `agent capture place`: only for what is told as done, so that a path over it is a path over facts.
  void WriteShortTriples(const Event& event) {
    const std::vector<EntityId>& objects = !event.target.empty()    ? event.target
                                           : !event.partner.empty() ? event.partner
                                                                    : event.place;
    for (const EntityId agent : event.agent) {
      for (const EntityId object : objects) Say(TermOf(agent), Sgr(event.type), TermOf(object));
      if (event.type != "capture" || event.target.empty()) continue;
      for (const EntityId place : event.place) Say(TermOf(agent), Sgr(event.type), TermOf(place));
    }
  }

  void WriteCount(const Count& count, const Term& node) {
    Say(node, Rdf("type"), Sg("Count"));
    SayText(node, Rdfs("label"), count.mention.text.empty() ? count.of : count.mention.text);
    Say(node, Prov("hadPrimarySource"), out_.report);
    if (count.min) Say(node, Schema("minValue"), NumberLiteral(*count.min));
    if (count.max) Say(node, Schema("maxValue"), NumberLiteral(*count.max));
    SayText(node, Sg("qualifier"), std::string(ToWord(count.qualifier)));
    SayText(node, Sg("unit"), count.unit);
    SayText(node, Sg("of"), count.of);
    SayText(node, Sg("harm"), std::string(ToWord(count.harm)));
    if (!count.outcome.empty()) Say(node, Sg("outcome"), Sgt(count.outcome));
    if (count.entity) Say(node, Sg("counts"), TermOf(*count.entity));
    if (count.part_of) Say(node, Sg("partOf"), count_terms_[static_cast<size_t>(*count.part_of)]);
    if (count.event) Say(event_terms_[static_cast<size_t>(*count.event)], Sg("count"), node);
    WriteEvidence(node, count.mention, count.sentence);
  }

  // The plain triple for queries and paths, and a reified statement that carries its evidence.
  void WriteRelation(const Relation& relation) {
    const Term& subject = TermOf(relation.subject);
    const Term predicate = Sgr(relation.predicate);
    const Term object = std::holds_alternative<EntityId>(relation.object)
                            ? TermOf(std::get<EntityId>(relation.object))
                            : Term::String(std::get<std::string>(relation.object));
    Say(subject, predicate, object);
    if (relation.mention.text.empty() && relation.sentence.text.empty()) return;
    const Term node = NewNode(relation.predicate, relation.mention);
    Say(node, Rdf("type"), Rdf("Statement"));
    Say(node, Rdf("subject"), subject);
    Say(node, Rdf("predicate"), predicate);
    Say(node, Rdf("object"), object);
    Say(node, Prov("hadPrimarySource"), out_.report);
    WriteEvidence(node, relation.mention, relation.sentence);
  }

  const Frame& frame_;
  const std::string base_;
  const codebook::Codebook* codebook_;
  const std::string report_iri_;
  Statements out_;
  std::vector<Term> entity_terms_, event_terms_, count_terms_;
  std::set<std::string> nodes_;
  std::set<std::string> shared_entries_;
};

}  // namespace

bool IsAbsoluteIri(std::string_view iri) {
  size_t colon = 0;
  while (colon < iri.size() && (std::isalnum(static_cast<unsigned char>(iri[colon])) != 0 ||
                                (colon > 0 && std::string_view("+-.").find(iri[colon]) != std::string_view::npos))) {
    ++colon;
  }
  if (colon == 0 || colon >= iri.size() || iri[colon] != ':' || std::isalpha(static_cast<unsigned char>(iri[0])) == 0) {
    return false;
  }
  const bool clean = std::none_of(iri.begin(), iri.end(), [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F ||
           std::string_view("<>\"{}|\\^`").find(c) != std::string_view::npos;
  });
  return clean && !base::FindInvalidUtf8(iri);
}

std::string ReportIri(const Frame& frame, std::string_view base_iri) {
  const std::string digest = frame.report.sha256.size() >= 8 ? frame.report.sha256 : base::Sha256Hex(ToJson(frame));
  return fmt::format("{}report/{}-{}", base_iri, base::Slug(frame.report.id), base::Slug(digest.substr(0, 8)));
}

Statements ToStatements(const Frame& frame, std::string_view base_iri, const codebook::Codebook* codebook) {
  return Writer(frame, base_iri, codebook).Write();
}

}  // namespace sitgraph::resolve
