// An entity's report as text for people and as JSON.
#include <fmt/format.h>
#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>

#include "base/text.h"
#include "queries/entity_report.h"

namespace sitgraph::queries {
namespace {

std::string Safe(const std::string& text) { return ToReadable(graph::Term::String(text), {}); }

std::string NamesOf(const std::vector<EntityName>& entities) {
  std::vector<std::string> names;
  for (const EntityName& entity : entities) names.push_back(Safe(entity.name));
  return JoinFilled(names, ", ");
}

std::string Describe(const SourceReport& report) {
  std::string id = report.id.empty() ? report.iri : report.id;
  return JoinFilled({Safe(report.publisher), Safe(report.date),
                     report.title.empty() ? "" : "\"" + Safe(report.title) + "\"", "[" + Safe(id) + "]"},
                    ", ");
}

std::string Describe(const ReportedCount& count) {
  std::string number = count.least == count.most ? count.least
                       : count.most.empty()      ? count.least + " or more"
                       : count.least.empty()     ? "up to " + count.most
                                                 : count.least + " to " + count.most;
  if (count.qualifier == "more-than" && count.most.empty()) number = "more than " + count.least;
  if (count.qualifier == "about") number = "about " + number;
  std::string what = count.of.empty() ? NamesOf(count.entities) : Safe(count.of);
  return JoinFilled({Safe(number), what.empty() ? Safe(count.unit) : what, Safe(count.harm), Safe(count.outcome)}, " ");
}

std::string TimeOf(const EntityEvent& event) {
  if (event.begin.empty()) return event.time_text.empty() ? "undated" : Safe(event.time_text);
  return event.end.empty() || event.end == event.begin ? Safe(event.begin)
                                                       : Safe(event.begin) + " to " + Safe(event.end);
}

class TextWriter {
 public:
  explicit TextWriter(size_t width) : width_(width) {}

  void Line(size_t indent, const std::string& text) {
    size_t room = width_ == 0 ? SIZE_MAX : width_ > indent + 20 ? width_ - indent : 20;
    for (const std::string& line : WrapText(text, room)) {
      out_.append(indent, ' ').append(line).append("\n");
    }
  }
  void Gap() { out_ += '\n'; }
  std::string Take() { return std::move(out_); }

 private:
  size_t width_;
  std::string out_;
};

void WriteEvent(const EntityEvent& event, TextWriter& out) {
  std::string certainty = event.factuality.empty() || event.factuality == "actual" ? "" : " (" + event.factuality + ")";
  out.Line(2, fmt::format("{}  {}{}, as {}", TimeOf(event), Safe(event.type), Safe(certainty),
                          JoinFilled(event.roles, " and ")));
  std::string role, names;
  auto flush = [&] {
    if (!names.empty()) out.Line(4, role + ": " + names);
    names.clear();
  };
  for (const EntityEvent::Party& party : event.parties) {
    if (party.role != role) flush();
    role = party.role;
    names += (names.empty() ? "" : ", ") + Safe(party.entity.name);
  }
  flush();
  for (const ReportedCount& count : event.counts) out.Line(4, "count: " + Describe(count));
  if (!event.sources.empty()) out.Line(4, "according to: " + NamesOf(event.sources));
  for (const Evidence& evidence : event.evidence) {
    std::string words = evidence.sentence.empty() ? evidence.words : evidence.sentence;
    if (!words.empty()) out.Line(4, "\"" + Safe(words) + "\"");
  }
  if (!event.report.iri.empty()) out.Line(4, "in " + Describe(event.report));
}

class JsonOut {
 public:
  using Json = rapidjson::PrettyWriter<rapidjson::StringBuffer>;
  JsonOut() : json_(buffer_) { json_.SetIndent(' ', 2); }

  std::string Write(const EntityReport& report) {
    json_.StartObject();
    Key("entity");
    Entity(report.entity);
    Strings("names", report.names);
    Field("latitude", report.latitude);
    Field("longitude", report.longitude);
    Entities("within", report.within);
    List("relations", report.relations, [&](const EntityRelation& relation) {
      json_.StartObject();
      Field("relation", relation.relation);
      Field("direction", relation.forward ? "to" : "from");
      Key("other");
      Entity(relation.other);
      Report(relation.report);
      json_.EndObject();
    });
    List("events", report.events, [&](const EntityEvent& event) { Event(event); });
    if (report.events_left_out > 0) {
      Key("eventsLeftOut");
      json_.Uint64(report.events_left_out);
    }
    json_.EndObject();
    return std::string(buffer_.GetString(), buffer_.GetSize()) + "\n";
  }

 private:
  void Key(const char* key) { json_.Key(key); }
  void String(const std::string& text) { json_.String(text.data(), static_cast<rapidjson::SizeType>(text.size())); }
  void Field(const char* key, const std::string& text) {
    if (text.empty()) return;
    Key(key);
    String(text);
  }
  void Number(const char* key, std::optional<int64_t> number) {
    if (!number) return;
    Key(key);
    json_.Int64(*number);
  }
  template <typename T, typename Each>
  void List(const char* key, const std::vector<T>& items, const Each& each) {
    if (items.empty()) return;
    Key(key);
    json_.StartArray();
    for (const T& item : items) each(item);
    json_.EndArray();
  }
  void Strings(const char* key, const std::vector<std::string>& texts) {
    List(key, texts, [&](const std::string& text) { String(text); });
  }
  void Entity(const EntityName& entity) {
    json_.StartObject();
    Field("iri", entity.iri);
    Field("name", entity.name);
    Field("kind", entity.kind);
    json_.EndObject();
  }
  void Entities(const char* key, const std::vector<EntityName>& entities) {
    List(key, entities, [&](const EntityName& entity) { Entity(entity); });
  }
  void Report(const SourceReport& report) {
    if (report.iri.empty()) return;
    Key("report");
    json_.StartObject();
    Field("iri", report.iri);
    Field("id", report.id);
    Field("title", report.title);
    Field("publisher", report.publisher);
    Field("date", report.date);
    json_.EndObject();
  }
  void Event(const EntityEvent& event) {
    json_.StartObject();
    Field("iri", event.iri);
    Field("type", event.type);
    Strings("roles", event.roles);
    List("parties", event.parties, [&](const EntityEvent::Party& party) {
      json_.StartObject();
      Field("role", party.role);
      Key("entity");
      Entity(party.entity);
      json_.EndObject();
    });
    Field("begin", event.begin);
    Field("end", event.end);
    Field("timeText", event.time_text);
    Field("factuality", event.factuality);
    Field("confidence", event.confidence);
    Entities("sources", event.sources);
    Report(event.report);
    List("counts", event.counts, [&](const ReportedCount& count) {
      json_.StartObject();
      Field("least", count.least);
      Field("most", count.most);
      Field("qualifier", count.qualifier);
      Field("unit", count.unit);
      Field("of", count.of);
      Field("harm", count.harm);
      Field("outcome", count.outcome);
      Entities("entities", count.entities);
      json_.EndObject();
    });
    List("evidence", event.evidence, [&](const Evidence& evidence) {
      json_.StartObject();
      Field("sentence", evidence.sentence);
      Field("words", evidence.words);
      Number("begin", evidence.begin);
      Number("end", evidence.end);
      json_.EndObject();
    });
    json_.EndObject();
  }

  rapidjson::StringBuffer buffer_;
  Json json_;
};

}  // namespace

std::string ToText(const EntityReport& report, size_t width) {
  TextWriter out(width);
  std::string kind = report.entity.kind.empty() ? "" : " (" + base::Lower(report.entity.kind) + ")";
  out.Line(0, Safe(report.entity.name) + Safe(kind));
  out.Line(2, Safe(report.entity.iri));
  if (!report.names.empty()) {
    std::vector<std::string> names;
    for (const std::string& name : report.names) names.push_back(Safe(name));
    out.Line(2, "also: " + JoinFilled(names, ", "));
  }
  if (!report.latitude.empty()) out.Line(2, fmt::format("at: {}, {}", Safe(report.latitude), Safe(report.longitude)));
  if (!report.within.empty()) out.Line(2, "within: " + NamesOf(report.within));
  if (!report.relations.empty()) {
    out.Gap();
    out.Line(0, fmt::format("Relations ({})", report.relations.size()));
  }
  for (const EntityRelation& relation : report.relations) {
    const std::string &left = relation.forward ? report.entity.name : relation.other.name,
                      &right = relation.forward ? relation.other.name : report.entity.name;
    out.Line(2, fmt::format("{} {} {}", Safe(left), Safe(relation.relation), Safe(right)));
    if (!relation.report.iri.empty()) out.Line(4, "in " + Describe(relation.report));
  }
  if (!report.events.empty()) {
    out.Gap();
    out.Line(0, fmt::format("Events ({})", report.events.size() + report.events_left_out));
  }
  for (const EntityEvent& event : report.events) WriteEvent(event, out);
  if (report.events_left_out > 0) out.Line(2, fmt::format("... and {} more", report.events_left_out));
  return out.Take();
}

std::string ToText(const std::vector<EntityCandidate>& candidates) {
  std::string out;
  for (const EntityCandidate& candidate : candidates) {
    std::string mentions = candidate.mentions >= 1000 ? "1000 or more" : std::to_string(candidate.mentions);
    out += fmt::format("{} ({}, named {} times)  {}\n", Safe(candidate.entity.name),
                       candidate.entity.kind.empty() ? "entity" : base::Lower(candidate.entity.kind), mentions,
                       Safe(candidate.entity.iri));
  }
  return out;
}

std::string ToJson(const EntityReport& report) { return JsonOut().Write(report); }

}  // namespace sitgraph::queries
