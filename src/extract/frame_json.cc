#include "src/extract/frame_json.h"

#include <fmt/format.h>
#include <rapidjson/document.h>
#include <rapidjson/error/en.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <span>

namespace sitgraph::extract {
namespace {

constexpr std::array<std::string_view, 5> kFactualityWords = {"actual", "negated", "intended", "possible", "demanded"};
constexpr std::array<std::string_view, 4> kQualifierWords = {"exact", "about", "more-than", "less-than"};
constexpr std::array<std::string_view, 5> kHarmWords = {"", "killed", "wounded", "missing", "killed-or-wounded"};
constexpr std::array<std::string_view, 7> kPredicates = {"has-role",    "member-of", "located-in", "alias",
                                                         "allied-with", "opposes",   "part-of"};

struct Role {
  const char* key;
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

struct HeaderField {
  const char* key;
  std::string ReportHeader::*text;
};
constexpr std::array<HeaderField, 7> kHeaderFields = {{{"id", &ReportHeader::id},
                                                       {"title", &ReportHeader::title},
                                                       {"publisher", &ReportHeader::publisher},
                                                       {"author", &ReportHeader::author},
                                                       {"dateline", &ReportHeader::dateline},
                                                       {"uri", &ReportHeader::uri},
                                                       {"sha256", &ReportHeader::sha256}}};

template <typename Enum>
uint32_t Index(Enum value) {
  return static_cast<uint32_t>(value);
}

// --- Writing -------------------------------------------------------------------------------------------------------

class FrameWriter {
 public:
  std::string Write(const Frame& frame) {
    json_.StartObject();
    WriteHeader(frame.report);
    WriteList("entities", frame.entities, [this](const Entity& e, size_t i) { WriteEntity(e, i); });
    WriteList("events", frame.events, [this](const Event& e, size_t i) { WriteEvent(e, i); });
    WriteList("counts", frame.counts, [this](const Count& c, size_t i) { WriteCount(c, i); });
    WriteList("relations", frame.relations, [this](const Relation& r, size_t) { WriteRelation(r); });
    json_.EndObject();
    return {buffer_.GetString(), buffer_.GetSize()};
  }

 private:
  void Key(const char* key) { json_.Key(key); }
  void Text(std::string_view text) { json_.String(text.data(), static_cast<rapidjson::SizeType>(text.size())); }
  void TextField(const char* key, std::string_view text) {
    if (text.empty()) return;
    Key(key);
    Text(text);
  }
  void Id(char letter, uint32_t index) { Text(fmt::format("{}{}", letter, index + 1)); }

  void Number(double value) {
    constexpr double kExactIntegers = 9007199254740992.0;  // 2^53
    if (std::trunc(value) == value && std::fabs(value) < kExactIntegers) {
      json_.Int64(static_cast<int64_t>(value));
      return;
    }
    const std::string shortest = fmt::format("{}", value);
    json_.RawValue(shortest.data(), shortest.size(), rapidjson::kNumberType);
  }
  void NumberOrNull(const char* key, const std::optional<double>& value) {
    Key(key);
    if (value) {
      Number(*value);
    } else {
      json_.Null();
    }
  }

  template <typename T, typename Write>
  void WriteList(const char* key, const std::vector<T>& items, Write write) {
    if (items.empty()) return;
    Key(key);
    json_.StartArray();
    for (size_t i = 0; i < items.size(); ++i) write(items[i], i);
    json_.EndArray();
  }

  void WriteMention(const Mention& mention) {
    json_.StartObject();
    Key("begin");
    json_.Uint(mention.span.begin);
    Key("end");
    json_.Uint(mention.span.end);
    TextField("text", mention.text);
    json_.EndObject();
  }
  void MentionField(const char* key, const Mention& mention) {
    if (mention.text.empty() && mention.span == base::CodePointSpan{}) return;
    Key(key);
    WriteMention(mention);
  }

  void WriteHeader(const ReportHeader& header) {
    Key("report");
    json_.StartObject();
    for (const HeaderField& field : kHeaderFields) TextField(field.key, header.*field.text);
    if (!header.published.empty()) TextField("published", base::ToIso(header.published));
    json_.EndObject();
  }

  void WriteEntity(const Entity& entity, size_t index) {
    json_.StartObject();
    Key("id");
    Id('n', static_cast<uint32_t>(index));
    TextField("kind", codebook::ToWord(entity.kind));
    Key("name");
    Text(entity.name);
    Key("named");
    json_.Bool(entity.named);
    TextField("iri", entity.iri);
    WriteList("aliases", entity.aliases, [this](const std::string& alias, size_t) { Text(alias); });
    WriteList("mentions", entity.mentions, [this](const Mention& mention, size_t) { WriteMention(mention); });
    if (entity.latitude && entity.longitude) {
      NumberOrNull("lat", entity.latitude);
      NumberOrNull("lon", entity.longitude);
    }
    TextField("placeType", entity.place_type);
    TextField("country", entity.country);
    TextField("within", entity.within);
    json_.EndObject();
  }

  void WriteTime(const TimeValue& time) {
    Key("time");
    json_.StartObject();
    if (time.begin) TextField("begin", base::ToIso(*time.begin));
    if (time.end) TextField("end", base::ToIso(*time.end));
    TextField("text", time.text);
    json_.EndObject();
  }

  void WriteEvent(const Event& event, size_t index) {
    json_.StartObject();
    Key("id");
    Id('v', static_cast<uint32_t>(index));
    TextField("type", event.type);
    MentionField("trigger", event.trigger);
    TextField("factuality", ToWord(event.factuality));
    for (const Role& role : kRoles) {
      WriteList(role.key, event.*role.fillers, [this](EntityId id, size_t) { Id('n', Index(id)); });
    }
    if (event.time) WriteTime(*event.time);
    Key("confidence");
    Number(event.confidence);
    MentionField("sentence", event.sentence);
    WriteList("retellings", event.retellings, [this](const Mention& mention, size_t) { WriteMention(mention); });
    json_.EndObject();
  }

  void WriteCount(const Count& count, size_t index) {
    json_.StartObject();
    Key("id");
    Id('c', static_cast<uint32_t>(index));
    if (count.event) {
      Key("event");
      Id('v', Index(*count.event));
    }
    NumberOrNull("min", count.min);
    NumberOrNull("max", count.max);
    TextField("qualifier", ToWord(count.qualifier));
    TextField("unit", count.unit);
    TextField("of", count.of);
    if (count.entity) {
      Key("entity");
      Id('n', Index(*count.entity));
    }
    TextField("outcome", count.outcome);
    TextField("harm", ToWord(count.harm));
    if (count.part_of) {
      Key("partOf");
      Id('c', Index(*count.part_of));
    }
    MentionField("mention", count.mention);
    MentionField("sentence", count.sentence);
    json_.EndObject();
  }

  void WriteRelation(const Relation& relation) {
    json_.StartObject();
    Key("subject");
    Id('n', Index(relation.subject));
    TextField("predicate", relation.predicate);
    Key("object");
    if (const EntityId* id = std::get_if<EntityId>(&relation.object)) {
      Id('n', Index(*id));
    } else {
      Text(std::get<std::string>(relation.object));
    }
    MentionField("mention", relation.mention);
    MentionField("sentence", relation.sentence);
    json_.EndObject();
  }

  rapidjson::StringBuffer buffer_;
  rapidjson::Writer<rapidjson::StringBuffer> json_{buffer_};
};

// --- Reading -------------------------------------------------------------------------------------------------------

using Json = rapidjson::Value;

// Where in the JSON a value stands ("events[3].agent[0]"). Built only as values are visited; cheap beside parsing.
struct Path {
  std::string text;
  Path Key(const char* key) const { return {text.empty() ? key : text + "." + key}; }
  Path At(size_t index) const { return {fmt::format("{}[{}]", text, index)}; }
};

// Reads one frame; the first thing wrong is kept and ends the reading (every reader returns false then).
class FrameReader {
 public:
  base::Result<Frame> Read(const Json& root) {
    if (ReadFrame(root)) return std::move(frame_);
    return base::Fail(base::ErrorCode::kBadInput, std::move(problem_));
  }

 private:
  using Ids = std::map<std::string, uint32_t, std::less<>>;

  bool Wrong(const Path& path, std::string_view what) {
    problem_ = path.text.empty() ? std::string(what) : fmt::format("{}: {}", path.text, what);
    return false;
  }

  // The member `key`, or nullptr where it is absent or null.
  static const Json* Find(const Json& object, const char* key) {
    const auto member = object.FindMember(key);
    return member == object.MemberEnd() || member->value.IsNull() ? nullptr : &member->value;
  }

  static std::string_view View(const Json& value) { return {value.GetString(), value.GetStringLength()}; }

  bool ReadText(const Json& object, const Path& path, const char* key, std::string& out, bool required = false) {
    const Json* value = Find(object, key);
    if (value == nullptr) return !required || Wrong(path, fmt::format("'{}' is missing", key));
    if (!value->IsString()) return Wrong(path.Key(key), "must be a string");
    out = View(*value);
    return (!required || !out.empty()) || Wrong(path.Key(key), "must not be empty");
  }

  template <typename Enum>
  bool ReadWord(const Json& object, const Path& path, const char* key, std::span<const std::string_view> words,
                Enum& out) {
    std::string word;
    if (!ReadText(object, path, key, word)) return false;
    if (word.empty()) return true;
    for (size_t i = 0; i < words.size(); ++i) {
      if (words[i] == word) {
        out = static_cast<Enum>(i);
        return true;
      }
    }
    return Wrong(path.Key(key), fmt::format("'{}' is none of {}", word, fmt::join(words, ", ")));
  }

  bool ReadNumber(const Json& object, const Path& path, const char* key, double low, double high,
                  std::optional<double>& out) {
    const Json* value = Find(object, key);
    if (value == nullptr) return true;
    if (!value->IsNumber()) return Wrong(path.Key(key), "must be a number");
    out = value->GetDouble();
    return (*out >= low && *out <= high) || Wrong(path.Key(key), fmt::format("must lie between {} and {}", low, high));
  }

  bool ReadDate(const Json& object, const Path& path, const char* key, std::optional<base::PartialDate>& out) {
    std::string text;
    if (!ReadText(object, path, key, text)) return false;
    if (text.empty()) return true;
    out = base::ParseIso(text);
    return out.has_value() || Wrong(path.Key(key), fmt::format("'{}' is no ISO 8601 date", text));
  }

  template <typename Read>
  bool ReadList(const Json& object, const Path& path, const char* key, Read read) {
    const Json* list = Find(object, key);
    if (list == nullptr) return true;
    if (!list->IsArray()) return Wrong(path.Key(key), "must be an array");
    for (rapidjson::SizeType i = 0; i < list->Size(); ++i) {
      if (!read((*list)[i], path.Key(key).At(i))) return false;
    }
    return true;
  }

  bool IsObject(const Json& value, const Path& path) { return value.IsObject() || Wrong(path, "must be an object"); }

  bool ReadMention(const Json& value, const Path& path, Mention& out) {
    if (!IsObject(value, path) || !ReadText(value, path, "text", out.text)) return false;
    for (const auto& [key, offset] : {std::pair{"begin", &out.span.begin}, std::pair{"end", &out.span.end}}) {
      const Json* number = Find(value, key);
      if (number == nullptr) continue;
      if (!number->IsUint()) return Wrong(path.Key(key), "must be an offset in code points");
      *offset = number->GetUint();
    }
    return out.span.begin <= out.span.end || Wrong(path, "ends before it begins");
  }
  bool ReadMentionField(const Json& object, const Path& path, const char* key, Mention& out) {
    const Json* value = Find(object, key);
    return value == nullptr || ReadMention(*value, path.Key(key), out);
  }

  // Gives the item's own id its index.
  bool Register(const Json& object, const Path& path, Ids& ids) {
    std::string id;
    if (!IsObject(object, path) || !ReadText(object, path, "id", id, true)) return false;
    const auto index = static_cast<uint32_t>(ids.size());
    return ids.emplace(id, index).second || Wrong(path.Key("id"), fmt::format("'{}' is used twice", id));
  }
  bool RegisterAll(const Json& root, const char* key, Ids& ids) {
    return ReadList(root, {}, key, [&](const Json& v, const Path& path) { return Register(v, path, ids); });
  }

  template <typename Id>
  bool ReadReference(const Json& value, const Path& path, const Ids& ids, const char* what, Id& out) {
    if (!value.IsString()) return Wrong(path, "must be a string");
    const auto found = ids.find(View(value));
    if (found == ids.end()) return Wrong(path, fmt::format("there is no {} '{}'", what, View(value)));
    out = Id{found->second};
    return true;
  }
  template <typename Id>
  bool ReadReferenceField(const Json& object, const Path& path, const char* key, const Ids& ids, const char* what,
                          std::optional<Id>& out) {
    const Json* value = Find(object, key);
    if (value == nullptr) return true;
    Id id{};
    if (!ReadReference(*value, path.Key(key), ids, what, id)) return false;
    out = id;
    return true;
  }

  bool ReadHeader(const Json& root) {
    const Path path{"report"};
    const Json* header = Find(root, "report");
    if (header == nullptr) return Wrong({}, "'report' is missing");
    if (!IsObject(*header, path)) return false;
    for (const HeaderField& field : kHeaderFields) {
      const bool required = std::string_view(field.key) == "id";
      if (!ReadText(*header, path, field.key, frame_.report.*field.text, required)) return false;
    }
    std::optional<base::PartialDate> published;
    if (!ReadDate(*header, path, "published", published)) return false;
    frame_.report.published = published.value_or(base::PartialDate{});
    return true;
  }

  bool ReadEntity(const Json& value, const Path& path) {
    Entity entity;
    std::string kind;
    if (!ReadText(value, path, "kind", kind, true) || !ReadText(value, path, "name", entity.name, true)) return false;
    const auto known = codebook::EntityKindFromWord(kind);
    if (!known) return Wrong(path.Key("kind"), fmt::format("'{}' is no kind of entity", kind));
    entity.kind = *known;
    if (const Json* named = Find(value, "named")) {
      if (!named->IsBool()) return Wrong(path.Key("named"), "must be true or false");
      entity.named = named->GetBool();
    }
    const auto read_alias = [&](const Json& alias, const Path& at) {
      if (!alias.IsString()) return Wrong(at, "must be a string");
      entity.aliases.emplace_back(View(alias));
      return true;
    };
    const auto read_mention = [&](const Json& mention, const Path& at) {
      return ReadMention(mention, at, entity.mentions.emplace_back());
    };
    const bool good =
        ReadText(value, path, "iri", entity.iri) && ReadList(value, path, "aliases", read_alias) &&
        ReadList(value, path, "mentions", read_mention) && ReadNumber(value, path, "lat", -90, 90, entity.latitude) &&
        ReadNumber(value, path, "lon", -180, 180, entity.longitude) &&
        ReadText(value, path, "placeType", entity.place_type) && ReadText(value, path, "country", entity.country) &&
        ReadText(value, path, "within", entity.within);
    if (good) frame_.entities.push_back(std::move(entity));
    return good;
  }

  bool ReadTime(const Json& object, const Path& path, std::optional<TimeValue>& out) {
    const Json* value = Find(object, "time");
    if (value == nullptr) return true;
    const Path at = path.Key("time");
    TimeValue time;
    const bool good = IsObject(*value, at) && ReadDate(*value, at, "begin", time.begin) &&
                      ReadDate(*value, at, "end", time.end) && ReadText(*value, at, "text", time.text);
    if (good && (time.begin || time.end)) out = std::move(time);
    return good;
  }

  bool ReadEvent(const Json& value, const Path& path) {
    Event event;
    std::optional<double> confidence;
    const auto read_retelling = [&](const Json& mention, const Path& at) {
      return ReadMention(mention, at, event.retellings.emplace_back());
    };
    bool good =
        ReadText(value, path, "type", event.type, true) && ReadMentionField(value, path, "trigger", event.trigger) &&
        ReadMentionField(value, path, "sentence", event.sentence) &&
        ReadWord(value, path, "factuality", kFactualityWords, event.factuality) && ReadTime(value, path, event.time) &&
        ReadNumber(value, path, "confidence", 0, 1, confidence) && ReadList(value, path, "retellings", read_retelling);
    event.confidence = confidence.value_or(1.0);
    for (const Role& role : kRoles) {
      good = good && ReadList(value, path, role.key, [&](const Json& filler, const Path& at) {
               return ReadReference(filler, at, entity_ids_, "entity", (event.*role.fillers).emplace_back());
             });
    }
    if (good) frame_.events.push_back(std::move(event));
    return good;
  }

  bool ReadCount(const Json& value, const Path& path) {
    constexpr double kLimit = std::numeric_limits<double>::max();
    Count count;
    const bool good = ReadReferenceField(value, path, "event", event_ids_, "event", count.event) &&
                      ReadNumber(value, path, "min", -kLimit, kLimit, count.min) &&
                      ReadNumber(value, path, "max", -kLimit, kLimit, count.max) &&
                      ReadWord(value, path, "qualifier", kQualifierWords, count.qualifier) &&
                      ReadText(value, path, "unit", count.unit) && ReadText(value, path, "of", count.of) &&
                      ReadReferenceField(value, path, "entity", entity_ids_, "entity", count.entity) &&
                      ReadText(value, path, "outcome", count.outcome) &&
                      ReadWord(value, path, "harm", kHarmWords, count.harm) &&
                      ReadReferenceField(value, path, "partOf", count_ids_, "count", count.part_of) &&
                      ReadMentionField(value, path, "mention", count.mention) &&
                      ReadMentionField(value, path, "sentence", count.sentence);
    if (!good) return false;
    if (count.min && count.max && *count.min > *count.max) return Wrong(path, "'min' is larger than 'max'");
    frame_.counts.push_back(std::move(count));
    return true;
  }

  bool ReadRelation(const Json& value, const Path& path) {
    Relation relation;
    size_t predicate = kPredicates.size();
    if (!IsObject(value, path)) return false;
    const Json* subject = Find(value, "subject");
    const Json* object = Find(value, "object");
    if (subject == nullptr || object == nullptr) return Wrong(path, "'subject' or 'object' is missing");
    if (!ReadReference(*subject, path.Key("subject"), entity_ids_, "entity", relation.subject) ||
        !ReadWord(value, path, "predicate", kPredicates, predicate) ||
        !ReadMentionField(value, path, "mention", relation.mention) ||
        !ReadMentionField(value, path, "sentence", relation.sentence)) {
      return false;
    }
    if (predicate == kPredicates.size()) return Wrong(path, "'predicate' is missing");
    relation.predicate = kPredicates[predicate];
    if (!object->IsString()) return Wrong(path.Key("object"), "must be a string");
    const auto entity = entity_ids_.find(View(*object));
    if (entity != entity_ids_.end()) {
      relation.object = EntityId{entity->second};
    } else {
      relation.object = std::string(View(*object));
    }
    frame_.relations.push_back(std::move(relation));
    return true;
  }

  bool ReadFrame(const Json& root) {
    return (root.IsObject() || Wrong({}, "a frame must be a JSON object")) && ReadHeader(root) &&
           RegisterAll(root, "entities", entity_ids_) && RegisterAll(root, "events", event_ids_) &&
           RegisterAll(root, "counts", count_ids_) &&
           ReadList(root, {}, "entities", [this](const Json& v, const Path& at) { return ReadEntity(v, at); }) &&
           ReadList(root, {}, "events", [this](const Json& v, const Path& at) { return ReadEvent(v, at); }) &&
           ReadList(root, {}, "counts", [this](const Json& v, const Path& at) { return ReadCount(v, at); }) &&
           ReadList(root, {}, "relations", [this](const Json& v, const Path& at) { return ReadRelation(v, at); });
  }

  Frame frame_;
  Ids entity_ids_, event_ids_, count_ids_;
  std::string problem_;
};

}  // namespace

std::string_view ToWord(Factuality factuality) { return kFactualityWords[Index(factuality)]; }
std::string_view ToWord(Qualifier qualifier) { return kQualifierWords[Index(qualifier)]; }
std::string_view ToWord(Harm harm) { return kHarmWords[Index(harm)]; }

std::string ToJson(const Frame& frame) { return FrameWriter().Write(frame); }

base::Result<Frame> FrameFromJson(std::string_view line) {
  // Iterative parsing: nesting in hostile input costs heap, never stack.
  constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;
  rapidjson::Document root;
  root.Parse<kFlags>(line.data(), line.size());
  if (root.HasParseError()) {
    const size_t offset = std::min(root.GetErrorOffset(), line.size());
    base::Place place;
    place.column = 1;
    for (size_t i = 0; i < offset;) {
      base::NextCodePoint(line, i);
      ++place.column;
    }
    std::string message = rapidjson::GetParseError_En(root.GetParseError());
    if (!message.empty() && message.back() == '.') message.pop_back();
    return base::Fail(base::ErrorCode::kBadInput, "malformed JSON: " + message, place);
  }
  return FrameReader().Read(root);
}

}  // namespace sitgraph::extract
